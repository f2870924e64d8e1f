//! Front matter written as YAML, as other programs have it, written again as TOML: as far as its
//! values are texts and lists of texts, which is nearly all that front matter holds.

use crate::config::FieldConfig;
use crate::config::note_keys::{self, NOTE_KEYS};
use crate::table::{TextShape, ValueShape};

/// The names that other programs have for the keys of every note.
const SYNONYMS: &[(&str, &str)] = &[
    ("alias", "aliases"),
    ("abstract", "summary"),
    ("description", "summary"),
    ("excerpt", "summary"),
    ("lastmod", "updated"),
    ("last-modified", "updated"),
    ("last-modified-at", "updated"),
    ("modified", "updated"),
    ("permalink", "aliases"),
    ("redirect-from", "aliases"),
    ("weight", "order"),
];

/// The settings of YAML, written as TOML.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct ConvertedYaml {
    /// A line for each setting.
    pub(crate) lines: Vec<String>,
    /// The keys that a note of the kind does not have, or whose values can't be written again.
    pub(crate) left_out: Vec<String>,
}

/// A value, as far as it is understood.
#[derive(Debug, PartialEq)]
enum YamlValue {
    /// A text, a number, a date, or yes or no.
    Text(String),
    /// Several of these.
    List(Vec<String>),
    /// Nothing.
    Empty,
    /// Something else.
    Other,
}

/// Writes the lines between `---` again, for a note with these fields.
pub(crate) fn converted(yaml: &str, fields: &[FieldConfig]) -> ConvertedYaml {
    let mut converted = ConvertedYaml::default();
    let mut settings: Vec<YamlSetting> = Vec::new();
    for (written, value) in entries(yaml) {
        let Some(key) = key_of(&written, fields) else {
            converted.left_out.push(written);
            continue;
        };
        let items = match value {
            YamlValue::Empty => continue,
            YamlValue::Other => {
                converted.left_out.push(written);
                continue;
            }
            YamlValue::Text(text) => vec![text],
            YamlValue::List(items) => items,
        };
        if key == "draft" {
            if flag(&items.concat()) == Some(true) {
                let items = vec![key];
                settings.push(YamlSetting {
                    key: "status".to_owned(),
                    written,
                    items,
                    is_many: false,
                });
            }
            continue;
        }
        let is_address = written.eq_ignore_ascii_case("permalink");
        let items = items.into_iter().map(|item| match is_address {
            true if !item.contains('/') => format!("/{item}"),
            _ => item,
        });
        let is_many = matches!(&*key, "aliases" | "supersedes")
            || fields.iter().any(|field| field.name == key && field.many);
        match settings.iter_mut().find(|setting| setting.key == key) {
            Some(known) if is_many => known.items.extend(items),
            Some(_) => converted.left_out.push(written),
            None => settings.push(YamlSetting { key, written, items: items.collect(), is_many }),
        }
    }
    for setting in settings {
        match setting.value(fields) {
            Some(value) => converted.lines.push(format!("{} = {value}", setting.key)),
            None => converted.left_out.push(setting.written),
        }
    }
    converted
}

/// A setting that a note may have.
struct YamlSetting {
    key: String,
    /// The key in YAML.
    written: String,
    items: Vec<String>,
    /// True if it takes a list.
    is_many: bool,
}

/// Finds the key of a note that is meant: one of its kind, one of every note, or what other programs call it.
fn key_of(written: &str, fields: &[FieldConfig]) -> Option<String> {
    let key = written.to_lowercase().replace(['_', ' '], "-");
    let own = fields.iter().find(|field| field.name == written || field.name == key);
    let of_table = matches!(&*key, "sources" | "changes" | "except");
    let common = note_keys::names().find(|common| *common == key && !of_table);
    let synonym = SYNONYMS.iter().find(|(other, _)| *other == key).map(|(_, common)| *common);
    let named = own.map(|field| field.name.as_str()).or(common.or(synonym));
    named.or((key == "draft").then_some("draft")).map(str::to_owned)
}

impl YamlSetting {
    /// Returns the value as TOML; none if it is of another sort than the key takes.
    fn value(&self, fields: &[FieldConfig]) -> Option<String> {
        let own = fields.iter().find(|field| field.name == self.key);
        let items = self.items.iter().map(|item| match own {
            Some(field) => field.shape.as_type().yaml_as_toml(item),
            None => of_every_note(&self.key, item),
        });
        let items: Option<Vec<String>> = items.collect();
        match (self.is_many, items?.as_slice()) {
            (true, items) => Some(format!("[{}]", items.join(", "))),
            (false, [one]) => Some(one.clone()),
            (false, _) => None,
        }
    }
}

/// Returns the value of a key that every note may have as TOML.
fn of_every_note(key: &str, item: &str) -> Option<String> {
    let declared = NOTE_KEYS.iter().find(|declared| declared.name() == key);
    declared.map_or(&TextShape as &dyn ValueShape, |declared| declared.shape()).yaml_as_toml(item)
}

fn flag(item: &str) -> Option<bool> {
    match item.to_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// The settings of the top level, in their order.
fn entries(yaml: &str) -> Vec<(String, YamlValue)> {
    let mut entries = Vec::new();
    let mut lines = yaml.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim_end();
        if line.is_empty() || line.starts_with(['#', ' ', '\t', '-']) {
            continue;
        }
        let mut below = Vec::new();
        while let Some(next) = lines.next_if(|next| is_below(next)) {
            below.push(next.trim_end());
        }
        // What is no setting is lost with what stands below it.
        let Some((key, value)) = pair(line) else {
            entries.push((line.to_owned(), YamlValue::Other));
            continue;
        };
        entries.push((key.to_owned(), value_of(value, &below)));
    }
    entries
}

/// Says whether a line belongs to the setting above it.
fn is_below(line: &str) -> bool {
    line.trim().is_empty()
        || line.starts_with([' ', '\t', ']'])
        || line == "-"
        || line.starts_with("- ")
}

/// Splits a line into a key and the text after its colon.
fn pair(line: &str) -> Option<(&str, &str)> {
    let (key, value) = match line.find(": ") {
        Some(at) => (&line[..at], &line[at + 2..]),
        None => (line.strip_suffix(':')?, ""),
    };
    let key = key.trim().trim_matches(['"', '\'']);
    (!key.is_empty()).then_some((key, value.trim()))
}

fn value_of(value: &str, below: &[&str]) -> YamlValue {
    let value = without_comment(value);
    let is_blank = below.iter().all(|line| line.trim().is_empty());
    match value.chars().next() {
        None if is_blank => YamlValue::Empty,
        None => listed(below),
        Some('|' | '>') => block(value, below),
        Some('[') => {
            let whole = std::iter::once(value).chain(below.iter().map(|line| line.trim()));
            in_brackets(&whole.collect::<Vec<_>>().join(" "))
        }
        Some('{' | '&' | '*' | '!' | '%' | '@' | '`') => YamlValue::Other,
        Some(_) if is_blank => scalar(value).map_or(YamlValue::Other, YamlValue::Text),
        Some('"' | '\'') => YamlValue::Other,
        // A text goes on in the lines below.
        Some(_) => {
            let lines = std::iter::once(value).chain(below.iter().map(|line| line.trim()));
            let joined = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
            YamlValue::Text(joined)
        }
    }
}

/// Reads a list of which each item stands in a line of its own, after a hyphen.
fn listed(below: &[&str]) -> YamlValue {
    let lines = below.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    let lines = lines.filter(|line| !line.starts_with('#'));
    let item = |line: &str| {
        let item = without_comment(line.strip_prefix('-')?.trim());
        let is_plain = !item.starts_with(['[', '{', '&', '*', '!', '-', '|', '>']);
        // A part with keys of its own, unless it is an address or stands in quotes.
        let has_key =
            !item.starts_with(['"', '\'']) && (item.contains(": ") || item.ends_with(':'));
        (is_plain && !has_key).then(|| scalar(item)).flatten()
    };
    let items: Option<Vec<String>> = lines.map(item).collect();
    items.map_or(YamlValue::Other, |items| {
        YamlValue::List(items.into_iter().filter(|item| !item.is_empty()).collect())
    })
}

/// Reads a text of several lines: `|` keeps their ends, `>` makes them one.
fn block(sign: &str, below: &[&str]) -> YamlValue {
    let lines: Vec<&str> = below.iter().map(|line| line.trim()).collect();
    let joint = if sign.starts_with('|') { "\n" } else { " " };
    YamlValue::Text(lines.join(joint).trim().to_owned())
}

/// Reads a list such as `[a, "b, c", d]`.
fn in_brackets(value: &str) -> YamlValue {
    let Some(inner) = value.trim().strip_prefix('[').and_then(|v| v.strip_suffix(']')) else {
        return YamlValue::Other;
    };
    let (mut items, mut from, mut quote) = (Vec::new(), 0, None);
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if inner[from..at].trim().is_empty() => quote = Some(c),
            (None, '[' | '{') => return YamlValue::Other,
            (None, ',') => {
                items.push(&inner[from..at]);
                from = at + 1;
            }
            _ => {}
        }
    }
    items.push(&inner[from..]);
    let items: Option<Vec<String>> =
        items.into_iter().map(str::trim).filter(|item| !item.is_empty()).map(scalar).collect();
    items.map_or(YamlValue::Other, YamlValue::List)
}

/// Returns a text without its quotes; none if they do not end, or hold what is not understood.
fn scalar(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(rest) = text.strip_prefix('\'') {
        let inner = rest.strip_suffix('\'')?;
        let is_whole = inner.replace("''", "").find('\'').is_none();
        return is_whole.then(|| inner.replace("''", "'"));
    }
    if let Some(rest) = text.strip_prefix('"') {
        let inner = rest.strip_suffix('"')?;
        let mut out = String::new();
        let mut signs = inner.chars();
        while let Some(c) = signs.next() {
            match c {
                '"' => return None,
                '\\' => match signs.next()? {
                    'n' => out.push('\n'),
                    't' => out.push('\t'),
                    c @ ('"' | '\\' | '/') => out.push(c),
                    _ => return None,
                },
                c => out.push(c),
            }
        }
        return Some(out);
    }
    Some(if matches!(text, "~" | "null") { String::new() } else { text.to_owned() })
}

/// Returns a value without the remark after it.
fn without_comment(value: &str) -> &str {
    if value.starts_with('#') {
        return "";
    }
    let from = match value.chars().next() {
        Some(quote @ ('"' | '\'')) => value[1..].rfind(quote).map_or(0, |at| at + 1),
        Some('[') => value.rfind(']').unwrap_or(0),
        _ => 0,
    };
    let end = value[from..].find(" #").map_or(value.len(), |at| from + at);
    value[..end].trim_end()
}
