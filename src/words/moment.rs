//! Dates in the forms that the words of a language give them.

use crate::date::Date;

/// The keys of the names of the months, where a day stands before them or none does.
const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8",
    "month-9", "month-10", "month-11", "month-12",
];

/// The keys of the names of the months where no day stands before them, if a language has other forms for that:
/// "январь 2024", but "5 января 2024".
const MONTHS_ALONE: [&str; 12] = [
    "month-alone-1",
    "month-alone-2",
    "month-alone-3",
    "month-alone-4",
    "month-alone-5",
    "month-alone-6",
    "month-alone-7",
    "month-alone-8",
    "month-alone-9",
    "month-alone-10",
    "month-alone-11",
    "month-alone-12",
];

/// The key of the first day of a month, if a language writes it in a way of its own: "1er".
const FIRST_DAY: &str = "day-1";

/// The keys of strings that a language may do without.
pub(crate) const OPTIONAL: [&str; 13] = {
    let mut keys = [FIRST_DAY; 13];
    let mut at = 0;
    while at < MONTHS_ALONE.len() {
        keys[at] = MONTHS_ALONE[at];
        at += 1;
    }
    keys
};

/// The keys of the patterns of dates: of a day, a month and a year.
const PATTERNS: [&str; 3] = ["date-day", "date-month", "date-year"];

/// Returns the keys of the strings that dates are written with.
pub fn date_words() -> impl Iterator<Item = &'static str> {
    PATTERNS.into_iter().chain(MONTHS).chain(OPTIONAL)
}

/// Returns a date in the form that readers use, from the patterns `date-day`, `date-month` and
/// `date-year`, which contain `{day}`, `{month}` and `{year}`, and the names of the months.
pub fn date<'a>(date: Date, get: impl Fn(&'static str) -> Option<&'a str>) -> String {
    let (month, day) = (date.month(), date.day_of_month());
    let text = |key: &'static str| get(key).unwrap_or(key);
    let mut pattern = match (month, day) {
        (Some(_), Some(_)) => text("date-day"),
        (Some(_), None) => text("date-month"),
        (None, _) => text("date-year"),
    };
    let name = |month: u8| {
        let at = usize::from(month) - 1;
        let alone = day.is_none().then(|| get(MONTHS_ALONE[at])).flatten();
        alone.unwrap_or_else(|| text(MONTHS[at]))
    };
    let number = |day: u8| {
        let first = (day == 1).then(|| get(FIRST_DAY)).flatten();
        first.map_or_else(|| day.to_string(), str::to_owned)
    };
    let mut written = String::with_capacity(24);
    while let Some(open) = pattern.bytes().position(|byte| byte == b'{') {
        written.push_str(&pattern[..open]);
        let rest = &pattern[open + 1..];
        let close = rest.bytes().position(|byte| byte == b'}');
        let part = &rest[..close.unwrap_or(rest.len())];
        let after = close.map_or("", |close| &rest[close + 1..]);
        match (part, month, day) {
            ("year", ..) => written.push_str(&date.year().to_string()),
            ("month", Some(month), _) => written.push_str(name(month)),
            ("day", _, Some(day)) => written.push_str(&number(day)),
            _ => {}
        }
        pattern = after;
    }
    written.push_str(pattern);
    written
}
