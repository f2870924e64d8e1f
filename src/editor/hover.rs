//! What an editor shows about the thing under the cursor, as plain Markdown.

use super::mention::mentioned_term;
use super::outline::section_of;
use super::pointed::link_place;
use super::{EditedBook, OpenText, PointedItem, found_now, pointed};
use crate::authoring::{FieldNeed, FormField, note_inputs};
use crate::config::Status;
use crate::config::note_keys::NOTE_KEYS;
use crate::graph::{PartFound, Resolution};
use crate::note::{NoteId, Origin};
use crate::span::Span;
use crate::terms::definitions;

/// The most characters of a text that are shown.
const MAX_SHOWN: usize = 600;

/// The most definitions of a term that are shown.
const MAX_DEFINITIONS: usize = 3;

/// A text about a part of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoverText {
    /// The part.
    pub span: Span,
    /// The text, in Markdown without HTML.
    pub markdown: String,
}

/// Returns the text about what stands at byte `at` of a text.
pub fn hover(book: EditedBook<'_>, text: &OpenText, at: u32) -> Option<HoverText> {
    let note = text.note.as_deref();
    let about = pointed(text, at).and_then(|place| {
        let (span, markdown) = match place.item {
            PointedItem::Link(link) | PointedItem::LinkPart(link) => {
                let note = note?;
                (link_place(&text.text, note, link), target(book, book.link(text, link)?)?)
            }
            PointedItem::Reference(at) => (place.span, target(book, book.reference(text, at)?)?),
            PointedItem::Key(key) | PointedItem::Value(key) => {
                (place.span, setting(book, text, &key)?)
            }
            PointedItem::Title => {
                (place.span, of_note(book, book.id_of(&text.path)?, PartFound::Whole))
            }
            PointedItem::Heading(_) | PointedItem::Block(_) | PointedItem::Footnote(_) => {
                return None;
            }
        };
        Some(HoverText { span, markdown })
    });
    let about = about.or_else(|| {
        let (span, term) = mentioned_term(book, text, at)?;
        Some(HoverText { span, markdown: of_note(book, term, PartFound::Whole) })
    });
    about.or_else(|| {
        let found = found_now(book, text);
        let is_here = |span: Span| span.start <= at && at < span.end;
        let problem = found.iter().find(|found| is_here(found.span))?;
        Some(HoverText { span: problem.span, markdown: problem.rule.explanation() })
    })
}

/// Returns the text about the target of a link.
fn target(book: EditedBook<'_>, to: Resolution) -> Option<String> {
    match to {
        Resolution::Note(id, part) => Some(of_note(book, id, part)),
        Resolution::WrongKind(id) => {
            let site = book.site();
            let kind = &site.note(id).facts.card.kind_title;
            Some(format!(
                "{}\n\nThis field takes no note of the kind {kind}.",
                of_note(book, id, PartFound::Whole)
            ))
        }
        Resolution::File(id) => {
            let site = book.site();
            let size =
                site.files.size(id).map(|(width, height)| format!(", {width} × {height} pixels"));
            Some(format!("`{}`{}", site.files.source(id), size.unwrap_or_default()))
        }
        Resolution::Ambiguous => Some("Two or more notes have this name.".to_owned()),
        Resolution::Missing => None,
    }
}

/// Returns the title, kind, status and summary of a note, and the beginning of its text or of a part of it.
fn of_note(book: EditedBook<'_>, id: NoteId, part: PartFound) -> String {
    let (site, note) = (book.site(), book.note(id));
    let card = &note.facts.card;
    let mut lines = vec![format!("**{}** · {}", escaped(&card.title), escaped(&card.kind_title))];
    lines.extend(status(book, id));
    let meant = definitions(&site.config, note).iter().take(MAX_DEFINITIONS);
    lines.extend(meant.map(|meant| escaped(&shortened(meant))));
    if let Some(summary) = &card.summary {
        lines.push(escaped(summary));
    }
    let text = book.text(&note.source).unwrap_or_default();
    let shown = match part {
        PartFound::Heading(at) => section_of(text, note, at as usize),
        PartFound::Anchor(_) | PartFound::Whole | PartFound::Missing => {
            let is_read = note.facts.origin == Origin::File && card.summary.is_none();
            (is_read && !note.body.lead.is_empty()).then_some(note.body.lead.as_str())
        }
    };
    if let Some(shown) = shown.filter(|shown| !shown.trim().is_empty()) {
        lines.push(format!("---\n{}", shortened(shown)));
    }
    if part == PartFound::Missing {
        lines.push("The note has no such part.".to_owned());
    }
    let pointers = site.pointers(id).len();
    if pointers > 0 {
        lines.push(format!(
            "*{pointers} {} here*",
            if pointers == 1 { "link leads" } else { "links lead" }
        ));
    }
    lines.join("\n\n")
}

/// Returns a sentence about the status of a note that readers should know before they rely on it.
fn status(book: EditedBook<'_>, id: NoteId) -> Option<String> {
    let (site, card) = (book.site(), &book.note(id).facts.card);
    let titles: Vec<String> = site
        .successors(id)
        .iter()
        .map(|id| format!("\"{}\"", escaped(&site.note(*id).facts.card.title)))
        .collect();
    if site.is_superseded(id) {
        let by =
            if titles.is_empty() { String::new() } else { format!(" by {}", titles.join(" and ")) };
        return Some(format!("⚠ Superseded{by}."));
    }
    let said = match card.status {
        Status::Withdrawn => "⚠ Withdrawn.",
        Status::Draft => "A draft: readers do not see it.",
        _ => {
            let overdue = book.note(id).facts.review_missed(site.today)?;
            return Some(format!("⚠ Its review was due by {overdue}."));
        }
    };
    Some(said.to_owned())
}

/// Returns the text about a key of the front matter.
fn setting(book: EditedBook<'_>, text: &OpenText, key: &str) -> Option<String> {
    let inputs = note_inputs(book.site(), &text.path);
    if let Some(input) = inputs.iter().find(|input| input.key == key) {
        return Some(of_input(input));
    }
    let declared = NOTE_KEYS.iter().find(|declared| declared.name() == key)?;
    Some(format!("**{key}**\n\n{}", escaped(declared.help())))
}

fn of_input(input: &FormField) -> String {
    let mut lines = vec![format!("**{}** · {}", escaped(&input.label), escaped(&input.key))];
    if !input.help.is_empty() {
        lines.push(escaped(&input.help));
    }
    match input.need {
        FieldNeed::Required => lines.push("Each note of this kind must have it.".to_owned()),
        FieldNeed::Wanted => lines.push("Each note of this kind should have it.".to_owned()),
        FieldNeed::Free => {}
    }
    if !input.words.is_empty() {
        let words: Vec<String> = input.words.iter().map(|word| format!("- `{word}`")).collect();
        lines.push(format!("One of:\n\n{}", words.join("\n")));
    }
    lines.join("\n\n")
}

/// Returns the beginning of a text, cut at a line or word.
fn shortened(text: &str) -> String {
    let text = text.trim();
    let Some((end, _)) = text.char_indices().nth(MAX_SHOWN) else { return text.to_owned() };
    let cut = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{} …", text[..cut].trim_end())
}

/// Returns a text as Markdown that shows it as it is.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '&') {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}
