//! The text of notes compared with that of other programs for the same Markdown: no word may be
//! lost, and all must be in order. `tests/commonmark/spec.txt` contains the examples of the
//! specification of GitHub Flavored Markdown 0.29 with the HTML for each; comrak also reads the
//! notes of this repository. Intended differences are listed in `tests/commonmark/differences.md`,
//! each with its reason.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use fieldbook::config::Config;
use fieldbook::note::{HoleKind, Note};
use fieldbook::parse::parse;
use fieldbook::slug::typed;
use html5gum::{Token, Tokenizer};

/// An example of the specification, numbered from one as there.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

#[test]
fn no_text_of_the_specification_is_lost() {
    let examples = examples();
    assert!(examples.len() > 600, "there are only {} examples", examples.len());
    let found = examples.iter().filter_map(|example| {
        let lost = lost(&words(&example.html), &words(&html(&example.markdown)))?;
        Some((format!("example {}", example.number), lost))
    });
    compare("specification", found.collect());
}

#[test]
fn no_text_of_a_note_is_lost() {
    let mut found = BTreeMap::new();
    let mut count = 0;
    for root in ["content", "tests/sites", "tests/knowledge", "tests/search"] {
        let root = support::tests().join("..").join(root);
        for (path, bytes) in support::read_tree(&root) {
            let is_note = path.ends_with(".md") && !path.contains("expected/");
            let Some(text) = String::from_utf8(bytes).ok().filter(|_| is_note) else { continue };
            let Some((_, body)) =
                text.strip_prefix("+++\n").and_then(|text| text.split_once("\n+++\n"))
            else {
                continue;
            };
            count += 1;
            let other = comrak::markdown_to_html(&without_block_ids(body), &options());
            if let Some(lost) = lost(&words(&other), &words(&html(body))) {
                found.insert(path, lost);
            }
        }
    }
    assert!(count > 100, "there are only {count} notes");
    compare("notes", found);
}

/// Returns a text without the ids of its blocks, ` ^id` at the end of a line, which comrak doesn't
/// know, and with the numbers of its paragraphs as they are shown.
fn without_block_ids(text: &str) -> String {
    let is_id = |word: &str| {
        word.len() > 1
            && word.starts_with('^')
            && word[1..].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let without = |line: &str| {
        let line = numbered(line);
        match line.rsplit_once(' ') {
            Some((rest, word)) if is_id(word) => format!("{rest}\n"),
            None if is_id(&line) => "\n".to_owned(),
            _ => format!("{line}\n"),
        }
    };
    text.lines().map(without).collect()
}

/// Returns a line with the number of its paragraph as a page shows it: `9` for `¶9.` and `**¶9.**`.
fn numbered(line: &str) -> String {
    let number = |line: &str| {
        let (number, rest) = line.strip_prefix('¶')?.split_once('.')?;
        number.parse::<u32>().ok().map(|number| format!("{number} {rest}"))
    };
    let strong = line.strip_prefix("**").and_then(|line| line.split_once("**"));
    let strong = strong.and_then(|(name, rest)| number(&format!("{name}{rest}")));
    strong.or_else(|| number(line)).unwrap_or_else(|| line.to_owned())
}

/// Returns the extensions of CommonMark that comrak should read: those that Fieldbook reads.
fn options() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.description_lists = true;
    options.extension.wikilinks_title_after_pipe = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    options.extension.superscript = true;
    options.render.r#unsafe = true;
    options
}

/// Fails if the differences aren't those listed below the heading.
fn compare(heading: &str, found: BTreeMap<String, String>) {
    let list = std::fs::read_to_string(support::tests().join("commonmark/differences.md"));
    let list = list.expect("the list of differences");
    let (_, part) = list.split_once(&format!("## The {heading}\n")).expect("a heading");
    let part = part.split("\n## ").next().unwrap_or_default();
    let entry = |line: &str| {
        let (name, reason) = line.strip_prefix("- ")?.split_once(": ")?;
        (!reason.trim().is_empty()).then(|| name.trim_matches('`').to_owned())
    };
    let listed: Vec<String> = part.lines().filter_map(entry).collect();
    let new = found.iter().filter(|(name, _)| !listed.contains(name));
    let new: Vec<String> = new.map(|(name, lost)| format!("{name}: {lost}")).collect();
    let gone: Vec<&String> = listed.iter().filter(|name| !found.contains_key(*name)).collect();
    assert!(new.is_empty(), "{} lose text:\n{}", new.len(), new.join("\n"));
    assert!(gone.is_empty(), "these differ no more: {gone:?}");
}

/// Returns the first word of one text that doesn't follow, in order, in the other.
fn lost(all: &[String], found: &[String]) -> Option<String> {
    let mut rest = found.iter();
    let at = all.iter().position(|word| !rest.any(|found| found == word))?;
    let before = all[at.saturating_sub(3)..at].join(" ");
    Some(format!("{:?} after {before:?}, of {:?}", all[at], found.join(" ")))
}

/// Returns the words that HTML shows, as they are typed.
fn words(html: &str) -> Vec<String> {
    let mut text = String::new();
    for Ok(token) in Tokenizer::new(html) {
        match token {
            Token::String(part) => text.push_str(&String::from_utf8_lossy(&part)),
            // Blocks and pictures separate words; elements within a line don't.
            Token::StartTag(tag) if !is_inline(&tag.name) => text.push(' '),
            Token::EndTag(tag) if !is_inline(&tag.name) => text.push(' '),
            _ => {}
        }
    }
    typed(&text).split_whitespace().map(str::to_owned).collect()
}

fn is_inline(name: &[u8]) -> bool {
    let inline: [&[u8]; 14] = [
        b"a", b"b", b"code", b"del", b"em", b"i", b"input", b"mark", b"span", b"strong", b"sub",
        b"sup", b"u", b"abbr",
    ];
    inline.contains(&name)
}

/// Returns Fieldbook's HTML for the text of a note, with words for links that have none of their
/// own.
fn html(markdown: &str) -> String {
    let text = format!("+++\ntitle = \"Example\"\n+++\n{markdown}");
    let source = support::source("content/example.md", text.as_bytes());
    let book = support::source("book.toml", b"title = \"T\"\n");
    let config =
        Config::read(&book.path, Some(&book), fieldbook::workspace::rules::all(), &mut Vec::new());
    let note: Note = parse(&source, &config, false);
    let mut html = String::new();
    let mut from = 0;
    for hole in &note.body.holes {
        html.push_str(&note.body.html[from..hole.at as usize]);
        from = hole.at as usize;
        if let HoleKind::Text(link) | HoleKind::Embed(link, _) = &hole.what {
            html.push_str(&note.facts.links[*link as usize].target.written);
        }
    }
    html + &note.body.html[from..]
}

fn examples() -> Vec<Example> {
    let spec = std::fs::read_to_string(support::tests().join("commonmark/spec.txt"));
    let spec = spec.expect("the specification");
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut rest = spec.as_str();
    let open = format!("\n{fence} example");
    while let Some((_, after)) = rest.split_once(&open) {
        let (_, body) = after.split_once('\n').expect("an example");
        let (body, after) = body.split_once(&format!("\n{fence}")).expect("the end of an example");
        let (markdown, html) = format!("\n{body}\n").split_once("\n.\n").map_or_else(
            || panic!("no result: {body}"),
            |(markdown, html)| (markdown.replace('→', "\t"), html.replace('→', "\t")),
        );
        let markdown = markdown.strip_prefix('\n').unwrap_or_default().to_owned() + "\n";
        examples.push(Example { number: examples.len() + 1, markdown, html });
        rest = after;
    }
    examples
}

#[test]
fn the_specification_is_whole() {
    assert!(Path::new(&support::tests().join("commonmark/spec.txt")).is_file());
    assert_eq!(examples().first().map(|example| example.number), Some(1));
}
