//! Single values of TOML, and the messages about those of another sort than is wanted.

use crate::parse::rules::value_not_in_list;
use toml::Spanned;
use toml::de::DeValue;

use super::{TableReader, TomlEntry, TomlTable, syntax};
use crate::bidi::{said, tidied};
use crate::date::Date;
use crate::diagnostic::Rule;
use crate::span::Span;
use crate::table::rules::{bad_date, bad_value, bidi_control};

/// The number of words that a message lists at most.
const LISTED: usize = 50;

impl TableReader<'_> {
    /// Reads the value as text, which changes the order of nothing but itself.
    pub fn text(&mut self, entry: TomlEntry<'_>) -> Option<String> {
        match entry.value {
            DeValue::String(text) if text.chars().any(is_invisible) => {
                let message = format!("\"{}\" holds a character that can't be shown", entry.key);
                let help = "type the text again, without what was copied along".to_owned();
                self.report(entry.span, &bad_value::RULE, message).help.push(help);
                None
            }
            DeValue::String(text) => {
                let tidied = tidied(text);
                if let Some((control, fault)) = tidied.faults.first() {
                    let (message, help) = said(*control, *fault);
                    self.warn(entry.span, &bidi_control::RULE, message, help);
                }
                Some(tidied.text.into_owned())
            }
            DeValue::Array(items) => {
                let only = items.first().filter(|_| items.len() == 1);
                let only = only.and_then(|item| item.get_ref().as_str());
                let meant = only.map(syntax::quoted);
                self.wrong(entry, "one text in quotes", meant, "\"…\"")
            }
            value => {
                let written = match value {
                    DeValue::Integer(number) => Some(number.to_string()),
                    DeValue::Float(number) => Some(number.as_str().to_owned()),
                    DeValue::Boolean(flag) => Some(flag.to_string()),
                    DeValue::Datetime(moment) => Some(moment.to_string()),
                    _ => None,
                };
                let meant = written.map(|written| syntax::quoted(&written));
                self.wrong(entry, "text in quotes", meant, "\"…\"")
            }
        }
    }

    /// Reads the value as text of at most so many bytes, for what other pages show too.
    pub fn short_text(&mut self, entry: TomlEntry<'_>, most: usize) -> Option<String> {
        let text = self.text(entry)?;
        if text.len() <= most {
            return Some(text);
        }
        let message = format!("this text has {} bytes, and can have {most} at most", text.len());
        let help = "other pages show it too, so say it in a sentence or less".to_owned();
        self.report(entry.span, &bad_value::RULE, message).help.push(help);
        None
    }

    /// Returns the first `most` of some entries; if there are more, that is reported.
    pub fn at_most<'t>(
        &mut self,
        mut entries: Vec<TomlEntry<'t>>,
        most: usize,
        rule: &'static Rule,
    ) -> Vec<TomlEntry<'t>> {
        if let Some(beyond) = entries.get(most) {
            let place = if beyond.is_item { beyond.span } else { beyond.key_span };
            let message =
                format!("there are {} of these, and there can be {most} at most", entries.len());
            let help = "take out those that the book can do without".to_owned();
            self.report(place, rule, message).help.push(help);
            entries.truncate(most);
        }
        entries
    }

    /// Reads the value as yes or no.
    pub fn flag(&mut self, entry: TomlEntry<'_>) -> Option<bool> {
        match entry.value {
            DeValue::Boolean(flag) => Some(*flag),
            value => {
                let written = match value {
                    DeValue::String(text) => text.as_ref(),
                    DeValue::Integer(number) => number.as_str(),
                    _ => "",
                };
                let meant = syntax::flag(written).map(|flag| flag.to_string());
                self.wrong(entry, "true or false, without quotes", meant, "true")
            }
        }
    }

    /// Reads the value as a whole number.
    pub fn integer(&mut self, entry: TomlEntry<'_>) -> Option<i64> {
        let number = match entry.value {
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        number.or_else(|| {
            let meant = entry.number().filter(|number| !number.contains('.'));
            self.wrong(entry, "a whole number, without quotes", meant, "3")
        })
    }

    /// Reads the value as a number, and returns it as it was written.
    pub fn number(&mut self, entry: TomlEntry<'_>) -> Option<String> {
        match entry.value {
            DeValue::Integer(number) => Some(number.to_string()),
            DeValue::Float(number) => Some(number.as_str().to_owned()),
            _ => self.wrong(entry, "a number, without quotes", entry.number(), "3"),
        }
    }

    /// Reads the value as a date: a day, or a quoted month or year.
    pub fn date(&mut self, entry: TomlEntry<'_>) -> Option<Date> {
        let (written, date) = match entry.value {
            DeValue::Datetime(moment) => {
                let day = moment.date.and_then(|d| Date::day(d.year as i16, d.month, d.day));
                (moment.to_string(), day)
            }
            DeValue::String(text) => (text.to_string(), Date::parse(text)),
            DeValue::Integer(year) => (year.to_string(), Date::parse(year.as_str())),
            _ => return self.wrong(entry, "a date", None, "2024-06-24"),
        };
        // A day that is none leaves nothing to read, and was reported with its line.
        if date.is_none() && !written.is_empty() {
            let message = syntax::SyntaxFault::NoDate(written).message();
            self.report(entry.span, &bad_date::RULE, message)
                .help
                .push(syntax::DATE_HELP.to_owned());
        }
        date
    }

    /// Reports a word that is none of those that the key takes.
    pub fn not_in_list<'a>(
        &mut self,
        entry: TomlEntry<'_>,
        written: &str,
        words: impl Iterator<Item = &'a str> + Clone,
    ) {
        let near = self.nearest(written, words.clone());
        let message = format!("\"{}\" can't be \"{written}\"", entry.key);
        let mut list: Vec<&str> = words.clone().take(LISTED).collect();
        let further = words.clone().skip(LISTED).count();
        let others = format!("{further} more");
        list.extend((further > 0).then_some(others.as_str()));
        let diagnostic = self.report(entry.span, &value_not_in_list::RULE, message);
        *diagnostic = diagnostic.clone().did_you_mean(&near);
        let parts: Vec<&str> = written.split([',', ';']).map(str::trim).collect();
        let are_words = || parts.iter().all(|part| words.clone().any(|word| word == *part));
        if (2..=LISTED).contains(&parts.len()) && entry.is_item() && are_words() {
            let quoted: Vec<String> = parts.iter().map(|part| format!("\"{part}\"")).collect();
            let list = quoted.join(", ");
            diagnostic.help.push(format!("write each word in quotes of its own: {list}"));
        } else {
            diagnostic.help.push(format!("it takes one of: {}", list.join(", ")));
        }
    }

    /// Reads the value as a list, each item under the key of the list.
    pub fn list<'t>(&mut self, entry: TomlEntry<'t>) -> Option<Vec<TomlEntry<'t>>> {
        self.list_of(entry, false)
    }

    /// Reads the value as a list; where a text stands in place of one, `are_words` says that its items are words or
    /// names, so that a comma parts them.
    pub fn list_of<'t>(
        &mut self,
        entry: TomlEntry<'t>,
        are_words: bool,
    ) -> Option<Vec<TomlEntry<'t>>> {
        let DeValue::Array(items) = entry.value else {
            let wanted = "a list in square brackets";
            let DeValue::Table(_) = entry.value else {
                let meant = entry.value.as_str().map(|text| listed(entry, text, are_words));
                return self.wrong(entry, wanted, meant, "[\"…\", \"…\"]");
            };
            let example = format!("[[{}]], with two brackets on each side", entry.key);
            return self.wrong_like(entry, wanted, &example);
        };
        let item = |item: &'t Spanned<DeValue<'t>>| TomlEntry {
            span: Span::shifted(item.span(), self.base),
            value: item.get_ref(),
            is_item: true,
            ..entry
        };
        Some(items.iter().map(item).collect())
    }

    /// Says whether the value is a list with nothing in it.
    pub fn is_empty_list(&self, entry: TomlEntry<'_>) -> bool {
        matches!(entry.value, DeValue::Array(items) if items.is_empty())
    }

    /// Reads the value as a list of names, each with its place.
    pub fn texts(&mut self, entry: TomlEntry<'_>) -> Vec<(String, Span)> {
        let items = self.list_of(entry, true).unwrap_or_default();
        items.into_iter().filter_map(|item| Some((self.text(item)?, item.span))).collect()
    }

    /// Reads the value as a table; what `read` does not take is reported.
    pub fn nested<'t, 'k, R>(
        &mut self,
        entry: TomlEntry<'t>,
        read: impl FnOnce(&mut Self, &mut TomlTable<'t, 'k>) -> R,
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
            return self.wrong_like(entry, "parts with keys of their own", &example);
        };
        let mut table = self.table(entry.span, table);
        let result = read(self, &mut table);
        self.finish(table);
        Some(result)
    }

    /// Reports a value of another sort than is wanted: with the one that is `meant`, if that is clear,
    /// or else with one such as may stand there.
    fn wrong<T>(
        &mut self,
        entry: TomlEntry<'_>,
        wanted: &str,
        meant: Option<String>,
        form: &str,
    ) -> Option<T> {
        let setting = |value: &str| {
            if entry.is_item { value.to_owned() } else { format!("{} = {value}", entry.key) }
        };
        let help = match meant {
            Some(meant) => format!("write it like this: {}", setting(&meant)),
            None => format!("for example: {}", setting(form)),
        };
        self.wrong_so(entry, wanted, help)
    }

    fn wrong_like<T>(&mut self, entry: TomlEntry<'_>, wanted: &str, example: &str) -> Option<T> {
        self.wrong_so(entry, wanted, format!("write it like this: {example}"))
    }

    fn wrong_so<T>(&mut self, entry: TomlEntry<'_>, wanted: &str, help: String) -> Option<T> {
        let found = entry.sort();
        let message = format!("\"{}\" takes {wanted}; this is {found}", entry.key);
        self.report(entry.span, &bad_value::RULE, message).help.push(help);
        None
    }
}

impl TomlEntry<'_> {
    /// Returns the number that a text in quotes holds.
    fn number(&self) -> Option<String> {
        self.value.as_str().and_then(syntax::number)
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

/// Returns a text as the list that was meant: of several where commas part it, or perhaps of one.
fn listed(entry: TomlEntry<'_>, text: &str, are_words: bool) -> String {
    let one = format!("[{}]", syntax::quoted(text));
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(syntax::quoted).collect();
    let several = format!("[{}]", parts.join(", "));
    match (parts.len(), are_words) {
        (0 | 1, false) => one,
        (_, true) => several,
        (_, false) => format!("{several}; or, if that is one text, {} = {one}", entry.key),
    }
}

/// Says whether it is a control character, which no page, feed or file name can hold.
fn is_invisible(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}
