//! The terms that a note mentions: marked in its text where each comes first, and defined at its end.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark_escape::escape_html;
use serde::Serialize;

use super::plain::shortened;
use crate::note::{Note, NoteCard, NoteId};
use crate::path::url_path;
use crate::site::Site;
use crate::slug::OF_PAGE;
use crate::template::SharedValue;
use crate::terms::{Mention, definitions};

/// The most definitions of a term that a page shows. Any number of pages may mention the term.
const MOST_DEFINITIONS: usize = 20;

/// The most bytes of each definition that a page shows.
const LONGEST_DEFINITION: usize = 2000;

/// A place of the text that becomes a link to the definition of a term.
#[derive(Debug, Hash)]
pub(super) struct TermMark {
    start: u32,
    end: u32,
    anchor: String,
}

/// A term that a note mentions, for the end of its page.
#[derive(Hash, Serialize)]
pub struct TermView<'a> {
    /// The note of the term.
    pub card: &'a SharedValue<NoteCard>,
    /// Its definitions, in the order of its note; at most 20, each cut after 2000 bytes. None if its
    /// note says that nothing defines it: then its summary explains it.
    pub definitions: Vec<Cow<'a, str>>,
    /// The id of its entry, which its first mention in the text links to.
    pub anchor: String,
    /// The address of that mention in the page, for the way back.
    pub back: String,
}

/// The first mention of each term in the text of the note at `id`, in the order of the text.
pub(super) fn marks(site: &Site, id: NoteId) -> Vec<TermMark> {
    let marked = site.terms.marked(id, &site.graph);
    let mark = |(place, term): (Mention, NoteId)| TermMark {
        start: place.start,
        end: place.end,
        anchor: anchor(site.note(term)),
    };
    marked.map(mark).collect()
}

/// The terms that the note at `id` mentions and does not link to, in the order of the text.
pub(crate) fn terms_of(site: &Site, id: NoteId) -> Vec<TermView<'_>> {
    let term = |(_, term): (Mention, NoteId)| {
        let note = site.note(term);
        let shown = definitions(&site.config, note).iter().take(MOST_DEFINITIONS);
        TermView {
            card: &note.facts.card,
            definitions: shown.map(|text| shortened(text, LONGEST_DEFINITION)).collect(),
            back: format!("#{}.from", url_path(&anchor(note))),
            anchor: anchor(note),
        }
    };
    site.terms.marked(id, &site.graph).map(term).collect()
}

fn anchor(note: &Note) -> String {
    let path = note.facts.place.path.replace('/', ".");
    // An id holds no spaces.
    format!("{OF_PAGE}term.{}", path.replace(char::is_whitespace, "_"))
}

/// Writes a part of the HTML of a body with the marks that lie in it, and returns the marks after it.
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
        html.push_str("<a class=\"term\" id=\"");
        let _ = escape_html(&mut *html, &mark.anchor);
        html.push_str(".from\" href=\"#");
        let _ = escape_html(&mut *html, &url_path(&mark.anchor).to_string());
        html.push_str("\">");
        copy(html, mark.start..mark.end);
        html.push_str("</a>");
        from = mark.end;
        marks = rest;
    }
    copy(html, from..part.end);
    marks
}
