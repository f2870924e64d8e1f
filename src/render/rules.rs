//! The rules whose breaches `render` finds: one file each.

pub mod bad_template;

use crate::diagnostic::Rule;

/// All of them.
pub static RULES: &[&Rule] = &[&bad_template::RULE];
