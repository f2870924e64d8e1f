//! A foreign book with its notes in their places: file names, links, former addresses and the files taken along.

use std::collections::{BTreeMap, BTreeSet};

use super::foreign::{ForeignAsset, ForeignBook, ForeignNote};
use super::link_lines::LinkLines;
use super::links::{
    ForeignTarget, ForeignTargets, LinkForm, UnfoundTarget, leads_elsewhere, links, way,
};
use super::passages::lines;
use super::settings::front_matter;
use super::{Collection, ImportRequest, MigratedBook, NewSettings, Remark};
use crate::path::url_path;
use crate::slug::{fit, fold, is_fit};
use crate::table::UntypedValue;

/// The most bytes of the name of a note.
const LONGEST_NAME: usize = 120;

/// The most notes with one name that a remark names.
const MOST_NAMED: usize = 3;

/// A foreign book, and where its notes and files go.
struct Arrangement<'b> {
    book: &'b ForeignBook,
    /// The files as they came.
    collection: &'b Collection,
    targets: ForeignTargets<'b>,
    /// The path of each note, below the folder of the notes.
    places: Vec<String>,
    request: &'b ImportRequest,
    remarks: Vec<Remark>,
    /// The addresses of the files that notes link to.
    used: BTreeSet<String>,
    /// The pages of the book that are taken, in small letters.
    pages: BTreeSet<String>,
}

/// Puts the notes of a collection in their places in a book.
pub(super) fn arrange(
    book: ForeignBook,
    collection: &Collection,
    request: &ImportRequest,
) -> MigratedBook {
    let mut remarks = Vec::new();
    let places = places(&book, request, &mut remarks);
    let targets = ForeignTargets::new(&book);
    let used = BTreeSet::new();
    let pages = places.iter().map(|place| own_page(place).to_lowercase()).collect();
    let mut arrangement =
        Arrangement { book: &book, collection, targets, places, request, remarks, used, pages };
    let mut files = BTreeMap::new();
    for (at, note) in book.notes.iter().enumerate() {
        let (path, text) = arrangement.note(at, note);
        files.insert(path, text.into_bytes());
    }
    for (address, asset) in &book.assets {
        if arrangement.used.contains(address) {
            files.insert(arrangement.in_book(address, asset), asset.bytes.clone());
        } else {
            let text = "left out: no note links to it";
            arrangement.remarks.push(Remark::new(&asset.file, 0, text));
        }
    }
    let mut remarks = arrangement.remarks;
    for (key, count) in &book.kept_keys {
        let notes = if *count == 1 { "one note".to_owned() } else { format!("{count} notes") };
        let text = format!(
            "kept the key {key} of {notes}, which pages do not show unless a kind has such a field"
        );
        remarks.push(Remark::new("", 0, text));
    }
    remarks.extend(book.remarks.iter().cloned());
    let notes = book.notes.len();
    MigratedBook { files, notes, settings: settings(&book, request), remarks }
}

fn settings(book: &ForeignBook, request: &ImportRequest) -> NewSettings {
    let language = book.language.clone().unwrap_or_else(|| "en".to_owned());
    let languages: BTreeSet<&String> =
        book.notes.iter().filter_map(|note| note.language.as_ref()).collect();
    let languages = languages.into_iter().filter(|code| **code != language).cloned().collect();
    let known = request.kind.as_ref().and_then(|kind| kind.fields.clone()).unwrap_or_default();
    let keys = book.kept_keys.keys().filter(|key| !known.contains(key));
    NewSettings {
        title: book.title.clone().unwrap_or_else(|| "Imported notes".to_owned()),
        language,
        languages,
        notes: Some(request.notes.clone()).filter(|notes| notes != crate::path::NOTES),
        kinds: book.kinds.clone(),
        allowed_keys: keys.cloned().collect(),
    }
}

/// Returns the path of each note below the folder of the notes.
fn places(book: &ForeignBook, request: &ImportRequest, remarks: &mut Vec<Remark>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut places = Vec::new();
    for note in &book.notes {
        let parts = note.address.split('/').filter(|part| !part.is_empty()).map(fitted);
        let mut parts: Vec<String> = parts.collect();
        if note.is_index || parts.is_empty() {
            parts.push("index".to_owned());
        }
        let language =
            note.language.as_deref().filter(|code| book.language.as_deref() != Some(code));
        let end = language.map_or_else(|| ".md".to_owned(), |code| format!(".{code}.md"));
        let folder = folder(request);
        let wanted = folder.into_iter().chain(parts).collect::<Vec<_>>().join("/");
        let mut place = format!("{wanted}{end}");
        let mut number = 2;
        while !taken.insert(place.clone()) {
            place = format!("{wanted}-{number}{end}");
            number += 1;
        }
        if number > 2 {
            let text = format!("named {place}, because another note has the name {wanted}{end}");
            remarks.push(Remark::new(&note.file, 0, text));
        }
        places.push(place);
    }
    places
}

/// Returns the folder below that of the notes into which all goes.
fn folder(request: &ImportRequest) -> Option<String> {
    let folder = match &request.kind {
        Some(kind) if request.into.is_empty() => kind.folder.clone(),
        _ => request.into.clone(),
    };
    Some(folder.trim_matches('/').to_owned()).filter(|folder| !folder.is_empty())
}

/// Returns the name of a file or folder in a form that suits an address.
fn fitted(name: &str) -> String {
    let fitted = if is_fit(name) { name.to_owned() } else { fit(name).unwrap_or_default() };
    let mut fitted = if fitted.is_empty() { "note".to_owned() } else { fitted };
    fitted.truncate(fitted.floor_char_boundary(LONGEST_NAME));
    fitted
}

impl<'b> Arrangement<'b> {
    /// Returns the path of a file in the book.
    fn in_book(&self, address: &str, asset: &ForeignAsset) -> String {
        let fit_file = |part: &str| match part.rsplit_once('.') {
            Some((stem, ending)) => format!("{}.{}", clean(stem), clean(ending)),
            None => clean(part),
        };
        let mut parts: Vec<String> = address.split('/').map(fitted).collect();
        parts.pop();
        parts.extend(address.rsplit('/').next().map(fit_file));
        let mut folders: Vec<String> = Vec::new();
        if asset.is_static {
            folders.push("static".to_owned());
        } else {
            folders.extend(Some(self.request.notes.clone()).filter(|notes| !notes.is_empty()));
            folders.extend(folder(self.request));
        }
        folders.into_iter().chain(parts).collect::<Vec<_>>().join("/")
    }

    /// Returns the path of a note in the book, and its content.
    fn note(&mut self, at: usize, note: &ForeignNote) -> (String, String) {
        let place = self.places.get(at).cloned().unwrap_or_default();
        let text = self.text(note, &place);
        let mut settings = note.settings.clone();
        let mut former = note.former.clone();
        former.retain(|address| self.is_free(note, &place, address));
        let mut aliases = Vec::new();
        if let Some(at) = settings.iter().position(|(key, _)| key == "aliases") {
            let names = settings.remove(at).1;
            // A name with a slash and without spaces counts as an address.
            let is_address = |name: &str| name.contains('/') && !name.contains(char::is_whitespace);
            for name in names.texts() {
                if !is_address(name) || self.is_free(note, &place, name) {
                    aliases.push(name.to_owned());
                }
            }
        }
        aliases.extend(former);
        if !aliases.is_empty() {
            let aliases = aliases.into_iter().map(UntypedValue::Text).collect();
            settings.push(("aliases".to_owned(), UntypedValue::List(aliases)));
        }
        let mut out = front_matter(&settings);
        let text = without_blank_lines(&text);
        let text = text.trim_start_matches('\n').trim_end();
        if !out.is_empty() && !text.is_empty() {
            out.push('\n');
        }
        out.push_str(text);
        out.push('\n');
        let notes = Some(self.request.notes.as_str()).filter(|notes| !notes.is_empty());
        let path = notes.into_iter().chain([place.as_str()]).collect::<Vec<_>>().join("/");
        (path, out)
    }

    /// Takes the page at a former address for a note; returns false if it is taken.
    fn is_free(&mut self, note: &ForeignNote, place: &str, address: &str) -> bool {
        let inner = address.trim_matches('/');
        let page = match address.ends_with('/') {
            true if inner.is_empty() => "index.html".to_owned(),
            true => format!("{inner}/index.html"),
            false if [".html", ".htm", ".shtml"].iter().any(|end| inner.ends_with(end)) => {
                inner.to_owned()
            }
            false => format!("{inner}.html"),
        };
        if self.pages.insert(page.to_lowercase()) {
            return true;
        }
        let own = own_page(place);
        if own == page {
            return false;
        }
        let why = match own.to_lowercase() == page.to_lowercase() {
            true => format!("the new one, /{own}, differs from it in capital letters alone"),
            false => "another page stands there".to_owned(),
        };
        let text = format!("dropped the former address {address}: {why}");
        self.remarks.push(Remark::new(&note.file, 0, text));
        false
    }

    /// Returns the text of a note with its links led to the places in the book.
    fn text(&mut self, note: &ForeignNote, place: &str) -> String {
        let text = note.text.replace("\r\n", "\n");
        let mut out = String::with_capacity(text.len());
        let mut from = 0;
        let mut lines = None;
        for link in links(&text, self.book.has_wiki_links) {
            let written = &text[link.place.clone()];
            if let Some(new) = self.led((note, place), written, link.form, &mut lines) {
                out.push_str(&text[from..link.place.start]);
                out.push_str(&new);
                from = link.place.end;
            }
        }
        out + &text[from..]
    }

    /// Returns the remark about a link that leads to no one thing in the collection.
    fn unfound(&self, address: &str, unfound: UnfoundTarget) -> String {
        let UnfoundTarget::Several(notes) = unfound else {
            return format!("the link to {address} leads to nothing in the collection");
        };
        let files = notes.iter().filter_map(|at| self.book.notes.get(*at));
        let mut named: Vec<&str> = files.take(MOST_NAMED).map(|note| note.file.as_str()).collect();
        named.extend((notes.len() > MOST_NAMED).then_some("another note"));
        let named = named.join(" or ");
        format!("the link to {address} may mean {named}; write the path of the one that is meant")
    }

    /// Returns the new address of a link; none if it stays as it is.
    fn led(
        &mut self,
        (note, place): (&ForeignNote, &str),
        written: &str,
        form: LinkForm,
        lines: &mut Option<LinkLines<'b>>,
    ) -> Option<String> {
        let address = match form {
            LinkForm::Angled => written.trim_start_matches('<').trim_end_matches('>'),
            _ => written,
        };
        let is_own = self.book.base_url.as_deref().is_some_and(|base| address.starts_with(base));
        if form != LinkForm::Wiki && leads_elsewhere(address) && !is_own {
            return None;
        }
        let (target, part) = match self.targets.find(note, address) {
            Ok(found) => found,
            Err(UnfoundTarget::Nothing) if is_own => return None,
            Err(unfound) => {
                let text = self.unfound(address, unfound);
                let lines =
                    lines.get_or_insert_with(|| LinkLines::new(self.collection, &note.file));
                self.remarks.push(Remark::new(&note.file, lines.next(address), text));
                return None;
            }
        };
        let to = match &target {
            ForeignTarget::Note(at) => self.places.get(*at)?.clone(),
            ForeignTarget::Folder(folder) => {
                let parts = folder.split('/').map(fitted).collect::<Vec<_>>().join("/");
                self::folder(self.request).map_or(parts.clone(), |top| format!("{top}/{parts}"))
                    + "/"
            }
            ForeignTarget::Asset(address) => {
                self.used.insert(address.clone());
                let asset = self.book.assets.get(address)?;
                let path = self.in_book(address, asset);
                if asset.is_static {
                    let below = path.strip_prefix("static/").unwrap_or(&path);
                    return Some(url_path(&format!("/{below}")).to_string() + &part);
                }
                let notes = &self.request.notes;
                path.strip_prefix(notes.as_str())
                    .map_or(path.clone(), |below| below.trim_start_matches('/').to_owned())
            }
        };
        if form == LinkForm::Wiki {
            return wiki_name(written, &target, &to);
        }
        Some(url_path(&way(place, &to)).to_string() + &part)
    }
}

/// Returns the new name in a link like `[[name]]`; none if the one that is written still means the same.
fn wiki_name(written: &str, target: &ForeignTarget, to: &str) -> Option<String> {
    let name = |path: &str| {
        let path = path.strip_suffix(".md").unwrap_or(path);
        fold(path.rsplit('/').next().unwrap_or_default())
    };
    let path = to.strip_suffix(".md").unwrap_or(to);
    match target {
        ForeignTarget::Note(_) if !written.contains('/') => None,
        ForeignTarget::Note(_) if fold(path).ends_with(&fold(written)) => None,
        ForeignTarget::Note(_) => Some(path.to_owned()),
        ForeignTarget::Asset(_) if name(written) == name(to) && !written.contains('/') => None,
        _ => Some(to.to_owned()),
    }
}

/// Returns a part of the name of a file that is no note, without what no address can have.
fn clean(part: &str) -> String {
    let fit = |c: char| match c {
        c if c.is_control() => '-',
        '\\' | ':' | '?' | '*' | '"' | '<' | '>' | '|' | '#' | '%' | '[' | ']' | '^' => '-',
        c => c,
    };
    part.trim_start_matches('.').chars().map(fit).collect()
}

/// Returns a text with one blank line where there were several, except in code.
fn without_blank_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in lines(text, 1) {
        if line.is_code || !line.text.trim().is_empty() || !out.ends_with("\n\n") {
            out.push_str(line.text);
            out.push('\n');
        }
    }
    out
}

/// Returns the page of the note at `place`.
fn own_page(place: &str) -> String {
    format!("{}.html", place.strip_suffix(".md").unwrap_or(place))
}
