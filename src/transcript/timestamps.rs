//! Times in transcripts: from the start of a recording, or of a day, as in chats.

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

/// `12:03`, `00:12:03`, `00:12:03.450`, with either colon.
pub(super) const TIME: &str = r"(?:\d{1,2}[:：])?\d{1,3}[:：]\d{2}(?:[.,]\d{1,3})?";

/// `00时12分03秒`, `1m 05s`, `1'05"`: a time in words or with the signs of minutes and seconds.
pub(super) const SPELT: &str = r#"(?:\d{1,2}\s?(?:[时時]|小时|小時)\s?)?\d{1,3}\s?分\s?\d{1,2}\s?秒|(?:\d{1,2}\s?h\s?)?\d{1,3}\s?m\s?\d{1,2}\s?s|\d{1,3}['′’]\s?\d{2}(?:["″”]|''|’’)"#;

/// A moment of a recording, or of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Moment {
    /// Milliseconds from the start of the recording, or from midnight.
    pub(super) ms: u32,
    /// Whether it is a time of day.
    pub(super) of_day: bool,
}

/// Milliseconds of a day.
const DAY: u64 = 24 * 3_600_000;

impl Moment {
    /// This many milliseconds into the recording.
    pub(super) fn of_recording(ms: u64) -> Self {
        Self { ms: u32::try_from(ms).unwrap_or(u32::MAX), of_day: false }
    }

    /// This many seconds into the recording; `None` if it is no such number.
    pub(super) fn of_seconds(seconds: f64) -> Option<Self> {
        (0.0..=f64::from(u32::MAX) / 1000.0)
            .contains(&seconds)
            .then(|| Self { ms: (seconds * 1000.0).round() as u32, of_day: false })
    }

    /// This many milliseconds since 1970, as a time of day in UTC.
    pub(super) fn of_epoch(ms: u64) -> Self {
        Self { ms: u32::try_from(ms % DAY).unwrap_or(0), of_day: true }
    }
}

static FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x)(?P<date>\d{{1,4}}(?:[-/.]\d{{1,2}}[-/.]|年\d{{1,2}}月)\d{{1,4}}[日号號]?[T,，\s]*(?:[(（]?(?:[周週]|星期)[一二三四五六日天][)）]?\s*)?)?
        (?P<half>上午|下午|凌晨|清晨|早上|中午|傍晚|晚上)?\s*
        (?P<time>{TIME})
        (?P<more>[:：]\d{{2}})?
        (?:\s?(?P<m>[AaPp])\.?[Mm]\b)?"
    ))
    .ok()
});

static SPELT_ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(&format!(r"^(?:{SPELT})$")).ok());

/// The time of a recording that `text` spells, and nothing else: `00时12分03秒`.
pub(super) fn spelt(text: &str) -> Option<Moment> {
    let text = text.trim();
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty());
    let parts: Vec<u64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    let whole = SPELT_ALONE.as_ref().is_some_and(|spelt| spelt.is_match(text));
    whole.then(|| Moment::of_recording(parts.iter().fold(0, |sum, part| sum * 60 + part) * 1000))
}

/// The first time in `text`. It is a time of day if a date, an a.m. or a 下午 stands with it.
pub(super) fn seconds(text: &str) -> Option<Moment> {
    first(text, false)
}

/// The first time in `text`, as a time of day: `14:06` is six minutes past two in the afternoon.
pub(super) fn of_day(text: &str) -> Option<Moment> {
    first(text, true)
}

fn first(text: &str, day: bool) -> Option<Moment> {
    let Some(found) = FIRST.as_ref()?.captures(text) else { return spelt(text) };
    let time = found.name("time")?.as_str();
    let (whole, fraction) = time.split_once(['.', ',']).unwrap_or((time, ""));
    let parts: Vec<u64> = whole.split([':', '：']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let digits = fraction.parse::<u64>().unwrap_or(0) * 10u64.pow(3u32.saturating_sub(fraction.len() as u32));
    let half = found.name("half").map(|half| half.as_str());
    let meridiem = found.name("m").map(|m| m.as_str().to_ascii_lowercase());
    let of_day = day || found.name("date").is_some() || half.is_some() || meridiem.is_some();
    if !of_day {
        let whole = parts.iter().fold(0u64, |sum, part| sum * 60 + part);
        return Some(Moment::of_recording(whole * 1000 + digits));
    }
    let (mut hour, rest) = (*parts.first()?, &parts[1..]);
    let afternoon =
        meridiem.as_deref() == Some("p") || half.is_some_and(|half| ["下午", "傍晚", "晚上"].contains(&half));
    let noon = half == Some("中午") && hour < 6;
    if (afternoon || noon) && hour < 12 {
        hour += 12;
    } else if hour == 12
        && (meridiem.as_deref() == Some("a") || half.is_some_and(|half| ["凌晨", "上午"].contains(&half)))
    {
        hour = 0;
    }
    let minute = rest.first().copied().unwrap_or(0);
    let second = rest.get(1).copied().unwrap_or(0);
    let ms = ((hour * 60 + minute) * 60 + second) * 1000 + digits;
    Some(Moment { ms: u32::try_from(ms % DAY).unwrap_or(0), of_day: true })
}

/// A time as citations show it: `00:12:03`.
pub(super) fn show(ms: u32) -> String {
    let seconds = ms / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_with_a_date_or_am_or_pm_is_a_time_of_day() {
        let shown = |text: &str| seconds(text).map(|moment| (show(moment.ms), moment.of_day));
        for (text, at, of_day) in [
            ("12:03", "00:12:03", false),
            ("00:12:03.450", "00:12:03", false),
            ("00:00:10:05", "00:00:10", false),
            ("2024-03-05 14:06", "14:06:00", true),
            ("2024/3/5 14:06:33", "14:06:33", true),
            ("2024年3月5日 下午2:06", "14:06:00", true),
            ("2024-01-01T10:01:00", "10:01:00", true),
            ("3/5/24, 2:06:33 PM", "14:06:33", true),
            ("12:06 AM", "00:06:00", true),
            ("下午12:06", "12:06:00", true),
            ("00时12分03秒", "00:12:03", false),
            ("1小时2分03秒", "01:02:03", false),
            ("1'05\"", "00:01:05", false),
            ("12m 3s", "00:12:03", false),
        ] {
            assert_eq!(shown(text), Some((at.to_owned(), of_day)), "{text}");
        }
        assert_eq!(shown("twelve"), None);
        assert_eq!(shown("等了3分20秒"), None, "a duration in speech is no time of the recording");
    }
}
