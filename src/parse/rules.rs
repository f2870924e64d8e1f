//! The rules whose breaches `parse` finds: one file each.

pub mod bad_front_matter;
pub mod bad_math;
pub mod bare_article;
pub mod broken_link;
pub mod confidential_name;
pub mod deep_nesting;
pub mod duplicate_anchor;
pub mod empty_heading;
pub mod file_name;
pub mod foreign_markup;
pub mod invisible_character;
pub mod long_summary;
pub mod lost_cell;
pub mod merge_conflict;
pub mod missing_field;
pub mod near_markup;
pub mod no_alt_text;
pub mod no_table_header;
pub mod not_a_link;
pub mod other_status;
pub mod refused_html;
pub mod refused_scheme;
pub mod remote_image;
pub mod repeated_title;
pub mod skipped_heading;
pub mod unclosed_code;
pub mod unclosed_comment;
pub mod undated;
pub mod undefined_footnote;
pub mod undefined_reference;
pub mod unnamed_endorser;
pub mod unread_markdown;
pub mod unsourced;
pub mod unused_footnote;
pub mod vague_link;
pub mod value_not_in_list;
pub mod wanted_field;
pub mod withdrawn_unexplained;

use crate::diagnostic::Rule;

/// All of them.
pub static RULES: &[&Rule] = &[
    &bad_front_matter::RULE,
    &bad_math::RULE,
    &bare_article::RULE,
    &broken_link::RULE,
    &confidential_name::RULE,
    &deep_nesting::RULE,
    &duplicate_anchor::RULE,
    &empty_heading::RULE,
    &file_name::RULE,
    &foreign_markup::RULE,
    &invisible_character::RULE,
    &long_summary::RULE,
    &lost_cell::RULE,
    &merge_conflict::RULE,
    &missing_field::RULE,
    &near_markup::RULE,
    &no_alt_text::RULE,
    &no_table_header::RULE,
    &not_a_link::RULE,
    &other_status::RULE,
    &refused_html::RULE,
    &refused_scheme::RULE,
    &remote_image::RULE,
    &repeated_title::RULE,
    &skipped_heading::RULE,
    &unclosed_code::RULE,
    &unclosed_comment::RULE,
    &undated::RULE,
    &undefined_footnote::RULE,
    &undefined_reference::RULE,
    &unnamed_endorser::RULE,
    &unread_markdown::RULE,
    &unsourced::RULE,
    &unused_footnote::RULE,
    &vague_link::RULE,
    &value_not_in_list::RULE,
    &wanted_field::RULE,
    &withdrawn_unexplained::RULE,
];
