//! Files that are broken, or that somebody made up.

use fieldbook::exchange::{Catalog, CatalogEntry, CatalogFormat};

use crate::support::random::Random;
use crate::{exported, imported, only, workspace, written_and_read};

const BOOK: &[(&str, &str)] = &[
    ("book.toml", "title = \"B\"\nlanguages = [\"fr\"]\n"),
    ("content/index.md", "+++\ntitle = \"Home\"\n+++\n\nText.\n"),
    (
        "content/a.md",
        "+++\ntitle = \"A\"\nsummary = \"S\"\n+++\n\n# One\n\nText with [a link](index.md).\n\n- item\n",
    ),
    (
        "content/a.fr.md",
        "+++\ntitle = \"Â\"\n+++\n\n# Un\n\nTexte avec [un lien](index.md).\n\n- point\n",
    ),
];

fn entry(context: &str, source: &str, target: &str) -> CatalogEntry {
    CatalogEntry {
        context: context.to_owned(),
        source: source.to_owned(),
        target: target.to_owned(),
        ..CatalogEntry::default()
    }
}

fn catalog(entries: Vec<CatalogEntry>) -> Catalog {
    Catalog { to: "fr".to_owned(), entries, ..Catalog::default() }
}

/// Returns the messages about a catalog of one entry.
fn problems(entry: CatalogEntry) -> Vec<String> {
    let workspace = workspace(crate::support::sources(BOOK));
    let found = imported(&workspace, "fr", catalog(vec![entry]), false);
    found.expect_err("a problem").iter().map(ToString::to_string).collect()
}

#[test]
fn what_names_no_note_is_refused() {
    for context in [
        "",
        "a",
        "../../etc/passwd#title",
        "/a#title",
        "..#title",
        "content/a#title",
        "A#title",
        "a.fr#title",
    ] {
        let found = problems(entry(context, "A", "X"));
        assert!(found[0].contains("note"), "{context}: {found:?}");
    }
    let found = problems(entry("a#title", "B", "X"));
    assert!(found[0].contains("has changed since it was exported"), "{found:?}");
}

#[test]
fn texts_that_would_change_the_structure_are_refused() {
    let paragraph = "Text with {1}a link{/1}.";
    for (context, source, target) in [
        ("a#paragraph", paragraph, "# {1}A{/1}"),
        ("a#paragraph", paragraph, "- {1}A{/1}"),
        ("a#paragraph", paragraph, "1. {1}A{/1}"),
        ("a#paragraph", paragraph, "```\n{1}A{/1}"),
        ("a#paragraph", paragraph, "<!-- {1}A{/1}"),
        ("a#paragraph", paragraph, "%% {1}A{/1}"),
        ("a#paragraph", paragraph, "{1}A{/1} ^id"),
        ("a#paragraph", paragraph, "[^1]: {1}A{/1}"),
        ("a#heading", "One", "Un\nDeux"),
        ("a#heading", "One", "Un {{#id}"),
        ("a#heading", "One", "Un ##"),
        ("a#list entry", "item", "[ ] point"),
        ("a#list entry", "item", "x\u{1}"),
        ("a#title", "A", "x\u{7f}"),
    ] {
        let found = problems(entry(context, source, target));
        assert!(found[0].starts_with(&format!("x.po:0: {context}: ")), "{target}: {found:?}");
    }
}

#[test]
fn values_stay_values() {
    let workspace = workspace(crate::support::sources(BOOK));
    let hostile = "\"\nstatus = \"draft\"\n+++\n\\";
    let entries =
        vec![entry("a#title", "A", hostile), entry("a#summary", "S", "'''\"\"\" \\u0041")];
    let change = only(imported(&workspace, "fr", catalog(entries), false).expect("no problem"));
    assert_eq!(
        change.after,
        "+++\ntitle = \"\\\"\\nstatus = \\\"draft\\\"\\n+++\\n\\\\\"\nsummary = \"'''\\\"\\\"\\\" \\\\u0041\"\n+++\n\n# Un\n\nTexte \
         avec [un lien](index.md).\n\n- point\n"
    );
}

#[test]
fn two_translations_of_one_text_are_refused() {
    let workspace = workspace(crate::support::sources(BOOK));
    let twice =
        |second: &str| catalog(vec![entry("a#title", "A", "Ä"), entry("a#title", "A", second)]);
    let found = imported(&workspace, "fr", twice("Å"), false).expect_err("a problem");
    assert!(found[0].message.contains("two translations"), "{found:?}");
    assert!(imported(&workspace, "fr", twice("Ä"), false).is_ok());
}

#[test]
fn broken_files_are_reported_with_their_line() {
    let po = |text: &str| CatalogFormat::Po.read(text).expect_err(text);
    assert_eq!(po("msgid \"a\"\nmsgstr \"b\n").line, 2);
    assert_eq!(po("msgid \"a\"\n\nmsgstr \"b\"\n").line, 2);
    assert_eq!(po("\"a\"\n").line, 1);
    assert_eq!(po("msgid \"a\"\nmsgid \"b\"\n").line, 2);
    assert_eq!(po("msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"c\"\n").line, 2);
    assert_eq!(po("msgid \"a\\\"\nmsgstr \"\"\n").line, 1);
    assert_eq!(po("msgid \"a \" b\"\nmsgstr \"\"\n").line, 1);
    assert_eq!(po("msgid \"\\377\"\nmsgstr \"\"\n\n").line, 3);
    assert_eq!(
        po("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=KOI8-R\\n\"\n\n").line,
        3
    );
    assert_eq!(po("hello\n").line, 1);
    let csv = |text: &str| CatalogFormat::Csv.read(text).expect_err(text);
    assert_eq!(csv("").line, 1);
    assert_eq!(csv("context,source\n").line, 1);
    assert_eq!(csv("context,source,target\na,\"b,c\n").line, 2);
    assert_eq!(csv("context,source,target,language\na,b,c,fr\na,b,c,ar\n").line, 3);
}

#[test]
fn files_of_other_programs_are_read() {
    let po = "# A translator's remark\nmsgid \"\"\nmsgstr \"\"\n\"Language: pt_BR\\n\"\n\"Content-Type: text/plain; \
              charset=UTF-8\\n\"\n#~ msgid \"old\"\n#~ msgstr \"gone\"\n#. extracted\n#: file:1\n#, c-format, fuzzy\n#| msgctxt \
              \"c\"\n#| msgid \"\"\n#| \"was \"\n#| \"this\"\nmsgctxt \"c\"\nmsgid \"a\\tb\\x41\\101\\303\\251\"\nmsgstr \"\" \n\"d\\n\"\n\
              \"e\"\nmsgid \"without an empty line\"\nmsgstr \"x\"";
    let read = CatalogFormat::Po.read(&po.replace('\n', "\r\n")).expect("a catalog");
    assert_eq!(read.to, "pt-BR");
    assert_eq!(read.entries.len(), 2);
    let first = &read.entries[0];
    assert_eq!((first.context.as_str(), first.source.as_str()), ("c", "a\tbAAé"));
    assert_eq!((first.target.as_str(), first.is_fuzzy), ("d\ne", true));
    assert_eq!(first.previous.as_deref(), Some("was this"));
    assert!(!read.entries[1].is_fuzzy);
    let csv = "\u{feff}Source;Context;Target\r\n\"a\"\"b\";c;\"d\r\ne\"\r\n;;\r\nf;g;'=h\r\n";
    let read = CatalogFormat::Csv.read(csv).expect("a catalog");
    assert_eq!(read.entries.len(), 2);
    assert_eq!(
        (read.entries[0].source.as_str(), read.entries[0].target.as_str()),
        ("a\"b", "d\ne")
    );
    assert_eq!((read.entries[1].target.as_str(), read.entries[1].line), ("=h", 5));
}

#[test]
fn every_text_survives_both_formats() {
    let parts = [
        "a", " ", "\n", "\"", "\\", "\t", "'", "=", "-", ",", ";", "é", "中", "\u{202e}", "{1}",
        "\u{1}", "#", "\r",
    ];
    let mut random = Random::new(3);
    for _ in 0..300 {
        let mut text = || random.mix(&parts, 60);
        let mut entry = entry(&format!("a#{}", text()), &text(), &text());
        entry.is_fuzzy = true;
        entry.previous = Some(text());
        entry.line = 1;
        let catalog = catalog(vec![entry]);
        for format in [CatalogFormat::Po, CatalogFormat::Csv] {
            let mut read = written_and_read(&catalog, format);
            read.entries[0].line = 1;
            let mut wanted = catalog.entries[0].clone();
            if format == CatalogFormat::Csv {
                for text in [&mut wanted.context, &mut wanted.source, &mut wanted.target] {
                    *text = text.replace("\r\n", "\n");
                }
                wanted.previous = wanted.previous.map(|text| text.replace("\r\n", "\n"));
            }
            assert_eq!(read.entries, [wanted], "{format:?}");
        }
    }
}

#[test]
fn random_translations_never_change_the_structure() {
    let parts = [
        "mot",
        " ",
        "{1}",
        "{/1}",
        "{2}",
        "#",
        "- ",
        "1. ",
        "> ",
        "\n",
        "\n\n",
        "|",
        "`",
        "```",
        "*",
        "**",
        "[",
        "]",
        "(x)",
        "<div>",
        "<!--",
        "%%",
        "{",
        "}",
        "\\",
        "^id",
        "+++",
        "---",
        "===",
        "\t",
        "    ",
        "[^1]: ",
        ": ",
        "$",
        "==",
        "~~~",
        "https://e.example",
    ];
    let mut random = Random::new(11);
    let workspace = workspace(crate::support::sources(BOOK));
    let all = exported(&workspace, "fr");
    let mut written = 0;
    for _ in 0..250 {
        let at = random.below(all.entries.len());
        let mut one = all.entries[at].clone();
        one.target = random.mix(&parts, 9);
        let Ok(outcome) = imported(&workspace, "fr", catalog(vec![one.clone()]), true) else {
            continue;
        };
        for change in outcome.changes {
            written += 1;
            let mut files = BOOK.to_vec();
            let path = change.path.as_str().to_owned();
            files.retain(|file| file.0 != path);
            files.push((&path, &change.after));
            let again = exported(&crate::workspace(crate::support::sources(&files)), "fr");
            let texts = |catalog: &Catalog| -> Vec<(String, String)> {
                catalog
                    .entries
                    .iter()
                    .map(|entry| (entry.context.clone(), entry.source.clone()))
                    .collect()
            };
            assert_eq!(texts(&again), texts(&all), "{one:?}");
            let others = |catalog: &Catalog| -> Vec<String> {
                let entries = catalog.entries.iter().enumerate().filter(|(other, _)| *other != at);
                entries.map(|(_, entry)| entry.target.clone()).collect()
            };
            if change.before.is_some() {
                assert_eq!(others(&again), others(&all), "{one:?}");
            }
        }
    }
    assert!(written > 20, "{written}");
}
