//! The text of a note: about 1,200 words, with one of everything that a note may contain.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::random::Random;
use super::words::Words;
use super::{Dialect, Form, Link, Plan};

/// The number of words of running text; table, list, headings, links and footnote bring a note to
/// about 1,200.
const RUNNING_WORDS: usize = 1030;

/// The last link is before this many words from the end, so that the end of a note is plain text.
const LINKED_WORDS: usize = 900;

const LIST: usize = 4;
const TABLE: usize = 2;
const CODE: usize = 5;

pub(crate) fn note(plan: &Plan, at: usize, dialect: Dialect) -> String {
    let mut random = Random::new(at as u64, "text");
    let n_links = random.between(8, 9);
    let links = links(plan, at, n_links, &mut random, dialect);
    let mut text = Text { words: &plan.words, links, n_links, n_words: 0, out: String::new() };
    let headings = &plan.notes[at].headings;
    let n_sections = headings.len() + 1;
    for section in 0..n_sections {
        if section > 0 {
            let (level, heading) = &headings[section - 1];
            let _ = writeln!(text.out, "{} {heading}\n", "#".repeat(*level));
        }
        text.paragraph(&mut random, section == 1);
        while text.n_words < RUNNING_WORDS * (section + 1) / n_sections {
            text.paragraph(&mut random, false);
        }
        match section {
            TABLE => text.table(&mut random),
            LIST => text.list(&mut random),
            CODE if (at + at / 10) % 10 == 3 => text.code(&mut random, at / 10),
            _ => {}
        }
    }
    let _ = writeln!(text.out, "[^1]: {}", plan.words.sentence(&mut random));
    text.out
}

/// Returns links to different notes, never to the note itself. One in four leads to a hub, one of
/// the few notes with many links to them.
fn links(
    plan: &Plan,
    from: usize,
    n_links: usize,
    random: &mut Random,
    dialect: Dialect,
) -> Vec<String> {
    const FORMS: [Form; 9] = [
        Form::Wiki,
        Form::Markdown,
        Form::WikiWithText,
        Form::WikiWithFolder,
        Form::Wiki,
        Form::Markdown,
        Form::WikiWithText,
        Form::Markdown,
        Form::Wiki,
    ];
    let n_notes = plan.notes.len();
    let n_hubs = n_notes.isqrt();
    let mut taken = BTreeSet::from([from]);
    let mut links = Vec::new();
    while links.len() < n_links {
        let target = if random.once_in(4) { random.below(n_hubs) } else { random.below(n_notes) };
        if !taken.insert(target) {
            continue;
        }
        let to = &plan.notes[target];
        let has_part = matches!(links.len(), 1 | 2 | 8);
        let heading = random.below(to.headings.len());
        let part = has_part.then(|| to.headings[heading].1.as_str());
        let form = FORMS[links.len()];
        let text = match form {
            Form::Wiki | Form::WikiWithFolder => to.title.clone(),
            Form::WikiWithText | Form::Markdown => {
                let n_words = random.between(2, 4);
                plan.words.phrase(random, n_words).to_ascii_lowercase()
            }
        };
        links.push(dialect(&Link { to, part, text, form }));
    }
    links.reverse();
    links
}

struct Text<'a> {
    words: &'a Words,
    /// The links still to be placed; the last one is next.
    links: Vec<String>,
    n_links: usize,
    n_words: usize,
    out: String,
}

impl Text<'_> {
    /// Returns three to six sentences on one line, with the links that are due.
    fn paragraph(&mut self, random: &mut Random, has_footnote: bool) {
        let n_sentences = random.between(3, 6);
        for at in 0..n_sentences {
            let mut sentence = self.words.sentence(random);
            self.n_words += sentence.split(' ').count();
            let n_placed = self.n_links - self.links.len();
            if self.n_words * self.n_links >= LINKED_WORDS * (n_placed + 1)
                && let Some(link) = self.links.pop()
            {
                sentence = with_link(&sentence, &link);
            }
            if at > 0 {
                self.out.push(' ');
            }
            self.out.push_str(&sentence);
        }
        self.out.push_str(if has_footnote { "[^1]\n\n" } else { "\n\n" });
    }

    fn table(&mut self, random: &mut Random) {
        let (n_columns, n_rows) = (random.between(3, 4), random.between(4, 6));
        for row in 0..=n_rows {
            for column in 0..n_columns {
                let cell = match (row, column) {
                    (0, _) => self.words.phrase(random, 1),
                    (_, 0) => self.words.phrase(random, 2),
                    (_, 1) => random.between(3, 9800).to_string(),
                    _ => self.words.phrase(random, 3),
                };
                let _ = write!(self.out, "| {cell} ");
            }
            self.out.push_str("|\n");
            if row == 0 {
                let _ = writeln!(self.out, "{}|", "| --- ".repeat(n_columns));
            }
        }
        self.out.push('\n');
    }

    fn list(&mut self, random: &mut Random) {
        let is_numbered = random.once_in(3);
        for item in 1..=random.between(4, 6) {
            let mark = if is_numbered { format!("{item}.") } else { "-".to_string() };
            let n_words = random.between(5, 12);
            let text = self.words.phrase(random, n_words);
            let _ = writeln!(self.out, "{mark} {text}.");
        }
        self.out.push('\n');
    }

    /// Returns a program of six to ten lines, in one of three languages in turn. Its names and
    /// numbers differ, so that no two blocks of a book are equal.
    fn code(&mut self, random: &mut Random, turn: usize) {
        const PROGRAMS: [(&str, [&str; 10]); 3] = [
            (
                "rust",
                [
                    "/// Counts what is left to do.",
                    "pub fn count_{a}({a}: &[u32], limit: u32) -> usize {",
                    "    let mut {b} = 0;",
                    "    for value in {a}.iter().filter(|value| **value < limit) {",
                    "        {b} += (*value as usize) % {n};",
                    "        println!(\"{a} {}\", {b});",
                    "        if {b} > {n} {",
                    "            return {b};",
                    "        }",
                    "    }",
                ],
            ),
            (
                "python",
                [
                    "def count_{a}({a}, limit={n}):",
                    "    \"\"\"Counts what is left to do.\"\"\"",
                    "    {b} = [row for row in {a} if row[\"{b}\"] < limit]",
                    "    for row in {b}:",
                    "        print(f\"{row} of {limit}\")  # {a} and {b}",
                    "    if len({b}) > {n}:",
                    "        raise ValueError(\"too much {a}\")",
                    "    total = sum(len(row) for row in {b})",
                    "    share = total / max(1, len({a}))",
                    "    return {\"{a}\": total, \"{b}\": share}",
                ],
            ),
            (
                "bash",
                [
                    "#!/bin/bash",
                    "set -euo pipefail",
                    "{a}_limit={n}",
                    "for {b} in data/*.csv; do",
                    "  rows=$(wc -l < \"${b}\")  # {a}",
                    "  if [ \"$rows\" -gt \"${a}_limit\" ]; then",
                    "    echo \"${b} has too much {a}\" >&2",
                    "  fi",
                    "  grep -c '{a}' \"${b}\" | sort -n",
                    "done",
                ],
            ),
        ];
        let (language, lines) = PROGRAMS[turn % PROGRAMS.len()];
        let (a, b) = (self.words.word(random), self.words.word(random));
        let (a, b) = (format!("{a}_rows"), format!("{b}_part"));
        let n = random.between(10, 999).to_string();
        let _ = writeln!(self.out, "```{language}");
        for line in &lines[..random.between(6, 10)] {
            let line = line.replace("{a}", &a).replace("{b}", &b).replace("{n}", &n);
            let _ = writeln!(self.out, "{line}");
        }
        self.out.push_str("```\n\n");
    }
}

/// Puts a link in the middle of a sentence.
fn with_link(sentence: &str, link: &str) -> String {
    let middle = sentence.len() / 2;
    let space = middle + sentence[middle..].find(' ').unwrap_or(0);
    format!("{} {link}{}", &sentence[..space], &sentence[space..])
}
