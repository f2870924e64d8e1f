//! Snippets: files that are put in the place of a line such as `--8<-- "file.md"`.

use crate::migration::Collection;
use crate::migration::foreign::ForeignBook;
use crate::migration::links::joined;
use crate::migration::passages::unquoted;

const SIGN: &str = "--8<--";

/// The greatest depth of snippets in each other.
const DEEPEST: usize = 8;

/// The most bytes of a text with its snippets.
const LONGEST: usize = 4 * 1024 * 1024;

/// Returns a text with its snippets in place. Those that are not in the collection are reported.
pub(super) fn inlined(
    book: &mut ForeignBook,
    collection: &Collection,
    file: &str,
    written: &str,
    top: &str,
) -> String {
    if !written.contains(SIGN) {
        return written.to_owned();
    }
    let mut reader = SnippetReader { book, collection, top, out: String::new() };
    reader.put(file, written, "", 0);
    reader.out
}

struct SnippetReader<'a> {
    book: &'a mut ForeignBook,
    collection: &'a Collection,
    /// The folder of the documents, with a slash.
    top: &'a str,
    out: String,
}

impl SnippetReader<'_> {
    fn put(&mut self, file: &str, text: &str, indent: &str, depth: usize) {
        let mut is_block = false;
        for (at, line) in text.lines().enumerate() {
            let inner = line.trim();
            let own = &line[..line.len() - line.trim_start().len()];
            if let Some(kept) = inner.strip_prefix(';').filter(|kept| kept.starts_with(SIGN)) {
                self.out.push_str(&format!("{indent}{own}{kept}\n"));
            } else if inner == SIGN {
                is_block = !is_block;
            } else if let Some(name) = inner.strip_prefix(SIGN).filter(|_| depth < DEEPEST) {
                self.snippet(file, at + 1, unquoted(name), &format!("{indent}{own}"), depth);
            } else if is_block && !inner.is_empty() {
                self.snippet(file, at + 1, inner, &format!("{indent}{own}"), depth);
            } else {
                self.out.push_str(&format!("{indent}{line}\n"));
            }
        }
    }

    fn snippet(&mut self, file: &str, line: usize, name: &str, indent: &str, depth: usize) {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = name.split(':').next().unwrap_or_default();
        let collection = self.collection;
        let tops = ["", self.top, "docs", "includes", folder];
        let found = tops.iter().find_map(|top| {
            let path = joined(top, path)?;
            Some((path.clone(), collection.text(&path)?))
        });
        let part =
            found.and_then(|(path, text)| Some((path, part(text, &name[path_length(name)..])?)));
        match part {
            Some((path, text)) if self.out.len() + text.len() <= LONGEST => {
                self.put(&path, &text, indent, depth + 1);
            }
            _ => {
                self.book.remark(file, line, format!("dropped a snippet that is not there: {name}"))
            }
        }
    }
}

fn path_length(name: &str) -> usize {
    name.find(':').unwrap_or(name.len())
}

/// Returns the part of a snippet that `:2:5` or `:name` asks for.
fn part(text: &str, asked: &str) -> Option<String> {
    let asked = asked.strip_prefix(':').unwrap_or(asked);
    let is_sign = |line: &str| line.contains("--8<-- [start:") || line.contains("--8<-- [end:");
    let joined = |lines: Vec<&str>| lines.iter().map(|line| format!("{line}\n")).collect();
    if asked.is_empty() {
        return Some(joined(text.lines().filter(|line| !is_sign(line)).collect()));
    }
    if asked.starts_with(|c: char| c.is_ascii_digit() || c == ':') {
        let (from, to) = asked.split_once(':').unwrap_or((asked, ""));
        let from = from.parse::<usize>().unwrap_or(1).max(1);
        let to = to.parse::<usize>().unwrap_or(usize::MAX);
        return Some(joined(
            text.lines().skip(from - 1).take(to.saturating_add(1).saturating_sub(from)).collect(),
        ));
    }
    let (begin, end) = (format!("[start:{asked}]"), format!("[end:{asked}]"));
    let lines = text.lines().skip_while(|line| !line.contains(&begin)).skip(1);
    let lines: Vec<&str> = lines.take_while(|line| !line.contains(&end)).collect();
    (!lines.is_empty()).then(|| joined(lines))
}
