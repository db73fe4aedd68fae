//! Times in JSON. The name of a field tells the unit of a number, or else the values do. This file
//! knows only the length of words.

use serde_json::Value;

use crate::transcript::timestamps::{self, Moment};

/// A time, as in a field.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RawTime {
    /// The unit is known: `00:00:01,200`, `1.2s`, `PT1.2S`, `start_ms`.
    Told(Moment),
    /// A number.
    Number(f64),
}

/// The unit of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TimeUnit {
    Seconds,
    Milliseconds,
    /// A time since 1970.
    EpochSeconds,
    EpochMilliseconds,
    EpochMicroseconds,
}

impl RawTime {
    /// The time in a field called `key` (folded).
    pub(crate) fn of(key: &str, value: &Value) -> Option<Self> {
        match value {
            Value::Number(number) => Self::number(key, number.as_f64()?),
            Value::String(text) => Self::text(key, text.trim()),
            // `{"seconds": 1, "nanos": 500000000}`, `{"relative": 1.2}`
            Value::Object(map) => {
                if let Some(relative) = map.get("relative") {
                    return Self::of(key, relative);
                }
                let seconds = map.get("seconds").or(map.get("secs"))?;
                let nanos = map.get("nanos").and_then(Value::as_f64).unwrap_or(0.0);
                let seconds = seconds.as_f64().or_else(|| seconds.as_str()?.parse().ok())?;
                Moment::of_seconds(seconds + nanos / 1e9).map(Self::Told)
            }
            _ => None,
        }
    }

    fn number(key: &str, number: f64) -> Option<Self> {
        if !number.is_finite() || number < 0.0 {
            return None;
        }
        if number < 1e9 && (key.ends_with("ms") || key.ends_with("millis") || key.ends_with("milliseconds")) {
            return Moment::of_seconds(number / 1000.0).map(Self::Told);
        }
        if key.ends_with("ticks") {
            return Moment::of_seconds(number / 1e7).map(Self::Told);
        }
        if number < 1e9 && (key.ends_with("sec") || key.ends_with("secs") || key.ends_with("seconds")) {
            return Moment::of_seconds(number).map(Self::Told);
        }
        Some(Self::Number(number))
    }

    fn text(key: &str, text: &str) -> Option<Self> {
        if let Ok(number) = text.parse::<f64>() {
            return Self::number(key, number);
        }
        if let Some(seconds) = text.strip_suffix('s').and_then(|text| text.parse::<f64>().ok()) {
            return Moment::of_seconds(seconds).map(Self::Told);
        }
        if let Some(duration) = text.strip_prefix("PT") {
            return Moment::of_seconds(iso_duration(duration)?).map(Self::Told);
        }
        (text.len() <= 40).then(|| timestamps::seconds(text)).flatten().map(Self::Told)
    }

    pub(crate) fn moment(self, unit: TimeUnit) -> Option<Moment> {
        match (self, unit) {
            (Self::Told(moment), _) => Some(moment),
            (Self::Number(number), TimeUnit::Seconds) => Moment::of_seconds(number),
            (Self::Number(number), TimeUnit::Milliseconds) => Some(Moment::of_recording(number as u64)),
            (Self::Number(number), TimeUnit::EpochSeconds) => Some(Moment::of_epoch((number * 1000.0) as u64)),
            (Self::Number(number), TimeUnit::EpochMilliseconds) => Some(Moment::of_epoch(number as u64)),
            (Self::Number(number), TimeUnit::EpochMicroseconds) => Some(Moment::of_epoch((number / 1000.0) as u64)),
        }
    }
}

/// `1H2M3.5S`
fn iso_duration(text: &str) -> Option<f64> {
    let (mut sum, mut digits) = (0.0, String::new());
    for c in text.chars() {
        if c.is_ascii_digit() || c == '.' {
            digits.push(c);
            continue;
        }
        let number: f64 = std::mem::take(&mut digits).parse().ok()?;
        sum += number
            * match c {
                'H' => 3600.0,
                'M' => 60.0,
                'S' => 1.0,
                _ => return None,
            };
    }
    Some(sum)
}

/// What one row reveals about the unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TimeSample {
    pub(crate) from: f64,
    pub(crate) to: Option<f64>,
    /// The number of characters.
    pub(crate) chars: usize,
}

/// Nobody speaks more slowly for long, in characters a second.
const SLOWEST: f64 = 0.3;

/// The unit of the numbers. `duration` is the length of the recording in an unknown unit.
pub(crate) fn unit(samples: &[TimeSample], duration: Option<f64>) -> TimeUnit {
    let ends = samples.iter().map(|sample| sample.to.unwrap_or(sample.from).max(sample.from));
    let last = ends.fold(0.0f64, f64::max);
    if last >= 1e14 {
        return TimeUnit::EpochMicroseconds;
    }
    if last >= 1e11 {
        return TimeUnit::EpochMilliseconds;
    }
    if last >= 1e9 {
        return TimeUnit::EpochSeconds;
    }
    // Most programs write fractions of seconds. None writes fractions of milliseconds.
    let whole = |number: f64| number.fract() == 0.0;
    if !samples.iter().all(|sample| whole(sample.from) && sample.to.is_none_or(whole)) {
        return TimeUnit::Seconds;
    }
    // The length in seconds ends far before the last word.
    if duration
        .is_some_and(|duration| duration > 0.0 && last > 20.0 * duration && last / 1000.0 <= duration * 1.2 + 1.0)
    {
        return TimeUnit::Milliseconds;
    }
    let (mut chars, mut time) = (0usize, 0.0);
    for (index, sample) in samples.iter().enumerate() {
        let next = samples.get(index + 1).map(|next| next.from);
        let Some(to) = sample.to.filter(|to| *to > sample.from).or(next).filter(|to| *to > sample.from) else {
            continue;
        };
        chars += sample.chars;
        time += to - sample.from;
    }
    if time > 0.0 && (chars as f64) / time < SLOWEST { TimeUnit::Milliseconds } else { TimeUnit::Seconds }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(rows: &[(f64, f64, usize)]) -> TimeUnit {
        let samples: Vec<TimeSample> =
            rows.iter().map(|(from, to, chars)| TimeSample { from: *from, to: Some(*to), chars: *chars }).collect();
        unit(&samples, None)
    }

    #[test]
    fn the_speed_of_speech_tells_milliseconds_from_seconds() {
        assert_eq!(of(&[(500.0, 600.0, 3), (600.0, 700.0, 4), (63000.0, 63100.0, 3)]), TimeUnit::Milliseconds);
        assert_eq!(of(&[(0.0, 4.0, 30), (4.0, 9.0, 50)]), TimeUnit::Seconds);
        assert_eq!(of(&[(0.0, 4.5, 1), (400.25, 900.0, 1)]), TimeUnit::Seconds);
        assert_eq!(of(&[(1_704_103_260.0, 1_704_103_270.0, 9)]), TimeUnit::EpochSeconds);
    }

    #[test]
    fn the_name_of_a_field_tells_the_unit_of_a_time() {
        let at = |key: &str, value: Value| {
            RawTime::of(key, &value).and_then(|raw| raw.moment(TimeUnit::Seconds)).map(|m| m.ms)
        };
        assert_eq!(at("startms", 1500.into()), Some(1500));
        assert_eq!(at("offsetinticks", 700_000.into()), Some(70));
        assert_eq!(at("start", "1.300s".into()), Some(1300));
        assert_eq!(at("offset", "PT1M0.07S".into()), Some(60_070));
        assert_eq!(at("from", "00:00:01,200".into()), Some(1200));
        assert_eq!(at("from", "Ann".into()), None);
    }
}
