//! Placeholders: `{1}…{/1}` around the text of a link, `{2}` for what has no text for translators.

use std::collections::BTreeMap;

use crate::parse::units::{MarkText, TextUnit, UnitForm};

/// Returns the text of a unit as translators see it: its marks as placeholders with these numbers, its lines joined, and
/// braces doubled.
pub fn shown(file: &str, unit: &TextUnit, numbers: &[usize]) -> String {
    let mut pieces = Vec::new();
    for (mark, number) in unit.marks.iter().zip(numbers) {
        pieces.push((mark.open.clone(), format!("{{{number}}}")));
        pieces.extend(mark.close.clone().map(|close| (close, format!("{{/{number}}}"))));
    }
    for (place, is_seen) in &unit.breaks {
        pieces.push((place.clone(), if *is_seen { "\n" } else { " " }.to_owned()));
    }
    // Of two that begin together, the empty one stands first.
    pieces.sort_by_key(|(place, _)| (place.start, place.end));
    let mut out = String::new();
    let mut from = unit.range.start;
    for (place, piece) in pieces {
        if place.start < from {
            continue;
        }
        out.push_str(&file[from..place.start].replace('{', "{{"));
        if matches!(piece.as_str(), " " | "\n") {
            out.truncate(out.trim_end_matches([' ', '\t']).len());
        }
        out.push_str(&piece);
        from = place.end;
    }
    out.push_str(&file[from..unit.range.end.max(from)].replace('{', "{{"));
    out
}

/// Something wrong with the placeholders of a translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceholderProblem {
    /// This one is missing.
    Missing(String),
    /// This one stands there twice.
    Doubled(String),
    /// The original has no such placeholder.
    Unknown(String),
    /// The text breaks off a line, in an element that has one line.
    Line,
}

impl std::fmt::Display for PlaceholderProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Missing(sign) => {
                write!(f, "{sign} is missing; it stands for a link or sign of the original")
            }
            Self::Doubled(sign) => write!(f, "{sign} stands there twice; write it once"),
            Self::Unknown(sign) => {
                write!(
                    f,
                    "the original has no {sign}; take it out (a brace that is meant is written twice)"
                )
            }
            Self::Line => write!(f, "it has a line break; write it in one line"),
        }
    }
}

/// A piece of a translation.
enum Piece<'t> {
    Text(&'t str),
    Open(usize),
    Close(usize),
}

/// Puts marks in place of the placeholders of a translation, which is to stand where `unit` does. `needed` are those that
/// it must have.
pub fn restore(
    text: &str,
    marks: &BTreeMap<usize, MarkText>,
    needed: &[usize],
    unit: &TextUnit,
) -> Result<String, PlaceholderProblem> {
    let pieces = pieces(text);
    let mut counts: BTreeMap<usize, [usize; 2]> = BTreeMap::new();
    for piece in &pieces {
        match piece {
            Piece::Open(number) => counts.entry(*number).or_default()[0] += 1,
            Piece::Close(number) => {
                let counts = counts.entry(*number).or_default();
                if counts[0] == 0 {
                    return Err(PlaceholderProblem::Missing(format!(
                        "{{{number}}} before {{/{number}}}"
                    )));
                }
                counts[1] += 1;
            }
            Piece::Text(_) => {}
        }
    }
    for (number, [opened, closed]) in &counts {
        let (open, close) = (format!("{{{number}}}"), format!("{{/{number}}}"));
        let Some(mark) = marks.get(number) else { return Err(PlaceholderProblem::Unknown(open)) };
        if *opened > 1 {
            return Err(PlaceholderProblem::Doubled(open));
        }
        if *closed > 1 {
            return Err(PlaceholderProblem::Doubled(close));
        }
        if *closed == 0 && mark.close.is_some() && mark.as_lone.is_none() {
            return Err(PlaceholderProblem::Missing(close));
        }
        if *closed == 1 && mark.close.is_none() && mark.as_pair.is_none() {
            return Err(PlaceholderProblem::Unknown(close));
        }
    }
    if let Some(number) = needed.iter().find(|number| !counts.contains_key(number)) {
        return Err(PlaceholderProblem::Missing(format!("{{{number}}}")));
    }
    let mut out = String::new();
    // The places where the texts of marks begin.
    let mut begun: BTreeMap<usize, usize> = BTreeMap::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => put(&mut out, text, unit)?,
            Piece::Open(number) => {
                let (mark, is_pair) = (&marks[&number], counts[&number][1] == 1);
                out.push_str(match (&mark.close, is_pair) {
                    (None, true) => mark.as_pair.as_ref().map_or("", |pair| &pair[0]),
                    (Some(_), false) => mark.as_lone.as_deref().unwrap_or_default(),
                    _ => &mark.open,
                });
                begun.insert(number, out.len());
            }
            Piece::Close(number) => {
                let mark = &marks[&number];
                let own = mark.as_pair.as_ref().map_or("", |pair| &pair[1]);
                let mut close = mark.close.as_deref().unwrap_or(own);
                if let Some([name, other]) = &mark.named
                    && out[begun[&number]..] != **name
                {
                    close = other;
                }
                out.push_str(close);
            }
        }
    }
    Ok(out)
}

/// Adds a text.
fn put(out: &mut String, text: &str, unit: &TextUnit) -> Result<(), PlaceholderProblem> {
    for c in text.chars() {
        match c {
            '\n' if unit.form == UnitForm::Html => {
                out.push('\n');
                out.push_str(&unit.margin);
            }
            '\n' if unit.may_have_lines() => {
                out.push_str("\\\n");
                out.push_str(&unit.margin);
            }
            '\n' => return Err(PlaceholderProblem::Line),
            '|' if unit.form == UnitForm::Cell => {
                // A backslash before it escapes it, whatever stands before that.
                out.push_str(if out.ends_with('\\') { "|" } else { "\\|" });
            }
            c => out.push(c),
        }
    }
    Ok(())
}

/// Cuts a translation into texts and placeholders. A doubled brace is a brace.
fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('{').map(|at| from + at) {
        pieces.push(Piece::Text(&text[from..at]));
        let rest = &text[at + 1..];
        let (is_close, number) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let digits = number.bytes().take_while(u8::is_ascii_digit).count();
        let is_placeholder = number[digits..].starts_with('}') && (1..=6).contains(&digits);
        if let Some(number) = number[..digits].parse().ok().filter(|_| is_placeholder) {
            pieces.push(if is_close { Piece::Close(number) } else { Piece::Open(number) });
            from = at + 1 + usize::from(is_close) + digits + 1;
        } else {
            pieces.push(Piece::Text("{"));
            from = at + 1 + usize::from(rest.starts_with('{'));
        }
    }
    pieces.push(Piece::Text(&text[from..]));
    pieces
}
