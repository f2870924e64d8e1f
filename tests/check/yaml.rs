//! Front matter in YAML: it says the same as TOML does, it is reported alike, and hostile texts cost nothing.

use std::fmt::Write;
use std::time::{Duration, Instant};

use fieldbook::config::Config;
use fieldbook::diagnostic::{Diagnostic, Severity};
use fieldbook::note::Note;
use fieldbook::parse::parse;
use fieldbook::path::SourcePath;
use fieldbook::source::{Source, SourceRole};
use fieldbook::workspace::rules;
use serde_json::Value;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::support;

/// A book with a field of every type.
const BOOK: &str = "title = \"Book\"\n\
    [kinds.country]\nfolder = \"countries\"\ntitle = \"Country\"\n\
    [kinds.lesson]\nfolder = \"lessons\"\ntitle = \"Lesson\"\n\
    [kinds.lesson.fields]\n\
    place = { to = \"country\" }\nplaces = { to = \"country\", many = true }\n\
    word = { text = true }\nwords = { text = true, many = true }\ncount = { number = true }\n\
    when = { date = true }\nopen = { flag = true }\nlevel = { one-of = [\"no\", \"010\"] }\n";

fn config(text: &str) -> Config {
    let source = support::source("book.toml", text.as_bytes());
    let mut found = Vec::new();
    Config::read(&SourcePath::new("book.toml"), Some(&source), rules::all(), &mut found)
}

fn note(front_matter: &str) -> Note {
    let text = format!("---\n{front_matter}---\n\nText.\n");
    parse(&support::source("content/lessons/a.md", text.as_bytes()), &config(BOOK), false)
}

/// Returns the problems of a note as `line:column: message`.
fn said(front_matter: &str) -> Vec<String> {
    let text = format!("---\n{front_matter}---\n\nText.\n");
    let note = note(front_matter);
    let said = |found: &Diagnostic| {
        let before = &text[..found.span.start as usize];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{line}:{column}: [{}] {}", found.rule.name, found.message)
    };
    note.diagnostics.iter().map(said).collect()
}

/// Returns the values of the fields of a note.
fn values(front_matter: &str) -> Vec<String> {
    let note = note(front_matter);
    assert!(note.diagnostics.is_empty(), "{front_matter}: {:?}", said(front_matter));
    note.facts.values.iter().map(|value| value.items.join("|")).collect()
}

/// Writes a value of TOML as YAML in one line. Texts that need no quotes get none.
fn flow(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) if is_plain(text) => text.to_string(),
        DeValue::String(text) => serde_json::to_string(text).expect("a text"),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|item| flow(item.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(table) => {
            let entry = |(key, value): (&Spanned<DeString<'_>>, &Spanned<DeValue<'_>>)| {
                format!("{}: {}", key.get_ref(), flow(value.get_ref()))
            };
            let entries: Vec<String> = table.iter().map(entry).collect();
            format!("{{{}}}", entries.join(", "))
        }
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.as_str().to_owned(),
        DeValue::Boolean(flag) => flag.to_string(),
        DeValue::Datetime(moment) => moment.to_string(),
    }
}

fn is_plain(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.');
    text.chars().all(is_letter)
        && text.starts_with(char::is_alphanumeric)
        && text.trim() == text
        && text != "null"
}

/// Writes a table of TOML as YAML, with lists below their keys.
fn yaml(table: &DeTable<'_>) -> String {
    let mut out = String::new();
    for (key, value) in table.iter() {
        let key = key.get_ref();
        match value.get_ref() {
            DeValue::Array(items) if !items.is_empty() => {
                let _ = writeln!(out, "{key}:");
                for item in items {
                    let item = match item.get_ref() {
                        DeValue::Table(part) => yaml(part).trim_end().replace('\n', "\n    "),
                        item => flow(item),
                    };
                    let _ = writeln!(out, "  - {item}");
                }
            }
            value => {
                let _ = writeln!(out, "{key}: {}", flow(value));
            }
        }
    }
    out
}

/// Returns a note with its front matter in YAML; `None` if it has none in TOML.
fn in_yaml(source: &Source) -> Option<Source> {
    let text = source.text()?;
    let (block, body) = text.strip_prefix("+++\n")?.split_once("\n+++\n")?;
    let table = DeTable::parse(block).ok()?;
    let text = format!("---\n{}---\n{body}", yaml(table.get_ref()));
    Some(Source::new(source.path.clone(), text.into_bytes()))
}

#[test]
fn a_note_in_yaml_makes_the_same_pages() {
    let root = support::tests().join("sites");
    let mut notes = 0;
    for site in support::entries(&root) {
        let input = site.join("input");
        if !input.exists() {
            continue;
        }
        let config = SourcePath::new("book.toml");
        let read = fieldbook::disk::read(&input, &config).expect("a book");
        let toml: Vec<Source> = read.into_files().collect();
        let yaml = toml.iter().map(|source| {
            let converted = Some(source).filter(|s| SourceRole::of(&s.path) == SourceRole::Note);
            let converted = converted.and_then(in_yaml);
            notes += usize::from(converted.is_some());
            converted.unwrap_or_else(|| source.clone())
        });
        let yaml: Vec<Source> = yaml.collect();
        let (_, expected) = support::open(toml.into_iter().collect(), support::options());
        let (workspace, made) = support::open(yaml.into_iter().collect(), support::options());
        let Some(expected) = expected else { continue };
        let made = made.unwrap_or_else(|| panic!("{}", support::lines(&workspace)));
        let differ = |path: &&String| made.get(*path) != expected.get(*path);
        let differing: Vec<&String> = expected.keys().chain(made.keys()).filter(differ).collect();
        assert!(differing.is_empty(), "{}: {differing:?}", site.display());
    }
    assert!(notes > 100, "only {notes} notes");
}

#[test]
fn a_mistake_has_the_same_code_and_place() {
    let mut compared = 0;
    for book in support::entries(&support::tests().join("bad")) {
        let name = book.file_name().expect("a name").to_string_lossy().into_owned();
        // A title that is not in YAML is that of the file.
        if !name.starts_with("fm-") || matches!(&*name, "fm-no-title" | "fm-empty-title") {
            continue;
        }
        let config = SourcePath::new("book.toml");
        let mut files: Vec<Source> =
            fieldbook::disk::read(&book, &config).expect("a book").into_files().collect();
        if !book.join("book.toml").exists() {
            files.push(support::source("book.toml", b"title = \"Book\"\n"));
        }
        // The same line, in which only the sign after the key differs.
        let line = |line: &str| line.replacen(" = ", " : ", 1);
        let mut is_alike = true;
        let converted: Vec<Source> = files
            .iter()
            .map(|source| {
                let role = SourceRole::of(&source.path);
                let parts = source
                    .text()
                    .filter(|_| role == SourceRole::Note)
                    .and_then(|text| text.strip_prefix("+++\n")?.split_once("\n+++"));
                let Some((block, body)) = parts else { return source.clone() };
                let is_flat = |line: &str| line.contains(" = ") && !line.contains(['{', '[']);
                is_alike &= block.parse::<toml::Table>().is_ok() && block.lines().all(is_flat);
                let block: Vec<String> = block.lines().map(line).collect();
                let text = format!("---\n{}\n---{body}", block.join("\n"));
                Source::new(source.path.clone(), text.into_bytes())
            })
            .collect();
        if !is_alike {
            continue;
        }
        compared += 1;
        let report = |files: Vec<Source>| {
            let (workspace, _) = support::open(files.into_iter().collect(), support::options());
            let report = support::places(&workspace);
            let said = report.lines().filter(|line| !line.starts_with(' '));
            // A value without quotes is no number: it is what its key says.
            said.map(str::to_owned).collect::<Vec<_>>()
        };
        let (toml, yaml) = (report(files), report(converted));
        let is_lenient = matches!(&*name, "fm-number-for-text");
        assert!(is_lenient || toml == yaml, "{name}:\n{toml:#?}\n{yaml:#?}");
    }
    assert!(compared >= 10, "only {compared} compared");
}

#[test]
fn a_value_is_what_its_key_says() {
    assert_eq!(values("word: no\nlevel: no\n"), ["no", "no"]);
    assert_eq!(values("word: on\nlevel: 010\n"), ["on", "010"]);
    assert_eq!(values("word: 12:30\ncount: 1_000\n"), ["12:30", "1000"]);
    assert_eq!(values("word: 2024-06\nwhen: 2024-06\n"), ["2024-06", "2024-06"]);
    assert_eq!(values("word: 1.10\ncount: 1.10\n"), ["1.10", "1.10"]);
    assert_eq!(values("word: true\nopen: true\n"), ["true", "true"]);
    assert_eq!(values("when: 2024-06-24T10:00:00Z\n"), ["2024-06-24"]);
    assert_eq!(values("when: \"2024\"\nwords: [no, 1, \"~\"]\n"), ["no|1|~", "2024"]);
    assert_eq!(values("word: ~\nwords:\n  - null\n  - a\ncount:\n"), ["a"]);
    assert_eq!(values("word: |\n  one\n  two\n"), ["one\ntwo"]);
    assert_eq!(values("word: >\n  one\n  two\n"), ["one two"]);
    assert_eq!(
        said("count: 010\n"),
        ["2:8: [bad-value] \"count\" takes a number, without quotes; this is text"]
    );
    assert_eq!(
        said("open: yes\n"),
        ["2:7: [bad-value] \"open\" takes true or false, without quotes; this is text"]
    );
    assert_eq!(said("when: 2024-13-01\n"), ["2:7: [bad-date] 2024-13-01 is not a date"]);
    assert_eq!(values("words: a\n"), ["a"]);
    assert_eq!(
        said("words: \"a\"\n"),
        ["2:8: [bad-value] \"words\" takes a list in square brackets; this is text"]
    );
}

#[test]
fn a_link_needs_no_quotes() {
    let targets = |front_matter: &str| -> Vec<String> {
        let note = note(front_matter);
        assert!(note.diagnostics.is_empty(), "{:?}", said(front_matter));
        note.facts.references.iter().map(|reference| reference.target.path.to_string()).collect()
    };
    assert_eq!(targets("place: [[Chad]]\n"), ["Chad"]);
    assert_eq!(targets("place: \"[[Chad|the country]]\"\n"), ["Chad"]);
    assert_eq!(targets("places: [[Chad]]\n"), ["Chad"]);
    assert_eq!(targets("places:\n  - [[Chad]]\n  - \"[[Mali]]\"\n"), ["Chad", "Mali"]);
    assert_eq!(targets("places: [[[Chad]], [[Mali]]]\n"), ["Chad", "Mali"]);
    assert_eq!(targets("place: [[Congo, the]]\n"), ["Congo, the"]);
}

#[test]
fn what_makes_one_value_of_another_is_refused_in_a_sentence() {
    let refused = |front_matter: &str, place: &str, word: &str| {
        let said = said(front_matter);
        let first = said.first().unwrap_or_else(|| panic!("{front_matter} is accepted"));
        assert!(first.starts_with(&format!("{place}: [bad-front-matter]")), "{said:?}");
        assert!(first.contains(word), "{said:?}");
        assert_eq!(said.len(), 1, "{said:?}");
    };
    refused("word: a\nword: b\n", "3:1", "is set twice");
    refused("word: &name a\n", "2:7", "an anchor of YAML");
    refused("word: *name\n", "2:7", "an alias of YAML");
    refused("<<: {word: a}\n", "2:1", "a merge key of YAML");
    refused("word: !!str 12\n", "2:7", "a tag of YAML");
    refused("title: A: b\n", "2:9", "a colon and a space");
    refused("title: \"a\n", "2:8", "no closing quote");
    refused("words: [a, b\nword: c\n", "2:8", "no closing bracket");
    refused("title: @a\n", "2:8", "begins with @");
    refused("words:\n\t- a\n", "3:1", "a tab");
    refused("words: - a\n", "2:8", "the line below its key");
}

#[test]
fn the_rest_of_a_text_with_a_mistake_is_read() {
    let note = note("title: A: b\nword: c\nopen: true\n");
    let read: Vec<&str> = note.facts.values.iter().map(|value| value.items[0].as_str()).collect();
    assert_eq!(read, ["c", "true"]);
}

#[test]
fn a_hostile_text_is_refused_soon() {
    let laughs: String =
        (1..30).map(|n| format!("l{n}: &l{n} [*l{0}, *l{0}, *l{0}, *l{0}]\n", n - 1)).collect();
    let texts = [
        format!("l0: &l0 [a, a, a]\n{laughs}"),
        format!("words: {}\n", "[".repeat(1_000_000)),
        format!("words: {}{}\n", "[".repeat(60), "]".repeat(60)),
        format!("words: {}\n", "{a: ".repeat(200_000)),
        format!("words:\n{}\n", "- ".repeat(500_000)),
        (0..2000).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
        format!("title: \"{}\n", "a".repeat(2_000_000)),
        format!("title: {}\n", "a".repeat(2_000_000)),
        format!("title: |\n{}", " a\n".repeat(500_000)),
        format!("words: [{}]\n", "a, ".repeat(300_000)),
        "a: b: c\n".repeat(100_000),
        (0..50_000).map(|key| format!("k{key}: v\n")).collect(),
        format!("word: {}\n", "!a ".repeat(100_000)),
        format!("{}: a\n", "k".repeat(2_000_000)),
    ];
    for text in texts {
        let start = Instant::now();
        let note = note(&text);
        let took = start.elapsed();
        let shown: String = text.chars().take(40).collect();
        println!("{shown:?}: {took:?}");
        // The program under test is not optimised, and the machine may be busy.
        assert!(took < Duration::from_secs(60), "{shown:?} took {took:?}");
        let said = note.diagnostics.len() + note.facts.other_keys.len();
        assert!(said > 0, "{shown:?} is accepted");
    }
    let long = format!("title: |\n{}", " a\n".repeat(500_000));
    assert_eq!(said(&long)[0], "2:1: [bad-front-matter] front matter can have 1 MB at most");
}

/// The cases of yaml-test-suite, under the MIT licence, which the file repeats.
#[test]
fn the_suite_of_yaml_is_read_without_a_panic() {
    let suite = include_str!("yaml/suite.json");
    let suite: Value = serde_json::from_str(suite).expect("JSON");
    let cases = suite["cases"].as_array().expect("cases");
    assert!(cases.len() > 350);
    let config = config("title = \"Book\"\n");
    let (mut read, mut refused) = (0, 0);
    for case in cases {
        let yaml = case["yaml"].as_str().expect("YAML");
        let text = format!("---\n{yaml}\n---\nText.\n");
        let note = parse(&support::source("content/a.md", text.as_bytes()), &config, false);
        let is_error = |found: &Diagnostic| found.severity == Severity::Error;
        let has_error = note.diagnostics.iter().any(is_error);
        (read, refused) = (read + usize::from(!has_error), refused + usize::from(has_error));
        // A table of texts is read as the suite says, or refused.
        let json = case["json"].as_str().and_then(|json| serde_json::from_str::<Value>(json).ok());
        let Some(Value::Object(table)) = json.filter(|_| !has_error) else { continue };
        let is_block = note.facts.other_keys.len() + note.facts.values.len() > 0;
        if is_block && !yaml.contains("---") && !yaml.contains("...") {
            let mut keys: Vec<&str> = note.facts.other_keys.iter().map(|key| &**key).collect();
            keys.sort_unstable();
            let mut expected: Vec<&str> = table.keys().map(String::as_str).collect();
            expected.sort_unstable();
            expected.retain(|key| keys.contains(key) || !is_known(key, &config));
            assert_eq!(keys, expected, "{}", case["id"]);
        }
    }
    println!("{read} read, {refused} refused");
}

/// Says whether a note may have the key, or one that is nearly called so.
fn is_known(key: &str, config: &Config) -> bool {
    let key = serde_json::to_string(key).expect("a text");
    let text = format!("---\n{key}: ~\n---\n");
    let found = parse(&support::source("content/a.md", text.as_bytes()), config, false);
    found.facts.other_keys.is_empty()
}
