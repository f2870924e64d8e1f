//! Callouts: GFM alerts (`> [!NOTE]`) and Obsidian's (`> [!faq]- A title`).

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, Tag, TagEnd};

use super::open_inlines::ClosingTag;
use super::parser::BodyParser;
use crate::note::HoleKind;
use crate::words::InterfaceWord;

/// A type of callout.
struct CalloutType {
    /// The names by which writers ask for it, in small letters.
    names: &'static [&'static str],
    /// The class of its look.
    class: &'static str,
    /// The words in place of a title that a callout lacks.
    title: InterfaceWord,
}

/// The types of callout. Names that mean the same are one type; an unknown name is the first.
const CALLOUT_TYPES: &[CalloutType] = &[
    CalloutType {
        names: &["note", "info", "todo", "example"],
        class: "note",
        title: InterfaceWord::new("callout-note", "Note"),
    },
    CalloutType {
        names: &["tip", "hint", "success", "check", "done"],
        class: "tip",
        title: InterfaceWord::new("callout-tip", "Tip"),
    },
    CalloutType {
        names: &["important", "abstract", "summary", "tldr"],
        class: "important",
        title: InterfaceWord::new("callout-important", "Important"),
    },
    CalloutType {
        names: &["warning", "attention"],
        class: "warning",
        title: InterfaceWord::new("callout-warning", "Warning"),
    },
    CalloutType {
        names: &["caution", "danger", "error", "failure", "fail", "missing", "bug"],
        class: "caution",
        title: InterfaceWord::new("callout-caution", "Caution"),
    },
    CalloutType {
        names: &["question", "help", "faq"],
        class: "question",
        title: InterfaceWord::new("callout-question", "Question"),
    },
    CalloutType {
        names: &["quote", "cite"],
        class: "quote",
        title: InterfaceWord::new("callout-quote", "Quotation"),
    },
];

/// Returns the words in place of titles.
pub(crate) fn callout_words() -> impl Iterator<Item = InterfaceWord> {
    CALLOUT_TYPES.iter().map(|callout| callout.title)
}

/// Returns the names by which callouts are written, the usual one of each type.
pub(crate) fn callout_names() -> impl Iterator<Item = &'static str> {
    CALLOUT_TYPES.iter().filter_map(|callout| callout.names.first().copied())
}

/// The ways in which a callout can be folded.
#[derive(Clone, Copy, PartialEq)]
enum CalloutFold {
    No,
    Open,
    Closed,
}

impl<'t> BodyParser<'t, '_> {
    /// Opens a quotation or callout, and returns where to go on.
    pub(crate) fn quote(&mut self, kind: Option<BlockQuoteKind>, at: usize) -> usize {
        if let Some(kind) = kind {
            let name = match kind {
                BlockQuoteKind::Note => "note",
                BlockQuoteKind::Tip => "tip",
                BlockQuoteKind::Important => "important",
                BlockQuoteKind::Warning => "warning",
                BlockQuoteKind::Caution => "caution",
            };
            self.open_callout(name, CalloutFold::No, at + 1..at + 1);
            return at + 1;
        }
        let Some((name, fold, rest)) = self.obsidian_callout(at) else {
            self.open("blockquote");
            self.inlines.closing.push(ClosingTag::With("</blockquote>\n"));
            return at + 1;
        };
        // The events are: the quotation, a paragraph, the text that names the callout, the rest of
        // its title, and after a line break the text of the paragraph.
        let paragraph_end = self.events.end_of(at + 1);
        let title = at + 2..self.title_end(at + 2, paragraph_end);
        self.events.list[at + 2].0 = Event::Text(CowStr::from(rest));
        self.open_callout(&name, fold, title.clone());
        if title.end == paragraph_end {
            return paragraph_end + 1;
        }
        self.paragraph_with_embeds(title.end + 1..paragraph_end)
    }

    pub(crate) fn end_quote(&mut self) {
        self.to.end_passage();
        if let Some(ClosingTag::With(close)) = self.inlines.closing.pop() {
            self.to.close(close);
        }
    }

    fn open_callout(&mut self, name: &str, fold: CalloutFold, title: std::ops::Range<usize>) {
        let named = CALLOUT_TYPES.iter().find(|callout| callout.names.contains(&name));
        let CalloutType { class, title: word, .. } = named.unwrap_or(&CALLOUT_TYPES[0]);
        let (element, heading, end) = match fold {
            CalloutFold::No => ("div", "p", "</div>\n"),
            CalloutFold::Open | CalloutFold::Closed => ("details", "summary", "</details>\n"),
        };
        self.to.open(element);
        self.to.attribute("class", &format!("callout {class}"));
        self.to.markup(if fold == CalloutFold::Open { " open>\n" } else { ">\n" });
        self.to.open(heading);
        self.to.markup(" class=\"callout-title\">");
        if self.events.plain_text(title.clone()).trim().is_empty() {
            self.to.hole(HoleKind::Word(word.key))
        } else {
            self.run(title)
        }
        self.to.end_passage();
        self.to.close(if fold == CalloutFold::No { "</p>\n" } else { "</summary>\n" });
        self.inlines.closing.push(ClosingTag::With(end));
    }

    /// Returns the name, fold sign and rest of the line of a quotation that begins with `[!name]`.
    fn obsidian_callout(&self, at: usize) -> Option<(String, CalloutFold, String)> {
        let [(Event::Start(Tag::Paragraph), _), (Event::Text(text), _), ..] =
            &self.events.list[at + 1..]
        else {
            return None;
        };
        let (name, rest) = text.strip_prefix("[!")?.split_once(']')?;
        // After a bar stands how Obsidian is to show it.
        let name = name.split('|').next().unwrap_or_default().trim();
        let is_name =
            !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || " -_".contains(c));
        let (fold, rest) = match rest.chars().next() {
            Some('-') => (CalloutFold::Closed, &rest[1..]),
            Some('+') => (CalloutFold::Open, &rest[1..]),
            _ => (CalloutFold::No, rest),
        };
        is_name.then(|| (name.to_lowercase(), fold, rest.trim_start().to_owned()))
    }

    /// The event at which the first line of the paragraph ends.
    fn title_end(&self, from: usize, paragraph_end: usize) -> usize {
        let mut open = 0usize;
        for at in from..paragraph_end {
            match &self.events.list[at].0 {
                Event::SoftBreak | Event::HardBreak if open == 0 => return at,
                Event::Start(_) => open += 1,
                Event::End(TagEnd::Paragraph) => return at,
                Event::End(_) => open = open.saturating_sub(1),
                _ => {}
            }
        }
        paragraph_end
    }
}
