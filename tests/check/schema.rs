//! The schemas for editors agree with what is said of front matter and configuration, by the
//! verdict of a validator that knows nothing of Fieldbook.

use fieldbook::config::Config;
use fieldbook::diagnostic::{Diagnostic, Rule};
use fieldbook::note::Note;
use fieldbook::parse::parse;
use fieldbook::parse::rules::{missing_field, refused_scheme, unnamed_endorser, value_not_in_list};
use fieldbook::path::SourcePath;
use fieldbook::schema;
use fieldbook::source::Source;
use fieldbook::table::rules::{bad_date, bad_value, unknown_key};
use fieldbook::workspace::rules;
use serde_json::Value;

use crate::support;

/// What a schema can tell: the shape of what is written. What it can't: whether other notes are
/// there, and what is written twice.
const OF_SHAPE: &[&Rule] = &[
    &bad_date::RULE,
    &bad_value::RULE,
    &missing_field::RULE,
    &refused_scheme::RULE,
    &unknown_key::RULE,
    &unnamed_endorser::RULE,
    &value_not_in_list::RULE,
];

fn validator(schema: &str) -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    assert!(jsonschema::meta::is_valid(&schema), "the schema is one");
    jsonschema::validator_for(&schema).expect("a schema")
}

/// TOML as editors hand it to a validator: dates are texts; none where it is no TOML.
fn as_json(toml: &str) -> Option<Value> {
    fn value(toml: toml::Value) -> Value {
        match toml {
            toml::Value::Datetime(moment) => Value::String(moment.to_string()),
            toml::Value::Array(items) => items.into_iter().map(value).collect(),
            toml::Value::Table(table) => {
                table.into_iter().map(|(key, item)| (key, value(item))).collect()
            }
            other => serde_json::to_value(other).expect("a value"),
        }
    }
    toml.parse::<toml::Table>().ok().map(|table| value(toml::Value::Table(table)))
}

/// Whether schema and check agree on a note; what they say if not.
fn disagreement(source: &Source, config: &Config) -> Option<String> {
    let text = source.text()?;
    let block = text.strip_prefix("+++\n")?.split("\n+++").next()?;
    let front_matter = as_json(block)?;
    let Note { facts, diagnostics, .. } = parse(source, config, false);
    let found: Vec<_> = diagnostics.iter().filter(|d| OF_SHAPE.contains(&d.rule)).collect();
    let end = ("+++\n".len() + block.len() + 1) as u32;
    let found: Vec<_> = found.into_iter().filter(|d| d.span.start <= end).collect();
    let validator = validator(&schema::of_kind(config, facts.kind));
    let is_valid = validator.is_valid(&front_matter);
    (is_valid != found.is_empty()).then(|| {
        let says: Vec<String> =
            validator.iter_errors(&front_matter).map(|e| e.to_string()).collect();
        format!("{}: the schema says {says:?}, check says {found:?}", source.path)
    })
}

fn config(book: &std::path::Path) -> Config {
    let text = std::fs::read(book.join("book.toml"));
    let text = text.unwrap_or_else(|_| b"title = \"Book\"\n".to_vec());
    Config::read(
        &SourcePath::new("book.toml"),
        Some(&support::source("book.toml", &text)),
        rules::all(),
        &mut Vec::new(),
    )
}

fn notes(book: &std::path::Path) -> Vec<Source> {
    let files = support::read_tree(&book.join("content"));
    let notes = files.iter().filter(|(path, _)| path.ends_with(".md"));
    notes.map(|(path, bytes)| support::source(&format!("content/{path}"), bytes)).collect()
}

#[test]
fn schemas_agree_with_check_on_every_note() {
    let root = support::tests().join("..");
    let mut books = vec![root];
    books.extend(support::entries(&support::tests().join("bad")));
    books.extend(support::entries(&support::tests().join("sites")).iter().map(|b| b.join("input")));
    let mut wrong = Vec::new();
    let mut looked_at = 0;
    for book in books {
        let config = config(&book);
        for note in notes(&book) {
            looked_at += 1;
            let found = disagreement(&note, &config);
            wrong.extend(found.map(|found| format!("{}: {found}", book.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(looked_at > 250, "{looked_at}");
}

#[test]
fn the_schema_of_the_configuration_agrees_too() {
    let validator = validator(&schema::of_config(rules::all()));
    let mut books = vec![support::tests().join("..")];
    books.extend(support::entries(&support::tests().join("bad")));
    books.extend(support::entries(&support::tests().join("sites")).iter().map(|b| b.join("input")));
    for book in books {
        let Ok(text) = std::fs::read_to_string(book.join("book.toml")) else { continue };
        let Some(written) = as_json(&text) else { continue };
        let path = SourcePath::new("book.toml");
        let mut problems = Vec::new();
        Config::read(
            &path,
            Some(&support::source("book.toml", text.as_bytes())),
            rules::all(),
            &mut problems,
        );
        // Which kinds there are is for check to know.
        problems.retain(|problem| {
            !["no kind is called", "the kind has no field"]
                .iter()
                .any(|m| problem.message.starts_with(m))
        });
        let says: Vec<String> = validator.iter_errors(&written).map(|e| e.to_string()).collect();
        assert_eq!(
            says.is_empty(),
            problems.is_empty(),
            "{}: {says:?} {problems:?}",
            book.display()
        );
    }
}

#[test]
fn the_schema_of_the_configuration_has_every_key_that_is_read() {
    let schema: Value = serde_json::from_str(&schema::of_config(rules::all())).expect("JSON");
    let kinds = &schema["properties"]["kinds"]["patternProperties"]["^[A-Za-z0-9_-]+$"];
    let fields = &kinds["properties"]["fields"]["patternProperties"]["^[A-Za-z0-9_-]+$"];
    let places = [
        ("title = \"B\"\nqqqqqq = 1\n", &schema),
        ("title = \"B\"\n[kinds.a]\nfolder = \"a\"\nqqqqqq = 1\n", kinds),
        (
            "title = \"B\"\n[kinds.a]\nfolder = \"a\"\nfields.b = { text = true, qqqqqq = 1 }\n",
            fields,
        ),
    ];
    for (text, schema) in places {
        let mut problems = Vec::new();
        let source = support::source("book.toml", text.as_bytes());
        Config::read(&SourcePath::new("book.toml"), Some(&source), rules::all(), &mut problems);
        assert_same_keys(schema, &problems);
    }
}

#[test]
fn the_schema_of_front_matter_has_every_key_that_is_read() {
    let config = config(&support::tests().join("bad/fm-no-theme"));
    for path in ["content/lessons/a.md", "content/b.md"] {
        let note =
            parse(&support::source(path, b"+++\ntitle = \"A\"\nqqqqqq = 1\n+++\n"), &config, false);
        let schema = schema::of_kind(&config, note.facts.kind);
        let schema: Value = serde_json::from_str(&schema).expect("JSON");
        let unknown = |problem: &&Diagnostic| problem.rule == &unknown_key::RULE;
        let found: Vec<Diagnostic> = note.diagnostics.iter().filter(unknown).cloned().collect();
        assert_same_keys(&schema, &found);
    }
}

/// Fails the test unless the keys of a schema are those that the help of an unknown one lists.
#[track_caller]
fn assert_same_keys(schema: &Value, problems: &[Diagnostic]) {
    let help = problems.first().and_then(|problem| problem.help.last()).expect("a help");
    let keys = help.split_once("are: ").expect("a list of keys").1;
    let mut read: Vec<&str> = keys.split(", ").collect();
    read.sort_unstable();
    let mut known: Vec<&str> =
        schema["properties"].as_object().expect("properties").keys().map(String::as_str).collect();
    known.sort_unstable();
    assert_eq!(known, read);
}
