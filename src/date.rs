//! Dates in the precision of the source: a day, a month or only a year.

mod forms;

use std::fmt;

pub use forms::meant;
use serde::{Serialize, Serializer};

/// A date of reduced precision (ISO 8601-1, 5.2.2): `2024-06-24`, `2006-09` or `2004`. A less
/// precise date sorts before the dates within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

impl Date {
    /// Creates a date from a day of the calendar; `None` if there is no such day.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        jiff::civil::Date::new(year, month as i8, day as i8).ok()?;
        Some(Self { year, month, day })
    }

    /// Parses `2024-06-24`, `2006-09` or `2004`; `None` if there is no such date.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2));
        let day = parts.next().map(|part| number(part, 2));
        if parts.next().is_some() {
            return None;
        }
        match (month, day) {
            (None, _) => Some(Self { year: year as i16, month: 0, day: 0 }),
            (Some(month), None) => {
                let month = month.filter(|month| (1..=12).contains(month))?;
                Some(Self { year: year as i16, month: month as u8, day: 0 })
            }
            (Some(month), Some(day)) => Self::day(year as i16, month? as u8, day? as u8),
        }
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Returns the month from 1 to 12, if it is known.
    pub fn month(self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    /// Returns the day of the month, if it is known.
    pub fn day_of_month(self) -> Option<u8> {
        (self.day > 0).then_some(self.day)
    }

    /// Returns the month of the date, or the year if nothing more is known.
    pub fn month_of(self) -> Self {
        Self { day: 0, ..self }
    }

    /// Returns the same day a number of months later, or the last day of that month.
    pub fn months_later(self, months: u8) -> Self {
        let count =
            i32::from(self.year) * 12 + i32::from(self.month.max(1)) - 1 + i32::from(months);
        let (year, month) = ((count / 12) as i16, (count % 12) as u8 + 1);
        let day = (1..=self.day.max(1)).rev().find_map(|day| Self::day(year, month, day));
        day.unwrap_or(self)
    }

    /// Returns whether the whole date is before `other`.
    pub fn is_over_by(self, other: Date) -> bool {
        let known = |mine: u8, part: u8| if mine > 0 { part } else { 0 };
        let precision =
            |date: Date| (date.year, known(self.month, date.month), known(self.day, date.day));
        precision(self) < precision(other)
    }
}

fn number(text: &str, digits: usize) -> Option<u16> {
    let fits = text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.month > 0 {
            write!(f, "-{:02}", self.month)?;
        }
        if self.day > 0 {
            write!(f, "-{:02}", self.day)?;
        }
        Ok(())
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
