//! One setting of a front matter changed: only the bytes of its value, and those that part it from its neighbours.

use std::ops::Range;

use super::key_type::{ValueSort, key_rank};
use super::written::WrittenFrontMatter;
use crate::config::Kind;
use crate::date::Date;
use crate::diagnostic::TextEdit;
use crate::span::Span;
use crate::table::{ItemPlace, Notation, SettingForm, SettingPlace, quoted};

/// Returns a value as it is written, in the manner of the one that it replaces; the error says what is wrong with it.
pub fn written_value(
    sort: ValueSort,
    notation: Notation,
    value: &str,
    manner: Option<&str>,
) -> Result<String, String> {
    if value.contains(char::is_control) {
        return Err("a value can't hold control characters or line breaks".to_owned());
    }
    match sort {
        ValueSort::Text => Ok(text(notation, value, manner)),
        ValueSort::Date => {
            let Some(date) = Date::parse(value) else {
                return Err(format!("\"{value}\" is no date such as 2024-06-24, 2024-06 or 2024"));
            };
            let is_bare = notation == Notation::Yaml || date.day_of_month().is_some();
            Ok(if is_bare { date.to_string() } else { quoted(&date.to_string()) })
        }
        ValueSort::Flag if matches!(value, "true" | "false") => Ok(value.to_owned()),
        ValueSort::Flag => Err(format!("it takes true or false, and not \"{value}\"")),
        ValueSort::Whole if value.parse::<i64>().is_ok() => {
            Ok(value.trim_start_matches('+').to_owned())
        }
        ValueSort::Whole => Err(format!("it takes a whole number, and not \"{value}\"")),
        ValueSort::Number => {
            let is_sign = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.');
            let is_number = value.chars().all(is_sign)
                && value.parse::<f64>().is_ok()
                && !value.starts_with('.')
                && !value.ends_with('.');
            if is_number { Ok(value.to_owned()) } else { Err(format!("\"{value}\" is no number")) }
        }
        ValueSort::Part => {
            Err("it holds parts with keys of their own: change them in the file".to_owned())
        }
    }
}

fn text(notation: Notation, value: &str, manner: Option<&str>) -> String {
    let is_single =
        manner.is_some_and(|written| written.starts_with('\'') && !written.starts_with("'''"));
    let is_quoted = manner.is_some_and(|written| written.starts_with(['"', '\'', '|', '>']));
    if is_single && !value.contains('\'') {
        format!("'{value}'")
    } else if notation == Notation::Yaml && !is_quoted && is_plain(value) {
        value.to_owned()
    } else {
        quoted(value)
    }
}

/// Says whether YAML reads a text without quotes as this text, wherever it stands.
fn is_plain(value: &str) -> bool {
    let is_word =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '.' | '(' | ')');
    let small = value.to_ascii_lowercase();
    value.starts_with(char::is_alphabetic)
        && value.chars().all(is_word)
        && !value.ends_with(' ')
        && !matches!(&*small, "true" | "false" | "null" | "yes" | "no" | "on" | "off" | "y" | "n")
}

/// Returns the edits that give a setting one value.
pub fn put_value(
    front: &WrittenFrontMatter<'_>,
    setting: &SettingPlace,
    value: String,
) -> Vec<TextEdit> {
    match setting.form {
        SettingForm::Nothing => {
            let after_colon = front.text[setting.key_place.end..].find(':');
            let at = setting.key_place.end + after_colon.map_or(0, |at| at + 1);
            // What is written for nothing, such as ~, goes.
            let end = if setting.place.start >= at { setting.place.end } else { at };
            vec![edit(at..end, format!(" {value}"))]
        }
        SettingForm::Several { in_brackets: false, .. } => {
            let from = front.line_end(setting.key_place.end);
            vec![edit(from..setting.place.end, format!(" {value}"))]
        }
        _ => vec![edit(setting.place.clone(), value)],
    }
}

/// Returns the edits that add a setting where it belongs in notes of `kind`.
pub fn insert_setting(
    front: &WrittenFrontMatter<'_>,
    kind: &Kind,
    key: &str,
    value: &str,
) -> Vec<TextEdit> {
    if !front.is_fenced {
        return vec![new_front_matter(front, &[(key, value)])];
    }
    let (line, line_break) = (front.notation.setting(key, value), front.line_break());
    let rank = key_rank(kind, key);
    let lines = front.settings.iter().filter(|setting| front.is_line(setting));
    let before = lines.filter(|setting| key_rank(kind, &setting.key) <= rank);
    match before.max_by_key(|setting| (key_rank(kind, &setting.key), setting.key_place.start)) {
        Some(setting) => {
            let at = front.line_end(setting.place.end.max(setting.key_place.end));
            vec![edit(at..at, format!("{line_break}{line}"))]
        }
        None => {
            let at = front.block.start;
            vec![edit(at..at, format!("{line}{line_break}"))]
        }
    }
}

/// Returns the edit that gives a note without front matter one with these settings.
pub(super) fn new_front_matter(
    front: &WrittenFrontMatter<'_>,
    settings: &[(&str, &str)],
) -> TextEdit {
    let fence = front.notation.fence().to_owned();
    let lines = settings.iter().map(|(key, value)| front.notation.setting(key, value));
    let mut block = vec![fence.clone()];
    block.extend(lines);
    block.extend([fence, String::new(), String::new()]);
    edit(front.block.clone(), block.join(front.line_break()))
}

/// Returns the edits that remove a setting. A remark behind it stays, as a line of its own.
pub fn remove_setting(front: &WrittenFrontMatter<'_>, setting: &SettingPlace) -> Vec<TextEdit> {
    remove_lines(front, setting.key_place.start, setting.place.end.max(setting.key_place.end))
}

fn remove_lines(front: &WrittenFrontMatter<'_>, from: usize, to: usize) -> Vec<TextEdit> {
    let start = front.line_start(from);
    let end = front.line_end(to);
    match front.text[to..end].find('#') {
        Some(remark) => {
            let indent = front.text[start..from].len() - front.text[start..from].trim_start().len();
            vec![edit(start + indent.min(from - start)..to + remark, String::new())]
        }
        None => vec![edit(start..front.next_line(to), String::new())],
    }
}

/// Returns the edits that add a value at the end of a list.
pub fn add_list_item(
    front: &WrittenFrontMatter<'_>,
    setting: &SettingPlace,
    items: &[ItemPlace],
    in_brackets: bool,
    value: &str,
) -> Vec<TextEdit> {
    let text = front.text;
    let Some(last) = items.last() else {
        let place = setting.place.clone();
        // A remark between the brackets stays there.
        let at = if text[place.clone()].contains('#') {
            place.start + 1..place.start + 1
        } else {
            place
        };
        let inside = if at.is_empty() { value.to_owned() } else { format!("[{value}]") };
        return vec![edit(at, inside)];
    };
    let line_start = front.line_start(last.place.start);
    let before = &text[line_start..last.place.start];
    let line_break = front.line_break();
    if !in_brackets {
        let at = front.line_end(last.place.end);
        return vec![edit(at..at, format!("{line_break}{before}{value}"))];
    }
    let comma = next_sign(text, last.place.end, setting.place.end)
        .filter(|at| text[*at..].starts_with(','));
    if before.trim().is_empty() {
        let from = comma.map_or(last.place.end, |at| at + 1);
        let line = front.line_end(from);
        if line < setting.place.end {
            let after = if comma.is_some() { "," } else { "" };
            let line = edit(line..line, format!("{line_break}{before}{value}{after}"));
            return match comma {
                Some(_) => vec![line],
                None if line.span.start as usize == last.place.end => {
                    vec![TextEdit { text: format!(",{}", line.text), ..line }]
                }
                None => vec![edit(last.place.end..last.place.end, ",".to_owned()), line],
            };
        }
    }
    vec![edit(last.place.end..last.place.end, format!(", {value}"))]
}

/// Returns the edits that take the value at `at` out of a list.
pub fn remove_list_item(
    front: &WrittenFrontMatter<'_>,
    setting: &SettingPlace,
    items: &[ItemPlace],
    in_brackets: bool,
    at: usize,
) -> Vec<TextEdit> {
    let (text, place) = (front.text, items[at].place.clone());
    if !in_brackets {
        if items.len() > 1 {
            return remove_lines(front, place.start, place.end);
        }
        let colon = front.text[setting.key_place.end..].find(':').unwrap_or(0);
        let colon = setting.key_place.end + colon + 1;
        return std::iter::once(edit(colon..colon, " []".to_owned()))
            .chain(remove_lines(front, place.start, place.end))
            .collect();
    }
    let comma =
        next_sign(text, place.end, setting.place.end).filter(|at| text[*at..].starts_with(','));
    let end = comma.map_or(place.end, |at| at + 1);
    let (line_start, line_end) = (front.line_start(place.start), front.line_end(end));
    let is_alone = text[line_start..place.start].trim().is_empty()
        && text[end..line_end].trim().is_empty()
        && line_end < setting.place.end
        && !text[place.end..end].contains(['\n', '#']);
    if is_alone {
        return vec![edit(line_start..front.next_line(end), String::new())];
    }
    match comma {
        // A remark between the value and its comma stays.
        Some(comma) if text[place.end..comma].contains('#') => {
            vec![edit(place, String::new()), edit(comma..end, String::new())]
        }
        Some(_) => {
            let blanks = text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len();
            vec![edit(place.start..end + blanks, String::new())]
        }
        None => {
            let before = at.checked_sub(1).map(|at| items[at].place.end);
            let comma = before.and_then(|from| {
                next_sign(text, from, place.start).filter(|at| text[*at..].starts_with(','))
            });
            match comma {
                Some(comma) if text[comma..place.start].contains(['#', '\n']) => {
                    vec![edit(comma..comma + 1, String::new()), edit(place, String::new())]
                }
                Some(comma) => vec![edit(comma..place.end, String::new())],
                None => vec![edit(place, String::new())],
            }
        }
    }
}

/// Returns the place of the next sign that is neither blank nor part of a remark.
fn next_sign(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    while at < to {
        match *text.as_bytes().get(at)? {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' => at += text[at..].find('\n')? + 1,
            _ => return Some(at),
        }
    }
    None
}

fn edit(place: Range<usize>, text: String) -> TextEdit {
    TextEdit { span: Span::from(place), text }
}
