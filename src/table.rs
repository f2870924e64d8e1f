//! A reader of TOML with places: every value knows where it stands, every problem is a diagnostic,
//! and keys that nobody asked for are reported as unknown. `table/key` holds keys that are declared
//! once, and `table/shape` the shapes of their values.

mod declared;
pub mod json;
mod key;
pub mod rules;
mod shape;
mod syntax;
mod value;

use std::collections::BTreeSet;

pub use declared::{DeclaredKey, DefaultShape, ReadShape, ValueShape};
pub use key::TomlKey;
pub(crate) use key::keys;
pub use shape::{FlagShape, ListShape, NumberShape, ShortTextShape, TableShape, TextShape};
pub(crate) use syntax::{CURLY, quoted, quoted_in_line};
use syntax::{SyntaxExplanation, SyntaxFault};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};
pub(crate) use value::text_in_place;

use crate::diagnostic::{Diagnostic, Fix, FixSafety, Rule};
use crate::nearest::{SUGGESTED, Suggestions, is_slip, nearest};
use crate::path::SourcePath;
use crate::span::Span;
use crate::table::rules::{bad_date, unknown_key};

/// The most times that a text is read again without the lines that can't be read.
const ROUNDS: usize = 30;

/// Reads the tables of one TOML text and gathers what is wrong with them.
pub struct TableReader<'o> {
    path: SourcePath,
    base: usize,
    is_whole: bool,
    has_lost: bool,
    /// Keys of the note that stand below the heading of another table, and so belong to that.
    strayed: BTreeSet<String>,
    /// The number of times that names were suggested.
    suggested: usize,
    out: &'o mut Vec<Diagnostic>,
}

/// A table whose entries are taken one by one.
pub struct TomlTable<'t, 'k> {
    /// The place of the table.
    pub span: Span,
    entries: Vec<TomlEntry<'t>>,
    asked: Vec<&'k str>,
    /// Keys with another name: that one, and the name they go by.
    renamed: Vec<(&'k str, &'k str)>,
}

/// One `key = value`.
#[derive(Clone, Copy)]
pub struct TomlEntry<'t> {
    /// The key as written.
    pub key: &'t str,
    /// The place of the key.
    pub key_span: Span,
    /// The place of the value.
    pub span: Span,
    /// True for an item of a list, which has the key of the list.
    is_item: bool,
    value: &'t DeValue<'t>,
}

impl<'o> TableReader<'o> {
    /// Makes a reader for a text that starts `base` bytes into the file at `path`.
    pub fn new(path: &SourcePath, base: usize, out: &'o mut Vec<Diagnostic>) -> Self {
        let (path, strayed) = (path.clone(), BTreeSet::new());
        Self { path, base, is_whole: true, has_lost: false, strayed, suggested: 0, out }
    }

    /// Parses `text` and hands its top table to `read`. Lines that can't be parsed are reported as
    /// breaches of `rule`, and the others are read all the same.
    pub fn parse<'k, R>(
        &mut self,
        text: &str,
        rule: &'static Rule,
        read: impl FnOnce(&mut Self, &mut TomlTable<'_, 'k>) -> R,
    ) -> R {
        let (tree, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return self.take(&tree, read);
        }
        let text = self.readable(text.to_owned(), rule);
        let (tree, _) = DeTable::parse_recoverable(&text);
        self.take(&tree, read)
    }

    /// Reports the lines of `text` that can't be parsed, and puts others in their place. What stands below
    /// one may be lost with it, so the rest is read again.
    fn readable(&mut self, mut text: String, rule: &'static Rule) -> String {
        for _ in 0..ROUNDS {
            let (_, errors) = DeTable::parse_recoverable(&text);
            if errors.is_empty() {
                break;
            }
            let mut readable = text.clone();
            for problem in syntax::explain(&text, &errors) {
                let lines = problem.lines;
                let is_lost = problem.instead.is_none();
                self.is_whole &= !is_lost;
                let instead = problem.instead.unwrap_or_else(|| blank(&text[lines.clone()]));
                readable.replace_range(lines, &instead);
                let SyntaxExplanation { place, fault, help } = problem.explained;
                let written = &text[problem.setting.clone()];
                let setting = Span::shifted(problem.setting, self.base);
                let is_date = matches!(fault, SyntaxFault::NoDate(_));
                let rule = if is_date { &bad_date::RULE } else { rule };
                self.has_lost |= is_lost && !is_date;
                let span = Span::shifted(place, self.base);
                let mut diagnostic = Diagnostic::error(&self.path, span, rule, fault.message());
                if let Some(help) = help {
                    diagnostic.fixes = help.fixes(written, setting).into();
                    diagnostic = diagnostic.help(help.sentence);
                }
                self.out.push(diagnostic);
            }
            text = readable;
        }
        text
    }

    fn take<'k, R>(
        &mut self,
        tree: &Spanned<DeTable<'_>>,
        read: impl FnOnce(&mut Self, &mut TomlTable<'_, 'k>) -> R,
    ) -> R {
        let mut table = self.table(Span::shifted(tree.span(), self.base), tree.get_ref());
        let result = read(self, &mut table);
        self.finish(table);
        result
    }

    /// Returns the path of the file being read.
    pub fn path(&self) -> &SourcePath {
        &self.path
    }

    /// Returns whether every line could be parsed; if not, a key that seems to be missing may stand in
    /// the others.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Returns whether a line that may hold anything could not be parsed. A line with a wrong date holds
    /// nothing else.
    pub fn has_lost(&self) -> bool {
        self.has_lost
    }

    /// Reports a problem of the text being read.
    pub fn report(
        &mut self,
        span: Span,
        rule: &'static Rule,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let at = self.out.len();
        self.out.push(Diagnostic::error(&self.path, span, rule, message));
        &mut self.out[at]
    }

    /// Adds a problem that was found elsewhere.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    /// Reports a warning about the text being read.
    pub fn warn(
        &mut self,
        span: Span,
        rule: &'static Rule,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.out.push(Diagnostic::warning(&self.path, span, rule, message).help(help));
    }

    /// Returns the names nearest to `written`; none once there were too many mistakes in one text.
    pub fn nearest<'a>(
        &mut self,
        written: &str,
        names: impl IntoIterator<Item = &'a str>,
    ) -> Vec<&'a str> {
        self.suggested += 1;
        if self.suggested > SUGGESTED { Vec::new() } else { nearest(written, names) }
    }

    fn table<'t, 'k>(&self, span: Span, table: &'t DeTable<'t>) -> TomlTable<'t, 'k> {
        let entry =
            |(key, value): (&'t Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>)| TomlEntry {
                key: key.get_ref(),
                key_span: Span::shifted(key.span(), self.base),
                span: Span::shifted(value.span(), self.base),
                is_item: false,
                value: value.get_ref(),
            };
        TomlTable {
            span,
            entries: table.iter().map(entry).collect(),
            asked: Vec::new(),
            renamed: Vec::new(),
        }
    }

    /// Returns whether the key was written below the heading of another table, which was reported.
    pub fn has_strayed(&self, key: &str) -> bool {
        self.strayed.contains(key)
    }

    /// Reports entries of the table below `[[heading]]` that are meant for the text as a whole,
    /// as `is_meant` knows them by their keys.
    pub fn stray<'t>(
        &mut self,
        table: &mut TomlTable<'t, '_>,
        heading: &str,
        is_meant: impl Fn(&str) -> bool,
    ) {
        let (strayed, kept): (Vec<TomlEntry<'t>>, Vec<TomlEntry<'t>>) =
            std::mem::take(&mut table.entries).into_iter().partition(|entry| is_meant(entry.key));
        table.entries = kept;
        for entry in strayed {
            let message =
                format!("\"{}\" stands below [[{heading}]], so it belongs to that part", entry.key);
            let help =
                format!("move this line up, above the first line that begins with [[{heading}]]");
            self.report(entry.key_span, &unknown_key::RULE, message).help.push(help);
            self.strayed.insert(entry.key.to_owned());
        }
    }

    /// Reports entries that nobody asked for.
    pub fn finish(&mut self, table: TomlTable<'_, '_>) {
        for entry in &table.entries {
            if let Some((former, name)) = table.renamed.iter().find(|(name, _)| *name == entry.key)
            {
                let message =
                    format!("\"{former}\" is another name of \"{name}\", which is set too");
                let help = "keep one of the two lines and delete the other".to_owned();
                self.report(entry.key_span, &unknown_key::RULE, message).help.push(help);
                continue;
            }
            let near = self.nearest(entry.key, table.asked.iter().copied());
            let message = format!("nothing here is called \"{}\"", entry.key);
            let diagnostic = self.report(entry.key_span, &unknown_key::RULE, message);
            suggest(diagnostic, entry.key, &near, str::to_owned);
            if near.is_empty() && !table.asked.is_empty() {
                let keys = table.asked.join(", ");
                diagnostic.help.push(format!("the keys that can stand here are: {keys}"));
            }
        }
    }
}

/// Adds the names that may have been meant by what was `written` at the place of the problem, with
/// fixes that write them there, spelled as TOML has them. A single one that differs by one slip is
/// certain.
pub fn suggest(
    diagnostic: &mut Diagnostic,
    written: &str,
    near: &[&str],
    spell: impl Fn(&str) -> String,
) {
    let safety = FixSafety::when(matches!(near, [one] if is_slip(written, one)));
    for name in near {
        let name = spell(name);
        let fix = Fix::new(format!("write {name}"), safety).replace(diagnostic.span, name);
        diagnostic.add_fix(fix);
    }
    diagnostic.meant = near.iter().map(|name| (*name).to_owned()).collect();
}

/// Returns as many blank lines, of as many bytes.
fn blank(lines: &str) -> String {
    lines.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

impl<'t, 'k> TomlTable<'t, 'k> {
    /// Takes the entry called `key`, if there is one.
    pub fn take(&mut self, key: &'k str) -> Option<TomlEntry<'t>> {
        self.asked.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Takes the entry called `former` if none was found under its other name, `key`.
    pub(super) fn take_former(
        &mut self,
        key: &'k str,
        former: &'k str,
        found: Option<TomlEntry<'t>>,
    ) -> Option<TomlEntry<'t>> {
        self.renamed.push((former, key));
        found.or_else(|| {
            let at = self.entries.iter().position(|entry| entry.key == former)?;
            Some(self.entries.remove(at))
        })
    }

    /// Returns whether an entry that nobody took is called nearly `key`, and none of `others`.
    pub fn holds_like(&self, key: &str, others: &[&str]) -> bool {
        let key = Suggestions::new([key]);
        let is_like = |entry: &TomlEntry<'_>| !key.near(entry.key).is_empty();
        self.entries.iter().any(|entry| is_like(entry) && !others.contains(&entry.key))
    }

    /// Returns whether every entry was taken.
    pub fn is_taken(&self) -> bool {
        self.entries.is_empty()
    }

    /// Takes every entry there is, in the order written.
    pub fn take_all(&mut self) -> Vec<TomlEntry<'t>> {
        std::mem::take(&mut self.entries)
    }
}

impl TomlEntry<'_> {
    /// Returns whether it is an item of a list.
    pub fn is_item(&self) -> bool {
        self.is_item
    }

    /// Returns whether the value is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.value, DeValue::Array(_))
    }

    /// Returns whether the value is a table.
    pub fn is_table(&self) -> bool {
        matches!(self.value, DeValue::Table(_))
    }
}
