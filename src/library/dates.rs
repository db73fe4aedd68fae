//! Days, as they are shown and stored. No file date and no clock may cause a panic.

use std::time::{SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;

/// The UTC day of a moment, such as `2026-01-31`. `None` outside the years 0 to 9999.
pub fn day(at: SystemTime) -> Option<String> {
    let seconds = match at.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs()).ok()?,
        Err(before) => i64::try_from(before.duration().as_secs()).ok()?.checked_neg()?,
    };
    let date = OffsetDateTime::from_unix_timestamp(seconds).ok()?.date();
    (0..=9999).contains(&date.year()).then(|| date.to_string())
}

/// Today, in UTC. A clock outside the years 0 to 9999 gives `9999-12-31`.
pub fn today() -> String {
    day(SystemTime::now()).unwrap_or_else(|| "9999-12-31".to_owned())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn every_moment_has_a_day_or_none_and_none_panics() {
        let after = |seconds: u64| UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).map(day);
        assert_eq!(after(0), Some(Some("1970-01-01".to_owned())));
        assert_eq!(after(253_402_300_799), Some(Some("9999-12-31".to_owned())));
        for beyond in [253_402_300_800, 1 << 40, i64::MAX as u64] {
            assert!(after(beyond).is_none_or(|day| day.is_none()), "{beyond}");
        }
        let before = |seconds: u64| UNIX_EPOCH.checked_sub(Duration::from_secs(seconds)).map(day);
        assert_eq!(before(86_400), Some(Some("1969-12-31".to_owned())));
        assert!(before(1 << 60).is_none_or(|day| day.is_none()));
    }
}
