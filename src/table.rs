//! Reading TOML with places: every value knows where it stands, every problem is a diagnostic, and
//! what nobody asked for is reported as unknown.

mod syntax;

use std::borrow::Cow;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::date::Date;
use crate::diagnostic::{Code, Diagnostic};
use crate::nearest::nearest;
use crate::path::SourcePath;
use crate::span::Span;

/// How often a text is read again without the lines that can't be read.
const ROUNDS: usize = 30;

/// Reads the tables of one TOML text and gathers what is wrong with them.
pub struct Reader<'o> {
    path: SourcePath,
    base: usize,
    is_whole: bool,
    /// Keys of the note that stand below the heading of another table, and so belong to that.
    strayed: Vec<String>,
    out: &'o mut Vec<Diagnostic>,
}

/// A table whose entries are taken one by one.
pub struct Table<'t, 'k> {
    /// The place of the table.
    pub span: Span,
    entries: Vec<Entry<'t>>,
    asked: Vec<&'k str>,
}

/// One `key = value`.
#[derive(Clone, Copy)]
pub struct Entry<'t> {
    /// The key as written.
    pub key: &'t str,
    /// The place of the key.
    pub key_span: Span,
    /// The place of the value.
    pub span: Span,
    /// Whether it is an item of a list, under the key of the list.
    is_item: bool,
    value: &'t DeValue<'t>,
}

impl<'o> Reader<'o> {
    /// A reader for a text that starts `base` bytes into the file at `path`.
    pub fn new(path: &SourcePath, base: usize, out: &'o mut Vec<Diagnostic>) -> Self {
        Self { path: path.clone(), base, is_whole: true, strayed: Vec::new(), out }
    }

    /// Parses `text` and hands its top table to `read`. Lines that can't be parsed are reported as
    /// `code`, and the others are read all the same.
    pub fn parse<'k, R>(
        &mut self,
        text: &str,
        code: Code,
        read: impl FnOnce(&mut Self, &mut Table<'_, 'k>) -> R,
    ) -> R {
        // What stands in the lines below one that can't be read may be lost with it, so such lines
        // are blanked, and the rest is read again.
        let mut text = Cow::Borrowed(text);
        for _ in 0..ROUNDS {
            let (_, errors) = DeTable::parse_recoverable(&text);
            if errors.is_empty() {
                break;
            }
            self.is_whole = false;
            let mut readable = text.clone().into_owned();
            for problem in syntax::explain(&text, &errors) {
                let lines = problem.lines;
                let blank: String = text[lines.clone()]
                    .bytes()
                    .map(|b| if b == b'\n' { '\n' } else { ' ' })
                    .collect();
                readable.replace_range(lines, &blank);
                let (span, message, help) = problem.explained;
                let code = if message.ends_with(syntax::NO_DATE) { Code::BadDate } else { code };
                let span = Span::shifted(span, self.base);
                let diagnostic = Diagnostic::error(&self.path, span, code, message);
                self.out.push(help.into_iter().fold(diagnostic, Diagnostic::help));
            }
            text = Cow::Owned(readable);
        }
        let (tree, _) = DeTable::parse_recoverable(&text);
        let mut table = self.table(Span::shifted(tree.span(), self.base), tree.get_ref());
        let result = read(self, &mut table);
        self.finish(table);
        result
    }

    /// The file being read.
    pub fn path(&self) -> &SourcePath {
        &self.path
    }

    /// Whether every line could be parsed; if not, what seems to be missing may stand in the others.
    pub fn is_whole(&self) -> bool {
        self.is_whole
    }

    /// Reports a problem of the text being read.
    pub fn report(
        &mut self,
        span: Span,
        code: Code,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        let at = self.out.len();
        self.out.push(Diagnostic::error(&self.path, span, code, message));
        &mut self.out[at]
    }

    /// Reports what was found by somebody else.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.out.push(diagnostic);
    }

    fn table<'t, 'k>(&self, span: Span, table: &'t DeTable<'t>) -> Table<'t, 'k> {
        let entry = |(key, value): (&'t Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>)| Entry {
            key: key.get_ref(),
            key_span: Span::shifted(key.span(), self.base),
            span: Span::shifted(value.span(), self.base),
            is_item: false,
            value: value.get_ref(),
        };
        Table { span, entries: table.iter().map(entry).collect(), asked: Vec::new() }
    }

    /// Whether the key was written below the heading of another table, which was reported.
    pub fn has_strayed(&self, key: &str) -> bool {
        self.strayed.iter().any(|strayed| strayed == key)
    }

    /// Reports entries of the table below `[[heading]]` that are meant for the text as a whole,
    /// as `is_meant` knows them by their keys.
    pub fn stray<'t>(
        &mut self,
        table: &mut Table<'t, '_>,
        heading: &str,
        is_meant: impl Fn(&str) -> bool,
    ) {
        let (strayed, kept): (Vec<Entry<'t>>, Vec<Entry<'t>>) =
            std::mem::take(&mut table.entries).into_iter().partition(|entry| is_meant(entry.key));
        table.entries = kept;
        for entry in strayed {
            let message =
                format!("\"{}\" stands below [[{heading}]], so it belongs to that part", entry.key);
            let help =
                format!("move this line up, above the first line that begins with [[{heading}]]");
            self.report(entry.key_span, Code::UnknownKey, message).help.push(help);
            self.strayed.push(entry.key.to_owned());
        }
    }

    /// Reports what was never asked for.
    pub fn finish(&mut self, table: Table<'_, '_>) {
        for entry in &table.entries {
            let near = nearest(entry.key, table.asked.iter().copied());
            let message = format!("nothing here is called \"{}\"", entry.key);
            let diagnostic = self.report(entry.key_span, Code::UnknownKey, message);
            let suggested = diagnostic.clone().did_you_mean(&near);
            *diagnostic = if near.is_empty() && !table.asked.is_empty() {
                suggested
                    .help(format!("the keys that can stand here are: {}", table.asked.join(", ")))
            } else {
                suggested
            };
        }
    }

    /// The value as text.
    pub fn text(&mut self, entry: Entry<'_>) -> Option<String> {
        match entry.value {
            DeValue::String(text) if text.chars().any(is_invisible) => {
                let message = format!("\"{}\" holds a character that can't be shown", entry.key);
                let help = "type the text again, without what was copied along".to_owned();
                self.report(entry.span, Code::BadValue, message).help.push(help);
                None
            }
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Array(items) => {
                let first = items.first().and_then(|item| item.get_ref().as_str());
                let example = format!("{} = \"{}\"", entry.key, first.unwrap_or("…"));
                self.wrong(entry, "one text in quotes", &example)
            }
            value => {
                let written = match value {
                    DeValue::Integer(number) => number.to_string(),
                    DeValue::Float(number) => number.as_str().to_owned(),
                    DeValue::Boolean(flag) => flag.to_string(),
                    DeValue::Datetime(moment) => moment.to_string(),
                    _ => "…".to_owned(),
                };
                self.wrong(entry, "text in quotes", &format!("{} = \"{written}\"", entry.key))
            }
        }
    }

    /// The value as yes or no.
    pub fn flag(&mut self, entry: Entry<'_>) -> Option<bool> {
        match entry.value {
            DeValue::Boolean(flag) => Some(*flag),
            _ => {
                self.wrong(entry, "true or false, without quotes", &format!("{} = true", entry.key))
            }
        }
    }

    /// The value as a whole number.
    pub fn integer(&mut self, entry: Entry<'_>) -> Option<i64> {
        let number = match entry.value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        number.or_else(|| {
            self.wrong(entry, "a whole number, without quotes", &format!("{} = 3", entry.key))
        })
    }

    /// The value as a number, as it was written.
    pub fn number(&mut self, entry: Entry<'_>) -> Option<String> {
        match entry.value {
            DeValue::Integer(number) => Some(number.to_string()),
            DeValue::Float(number) => Some(number.as_str().to_owned()),
            _ => self.wrong(entry, "a number, without quotes", &format!("{} = 3", entry.key)),
        }
    }

    /// The value as a date: a day, or a quoted month or year.
    pub fn date(&mut self, entry: Entry<'_>) -> Option<Date> {
        let (written, date) = match entry.value {
            DeValue::Datetime(moment) => {
                let day = moment.date.and_then(|d| Date::day(d.year as i16, d.month, d.day));
                (moment.to_string(), day)
            }
            DeValue::String(text) => (text.to_string(), Date::parse(text)),
            DeValue::Integer(year) => (year.to_string(), Date::parse(year.as_str())),
            _ => return self.wrong(entry, "a date", &format!("{} = 2024-06-24", entry.key)),
        };
        // A day that is none leaves nothing to read, and was reported with its line.
        if date.is_none() && !written.is_empty() {
            let message = format!("{written}{}", syntax::NO_DATE);
            self.report(entry.span, Code::BadDate, message).help.push(syntax::DATE_HELP.to_owned());
        }
        date
    }

    /// The value as a list, each item under the key of the list.
    pub fn list<'t>(&mut self, entry: Entry<'t>) -> Option<Vec<Entry<'t>>> {
        let DeValue::Array(items) = entry.value else {
            let example = match entry.value {
                DeValue::String(text) => format!("{} = [\"{text}\"]", entry.key),
                DeValue::Table(_) => format!("[[{}]], with two brackets on each side", entry.key),
                _ => format!("{} = [\"…\", \"…\"]", entry.key),
            };
            return self.wrong(entry, "a list in square brackets", &example);
        };
        let item = |item: &'t Spanned<DeValue<'t>>| Entry {
            span: Span::shifted(item.span(), self.base),
            value: item.get_ref(),
            is_item: true,
            ..entry
        };
        Some(items.iter().map(item).collect())
    }

    /// Whether the value is a list with nothing in it.
    pub fn is_empty_list(&self, entry: Entry<'_>) -> bool {
        matches!(entry.value, DeValue::Array(items) if items.is_empty())
    }

    /// The value as a list of texts, each with its place.
    pub fn texts(&mut self, entry: Entry<'_>) -> Vec<(String, Span)> {
        let items = self.list(entry).unwrap_or_default();
        items.into_iter().filter_map(|item| Some((self.text(item)?, item.span))).collect()
    }

    /// Reads the value as a table; what `read` does not take is reported.
    pub fn nested<'t, 'k, R>(
        &mut self,
        entry: Entry<'t>,
        read: impl FnOnce(&mut Self, &mut Table<'t, 'k>) -> R,
    ) -> Option<R> {
        let DeValue::Table(table) = entry.value else {
            let example = match entry.value {
                DeValue::String(text) if entry.key == "sources" => {
                    format!("[[sources]], and below it ref = \"{text}\"")
                }
                _ if entry.is_item => {
                    format!("[[{}]], and below it the lines that belong to it", entry.key)
                }
                _ => format!("{} = {{ … }}", entry.key),
            };
            return self.wrong(entry, "parts with keys of their own", &example);
        };
        let mut table = self.table(entry.span, table);
        let result = read(self, &mut table);
        self.finish(table);
        Some(result)
    }

    fn wrong<T>(&mut self, entry: Entry<'_>, wanted: &str, example: &str) -> Option<T> {
        let found = entry.sort();
        let message = format!("\"{}\" takes {wanted}; this is {found}", entry.key);
        let help = format!("write it like this: {example}");
        self.report(entry.span, Code::BadValue, message).help.push(help);
        None
    }
}

/// Control characters, which no page, feed or file name can hold.
fn is_invisible(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}

impl<'t, 'k> Table<'t, 'k> {
    /// Takes the entry called `key`, if there is one.
    pub fn take(&mut self, key: &'k str) -> Option<Entry<'t>> {
        self.asked.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Whether an entry that nobody took is called nearly `key`, and by none of `others`.
    pub fn holds_like(&self, key: &str, others: &[&str]) -> bool {
        let unknown = self.entries.iter().filter(|entry| !others.contains(&entry.key));
        unknown.into_iter().any(|entry| !nearest(entry.key, [key]).is_empty())
    }

    /// Takes every entry there is, in the order written.
    pub fn take_all(&mut self) -> Vec<Entry<'t>> {
        std::mem::take(&mut self.entries)
    }
}

impl Entry<'_> {
    /// Whether the value is a list.
    pub fn is_list(&self) -> bool {
        matches!(self.value, DeValue::Array(_))
    }

    /// Whether the value is a table.
    pub fn is_table(&self) -> bool {
        matches!(self.value, DeValue::Table(_))
    }

    fn sort(&self) -> &'static str {
        match self.value {
            DeValue::String(_) => "text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a part with keys of its own",
        }
    }
}
