//! The rule `unlinked-file`.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::files::FileId;
use crate::graph::Resolution;
use crate::note::{Note, Origin};
use crate::path::SourcePath;
use crate::render::{DEFAULT, builtin_files};
use crate::site::{Site, theme_files};
use crate::slug::composed;
use crate::source::{FileContent, Source, SourceRole, Sources};
use crate::span::Span;

/// A file beside the notes is not linked from anywhere.
pub const RULE: Rule = Rule {
    name: "unlinked-file",
    summary: "A file beside the notes is not linked from anywhere.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: r#"
## What it finds

A file beside the notes that nothing links to, such as a picture that is no longer shown, or a document of a word processor that was meant as a note. Links in notes count, and so do fields, themes and style sheets that name the file. A file that only drafts link to is neither reported nor published.

## Why it matters

The file is published, so whoever guesses its address can read it. A Word document is not a page, so no reader would find it.

## What to do

Link to the file from a note, or take it out of `content/`. To make a page of a document, write its text into a file whose name ends with `.md`. A file that programs ask for by its address belongs in `static/`. If such files are meant to be there, the book can say so:

    [check]
    unlinked-file = "off"
"#,
};

/// The files beside the notes that readers can't reach.
#[derive(Clone, Debug, Default)]
pub(crate) struct UnlinkedFiles {
    /// The reports of these files.
    pub(crate) findings: Vec<Diagnostic>,
    /// The files that only drafts link to, which are not published.
    pub(crate) withheld: Vec<SourcePath>,
}

/// The most files of one folder that are reported one by one.
const MAX_LISTED: usize = 3;

/// The most names with unusual characters that are searched for in texts. Usual are letters, digits
/// and the characters of addresses.
const MAX_ODD_NAMES: usize = 100;

/// The largest text that is searched for names, in bytes.
const MAX_TEXT: usize = 1024 * 1024;

/// Endings of files of word processors, in lower case.
const DOCUMENT_ENDINGS: &[&str] = &[
    "abw", "doc", "docm", "docx", "dot", "dotm", "dotx", "fodt", "gdoc", "hwp", "hwpx", "odt",
    "ott", "pages", "rtf", "wpd", "wps",
];

/// Endings of files that may name others, in lower case.
const TEXT_ENDINGS: &[&str] =
    &["css", "htm", "html", "js", "json", "mjs", "svg", "webmanifest", "xhtml", "xml", "xsl"];

/// Files at the top of a site that browsers and other programs request by themselves.
const REQUESTED_FILES: &[&str] =
    &["ads.txt", "favicon.ico", "humans.txt", "llms.txt", "security.txt"];

/// A file beside the notes.
type BesideFile<'a> = (FileId, &'a SourcePath);

/// Finds the files beside the notes to which nothing leads.
pub(crate) fn find(sources: &Sources, site: &Site) -> UnlinkedFiles {
    let is_beside = |source: &SourcePath| {
        let below = source.in_notes();
        below.is_some_and(|name| {
            !REQUESTED_FILES.contains(&name) && !name.starts_with("apple-touch-icon")
        })
    };
    let files = site.files.published_with_ids().filter(|(_, source)| is_beside(source));
    let mut left: Vec<BesideFile<'_>> = files.collect();
    if left.is_empty() {
        return UnlinkedFiles::default();
    }
    let mut used = vec![false; site.files.iter().len()];
    let links = site.graph.links.iter().chain(site.graph.footers.values());
    let links = links.flat_map(|links| &**links);
    for link in links {
        if let Resolution::File(FileId(at)) = link {
            used[*at as usize] = true;
        }
    }
    theme_files(&site.config, &site.files).for_each(|FileId(at)| used[at as usize] = true);
    left.retain(|(FileId(at), _)| !used[*at as usize]);
    if left.is_empty() {
        return UnlinkedFiles::default();
    }
    // Unlinked files are rare, so values and themes are searched only if there are some.
    let notes = site.notes().map(|(_, note)| note);
    for note in notes.filter(|note| note.facts.origin == Origin::File) {
        in_values(site, note).for_each(|FileId(at)| used[at as usize] = true);
    }
    left.retain(|(FileId(at), _)| !used[*at as usize]);
    let named = named(sources, site, &left);
    left.retain(|(id, _)| !named.contains(id));
    let missing = missing(site);
    let mut in_drafts = vec![false; used.len()];
    for draft in &*site.drafts {
        let links = draft.facts.links.iter().filter(|link| !link.target.is_own_note());
        let folder = &draft.facts.place.folder;
        let linked = links.filter_map(|link| site.files.find(folder, link.target.file()));
        linked.chain(in_values(site, draft)).for_each(|FileId(at)| in_drafts[at as usize] = true);
    }
    let (withheld, left): (Vec<_>, Vec<_>) =
        left.into_iter().partition(|(FileId(at), _)| in_drafts[*at as usize]);
    let withheld = withheld.into_iter().map(|(_, source)| source.clone()).collect();
    // A broken link may mean one of these files, and is reported itself.
    let left = left.into_iter().map(|(_, source)| source);
    let left = left.filter(|source| {
        let name = name(source);
        !missing.contains(ending(&name)) && !missing.contains(stem(&name))
    });
    UnlinkedFiles { findings: findings(left), withheld }
}

/// Returns the endings of the file names in broken links, and the names without their endings.
fn missing(site: &Site) -> BTreeSet<String> {
    let links = site
        .notes()
        .flat_map(|(id, note)| note.facts.links.iter().zip(&*site.graph.links[id.index()]));
    let missing = links.filter(|(_, resolution)| **resolution == Resolution::Missing);
    let names = missing.map(|(link, _)| name(&SourcePath::new(link.target.file())));
    names.flat_map(|name| [ending(&name).to_owned(), stem(&name).to_owned()]).collect()
}

/// Returns the name of a file without its ending.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Returns the ending of a path; empty if it has none.
fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Returns the files that the front matter of a note names: in a field of its kind, or among its
/// sources.
fn in_values<'a>(site: &'a Site, note: &'a Note) -> impl Iterator<Item = FileId> + 'a {
    let base = site.config.base_url.as_deref();
    let facts = &note.facts;
    let items = facts.values.iter().flat_map(|value| &value.items).map(String::as_str);
    let urls = facts.sources.iter().filter_map(|source| source.url.as_deref());
    let named = items.chain(urls).filter(|item| item.contains('.')).map(move |item| {
        let item = item.trim().trim_start_matches('!');
        let inner = item.strip_prefix("[[").and_then(|item| item.strip_suffix("]]"));
        let item = inner.map_or(item, |inner| inner.split('|').next().unwrap_or(inner));
        base.and_then(|base| item.strip_prefix(base)).unwrap_or(item)
    });
    named.filter_map(move |item| {
        let item = percent_decode_str(item).decode_utf8_lossy();
        site.files.find(&facts.place.folder, &item)
    })
}

/// Returns the files that a theme names, or a file of the book that a browser reads. They are
/// matched by name alone, wherever they are. A composed name such as `{{ note.url }}.jpg` may be
/// that of any file with this ending.
fn named(sources: &Sources, site: &Site, files: &[BesideFile<'_>]) -> Vec<FileId> {
    let mut by_name: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
    let mut by_ending: BTreeMap<String, Vec<FileId>> = BTreeMap::new();
    for (id, source) in files {
        let name = name(source);
        by_ending.entry(ending(&name).to_owned()).or_default().push(*id);
        by_name.entry(name).or_default().push(*id);
    }
    let odd: Vec<&String> =
        by_name.keys().filter(|name| !name.chars().all(is_of_name)).take(MAX_ODD_NAMES).collect();
    let mut found = Vec::new();
    for text in texts(sources, &site.config.theme) {
        for word in text.split(|c| !is_of_name(c)).filter(|word| word.contains('.')) {
            let word = percent_decode_str(word).decode_utf8_lossy().to_lowercase();
            let ids = match word.strip_prefix('.') {
                Some(ending) => by_ending.get(ending),
                None => by_name.get(&*composed(&word)),
            };
            found.extend(ids.into_iter().flatten());
        }
        let odd = odd.iter().filter(|name| text.contains(name.as_str()));
        found.extend(odd.flat_map(|name| &by_name[*name]));
    }
    found
}

/// Returns the texts of the book that may name files.
fn texts<'a>(sources: &'a Sources, theme: &'a str) -> impl Iterator<Item = &'a str> {
    let built_in = builtin_files();
    let may_name = move |source: &&Source| {
        let path = source.path.as_str();
        let is_text = || TEXT_ENDINGS.contains(&ending(path).to_ascii_lowercase().as_str());
        match SourceRole::of(&source.path) {
            SourceRole::Theme => {
                let in_theme = source.path.below("themes").and_then(|path| path.split('/').next());
                let is_built_in =
                    |file: &Source| file.path == source.path && file.content == source.content;
                in_theme.is_some_and(|name| name == theme || name == DEFAULT)
                    && !built_in.iter().any(is_built_in)
            }
            SourceRole::Static | SourceRole::Attachment => is_text(),
            _ => false,
        }
    };
    sources.iter().filter(may_name).filter_map(|source| match &source.content {
        FileContent::Text(text) => Some(&**text),
        FileContent::Bytes(bytes) if bytes.len() <= MAX_TEXT => std::str::from_utf8(bytes).ok(),
        FileContent::Bytes(_) | FileContent::Refused(_) => None,
    })
}

/// Returns whether a character can be part of a file name in a text.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | '~' | '+' | '@')
}

/// Returns the name of a file without its folder, in the form in which names are compared here.
fn name(source: &SourcePath) -> String {
    let path = source.as_str();
    composed(path.rsplit('/').next().unwrap_or(path)).to_lowercase()
}

/// Returns a warning for each file to which nothing links, but only one for many files of one
/// folder.
fn findings<'a>(files: impl Iterator<Item = &'a SourcePath>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<(&str, bool), Vec<&SourcePath>> = BTreeMap::new();
    for source in files {
        let folder = source.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = name(source);
        groups.entry((folder, DOCUMENT_ENDINGS.contains(&ending(&name)))).or_default().push(source);
    }
    let mut found = Vec::new();
    for ((_, is_document), files) in groups {
        let few = if files.len() > MAX_LISTED { 1 } else { files.len() };
        for (at, source) in files[..few].iter().enumerate() {
            let others = if at == 0 { files.len() - few } else { 0 };
            found.push(finding(source, is_document, others));
        }
    }
    found
}

fn finding(source: &SourcePath, is_document: bool, others: usize) -> Diagnostic {
    let nor = match others {
        0 => String::new(),
        others => format!(", nor to {others} others in its folder"),
    };
    let (message, help) = if is_document {
        (
            format!("this document is not a note, and no note links to it{nor}"),
            "to make a page of it, write its text into a file whose name ends with .md; to offer it as it \
             is, link to it from a note",
        )
    } else {
        (
            format!("nothing links to this file{nor}, and it is published all the same"),
            "link to it from a note, or take it out of the folder; what programs ask for by its address \
             belongs in the folder static",
        )
    };
    Diagnostic::warning(source, Span::default(), &RULE, message).help(help)
}
