//! The rule `foreign-markup`.

use crate::diagnostic::{FixSafety, Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::rules::unclosed_code::missing_fence;
use crate::parse::text::{is_escaped, whole_line};
use crate::parse::text_rule::SignLine;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A note has markup that only another program reads.
pub const RULE: Rule = Rule {
    name: "foreign-markup",
    summary: "A note has markup that only another program reads.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

Signs that another program reads, but Fieldbook does not: callouts that begin with `!!!` or `:::`, commands between
`{{` and `}}` or `{%` and `%}`, `[TOC]`, abbreviations (`*[WHO]: …`), lines of tags (`#flood #school`), queries such as
`dataview`, and diagrams such as `mermaid`, of which Fieldbook shows the code.

## Why it matters

Readers see the signs or the code.

## What to do

Write what the message shows: a callout begins with `> [!note]`, a tag belongs in the front matter, and a diagram is saved
as a picture. If readers are meant to see the signs, put them between backticks: `` `{{ }}` ``.
",
};

/// Languages of blocks of code that other programs draw.
const DIAGRAMS: &[&str] = &["mermaid", "plantuml", "graphviz", "dot", "flowchart", "sequence"];

/// Languages of blocks of code that other programs run.
const QUERIES: &[&str] = &["dataview", "dataviewjs", "tasks", "query", "base", "bases"];

/// Lines that ask for a table of contents, in small letters.
const CONTENTS: &[&str] = &["[toc]", "[[toc]]", "[[_toc_]]", "{:toc}", "${toc}"];

/// The beginnings of commands, each with its end.
const COMMANDS: &[(&str, &str)] =
    &[("{{<", "}}"), ("{{%", "}}"), ("{{", "}}"), ("{%", "%}"), ("{:", "}")];

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct ForeignMarkup;

impl TextRule for ForeignMarkup {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        match event {
            TextEvent::SignLine(line) => {
                if let Some((message, help)) = in_line(line) {
                    findings.warn(&line.at, &RULE, message, help);
                    let whole = whole_line(note.markdown, &line.at);
                    if let Some(whole) = whole.filter(|_| asks_for_contents(line.line)) {
                        findings.fix(FixSafety::Safe, "delete it", [(whole, String::new())]);
                    }
                }
            }
            TextEvent::Sign { sign: b'{', at, before, rest } => {
                // The second of two braces was told with the first.
                let is_told = *before == Some('{') || is_escaped(note.markdown, *at);
                let Some(length) = command(rest).filter(|_| !is_told) else { return };
                let message = "this is a command of another program, and readers see its signs";
                let help = "write it in Markdown; signs that are meant as such stand between backticks: `{{ }}`";
                findings.warn(&(*at..at + length), &RULE, message, help);
            }
            TextEvent::CodeBlock { language, at } => {
                let written = note.written(at).trim_end();
                let first = written.split('\n').next().unwrap_or_default();
                let is_whole = missing_fence(written).is_none();
                if let Some((message, help)) = in_code(language).filter(|_| is_whole) {
                    findings.warn(&(at.start..at.start + first.len()), &RULE, message, help);
                }
            }
            _ => {}
        }
    }
}

/// Returns the message and the help for a line that is read by another program.
fn in_line(SignLine { sign, line, .. }: &SignLine<'_>) -> Option<(&'static str, String)> {
    let callout = "this is a callout of another program, and readers see its signs";
    if let Some(rest) = ["!!! ", "??? ", "???+ "].iter().find_map(|sign| line.strip_prefix(sign)) {
        let title = rest.split_once('"').map_or("", |(_, title)| title.trim_end_matches('"'));
        let help = format!("write > [!{}] {title}", callout_type(rest));
        return Some((callout, format!("{}, and > before each line of its text", help.trim_end())));
    }
    if let Some(rest) = line.strip_prefix(":::") {
        let name = callout_type(rest.trim_start_matches([':', ' ', '{', '.']));
        let help = format!(
            "write > [!{name}] instead, > before each line of its text, and delete the line ::: at its end"
        );
        return (!name.is_empty()).then_some((callout, help));
    }
    let (message, help) = if asks_for_contents(line) {
        (
            "this asks another program for a table of contents, and readers see its signs",
            "delete it: each page lists its headings",
        )
    } else if line.starts_with("*[") && line.contains("]:") {
        (
            "this explains an abbreviation to another program, and readers see its signs",
            "write <abbr title=\"what it means\">it</abbr> where it stands, or a note of a glossary",
        )
    } else if *sign == '#' && line.split_whitespace().all(is_hashtag) {
        (
            "tags in a text mean nothing here, and readers see their signs",
            "file the note under them in its front matter, and delete this line",
        )
    } else {
        return None;
    };
    Some((message, help.to_owned()))
}

fn asks_for_contents(line: &str) -> bool {
    CONTENTS.contains(&line.to_lowercase().as_str())
}

/// Returns the length of a command that a text begins with.
fn command(text: &str) -> Option<usize> {
    let (_, close) = COMMANDS.iter().find(|(open, _)| text.starts_with(open))?;
    Some(text.find(close)? + close.len())
}

/// Returns the message and the help for a block of code of which another program makes something.
fn in_code(language: &str) -> Option<(&'static str, String)> {
    if DIAGRAMS.contains(&language) {
        let help = "save the diagram as a picture, and show that: ![what it shows](file.svg)";
        let message = "readers see the code of this diagram, for Fieldbook draws none";
        return Some((message, help.to_owned()));
    }
    let message = "this is a command of another program, and readers see its code";
    match language.strip_prefix("ad-") {
        Some(name) => Some((message, format!("write a callout: > [!{name}]"))),
        None => QUERIES.contains(&language).then(|| {
            let help = "list the notes here; what points at a note is listed on its page";
            (message, help.to_owned())
        }),
    }
}

/// Returns the type of a callout that a text begins with, in small letters.
pub(crate) fn callout_type(text: &str) -> String {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '-').unwrap_or(text.len());
    text[..end].to_lowercase()
}

fn is_hashtag(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphabetic))
}
