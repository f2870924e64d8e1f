//! Dates as sources give them: a day, a month or only a year.

use std::fmt;

use serde::{Serialize, Serializer};

/// A date of reduced precision (ISO 8601-1, 5.2.2): `2024-06-24`, `2006-09` or `2004`. A date
/// that is known less precisely sorts before those within it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

impl Date {
    /// Returns a day of the calendar; `None` if there is no such day, or its year does not have four digits.
    pub fn day(year: i16, month: u8, day: u8) -> Option<Self> {
        let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        let days = match month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            _ => return None,
        };
        let is_day = (0..=9999).contains(&year) && (1..=days).contains(&day);
        is_day.then_some(Self { year, month, day })
    }

    /// Returns the day in UTC on which so many seconds have passed since 1970 began; `None` if its year does not
    /// have four digits.
    pub fn of_unix_time(seconds: i64) -> Option<Self> {
        // Years are counted from 1 March, so that a leap day is the last day of its year, and in eras of 400 years,
        // which all have as many days. Day 0 is 1 March of the year 0.
        const DAYS_OF_ERA: i64 = 146_097;
        let days = seconds.div_euclid(24 * 60 * 60) + 719_468;
        let (era, day) = (days.div_euclid(DAYS_OF_ERA), days.rem_euclid(DAYS_OF_ERA));
        // Leap days that came before, so that what is left are years of 365 days.
        let leap_days = day / 1_460 - day / 36_524 + day / 146_096;
        let year = (day - leap_days) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        // From March on, five months have 153 days, again and again.
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let year = era * 400 + year + i64::from(month >= 10);
        let month = if month >= 10 { month - 9 } else { month + 3 };
        Self::day(year.try_into().ok()?, month as u8, day as u8)
    }

    /// Reads `2024-06-24`, `2006-09` or `2004`; `None` if there is no such date.
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

    /// Returns the month in which the date lies, or the year if no more is known.
    pub fn month_of(self) -> Self {
        Self { day: 0, ..self }
    }

    /// Returns the same day so many months later, or the last day of that month.
    pub fn months_later(self, months: u8) -> Self {
        let count =
            i32::from(self.year) * 12 + i32::from(self.month.max(1)) - 1 + i32::from(months);
        let (year, month) = ((count / 12) as i16, (count % 12) as u8 + 1);
        let day = (1..=self.day.max(1)).rev().find_map(|day| Self::day(year, month, day));
        day.unwrap_or(self)
    }

    /// Returns whether the whole date lies before `other`.
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
