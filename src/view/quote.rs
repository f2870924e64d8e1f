//! The sentence of a link with the link marked in it.

use pulldown_cmark_escape::escape_html;
use serde::{Serialize, Serializer};

use crate::fingerprint::Hashed;
use crate::note::Excerpt;

/// The sentence of a link. Templates get it as HTML, since a page may show a hundred.
#[derive(Hash)]
pub struct QuoteView<'a> {
    excerpt: &'a Hashed<Excerpt>,
    /// What the link shows where its writer gave it no text: the title of what it points at.
    title: &'a str,
}

impl<'a> QuoteView<'a> {
    /// The sentence of a link to a note called `title`; none where there is nothing to quote.
    pub(super) fn new(excerpt: &'a Hashed<Excerpt>, title: &'a str) -> Option<Self> {
        (**excerpt != Excerpt::default()).then_some(Self { excerpt, title })
    }
}

impl Serialize for QuoteView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Excerpt { before, text, after } = &**self.excerpt;
        let text = text.as_deref().unwrap_or(self.title);
        let mut html = String::with_capacity(before.len() + text.len() + after.len() + 32);
        for (markup, text) in [("", before.as_str()), ("<mark>", text), ("</mark>", after)] {
            html.push_str(markup);
            let _ = escape_html(&mut html, text);
        }
        tera::Value::safe_string(&html).serialize(serializer)
    }
}
