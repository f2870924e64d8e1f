//! The rule `same-address`.

use std::borrow::Cow;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, Severity};
use crate::note::NoteId;
use crate::path::{OutputPath, SourcePath};
use crate::render::Theme;
use crate::search;
use crate::site::Site;
use crate::slug::composed;
use crate::source::SourceRole;
use crate::span::Span;
use crate::view::{BookOutput, OutputOwner};
use crate::workspace::packed::Packing;

/// Two pages or files have the same address.
pub const RULE: Rule = Rule {
    name: "same-address",
    summary: "Two pages or files have the same address.",
    level: Level::Error,
    relaxation: Relaxation::None("one of the two pages would be missing"),
    options: &[],
    page: "
## What it finds

Two notes, files or former addresses with the same address in the site; or one with the address of a page or file that Fieldbook makes, such as `search.html`, `feed.xml` or `sitemap.xml`. Many systems take addresses for the same if they differ only in capital letters, or in the way an accent is encoded. For folders that differ so, this is a warning.

## Why it matters

Only one of them can be there, and chance would decide which.

## What to do

Rename one of the files, or take the address out of `aliases`. A file in `static/` takes the place of a page that the site makes, with a warning. To have another `robots.txt`, `404.html`, `search.html`, `sitemap.xml` or `feed.xml` without one, write a template of that name in `themes/default/templates/`. A file of a theme is replaced by one of the same name in `static/`.
",
};

/// A part of the book or the site that claims an address.
#[derive(Clone, Copy)]
enum Claimant<'a> {
    /// A note.
    Note(NoteId),
    /// A former address of a note.
    Former(NoteId, usize),
    /// A file that is copied.
    File(&'a SourcePath),
    /// A page or file that the site generates.
    Made(&'a BookOutput),
    /// A file of the theme.
    Theme(&'a SourcePath),
}

/// An address and its claimant.
#[derive(Clone, Copy)]
struct AddressClaim<'a> {
    path: &'a OutputPath,
    by: Claimant<'a>,
}

/// Returns an address in the form in which systems compare it that ignore case and the encoding of
/// accents.
fn folded(path: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii() && !byte.is_ascii_uppercase();
    if path.bytes().all(is_plain) {
        Cow::Borrowed(path)
    } else {
        Cow::Owned(composed(&composed(path).to_lowercase()).into_owned())
    }
}

/// Returns a diagnostic for each address that is claimed twice. `made` are the outputs made from
/// views.
pub(crate) fn check(
    site: &Site,
    theme: &Theme,
    made: &[(OutputPath, BookOutput)],
) -> Vec<Diagnostic> {
    let claims = claims(site, theme, made);
    let mut found = AddressReport { site, alike: BTreeSet::new(), out: Vec::new() };
    let mut first: FxHashMap<Cow<'_, str>, AddressClaim<'_>> = FxHashMap::default();
    first.reserve(claims.len());
    let mut folders = ClaimedFolders::default();
    for claim in &claims {
        let holder = *first.entry(folded(claim.path.as_str())).or_insert(*claim);
        if !std::ptr::eq(holder.path, claim.path) {
            found.both(holder, *claim);
        }
        folders.add(&mut found, *claim);
    }
    for (folder, claim) in &folders.first {
        if let Some(holder) = first.get(&**folder) {
            found.folder(*holder, *claim);
        }
    }
    let files =
        claims.iter().filter(|claim| matches!(claim.by, Claimant::File(_) | Claimant::Theme(_)));
    for claim in files {
        let address = folded(claim.path.as_str());
        let unpacked = Packing::ALL.iter().find_map(|packing| packing.unpacked(&address));
        match unpacked.and_then(|path| first.get(path)) {
            Some(original) if !matches!(original.by, Claimant::File(_) | Claimant::Theme(_)) => {
                found.packed(*claim, original.path);
            }
            _ if search::is_script(unpacked.unwrap_or(&address)) => found.script(*claim),
            _ => {}
        }
    }
    found.out
}

/// Returns every claimed address of the site: first those of notes, then their former addresses,
/// then files of the book, then generated pages and files, then files of the theme.
fn claims<'a>(
    site: &'a Site,
    theme: &'a Theme,
    made: &'a [(OutputPath, BookOutput)],
) -> Vec<AddressClaim<'a>> {
    let of_rank = |wanted: u8| {
        made.iter().filter_map(move |(path, output)| {
            let (rank, by) = match output.owner {
                OutputOwner::NotePage(id) => (0, Claimant::Note(id)),
                OutputOwner::FormerAddress(id, at) => (1, Claimant::Former(id, at)),
                OutputOwner::Note(_) | OutputOwner::Book => (2, Claimant::Made(output)),
            };
            (rank == wanted).then_some(AddressClaim { path, by })
        })
    };
    let files =
        site.files.iter().map(|(path, source)| AddressClaim { path, by: Claimant::File(source) });
    let of_theme = theme
        .files
        .iter()
        .map(|(path, source)| AddressClaim { path, by: Claimant::Theme(&source.path) });
    of_rank(0).chain(of_rank(1)).chain(files).chain(of_rank(2)).chain(of_theme).collect()
}

/// The folders of all addresses.
#[derive(Default)]
struct ClaimedFolders<'a> {
    /// Each folder, with the first claim in it.
    first: BTreeMap<Cow<'a, str>, AddressClaim<'a>>,
    /// Folders that were already reported as differing from another only in case.
    said: BTreeSet<&'a str>,
    last: &'a str,
}

impl<'a> ClaimedFolders<'a> {
    fn add(&mut self, found: &mut AddressReport<'_>, claim: AddressClaim<'a>) {
        let mut rest = claim.path.as_str();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            // Neighbours in the list are mostly in one folder.
            if folder == self.last && rest.len() == claim.path.as_str().len() {
                return;
            }
            rest = folder;
            let holder = match self.first.entry(folded(folder)) {
                Entry::Vacant(place) => {
                    place.insert(claim);
                    continue;
                }
                Entry::Occupied(place) => *place.get(),
            };
            let spelled = nth_folder(holder.path.as_str(), folder.matches('/').count());
            if spelled == folder {
                // The folders above are known, too.
                break;
            }
            // If a folder above is spelled differently too, only that one is reported.
            let above = |path: &'a str| path.rsplit_once('/').map_or("", |(above, _)| above);
            // An old site may have used other capital letters.
            let is_former =
                [holder.by, claim.by].iter().any(|by| matches!(by, Claimant::Former(..)));
            if !is_former && above(spelled) == above(folder) && self.said.insert(folder) {
                found.folders([holder, claim], [spelled, folder]);
            }
        }
        self.last = claim.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    }
}

/// Returns the beginning of a path up to and including its folder at this depth.
fn nth_folder(path: &str, depth: usize) -> &str {
    let end = path.match_indices('/').nth(depth).map_or(path.len(), |(at, _)| at);
    &path[..end]
}

/// The results of the check.
struct AddressReport<'s> {
    site: &'s Site,
    /// Notes that share their address with another.
    alike: BTreeSet<NoteId>,
    out: Vec<Diagnostic>,
}

impl AddressReport<'_> {
    /// Returns the file that claims an address, and the position in it; `None` for what the site
    /// generates.
    fn place(&self, by: Claimant<'_>) -> Option<(SourcePath, Span)> {
        match by {
            Claimant::Note(id) => Some((self.site.note(id).source.clone(), Span::default())),
            Claimant::Former(id, at) => {
                let note = self.site.note(id);
                // A page without a translation takes the former addresses of its original if they are free.
                if note.facts.origin.is_untranslated() {
                    return None;
                }
                let span = note.spans.redirects.get(at).copied().unwrap_or_default();
                Some((note.source.clone(), span))
            }
            Claimant::File(source) | Claimant::Theme(source) => {
                Some((source.clone(), Span::default()))
            }
            Claimant::Made(_) => None,
        }
    }

    fn error(&mut self, by: Claimant<'_>, message: String, helps: &[&str]) {
        let Some((source, span)) = self.place(by) else { return };
        let error = Diagnostic::error(&source, span, &RULE, message);
        self.out.push(helps.iter().fold(error, |error, help| error.help(*help)));
    }

    /// Adds another file that the problem reported last is about.
    fn and_in(&mut self, other: SourcePath) {
        if let Some(found) = self.out.pop() {
            self.out.push(found.and_in([other]));
        }
    }

    /// Reports a claim of an address that the site needs itself. A file in `static/` is the book's
    /// own and replaces the generated one, and a file of the theme is ignored, so both give a
    /// warning.
    fn made_there(&mut self, by: Claimant<'_>, message: String, helps: &[&str]) {
        let before = self.out.len();
        let message = match by {
            Claimant::File(source) if SourceRole::of(source) == SourceRole::Static => {
                format!("{message}, and this file takes its place")
            }
            Claimant::Theme(_) => format!("{message}, so this file is not published"),
            Claimant::Note(_) | Claimant::Former(..) | Claimant::File(_) | Claimant::Made(_) => {
                return self.error(by, message, helps);
            }
        };
        self.error(by, message, helps);
        self.out[before..].iter_mut().for_each(|found| found.severity = Severity::Warning);
    }

    /// Reports two claims of one address, of which the first wins.
    fn both(&mut self, first: AddressClaim<'_>, second: AddressClaim<'_>) {
        let (address, is_same) = (first.path, first.path == second.path);
        let helps: Vec<&str> = if is_same { Vec::new() } else { vec![ALIKE] };
        match (first.by, second.by) {
            (Claimant::Made(one), Claimant::Made(other)) => self.made(one, other, second.path),
            (by, Claimant::Made(made)) | (Claimant::Made(made), by) => {
                let instead = instead(by, made);
                let helps = helps.into_iter().chain(instead.iter().map(String::as_str));
                let (helps, message) = (helps.collect::<Vec<_>>(), taken(second.path));
                if is_same {
                    self.made_there(by, message, &helps);
                } else {
                    self.error(by, message, &helps);
                }
            }
            // This is the intended way to replace a file of the theme.
            (Claimant::File(source), Claimant::Theme(_))
                if is_same && SourceRole::of(source) == SourceRole::Static => {}
            (by @ Claimant::File(_), Claimant::Theme(_)) => {
                let message = format!("the theme has a file at the address {address}");
                let helps: Vec<&str> = helps.into_iter().chain(["rename the file"]).collect();
                self.error(by, message, &helps);
            }
            (Claimant::Note(note), Claimant::Former(id, _)) if note == id => {
                let message =
                    format!("this is the note's own address {address}, written otherwise");
                let helps: Vec<&str> =
                    helps.into_iter().chain(["take the address out of aliases"]).collect();
                self.error(second.by, message, &helps);
            }
            (first, second) => {
                let Some((holder, _)) = self.place(first) else { return };
                if let (Claimant::Note(one), Claimant::Note(other)) = (first, second) {
                    self.alike.extend([one, other]);
                }
                let message = format!("{holder} has the address {address} already");
                match second {
                    Claimant::Theme(_) if is_same => self.made_there(second, message, &helps),
                    _ => self.error(second, message, &helps),
                }
                self.and_in(holder);
            }
        }
    }

    /// Reports two generated pages.
    fn made(&mut self, one: &BookOutput, other: &BookOutput, address: &OutputPath) {
        let (one, other) = (one.owner.note(), other.owner.note());
        let Some((one, other)) = one.or(other).zip(other.or(one)) else { return };
        // If two notes share an address, everything that belongs to them does, too.
        if one != other && self.alike.contains(&one) && self.alike.contains(&other) {
            return;
        }
        let message = format!("two pages that the site makes by itself have the address {address}");
        let other = self.site.note(other).source.clone();
        let belongs = format!("they belong to this note and to {other}");
        let belongs = Some(belongs).filter(|_| self.site.note(one).source != other);
        let help = "rename one of the notes, kinds, fields or values that they are called after";
        let helps: Vec<&str> = belongs.as_deref().into_iter().chain([help]).collect();
        self.error(Claimant::Note(one), message, &helps);
        self.and_in(other);
    }

    /// Reports a file at the address of a folder.
    fn folder(&mut self, file: AddressClaim<'_>, within: AddressClaim<'_>) {
        let path = file.path;
        let message = |holder: &str| {
            format!("{holder} is the file {path}, so there can be no folder of that name")
        };
        match (self.place(file.by), self.place(within.by)) {
            (Some((holder, _)), Some(_)) => {
                self.error(within.by, message(holder.as_str()), &[]);
                self.and_in(holder);
            }
            (Some(_), None) => {
                let message = format!("this is the file {path}, and the site has a folder {path}");
                self.error(file.by, message, &["rename it"]);
            }
            (None, _) => {
                self.error(within.by, message("a page that the site makes by itself"), &[])
            }
        }
    }

    /// Reports two folders whose names are the same on some systems.
    fn folders(&mut self, claims: [AddressClaim<'_>; 2], [one, other]: [&str; 2]) {
        // Outputs that the site makes by itself lie in folders named after those of notes.
        let is_own =
            |claim: &&AddressClaim<'_>| matches!(claim.by, Claimant::Note(_) | Claimant::File(_));
        // The spelling with capital letters is more often the mistake.
        let [first, second] = claims;
        let claims = if folded(other) == other { [first, second] } else { [second, first] };
        let Some(claim) = claims.iter().find(is_own) else { return };
        let Some((source, span)) = self.place(claim.by) else { return };
        let message = format!("the folders {one} and {other} are one folder on many systems");
        let warning = Diagnostic::warning(&source, span, &RULE, message);
        self.out.push(warning.help(ALIKE).help("give both folders one name"));
    }

    /// Reports a packed file beside a generated file, instead of which a server would send it.
    fn packed(&mut self, file: AddressClaim<'_>, of: &OutputPath) {
        let message = format!("{} is sent instead of {of}, which the site makes", file.path);
        self.made_there(
            file.by,
            message,
            &["rename the file; build --precompress packs what is made"],
        );
    }

    /// Reports a file in the place of a search script.
    fn script(&mut self, file: AddressClaim<'_>) {
        let message = format!("the address {} is kept for the scripts of the search", file.path);
        self.made_there(file.by, message, &["move the file to another folder"]);
    }
}

/// The help for addresses that are spelled differently.
const ALIKE: &str = "names that differ only in capital letters, or in how an accent is written, are one name \
                     on many systems";

/// Returns the message for an address that the site needs itself.
fn taken(address: &OutputPath) -> String {
    let what = if address.is_page() { "page" } else { "file" };
    format!("the address {address} is that of a {what} the site makes by itself")
}

/// Returns advice for a claim of the address of a generated page.
fn instead(by: Claimant<'_>, made: &BookOutput) -> Vec<String> {
    let first = match by {
        Claimant::Former(..) => "take the address out of aliases",
        _ => "rename the file",
    };
    let is_file = matches!(by, Claimant::File(_) | Claimant::Theme(_));
    let template = made.replaced_by.filter(|_| is_file);
    let template = template.map(|name| {
        format!("to have another {name}, write a template: themes/default/templates/{name}")
    });
    std::iter::once(first.to_owned()).chain(template).collect()
}
