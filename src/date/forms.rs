//! Dates in the forms of everyday life, such as 24.06.2024, 6/24/2024 and 24 June 2024.

use super::Date;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// The least number of letters that stand for a month.
const MIN_MONTH: usize = 3;

/// The longest text that is taken for a date, in bytes.
const MAX_LENGTH: usize = 40;

/// A part of a date.
#[derive(Clone, Copy)]
enum DatePart {
    /// A number of four digits.
    Year(i16),
    /// A shorter number.
    Number(u8),
    /// The name of a month.
    Month(u8),
}

/// Returns the dates that a text in another form can mean: two if the day and the month can be told
/// apart by nobody, none if it is no date.
pub fn meant(written: &str) -> Vec<Date> {
    if written.len() > MAX_LENGTH {
        return Vec::new();
    }
    let parts = written.split(|c: char| c.is_whitespace() || ",.-/\"'".contains(c));
    let parts: Option<Vec<DatePart>> =
        parts.filter(|part| !part.is_empty() && *part != "of").map(DatePart::read).collect();
    use DatePart::{Month, Number, Year};
    let month = |year, month| Date::parse(&format!("{year:04}-{month:02}"));
    let mut dates: Vec<Date> = match parts.as_deref() {
        Some(&[Year(year), Number(m)] | &[Number(m), Year(year)]) => [month(year, m), None],
        Some(&[Month(m), Year(year)] | &[Year(year), Month(m)]) => [month(year, m), None],
        Some(
            &[Number(day), Month(m), Year(year)]
            | &[Month(m), Number(day), Year(year)]
            | &[Year(year), Month(m), Number(day)],
        ) => [Date::day(year, m, day), None],
        Some(&[Year(year), Number(m), Number(day)]) => [Date::day(year, m, day), None],
        Some(&[Number(first), Number(then), Year(year)]) => {
            [Date::day(year, then, first), Date::day(year, first, then)]
        }
        _ => [None, None],
    }
    .into_iter()
    .flatten()
    .collect();
    dates.dedup();
    dates
}

impl DatePart {
    fn read(part: &str) -> Option<Self> {
        let small = part.to_lowercase();
        if small.starts_with(char::is_alphabetic) {
            let begins = |month: &&str| small.len() >= MIN_MONTH && month.starts_with(&small);
            let at = MONTHS.iter().position(begins)?;
            return Some(Self::Month(at as u8 + 1));
        }
        let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| small.strip_suffix(end));
        let digits = digits.unwrap_or(&small);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        match digits.len() {
            4 => digits.parse().ok().map(Self::Year),
            1 | 2 => digits.parse().ok().map(Self::Number),
            _ => None,
        }
    }
}
