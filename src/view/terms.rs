//! Terms that a note mentions: marked in its text where each comes first, and told at its end.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use super::shortened;
use crate::fingerprint::SharedValue;
use crate::note::{Note, NoteCard, NoteId};
use crate::site::Site;
use crate::slug::OF_PAGE;

/// How many definitions of a term are told on the pages of others, and how much of each, in bytes. Any
/// number of pages may mention it.
const MOST: usize = 20;
const LONGEST: usize = 2000;

/// A place of the text that becomes a link to what is told of a term.
#[derive(Debug, Hash)]
pub(super) struct TermMark {
    start: u32,
    end: u32,
    anchor: String,
    title: String,
}

/// What is told of a term at the end of a page.
#[derive(Hash, Serialize)]
pub struct TermView<'a> {
    /// The term.
    pub card: &'a SharedValue<NoteCard>,
    /// Its definitions, each with who gives it.
    pub definitions: Vec<Cow<'a, str>>,
    /// The anchor that its first mention leads to.
    pub anchor: String,
}

/// The terms that the note at `id` mentions and does not link to.
fn mentioned(site: &Site, id: NoteId) -> impl Iterator<Item = (Range<u32>, NoteId)> {
    let mut mentions = site.terms.mentions(id).map(|(m, term)| (m.start..m.end, term)).peekable();
    let mut linked: Vec<NoteId> = match mentions.peek() {
        Some(_) => site.graph.links[id.index()].iter().filter_map(|link| link.note()).collect(),
        None => Vec::new(),
    };
    linked.sort_unstable();
    mentions.filter(move |(_, term)| *term != id && linked.binary_search(term).is_err())
}

pub(super) fn marks(site: &Site, id: NoteId) -> Vec<TermMark> {
    let mark = |(place, term): (Range<u32>, NoteId)| {
        let note = site.note(term);
        let first = definitions(site, note).first().or(note.facts.card.summary.as_ref());
        TermMark {
            start: place.start,
            end: place.end,
            anchor: anchor(note),
            title: first.map_or_else(String::new, |text| shortened(text, LONGEST).into_owned()),
        }
    };
    mentioned(site, id).map(mark).collect()
}

/// What is told of the terms at the end of the page of the note at `id`, in the order of the text.
pub(super) fn told(site: &Site, id: NoteId) -> Vec<TermView<'_>> {
    let term = |(_, term): (Range<u32>, NoteId)| {
        let note = site.note(term);
        let definitions = definitions(site, note).iter().take(MOST);
        let definitions = definitions.map(|text| shortened(text, LONGEST)).collect();
        TermView { card: &note.facts.card, definitions, anchor: anchor(note) }
    };
    mentioned(site, id).map(term).collect()
}

fn definitions<'a>(site: &Site, note: &'a Note) -> &'a [String] {
    let field = site.config.kind(note.facts.kind).shown.glossary;
    let value = note.facts.values.iter().find(|value| Some(value.field) == field);
    value.map_or(&[], |value| &value.items)
}

fn anchor(note: &Note) -> String {
    let path = note.facts.place.path.replace('/', ".");
    // An id holds no spaces.
    format!("{OF_PAGE}term.{}", path.replace(char::is_whitespace, "_"))
}

/// Writes a part of the HTML of a body with the marks that lie in it, and returns those after it.
/// `copy` writes a stretch of the body as it is.
pub(super) fn write<'m>(
    html: &mut String,
    part: Range<u32>,
    mut marks: &'m [TermMark],
    copy: &dyn Fn(&mut String, Range<u32>),
) -> &'m [TermMark] {
    let mut from = part.start;
    while let Some((mark, rest)) = marks.split_first().filter(|(mark, _)| mark.end <= part.end) {
        copy(html, from..mark.start);
        html.push_str("<a class=\"term\" href=\"#");
        let _ = escape_html(&mut *html, &crate::path::url_path(&mark.anchor).to_string());
        html.push_str("\" title=\"");
        let _ = escape_html(&mut *html, &mark.title);
        html.push_str("\">");
        copy(html, mark.start..mark.end);
        html.push_str("</a>");
        from = mark.end;
        marks = rest;
    }
    copy(html, from..part.end);
    marks
}
