//! The links of a note: found in its Markdown, looked up in the collection, and led to the places in the book.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::foreign::{ForeignBook, ForeignNote};
use crate::slug::fold;

/// Endings of files that are notes in one program or another.
const NOTE_ENDINGS: &[&str] =
    &[".md", ".markdown", ".qmd", ".rmd", ".ipynb", ".html", ".htm", ".xhtml", ".mdx", ".docx"];

/// Names of files that are the page of their folder.
const INDEXES: &[&str] = &["index", "_index", "readme"];

/// The thing that a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ForeignTarget {
    /// A note, by its place in the list.
    Note(usize),
    /// A file, by its address.
    Asset(String),
    /// A folder without a page of its own, by its address.
    Folder(String),
}

/// The reason why a link leads to none of the things in a collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum UnfoundTarget {
    /// There is no such thing.
    Nothing,
    /// Several notes have the name, by their places in the list.
    Several(Vec<usize>),
}

/// Everything in a collection that links can lead to.
pub(super) struct ForeignTargets<'b> {
    book: &'b ForeignBook,
    notes: BTreeMap<String, Vec<usize>>,
    names: BTreeMap<String, Vec<usize>>,
    assets: BTreeMap<String, &'b str>,
    asset_names: BTreeMap<String, Vec<&'b str>>,
    folders: BTreeSet<String>,
}

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WrittenLink {
    /// The place of its address, or of the name in a link like `[[name]]`.
    pub(super) place: Range<usize>,
    pub(super) form: LinkForm,
}

/// The form of a link, which says how its address is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinkForm {
    /// `[text](address)`, also with the address in a line of its own.
    Markdown,
    /// The same with the address between `<` and `>`, which belong to its place.
    Angled,
    /// `[[name]]`.
    Wiki,
    /// `href="address"` or `src="address"`.
    Html,
}

impl<'b> ForeignTargets<'b> {
    pub(super) fn new(book: &'b ForeignBook) -> Self {
        let mut targets = Self {
            book,
            notes: BTreeMap::new(),
            names: BTreeMap::new(),
            assets: BTreeMap::new(),
            asset_names: BTreeMap::new(),
            folders: BTreeSet::new(),
        };
        for (at, note) in book.notes.iter().enumerate() {
            let former = note.former.iter().map(|former| former.trim_matches('/'));
            let also = note.also.iter().map(String::as_str).chain(former);
            let mut keys: Vec<String> = also.chain([note.address.as_str()]).map(key).collect();
            keys.sort();
            keys.dedup();
            for key in keys {
                targets.notes.entry(key).or_default().push(at);
            }
            for name in names(book, note) {
                let notes = targets.names.entry(name).or_default();
                if notes.last() != Some(&at) {
                    notes.push(at);
                }
            }
            targets.add_folders(&note.address);
        }
        for address in book.assets.keys() {
            targets.assets.insert(address.to_lowercase(), address);
            let name = address.rsplit('/').next().unwrap_or_default();
            targets.asset_names.entry(name.to_lowercase()).or_default().push(address);
        }
        targets
    }

    fn add_folders(&mut self, address: &str) {
        let mut folder = address;
        while let Some((above, _)) = folder.rsplit_once('/') {
            if !self.folders.insert(above.to_lowercase()) {
                break;
            }
            folder = above;
        }
    }

    /// Looks up the address of a link in a note. Returns what it leads to, and the rest of the address from `#` on.
    pub(super) fn find(
        &self,
        from: &ForeignNote,
        address: &str,
    ) -> Result<(ForeignTarget, String), UnfoundTarget> {
        let base = self.book.base_url.as_deref().map(|base| base.trim_end_matches('/'));
        let below = base.and_then(|base| address.strip_prefix(base));
        let address =
            below.filter(|rest| rest.is_empty() || rest.starts_with('/')).unwrap_or(address);
        let (path, part) = match address.find('#') {
            Some(at) => address.split_at(at),
            None => (address, ""),
        };
        let path = path.split('?').next().unwrap_or_default();
        let decoded = percent_decode_str(path).decode_utf8();
        let path = decoded.map_err(|_| UnfoundTarget::Nothing)?;
        if path.is_empty() && below.is_none() {
            return Err(UnfoundTarget::Nothing);
        }
        let of_page = if from.is_index { None } else { Some(from.address.as_str()) };
        let bases = match path.starts_with('/') || below.is_some() {
            true => vec![""],
            false => [Some(from.folder()), of_page, Some("")].into_iter().flatten().collect(),
        };
        let found = bases.iter().find_map(|base| self.at(from, &joined(base, &path)?));
        let found = found.map_or_else(|| self.named(from, &path), Ok)?;
        Ok((found, part.to_owned()))
    }

    /// Returns what is at an address from the top of the collection.
    fn at(&self, from: &ForeignNote, address: &str) -> Option<ForeignTarget> {
        let lowered = address.to_lowercase();
        if let Some(asset) = self.assets.get(lowered.as_str()) {
            return Some(ForeignTarget::Asset((*asset).to_owned()));
        }
        let notes = self.notes.get(&key(address)).or_else(|| {
            // The language at the end of the name: `x.fr.md`, or before the address: `fr/x`.
            let stem = without_ending(&lowered);
            let (stem, code) = stem.rsplit_once('.')?;
            crate::language::Language::new(code)?;
            self.notes.get(&key(stem))
        });
        if let Some(notes) = notes {
            let first = self.in_language_of(from, notes).first().copied().unwrap_or_default();
            return Some(ForeignTarget::Note(first));
        }
        let folder = lowered.trim_end_matches('/');
        self.folders.contains(folder).then(|| ForeignTarget::Folder(folder.to_owned()))
    }

    /// Returns the only thing with this name, if a link may go by the name alone.
    fn named(&self, from: &ForeignNote, path: &str) -> Result<ForeignTarget, UnfoundTarget> {
        let name = path.trim_matches('/').rsplit('/').next().unwrap_or_default().to_lowercase();
        if path.contains('/') && !self.book.has_wiki_links {
            return Err(UnfoundTarget::Nothing);
        }
        if let Some([asset, ..]) = self.asset_names.get(&name).map(Vec::as_slice) {
            return Ok(ForeignTarget::Asset((*asset).to_owned()));
        }
        let notes = self.names.get(&fold(without_ending(&name))).map_or(&[][..], Vec::as_slice);
        match &*self.in_language_of(from, notes) {
            [] => Err(UnfoundTarget::Nothing),
            [one] => Ok(ForeignTarget::Note(*one)),
            several => Err(UnfoundTarget::Several(several.to_vec())),
        }
    }

    /// Returns those of some notes that are in the language of a note, or else in that of the book, or else all.
    fn in_language_of(&self, from: &ForeignNote, notes: &[usize]) -> Vec<usize> {
        let language =
            |at: &usize| self.book.notes.get(*at).and_then(|note| note.language.as_ref());
        let in_language = |wanted: Option<&String>| -> Vec<usize> {
            notes.iter().copied().filter(|at| language(at) == wanted).collect()
        };
        let found = [in_language(from.language.as_ref()), in_language(None), notes.to_vec()];
        found.into_iter().find(|found| !found.is_empty()).unwrap_or_default()
    }
}

/// Returns the names by which a link may lead to a note: that of its file and, where links go by names, its title and
/// its other names. They are in the form for comparison.
fn names(book: &ForeignBook, note: &ForeignNote) -> Vec<String> {
    let mut names = vec![note.address.rsplit('/').next().unwrap_or_default()];
    if book.has_wiki_links {
        names.extend(note.setting("title"));
        let aliases = note.settings.iter().filter(|(key, _)| key == "aliases");
        names.extend(aliases.flat_map(|(_, names)| names.texts()));
    }
    names.into_iter().map(fold).collect()
}

/// Returns an address in the form in which notes are looked up.
fn key(address: &str) -> String {
    let lowered = address.to_lowercase();
    let path = without_ending(lowered.trim_matches('/'));
    match path.rsplit_once('/') {
        Some((folder, name)) if INDEXES.contains(&name) => folder.to_owned(),
        None if INDEXES.contains(&path) => String::new(),
        _ => path.to_owned(),
    }
}

/// Returns a path without the ending of a note.
pub(super) fn without_ending(path: &str) -> &str {
    NOTE_ENDINGS.iter().find_map(|ending| path.strip_suffix(ending)).unwrap_or(path)
}

/// Returns `path` as seen from `folder`; none if it leads above the top.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = match path.starts_with('/') {
        true => Vec::new(),
        false => folder.split('/').filter(|part| !part.is_empty()).collect(),
    };
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the way from the folder of the file `from` to the file `to`.
pub(super) fn way(from: &str, to: &str) -> String {
    let folder: Vec<&str> =
        from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect();
    let target: Vec<&str> = to.split('/').collect();
    let last = target.len() - 1;
    let same = folder.iter().zip(&target[..last]).take_while(|(a, b)| a == b).count();
    let mut way = "../".repeat(folder.len() - same);
    way.push_str(&target[same..].join("/"));
    way
}

/// Returns whether an address leads out of the collection, or into the page itself.
pub(super) fn leads_elsewhere(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    address.starts_with('#') || address.starts_with("//") || scheme.contains(':')
}

/// Returns the links of a text, in their order.
pub(super) fn links(text: &str, has_wiki_links: bool) -> Vec<WrittenLink> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let parser = Parser::new_ext(text, options);
    let mut found = Vec::new();
    for (_, definition) in parser.reference_definitions().iter() {
        let written = &text[definition.span.clone()];
        if let Some(at) = written.find("]:") {
            found.extend(address(text, definition.span.start + at + 2, definition.span.end));
        }
    }
    // Links that are open: whether each has its address behind its text, and the end of what was read of the text.
    let mut open: Vec<(bool, Range<usize>, usize)> = Vec::new();
    let mut literal: Vec<Range<usize>> = Vec::new();
    for (event, place) in parser.into_offset_iter() {
        match &event {
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                open.push((*link_type == LinkType::Inline, place.clone(), place.start));
                continue;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some((true, link, inner)) = open.pop()
                    && let Some(at) = text[inner..link.end].find("](")
                {
                    found.extend(address(text, inner + at + 2, link.end));
                }
            }
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => literal.push(place.clone()),
            Event::Html(_) | Event::InlineHtml(_) => in_html(text, place.clone(), &mut found),
            _ => {}
        }
        if let Some((_, _, inner)) = open.last_mut() {
            *inner = place.end.max(*inner);
        }
    }
    if has_wiki_links {
        wiki(text, &literal, &mut found);
    }
    found.sort_by_key(|link: &WrittenLink| link.place.start);
    found.dedup_by(|b, a| b.place.start < a.place.end);
    found
}

/// Returns the address that begins behind `from`.
fn address(text: &str, from: usize, end: usize) -> Option<WrittenLink> {
    let rest = &text[from..end];
    let start = from + rest.len() - rest.trim_start().len();
    let rest = &text[start..end];
    if rest.starts_with('<') {
        let end = start + rest.find('>')? + 1;
        return Some(WrittenLink { place: start..end, form: LinkForm::Angled });
    }
    let mut depth = 0;
    let length = rest.find(|c: char| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        c.is_whitespace() || depth < 0
    });
    let length = length.unwrap_or(rest.len());
    (length > 0).then(|| WrittenLink { place: start..start + length, form: LinkForm::Markdown })
}

/// Finds the addresses in tags of HTML.
fn in_html(text: &str, place: Range<usize>, found: &mut Vec<WrittenLink>) {
    let written = &text[place.clone()];
    for name in ["href=", "src="] {
        for (at, _) in written.match_indices(name) {
            let value = &written[at + name.len()..];
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
            let before = written[..at].chars().next_back();
            if let Some(quote) = quote.filter(|_| before.is_some_and(char::is_whitespace))
                && let Some(length) = value[1..].find(quote)
            {
                let start = place.start + at + name.len() + 1;
                found.push(WrittenLink { place: start..start + length, form: LinkForm::Html });
            }
        }
    }
}

/// Returns the names in all links like `[[name]]` of a file, also in its front matter and in code, in the form for
/// comparison.
pub(super) fn wiki_names(text: &str) -> BTreeSet<String> {
    let mut found = Vec::new();
    wiki(text, &[], &mut found);
    let names = found.into_iter().map(|link| {
        let path = &text[link.place];
        fold(without_ending(path.rsplit('/').next().unwrap_or(path)))
    });
    names.collect()
}

/// Finds the names in links like `[[name#part|text]]`.
fn wiki(text: &str, literal: &[Range<usize>], found: &mut Vec<WrittenLink>) {
    let mut from = 0;
    while let Some(at) = text[from..].find("[[") {
        let start = from + at + 2;
        from = start;
        let Some(length) = text[start..].find("]]") else { break };
        let inner = &text[start..start + length];
        let after = literal.partition_point(|code| code.end <= start);
        let is_code = literal.get(after).is_some_and(|code| code.start <= start);
        if is_code || inner.contains(['\n', '[']) {
            continue;
        }
        let end = inner.find(['#', '|']).unwrap_or(inner.len());
        let name = inner[..end].trim_end_matches('\\');
        if !name.trim().is_empty() {
            let place = start..start + name.len();
            found.push(WrittenLink { place, form: LinkForm::Wiki });
        }
        from = start + length;
    }
}
