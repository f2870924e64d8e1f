//! The text of a note with its holes filled. Its `Hash` and `Serialize` are written by hand: the one
//! hashes what the holes are filled from, the other writes the result.

mod embed;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::Write;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark_escape::escape_html;
use serde::{Serialize, Serializer};

use super::allowance::{EMBEDS, EMBEDS_AMONG_OTHERS, EmbedAllowance};
use super::cited_by::CitedBy;
use super::highlight::highlight;
use super::href::ResolvedHref;
use super::part_mark::PartMark;
use super::plain;
use super::terms::{self, TermMark};
use super::{link_end, link_text};
use crate::graph::{PartFound, Resolution};
use crate::language::Language;
use crate::note::{Body, HoleKind, NoteId, NotePart};
use crate::site::Site;
use crate::template;

/// The text of a note as its page shows it. For a template it is a text of HTML, already safe.
pub struct BodyContent<'a> {
    site: &'a Site,
    id: NoteId,
    /// The path from the page to the top of the site.
    root: String,
    /// 0 on the note's own page, 1 on another.
    depth: usize,
    /// The mentions of terms; empty except on the note's own page.
    marks: Vec<TermMark>,
}

/// A stretch of a filled text that comes from one stretch of the body of a note.
#[derive(Clone, Copy, Debug)]
pub struct FilledPiece {
    /// The place in the filled text at which it begins.
    pub at: usize,
    /// The note that it comes from.
    pub note: NoteId,
    /// The place in the HTML of that note's body at which it begins.
    pub from: u32,
}

/// Returns the text of a note as its page shows it, and the origin of each stretch of it.
pub fn traced(site: &Site, id: NoteId) -> (String, Vec<FilledPiece>) {
    let (left, pieces, mut html) = (EmbedAllowance::new(EMBEDS), RefCell::default(), String::new());
    let content = BodyContent::new(site, id);
    let whole = ContentPassage { trace: Some(&pieces), ..content.whole(&left) };
    whole.fill(&content.root, &content.marks, &mut html);
    (html, pieces.take())
}

/// A text, or a part of one, as it is shown on a page.
#[derive(Clone, Copy)]
struct ContentPassage<'a> {
    site: &'a Site,
    /// The note the text is of.
    id: NoteId,
    start: u32,
    end: u32,
    /// The number of notes around the text; 0 on the note's own page.
    depth: usize,
    /// The embeds that the page may still show in place.
    left: &'a EmbedAllowance,
    /// The list that takes the origin of each stretch, if somebody wants to know it.
    trace: Option<&'a RefCell<Vec<FilledPiece>>>,
}

impl<'a> BodyContent<'a> {
    /// The text of the note at `id` as its own page shows it.
    pub fn new(site: &'a Site, id: NoteId) -> Self {
        let root = site.note(id).facts.place.output.to_root();
        Self { site, id, root, depth: 0, marks: terms::marks(site, id) }
    }

    /// The text as it is shown on a page that is not the note's own, as embeds are.
    pub(crate) fn within(site: &'a Site, id: NoteId, root: String) -> Self {
        Self { site, id, root, depth: 1, marks: Vec::new() }
    }

    fn embeds(&self) -> u32 {
        if self.depth == 0 { EMBEDS } else { EMBEDS_AMONG_OTHERS }
    }

    /// The text without markup, a line for each block, and without embeds; and the places in it.
    pub fn text(&self) -> plain::LinedText {
        let mut html = String::with_capacity(self.site.note(self.id).body.html.len());
        self.whole(&EmbedAllowance::new(0)).fill_text(&mut html);
        plain::text(&html)
    }

    fn whole<'p>(&self, left: &'p EmbedAllowance) -> ContentPassage<'p>
    where
        'a: 'p,
    {
        let end = self.site.note(self.id).body.html.len() as u32;
        // A hole may stand at the very end, as an embed does that closes the text.
        let (site, id, depth, end) = (self.site, self.id, self.depth, end + 1);
        ContentPassage { site, id, start: 0, end, depth, left, trace: None }
    }
}

impl Hash for BodyContent<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.marks.hash(state);
        self.whole(&EmbedAllowance::new(self.embeds())).hash(state);
    }
}

impl Serialize for BodyContent<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let note = self.site.note(self.id);
        let mut html = String::with_capacity(note.body.html.len() + 48 * note.body.holes.len());
        self.whole(&EmbedAllowance::new(self.embeds())).fill(&self.root, &self.marks, &mut html);
        // Its writer's HTML was sanitised, so the template shows it as it is.
        template::serialize_safe(&html, serializer)
    }
}

impl<'a> ContentPassage<'a> {
    fn body(&self) -> &'a Body {
        &self.site.note(self.id).body
    }

    /// The language of the text: that of the page, or if it was not translated that of its original.
    fn language(&self) -> &'a Language {
        &self.site.note(self.id).facts.card.language
    }

    fn hash<H: Hasher>(&self, state: &mut H) {
        let body = self.body();
        (body.fingerprint(), self.start, self.end, self.depth).hash(state);
        for hole in body.holes_within(self.start, self.end) {
            match &hole.what {
                HoleKind::Href(link) | HoleKind::Src(link) | HoleKind::Address(link) => {
                    self.hash_link(*link, state)
                }
                HoleKind::Size(link) => self.size_of(*link).hash(state),
                HoleKind::Text(link) => {
                    self.hash_link(*link, state);
                    link_text::text(self.site, self.id, *link).hash(state);
                    link_text::language(self.site, self.id, *link).hash(state);
                }
                HoleKind::Embed(link, _) => {
                    self.hash_link(*link, state);
                    link_text::text(self.site, self.id, *link).hash(state);
                    link_text::language(self.site, self.id, *link).hash(state);
                    if let Some(embedded) = self.embedded(*link) {
                        embedded.language().hash(state);
                        self.past_word(&embedded).hash(state);
                        embedded.hash(state);
                    }
                }
                HoleKind::CitedBy(part) => self.cited_by(*part).hash(state),
                // Code, an id and a link to one follow from the body, the depth and the place.
                HoleKind::Id(_) | HoleKind::Own(_) | HoleKind::Code(..) => {}
                HoleKind::Part(block) => self.part_mark(*block).hash(state),
                // The words of the page's language are in its frame; an embed may have another.
                HoleKind::Word(word) => self.word(word).hash(state),
            }
        }
        if self.depth > 0 {
            self.site.note(self.id).facts.place.output.hash(state);
        }
    }

    fn part_mark(&self, block: u32) -> Option<PartMark<'a>> {
        PartMark::new(self.site, self.id, block, self.depth)
    }

    fn cited_by(&self, part: NotePart) -> CitedBy<'a> {
        CitedBy::new(self.site, self.id, part, self.depth)
    }

    fn hash_link<H: Hasher>(&self, link: u32, state: &mut H) {
        let leads = self.leads(link);
        leads.map(|leads| (leads.output, leads.anchor, leads.here)).hash(state);
        link_text::past_word(self.site, self.id, link).hash(state);
    }

    /// Writes the passage, for a page from which `root` leads to the top of the site.
    fn fill(&self, root: &str, mut marks: &[TermMark], html: &mut String) {
        let body = self.body();
        let mut from = self.start;
        // The end of the link in which the text is, if it needs care.
        let end = Cell::new(None);
        let copy_part = |html: &mut String, part: Range<u32>| {
            if let Some(pieces) = self.trace.filter(|_| !part.is_empty()) {
                let (at, from) = (html.len(), part.start);
                pieces.borrow_mut().push(FilledPiece { at, note: self.id, from });
            }
            html.push_str(&body.html[part.start as usize..part.end as usize]);
        };
        let copy =
            |html: &mut String, part: Range<u32>| link_end::write(html, part, &end, copy_part);
        for hole in body.holes_within(self.start, self.end) {
            // It stands in a tag that is not shown.
            if hole.at < from {
                continue;
            }
            marks = terms::write(html, from..hole.at, marks, &copy);
            from = hole.at;
            match &hole.what {
                HoleKind::Href(link) => match self.leads(*link) {
                    Some(leads) => {
                        leads.write(" href=\"", root, html);
                        let word = link_text::past_word(self.site, self.id, *link);
                        let word = word.map(|word| self.word(word));
                        end.set(word.and_then(|word| link_end::marked(&body.html, hole.at, word)));
                    }
                    None => {
                        let (text, dropped) = link_end::dropped(html, &body.html, hole.at);
                        from = text;
                        end.set(dropped);
                    }
                },
                HoleKind::Src(link) => match self.leads(*link) {
                    Some(leads) => leads.write(" src=\"", root, html),
                    None => from = link_end::picture(html, &body.html, hole.at),
                },
                HoleKind::Address(link) => {
                    if let Some(leads) = self.leads(*link) {
                        leads.write_address(root, html);
                    }
                }
                HoleKind::Size(link) => {
                    if let Some((width, height)) = self.size_of(*link) {
                        let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
                    }
                }
                HoleKind::Text(link) => self.link_text(*link, html),
                HoleKind::Embed(link, caption) => self.embed(*link, caption.as_deref(), root, html),
                HoleKind::Id(id) if self.depth == 0 => write_id(id, html),
                HoleKind::Id(_) => {}
                HoleKind::Part(block) => {
                    if let Some(mark) = self.part_mark(*block) {
                        mark.write(root, html);
                    }
                }
                HoleKind::Own(anchor) => {
                    let output = &self.site.note(self.id).facts.place.output;
                    let (anchor, here) = (Some(Cow::Borrowed(&**anchor)), self.depth == 0);
                    ResolvedHref { output, anchor, here }.write(" href=\"", root, html);
                }
                HoleKind::CitedBy(part) => self.cited_by(*part).write(root, html),
                HoleKind::Word(word) => escape(html, self.word(word)),
                HoleKind::Code(code) => {
                    let text = || plain::unescaped(&body.html[hole.at as usize..code.end as usize]);
                    let mark = || highlight(&text(), &code.language).map(String::into_boxed_str);
                    if let Some(marked) = code.marked.get_or_init(mark) {
                        html.push_str(marked);
                        from = code.end;
                    }
                }
            }
        }
        terms::write(html, from..self.end.min(body.html.len() as u32), marks, &copy);
    }

    /// Writes the text of the note alone, with its ids: links by their texts, and no embeds or words of the interface.
    fn fill_text(&self, html: &mut String) {
        let body = self.body();
        let mut from = 0;
        for hole in &body.holes {
            html.push_str(&body.html[from..hole.at as usize]);
            from = hole.at as usize;
            match &hole.what {
                HoleKind::Text(link) => escape(html, &link_text::text(self.site, self.id, *link)),
                HoleKind::Id(id) => write_id(id, html),
                _ => {}
            }
        }
        html.push_str(&body.html[from..]);
    }

    /// Writes the text of a link that was written without one, marked with its language if that is another.
    fn link_text(&self, link: u32, html: &mut String) {
        let text = link_text::text(self.site, self.id, link);
        match link_text::language(self.site, self.id, link) {
            Some(language) => {
                let _ = write!(html, "<span{}>", language.attributes());
                escape(html, &text);
                html.push_str("</span>");
            }
            None => escape(html, &text),
        }
    }

    fn word(&self, word: &'a str) -> &'a str {
        self.site.card(self.language()).words.get(word)
    }

    /// The target of link number `link` of the note; `None` if it is broken.
    fn leads(&self, link: u32) -> Option<ResolvedHref<'a>> {
        match self.site.graph.links[self.id.index()][link as usize] {
            Resolution::Note(id, part) => {
                let facts = &self.site.note(id).facts;
                let anchor: Option<&str> = match part {
                    PartFound::Heading(at) => Some(&facts.headings[at as usize].anchor),
                    PartFound::Anchor(at) => Some(&facts.anchors[at as usize]),
                    PartFound::Whole | PartFound::Missing => None,
                };
                let here = id == self.id && self.depth == 0 && anchor.is_some();
                let anchor = anchor.map(Cow::Borrowed);
                Some(ResolvedHref { output: &facts.place.output, anchor, here })
            }
            Resolution::File(file) => {
                // Such as `#page=3`: what the parts of a file are called is its own affair.
                let written = &self.site.note(self.id).facts.links[link as usize].target.written;
                let part = written.split_once('#').map(|(_, part)| part);
                let anchor = part.map(|part| percent_decode_str(part).decode_utf8_lossy());
                Some(ResolvedHref { output: self.site.files.output(file), anchor, here: false })
            }
            Resolution::Missing | Resolution::Ambiguous | Resolution::WrongKind(_) => None,
        }
    }

    /// The size of a picture, in pixels.
    fn size_of(&self, link: u32) -> Option<(u32, u32)> {
        match self.site.graph.links[self.id.index()][link as usize] {
            Resolution::File(file) => self.site.files.size(file),
            _ => None,
        }
    }
}

fn write_id(id: &str, html: &mut String) {
    html.push_str(" id=\"");
    escape(html, id);
    html.push('"');
}

fn escape(html: &mut String, text: &str) {
    let _ = escape_html(html, text);
}
