//! Signs within the lines of Python-Markdown that mean nothing in a book.

use crate::migration::foreign::ForeignBook;
use crate::migration::passages::{TextLine, attributes, comment, outside_code};

/// Beginnings of the names of icons, between colons.
const ICONS: &[&str] = &[":material-", ":octicons-", ":fontawesome-", ":simple-"];

/// Returns the line that opens a block of code, with the name of the language alone: `{ .py .annotate }` is `py`. The
/// rest is dropped.
pub(super) fn fence(line: &str) -> (String, Option<String>) {
    let signs = line.find(['`', '~']).unwrap_or(0);
    let end = line[signs..].find(|c| c != '`' && c != '~').map_or(line.len(), |end| signs + end);
    let (begin, info) = line.split_at(end);
    let inner = info.trim().trim_start_matches('{').trim_start().trim_start_matches('.');
    let name = inner.split([' ', ',', '}', '{']).next().unwrap_or_default();
    let name = if name.contains('=') { "" } else { name };
    let rest =
        info.trim().trim_start_matches(['{', '.', ' ']).strip_prefix(name).unwrap_or_default();
    let rest = rest.trim_matches(['{', '}', ' ']);
    let dropped =
        (!rest.is_empty()).then(|| format!("dropped the settings of a block of code: {rest}"));
    (format!("{begin}{name}"), dropped)
}

/// Returns a line of text as Fieldbook has it.
pub(super) fn line(
    book: &mut ForeignBook,
    file: &str,
    line: &TextLine<'_>,
    has_macros: bool,
) -> String {
    let inner = line.text.trim();
    let mut remark = |text: String| book.remark(file, line.number, text);
    if inner.eq_ignore_ascii_case("[toc]") {
        remark("dropped [TOC]: pages have a list of their headings".to_owned());
        return String::new();
    }
    if inner.starts_with("*[") && inner.contains("]:") {
        remark(format!("put an abbreviation into a comment: {inner}"));
        return comment(inner);
    }
    let is_div = (inner.starts_with("<div") || inner == "</div>") && inner.ends_with('>');
    if is_div && inner.matches('<').count() == 1 {
        if inner != "</div>" {
            remark(format!("dropped the box {inner}"));
        }
        return String::new();
    }
    let mut dropped = Vec::new();
    let out = outside_code(line.text, |part| {
        let mut out = without_attributes(part, &mut dropped);
        if has_macros {
            out = without_macros(&out, &mut dropped);
        }
        for icon in ICONS {
            out = without_icons(&out, icon, &mut dropped);
        }
        keys(&out)
    });
    dropped.into_iter().for_each(remark);
    out
}

/// Takes attributes out, such as `{: #id .class }`. That of a heading stays, and the width of a picture.
fn without_attributes(part: &str, dropped: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while let Some(at) = rest.find('{') {
        let Some(length) = rest[at..].find('}') else { break };
        let written = &rest[at..=at + length];
        let inner = written[1..length].trim_start_matches(':').trim();
        let words = attributes(inner);
        let is_attribute = |(name, value): &(String, String)| {
            let is_word = name.chars().all(|c| c.is_ascii_digit());
            !is_word || value.starts_with(['#', '.']) && value.len() > 1
        };
        let before = &rest[..at];
        if inner.is_empty() || !words.iter().all(is_attribute) || before.ends_with(['$', '\\', '{'])
        {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        out.push_str(before);
        let id = words.iter().find_map(|(_, value)| value.strip_prefix('#'));
        let is_heading = out.trim_start().starts_with('#');
        let width = words.iter().find(|(name, _)| name == "width").map(|(_, width)| width);
        let width =
            width.filter(|width| !width.is_empty() && width.bytes().all(|b| b.is_ascii_digit()));
        match (id, width) {
            (Some(id), _) if is_heading => out = format!("{} {{#{id}}}", out.trim_end()),
            (_, Some(width)) if sized(&mut out, width) => {}
            _ => dropped.push(format!("dropped the attributes {written}")),
        }
        if words.len() > 1 && dropped.last().is_none_or(|last| !last.ends_with(written)) {
            dropped.push(format!("dropped all but one of the attributes {written}"));
        }
        rest = &rest[at + length + 1..];
    }
    out + rest
}

/// Writes the width of the picture with which a text ends behind its words; returns false if it ends with none.
fn sized(out: &mut String, width: &str) -> bool {
    let picture =
        out.trim_end().strip_suffix(')').and_then(|text| text.rfind("](")).filter(|end| {
            out[..*end].rfind("![").is_some_and(|start| !out[start..*end].contains(']'))
        });
    if let Some(at) = picture {
        out.insert_str(at, &format!("|{width}"));
    }
    picture.is_some()
}

/// Puts commands of the macros plugin into comments.
fn without_macros(part: &str, dropped: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        let end = if rest[at..].starts_with("{{") { "}}" } else { "%}" };
        let Some(length) = rest[at..].find(end) else { break };
        let written = &rest[at..at + length + 2];
        out.push_str(&rest[..at]);
        out.push_str(&comment(written));
        dropped.push(format!("put a macro into a comment: {written}"));
        rest = &rest[at + length + 2..];
    }
    out + rest
}

fn without_icons(part: &str, icon: &str, dropped: &mut Vec<String>) -> String {
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while let Some(at) = rest.find(icon) {
        let name = &rest[at + 1..];
        let Some(length) = name.find(':').filter(|end| !name[..*end].contains(' ')) else { break };
        out.push_str(&rest[..at]);
        dropped.push(format!("dropped the icon :{}", &name[..=length]));
        rest = name[length + 1..].strip_prefix(' ').unwrap_or(&name[length + 1..]);
    }
    out + rest
}

/// Writes keys such as `++ctrl+c++` as text.
fn keys(part: &str) -> String {
    let mut out = String::with_capacity(part.len());
    let mut rest = part;
    while let Some(at) = rest.find("++") {
        let inner = &rest[at + 2..];
        let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '"' | '_');
        let end = inner.find("++").filter(|end| *end > 0 && inner[..*end].chars().all(is_key));
        out.push_str(&rest[..at]);
        match end {
            Some(end) => {
                let keys =
                    inner[..end].split('+').map(|key| format!("`{}`", key.trim_matches('"')));
                out.push_str(&keys.collect::<Vec<_>>().join("+"));
                rest = &inner[end + 2..];
            }
            None => {
                out.push_str("++");
                rest = inner;
            }
        }
    }
    out + rest
}
