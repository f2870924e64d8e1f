//! A reader of settings with places: every value knows where it stands, every problem is a diagnostic,
//! and keys that nobody asked for are reported as unknown. Settings are written in TOML, or in YAML
//! (`table/yaml`); `table/written` is the seam at which both become one table. `table/key` holds keys
//! that are declared once, and `table/shape` the shapes of their values.

mod bare;
mod declared;
pub mod json;
mod key;
mod notation;
mod parsing;
mod places;
pub mod rules;
mod shape;
mod syntax;
mod untyped;
mod value;
mod written;
mod yaml;

use std::collections::BTreeSet;

pub use declared::{DeclaredKey, DefaultShape, ReadShape, ValueShape};
pub use key::TomlKey;
pub(crate) use key::keys;
pub use notation::Notation;
pub use places::{ItemPlace, PlacedPart, SettingForm, SettingPlace, part_places, setting_places};
pub use shape::{FlagShape, ListShape, NumberShape, ShortTextShape, TableShape, TextShape};
pub(crate) use syntax::{CURLY, quoted};
pub use untyped::{UntypedSettings, UntypedValue, untyped};
pub(crate) use value::text_in_place;
use written::{WrittenPart, WrittenValue};

use crate::diagnostic::{Diagnostic, Fix, FixSafety, Rule};
use crate::nearest::{SUGGESTED, Suggestions, is_slip, nearest};
use crate::path::SourcePath;
use crate::span::Span;
use crate::table::rules::unknown_key;

/// Reads the tables of one text of settings and gathers what is wrong with them.
pub struct TableReader<'o> {
    path: SourcePath,
    base: usize,
    notation: Notation,
    /// Gathers the keys of the top table that nothing reads and that are like no other, for somebody else
    /// to report.
    others: Option<Vec<(Box<str>, Span)>>,
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
    value: WrittenValue<'t>,
}

impl<'o> TableReader<'o> {
    /// Makes a reader for a text that starts `base` bytes into the file at `path`.
    pub fn new(path: &SourcePath, base: usize, out: &'o mut Vec<Diagnostic>) -> Self {
        let (path, strayed) = (path.clone(), BTreeSet::new());
        Self {
            path,
            base,
            notation: Notation::Toml,
            others: None,
            is_whole: true,
            has_lost: false,
            strayed,
            suggested: 0,
            out,
        }
    }

    /// Has the text read in this notation.
    pub fn in_notation(mut self, notation: Notation) -> Self {
        self.notation = notation;
        self
    }

    /// Has keys of the top table gathered that nothing reads, unless they are nearly called like one that
    /// can stand there.
    pub fn gathering_others(mut self) -> Self {
        self.others = Some(Vec::new());
        self
    }

    /// Returns the keys that were gathered.
    pub fn into_others(self) -> Vec<(Box<str>, Span)> {
        self.others.unwrap_or_default()
    }

    /// Returns the notation of the text.
    pub fn notation(&self) -> Notation {
        self.notation
    }

    fn take<'k, R>(
        &mut self,
        place: std::ops::Range<usize>,
        part: WrittenPart<'_>,
        read: impl FnOnce(&mut Self, &mut TomlTable<'_, 'k>) -> R,
    ) -> R {
        let mut table = self.table(Span::shifted(place, self.base), part);
        let result = read(self, &mut table);
        let mut others = self.others.take();
        if let Some(others) = &mut others {
            self.gather(&mut table, others);
        }
        self.finish(table);
        self.others = others;
        result
    }

    /// Moves the keys of a table that are like none that was asked for to `others`.
    fn gather(&self, table: &mut TomlTable<'_, '_>, others: &mut Vec<(Box<str>, Span)>) {
        if table.entries.is_empty() {
            return;
        }
        let names = Suggestions::new(table.asked.iter().copied());
        table.entries.retain(|entry| {
            let is_renamed = table.renamed.iter().any(|(name, _)| *name == entry.key);
            // Among so many, nobody looks for a slip.
            let are_many = others.len() > SUGGESTED;
            let is_other = !is_renamed && (are_many || names.near(entry.key).is_empty());
            if is_other {
                others.push((entry.key.into(), entry.key_span));
            }
            !is_other
        });
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

    fn table<'t, 'k>(&self, span: Span, part: WrittenPart<'t>) -> TomlTable<'t, 'k> {
        let mut entries = Vec::with_capacity(part.len());
        part.each(|(key, key_place, place, value)| {
            entries.push(TomlEntry {
                key,
                key_span: Span::shifted(key_place, self.base),
                span: Span::shifted(place, self.base),
                is_item: false,
                value,
            });
        });
        TomlTable { span, entries, asked: Vec::new(), renamed: Vec::new() }
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
        // In YAML, the column says what a line belongs to.
        if self.notation == Notation::Yaml {
            return;
        }
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

impl<'t, 'k> TomlTable<'t, 'k> {
    /// Takes the entry called `key`, if there is one. A key of YAML without a value counts as not there.
    pub fn take(&mut self, key: &'k str) -> Option<TomlEntry<'t>> {
        self.asked.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        let entry = self.entries.remove(at);
        (!matches!(entry.value, WrittenValue::Nothing)).then_some(entry)
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
            let entry = self.entries.remove(at);
            (!matches!(entry.value, WrittenValue::Nothing)).then_some(entry)
        })
    }

    /// Returns whether an entry that nobody took is called nearly `key`, and none of `others`.
    pub fn holds_like(&self, key: &str, others: &[&str]) -> bool {
        let key = Suggestions::new([key]);
        let is_like = |entry: &TomlEntry<'_>| !key.near(entry.key).is_empty();
        let mut entries = self.entries.iter().take(SUGGESTED);
        entries.any(|entry| is_like(entry) && !others.contains(&entry.key))
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
        matches!(self.value, WrittenValue::List(_))
    }

    /// Returns whether the value is a table.
    pub fn is_table(&self) -> bool {
        matches!(self.value, WrittenValue::Part(_))
    }
}
