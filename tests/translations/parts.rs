//! The parts of a note, which say the same as long as only white space and the targets of links change.

use fieldbook::note::{PartBlock, PartPlace};
use fieldbook::source::Sources;

use crate::support::{open, options, sources};

const CONFIG: &str = r#"
title = "Book"
languages = ["fr"]
check.missing-words = "off"

[kinds.ask]
folder = "asks"

[kinds.ask.fields]
ask = { text = true, many = true }
count = { number = true }
"#;

/// The text of a part, with its place and its hash.
type ReadPart = (PartPlace, String, String);

fn parts_in(config: &str, note: &str) -> Vec<ReadPart> {
    let all: Sources = sources(&[("book.toml", config), ("content/asks/a.md", note)]);
    let (workspace, _) = open(all, options());
    let site = workspace.site().expect("a site");
    let (_, read) =
        site.notes().find(|(_, n)| n.source.as_str() == "content/asks/a.md").expect("the note");
    let text = |part: &fieldbook::note::Part| note[part.span.within(note)].to_owned();
    read.parts.iter().map(|part| (part.place, text(part), part.hash.to_string())).collect()
}

/// The parts of a note with this text.
fn blocks(text: &str) -> Vec<(PartBlock, String, String)> {
    let parts = parts_in(CONFIG, &format!("+++\ntitle = \"A\"\n+++\n{text}"));
    let block = |(place, text, hash)| match place {
        PartPlace::Block(block) => Some((block, text, hash)),
        _ => None,
    };
    parts.into_iter().filter_map(block).collect()
}

fn hashes(text: &str) -> Vec<String> {
    blocks(text).into_iter().map(|(_, _, hash)| hash).collect()
}

const EVERY_BLOCK: &str = "\
A paragraph of
two lines. ^here

## A heading {#there}

- an entry
- another

  with a second paragraph
  - and one within

1. [ ] a task

> A quotation
> of two lines.

> [!note] A title
> The body.

| one | two |
|---|---|
| | c |

```sh
run  it
```

<p>Markup</p>

Term
: Its meaning

A note.[^1]

[^1]: A footnote.

---

![[b]]
";

#[test]
fn every_block_is_a_part() {
    let parts = parts_in(
        CONFIG,
        &format!(
            "+++\ntitle = \"The title\"\nsummary = \"In short\"\nask = [\"One\", \"Two\"]\ncount = 3\n+++\n{EVERY_BLOCK}"
        ),
    );
    let read: Vec<String> =
        parts.iter().map(|(place, text, _)| format!("{place:?} {text:?}")).collect();
    let expected = r#"Title "\"The title\""
Summary "\"In short\""
Field(0) "\"One\""
Field(0) "\"Two\""
Block(Passage) "A paragraph of\ntwo lines. ^here"
Block(Heading) "A heading"
Block(Passage) "an entry"
Block(Passage) "another"
Block(Passage) "with a second paragraph"
Block(Passage) "and one within"
Block(Passage) "a task"
Block(Passage) "A quotation\n> of two lines."
Block(Passage) "[!note] A title\n> The body."
Block(Row) "| one | two |"
Block(Row) "| | c |"
Block(Code) "```sh\nrun  it\n```"
Block(Html) "<p>Markup</p>"
Block(Passage) "Term"
Block(Passage) "Its meaning"
Block(Passage) "A note.[^1]"
Block(Passage) "A footnote."
Block(Passage) "![[b]]""#;
    assert_eq!(read.join("\n"), expected);
}

#[test]
fn white_space_and_targets_say_nothing() {
    let same = [
        ("One two\nthree.", "One\ntwo three."),
        ("One two three.", "One two three. ^id"),
        ("See [the report](a.md).", "See [the report](../b.md \"title\")."),
        ("See [[a]] now.", "See [[b#part]] now."),
        ("See [[a|that]].", "See [[b|that]]."),
        ("> One two.", "> One\n> two."),
        ("- One two", "- One\n  two"),
        ("## One {#a}", "## One {#b}"),
        ("| a | b |\n|---|---|", "| a|  b   |\n|:--|-|"),
        ("One %% unseen %% two.", "One two."),
    ];
    for (before, now) in same {
        assert_eq!(hashes(before), hashes(now), "{before} | {now}");
        assert!(!hashes(before).is_empty(), "{before}");
    }
    let other = [
        ("One two.", "One too."),
        ("One *two*.", "One **two**."),
        ("See [the report](a.md).", "See [a report](a.md)."),
        ("See [[a|that]].", "See [[a|this]]."),
        ("Not `x`.", "Not `y`."),
        ("```\na  b\n```", "```\na b\n```"),
        ("- [ ] a task", "- [x] a task"),
        ("| a | b |\n|---|---|\n| c | |", "| a | b |\n|---|---|\n| | c |"),
    ];
    for (before, now) in other {
        assert_ne!(hashes(before), hashes(now), "{before} | {now}");
        assert_eq!(hashes(before).len(), hashes(now).len(), "{before} | {now}");
    }
}

#[test]
fn a_book_of_one_language_has_no_parts() {
    let config = CONFIG.replace("languages = [\"fr\"]\n", "");
    assert!(parts_in(&config, "+++\ntitle = \"A\"\n+++\nText.\n").is_empty());
}
