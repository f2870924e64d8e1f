//! The rules over the whole book, one file each. A new rule is a file here and a line in `CHECKS`.

pub mod ambiguous_name;
pub mod bad_reference_kind;
pub(super) mod broken_link;
mod confidential_name;
pub mod duplicate_title;
pub mod embed_cycle;
mod file_name;
pub mod missing_anchor;
pub mod missing_asset;
pub mod no_kind;
pub mod no_notes;
pub mod orphan;
pub mod review_overdue;
pub mod stale_translation;
pub mod superseded_cited;
pub mod supersession_cycle;
pub mod translation_differs;
pub mod translation_without_original;
mod unknown_key;
pub mod unknown_locator;
pub mod untranslated;
pub mod unused_exception;

use super::theme;
use crate::diagnostic::{Diagnostic, Rule};
use crate::note::NoteId;
use crate::parse::rules as of_notes;
use crate::site::Site;
use crate::table::rules as of_tables;
use crate::table::rules::bad_config;
use crate::table::rules::refused_scheme;

/// A check of the whole book.
pub(super) struct BookCheck {
    /// The rules whose findings it makes. It does not run if the book turns all of them off.
    pub(super) rules: &'static [&'static Rule],
    /// The check itself.
    pub(super) run: fn(&Site, &mut Vec<Diagnostic>),
    /// For a check that reads texts, and not only facts: says whether the text of a note matters to it.
    pub(super) reads_text: Option<fn(&Site, NoteId) -> bool>,
}

/// All checks of the whole book.
#[rustfmt::skip]
pub(super) static CHECKS: &[BookCheck] = &[
    of_facts(&[&ambiguous_name::RULE], ambiguous_name::check),
    of_facts(&[&bad_reference_kind::RULE], bad_reference_kind::check),
    of_facts(&[&of_notes::broken_link::RULE], broken_link::check),
    of_facts(&[&of_notes::broken_link::RULE], broken_link::check_menu),
    of_facts(&[&of_notes::confidential_name::RULE], confidential_name::check),
    of_texts(&[&of_notes::confidential_name::RULE], confidential_name::check_words, confidential_name::is_confidential),
    of_facts(&[&duplicate_title::RULE], duplicate_title::check),
    of_texts(&[&embed_cycle::RULE], embed_cycle::check, embed_cycle::has_embeds),
    of_facts(&[&of_notes::file_name::RULE], file_name::check),
    of_facts(&[&missing_anchor::RULE], missing_anchor::check),
    of_facts(&[&missing_asset::RULE], missing_asset::check),
    of_facts(&[&no_kind::RULE], no_kind::check),
    of_facts(&[&no_notes::RULE], no_notes::check),
    of_texts(&[&orphan::RULE], orphan::check, orphan::may_explain_terms),
    of_facts(&[&review_overdue::RULE], review_overdue::check),
    of_texts(&[&stale_translation::RULE], stale_translation::check, stale_translation::is_compared),
    of_facts(&[&superseded_cited::RULE], superseded_cited::check),
    of_facts(&[&supersession_cycle::RULE], supersession_cycle::check),
    of_facts(&[&translation_differs::RULE], translation_differs::check),
    of_facts(&[&translation_without_original::RULE], translation_without_original::check),
    of_facts(OF_THEME, theme::check),
    of_facts(&[&of_tables::unknown_key::RULE], unknown_key::check),
    of_facts(&[&unknown_locator::RULE], unknown_locator::check),
    of_facts(&[&untranslated::RULE], untranslated::check),
];

/// The rules that `[theme]` may break.
static OF_THEME: &[&Rule] = &[
    &ambiguous_name::RULE,
    &bad_config::RULE,
    &missing_anchor::RULE,
    &missing_asset::RULE,
    &of_notes::broken_link::RULE,
    &refused_scheme::RULE,
];

type Run = fn(&Site, &mut Vec<Diagnostic>);

const fn of_facts(rules: &'static [&'static Rule], run: Run) -> BookCheck {
    BookCheck { rules, run, reads_text: None }
}

const fn of_texts(
    rules: &'static [&'static Rule],
    run: Run,
    reads_text: fn(&Site, NoteId) -> bool,
) -> BookCheck {
    BookCheck { rules, run, reads_text: Some(reads_text) }
}

/// Returns all rules whose findings are made here; some more than once.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    let of_checks = CHECKS.iter().flat_map(|check| check.rules).copied();
    of_checks.chain([&unused_exception::RULE])
}
