//! The rules whose breaches `refused` finds: one file each.

pub mod file_too_large;
pub mod not_a_note;
pub mod not_text;
pub mod outside_book;
pub mod unreadable;

use crate::diagnostic::Rule;

/// All of them.
pub static RULES: &[&Rule] = &[
    &file_too_large::RULE,
    &not_a_note::RULE,
    &not_text::RULE,
    &outside_book::RULE,
    &unreadable::RULE,
];
