//! The rules whose breaches `table` finds: one file each.

pub mod bad_config;
pub mod bad_date;
pub mod bad_value;
pub mod bidi_control;
pub mod refused_scheme;
pub mod unknown_key;
pub mod value_not_in_list;

use crate::diagnostic::Rule;

/// All of them.
pub static RULES: &[&Rule] = &[
    &bad_config::RULE,
    &bad_date::RULE,
    &bad_value::RULE,
    &bidi_control::RULE,
    &refused_scheme::RULE,
    &unknown_key::RULE,
    &value_not_in_list::RULE,
];
