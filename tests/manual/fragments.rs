//! The fragments of TOML and YAML that the manual shows are understood: those of `book.toml`, of the fields of a kind,
//! and of the front matter of a note.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use fieldbook::manual::manual_pages;

use crate::support;

/// The book that a fragment is put into.
const CONFIG: &str = r#"
title = "Examples"
[kinds.example]
folder = "examples"
[kinds.example.fields]
themes = { to = "theme", many = true }
countries = { to = "country", many = true, open = true }
attribution = { one-of = ["chatham-house"] }
organisers = { to = "organisation" }
[kinds.theme]
folder = "themes"
[kinds.country]
folder = "countries"
[kinds.guideline]
folder = "guidelines"
[kinds.organisation]
folder = "organisations"
"#;

const NOTES: &[(&str, &str)] = &[
    ("content/themes/financing.md", "+++\ntitle = \"Financing\"\n+++\n"),
    ("content/themes/localisation.md", "+++\ntitle = \"Localisation\"\n+++\n"),
    ("content/the-note-of-the-document.md", "+++\ntitle = \"A document\"\n+++\n"),
    ("content/about.md", "+++\ntitle = \"About\"\n+++\n"),
    ("static/logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("static/social.png", ""),
    ("static/book.css", ""),
];

#[test]
fn every_fragment_of_settings_is_understood() {
    let mut tried = 0;
    let mut wrong = Vec::new();
    for page in manual_pages().iter().filter(|page| !page.output.as_str().starts_with("syntax/")) {
        for (fence, fragment) in fragments(&page.note) {
            tried += 1;
            let problems = problems(fence, &fragment);
            if !problems.is_empty() {
                wrong.push(format!("{}:\n{fragment}\n{problems}", page.output));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert!(tried >= 15, "there are only {tried}");
}

/// Returns the errors in a book with the fragment, a line each. `fence` is what stands around front
/// matter in the language of the fragment.
fn problems(fence: &str, fragment: &str) -> String {
    let (mut config, mut note) = (CONFIG.to_owned(), "title = \"Example\"\n".to_owned());
    let sections = ["[check]", "[files]", "[search]", "[theme]", "[kinds.", "[languages."];
    if sections.iter().any(|section| fragment.starts_with(section)) {
        note.push_str("[[sources]]\ntitle = \"A source\"\n");
        config.push_str(&fragment.replace("[kinds.lesson", "[kinds.lesson-of-the-fragment"));
        // A fragment that shows the fields of a kind need not show its folder.
        if !fragment.contains("folder =") && fragment.contains("[kinds.") {
            config.push_str("\n[kinds.lesson-of-the-fragment]\nfolder = \"fragment\"\n");
        }
    } else if fragment.starts_with("home =") || fragment.starts_with("content =") {
        // The notes here are in the usual folder.
        config = format!("{}{config}", fragment.replace("\"docs\"", "\"content\""));
    } else if fragment.contains("= { ") && !fragment.contains("changes") {
        config.push_str("[kinds.fragment]\nfolder = \"fragments\"\n[kinds.fragment.fields]\n");
        config.push_str(fragment);
        if !fragment.contains("\ntheme-note") {
            config.push_str("\ntheme-note = { text = true }\n");
        }
    } else {
        note.push_str(fragment);
    }
    if fragment.starts_with("title") {
        note = fragment.to_owned();
    }
    let config = config.replace("\"lesson\"", "\"example\"");
    let note = format!("{fence}\n{note}\n{fence}\n");
    let own = [("book.toml", config.as_str()), ("content/examples/example.md", note.as_str())];
    let files: Vec<(&str, &str)> = NOTES.iter().copied().chain(own).collect();
    let (workspace, _) = support::open(support::sources(&files), support::options());
    let lines = support::lines(&workspace);
    lines.lines().filter(|line| line.contains(" error[")).collect::<Vec<_>>().join("\n")
}

/// Returns the blocks of TOML and of YAML of a page that are not whole files, each with the fence of its language.
fn fragments(markdown: &str) -> Vec<(&'static str, String)> {
    let mut fragments = Vec::new();
    let mut open: Option<(&str, String)> = None;
    let text = markdown.splitn(3, "+++\n").nth(2).unwrap_or_default();
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let fence = match &kind {
                    CodeBlockKind::Fenced(info) if **info == *"toml" => Some("+++"),
                    CodeBlockKind::Fenced(info) if **info == *"yaml" => Some("---"),
                    CodeBlockKind::Fenced(_) => None,
                    CodeBlockKind::Indented => Some("+++"),
                };
                open = fence.map(|fence| (fence, String::new()));
            }
            Event::Text(text) => open.iter_mut().for_each(|open| open.1.push_str(&text)),
            Event::End(TagEnd::CodeBlock) => fragments.extend(open.take()),
            _ => {}
        }
    }
    fragments
}
