//! The texts of notes that search shows besides their titles and summaries, and from which it takes the
//! sentence that says most of what was asked.

use super::index::{IndexEntry, SearchIndex};
use super::{TEXTS, group_of};
use crate::config::FieldConfig;
use crate::note::{NoteId, RefField};
use crate::site::Site;
use crate::view::{BodyContent, LinedText, TextPlace};

/// The most that the texts of one script may take together, in bytes: about 30 kB when packed. Of the
/// longest of them only the beginning is there; a note by itself may have some 13,000 words.
const SCRIPT_ROOM: usize = 80 * 1024;

/// The text of a note, or its beginning.
pub(super) struct SearchText {
    pub(super) text: String,
    /// The places in it.
    pub(super) places: Vec<TextPlace>,
    /// Says whether it is only the beginning.
    pub(super) is_cut: bool,
}

/// Returns the texts of notes that share a script.
pub(super) fn texts(site: &Site, entries: &[IndexEntry]) -> Vec<SearchText> {
    let texts: Vec<LinedText> = entries.iter().map(|entry| text(site, entry.id)).collect();
    let share = share(texts.iter().map(|lined| lined.text.len()).collect());
    texts.into_iter().map(|text| cut(text, share)).collect()
}

/// Returns the text of the note at `slot`, as its script has it.
pub(super) fn text_at(index: &SearchIndex, site: &Site, slot: u32) -> Option<SearchText> {
    let entries = group_of(&index.entries, slot >> TEXTS, TEXTS);
    let at = entries.iter().position(|entry| entry.slot == slot)?;
    Some(texts(site, entries).swap_remove(at))
}

/// Returns the sentences in the fields of a note and the titles of the notes that they name, then its text.
fn text(site: &Site, id: NoteId) -> LinedText {
    let mut said = String::new();
    let facts = &site.note(id).facts;
    let fields = &site.kind_for(facts.kind, id).fields;
    let words = site.words_of(id);
    let is_for_readers = |field: &FieldConfig| !field.for_editors;
    let values = facts.values.iter().filter(|v| is_for_readers(&fields[usize::from(v.field)]));
    let values = values.flat_map(|value| {
        let field_type = fields[usize::from(value.field)].shape.as_type();
        value.items.iter().map(|item| field_type.search_text(item))
    });
    let mut lines = 0;
    let mut add = |line: &str| {
        said.push_str(line);
        said.push('\n');
        lines += line.matches('\n').count() + 1;
    };
    for sentence in values.filter(|value| value.contains(' ')) {
        add(sentence);
    }
    for (at, field) in fields.iter().enumerate().filter(|(_, field)| is_for_readers(field)) {
        let named = site.named_in(id, RefField::Own(at as u16));
        let titles: Vec<&str> = named.map(|id| &*site.note(id).facts.card.title).collect();
        if !titles.is_empty() {
            add(&words.labelled(&field.label, &titles.join(words.get("list-separator"))));
        }
    }
    let LinedText { text, mut places } = BodyContent::new(site, id).text();
    places.iter_mut().for_each(|place| place.line += lines);
    said.push_str(&text);
    LinedText { text: said, places }
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
fn cut(LinedText { mut text, mut places }: LinedText, share: usize) -> SearchText {
    let is_cut = text.len() > share;
    if is_cut {
        let end = text.floor_char_boundary(share);
        text.truncate(text[..end].rfind('\n').unwrap_or(end));
        let lines = text.matches('\n').count();
        places.retain(|place| place.line <= lines);
    }
    SearchText { text, places, is_cut }
}
