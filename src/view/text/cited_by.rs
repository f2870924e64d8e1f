//! The notes that cite a part of a note, folded beside that part.

use std::fmt::Write;
use std::hash::{Hash, Hasher};

use pulldown_cmark_escape::escape_html;

use super::href::ResolvedHref;
use crate::note::{NoteId, NotePart};
use crate::site::Site;

/// The most notes that are named beside one part.
const NAMED: usize = 12;

/// The notes that cite a part of a note, in the order of their kinds.
pub(super) struct CitedBy<'a> {
    site: &'a Site,
    /// The note with the part.
    id: NoteId,
    citing: &'a [NoteId],
}

impl<'a> CitedBy<'a> {
    /// The notes that cite `part` of the note at `id`; none for most parts, and none where the text is shown on
    /// another page, below `depth` others.
    pub(super) fn new(site: &'a Site, id: NoteId, part: NotePart, depth: usize) -> Self {
        let parts = site.graph.citing.get(&id).filter(|_| depth == 0);
        let citing = parts.and_then(|parts| parts.get(&part)).map_or(&[][..], Vec::as_slice);
        Self { site, id, citing }
    }

    fn named(&self) -> &'a [NoteId] {
        &self.citing[..self.citing.len().min(NAMED)]
    }

    /// Writes the list, if it has any notes. `root` leads from the page to the top of the site.
    pub(super) fn write(&self, root: &str, html: &mut String) {
        if self.citing.is_empty() {
            return;
        }
        let summary = self.site.words_of(self.id).counted("cited-by", self.citing.len());
        let of_text = &self.site.note(self.id).facts;
        let own = &of_text.place.language;
        html.push_str("<details class=\"cited\"");
        // The list is in the language of the page, also where the text around it is not.
        if of_text.card.language != *own {
            html.push_str(&own.attributes());
        }
        html.push_str("><summary>");
        let _ = escape_html(&mut *html, &summary);
        html.push_str("</summary><ul>");
        for id in self.named() {
            let facts = &self.site.note(*id).facts;
            html.push_str("<li><a");
            let output = &facts.place.output;
            ResolvedHref { output, anchor: None, here: false }.write(" href=\"", root, html);
            let other = Some(&facts.card.language).filter(|other| *other != own);
            html.push_str(&other.map(|other| other.attributes()).unwrap_or_default());
            html.push('>');
            let _ = escape_html(&mut *html, facts.card.short_title());
            html.push_str("</a></li>");
        }
        let more = self.citing.len() - self.named().len();
        if more > 0 {
            let _ = write!(html, "<li>+ {more}</li>");
        }
        html.push_str("</ul></details>\n");
    }
}

impl Hash for CitedBy<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.citing.len().hash(state);
        self.site.note(self.id).facts.card.language.hash(state);
        for id in self.named() {
            let facts = &self.site.note(*id).facts;
            (&facts.place.output, &facts.card.language, facts.card.short_title()).hash(state);
        }
    }
}
