//! `book.toml` as written → [`Config`] as meant.

use super::fields::fields;
use super::shown::{self, PendingFeatures};
use super::values::{items, number, spanned, text};
use super::{
    BookIndex, Config, FieldShape, Kind, KindFeatures, KindId, LONGEST_TEXT, MOST, NoteOrder,
    SpannedText, check, files, filters, home,
};
use crate::config::rules::bad_config;
use crate::diagnostic::{Diagnostic, RuleTable};
use crate::language::Language;
use crate::path::SourcePath;
use crate::source::Source;
use crate::span::Span;
use crate::table::{TableReader, TomlEntry, TomlTable, quoted, suggest};

/// The kind of notes outside the kinds' folders.
const PAGE: &str = "page";

/// The keys that every note may have, and that no field may take.
pub(crate) const COMMON_KEYS: &[&str] = &[
    "title",
    "summary",
    "date",
    "updated",
    "status",
    "endorsed-by",
    "withdrawn-reason",
    "withdrawn-on",
    "comment-until",
    "comment-to",
    "supersedes",
    "sources",
    "review-by",
    "aliases",
    "changes",
    "order",
    "terms",
    "except",
];

/// How a kind that is named in the configuration is found.
pub(super) type KindLookup<'a> = &'a dyn Fn(&mut TableReader<'_>, &SpannedText) -> Option<KindId>;

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
             holds at least: title = \"…\""
        );
        out.push(Diagnostic::error(path, Span::default(), &bad_config::RULE, message).help(help));
        return RawConfig::default().resolve(&mut TableReader::new(path, 0, out));
    };
    let mut reader = TableReader::new(&source.path, 0, out);
    let Some(text) = source.text() else {
        // Why it was refused is reported with all refused files.
        return RawConfig::default().resolve(&mut reader);
    };
    let raw = reader.parse(text, &bad_config::RULE, |reader, table| raw(reader, table, rules));
    raw.resolve(&mut reader)
}

#[derive(Default)]
struct RawConfig {
    title: Option<String>,
    description: Option<String>,
    base_url: Option<String>,
    language: Option<Language>,
    languages: Vec<Language>,
    theme: Option<(String, Span)>,
    page_size: Option<usize>,
    menu: Vec<SpannedText>,
    home: Vec<home::RawHomeList>,
    filters: Vec<SpannedText>,
    edit_url: Option<String>,
    indexes: Vec<BookIndex>,
    related: usize,
    kinds: Vec<RawKind>,
    check: check::RawStrictness,
    allowed_files: Vec<String>,
}

struct RawKind {
    kind: Kind,
    span: Span,
    targets: Vec<(usize, Vec<SpannedText>)>,
    pending: PendingFeatures,
}

fn raw(reader: &mut TableReader<'_>, table: &mut TomlTable<'_, '_>, rules: RuleTable) -> RawConfig {
    let title = table.take("title");
    let is_missing = title.is_none() && !table.holds_like("title", &[]);
    if is_missing && reader.is_whole() {
        let message = "the book has no title";
        let help = "add a line at the top: title = \"…\"".to_owned();
        reader.report(Span::default(), &bad_config::RULE, message).help.push(help);
    }
    RawConfig {
        title: title.and_then(|entry| reader.short_text(entry, LONGEST_TEXT)),
        description: text(reader, table, "description"),
        base_url: table.take("base-url").and_then(|entry| base_url(reader, entry)),
        language: table.take("language").and_then(|entry| language(reader, entry)),
        languages: items(reader, table, "languages", MOST, language),
        theme: table.take("theme").and_then(|entry| Some((folder(reader, entry)?, entry.span))),
        page_size: number(
            reader,
            table,
            "paginate",
            1..=1000,
            "a list shows from 1 to 1000 entries on a page",
        ),
        menu: items(reader, table, "menu", MOST, spanned),
        home: home::read(reader, table),
        filters: table.take("search").map_or_else(Vec::new, |entry| filters::read(reader, entry)),
        edit_url: table.take("edit-url").and_then(|entry| edit_url(reader, entry)),
        indexes: shown::indexes(reader, table),
        related: number(
            reader,
            table,
            "related",
            0..=20,
            "a page shows from 0 to 20 related notes",
        )
        .unwrap_or(0),
        kinds: table.take("kinds").map_or_else(Vec::new, |entry| kinds(reader, entry)),
        check: table
            .take("check")
            .map_or_else(check::RawStrictness::default, |e| check::read(reader, e, rules)),
        allowed_files: files::read(reader, table),
    }
}

impl RawConfig {
    fn resolve(self, reader: &mut TableReader<'_>) -> Config {
        let mut kinds = self.kinds;
        if let Some(page) = kinds.iter().position(|raw| raw.kind.name == PAGE) {
            let page = kinds.remove(page);
            kinds.push(page);
        } else {
            kinds.push(RawKind {
                kind: empty_kind(PAGE),
                span: Span::default(),
                targets: Vec::new(),
                pending: PendingFeatures::default(),
            });
        }
        let names: Vec<String> = kinds.iter().map(|raw| raw.kind.name.clone()).collect();
        for at in 0..kinds.len() {
            let folder = kinds[at].kind.folder.clone();
            if folder.is_some() && kinds[..at].iter().any(|raw| raw.kind.folder == folder) {
                let message =
                    format!("two kinds have the folder \"{}\"", folder.unwrap_or_default());
                reader.report(kinds[at].span, &bad_config::RULE, message);
            }
            for (field, targets) in std::mem::take(&mut kinds[at].targets) {
                let ids = targets.iter().filter_map(|target| kind_id(reader, &names, target));
                let ids: Vec<KindId> = ids.collect();
                if let FieldShape::Reference { to, .. } = &mut kinds[at].kind.fields[field].shape {
                    *to = ids;
                }
            }
            let pending = std::mem::take(&mut kinds[at].pending);
            let refer: KindLookup<'_> = &|reader, kind| kind_id(reader, &names, kind);
            shown::settle(reader, &mut kinds[at].kind, pending, refer);
        }
        let language = self.language.unwrap_or_else(Language::english);
        let further = self.languages.into_iter().filter(|other| *other != language);
        Config {
            path: reader.path().to_string(),
            title: self.title.unwrap_or_default(),
            description: self.description.unwrap_or_default(),
            base_url: self.base_url,
            languages: std::iter::once(language.clone()).chain(further).collect(),
            theme_span: self.theme.as_ref().map_or(Span::default(), |theme| theme.1),
            theme: self.theme.map_or_else(|| "default".to_owned(), |theme| theme.0),
            page_size: self.page_size.unwrap_or(50),
            menu: self.menu,
            home: home::known(self.home, &names, reader),
            filters: filters::known(self.filters, kinds.iter().map(|raw| &raw.kind), reader),
            edit_url: self.edit_url,
            indexes: self.indexes,
            related: self.related,
            kinds: kinds.into_iter().map(|raw| raw.kind).collect(),
            check: self.check.resolve(reader, &names),
            rules: RuleTable::default(),
            allowed_files: self.allowed_files,
        }
    }
}

fn kinds(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Vec<RawKind> {
    let entries = reader.nested(entry, |_, table| table.take_all()).unwrap_or_default();
    let entries = reader.at_most(entries, MOST, &bad_config::RULE).into_iter();
    entries.filter_map(|entry| reader.nested(entry, |r, t| kind(r, t, entry))).collect()
}

fn kind(
    reader: &mut TableReader<'_>,
    table: &mut TomlTable<'_, '_>,
    entry: TomlEntry<'_>,
) -> RawKind {
    let mut targets = Vec::new();
    check_name(reader, entry);
    let written = table.take("folder");
    if written.is_none() && entry.key != PAGE && reader.is_whole() {
        let message = format!("the kind \"{}\" has no folder", entry.key);
        let help = "notes get their kind from the folder they lie in: folder = \"…\"".to_owned();
        reader.report(entry.key_span, &bad_config::RULE, message).help.push(help);
    }
    let folder = written.and_then(|entry| folder(reader, entry));
    let default = empty_kind(entry.key);
    let (shown, pending) = shown::shown(reader, table);
    let kind = Kind {
        shown,
        title: text(reader, table, "title").unwrap_or(default.title),
        plural: text(reader, table, "plural").unwrap_or(default.plural),
        feed: table.take("feed").and_then(|entry| reader.flag(entry)).unwrap_or(false),
        in_full: table.take("in-full").and_then(|entry| reader.flag(entry)).unwrap_or(false),
        numbered: table.take("numbered").and_then(|entry| reader.flag(entry)).unwrap_or(false),
        about: text(reader, table, "about"),
        order: table
            .take("order")
            .and_then(|entry| order(reader, entry))
            .unwrap_or(NoteOrder::Title),
        fields: table.take("fields").map_or_else(Vec::new, |e| fields(reader, e, &mut targets)),
        folder,
        name: default.name,
    };
    RawKind { kind, span: entry.key_span, targets, pending }
}

fn empty_kind(name: &str) -> Kind {
    Kind {
        name: name.to_owned(),
        folder: None,
        title: label(name),
        plural: format!("{}s", label(name)),
        fields: Vec::new(),
        feed: false,
        in_full: false,
        numbered: false,
        about: None,
        order: NoteOrder::Title,
        shown: KindFeatures::default(),
    }
}

/// Names of kinds and fields become parts of addresses.
pub(super) fn check_name(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if entry.key.is_empty() || !entry.key.bytes().all(plain) {
        let message = format!("\"{}\" can't be the name of a kind or field", entry.key);
        let help = "a name consists of the letters a to z, digits and hyphens".to_owned();
        reader.report(entry.key_span, &bad_config::RULE, message).help.push(help);
    }
}

/// `endorsed-by` → `Endorsed by`.
pub(crate) fn label(key: &str) -> String {
    let words = key.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(super) fn kind_id(
    reader: &mut TableReader<'_>,
    names: &[String],
    target: &SpannedText,
) -> Option<KindId> {
    let found = names.iter().position(|name| *name == target.text);
    if found.is_none() {
        let near = reader.nearest(&target.text, names.iter().map(String::as_str));
        let message = format!("no kind is called \"{}\"", target.text);
        let diagnostic = reader.report(target.span, &bad_config::RULE, message);
        suggest(diagnostic, &target.text, &near, quoted);
    }
    found.map(|at| KindId(at as u16))
}

fn language(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<Language> {
    let code = reader.text(entry)?;
    let language = Language::new(&code);
    if language.is_none() {
        let message = format!("\"{code}\" is not the code of a language");
        let help = "a code is two or three letters, such as en, fr or ar".to_owned();
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
    }
    language
}

fn base_url(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
    let url = reader.text(entry)?;
    if !is_base_url(&url) {
        let message = "the base address must begin with https:// or http://, and hold no ? or #";
        reader.report(entry.span, &bad_config::RULE, message);
        return None;
    }
    Some(with_slash(&url))
}

fn edit_url(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
    let url = reader.text(entry)?;
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    if !is_web || !url.contains("{path}") {
        let message = "the address to edit at must begin with https:// or http://, and hold {path}";
        let help = "for example https://github.com/NAME/BOOK/edit/main/{path}".to_owned();
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
        return None;
    }
    Some(url)
}

/// Whether `url` can be the address a site is published at.
pub(crate) fn is_base_url(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let fits = |host: &str| !host.is_empty() && !host.starts_with('/');
    let is_unfit = |c: char| matches!(c, '?' | '#' | ' ' | '"' | '<' | '>') || c.is_control();
    host.is_some_and(fits) && !url.contains(is_unfit)
}

/// `url` with a slash at its end.
pub(crate) fn with_slash(url: &str) -> String {
    format!("{}/", url.trim_end_matches('/'))
}

/// A folder of the book, named without slashes at its ends.
fn folder(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<String> {
    let name = reader.text(entry)?;
    let trimmed = name.trim_matches('/');
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains('\\');
    if trimmed.len() <= LONGEST_TEXT && trimmed.split('/').all(plain) {
        return Some(trimmed.to_owned());
    }
    let message = format!("\"{name}\" is not the name of a folder inside the book");
    reader.report(entry.span, &bad_config::RULE, message);
    None
}

fn order(reader: &mut TableReader<'_>, entry: TomlEntry<'_>) -> Option<NoteOrder> {
    let orders = [
        ("order", NoteOrder::Order),
        ("title", NoteOrder::Title),
        ("date", NoteOrder::Date),
        ("-date", NoteOrder::DateDescending),
        ("path", NoteOrder::Path),
    ];
    let name = reader.text(entry)?;
    let found = orders.iter().find(|(known, _)| *known == name);
    if found.is_none() {
        let message = format!("notes can't be ordered by \"{name}\"");
        let help = "order takes: order, title, date, -date (the newest first) or path".to_owned();
        reader.report(entry.span, &bad_config::RULE, message).help.push(help);
    }
    found.map(|(_, order)| *order)
}
