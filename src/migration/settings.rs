//! Settings as a book has them: the front matter of a note in YAML, and a new `book.toml`.

use std::fmt::Write;

use crate::table::{UntypedSettings, UntypedValue};

/// The settings of a book that has none yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewSettings {
    /// The title of the book.
    pub title: String,
    /// The language of notes that name none.
    pub language: String,
    /// The further languages.
    pub languages: Vec<String>,
    /// The folder of the notes, if it is not the usual one.
    pub notes: Option<String>,
    /// The kinds.
    pub kinds: Vec<NewKind>,
    /// The keys of front matter that are kept though no kind has them.
    pub allowed_keys: Vec<String>,
}

/// A kind of a new book.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewKind {
    /// The name.
    pub name: String,
    /// The folder below that of the notes.
    pub folder: String,
    /// The names of its fields, which hold text, each with the words that readers see.
    pub fields: Vec<(String, String)>,
}

impl NewSettings {
    /// Returns the text of `book.toml`, in which the problems of these rules are warnings.
    pub fn text(&self, relaxed: &[&str]) -> String {
        let mut out = format!("title = {}\n", quoted(&self.title));
        let mut line = |line: String| out.push_str(&(line + "\n"));
        if self.language != "en" {
            line(format!("language = {}", quoted(&self.language)));
        }
        if !self.languages.is_empty() {
            line(format!("languages = {}", list(&self.languages)));
        }
        if let Some(notes) = &self.notes {
            line(format!("content = {}", quoted(notes)));
        }
        if !relaxed.is_empty() || !self.allowed_keys.is_empty() {
            line("\n# What the imported notes had from the start. Take a line out once its problems are mended.".to_owned());
            line("[check]".to_owned());
        }
        if !self.allowed_keys.is_empty() {
            let level = if relaxed.contains(&"unknown-key") { "level = \"warning\", " } else { "" };
            line(format!("unknown-key = {{ {level}allow = {} }}", list(&self.allowed_keys)));
        }
        for rule in
            relaxed.iter().filter(|rule| **rule != "unknown-key" || self.allowed_keys.is_empty())
        {
            line(format!("{rule} = \"warning\""));
        }
        for kind in &self.kinds {
            line(format!("\n[kinds.{}]\nfolder = {}", kind.name, quoted(&kind.folder)));
            for (at, (name, title)) in kind.fields.iter().enumerate() {
                if at == 0 {
                    line(format!("\n[kinds.{}.fields]", kind.name));
                }
                line(format!("{name} = {{ text = true, title = {} }}", quoted(title)));
            }
        }
        out
    }
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// Returns a text in quotes, in TOML and YAML alike.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // Writing to a text does not fail.
            c if c.is_control() => _ = write!(out, "\\u{:04x}", c as u32),
            c => out.push(c),
        }
    }
    out + "\""
}

/// Returns settings as front matter in YAML, with the lines around it; empty if there are none.
pub(super) fn front_matter(settings: &UntypedSettings) -> String {
    if settings.is_empty() {
        return String::new();
    }
    let mut out = "---\n".to_owned();
    part(&mut out, settings, 0);
    out + "---\n"
}

fn part(out: &mut String, settings: &UntypedSettings, depth: usize) {
    for (at, (key, value)) in settings.iter().enumerate() {
        // The first key of an item stands behind its hyphen.
        if at > 0 || !out.ends_with("- ") {
            out.push_str(&"  ".repeat(depth));
        }
        out.push_str(&scalar(key));
        out.push(':');
        put(out, value, depth + 1);
    }
}

/// Writes a value behind its key.
fn put(out: &mut String, value: &UntypedValue, depth: usize) {
    match value {
        UntypedValue::Nothing => out.push('\n'),
        UntypedValue::Text(text) => out.push_str(&format!(" {}\n", scalar(text))),
        UntypedValue::List(items) if items.is_empty() => out.push_str(" []\n"),
        UntypedValue::Part(settings) if settings.is_empty() => out.push_str(" {}\n"),
        UntypedValue::Part(settings) => {
            out.push('\n');
            part(out, settings, depth);
        }
        UntypedValue::List(items) => {
            out.push('\n');
            for item in items {
                out.push_str(&"  ".repeat(depth));
                match item {
                    UntypedValue::Part(settings) if !settings.is_empty() => {
                        out.push_str("- ");
                        part(out, settings, depth + 1);
                    }
                    UntypedValue::List(_) => out.push_str(&format!("- {}\n", in_line(item))),
                    item => {
                        out.push('-');
                        put(out, item, depth + 1);
                    }
                }
            }
        }
    }
}

/// Returns a value in one line.
fn in_line(value: &UntypedValue) -> String {
    let joined = |items: Vec<String>| items.join(", ");
    match value {
        UntypedValue::Nothing => "~".to_owned(),
        UntypedValue::Text(text) => quoted(text),
        UntypedValue::List(items) => format!("[{}]", joined(items.iter().map(in_line).collect())),
        UntypedValue::Part(settings) => {
            let entry = |(key, value): &(String, UntypedValue)| {
                format!("{}: {}", quoted(key), in_line(value))
            };
            format!("{{{}}}", joined(settings.iter().map(entry).collect()))
        }
    }
}

/// Returns a text as YAML has it: without quotes if it means itself so.
fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(|c: char| c.is_alphanumeric() || c == '/')
        && !text.ends_with([' ', ':'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.chars().any(char::is_control)
        && text != "null";
    if is_plain { text.to_owned() } else { quoted(text) }
}

/// Returns a value in the words of a remark.
pub(super) fn shown(value: &UntypedValue) -> String {
    match value {
        UntypedValue::Nothing => String::new(),
        UntypedValue::Text(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        UntypedValue::List(items) => items.iter().map(shown).collect::<Vec<_>>().join(", "),
        UntypedValue::Part(settings) => {
            let entry = |(key, value): &(String, UntypedValue)| format!("{key}: {}", shown(value));
            settings.iter().map(entry).collect::<Vec<_>>().join(", ")
        }
    }
}
