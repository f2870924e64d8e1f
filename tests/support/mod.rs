//! Code that the tests share: books from folders or from text, and their results.
#![allow(dead_code, reason = "each test uses a part of this")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

pub(crate) mod blocks;
pub(crate) mod book;
pub(crate) mod harmless;
pub(crate) mod random;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fieldbook::date::Date;
use fieldbook::path::SourcePath;
use fieldbook::source::{FileContent, Source, SourceEdit, Sources};
use fieldbook::workspace::{BuildOptions, OutputChange, Workspace};

/// A tree of files: path to content.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// Returns the options of every build in the tests, with a fixed day.
pub(crate) fn options() -> BuildOptions {
    BuildOptions {
        today: Date::parse("2026-11-22").expect("a day"),
        drafts: false,
        precompress: false,
        base_url: None,
        config: SourcePath::new("book.toml"),
        themes: BTreeSet::new(),
    }
}

/// Returns the sources of a book given as path and text.
pub(crate) fn sources(files: &[(&str, &str)]) -> Sources {
    files.iter().map(|(path, text)| source(path, text.as_bytes())).collect()
}

/// Returns one source.
pub(crate) fn source(path: &str, bytes: &[u8]) -> Source {
    Source::new(SourcePath::new(path), bytes.to_vec())
}

/// Returns a workspace with the book, and the site; `None` if the book has errors.
pub(crate) fn open(sources: Sources, options: BuildOptions) -> (Workspace, Option<Tree>) {
    let mut workspace = Workspace::new(options);
    let edits = sources.into_files().map(SourceEdit::Put).collect();
    let site = workspace.apply(edits).ok().map(|changes| {
        let mut tree = Tree::new();
        make(&mut tree, changes);
        tree
    });
    (workspace, site)
}

/// Writes a tree of files below a folder.
pub(crate) fn write_tree(tree: &Tree, folder: &Path) {
    for (path, bytes) in tree {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, bytes).expect("a file");
    }
}

/// Returns the download size of a file, packed with Brotli, in bytes.
pub(crate) fn packed(mut bytes: &[u8]) -> usize {
    let mut packed = Vec::new();
    let parameters = brotli::enc::BrotliEncoderParams { quality: 9, ..Default::default() };
    brotli::BrotliCompress(&mut bytes, &mut packed, &parameters).expect("packed");
    packed.len()
}

/// Returns whether a page of this repository's book is in one of its further languages.
pub(crate) fn in_further_language(page: &str) -> bool {
    ["fr/", "ar/"].iter().any(|folder| page.starts_with(folder))
}

/// Returns the pages of a site, without redirects.
pub(crate) fn pages(files: &Tree) -> Vec<&str> {
    let is_page = |(path, bytes): &(&String, &Vec<u8>)| {
        path.ends_with(".html")
            && !String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\"")
    };
    files.iter().filter(is_page).map(|(path, _)| path.as_str()).collect()
}

/// Returns the weight of each page with the styles and scripts that it loads by itself, as in
/// [`packed`], without pages that contain the texts of many notes.
pub(crate) fn weights(files: &Tree) -> Vec<(usize, &str)> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut weights = Vec::new();
    for page in pages(files).into_iter().filter(|page| !page.ends_with("/in-full.html")) {
        let html = String::from_utf8_lossy(&files[page]);
        let asked: Vec<&str> = ["rel=\"stylesheet\" href=\"", "<script src=\""]
            .iter()
            .flat_map(|before| html.split(before).skip(1))
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let named =
            files.keys().filter(|path| asked.iter().any(|address| address.ends_with(*path)));
        let named = named.map(|path| *known.entry(path).or_insert_with(|| packed(&files[path])));
        weights.push((packed(&files[page]) + named.sum::<usize>(), page));
    }
    weights
}

/// Applies the changes to the files of a site.
pub(crate) fn make(tree: &mut Tree, changes: Vec<OutputChange>) {
    for change in changes {
        match change {
            OutputChange::Write(path, bytes) => {
                tree.insert(path.to_string(), bytes.to_vec());
            }
            OutputChange::Remove(path) => {
                tree.remove(path.as_str());
            }
        }
    }
}

/// Returns the problems of the book, as lines.
pub(crate) fn lines(workspace: &Workspace) -> String {
    fieldbook::report::lines(workspace.diagnostics(), workspace.sources())
}

/// Returns the problems of the book, as lines with the end of each problem:
/// `path:line:column-line:column`.
pub(crate) fn places(workspace: &Workspace) -> String {
    use std::fmt::Write;
    let mut out = String::new();
    let problems = fieldbook::report::placed(workspace.diagnostics(), workspace.sources());
    for (problem, place) in problems {
        let fieldbook::diagnostic::Diagnostic { path, rule, severity, message, .. } = problem;
        let fieldbook::report::LinePlace { line, column, end_line, end_column } = place;
        let place = format!("{line}:{column}-{end_line}:{end_column}");
        let _ = writeln!(out, "{path}:{place}: {severity}[{}]: {message}", rule.name);
        for help in problem.helps() {
            let _ = writeln!(out, "  help: {help}");
        }
        for line in problem.shown_fix() {
            let _ = writeln!(out, "    {line}");
        }
    }
    out
}

/// Returns the files below a folder.
pub(crate) fn read_tree(folder: &Path) -> Tree {
    let mut tree = Tree::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder_now) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&folder_now) else { continue };
        for entry in entries.map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                open.push(entry);
            } else {
                let path =
                    entry.strip_prefix(folder).expect("below").to_string_lossy().replace('\\', "/");
                tree.insert(path, std::fs::read(&entry).expect("a file"));
            }
        }
    }
    tree
}

/// Returns the folder of the tests.
pub(crate) fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

/// Returns a theme without styles, so that the expected results don't change with the default
/// theme. A book selects it with `theme = "plain"`.
pub(crate) fn plain_theme() -> Vec<Source> {
    let files = read_tree(&tests().join("support/plain"));
    files.iter().map(|(path, bytes)| source(&format!("themes/plain/{path}"), bytes)).collect()
}

/// Returns the files that the built-in theme adds to every site, by address.
pub(crate) fn theme_files() -> Tree {
    let sources = fieldbook::render::builtin_files().into_iter().collect();
    let theme = fieldbook::render::Theme::new(
        &sources,
        "default",
        &fieldbook::config::ThemeSettings::default(),
        &mut Vec::new(),
    );
    let stamped: BTreeMap<_, _> = theme.assets.iter().map(|(name, path)| (path, name)).collect();
    let files = theme.files.iter().filter_map(|(path, file)| {
        let path = stamped.get(path).map_or(path.to_string(), |name| format!("assets/{name}"));
        match &file.content {
            FileContent::Bytes(bytes) => Some((path, bytes.to_vec())),
            FileContent::Text(text) => Some((path, text.as_bytes().to_vec())),
            FileContent::Refused(_) => None,
        }
    });
    files.collect()
}

/// Returns whether to write the expected results again: `UPDATE=1 cargo test`.
pub(crate) fn is_update() -> bool {
    std::env::var_os("UPDATE").is_some_and(|value| !value.is_empty() && value != "0")
}

/// Returns the entries of a folder, sorted by name.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// Returns the first line that differs between two texts, as expected and as found.
pub(crate) fn difference(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let (mut wanted, mut got) = (expected.split('\n'), found.split('\n'));
    for number in 1.. {
        match (wanted.next(), got.next()) {
            (Some(wanted), Some(got)) if wanted == got => {}
            (wanted, got) => {
                let shown = |line: Option<&str>| line.map_or("the end".to_owned(), str::to_owned);
                let (wanted, got) = (shown(wanted), shown(got));
                return Some(format!("line {number}\n    expected: {wanted}\n    found:    {got}"));
            }
        }
    }
    None
}
