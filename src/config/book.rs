//! `book.toml` as written, and the [`Config`] that it means.

use std::collections::BTreeMap;

use crate::table::rules::bad_config;
use serde_json::{Value, json};

use super::LanguageSettings;
use super::addresses::{BaseUrlShape, EditUrlShape};
use super::filters::SearchSettings;
use super::home::RawHomeList;
use super::kinds::{KindsShape, PAGE, RawKind};
use super::languages::{LanguagesShape, RawLanguage};
use super::names::{KindLookup, kind_id};
use super::notes_folder::NotesFolderShape;
use super::shapes::{BookLanguageShape, NameShape, SHORT_TEXT};
use super::theme::{DEFAULT_THEME, RawTheme, ThemeShape};
use super::{Config, Kind, MOST, SpannedText, check, files, filters, home};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::RuleTable;
use crate::language::Language;
use crate::path::SourcePath;
use crate::source::Source;
use crate::span::Span;
use crate::table::{
    DefaultShape, ListShape, NumberShape, ReadShape, ShortTextShape, TableReader, TableShape,
    TomlTable, ValueShape, keys,
};

const NAMES: ListShape<NameShape> = ListShape { items: NameShape, most: MOST };

keys! {
    /// The keys at the top of `book.toml`.
    pub(crate) BOOK_KEYS:

    TITLE: ShortTextShape = "title", SHORT_TEXT, "The title of the site.";
    DESCRIPTION: ShortTextShape = "description", SHORT_TEXT,
        "A sentence that says what the site is.";
    BASE_URL: BaseUrlShape = "base-url", BaseUrlShape,
        "The address at which the site will be published; only absolute addresses, as in feeds, \
         need it.";
    LANGUAGE: BookLanguageShape = "language", BookLanguageShape,
        "The language of notes whose file name names none.";
    LANGUAGES: LanguagesShape = "languages", LanguagesShape,
        "Further languages of the book: a list of codes, or a table for each.";
    CONTENT: NotesFolderShape = "content", NotesFolderShape,
        "The folder of the notes, from that of the book on: \".\" if they lie beside this file.";
    THEME: ThemeShape = "theme", ThemeShape,
        "The look of the site: the folder below themes/, or a table of settings.";
    PAGINATE: NumberShape = "paginate",
        NumberShape {
            range: 1..=1000,
            default: 50,
            message: "a list shows {range} entries on a page",
        },
        "The number of entries that a list shows on one page. A register shows five times as many rows.";
    MENU: ListShape<NameShape> = "menu", NAMES,
        "The entries of the navigation: names of kinds, or paths of notes. Without it, every kind.";
    HOME: ListShape<TableShape<Option<RawHomeList>>> = "home", home::LISTS,
        "The lists that the home page shows, in their order.";
    SEARCH: TableShape<SearchSettings> = "search", filters::TABLE,
        "The ways in which a search can be narrowed, and the words that are found for each other.";
    EDIT_URL: EditUrlShape = "edit-url", EditUrlShape,
        "The address at which a note is edited, with {path} for its file.";
    INDEXES: ListShape<NameShape> = "indexes", NAMES,
        "The pages and files over the whole book that the site has.";
    BACKLINKS: NumberShape = "backlinks",
        NumberShape {
            range: 1..=1000,
            default: 6,
            message: "a page shows {range} notes of those that point at it in one way",
        },
        "The number of notes that a page shows at most of those that point at it in one way; it links to \
         a list of all.";
    RELATED: NumberShape = "related",
        NumberShape {
            range: 0..=20,
            default: 0,
            message: "a page shows {range} related notes",
        },
        "The number of related notes that a page shows at most.";
    KINDS: KindsShape = "kinds", KindsShape, "The kinds of note, each under its name.";
    CHECK: RuleLevelsShape = "check", RuleLevelsShape,
        "The rules that the book sets, each to a level or to a table of its options.";
    FILES: TableShape<Vec<String>> = "files", files::TABLE,
        "The files that may lie beside the notes.";
}

/// The keys at the top of `book.toml` that must be there.
pub(crate) const BOOK_REQUIRED: &[&str] = &[TITLE.name];

/// `[check]`; its schema follows from the rules, and is put in by `schema`.
pub(crate) struct RuleLevelsShape;

impl ValueShape for RuleLevelsShape {
    fn schema(&self) -> Value {
        json!({ "type": "object" })
    }

    fn example(&self) -> &'static str {
        "{ … }"
    }
}

/// Reads `book.toml`.
pub(super) fn config(
    path: &SourcePath,
    source: Option<&Source>,
    rules: RuleTable,
    out: &mut Vec<Diagnostic>,
) -> Config {
    let Some(source) = source else {
        let message = format!("there is no {path} here");
        let help = format!(
            "a book is a folder with a {path}; name the folder with --root, or make a {path} that \
             holds at least: {}",
            TITLE.line()
        );
        out.push(Diagnostic::error(path, Span::default(), &bad_config::RULE, message).help(help));
        return RawConfig::default().resolve(&mut TableReader::new(path, 0, out));
    };
    let mut reader = TableReader::new(&source.path, 0, out);
    let Some(text) = source.text() else {
        // Why it was refused is reported with all refused files.
        return RawConfig::default().resolve(&mut reader);
    };
    let raw = reader
        .parse(text, &bad_config::RULE, |reader, table| RawConfig::read(reader, table, rules));
    raw.resolve(&mut reader)
}

/// The configuration as written; names of kinds and fields are not looked up yet.
#[derive(Default)]
struct RawConfig {
    title: Option<String>,
    description: Option<String>,
    base_url: Option<String>,
    language: Option<Language>,
    languages: Vec<RawLanguage>,
    theme: RawTheme,
    page_size: Option<u16>,
    menu: Vec<SpannedText>,
    home: Vec<Option<RawHomeList>>,
    search: SearchSettings,
    content: String,
    edit_url: Option<String>,
    indexes: Vec<SpannedText>,
    backlinks: Option<u16>,
    related: Option<u16>,
    kinds: Vec<RawKind>,
    check: check::RawStrictness,
    allowed_files: Vec<String>,
}

impl RawConfig {
    fn read(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>, rules: RuleTable) -> Self {
        let title = TITLE.take(table);
        let is_missing = title.is_none() && !table.holds_like(TITLE.name, &[]);
        if is_missing && reader.is_whole() {
            let message = "the book has no title";
            let help = format!("add a line at the top: {}", TITLE.line());
            reader.report(Span::default(), &bad_config::RULE, message).help.push(help);
        }
        Self {
            title: title.and_then(|entry| TITLE.shape.read(reader, entry)),
            description: DESCRIPTION.read(reader, table),
            base_url: BASE_URL.read(reader, table),
            language: LANGUAGE.read(reader, table),
            languages: LANGUAGES.read_or_default(reader, table),
            theme: THEME.read(reader, table).unwrap_or_default(),
            page_size: PAGINATE.read(reader, table),
            menu: MENU.read_or_default(reader, table),
            home: HOME.read_or_default(reader, table),
            search: SEARCH.read(reader, table).unwrap_or_default(),
            content: CONTENT.read_or_default(reader, table),
            edit_url: EDIT_URL.read(reader, table),
            indexes: INDEXES.read_or_default(reader, table),
            backlinks: BACKLINKS.read(reader, table),
            related: RELATED.read(reader, table),
            kinds: KINDS.read(reader, table).unwrap_or_default(),
            check: CHECK
                .take(table)
                .map(|entry| check::read(reader, entry, rules))
                .unwrap_or_default(),
            allowed_files: FILES.read(reader, table).unwrap_or_default(),
        }
    }

    fn resolve(self, reader: &mut TableReader<'_>) -> Config {
        let kinds = with_page(self.kinds);
        let names: Vec<String> = kinds.iter().map(|raw| raw.kind.name.clone()).collect();
        report_shared_folders(reader, &kinds);
        let find: KindLookup<'_> = &|reader, kind| kind_id(reader, &names, kind);
        let kinds: Vec<Kind> = kinds.into_iter().map(|raw| raw.resolve(reader, find)).collect();
        let language = self.language.unwrap_or_else(|| LANGUAGE.shape.default());
        let further = self.languages.iter().map(|raw| &raw.language);
        let further = further.filter(|other| **other != language).cloned();
        let languages: Vec<Language> = std::iter::once(language.clone()).chain(further).collect();
        let in_language: BTreeMap<Language, LanguageSettings> =
            self.languages.into_iter().map(|raw| raw.resolve(reader, &languages)).collect();
        let check = self.check.resolve(reader, &names, &languages);
        let (theme, theme_span) =
            self.theme.folder.unwrap_or_else(|| (DEFAULT_THEME.to_owned(), Span::default()));
        Config {
            path: reader.path().to_string(),
            title: self.title.unwrap_or_default(),
            description: self.description.unwrap_or_default(),
            base_url: self.base_url,
            languages,
            in_language,
            theme_span,
            theme,
            theme_settings: self.theme.settings,
            page_size: self.page_size.unwrap_or(PAGINATE.shape.default).into(),
            menu: self.menu,
            home: home::known(self.home.into_iter().flatten(), reader, find),
            filters: filters::known(self.search.filters, &kinds, reader),
            synonyms: self.search.synonyms,
            content: self.content,
            edit_url: self.edit_url,
            indexes: self.indexes,
            backlinks: self.backlinks.unwrap_or(BACKLINKS.shape.default).into(),
            related: self.related.unwrap_or(RELATED.shape.default).into(),
            kinds_of_folders: kinds.len() == 1,
            kinds,
            // Words are read with those of the interface.
            kinds_in: BTreeMap::new(),
            home_in: BTreeMap::new(),
            check,
            // `Config::read` puts in the table that was handed to it.
            rules: RuleTable::default(),
            allowed_files: self.allowed_files,
        }
    }
}

/// Moves the kind of notes outside the kinds' folders to the end, or adds it there.
fn with_page(mut kinds: Vec<RawKind>) -> Vec<RawKind> {
    let page = match kinds.iter().position(|raw| raw.kind.name == PAGE) {
        Some(at) => kinds.remove(at),
        None => RawKind::empty(PAGE),
    };
    kinds.push(page);
    kinds
}

fn report_shared_folders(reader: &mut TableReader<'_>, kinds: &[RawKind]) {
    for (at, raw) in kinds.iter().enumerate() {
        let Some(folder) = &raw.kind.folder else { continue };
        if kinds[..at].iter().any(|other| other.kind.folder.as_ref() == Some(folder)) {
            let message = format!("two kinds have the folder \"{folder}\"");
            reader.report(raw.span, &bad_config::RULE, message);
        }
    }
}
