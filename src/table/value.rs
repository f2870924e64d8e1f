//! Single values: reading each, and reporting one of another type.

use super::bare::{bare, day_of, number_in, sort_of, whole};
use super::rules::value_not_in_list;
use super::suggest;
use super::written::WrittenValue;
use super::{Notation, TableReader, TomlEntry, TomlTable, syntax};
use crate::bidi::{said, tidied};
use crate::date::{self, Date};
use crate::diagnostic::{Diagnostic, Fix, FixSafety, Rule};
use crate::span::Span;
use crate::table::rules::{bad_date, bad_value, bidi_control};

/// The number of words that a message lists at most.
const LISTED: usize = 50;

impl TableReader<'_> {
    /// Returns the value as text, which changes the order of nothing but itself.
    pub fn text(&mut self, entry: TomlEntry<'_>) -> Option<String> {
        match entry.value {
            WrittenValue::Text(text) | WrittenValue::Bare(text)
                if text.chars().any(is_invisible) =>
            {
                let message = format!("\"{}\" holds a character that can't be shown", entry.key);
                let help = "type the text again, without what was copied along".to_owned();
                self.report(entry.span, &bad_value::RULE, message).help.push(help);
                None
            }
            WrittenValue::Text(text) | WrittenValue::Bare(text) => {
                let tidied = tidied(text);
                if let Some((control, fault)) = tidied.faults.first() {
                    let (message, help) = said(*control, *fault);
                    let rule = &bidi_control::RULE;
                    let found = Diagnostic::warning(self.path(), entry.span, rule, message);
                    let fix = text_in_place(entry.span, &tidied.text);
                    self.push(found.help(help).fix(fix));
                }
                Some(tidied.text.into_owned())
            }
            WrittenValue::List(items) => {
                let only = items.only().and_then(WrittenValue::as_text);
                let meant = only.map(syntax::quoted).map(MeantValue::certain);
                self.wrong(entry, "one text in quotes", meant, "\"…\"")
            }
            value => {
                let written = match value {
                    WrittenValue::Integer(number) => Some(number.to_string()),
                    WrittenValue::Float(number) => Some(number.as_str().to_owned()),
                    WrittenValue::Flag(flag) => Some(flag.to_string()),
                    WrittenValue::Moment(moment) => Some(moment.to_string()),
                    _ => None,
                };
                let meant = written.map(|written| syntax::quoted(&written));
                let meant = meant.map(MeantValue::certain);
                self.wrong(entry, "text in quotes", meant, "\"…\"")
            }
        }
    }

    /// Returns the value as text of at most `most` bytes, because other pages show it too.
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

    /// Returns the first `most` of some entries; more are reported.
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

    /// Returns the value as yes or no.
    pub fn flag(&mut self, entry: TomlEntry<'_>) -> Option<bool> {
        match entry.value {
            WrittenValue::Flag(flag) => Some(flag),
            WrittenValue::Bare("true") => Some(true),
            WrittenValue::Bare("false") => Some(false),
            value => {
                let written = match value {
                    WrittenValue::Text(text) | WrittenValue::Bare(text) => text,
                    WrittenValue::Integer(number) => number.as_str(),
                    _ => "",
                };
                let meant = syntax::flag(written).map(|flag| flag.to_string());
                let meant = meant.map(MeantValue::certain);
                self.wrong(entry, "true or false, without quotes", meant, "true")
            }
        }
    }

    /// Returns the value as a whole number.
    pub fn integer(&mut self, entry: TomlEntry<'_>) -> Option<i64> {
        let number = match entry.value {
            WrittenValue::Integer(number) => whole(number),
            WrittenValue::Bare(text) => bare(text, |value| value.as_integer().and_then(whole)),
            _ => None,
        };
        number.or_else(|| {
            let meant = entry.number().filter(|number| !number.value.contains('.'));
            self.wrong(entry, "a whole number, without quotes", meant, "3")
        })
    }

    /// Returns the value as a number, as it was written.
    pub fn number(&mut self, entry: TomlEntry<'_>) -> Option<String> {
        match entry.value {
            WrittenValue::Integer(number) => Some(number.to_string()),
            WrittenValue::Float(number) => Some(number.as_str().to_owned()),
            WrittenValue::Bare(text) if bare(text, number_in).is_some() => bare(text, number_in),
            _ => self.wrong(entry, "a number, without quotes", entry.number(), "3"),
        }
    }

    /// Returns the value as a date: a day, or a quoted month or year.
    pub fn date(&mut self, entry: TomlEntry<'_>) -> Option<Date> {
        let (written, date) = match entry.value {
            WrittenValue::Moment(moment) => (moment.to_string(), day_of(moment)),
            WrittenValue::Text(text) => (text.to_owned(), Date::parse(text)),
            WrittenValue::Bare(text) => {
                let date = Date::parse(text);
                let day = || bare(text, |value| value.as_datetime().and_then(day_of));
                (text.to_owned(), date.or_else(day))
            }
            WrittenValue::Integer(year) => (year.to_string(), Date::parse(year.as_str())),
            _ => return self.wrong(entry, "a date", None, "2024-06-24"),
        };
        // A day that is none leaves nothing to read, and was reported with its line.
        if date.is_none() && !written.is_empty() {
            let dates = date::meant(&written);
            let message = syntax::SyntaxFault::NoDate(written).message();
            let diagnostic = self.report(entry.span, &bad_date::RULE, message);
            diagnostic.help.push(syntax::DATE_HELP.to_owned());
            let safety = FixSafety::when(dates.len() == 1);
            for date in dates.iter().map(syntax::dated) {
                let fix = Fix::new(format!("write {date}"), safety);
                diagnostic.add_fix(fix.replace(entry.span, date));
            }
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
        suggest(diagnostic, written, &near, syntax::quoted);
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

    /// Returns the value as a list, each item under the key of the list.
    pub fn list<'t>(&mut self, entry: TomlEntry<'t>) -> Option<Vec<TomlEntry<'t>>> {
        self.list_of(entry, false)
    }

    /// Returns the value as a list. If `are_words`, items are words or names, so that commas separate them
    /// in a text in place of a list.
    pub fn list_of<'t>(
        &mut self,
        entry: TomlEntry<'t>,
        are_words: bool,
    ) -> Option<Vec<TomlEntry<'t>>> {
        let WrittenValue::List(items) = entry.value else {
            // Without quotes, a single value may be a list of one.
            if let WrittenValue::Bare(text) = entry.value
                && (is_link(text) || !text.contains([',', ';']))
            {
                return Some(vec![TomlEntry { is_item: true, ..entry }]);
            }
            let wanted = "a list in square brackets";
            let WrittenValue::Part(_) = entry.value else {
                let meant = entry.value.as_text().map(|text| listed(text, are_words));
                return self.wrong(entry, wanted, meant, "[\"…\", \"…\"]");
            };
            let example = match self.notation {
                Notation::Toml => format!("[[{}]], with two brackets on each side", entry.key),
                Notation::Yaml => {
                    format!("{}:, and below it a hyphen before each part", entry.key)
                }
            };
            return self.wrong_like(entry, wanted, &example);
        };
        let item = |(place, value)| TomlEntry {
            span: Span::shifted(place, self.base),
            value,
            is_item: true,
            ..entry
        };
        let is_there = |item: &TomlEntry<'_>| !matches!(item.value, WrittenValue::Nothing);
        Some(items.items().into_iter().map(item).filter(is_there).collect())
    }

    /// Returns whether the value is a list with nothing in it.
    pub fn is_empty_list(&self, entry: TomlEntry<'_>) -> bool {
        matches!(entry.value, WrittenValue::List(items) if items.len() == 0)
    }

    /// Returns the value as a list of names, each with its place.
    pub fn texts(&mut self, entry: TomlEntry<'_>) -> Vec<(String, Span)> {
        let items = self.list_of(entry, true).unwrap_or_default();
        items.into_iter().filter_map(|item| Some((self.text(item)?, item.span))).collect()
    }

    /// Reads the value as a table; entries that `read` does not take are reported.
    pub fn nested<'t, 'k, R>(
        &mut self,
        entry: TomlEntry<'t>,
        read: impl FnOnce(&mut Self, &mut TomlTable<'t, 'k>) -> R,
    ) -> Option<R> {
        let WrittenValue::Part(table) = entry.value else {
            let heading = self.notation.heading(entry.key);
            let example = match entry.value.as_text() {
                Some(text) if entry.key == "sources" => {
                    let text = format!("\"{text}\"");
                    format!("{heading}, and below it {}", self.notation.first_setting("ref", &text))
                }
                _ if entry.is_item => {
                    format!("{heading}, and below it the lines that belong to it")
                }
                _ => self.notation.setting(entry.key, "{ … }"),
            };
            return self.wrong_like(entry, "parts with keys of their own", &example);
        };
        let mut table = self.table(entry.span, table);
        let result = read(self, &mut table);
        self.finish(table);
        Some(result)
    }

    /// Reports a value of another type than is wanted, with the one that is `meant`, if that is clear,
    /// or else with an example.
    fn wrong<T>(
        &mut self,
        entry: TomlEntry<'_>,
        wanted: &str,
        meant: Option<MeantValue>,
        form: &str,
    ) -> Option<T> {
        let notation = self.notation;
        let setting = |value: &str| {
            if entry.is_item { value.to_owned() } else { notation.setting(entry.key, value) }
        };
        let Some(MeantValue { value, or, safety }) = meant else {
            self.wrong_so(entry, wanted, format!("for example: {}", setting(form)));
            return None;
        };
        let help = syntax::like(&setting(&value));
        let or_help = or.iter().map(|or| format!("; or, if that is one text, {}", setting(or)));
        let diagnostic = self.wrong_so(entry, wanted, help + &or_help.collect::<String>());
        for value in std::iter::once(value).chain(or) {
            let fix = Fix::new(syntax::like(&setting(&value)), safety);
            diagnostic.add_fix(fix.replace(entry.span, value));
        }
        None
    }

    fn wrong_like<T>(&mut self, entry: TomlEntry<'_>, wanted: &str, example: &str) -> Option<T> {
        self.wrong_so(entry, wanted, syntax::like(example));
        None
    }

    fn wrong_so(&mut self, entry: TomlEntry<'_>, wanted: &str, help: String) -> &mut Diagnostic {
        let found = entry.sort();
        let message = format!("\"{}\" takes {wanted}; this is {found}", entry.key);
        let diagnostic = self.report(entry.span, &bad_value::RULE, message);
        diagnostic.help.push(help);
        diagnostic
    }
}

/// The value that was meant by one of another type.
struct MeantValue {
    value: String,
    /// Another that may have been meant as well.
    or: Option<String>,
    safety: FixSafety,
}

impl MeantValue {
    fn certain(value: String) -> Self {
        Self { value, or: None, safety: FixSafety::Safe }
    }
}

impl TomlEntry<'_> {
    /// Returns the number that a text in quotes holds. What a comma in it means is not certain.
    fn number(&self) -> Option<MeantValue> {
        let written = self.value.as_text()?;
        let safety = FixSafety::when(!written.contains(','));
        Some(MeantValue { value: syntax::number(written)?, or: None, safety })
    }

    fn sort(&self) -> &'static str {
        match self.value {
            WrittenValue::Text(_) => "text",
            WrittenValue::Bare(text) => {
                bare(text, |value| Some(sort_of(&value.into()))).unwrap_or("text")
            }
            ref value => sort_of(value),
        }
    }
}

/// Says whether a value without quotes is a link such as `[[x]]`.
fn is_link(text: &str) -> bool {
    text.starts_with("[[") && text.ends_with("]]")
}

/// Returns the list that was meant by a text: of several items where commas part it, or perhaps of
/// one.
fn listed(text: &str, are_words: bool) -> MeantValue {
    let one = format!("[{}]", syntax::quoted(text));
    let parts = text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(syntax::quoted).collect();
    let several = format!("[{}]", parts.join(", "));
    let safety = FixSafety::when(parts.len() == 1);
    match (parts.len(), are_words) {
        (0 | 1, false) => MeantValue { value: one, or: None, safety },
        (_, true) => MeantValue { value: several, or: None, safety },
        (_, false) => MeantValue { value: several, or: Some(one), safety },
    }
}

/// Returns a fix that writes another text in place of the value at `span`; `None` if the text has
/// characters that would have to be escaped.
pub(crate) fn text_in_place(span: Span, text: &str) -> Option<Fix> {
    let fix = Fix::safe("write the text without the characters that nobody sees");
    (!text.contains(char::is_control)).then(|| fix.replace(span, syntax::quoted(text)))
}

/// Says whether it is a control character, which no page, feed or file name can hold.
fn is_invisible(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t' | '\r')
}
