//! The rule `bad-date`.
//!
//! Days that are not in the calendar, and other ways to write one.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! date = "2024-13"
//! updated = "yesterday"
//! review-by = 2023-02-29
//! sources = [{ title = "x", accessed = "24.6.2024" }]
//! +++
//! ```
//!
//! ```diagnostics
//! content/a.md:3:8-3:17: error[bad-date]: 2024-13 is not a date
//!   help: a date is written 2024-06-24; where only the month or year is known, "2024-06" or "2024" in quotes
//! content/a.md:4:11-4:22: error[bad-date]: yesterday is not a date
//!   help: a date is written 2024-06-24; where only the month or year is known, "2024-06" or "2024" in quotes
//! content/a.md:5:13-5:23: error[bad-date]: 2023-02-29 is not a date
//!   help: a date is written 2024-06-24; where only the month or year is known, "2024-06" or "2024" in quotes
//! content/a.md:6:38-6:49: error[bad-date]: 24.6.2024 is not a date
//!   help: a date is written 2024-06-24; where only the month or year is known, "2024-06" or "2024" in quotes
//! ```
//!
//! A day without quotes; a month or year in quotes.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! date = "2024-12"
//! updated = 2024-02-29
//! review-by = "2027"
//! +++
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};

/// A date is not in the calendar, or not written as dates are.
pub const RULE: Rule = Rule {
    name: "bad-date",
    summary: "A date is not in the calendar, or not written as dates are.",
    level: Level::Error,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A date that is not in the calendar, or is not written as dates are.

## Why it matters

Readers judge by the date whether a note still holds. Lists are put in order by it.

## What to do

Write a day as `2024-06-24`. Where only the month or the year is known, write `"2024-06"` or `"2024"`, in quotes.
"#,
};
