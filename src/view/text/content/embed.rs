//! Passages of other notes that are shown in the text of a note.

use std::fmt::Write;

use super::{ContentPassage, escape};
use crate::language::Language;
use crate::site::embedded_range;

/// The most notes that embed one another and are shown in place; deeper ones are links.
const DEPTH: usize = 4;

impl<'a> ContentPassage<'a> {
    /// Returns the passage that an embed shows; `None` if it can only be a link.
    pub(super) fn embedded(&self, link: u32) -> Option<ContentPassage<'a>> {
        let (id, start, end) = embedded_range(self.site, self.id, link)?;
        let depth = self.depth + 1;
        let is_shown = depth <= DEPTH && self.left.take(end - start);
        is_shown.then_some(ContentPassage { id, start, end, depth, ..*self })
    }

    /// Writes a passage that is embedded, or a link to it, with its source.
    pub(super) fn embed(&self, link: u32, caption: Option<&str>, root: &str, html: &mut String) {
        let embedded = self.embedded(link);
        // A passage in another language is marked with it; the caption of this note with its own again.
        let own = self.language();
        let foreign = embedded.map(|embedded| embedded.language()).filter(|other| *other != own);
        let attributes = |language: Option<&Language>| language.map(Language::attributes);
        if let Some(embedded) = embedded {
            html.push_str("<div class=\"embed\"");
            html.push_str(&attributes(foreign).unwrap_or_default());
            html.push_str(">\n");
            embedded.fill_whole(root, html);
        }
        html.push_str("<p class=\"embed-source\"");
        let other = foreign.and(caption).and(Some(own));
        html.push_str(&attributes(other).unwrap_or_default());
        html.push('>');
        let leads = self.leads(link);
        if let Some(leads) = &leads {
            html.push_str("<a");
            leads.write(" href=\"", root, html);
            html.push('>');
        }
        match caption {
            Some(caption) => escape(html, caption),
            None => self.link_text(link, html),
        }
        html.push_str(if leads.is_some() { "</a>" } else { "" });
        if let Some(past) = embedded.and_then(|embedded| self.past_word(&embedded)) {
            html.push_str(" <span class=\"tag\">");
            escape(html, past);
            html.push_str("</span>");
        }
        html.push_str("</p>");
        html.push_str(if embedded.is_some() { "\n</div>" } else { "" });
    }

    /// Returns the word for a passage that is shown here and is superseded or withdrawn; `None` for
    /// others.
    pub(super) fn past_word(&self, embedded: &ContentPassage<'_>) -> Option<&'a str> {
        self.site.is_past(embedded.id).then(|| self.word("past"))
    }

    /// Writes the passage, with the list around it if it is an entry of one.
    pub(super) fn fill_whole(&self, root: &str, html: &mut String) {
        let list = self.body().list_around(self.start, self.end);
        let name = list.map(|list| if list.number.is_some() { "ol" } else { "ul" });
        if let Some((list, name)) = list.zip(name) {
            let _ = write!(html, "<{name}");
            if let Some(number) = list.number.filter(|number| *number != 1) {
                let _ = write!(html, " start=\"{number}\"");
            }
            html.push_str(if list.tasks { " class=\"tasks\">\n" } else { ">\n" });
        }
        self.fill(root, &[], html);
        if let Some(name) = name {
            let _ = writeln!(html, "</{name}>");
        }
    }
}
