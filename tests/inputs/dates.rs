//! The days of the calendar.

use fieldbook::date::Date;

const DAY: i64 = 24 * 60 * 60;

/// 1 January of the year 0, in days since 1970 began.
const FIRST: i64 = -719_528;

#[test]
fn only_days_of_the_calendar_are_dates() {
    for text in ["2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31", "2025-04-30"] {
        assert_eq!(Date::parse(text).map(|date| date.to_string()).as_deref(), Some(text));
    }
    let wrong =
        ["2025-02-29", "1900-02-29", "2100-02-29", "2025-04-31", "2025-13-01", "2025-00-10"];
    for text in wrong.into_iter().chain(["2025-01-00", "2025-01-32"]) {
        assert_eq!(Date::parse(text), None, "{text}");
    }
    assert_eq!(Date::day(-1, 1, 1), None);
    assert_eq!(Date::day(10_000, 1, 1), None);
}

#[test]
fn seconds_since_1970_are_counted_in_days_of_the_calendar() {
    let known = [
        (0, "1970-01-01"),
        (-1, "1969-12-31"),
        (951_782_400, "2000-02-29"),
        (1_781_611_200, "2026-06-16"),
        (253_402_300_799, "9999-12-31"),
    ];
    for (seconds, day) in known {
        assert_eq!(Date::of_unix_time(seconds), Date::parse(day), "{seconds}");
    }
    // Four eras of 400 years, every day of them.
    let days = (0..1_600).flat_map(|year| (1..=12).map(move |month| (year, month)));
    let days = days.flat_map(|(year, month)| (1..=31).map(move |day| (year, month, day)));
    let days = days.filter_map(|(year, month, day)| Date::day(year, month, day));
    let mut counted = 0;
    for (passed, day) in days.enumerate() {
        let start = (FIRST + passed as i64) * DAY;
        assert_eq!(Date::of_unix_time(start), Some(day));
        assert_eq!(Date::of_unix_time(start + DAY - 1), Some(day));
        counted += 1;
    }
    assert_eq!(counted, 4 * 146_097);
    for seconds in [FIRST * DAY - 1, 253_402_300_800, i64::MIN, i64::MAX] {
        assert_eq!(Date::of_unix_time(seconds), None, "{seconds}");
    }
}
