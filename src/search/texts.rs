//! What search shows of notes besides their titles and summaries: their texts, from which it takes the
//! sentence that says most of what was asked.

use super::index::{IndexEntry, SearchIndex};
use super::{TEXTS, group_of};
use crate::note::NoteId;
use crate::site::Site;
use crate::view::BodyContent;

/// How much the texts of one script may take together, in bytes: about 30 kB when packed. Of the
/// longest of them only the beginning is there; a note by itself may have some 13,000 words.
const ROOM: usize = 80 * 1024;

/// What a note says.
pub(super) struct SearchText {
    pub(super) text: String,
    /// Whether that is not all.
    pub(super) is_cut: bool,
}

/// What the notes say whose texts share a script.
pub(super) fn texts(site: &Site, entries: &[IndexEntry]) -> Vec<SearchText> {
    let texts: Vec<String> = entries.iter().map(|entry| text(site, entry.id)).collect();
    let share = share(texts.iter().map(String::len).collect());
    texts.into_iter().map(|text| cut(text, share)).collect()
}

/// What the note at `slot` says, as its script has it.
pub(super) fn text_at(index: &SearchIndex, site: &Site, slot: u32) -> Option<SearchText> {
    let entries = group_of(&index.entries, slot >> TEXTS, TEXTS);
    let at = entries.iter().position(|entry| entry.slot == slot)?;
    Some(texts(site, entries).swap_remove(at))
}

/// The sentences of the fields of a note, then its text.
fn text(site: &Site, id: NoteId) -> String {
    let mut said = String::new();
    let values = site.note(id).facts.values.iter().flat_map(|value| &value.items);
    for sentence in values.filter(|value| value.contains(' ')) {
        said.push_str(sentence);
        said.push('\n');
    }
    said.push_str(&BodyContent::new(site, id).text());
    said
}

/// How long each text may be, in bytes: what the short ones leave of the room is for the others.
fn share(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    let (mut left, mut waiting) = (ROOM, lengths.len());
    for length in lengths {
        if length > left / waiting {
            return left / waiting;
        }
        left -= length;
        waiting -= 1;
    }
    ROOM
}

/// The lines of a text that fit into `share` bytes; of one that has none, the signs that do.
fn cut(mut text: String, share: usize) -> SearchText {
    let is_cut = text.len() > share;
    if is_cut {
        let end = text.floor_char_boundary(share);
        text.truncate(text[..end].rfind('\n').unwrap_or(end));
    }
    SearchText { text, is_cut }
}
