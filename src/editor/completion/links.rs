//! Offers in the text of a note: notes, parts of notes, files, footnotes and callouts.

use super::{CompletionList, CompletionOffer, MAX_OFFERED, OfferSort};
use crate::change::relative_path;
use crate::editor::names::NamedNote;
use crate::editor::signs::footnotes;
use crate::editor::{EditedBook, OpenText};
use crate::graph::{LinkResolver, Resolution};
use crate::note::{LinkTarget, Note, NoteId, Origin, key};
use crate::parse::callout_names;
use crate::path::url_path;
use crate::slug::fold;
use crate::span::Span;

/// The beginning of a link or the like, before the cursor.
enum LinkStart<'t> {
    /// `[[name`, or `![[name`.
    Name(&'t str),
    /// `[[name#part`.
    NamePart(&'t str, &'t str),
    /// `](path`, or `href="path`.
    Path(&'t str),
    /// `](path#part`.
    PathPart(&'t str, &'t str),
    /// `[^name`.
    Footnote(&'t str),
    /// `> [!word`.
    Callout(&'t str),
}

pub(super) fn offers(book: EditedBook<'_>, text: &OpenText, at: usize) -> Option<CompletionList> {
    let line = &text.text[text.text[..at].rfind('\n').map_or(0, |at| at + 1)..at];
    let rest = text.text[at..].split(['\n', '\r']).next().unwrap_or_default();
    let start = link_start(line)?;
    let list = |query: &str, offers, has_more| {
        Some(CompletionList { span: Span::from(at - query.len()..at), offers, has_more })
    };
    // The rest of a name that is there already is replaced too.
    let end = rest.find("]]").filter(|end| rest.find("[[").is_none_or(|next| *end < next));
    let closing = if end.is_some() { "" } else { "]]" };
    let whole = |query: &str, offers, has_more| {
        let rest = rest[..end.unwrap_or(0)].split(['|', '#']).next().unwrap_or_default();
        let span = Span::from(at - query.len()..at + rest.len());
        Some(CompletionList { span, offers, has_more })
    };
    match start {
        LinkStart::Name(query) => {
            let (offers, has_more) = names(book, query, closing);
            whole(query, offers, has_more)
        }
        LinkStart::Path(query) => {
            let (offers, has_more) = paths(book, text, query);
            list(query, offers, has_more)
        }
        LinkStart::NamePart(name, query) => {
            let note = linked_note(book, text, name)?;
            whole(query, parts(note, true, closing), false)
        }
        LinkStart::PathPart(path, query) => {
            let note = linked_note(book, text, path)?;
            list(query, parts(note, false, ""), false)
        }
        LinkStart::Footnote(query) => {
            let closing = if rest.starts_with(']') { "" } else { "]" };
            let offer = |name: &str| {
                CompletionOffer::new(
                    name,
                    "footnote",
                    OfferSort::Footnote,
                    format!("{name}{closing}"),
                )
            };
            list(query, footnotes(&text.text).into_iter().map(offer).collect(), false)
        }
        LinkStart::Callout(query) => {
            let closing = if rest.starts_with(']') { "" } else { "] " };
            let offer = |word: &str| {
                CompletionOffer::new(word, "callout", OfferSort::Word, format!("{word}{closing}"))
            };
            list(query, callout_names().map(offer).collect(), false)
        }
    }
}

/// Returns the link that is begun at the end of a line.
fn link_start(line: &str) -> Option<LinkStart<'_>> {
    let quoted = line.trim_start().strip_prefix('>').map(str::trim_start);
    if let Some(word) = quoted.and_then(|quoted| quoted.strip_prefix("[!")) {
        return (!word.contains(']')).then_some(LinkStart::Callout(word));
    }
    let after = |sign: &str| line.rfind(sign).map(|at| (at, &line[at + sign.len()..]));
    let wiki = after("[[").filter(|(_, rest)| !rest.contains("]]") && !rest.contains('|'));
    let path = ["](<", "](", "href=\"", "src=\""]
        .into_iter()
        .filter_map(after)
        .filter(|(_, rest)| !rest.contains([')', '"', ' ']) && !rest.contains("://"))
        .max_by_key(|(at, _)| *at);
    let footnote = after("[^").filter(|(_, rest)| !rest.contains([']', ' ']));
    let last = [wiki, path, footnote].into_iter().flatten().map(|(at, _)| at).max()?;
    let is_last = |found: &Option<(usize, &str)>| found.is_some_and(|(at, _)| at == last);
    if is_last(&footnote) {
        return footnote.map(|(_, name)| LinkStart::Footnote(name));
    }
    if is_last(&wiki) {
        return wiki.map(|(_, name)| match name.rsplit_once('#') {
            Some((name, part)) => LinkStart::NamePart(name.split('#').next().unwrap_or(name), part),
            None => LinkStart::Name(name),
        });
    }
    path.map(|(_, path)| match path.split_once('#') {
        Some((path, part)) => LinkStart::PathPart(path, part),
        None => LinkStart::Path(path.trim_start_matches('<')),
    })
}

/// Returns the notes that a query finds, as links in double brackets.
fn names(book: EditedBook<'_>, query: &str, closing: &str) -> (Vec<CompletionOffer>, bool) {
    let (found, has_more) = book.view.names().find(query, MAX_OFFERED);
    let offer = |note: &NamedNote| {
        CompletionOffer::of_note(book, note.id, format!("{}{closing}", note.written))
    };
    let mut offers: Vec<CompletionOffer> = found.into_iter().map(offer).collect();
    // Current notes come first.
    offers.sort_by_key(|offer| offer.is_past);
    (offers, has_more)
}

/// Returns the notes and files that a query finds, as paths from the folder of the note.
fn paths(book: EditedBook<'_>, text: &OpenText, query: &str) -> (Vec<CompletionOffer>, bool) {
    let site = book.site();
    let folder = text.note.as_ref().map_or("", |note| &*note.facts.place.folder);
    let words = query.rsplit('/').next().unwrap_or(query);
    let (found, _) = book.view.names().find(words, MAX_OFFERED);
    let has_file = |id: &NoteId| site.note(*id).facts.origin == Origin::File;
    let notes = found.into_iter().map(|note| note.id).filter(has_file).map(|id| {
        let below = site.note(id).source.in_notes().unwrap_or_default();
        let path = url_path(&relative_path(folder, below)).to_string();
        CompletionOffer::of_note(book, id, path)
    });
    let folded = fold(words);
    let files =
        site.files.published().filter(|(output, _)| fold(output.as_str()).contains(&*folded));
    let files = files.take(MAX_OFFERED).map(|(output, _)| {
        let path = url_path(&relative_path(folder, output.as_str())).to_string();
        CompletionOffer::new(output.as_str(), "file", OfferSort::File, path)
    });
    (notes.chain(files).take(MAX_OFFERED).collect(), true)
}

/// Returns the note that a name or path means in a text; the note itself where it is empty.
fn linked_note<'b>(book: EditedBook<'b>, text: &'b OpenText, name: &str) -> Option<&'b Note> {
    let own = text.note.as_deref()?;
    if name.is_empty() {
        return Some(own);
    }
    let target =
        LinkTarget { written: name.into(), path: name.into(), key: key(name).into(), part: None };
    let site = book.site();
    let known = own.facts.links.iter().position(|link| link.target.key == target.key);
    if let Some(Resolution::Note(id, _)) = known.and_then(|at| book.link(text, at)) {
        return Some(book.note(id));
    }
    let resolver = LinkResolver::new(&site.config, &site.notes);
    match &*resolver.candidates(&target, own) {
        [id, ..] => Some(book.note(*id)),
        [] => None,
    }
}

/// Returns the headings and blocks of a note: by their texts in double brackets, else by their ids.
fn parts(note: &Note, by_text: bool, closing: &str) -> Vec<CompletionOffer> {
    let headings = note.facts.headings.iter().map(|heading| {
        let name = if by_text && !heading.text.contains(['|', ']', '[', '#']) {
            heading.text.clone()
        } else {
            heading.anchor.to_string()
        };
        let level = "#".repeat(usize::from(heading.level));
        CompletionOffer::new(&heading.text, level, OfferSort::Part, format!("{name}{closing}"))
    });
    let made = |anchor: &str| note.facts.headings.iter().any(|heading| *heading.anchor == *anchor);
    let anchors = note.facts.anchors.iter().filter(|anchor| !made(anchor)).map(|anchor| {
        let sign = if by_text { "^" } else { "" };
        CompletionOffer::new(
            &format!("{sign}{anchor}"),
            "block",
            OfferSort::Part,
            format!("{sign}{anchor}{closing}"),
        )
    });
    headings.chain(anchors).collect()
}
