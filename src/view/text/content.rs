//! The text of a note with its holes filled. Its `Hash` and `Serialize` are written by hand: the one
//! hashes what the holes are filled from, the other writes the result.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt::Write;
use std::hash::{Hash, Hasher};
use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark_escape::escape_html;
use serde::{Serialize, Serializer};

use super::allowance::EmbedAllowance;
use super::dead_link;
use super::highlight::highlight;
use super::href::ResolvedHref;
use super::plain::{self, shortened};
use super::terms::{self, TermMark};
use crate::bidi::tidied;
use crate::graph::{PartFound, Resolution};
use crate::language::Language;
use crate::note::{Body, HoleKind, NoteId};
use crate::site::{Site, embedded_range};

/// The most bytes of a heading that stands for a link.
const HEADING: usize = 500;

/// The most notes that embed one another and are shown in place; deeper ones are links.
const DEPTH: usize = 4;

/// The most embeds that a page shows in place; further ones are links. Without a bound a few notes that
/// embed each other many times would make a page of any size.
const EMBEDS: u32 = 100;

/// The most embeds that each text shows in place on a page that holds many texts.
const EMBEDS_AMONG_OTHERS: u32 = 4;

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

    /// The text without markup, a line for each block, and without embeds.
    pub fn text(&self) -> String {
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
        tera::Value::safe_string(&html).serialize(serializer)
    }
}

impl<'a> ContentPassage<'a> {
    fn body(&self) -> &'a Body {
        &self.site.note(self.id).body
    }

    fn language(&self) -> &'a Language {
        &self.site.note(self.id).facts.place.language
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
                    self.text_of(*link).hash(state);
                }
                HoleKind::Embed(link, _) => {
                    self.hash_link(*link, state);
                    self.text_of(*link).hash(state);
                    if let Some(embedded) = self.embedded(*link) {
                        embedded.language().hash(state);
                        self.past_word(&embedded).hash(state);
                        embedded.hash(state);
                    }
                }
                // Code, an id and a link to one follow from the body, the depth and the place.
                HoleKind::Id(_) | HoleKind::Own(_) | HoleKind::Code(..) => {}
                // The words of the page's language are in its frame; an embed may have another.
                HoleKind::Word(word) => self.word(word).hash(state),
            }
        }
        if self.depth > 0 {
            self.site.note(self.id).facts.place.output.hash(state);
        }
    }

    fn hash_link<H: Hasher>(&self, link: u32, state: &mut H) {
        let leads = self.leads(link);
        leads.map(|leads| (leads.output, leads.anchor, leads.here)).hash(state);
    }

    /// Writes the passage, for a page from which `root` leads to the top of the site.
    fn fill(&self, root: &str, mut marks: &[TermMark], html: &mut String) {
        let body = self.body();
        let mut from = self.start;
        // The place of the end tag of a link of which only the text is shown.
        let end = Cell::new(None);
        let copy = |html: &mut String, part: Range<u32>| {
            for part in dead_link::without(part, &end).into_iter().filter(|part| !part.is_empty()) {
                if let Some(pieces) = self.trace {
                    let (at, from) = (html.len(), part.start);
                    pieces.borrow_mut().push(FilledPiece { at, note: self.id, from });
                }
                html.push_str(&body.html[part.start as usize..part.end as usize]);
            }
        };
        for hole in body.holes_within(self.start, self.end) {
            // It stands in a tag that is not shown.
            if hole.at < from {
                continue;
            }
            marks = terms::write(html, from..hole.at, marks, &copy);
            from = hole.at;
            match &hole.what {
                HoleKind::Href(link) => match self.leads(*link) {
                    Some(leads) => leads.write(" href=\"", root, html),
                    None => {
                        let (text, mark) = dead_link::link(html, &body.html, hole.at);
                        from = text;
                        end.set(mark);
                    }
                },
                HoleKind::Src(link) => match self.leads(*link) {
                    Some(leads) => leads.write(" src=\"", root, html),
                    None => from = dead_link::picture(html, &body.html, hole.at),
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
                HoleKind::Text(link) => escape(html, &self.text_of(*link)),
                HoleKind::Embed(link, caption) => self.embed(*link, caption.as_deref(), root, html),
                HoleKind::Id(id) if self.depth == 0 => {
                    html.push_str(" id=\"");
                    escape(html, id);
                    html.push('"');
                }
                HoleKind::Id(_) => {}
                HoleKind::Own(anchor) => {
                    let output = &self.site.note(self.id).facts.place.output;
                    let (anchor, here) = (Some(Cow::Borrowed(&**anchor)), self.depth == 0);
                    ResolvedHref { output, anchor, here }.write(" href=\"", root, html);
                }
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

    /// Writes the text of the note alone: links by their texts, and no embeds, ids or words of the interface.
    fn fill_text(&self, html: &mut String) {
        let body = self.body();
        let mut from = 0;
        for hole in &body.holes {
            html.push_str(&body.html[from..hole.at as usize]);
            from = hole.at as usize;
            if let HoleKind::Text(link) = hole.what {
                escape(html, &self.text_of(link));
            }
        }
        html.push_str(&body.html[from..]);
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

    /// The text of a link that was written without one: as it was written where that is what the
    /// note is called, else the title of the note, and the heading that is meant.
    fn text_of(&self, link: u32) -> String {
        let target = &self.site.note(self.id).facts.links[link as usize].target;
        let Resolution::Note(id, part) = self.site.graph.links[self.id.index()][link as usize]
        else {
            return tidied(&target.written).text.into_owned();
        };
        let facts = &self.site.note(id).facts;
        let is_called = self.site.note(id).is_called(&target.path);
        let name = || if is_called { &*target.path } else { &*facts.card.title }.to_owned();
        let heading = |at: u32| shortened(&facts.headings[at as usize].text, HEADING);
        match part {
            PartFound::Heading(at) if target.is_own_note() => heading(at).into_owned(),
            PartFound::Heading(at) => format!("{}: {}", name(), heading(at)),
            _ => name(),
        }
    }

    /// The passage that an embed shows; `None` if it can only be a link.
    fn embedded(&self, link: u32) -> Option<ContentPassage<'a>> {
        let (id, start, end) = embedded_range(self.site, self.id, link)?;
        let depth = self.depth + 1;
        let is_shown = depth <= DEPTH && self.left.take(end - start);
        is_shown.then_some(ContentPassage { id, start, end, depth, ..*self })
    }

    fn embed(&self, link: u32, caption: Option<&str>, root: &str, html: &mut String) {
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
            None => escape(html, &self.text_of(link)),
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

    /// The word for a passage that is shown here and is superseded or withdrawn; `None` for others.
    fn past_word(&self, embedded: &ContentPassage<'_>) -> Option<&'a str> {
        self.site.is_past(embedded.id).then(|| self.word("past"))
    }

    /// Writes the passage, with the list around it if it is an entry of one.
    fn fill_whole(&self, root: &str, html: &mut String) {
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

fn escape(html: &mut String, text: &str) {
    let _ = escape_html(html, text);
}
