//! The sentence of a link, with the link marked in it.

use pulldown_cmark_escape::escape_html;
use serde::{Serialize, Serializer};

use crate::fingerprint::Hashed;
use crate::language::Language;
use crate::note::{Excerpt, NoteCard};
use crate::template;

/// The sentence of a link. For a template it is a text of HTML, already safe, with the link in `<mark>`:
/// a page may show a hundred.
#[derive(Hash)]
pub struct QuoteView<'a> {
    excerpt: &'a Hashed<Excerpt>,
    /// The title of the note that the link points at, which stands for the link where its writer gave it
    /// no text.
    title: &'a str,
    /// The language of the title, if it is another than that of the sentence.
    language: Option<&'a Language>,
}

impl<'a> QuoteView<'a> {
    /// The sentence of a link in `language` to the note `to`; `None` if there is nothing to quote.
    pub(crate) fn new(
        excerpt: &'a Hashed<Excerpt>,
        language: &Language,
        to: &'a NoteCard,
    ) -> Option<Self> {
        let other = Some(&to.language).filter(|of_title| *of_title != language);
        (**excerpt != Excerpt::default()).then(|| Self {
            excerpt,
            title: &to.title,
            language: other,
        })
    }
}

impl Serialize for QuoteView<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Excerpt { before, text, after } = &**self.excerpt;
        let language = self.language.filter(|_| text.is_none());
        let mark = format!("<mark{}>", language.map(Language::attributes).unwrap_or_default());
        let text = text.as_deref().unwrap_or(self.title);
        let mut html = String::with_capacity(before.len() + text.len() + after.len() + 32);
        for (markup, text) in [("", &**before), (&mark, text), ("</mark>", after)] {
            html.push_str(markup);
            let _ = escape_html(&mut html, text);
        }
        template::serialize_safe(&html, serializer)
    }
}
