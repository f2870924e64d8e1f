//! Values of YAML without quotes, for a key that takes no text: they are read as TOML has them.

use toml::de::{DeInteger, DeValue};
use toml::value::Datetime;

use super::written::WrittenValue;
use crate::date::Date;

/// Returns the sort of a value in words.
pub(super) fn sort_of(value: &WrittenValue<'_>) -> &'static str {
    match value {
        WrittenValue::Text(_) | WrittenValue::Bare(_) => "text",
        WrittenValue::Nothing => "nothing",
        WrittenValue::Integer(_) | WrittenValue::Float(_) => "a number",
        WrittenValue::Flag(_) => "true or false",
        WrittenValue::Moment(_) => "a date",
        WrittenValue::List(_) => "a list",
        WrittenValue::Part(_) => "a part with keys of its own",
    }
}

/// Reads a value of YAML without quotes as TOML has it, for a key that takes no text.
pub(super) fn bare<T>(text: &str, read: impl Fn(&DeValue<'_>) -> Option<T>) -> Option<T> {
    DeValue::parse(text).ok().and_then(|value| read(value.get_ref()))
}

pub(super) fn whole(number: &DeInteger<'_>) -> Option<i64> {
    i64::from_str_radix(number.as_str(), number.radix()).ok()
}

pub(super) fn number_in(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.as_str().to_owned()),
        _ => None,
    }
}

pub(super) fn day_of(moment: &Datetime) -> Option<Date> {
    moment.date.and_then(|date| Date::day(date.year as i16, date.month, date.day))
}
