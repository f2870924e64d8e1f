//! Blocks whose text is indented below a line that names them: admonitions, details and tabs.

use super::inline;
use crate::migration::foreign::ForeignBook;
use crate::migration::formats::html::passage;
use crate::migration::passages::{TextLine, comment, unquoted};

/// The indentation of the text of a block.
const INDENT: usize = 4;

/// The most lines of a box of HTML.
const LONGEST_BOX: usize = 2_000;

/// The greatest depth of blocks in each other.
const DEEPEST: usize = 16;

/// A conversion of one text.
struct BlockWriter<'a> {
    book: &'a mut ForeignBook,
    file: &'a str,
    has_macros: bool,
    /// The level of the last heading of the text.
    level: usize,
}

/// Returns a text as Fieldbook has it.
pub(super) fn converted(
    book: &mut ForeignBook,
    file: &str,
    lines: &[TextLine<'_>],
    has_macros: bool,
) -> String {
    let mut writer = BlockWriter { book, file, has_macros, level: 1 };
    let mut out = writer.blocks(lines, 0).join("\n");
    out.push('\n');
    out
}

/// The beginning of a block.
enum BlockBegin {
    /// A callout of this name, with what follows its name.
    Callout(String),
    /// A tab with this title.
    Tab(String),
    /// A command of a plugin, with its settings.
    Command,
}

impl BlockWriter<'_> {
    fn blocks(&mut self, lines: &[TextLine<'_>], depth: usize) -> Vec<String> {
        let mut out = Vec::new();
        let mut at = 0;
        while let Some(line) = lines.get(at) {
            at += 1;
            if let Some(length) = raw_length(line, &lines[at..]) {
                out.extend(self.raw(&lines[at - 1..at + length]));
                at += length;
                continue;
            }
            let own = line.text.len() - line.text.trim_start_matches(' ').len();
            let begin =
                if line.is_code || depth > DEEPEST { None } else { begin(line.text.trim()) };
            let Some(begin) = begin else {
                out.push(self.line(line));
                continue;
            };
            let length = inner_length(&lines[at..], own + INDENT);
            let inner: Vec<TextLine<'_>> = lines[at..at + length]
                .iter()
                .map(|line| {
                    let cut = line.text.len() - line.text.trim_start_matches(' ').len();
                    TextLine {
                        text: line.text.get(cut.min(own + INDENT)..).unwrap_or_default(),
                        ..*line
                    }
                })
                .collect();
            at += length;
            let indent = " ".repeat(own);
            if out.last().is_some_and(|last: &String| !last.trim().is_empty()) {
                out.push(String::new());
            }
            match begin {
                BlockBegin::Callout(name) => {
                    out.push(format!("{indent}> {name}"));
                    let inner = self.blocks(&inner, depth + 1);
                    out.extend(
                        inner.iter().map(|line| format!("{indent}> {line}").trim_end().to_owned()),
                    );
                }
                BlockBegin::Command => {
                    let mut text = line.text.trim().to_owned();
                    inner.iter().for_each(|line| text += &format!("\n{indent}{}", line.text));
                    let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    self.book.remark(
                        self.file,
                        line.number,
                        format!("put a command into a comment: {shown}"),
                    );
                    out.push(format!("{indent}{}", comment(&text)));
                }
                BlockBegin::Tab(title) => {
                    let level = (self.level + 1).min(6);
                    let text = format!("made the tab \"{title}\" a heading");
                    self.book.remark(self.file, line.number, text);
                    out.push(format!("{indent}{} {title}", "#".repeat(level)));
                    out.push(String::new());
                    let before = std::mem::replace(&mut self.level, level);
                    let inner = self.blocks(&inner, depth + 1);
                    self.level = before;
                    out.extend(
                        inner.iter().map(|line| format!("{indent}{line}").trim_end().to_owned()),
                    );
                }
            }
            out.push(String::new());
        }
        out
    }

    /// Returns lines of HTML as Markdown.
    fn raw(&mut self, lines: &[TextLine<'_>]) -> Vec<String> {
        let html: String = lines.iter().map(|line| format!("{}\n", line.text)).collect();
        let (text, remarks) = passage(&html);
        let number = lines.first().map_or(0, |line| line.number);
        remarks.into_iter().for_each(|text| self.book.remark(self.file, number, text));
        std::iter::once("").chain(text.lines()).chain([""]).map(str::to_owned).collect()
    }

    fn line(&mut self, line: &TextLine<'_>) -> String {
        if line.opens_code {
            let (fence, dropped) = inline::fence(line.text);
            dropped.into_iter().for_each(|text| self.book.remark(self.file, line.number, text));
            return fence;
        }
        if line.is_code {
            return line.text.to_owned();
        }
        let signs = line.text.len() - line.text.trim_start_matches('#').len();
        if (1..=6).contains(&signs) && line.text[signs..].starts_with(' ') {
            self.level = signs;
        }
        inline::line(self.book, self.file, line, self.has_macros)
    }
}

/// Returns the number of lines below one that belong to the box of HTML that it begins; none if it begins none, or one
/// whose text is Markdown.
fn raw_length(line: &TextLine<'_>, below: &[TextLine<'_>]) -> Option<usize> {
    let tag = line.text.strip_prefix("<div").filter(|_| !line.is_code)?;
    if tag.split('>').next()?.contains("markdown") {
        return None;
    }
    let depth = |line: &TextLine<'_>| {
        line.text.matches("<div").count() as i64 - line.text.matches("</div").count() as i64
    };
    let mut open = depth(line);
    let mut length = 0;
    while open > 0 {
        let next = below.get(length).filter(|_| length < LONGEST_BOX)?;
        if next.text.contains(" markdown") {
            return None;
        }
        open += depth(next);
        length += 1;
    }
    Some(length)
}

/// Returns the number of lines that belong to a block whose text is indented so far.
fn inner_length(lines: &[TextLine<'_>], indent: usize) -> usize {
    let is_inner = |line: &&TextLine<'_>| {
        let inner = line.text.trim_start_matches(' ');
        inner.trim().is_empty() || line.text.len() - inner.len() >= indent
    };
    let inner = lines.iter().take_while(is_inner);
    let blank = inner.clone().collect::<Vec<_>>();
    let trailing = blank.iter().rev().take_while(|line| line.text.trim().is_empty()).count();
    blank.len() - trailing
}

/// Returns the block that begins with a line.
fn begin(line: &str) -> Option<BlockBegin> {
    if let Some(title) = line.strip_prefix("===") {
        let title = title.trim_start_matches(['!', '+']).trim();
        let is_quoted =
            title.len() > 2 && title.starts_with(['"', '\'']) && title.ends_with(['"', '\'']);
        return is_quoted.then(|| BlockBegin::Tab(unquoted(title).to_owned()));
    }
    if line.starts_with("::: ") {
        return Some(BlockBegin::Command);
    }
    let (rest, fold) = match line {
        line if line.starts_with("!!! ") => (&line[4..], ""),
        line if line.starts_with("???+ ") => (&line[5..], "+"),
        line if line.starts_with("??? ") => (&line[4..], "-"),
        _ => return None,
    };
    let title_at = rest.find(['"', '\'']).unwrap_or(rest.len());
    let (names, title) = rest.split_at(title_at);
    let mut names = names.split_whitespace();
    let name = names.next()?.to_lowercase();
    let title = unquoted(title);
    let title = if title.is_empty() { String::new() } else { format!(" {title}") };
    Some(BlockBegin::Callout(format!("[!{name}]{fold}{title}")))
}
