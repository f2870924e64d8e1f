//! Files of GNU gettext (`.po`), written and read, as its manual describes them under "The Format of PO Files".

mod reader;

use std::fmt::Write;

pub(super) use reader::read;

use super::catalog::Catalog;

/// The width at which lines are broken between words.
const WIDTH: usize = 76;

/// Writes a catalog.
pub(super) fn write(catalog: &Catalog) -> String {
    let mut out = String::new();
    // gettext expects all of these. A date, and who translates, would change without the texts.
    let header = format!(
        "Project-Id-Version: {}\nPO-Revision-Date: \nLast-Translator: \nLanguage-Team: \nLanguage: {}\nMIME-Version: 1.0\n\
         Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nX-Source-Language: {}\n",
        catalog.title.replace(['\n', '\r'], " "),
        catalog.to.replace('-', "_"),
        catalog.from.replace('-', "_"),
    );
    out.push_str("msgid \"\"\n");
    string(&mut out, "msgstr", &header, true);
    for entry in &catalog.entries {
        out.push('\n');
        for remark in &entry.remarks {
            for line in remark.lines() {
                let _ = writeln!(out, "#. {line}");
            }
        }
        if entry.is_fuzzy && !entry.target.is_empty() {
            out.push_str("#, fuzzy\n");
        }
        if let Some(previous) = &entry.previous {
            let mut lines = String::new();
            string(&mut lines, "msgid", previous, false);
            for line in lines.lines() {
                let _ = writeln!(out, "#| {line}");
            }
        }
        string(&mut out, "msgctxt", &entry.context, false);
        string(&mut out, "msgid", &entry.source, false);
        string(&mut out, "msgstr", &entry.target, false);
    }
    out
}

/// Writes a string after its keyword, in several lines if it `is_long` or doesn't fit into one.
fn string(out: &mut String, keyword: &str, text: &str, is_long: bool) {
    let lines = lines(text);
    if lines.len() <= 1 && !is_long {
        let _ = writeln!(out, "{keyword} \"{}\"", lines.first().map_or("", |line| line));
        return;
    }
    let _ = writeln!(out, "{keyword} \"\"");
    for line in lines {
        let _ = writeln!(out, "\"{line}\"");
    }
}

/// Returns the lines of a string with its signs escaped: a line ends with a line break of the text, or between words.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut width) = (String::new(), 0);
    for word in text.split_inclusive([' ', '\n']) {
        let length = word.chars().count();
        if width > 0 && width + length > WIDTH {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
        escape(&mut line, word);
        width += length;
        if word.ends_with('\n') {
            lines.push(std::mem::take(&mut line));
            width = 0;
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_ascii_control() => {
                let _ = write!(out, "\\{:03o}", c as u32);
            }
            c => out.push(c),
        }
    }
}
