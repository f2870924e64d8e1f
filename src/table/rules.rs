//! The rules whose breaches `table` finds: one file each.

pub mod bad_date;
pub mod bad_value;
pub mod bidi_control;
pub mod unknown_key;

use crate::diagnostic::Rule;

/// All of them.
pub static RULES: &[&Rule] =
    &[&bad_date::RULE, &bad_value::RULE, &bidi_control::RULE, &unknown_key::RULE];
