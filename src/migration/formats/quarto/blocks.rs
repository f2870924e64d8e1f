//! Boxes between lines of colons, cells of code, attributes and references of Quarto and Pandoc.

use std::collections::BTreeMap;

use crate::migration::foreign::ForeignBook;
use crate::migration::passages::{TextLine, attributes, lines, outside_code};

/// The greatest depth of boxes in each other.
const DEEPEST: usize = 16;

/// The beginnings of the names of what is referred to.
const REFERENCES: &[&str] = &["sec-", "fig-", "tbl-", "eq-", "lst-", "thm-"];

/// The places of what texts refer to, such as `@sec-method`: an address with `#`, and the words for it.
pub(super) type CrossReferences = BTreeMap<String, (String, String)>;

/// Gathers the headings that are referred to by a name, `## Method {#sec-method}`.
pub(super) fn gather(address: &str, text: &str, references: &mut CrossReferences) {
    for line in lines(text, 1).iter().filter(|line| !line.is_code && line.text.starts_with('#')) {
        let Some((title, rest)) = line.text.split_once('{') else { continue };
        let words = attributes(rest.split('}').next().unwrap_or_default());
        if let Some(id) = words.iter().find_map(|(_, value)| value.strip_prefix('#')) {
            let title = title.trim_matches(['#', ' ']).to_owned();
            references.insert(id.to_owned(), (format!("{address}#{id}"), title));
        }
    }
}

/// Returns a text as Fieldbook has it.
pub(super) fn converted(
    book: &mut ForeignBook,
    file: &str,
    lines: &[TextLine<'_>],
    references: &CrossReferences,
) -> String {
    let mut writer = BoxWriter { book, file, references };
    let mut out = writer.boxes(lines, 0).join("\n");
    out.push('\n');
    out
}

struct BoxWriter<'a> {
    book: &'a mut ForeignBook,
    file: &'a str,
    references: &'a CrossReferences,
}

impl BoxWriter<'_> {
    fn boxes(&mut self, lines: &[TextLine<'_>], depth: usize) -> Vec<String> {
        let mut out: Vec<String> = Vec::new();
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            let Some(settings) = opening(line).filter(|_| depth < DEEPEST) else {
                if !is_closing(line) {
                    out.push(self.line(line));
                }
                continue;
            };
            let length = inner_length(&lines[at..]);
            let inner = &lines[at..at + length];
            at += length + 1;
            if let Some(name) =
                settings.iter().find_map(|(_, value)| value.strip_prefix(".callout-"))
            {
                self.callout(name, &settings, inner, &mut out, depth);
                continue;
            }
            let words: Vec<String> = settings
                .iter()
                .map(|(name, value)| match name.bytes().all(|byte| byte.is_ascii_digit()) {
                    true => value.clone(),
                    false => format!("{name}={value}"),
                })
                .collect();
            let text = format!("dropped the box around a text: {}", words.join(" "));
            self.book.remark(self.file, line.number, text);
            out.push(String::new());
            out.extend(self.boxes(inner, depth + 1));
            out.push(String::new());
        }
        out
    }

    fn callout(
        &mut self,
        name: &str,
        settings: &[(String, String)],
        inner: &[TextLine<'_>],
        out: &mut Vec<String>,
        depth: usize,
    ) {
        let setting = |name: &str| {
            settings.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
        };
        let mut title = setting("title").unwrap_or_default().to_owned();
        let mut inner = inner;
        let first = inner.iter().position(|line| !line.text.trim().is_empty()).unwrap_or(0);
        // A heading at the beginning is the title.
        if let Some(line) =
            inner.get(first).filter(|line| title.is_empty() && line.text.starts_with('#'))
        {
            title = line.text.trim_matches(['#', ' ']).to_owned();
            inner = &inner[first + 1..];
        }
        let fold = match setting("collapse") {
            Some("true") => "-",
            Some("false") => "+",
            _ => "",
        };
        let title = if title.is_empty() { title } else { format!(" {title}") };
        let text = self.boxes(inner, depth + 1).join("\n");
        let made = crate::migration::formats::shortcodes::callout(name, fold, &title, &text);
        out.extend(made.lines().map(str::to_owned));
        out.push(String::new());
    }

    fn line(&mut self, line: &TextLine<'_>) -> String {
        if line.opens_code {
            return self.fence(line);
        }
        if line.is_code {
            return line.text.to_owned();
        }
        let mut remarks = Vec::new();
        let is_heading = line.text.starts_with('#');
        let references = self.references;
        let out = outside_code(line.text, |part| {
            let part = without_attributes(part, is_heading, &mut remarks);
            referring(&part, references, &mut remarks)
        });
        remarks.into_iter().for_each(|text| self.book.remark(self.file, line.number, text));
        out
    }

    /// Returns the line that opens a block of code, with the name of the language alone: `{python}` is `python`.
    fn fence(&mut self, line: &TextLine<'_>) -> String {
        let end = line.text.find('{').unwrap_or(line.text.len());
        let (begin, info) = line.text.split_at(end);
        let info =
            info.trim_matches(['{', '}', ' ']).trim_start_matches('.').trim_start_matches('=');
        let (name, rest) = info.split_once([' ', ',']).unwrap_or((info, ""));
        if !rest.trim().is_empty() {
            let text = format!("dropped the settings of a block of code: {}", rest.trim());
            self.book.remark(self.file, line.number, text);
        }
        format!("{begin}{name}")
    }
}

/// Returns the settings of the box that begins with a line.
fn opening(line: &TextLine<'_>) -> Option<Vec<(String, String)>> {
    let inner = line.text.trim().strip_prefix(":::").filter(|_| !line.is_code)?;
    let inner = inner.trim_start_matches(':').trim().trim_end_matches(':').trim();
    if inner.is_empty() {
        return None;
    }
    match inner.strip_prefix('{') {
        Some(inner) => Some(attributes(inner.trim_end_matches('}'))),
        None => Some(vec![("0".to_owned(), format!(".{}", inner.trim_start_matches('.')))]),
    }
}

fn is_closing(line: &TextLine<'_>) -> bool {
    let inner = line.text.trim();
    !line.is_code && inner.len() >= 3 && inner.bytes().all(|byte| byte == b':')
}

/// Returns the number of lines of a box, up to the one that closes it.
fn inner_length(lines: &[TextLine<'_>]) -> usize {
    let mut depth = 0;
    for (at, line) in lines.iter().enumerate() {
        if opening(line).is_some() {
            depth += 1;
        } else if is_closing(line) {
            if depth == 0 {
                return at;
            }
            depth -= 1;
        }
    }
    lines.len()
}

/// Takes attributes out, such as `{.unnumbered}`. The name of a heading stays.
fn without_attributes(part: &str, is_heading: bool, remarks: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while let Some(at) = rest.find('{') {
        let Some(length) = end_of_attributes(&rest[at..]) else { break };
        let mut words = attributes(&rest[at + 1..at + length]);
        let is_attribute = |(name, value): &(String, String)| {
            !name.bytes().all(|byte| byte.is_ascii_digit())
                || value.starts_with(['#', '.'])
                || value == "-"
        };
        if words.is_empty()
            || !words.iter().all(is_attribute)
            || rest[..at].ends_with(['$', '\\', '{'])
        {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        out.push_str(&rest[..at]);
        if let Some(place) = words.iter().position(|(name, _)| name == "fig-alt")
            && let Some(described) = described(&out, &words[place].1)
        {
            out = described;
            words.remove(place);
        }
        let id = words.iter().find_map(|(_, value)| value.strip_prefix('#')).filter(|_| is_heading);
        if let Some(id) = id {
            out = format!("{} {{#{id}}}", out.trim_end());
        }
        if !words.is_empty() && (id.is_none() || words.len() > 1) {
            let all: Vec<String> = words.iter().map(attribute).collect();
            remarks.push(format!("dropped the attributes {{{}}}", all.join(" ")));
        }
        rest = &rest[at + length + 1..];
    }
    let out = out + rest;
    if is_heading { out.trim_end().to_owned() } else { out }
}

/// Returns an attribute as it is written.
fn attribute((name, value): &(String, String)) -> String {
    match name.bytes().all(|byte| byte.is_ascii_digit()) {
        true => value.clone(),
        false => format!("{name}=\"{value}\""),
    }
}

/// Returns the place of the bracket that closes attributes; one in quotes does not.
fn end_of_attributes(text: &str) -> Option<usize> {
    let mut quote = None;
    let end = text.char_indices().find(|(_, c)| {
        match quote {
            Some(open) if open == *c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(*c),
            _ => {}
        }
        quote.is_none() && *c == '}'
    });
    end.map(|(at, _)| at).or_else(|| text.find('}'))
}

/// Returns a text that ends with a picture, with this description of the picture. The caption that stood in its place
/// follows the picture. `None` if no picture is there.
fn described(text: &str, description: &str) -> Option<String> {
    let start = text.rfind("![").filter(|_| text.ends_with(')'))?;
    let (caption, target) = text[start + 2..].split_once("](")?;
    if target.find(')') != Some(target.len() - 1) {
        return None;
    }
    let before = &text[..start];
    let description = description.replace(['[', ']'], "");
    let picture = format!("{before}![{description}]({target}");
    Some(match (caption.trim(), before.trim()) {
        ("", _) => picture,
        (caption, "") => format!("{picture}\n{before}{caption}"),
        (caption, _) => format!("{picture} {caption}"),
    })
}

/// Makes references such as `@sec-method` links, or names.
fn referring(part: &str, references: &CrossReferences, remarks: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while let Some(at) = rest.find('@') {
        let after = &rest[at + 1..];
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let length = after.find(|c| !is_name(c)).unwrap_or(after.len());
        let name = &after[..length];
        out.push_str(&rest[..at]);
        rest = &after[length..];
        match references.get(name) {
            Some((address, title)) => {
                // In brackets it refers, too: `[@sec-method]`.
                if out.ends_with('[') && rest.starts_with(']') {
                    out.pop();
                    rest = &rest[1..];
                }
                out.push_str(&format!("[{title}]({address})"));
            }
            None => {
                if REFERENCES.iter().any(|begin| name.starts_with(begin)) {
                    remarks.push(format!("kept as text: the reference @{name}"));
                } else if out.ends_with(['[', '-']) || out.ends_with("; ") {
                    remarks.push(format!("kept as text: the citation @{name}"));
                }
                out.push('@');
                out.push_str(name);
            }
        }
    }
    out + rest
}
