//! The rules whose breaches `active` finds: one file each.

pub mod active_file;
pub mod refused_file;

use crate::diagnostic::Rule;

/// All of them.
pub static RULES: &[&Rule] = &[&active_file::RULE, &refused_file::RULE];
