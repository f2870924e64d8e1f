//! The rules over single notes, one file each. A new rule is a file here, its line in [`RULES`], and a line in the
//! list of what it looks at: files, front matter or texts. Rules in no list are findings of the parser itself,
//! which reports them by the functions in their files.

pub mod bad_front_matter;
pub mod bad_math;
pub mod bare_article;
pub mod broken_link;
pub mod confidential_name;
pub mod copied_source;
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
pub mod not_a_translation;
pub mod other_status;
pub mod refused_html;
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
pub mod wanted_field;
pub mod withdrawn_unexplained;

use super::file_rule::FileRule;
use super::findings::Findings;
use super::front_matter_rule::FrontMatterRule;
use super::text_rule::{TextContext, TextEvent, TextRule};
use crate::diagnostic::Rule;

/// The rules whose findings are made here.
pub static RULES: &[&Rule] = &[
    &bad_front_matter::RULE,
    &bad_math::RULE,
    &bare_article::RULE,
    &broken_link::RULE,
    &confidential_name::RULE,
    &copied_source::RULE,
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
    &not_a_translation::RULE,
    &other_status::RULE,
    &refused_html::RULE,
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
    &wanted_field::RULE,
    &withdrawn_unexplained::RULE,
];

/// The rules over the file of a note.
pub(crate) const OF_FILES: &[FileRule] = &[file_name::check, invisible_character::check_file];

/// The rules over lines of front matter that are there.
pub(crate) const OF_LINES: &[FrontMatterRule] = &[
    copied_source::check,
    invisible_character::check_front_matter,
    long_summary::check,
    not_a_translation::check,
];

/// The rules over front matter as a whole. Where a line can't be read, what seems to be missing may stand in it,
/// and they are not asked.
pub(crate) const OF_FRONT_MATTER: &[FrontMatterRule] = &[
    other_status::check,
    undated::check,
    unnamed_endorser::check,
    unsourced::check,
    wanted_field::check,
    withdrawn_unexplained::check,
];

/// Makes the rules over texts one rule, which shows each of them what it is shown.
macro_rules! text_rules {
    ($($rule:ident::$name:ident,)+) => {
        /// The rules over the text of a note.
        #[derive(Default)]
        pub(crate) struct TextRules {
            $($rule: $rule::$name,)+
        }

        impl TextRule for TextRules {
            fn visit(
                &mut self,
                event: &TextEvent<'_>,
                note: &TextContext<'_>,
                findings: &mut Findings<'_>,
            ) {
                $(self.$rule.visit(event, note, findings);)+
            }
        }
    };
}

text_rules! {
    bare_article::BareArticle,
    copied_source::CopiedSource,
    empty_heading::EmptyHeading,
    foreign_markup::ForeignMarkup,
    invisible_character::InvisibleCharacter,
    lost_cell::LostCell,
    near_markup::NearMarkup,
    no_alt_text::NoAltText,
    no_table_header::NoTableHeader,
    not_a_link::NotALink,
    refused_html::RefusedHtml,
    repeated_title::RepeatedTitle,
    skipped_heading::SkippedHeading,
    unclosed_code::UnclosedCode,
    unclosed_comment::UnclosedComment,
    undefined_footnote::UndefinedFootnote,
    unread_markdown::UnreadMarkdown,
    unused_footnote::UnusedFootnote,
    vague_link::VagueLink,
}
