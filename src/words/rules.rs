//! The rules whose breaches `words` finds: one file each.

pub mod missing_plural;

use crate::diagnostic::Rule;

/// All of them.
pub static RULES: &[&Rule] = &[&missing_plural::RULE];
