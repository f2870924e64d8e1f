//! Dates in the forms that the words of a language give them.

use crate::date::Date;

/// A string that dates are written with, by its place among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateWord(usize);

/// The number of strings that dates are written with.
pub(super) const DATE_WORDS: usize = KEYS.len();

/// The keys of the strings: the patterns of a day, a month and a year, the names of the months, and those that a language
/// may do without.
const KEYS: [&str; 28] = [
    "date-day",
    "date-month",
    "date-year",
    "month-1",
    "month-2",
    "month-3",
    "month-4",
    "month-5",
    "month-6",
    "month-7",
    "month-8",
    "month-9",
    "month-10",
    "month-11",
    "month-12",
    "day-1",
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

/// The keys of strings that a language may do without.
pub(crate) const OPTIONAL: &[&str] = KEYS.split_at(DateWord::FIRST_DAY.0).1;

impl DateWord {
    /// The pattern of a date with a day.
    pub const DAY: Self = Self(0);
    const MONTH: Self = Self(1);
    const YEAR: Self = Self(2);
    /// The first day of a month, if a language writes it in a way of its own: "1er".
    const FIRST_DAY: Self = Self(15);

    /// The name of a month, from 1 on, where a day stands before it or none does.
    fn month(month: u8) -> Self {
        Self(usize::from(month) + 2)
    }

    /// The name of a month where no day stands before it, if a language has another form for that: "январь 2024", but
    /// "5 января 2024".
    fn month_alone(month: u8) -> Self {
        Self(usize::from(month) + Self::FIRST_DAY.0)
    }

    /// Returns the key of the string.
    pub fn key(self) -> &'static str {
        KEYS[self.0]
    }

    /// Returns the place of the string among those that dates are written with.
    pub(super) fn place(self) -> usize {
        self.0
    }
}

/// Returns the keys of the strings that dates are written with.
pub fn date_words() -> impl Iterator<Item = &'static str> {
    KEYS.into_iter()
}

/// Returns a date in the form that readers use, from the patterns `date-day`, `date-month` and
/// `date-year`, which contain `{day}`, `{month}` and `{year}`, and the names of the months.
pub fn date<'a>(date: Date, get: impl Fn(DateWord) -> Option<&'a str>) -> String {
    let (month, day) = (date.month(), date.day_of_month());
    let text = |word: DateWord| get(word).unwrap_or(word.key());
    let mut pattern = text(match (month, day) {
        (Some(_), Some(_)) => DateWord::DAY,
        (Some(_), None) => DateWord::MONTH,
        (None, _) => DateWord::YEAR,
    });
    let name = |month: u8| {
        let alone = day.is_none().then(|| get(DateWord::month_alone(month))).flatten();
        alone.unwrap_or_else(|| text(DateWord::month(month)))
    };
    let number = |day: u8| {
        let first = (day == 1).then(|| get(DateWord::FIRST_DAY)).flatten();
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
