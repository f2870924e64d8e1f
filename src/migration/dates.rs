//! Dates as other programs write them.

use crate::date::{Date, meant};

/// Returns a date in Fieldbook's form; none if the text is no date, or could be two.
pub(super) fn date(written: &str) -> Option<String> {
    let written = written.trim();
    let is_day = |day: &&str| Date::parse(day).is_some_and(|date| date.day_of_month().is_some());
    let rest = written.get(10..).unwrap_or_default();
    if (rest.is_empty() || rest.starts_with(['T', 't', ' ']))
        && let Some(day) = written.get(..10).filter(is_day)
    {
        return Some(day.to_owned());
    }
    if Date::parse(written).is_some() {
        return Some(written.to_owned());
    }
    match meant(written).as_slice() {
        [date] => Some(date.to_string()),
        _ => None,
    }
}
