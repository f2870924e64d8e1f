//! Marks of the parts of a translation whose originals have changed, and the places on the page of an original to which
//! they lead.

use std::borrow::Cow;
use std::fmt::Write;
use std::hash::{Hash, Hasher};

use pulldown_cmark_escape::escape_html;

use super::href::ResolvedHref;
use super::plain;
use crate::language::Language;
use crate::note::{HoleKind, NoteId};
use crate::path::OutputPath;
use crate::site::Site;
use crate::slug::OF_PAGE;
use crate::translation::{PartFate, n_values};

/// The most bytes of a block that stand for it in a list.
const LONGEST_BEGINNING: usize = 90;

/// The most bytes of HTML in which the beginning of a block is looked for.
const LOOKED_AT: usize = 1000;

/// Returns the id of a block on the page of its note.
pub(crate) fn part_anchor(block: u32) -> String {
    format!("{OF_PAGE}part.{}", block + 1)
}

/// Returns the key of the words for the fate of a part.
pub(crate) fn fate_key(fate: PartFate) -> &'static str {
    match fate {
        PartFate::Same | PartFate::Changed => "stale-changed",
        PartFate::New => "stale-new",
        PartFate::Gone => "stale-gone",
        PartFate::Moved => "stale-moved",
    }
}

/// Returns the beginning of a block of the note at `id`, as plain text.
pub(crate) fn block_text(site: &Site, id: NoteId, block: u32) -> Option<String> {
    let body = &site.note(id).body;
    let mut holes = body.holes.iter().filter(|hole| matches!(hole.what, HoleKind::Part(_)));
    let start = holes.find(|hole| hole.what == HoleKind::Part(block))?.at as usize;
    let end = holes.next().map_or(body.html.len(), |next| next.at as usize);
    let end = body.html.floor_char_boundary(end.min(start + LOOKED_AT));
    let text = plain::text(&body.html[start..end]).text;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    Some(plain::shortened(line, LONGEST_BEGINNING).into_owned())
}

/// The mark at the beginning of a block on the page of its note.
pub(super) struct PartMark<'a> {
    site: &'a Site,
    id: NoteId,
    block: u32,
}

/// A change of the original, as the mark of a paragraph says it.
#[derive(Hash)]
struct MarkedChange<'a> {
    words: &'a str,
    /// The page of the original, its language, and the block on it.
    original: Option<(&'a OutputPath, &'a Language, u32)>,
}

impl<'a> PartMark<'a> {
    /// The mark of a block; `None` if its text is shown on another page than its own, below `depth` others.
    pub(super) fn new(site: &'a Site, id: NoteId, block: u32, depth: usize) -> Option<Self> {
        let has_marks = site.translations.is_compared(id) || site.translation_state(id).is_some();
        (depth == 0 && has_marks).then_some(Self { site, id, block })
    }

    fn changes(&self) -> impl Iterator<Item = MarkedChange<'a>> {
        let site = self.site;
        let original = site.note(site.graph.works.original(self.id));
        let (first, words) = (n_values(&original.parts), site.words_of(self.id));
        site.translations.concerning(self.id, self.block).map(move |part| {
            let place = &original.facts.place;
            let block = part.original.and_then(|at| at.checked_sub(first));
            let original = block.map(|block| (&place.output, &place.language, block));
            MarkedChange { words: words.get(fate_key(part.fate)), original }
        })
    }

    /// Says whether a translation links to the block.
    fn is_linked(&self) -> bool {
        let first = n_values(&self.site.note(self.id).parts);
        self.site.translations.is_linked(self.id, first + self.block)
    }

    /// Writes the marks, or the place to which those of a translation lead. `root` leads from the page to the top of the
    /// site.
    pub(super) fn write(&self, root: &str, html: &mut String) {
        let mut id = Some(part_anchor(self.block));
        if self.is_linked() {
            let _ = write!(html, "<span id=\"{}\"></span>", id.take().unwrap_or_default());
        }
        for change in self.changes() {
            let id = id.take().map(|id| format!(" id=\"{id}\"")).unwrap_or_default();
            let element = if change.original.is_some() { "a" } else { "span" };
            let _ = write!(html, "<{element} class=\"tag\"{id}");
            if let Some((output, language, block)) = change.original {
                let anchor = Some(Cow::Owned(part_anchor(block)));
                ResolvedHref { output, anchor, here: false }.write(" href=\"", root, html);
                let _ = write!(html, " hreflang=\"{language}\"");
            }
            html.push('>');
            let _ = escape_html(&mut *html, change.words);
            let _ = write!(html, "</{element}> ");
        }
    }
}

impl Hash for PartMark<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.is_linked().hash(state);
        self.changes().for_each(|change| change.hash(state));
    }
}
