//! A new book: its files, from templates that are compiled in.

use include_dir::{Dir, include_dir};

use crate::diagnostic::RuleTable;
use crate::language::Language;
use crate::path::SourcePath;
use crate::schema;
use crate::table::quoted;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/authoring/templates");

/// The folder with the files of every book.
const COMMON: &str = "common";

/// The beginning of the names of templates of files whose names begin with a dot.
const DOT: &str = "dot-";

/// The guide for contributors, which a code host also finds among its own files.
const GUIDE: &str = "CONTRIBUTING.md";

/// The schema of the configuration, for editors.
const SCHEMA: &str = ".vscode/book.schema.json";

/// A template of a book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BookTemplate {
    /// Themes, recommendations, lessons, meetings and organisations.
    ContactGroup,
    /// Guides, policies and roles.
    Handbook,
    /// No kinds.
    Empty,
}

/// The wishes for a new book.
#[derive(Clone, Debug)]
pub struct NewBook {
    /// The title.
    pub title: String,
    /// The language of its notes.
    pub language: Language,
}

/// A file of a new book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// The path in the book.
    pub path: SourcePath,
    /// The text.
    pub text: String,
}

impl BookTemplate {
    /// Every template with its name.
    pub const ALL: [(&'static str, Self); 3] = [
        ("contact-group", Self::ContactGroup),
        ("handbook", Self::Handbook),
        ("empty", Self::Empty),
    ];

    /// Returns the name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, template)| *template == self).map_or("", |(name, _)| name)
    }
}

/// Returns the configuration and the notes of a new book.
pub fn book_files(template: BookTemplate, book: &NewBook) -> Vec<NewFile> {
    files(template.name(), book)
}

/// Returns the files of every book besides its notes and its configuration, which may set `rules`: those for version
/// control, editors, a code host and contributors. If `hides_guide`, the guide is no note beside the others.
pub fn companion_files(book: &NewBook, rules: RuleTable, hides_guide: bool) -> Vec<NewFile> {
    let mut all = files(COMMON, book);
    if hides_guide {
        let guide = all.iter_mut().filter(|file| file.path.as_str() == GUIDE);
        guide.for_each(|file| file.path = SourcePath::new(format!(".github/{GUIDE}")));
    }
    all.push(NewFile { path: SourcePath::new(SCHEMA), text: schema::of_config(rules) });
    all.sort_by(|a, b| a.path.cmp(&b.path));
    all
}

fn files(template: &str, book: &NewBook) -> Vec<NewFile> {
    let mut out = Vec::new();
    if let Some(folder) = TEMPLATES.get_dir(template) {
        gather(folder, template, book, &mut out);
    }
    out.sort_by(|a, b| a.path.cmp(&b.path));
    out
}

fn gather(folder: &Dir<'_>, top: &str, book: &NewBook, out: &mut Vec<NewFile>) {
    for file in folder.files() {
        let path = file.path().to_str().unwrap_or_default().replace('\\', "/");
        let below = path.strip_prefix(top).unwrap_or(&path).trim_start_matches('/');
        let path = below.split('/').map(|part| match part.strip_prefix(DOT) {
            Some(name) => format!(".{name}"),
            None => part.to_owned(),
        });
        let path = SourcePath::new(path.collect::<Vec<String>>().join("/"));
        let text = filled(file.contents_utf8().unwrap_or_default(), book);
        out.push(NewFile { path, text });
    }
    folder.dirs().for_each(|folder| gather(folder, top, book, out));
}

fn filled(text: &str, book: &NewBook) -> String {
    text.replace("{{title}}", &quoted(&book.title))
        .replace("{{language}}", &quoted(book.language.as_str()))
}
