//! Footnotes: numbered in the order they are first cited, gathered after the text.

use std::collections::BTreeSet;

use super::footnote_list::{CitedFootnote, Footnotes};
use super::parser::BodyParser;
use crate::note::HoleKind;
use crate::parse::text_rule::TextEvent;
use crate::slug::{OF_PAGE, slug};

impl BodyParser<'_, '_> {
    pub(crate) fn footnote_reference(&mut self, label: &str) {
        let Footnotes { definitions, cited, .. } = &mut self.footnotes;
        let Some(definition) = definitions.get_mut(label) else {
            return self.to.text(&format!("[^{label}]"));
        };
        let at = *definition.place.get_or_insert_with(|| {
            let id = self.to.ids.take(&format!("{OF_PAGE}footnote.{}", slug(label)));
            cited.push(CitedFootnote { label: label.to_owned(), id, times: 0 });
            cited.len() - 1
        });
        let cited = &mut cited[at];
        cited.times += 1;
        let (id, from) = (cited.id.clone(), citation_id(&cited.id, cited.times));
        self.to.markup("<sup class=\"footnote\"><a role=\"doc-noteref\"");
        self.to.hole(HoleKind::Id(from.into()));
        self.to.hole(HoleKind::Own(id.into()));
        self.to.markup(&format!(">{}</a></sup>", at + 1));
    }

    /// Shows the rules each text of a footnote.
    pub(crate) fn visit_footnotes(&mut self) {
        let mut seen = BTreeSet::new();
        for (label, range) in std::mem::take(&mut self.footnotes.places) {
            let at = range.start..range.start + label.len() + "[^]:".len();
            let is_again = !seen.insert(label.clone());
            let is_cited = self.footnotes.definitions[&label].place.is_some();
            self.to.visit(&TextEvent::Footnote { label: &label, at, is_again, is_cited });
        }
    }

    /// Writes the footnotes that were cited. One may cite others, which then follow it.
    pub(crate) fn write_footnotes(&mut self) {
        if self.footnotes.cited.is_empty() {
            return;
        }
        self.to.markup("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        self.to.hole(HoleKind::Word("footnotes"));
        self.to.markup("\">\n<ol>\n");
        let mut at = 0;
        while at < self.footnotes.cited.len() {
            let CitedFootnote { label, id, .. } = &self.footnotes.cited[at];
            let (events, id) = (self.footnotes.definitions[label].events.clone(), id.clone());
            self.to.open("li");
            self.to.hole(HoleKind::Id(id.as_str().into()));
            self.to.markup(">");
            self.run(events);
            self.to.end_passage();
            self.back_links(&id, at);
            self.to.close("</li>\n");
            at += 1;
        }
        self.to.markup("</ol>\n</section>\n");
    }

    /// Writes the way back to each place that cites the footnote, at the end of its last paragraph.
    fn back_links(&mut self, id: &str, at: usize) {
        let paragraph = self.to.html.ends_with("</p>\n");
        if paragraph {
            let end = self.to.html.len() - "</p>\n".len();
            self.to.html.truncate(end);
        }
        for time in 1..=self.footnotes.cited[at].times {
            self.to.markup(" <a role=\"doc-backlink\"");
            self.to.hole(HoleKind::Own(citation_id(id, time).into()));
            self.to.markup(" aria-label=\"");
            self.to.hole(HoleKind::Word("footnote-back"));
            self.to.markup("\">↩</a>");
        }
        self.to.markup(if paragraph { "</p>\n" } else { "" });
    }
}

/// Returns the id of the place that cites the footnote `id` for the nth time. No slug holds a point, so no
/// footnote has that id.
fn citation_id(id: &str, time: u32) -> String {
    if time == 1 { format!("{id}.from") } else { format!("{id}.from.{time}") }
}
