//! Signs that were meant as markup and are shown as they are: links that are none, spaces that do not
//! break behind a sign, rows of tables with bars of their own.

use std::ops::Range;

use memchr::memmem;

use super::comments::is_escaped;
use super::markdown::BodyParser;
use crate::parse::rules::{invisible_character, lost_cell, not_a_link, unclosed_comment};
use crate::table::CURLY;

/// How far the signs of a link are looked for, in bytes.
pub(super) const REACH: usize = 300;

/// What begins the entries of a list of tasks.
const TASKS: &[&str] = &["[ ]", "[x]", "[X]"];

impl BodyParser<'_, '_> {
    /// A text that may hold `](`, which is left over from a link.
    pub(super) fn advise_left_over(&mut self, range: &Range<usize>) {
        let markdown = self.markdown;
        for at in memchr::memchr_iter(b']', markdown[range.clone()].as_bytes()) {
            let rest = &markdown[range.start + at..];
            if rest.starts_with("](") {
                self.advise_link_signs(range.start + at);
            } else if rest.starts_with("] (") {
                self.advise_parted_link(range.start + at);
            }
        }
    }

    /// The signs of a link whose text ends at `middle`, and a space before its address.
    fn advise_parted_link(&mut self, middle: usize) {
        let start = middle + "] (".len();
        let far = self.markdown.floor_char_boundary((start + REACH).min(self.markdown.len()));
        let line = self.markdown[start..far].split('\n').next().unwrap_or_default();
        let Some(length) = closing(line) else { return };
        let address = &line[..length];
        let is_address = address.contains("://")
            || [".md", ".html", ".pdf"].iter().any(|end| address.ends_with(end))
            || address.starts_with('#');
        let Some(opening) = opening(&self.markdown[..middle]) else { return };
        let words = &self.markdown[opening + 1..middle];
        if !is_address || address.contains(char::is_whitespace) || words.contains('\n') {
            return;
        }
        let message =
            "this is meant as a link and is none: a space parts its words from its address";
        let help = format!("delete the space: [{words}]({address})");
        let at = opening..start + length + 1;
        self.to.warn(&at, &not_a_link::RULE, message, &help);
    }

    /// The signs of a link whose text ends at `middle` and holds another link or a footnote.
    fn advise_nested_link(&mut self, middle: usize, address: &str) {
        let Some(opening) = opening(&self.markdown[..middle]) else { return };
        let words = &self.markdown[opening + 1..middle];
        let Some(inner) = words.find('[').filter(|_| !words.contains('\n')) else { return };
        let message = "this is meant as a link and is none: its words hold a link or a footnote";
        let before = words[..inner].trim_end();
        let help = match before.is_empty() {
            true => "put what stands in the inner brackets behind the link".to_owned(),
            false => format!(
                "put what stands in the inner brackets behind the link: [{before}]({address})"
            ),
        };
        let at = opening..middle + "](".len() + address.len() + 1;
        self.to.warn(&at, &not_a_link::RULE, message, &help);
    }

    /// The signs of a link whose text ends at `middle`, where its address begins with `](`.
    fn advise_link_signs(&mut self, middle: usize) {
        let markdown = self.markdown;
        let near = markdown.floor_char_boundary(middle.saturating_sub(REACH))..middle;
        let Some(opening) = markdown[near.clone()].rfind('[').map(|at| near.start + at) else {
            return;
        };
        let words = &markdown[opening + 1..middle];
        let is_escaped = |text: &str| text.ends_with('\\');
        if words.contains('\n') || is_escaped(words) || is_escaped(&markdown[..opening]) {
            return;
        }
        let is_picture = markdown[..opening].ends_with('!');
        let start = middle + "](".len();
        let far = markdown.ceil_char_boundary((start + REACH).min(markdown.len()));
        let line = markdown[start..far].split('\n').next().unwrap_or_default();
        let Some(length) = closing(line) else { return };
        let address = &line[..length];
        let sign = if is_picture { "!" } else { "" };
        let title =
            address.split_once(char::is_whitespace).map(|(file, title)| (file, title.trim()));
        let help = match title {
            Some((file, title)) if title.starts_with(CURLY) => {
                let title = title.trim_matches(CURLY).trim();
                format!("put straight quotes around the title: {sign}[{words}]({file} \"{title}\")")
            }
            Some((file, size)) if size.starts_with('=') => {
                let size = &size[1..];
                format!("write the size after a bar: {sign}[{words}|{size}]({file})")
            }
            Some(_) => {
                let title = address.find(" \"").unwrap_or(address.len());
                let (file, title) = address.split_at(title);
                format!("put < and > around the address: {sign}[{words}](<{}>{title})", file.trim())
            }
            None => return self.advise_nested_link(middle, address),
        };
        let message = "this is meant as a link and is none: an address ends at the first space";
        let at = opening - sign.len()..start + length + 1;
        self.to.warn(&at, &not_a_link::RULE, message, &help);
    }

    /// A text that may begin with a sign of Markdown and a space that is none for it.
    pub(super) fn advise_space(&mut self, range: &Range<usize>) {
        let written = &self.markdown[range.clone()];
        let run = |is: fn(char) -> bool| written.len() - written.trim_start_matches(is).len();
        let length = match written.as_bytes().first() {
            Some(b'#') => run(|c| c == '#'),
            Some(b'-' | b'*' | b'+') => 1,
            Some(b'0'..=b'9') => run(|c| c.is_ascii_digit()) + 1,
            Some(b'[') if TASKS.iter().any(|task| written.starts_with(task)) => 3,
            Some(b'|') if written.chars().all(|c| "|-: ".contains(c) || is_unbroken(c)) => {
                written.find(is_unbroken).unwrap_or_default()
            }
            _ => return,
        };
        let Some((sign, rest)) = written.split_at_checked(length) else { return };
        let Some(space) = rest.chars().next().filter(|c| is_unbroken(*c)) else { return };
        let is_sign = !sign.starts_with(|c: char| c.is_ascii_digit()) || sign.ends_with(['.', ')']);
        let signs = |c: char| " \t>-*+.)0123456789".contains(c);
        let before = self.markdown[..range.start].trim_end_matches(signs);
        if is_sign && (before.is_empty() || before.ends_with('\n')) {
            let message = "this space is not a plain one, so the sign before it is shown as it is";
            let help = "delete it, and type a plain space";
            let at = range.start..range.start + length + space.len_utf8();
            self.to.warn(&at, &invisible_character::RULE, message, help);
        }
    }

    /// A text that may hold the beginning of a comment of HTML, which would be shown.
    pub(super) fn advise_comment(&mut self, range: &Range<usize>) {
        let markdown = self.markdown;
        for at in memmem::find_iter(markdown[range.clone()].as_bytes(), b"<!--") {
            let at = range.start + at..range.start + at + "<!--".len();
            if !is_escaped(markdown, at.start) {
                let message = "this comment does not end here, so it would be shown to readers";
                let help = match !self.table.alignments.is_empty() {
                    true => "a bar ends the cell and the comment with it: write a bar in it as \\|",
                    false => "write --> where it ends, or \\<!-- if these signs are no comment",
                };
                self.to.error(&at, &unclosed_comment::RULE, message, help);
            }
        }
    }

    /// A row of a table that stands at `range`: bars cut its links, or make cells of no column.
    pub(super) fn advise_row(&mut self, range: &Range<usize>) {
        let written = self.markdown[range.clone()].trim_end();
        let columns = self.table.alignments.len();
        let bars = bars(written);
        let last = written.len().saturating_sub(1);
        let mut between = bars.iter().filter(|at| **at != 0 && **at != last);
        if self.advise_cut_link(range.start, written, &bars) {
            return;
        }
        if let Some(bar) = between.nth(columns.saturating_sub(1)) {
            let message = "the head of the table has no column for what stands here, so it is lost";
            let help =
                "give the head another column, or write a bar that is part of the text as \\|";
            let start = bar + 1 + written[bar + 1..].bytes().take_while(|b| *b == b' ').count();
            let place = range.start + start..range.start + written.len();
            self.to.warn(&place, &lost_cell::RULE, message, help);
        }
    }

    /// The line at `range`, which is text and looks like the one below the head of a table.
    pub(super) fn advise_no_table(&mut self, range: &Range<usize>) {
        let written = &self.markdown[range.clone()];
        let is_line = |line: &str| line.starts_with('|') && line.contains('-');
        if !is_line(written) || !written.bytes().all(|byte| b"|-: \t".contains(&byte)) {
            return;
        }
        let above = self.markdown[..range.start].trim_end_matches([' ', '\t', '>']);
        let Some(above) = above.strip_suffix('\n') else { return };
        let line = &above[above.rfind('\n').map_or(0, |at| at + 1)..];
        let head = line.trim_start_matches([' ', '\t', '>']);
        let start = above.len() - head.len();
        let (there, here) = (cells(head), cells(written));
        if !head.contains('|') || there == here || self.advise_cut_link(start, head, &bars(head)) {
            return;
        }
        let message =
            format!("this makes no table: the line above has {there} cells, this one {here}");
        let help = "write as many in both; a bar that is part of the text is written \\|";
        self.to.warn(range, &lost_cell::RULE, message, help);
    }

    /// Says of the first link of a row that `bars` cut where it is cut.
    fn advise_cut_link(&mut self, start: usize, row: &str, bars: &[usize]) -> bool {
        let Some(link) = cut_link(row, bars) else { return false };
        let cut = &bars[bars.partition_point(|bar| *bar < link.start)..];
        let mut whole = String::with_capacity(2 * link.len());
        let mut from = link.start;
        for bar in cut.iter().take_while(|bar| **bar < link.end) {
            whole.push_str(&row[from..*bar]);
            whole.push('\\');
            from = *bar;
        }
        whole.push_str(&row[from..link.end]);
        let message = "the bar in this link ends the cell of the table, and with it the link";
        let help = format!("put a backslash before the bar: {whole}");
        self.to.warn(&(start + link.start..start + link.end), &lost_cell::RULE, message, &help);
        true
    }
}

/// Where bars begin a cell in a row of a table.
fn bars(row: &str) -> Vec<usize> {
    let is_bar = |at: &usize| *at == 0 || row.as_bytes()[at - 1] != b'\\';
    memchr::memchr_iter(b'|', row.as_bytes()).filter(is_bar).collect()
}

/// How many cells a row of a table has.
fn cells(row: &str) -> usize {
    let row = row.trim();
    let last = row.len().saturating_sub(1);
    1 + bars(row).iter().filter(|at| **at != 0 && **at != last).count()
}

/// The first wiki link of a row in which one of its bars stands.
fn cut_link(row: &str, bars: &[usize]) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let first = from + row[from..].find("[[")?;
        let end = first + row[first..].find("]]")?;
        let start = first + row[first..end].rfind("[[")?;
        let bar = bars.get(bars.partition_point(|bar| *bar < start));
        if bar.is_some_and(|bar| *bar < end) {
            return Some(start..end + "]]".len());
        }
        from = end;
    }
}

/// Returns where the square bracket opens that is closed behind `before`, in the same paragraph and not far away.
fn opening(before: &str) -> Option<usize> {
    let near = before.floor_char_boundary(before.len().saturating_sub(REACH));
    let mut closed = 0u32;
    for (at, byte) in before.bytes().enumerate().skip(near).rev() {
        match byte {
            b']' => closed += 1,
            b'[' if closed == 0 => return Some(at),
            b'[' => closed -= 1,
            b'\n' if before[..at].ends_with('\n') => return None,
            _ => {}
        }
    }
    None
}

/// Where the bracket closes that a line stands in.
fn closing(line: &str) -> Option<usize> {
    let mut open = 0u32;
    for (at, byte) in line.bytes().enumerate() {
        match byte {
            b'(' => open += 1,
            b')' if open == 0 => return Some(at),
            b')' => open -= 1,
            _ => {}
        }
    }
    None
}

/// A space that does not break, or one of the width of a letter.
fn is_unbroken(c: char) -> bool {
    !c.is_ascii() && c.is_whitespace()
}
