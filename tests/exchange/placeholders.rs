//! Units and their placeholders, in random texts.

use std::collections::BTreeMap;

use fieldbook::config::Config;
use fieldbook::exchange::{PlaceholderProblem, restore, shown};
use fieldbook::parse::units::{MarkText, NoteUnits, TextUnit, units};
use fieldbook::path::SourcePath;
use fieldbook::source::Source;

use crate::support::random::Random;

const BOOK: &str = "title = \"B\"\nlanguages = [\"fr\"]\n[kinds.lesson]\nfolder = \"lessons\"\n[kinds.lesson.fields]\n\
                    asks = { text = true, many = true }\n";

fn config() -> Config {
    let source = crate::support::source("book.toml", BOOK.as_bytes());
    let path = SourcePath::new("book.toml");
    Config::read(&path, Some(&source), fieldbook::workspace::rules::all(), &mut Vec::new())
}

fn units_of(markdown: &str) -> (String, NoteUnits) {
    let text = format!("+++\ntitle = \"A title\"\n+++\n{markdown}");
    let units = units(&crate::support::source("content/lessons/x.md", text.as_bytes()), &config());
    (text, units)
}

fn all(unit: &TextUnit) -> Vec<usize> {
    (1..=unit.marks.len()).collect()
}

fn marks(unit: &TextUnit) -> BTreeMap<usize, MarkText> {
    all(unit).into_iter().zip(unit.marks.iter().map(|mark| mark.text.clone())).collect()
}

/// Returns the units of a text as translators see them.
fn seen(markdown: &str) -> Vec<String> {
    let (text, units) = units_of(markdown);
    let units = units.texts.iter().filter(|unit| unit.has_words);
    units.map(|unit| shown(&text, unit, &all(unit))).collect()
}

#[test]
fn each_sort_of_text_is_a_unit() {
    assert_eq!(
        seen(
            "\n## A *heading* {#h}\n\nOne\ntwo. ^id\n\n- first\n- [x] second\n  goes on\n\n  > quoted\n  > more\n\n1. third\n\n\
             | a | b |\n|---|---|\n| c \\| d | [e](x.md) |\n\n> [!note]- A title\n> and text\n\n```\ncode\n```\n\nterm\n: meaning\n\n\
             Cited[^1].\n\n[^1]: A footnote.\n\n<div>\n<b>raw</b> text\n</div>\n\n---\n\n![[embedded]]\n\n![a picture](p.png)\n"
        ),
        [
            "A *heading*",
            "One two.",
            "first",
            "second goes on",
            "quoted more",
            "third",
            "a",
            "b",
            "c \\| d",
            "{1}e{/1}",
            "A title",
            "and text",
            "term",
            "meaning",
            "Cited{1}.",
            "A footnote.",
            "{1}\n{2}raw{/2} text\n{/1}",
            "{1}a picture{/1}",
        ]
    );
}

#[test]
fn what_is_not_for_translators_is_a_placeholder() {
    let cases = [
        ("See [the *plan*](../a.md \"T\") now.", "See {1}the *plan*{/1} now."),
        ("See [[plan]] and [[plan|the plan]].", "See {1} and {2}the plan{/2}."),
        ("Run `x {1}` or {2} {{3}}.", "Run {1} or {{2} {{{{3}}."),
        ("At <https://a.example> or https://b.example/x.", "At {1} or {2}."),
        ("Write to www.example.org, or a@b.example.", "Write to {1}, or {2}."),
        ("A %%hidden%% remark.", "A {1}remark."),
        ("By <b>weight</b> and <br> line.", "By {1}weight{/1} and {2} line."),
        ("Set $x^2$ and ==this==.", "Set {1} and ==this==."),
        ("See [a] and [b][].\n\n[a]: x.md\n[b]: y.md", "See {1}a{/1} and {2}b{/2}."),
        ("![a [link](x.md) in](p.png)", "{1}a {2}link{/2} in{/1}"),
        ("first  \nsecond", "first\nsecond"),
    ];
    for (markdown, wanted) in cases {
        assert_eq!(seen(markdown), [wanted], "{markdown}");
    }
}

#[test]
fn what_is_cut_and_restored_is_the_same() {
    let parts = [
        "word",
        "mine action",
        " ",
        " ",
        "*strong*",
        "**bold**",
        "[a](b.md)",
        "[[x]]",
        "[[x|y]]",
        "`code`",
        "`` a`b ``",
        "[^1]",
        "<b>",
        "</b>",
        "<br>",
        "{",
        "{1}",
        "{/1}",
        "{{",
        "}",
        "\\*",
        "\\\\",
        "\\",
        "%%c%%",
        "https://e.example/a",
        "==",
        "é",
        "العربية",
        "中文",
        "![p](q.png)",
        "![[e]]",
        "|",
        "\\|",
        "&amp;",
        "<",
        ">",
        "#",
        "1.",
        "-",
        "$a$",
        "^w^",
        "~~gone~~",
        "[ref]",
        "[t][ref]",
        "<!-- c -->",
        "\"",
        "\n",
        "\n",
        "  \n",
        "\\\n",
        "\n\n",
        "\n> ",
        "\n- ",
        "\n\n1. ",
        "\n\n## ",
        "\n\n| a | b |\n|---|---|\n| ",
        " | ",
        " |\n",
        "\n\n[ref]: z.md\n\n",
        "\n\n[^1]: ",
        "\n\n```\n",
        "\n\n<div>\n",
        "\n\n    ",
        "\n: ",
        " ^id\n",
        "\n> [!tip] ",
    ];
    let mut random = Random::new(7);
    let mut cut = 0;
    for round in 0..4000 {
        let markdown = random.mix(&parts, 24);
        let (text, units) = units_of(&markdown);
        let mut from = units.body;
        for unit in &units.texts {
            let written = &text[unit.range.clone()];
            assert!(
                unit.range.start >= from,
                "{round}: {markdown:?}: units overlap at {written:?}"
            );
            from = unit.range.end;
            let seen = shown(&text, unit, &all(unit));
            let again = restore(&seen, &marks(unit), &all(unit), unit);
            let again =
                again.unwrap_or_else(|why| panic!("{round}: {markdown:?}: {seen:?}: {why}"));
            if unit.breaks.is_empty() {
                assert_eq!(again, written, "{round}: {markdown:?}: {seen:?}");
                cut += 1;
            }
        }
    }
    assert!(cut > 5000, "{cut}");
}

#[test]
fn wrong_placeholders_are_named() {
    let (_, units) = units_of("See [a](b.md), `c` and [[d]].");
    let unit = &units.texts[0];
    let tried = |text: &str| restore(text, &marks(unit), &all(unit), unit);
    assert_eq!(tried("{1}A{/1} {2} {3}").as_deref(), Ok("[A](b.md) `c` [[d]]"));
    assert_eq!(tried("{3}D{/3} {2} {1}A{/1}").as_deref(), Ok("[[d|D]] `c` [A](b.md)"));
    assert_eq!(tried("{1}A{/1} {2}"), Err(PlaceholderProblem::Missing("{3}".to_owned())));
    assert_eq!(tried("{1}A {2} {3}"), Err(PlaceholderProblem::Missing("{/1}".to_owned())));
    assert_eq!(tried("{1}A{/1} {2} {2} {3}"), Err(PlaceholderProblem::Doubled("{2}".to_owned())));
    assert_eq!(tried("{1}A{/1} {2} {3} {4}"), Err(PlaceholderProblem::Unknown("{4}".to_owned())));
    assert_eq!(tried("{1}A{/1} {2}c{/2} {3}"), Err(PlaceholderProblem::Unknown("{/2}".to_owned())));
    assert!(tried("{/1}A{1} {2} {3}").is_err());
    let (_, units) = units_of("## Heading\n\n| cell |\n|---|\n");
    let plain = |text: &str, at: usize| restore(text, &BTreeMap::new(), &[], &units.texts[at]);
    assert_eq!(plain("a\nb", 0), Err(PlaceholderProblem::Line));
    assert_eq!(plain("a | b \\| c", 1).as_deref(), Ok("a \\| b \\| c"));
}

#[test]
fn units_take_time_in_proportion() {
    // Comparing all with all would take hours.
    for part in [
        "[[a]] ",
        "{1}",
        "%%a%% ",
        "`a` ",
        "<b>",
        "[a](b) ",
        "- a\n",
        "| a |\n|---|\n",
        "word ",
        "\n\n> a",
        "![a](b.png)\n",
    ] {
        let (text, units) = units_of(&part.repeat(20_000));
        let count: usize =
            units.texts.iter().map(|unit| shown(&text, unit, &all(unit)).len()).sum();
        assert!(count <= 20 * text.len(), "{part}");
    }
}

#[test]
fn texts_of_front_matter_are_units() {
    let text = "+++\ntitle = 'A \"title\"'\nasks = [\"One\", '''Two''']\nsummary = \"S\"\norder = 3\n+++\n";
    let source: Source = crate::support::source("content/lessons/x.md", text.as_bytes());
    let values = units(&source, &config()).values;
    let read: Vec<(&str, Option<usize>, &str, &str)> = values
        .iter()
        .map(|value| {
            (value.key.as_str(), value.at, value.text.as_str(), &text[value.range.clone()])
        })
        .collect();
    assert_eq!(
        read,
        [
            ("title", None, "A \"title\"", "'A \"title\"'"),
            ("summary", None, "S", "\"S\""),
            ("asks", Some(0), "One", "\"One\""),
            ("asks", Some(1), "Two", "'''Two'''"),
        ]
    );
}
