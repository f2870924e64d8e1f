//! The rules whose breaches `config` finds: one file each.

pub mod bad_config;

use crate::diagnostic::Rule;

/// All of them.
pub static RULES: &[&Rule] = &[&bad_config::RULE];
