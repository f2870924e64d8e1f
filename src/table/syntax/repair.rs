//! Repairs of values that can't be read, where it is clear what was meant: straight quotes, commas,
//! closed brackets.

use toml::de::DeTable;

use super::quotes::{CURLY, is_quote};
use crate::date::Date;

/// The fault of a value, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum TomlFault {
    /// A list does not end.
    Bracket,
    /// A quote is curly.
    Curly,
    /// A text has no quotes.
    Quotes,
    /// Two items have no comma between them.
    Comma,
    /// Something else.
    Other,
}

/// The most bytes of a value that is written again, and the greatest depth of its parts: nobody writes
/// longer ones by hand, and others must cost nothing.
const LONGEST: usize = 4096;

/// The greatest depth of the parts of a value that is repaired.
const DEEPEST: usize = 8;

/// Returns whether a program can read `value`.
pub(super) fn is_value(value: &str) -> bool {
    DeTable::parse(&format!("x = {value}")).is_ok_and(|table| table.get_ref().len() == 1)
}

/// Returns whether `value` is a list of two items or more.
pub(super) fn holds_several(value: &str) -> bool {
    let list = format!("x = {value}");
    let Ok(table) = DeTable::parse(&list) else { return false };
    let list = table.get_ref().get("x").and_then(|value| value.get_ref().as_array());
    list.is_some_and(|list| list.len() > 1)
}

/// Returns `value` as it was meant, and its fault; `None` where that is not clear.
pub(super) fn repaired(value: &str) -> Option<(String, TomlFault)> {
    let mut reader = ValueReader { rest: value.trim(), fault: TomlFault::Other, depth: 0 };
    (reader.rest.len() <= LONGEST).then_some(())?;
    let written = reader.item(true)?.written(false);
    reader.skip_space();
    (reader.rest.is_empty() && is_value(&written)).then_some((written, reader.fault))
}

/// Returns a text as a value: in quotes, with the signs escaped that would end them.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Returns a date as a value: a day as it is, a month or a year in quotes.
pub(in super::super) fn dated(date: &Date) -> String {
    match date.day_of_month() {
        Some(_) => date.to_string(),
        None => quoted(&date.to_string()),
    }
}

/// Reads a number as people write it: with commas between thousands, or before the part after the point,
/// or with zeros before it.
pub(in super::super) fn number(written: &str) -> Option<String> {
    let (sign, digits) = match written.trim().strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", written.trim()),
    };
    let point = digits.replacen(',', ".", 1);
    let has_point = digits.contains('.');
    let is_fraction = |part: &str| (1..=2).contains(&part.len()) && !part.contains([',', '.']);
    let in_parts = digits.split_once(',').filter(|(_, part)| !has_point && is_fraction(part));
    let digits = if in_parts.is_some() { point.as_str() } else { digits };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let groups: Vec<&str> = whole.split(',').collect();
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let in_thousands = groups.len() == 1
        || (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    if !in_thousands || !groups.iter().copied().all(is_number) {
        return None;
    }
    let joined = groups.concat();
    let joined = match joined.trim_start_matches('0') {
        "" => "0",
        rest => rest,
    };
    if digits.contains('.') {
        is_number(part).then(|| format!("{sign}{joined}.{part}"))
    } else {
        Some(format!("{sign}{joined}"))
    }
}

/// Reads yes or no, as people write it.
pub(in super::super) fn flag(written: &str) -> Option<bool> {
    match written.trim().to_lowercase().as_str() {
        "true" | "yes" | "on" | "1" => Some(true),
        "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// A value that was read.
enum RepairedValue {
    /// A text, as it stands between quotes.
    Text(String),
    /// A number, a date, or yes or no, as written.
    Plain(String),
    /// A list, or a part with keys.
    Whole(String),
}

impl RepairedValue {
    /// The value as a program reads it; in a list that holds texts, all is text.
    fn written(self, among_texts: bool) -> String {
        match self {
            Self::Plain(text) if among_texts => quoted(&text),
            Self::Text(text) => format!("\"{text}\""),
            Self::Plain(text) | Self::Whole(text) => text,
        }
    }
}

struct ValueReader<'a> {
    rest: &'a str,
    fault: TomlFault,
    depth: usize,
}

impl<'a> ValueReader<'a> {
    fn amiss(&mut self, fault: TomlFault) {
        self.fault = self.fault.min(fault);
    }

    /// Passes over spaces, line breaks and comments.
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
        while self.rest.starts_with('#') {
            self.rest = self.rest.split_once('\n').map_or("", |(_, rest)| rest).trim_start();
        }
    }

    fn take(&mut self, sign: char) -> bool {
        let rest = self.rest.strip_prefix(sign);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Takes what stands before byte `at`.
    fn take_to(&mut self, at: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(at);
        self.rest = rest;
        taken
    }

    /// A value; `alone` if nothing but it may stand in its line.
    fn item(&mut self, alone: bool) -> Option<RepairedValue> {
        self.depth += 1;
        (self.depth <= DEEPEST).then_some(())?;
        let item = match self.rest.chars().next()? {
            '[' => self.list().map(RepairedValue::Whole),
            '{' => self.table().map(RepairedValue::Whole),
            quote if is_quote(quote) => self.quoted(quote, alone),
            _ => self.bare(alone),
        };
        self.depth -= 1;
        item
    }

    fn list(&mut self) -> Option<String> {
        self.take('[');
        let items = self.parts(']', |reader| reader.item(false))?;
        let has_texts = items.iter().any(|item| matches!(item, RepairedValue::Text(_)));
        let items: Vec<String> = items.into_iter().map(|item| item.written(has_texts)).collect();
        Some(format!("[{}]", items.join(", ")))
    }

    fn table(&mut self) -> Option<String> {
        self.take('{');
        let pairs = self.parts('}', |reader| {
            let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            let key = reader.take_to(reader.rest.find(|c| !is_key(c))?);
            reader.skip_space();
            (!key.is_empty() && (reader.take('=') || reader.take(':'))).then_some(())?;
            reader.skip_space();
            Some(format!("{key} = {}", reader.item(false)?.written(false)))
        })?;
        Some(format!("{{ {} }}", pairs.join(", ")))
    }

    /// Reads up to the sign that closes, with commas or not. A list may lack that sign at the end
    /// of the text, but where it breaks off after a comma, what should follow stands elsewhere.
    fn parts<T>(&mut self, close: char, part: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut parts = Vec::new();
        let mut is_over = false;
        loop {
            self.skip_space();
            if self.take(close) {
                break;
            }
            if self.rest.is_empty() {
                self.amiss(TomlFault::Bracket);
                (close == ']' && is_over).then_some(())?;
                break;
            }
            if is_over {
                self.amiss(TomlFault::Comma);
            }
            parts.push(part(self)?);
            self.skip_space();
            is_over = !self.take(',') && !self.take(';');
        }
        Some(parts)
    }

    /// A text in quotes of some sort, which end where something follows that can follow a text.
    fn quoted(&mut self, open: char, alone: bool) -> Option<RepairedValue> {
        let whole = self.rest;
        if CURLY.contains(&open) {
            self.amiss(TomlFault::Curly);
        }
        self.take(open);
        let is_single = matches!(open, '\'' | '‘' | '’');
        let closes = |c: char| is_quote(c) && is_single == matches!(c, '\'' | '‘' | '’');
        let mut escaped = false;
        let mut inner = false;
        for (at, c) in self.rest.char_indices() {
            let is_escaped = std::mem::replace(&mut escaped, false);
            escaped = !is_escaped && c == '\\' && open == '"';
            if is_escaped || !closes(c) {
                continue;
            }
            let after = self.rest[at + c.len_utf8()..].trim_start();
            let ends = after.is_empty()
                || after.starts_with('#')
                || !alone && {
                    after.starts_with([',', ';', ']', '}', '{', '['])
                        || after.starts_with(is_quote)
                        || begins_setting(after)
                };
            if !ends {
                let opens = match c {
                    '"' => self.rest[..at].ends_with([' ', '(']),
                    c => is_single || !matches!(c, '”' | '»'),
                };
                if !inner && !opens {
                    // The quotes are those of a word: “Safe” and “sound”.
                    self.rest = whole;
                    return CURLY.contains(&open).then(|| self.bare(alone))?;
                }
                inner = true;
                continue;
            }
            let text = self.take_to(at);
            self.take(c);
            if CURLY.contains(&c) {
                self.amiss(TomlFault::Curly);
            }
            // It may as well be two texts, of which a quote is missing.
            let is_clear = !inner || !text.contains([',', '=', '{', '[']);
            return is_clear.then(|| RepairedValue::Text(escape(text, open)));
        }
        self.unclosed(open, alone).map(RepairedValue::Text)
    }

    /// A text whose quotes do not end.
    fn unclosed(&mut self, open: char, alone: bool) -> Option<String> {
        self.amiss(TomlFault::Quotes);
        let end = if alone { None } else { self.rest.find([',', ']', '}', '\n']) };
        let text = self.take_to(end.unwrap_or(self.rest.len())).trim_end();
        // `"C:\"`: the backslash was not meant for the quote.
        let text = text.strip_suffix('"').filter(|text| text.ends_with('\\')).unwrap_or(text);
        (!text.is_empty() && !text.contains(['"', '='])).then(|| escape(text, open))
    }

    /// A value without quotes.
    fn bare(&mut self, alone: bool) -> Option<RepairedValue> {
        let end = if alone { None } else { self.rest.find([',', ';', ']', '}', '\n']) };
        let text = self.take_to(end.unwrap_or(self.rest.len())).trim();
        // What begins with # may be a remark, and what holds = another setting.
        let is_clear = !text.is_empty() && !text.contains(" #") && !text.contains(" = ");
        let is_clear = is_clear && (alone || !text.contains(['"', '=', '[', '{']));
        is_clear.then_some(())?;
        if is_value(text) {
            return Some(RepairedValue::Plain(text.to_owned()));
        }
        if let Some(flag) = flag(text) {
            return Some(RepairedValue::Plain(flag.to_string()));
        }
        self.amiss(TomlFault::Quotes);
        Some(RepairedValue::Text(escape(text, '\0')))
    }
}

/// Returns whether a text begins with a key and an equals sign.
fn begins_setting(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '-');
    rest.len() < text.len() && rest.trim_start().starts_with('=')
}

/// Returns the text between quotes that were `open`ed so, as it must stand between straight ones. Only
/// in those a backslash may have been meant to escape something.
fn escape(text: &str, open: char) -> String {
    if open == '"' && is_value(&format!("\"{text}\"")) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut signs = text.chars().peekable();
    while let Some(c) = signs.next() {
        if matches!(c, '\\' | '"') {
            out.push('\\');
        }
        let escaped = signs.next_if(|next| c == '\\' && open == '"' && matches!(next, '\\' | '"'));
        out.push(escaped.unwrap_or(c));
    }
    out
}
