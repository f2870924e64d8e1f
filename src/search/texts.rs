//! The texts of notes that search shows besides their titles and summaries, and from which it takes the
//! sentence that says most of what was asked.

use super::index::{IndexEntry, SearchIndex};
use super::{TEXTS, group_of};
use crate::note::NoteId;
use crate::site::Site;
use crate::view::BodyContent;

/// The most that the texts of one script may take together, in bytes: about 30 kB when packed. Of the
/// longest of them only the beginning is there; a note by itself may have some 13,000 words.
const SCRIPT_ROOM: usize = 80 * 1024;

/// The text of a note, or its beginning.
pub(super) struct SearchText {
    pub(super) text: String,
    /// Says whether it is only the beginning.
    pub(super) is_cut: bool,
}

/// Returns the texts of notes that share a script.
pub(super) fn texts(site: &Site, entries: &[IndexEntry]) -> Vec<SearchText> {
    let texts: Vec<String> = entries.iter().map(|entry| text(site, entry.id)).collect();
    let share = share(texts.iter().map(String::len).collect());
    texts.into_iter().map(|text| cut(text, share)).collect()
}

/// Returns the text of the note at `slot`, as its script has it.
pub(super) fn text_at(index: &SearchIndex, site: &Site, slot: u32) -> Option<SearchText> {
    let entries = group_of(&index.entries, slot >> TEXTS, TEXTS);
    let at = entries.iter().position(|entry| entry.slot == slot)?;
    Some(texts(site, entries).swap_remove(at))
}

/// Returns the sentences in the fields of a note, then its text.
fn text(site: &Site, id: NoteId) -> String {
    let mut said = String::new();
    let facts = &site.note(id).facts;
    let fields = &site.config.kind(facts.kind).fields;
    let values = facts.values.iter().flat_map(|value| {
        let field_type = fields[usize::from(value.field)].shape.as_type();
        value.items.iter().map(|item| field_type.search_text(item))
    });
    for sentence in values.filter(|value| value.contains(' ')) {
        said.push_str(sentence);
        said.push('\n');
    }
    said.push_str(&BodyContent::new(site, id).text());
    said
}

/// Returns the longest that each text may be, in bytes: the others share the room that short ones do not need.
fn share(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    let (mut left, mut waiting) = (SCRIPT_ROOM, lengths.len());
    for length in lengths {
        if length > left / waiting {
            return left / waiting;
        }
        left -= length;
        waiting -= 1;
    }
    SCRIPT_ROOM
}

/// Cuts a text to the lines that fit into `share` bytes, or to the signs that do if not even one line fits.
fn cut(mut text: String, share: usize) -> SearchText {
    let is_cut = text.len() > share;
    if is_cut {
        let end = text.floor_char_boundary(share);
        text.truncate(text[..end].rfind('\n').unwrap_or(end));
    }
    SearchText { text, is_cut }
}
