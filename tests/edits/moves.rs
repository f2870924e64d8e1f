//! Random changes of a book, weighted towards those that are hard to follow.

#[path = "moves/of_book.rs"]
mod of_book;
#[path = "moves/of_files.rs"]
mod of_files;
#[path = "moves/of_languages.rs"]
mod of_languages;
#[path = "moves/of_notes.rs"]
mod of_notes;
#[path = "moves/of_text.rs"]
mod of_text;

use super::random::Random;
use super::world::World;

/// A kind of change.
pub(crate) type Move = fn(&mut World, &mut Random);

/// The changes with their weights.
const MOVES: &[(usize, Move)] = &[
    // Texts.
    (9, of_text::word),
    (3, of_text::add_block),
    (3, of_text::remove_block),
    (5, of_text::add_link),
    (3, of_text::remove_link),
    (4, of_text::retarget_link),
    (4, of_text::add_linked_heading),
    (2, of_text::remove_heading),
    (4, of_text::heading_id),
    (2, of_text::add_linked_block),
    (5, of_text::embed),
    (1, of_text::embed_in_a_ring),
    (3, of_text::embed_in_another_language),
    (2, of_text::blank_line),
    (2, of_text::swap_blocks),
    // Whole notes.
    (4, of_notes::title),
    (3, of_notes::title_of_another),
    (5, of_notes::alias),
    (2, of_notes::linked_alias),
    (9, of_notes::common_key),
    (4, of_notes::status),
    (2, of_notes::supersede_more),
    (6, of_notes::field),
    (1, of_notes::open_field),
    (2, of_notes::remove_key),
    (5, of_notes::add),
    (2, of_notes::add_index),
    (4, of_notes::delete),
    (4, of_notes::bring_back),
    (3, of_notes::rename),
    (2, of_notes::rename_over_alias),
    (1, of_notes::move_folder),
    (1, of_notes::swap),
    (1, of_notes::harm),
    (1, of_notes::unknown_key),
    // The configuration.
    (2, of_book::paginate),
    (4, of_book::key),
    (1, of_book::menu),
    (1, of_book::languages),
    (1, of_book::theme),
    (5, of_book::kind_key),
    (2, of_book::remove_field),
    (2, of_book::add_field),
    (3, of_book::change_field),
    (1, of_book::remove_kind),
    (1, of_book::add_kind),
    (1, of_book::comment),
    (1, of_book::harm),
    // Languages.
    (3, of_languages::settings),
    (4, of_languages::labels),
    (5, of_languages::translate),
    (1, of_languages::change_language),
    (1, of_languages::rename_work),
    (2, of_languages::remove_version),
    (4, of_languages::record),
    (1, of_languages::details),
    // Other files.
    (2, of_files::template),
    (2, of_files::remove_override),
    (1, of_files::break_template),
    (3, of_files::interface_words),
    (2, of_files::theme_static),
    (3, of_files::add_file),
    (2, of_files::change_file),
    (2, of_files::remove_file),
    (1, of_files::cover),
    // No change.
    (1, |_, _| ()),
];

/// Makes one random change.
pub(crate) fn happen(world: &mut World, random: &mut Random) {
    random.weighted(MOVES)(world, random);
}
