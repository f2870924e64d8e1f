//! The schemas for editors agree with the reports on front matter and configuration, judged by a
//! validator that knows nothing of Fieldbook.

use fieldbook::config::Config;
use fieldbook::diagnostic::{Diagnostic, Rule};
use fieldbook::note::Note;
use fieldbook::parse::parse;
use fieldbook::parse::rules::{missing_field, unnamed_endorser};
use fieldbook::path::SourcePath;
use fieldbook::schema;
use fieldbook::source::Source;
use fieldbook::span::Span;
use fieldbook::table::rules::{
    bad_date, bad_value, refused_scheme, unknown_key, value_not_in_list,
};
use fieldbook::workspace::rules;
use serde_json::Value;

use crate::support;

/// The findings that a schema can make, which are those about form. It can't know whether other
/// notes exist, or what is written twice.
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

/// Returns TOML as editors pass it to a validator, with dates as strings; `None` if it is not valid
/// TOML.
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

/// Checks whether schema and check agree on a note; returns both results if not.
fn disagreement(source: &Source, config: &Config) -> Option<String> {
    let text = source.text()?;
    let block = text.strip_prefix("+++\n")?.split("\n+++").next()?;
    let front_matter = as_json(block)?;
    let Note { facts, diagnostics, .. } = parse(source, config, false);
    let has_other_keys = !facts.other_keys.is_empty();
    let found: Vec<_> = diagnostics.iter().filter(|d| OF_SHAPE.contains(&d.rule)).collect();
    let end = ("+++\n".len() + block.len() + 1) as u32;
    let found: Vec<_> = found.into_iter().filter(|d| d.span.start <= end).collect();
    let validator = validator(&schema::of_kind(config, facts.kind));
    let is_valid = validator.is_valid(&front_matter);
    (is_valid != (found.is_empty() && !has_other_keys)).then(|| {
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
        // Only the check knows which kinds exist.
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

/// The schema of a kind, and that of a field of a kind.
fn of_kind_and_field(schema: &Value) -> (&Value, &Value) {
    let kind = &schema["properties"]["kinds"]["patternProperties"]["^[A-Za-z0-9_-]+$"];
    (kind, &kind["properties"]["fields"]["patternProperties"]["^[A-Za-z0-9_-]+$"])
}

#[test]
fn the_schema_of_the_configuration_has_every_key_that_is_read() {
    let schema: Value = serde_json::from_str(&schema::of_config(rules::all())).expect("JSON");
    let (kind, field) = of_kind_and_field(&schema);
    let places = [
        ("qqqqqq = 1\n", &schema),
        ("home = [{ kind = \"a\", qqqqqq = 1 }]\n", &schema["properties"]["home"]["items"]),
        ("[search]\nqqqqqq = 1\n", &schema["properties"]["search"]),
        ("[files]\nqqqqqq = 1\n", &schema["properties"]["files"]),
        ("[kinds.b]\nfolder = \"b\"\nqqqqqq = 1\n", kind),
        ("[kinds.b]\nfolder = \"b\"\nfields.c = { text = true, qqqqqq = 1 }\n", field),
    ];
    for (text, schema) in places {
        let text = format!("title = \"B\"\n{text}[kinds.a]\nfolder = \"a\"\n");
        assert_same_keys(schema, &read(&text).1);
    }
}

#[test]
fn the_schema_of_front_matter_has_every_key_that_is_read() {
    let config = config(&support::tests().join("bad/fm-no-theme"));
    let list = |key: &str| format!("[[{key}]]\nqqqqqq = 1\n");
    for path in ["content/lessons/a.md", "content/b.md"] {
        assert_same_keys_in_note(&config, path, "qqqqqq = 1\n", Value::clone);
        for key in ["sources", "changes", "except"] {
            let of_item = |schema: &Value| schema["properties"][key]["items"].clone();
            assert_same_keys_in_note(&config, path, &list(key), of_item);
        }
    }
}

#[track_caller]
fn assert_same_keys_in_note(
    config: &Config,
    path: &str,
    text: &str,
    part: impl Fn(&Value) -> Value,
) {
    let text = format!("+++\ntitle = \"A\"\n{text}+++\n");
    let note = parse(&support::source(path, text.as_bytes()), config, false);
    let schema: Value =
        serde_json::from_str(&schema::of_kind(config, note.facts.kind)).expect("JSON");
    // A key that is like none is reported for the whole book.
    let book = support::tests().join("bad/fm-no-theme/book.toml");
    let book = std::fs::read(book).expect("a book");
    let files = [support::source("book.toml", &book), support::source(path, text.as_bytes())];
    let (workspace, _) = support::open(files.into_iter().collect(), support::options());
    let of_book = workspace.diagnostics().iter();
    let unknown = |problem: &&Diagnostic| problem.rule == &unknown_key::RULE;
    let found: Vec<Diagnostic> =
        note.diagnostics.iter().chain(of_book).filter(unknown).cloned().collect();
    assert_same_keys(&part(&schema), &found);
}

/// Fails the test unless the keys of a schema are those that the help of an unknown one lists.
#[track_caller]
fn assert_same_keys(schema: &Value, problems: &[Diagnostic]) {
    let help =
        problems.iter().flat_map(|problem| &problem.help).find_map(|help| help.split_once("are: "));
    let mut read: Vec<&str> = help.expect("a list of keys").1.split(", ").collect();
    read.sort_unstable();
    let mut known: Vec<&str> = declared(schema).map(|(key, _)| key).collect();
    known.sort_unstable();
    assert_eq!(known, read);
}

/// The keys of a schema without those that are other names.
fn declared(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let keys = schema["properties"].as_object().expect("properties").iter();
    let keys = keys.map(|(key, value)| (key.as_str(), value));
    keys.filter(|(_, value)| {
        let description = value["description"].as_str().unwrap_or_default();
        !description.starts_with("Another name of")
    })
}

/// Reads a configuration, and returns it without places.
fn read(text: &str) -> (Config, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let source = support::source("book.toml", text.as_bytes());
    let config =
        Config::read(&SourcePath::new("book.toml"), Some(&source), rules::all(), &mut problems);
    (Config { theme_span: Span::default(), ..config }, problems)
}

/// The keys of a schema that have a default, each with it as TOML.
fn defaults(schema: &Value, without: &[&str], between: &str) -> String {
    let keys = declared(schema).filter(|(key, _)| !without.contains(key));
    let lines = keys.filter_map(|(key, value)| Some(format!("{key} = {}", value.get("default")?)));
    lines.collect::<Vec<_>>().join(between)
}

#[test]
fn a_default_is_what_holds_where_the_key_is_not_written() {
    let schema: Value = serde_json::from_str(&schema::of_config(rules::all())).expect("JSON");
    let (kind, field) = of_kind_and_field(&schema);
    let list = &schema["properties"]["home"]["items"];
    let plain = "title = \"B\"\nhome = [{ kind = \"a\" }]\n\
                 [kinds.a]\nfolder = \"a\"\nfields.b = { to = \"a\" }\n";
    let full = format!(
        "title = \"B\"\nhome = [{{ kind = \"a\", {} }}]\n{}\n[search]\n{}\n[files]\n{}\n\
         [kinds.a]\nfolder = \"a\"\n{}\nfields.b = {{ to = \"a\", {} }}\n",
        defaults(list, &[], ", "),
        defaults(&schema, &["home"], "\n"),
        defaults(&schema["properties"]["search"], &[], "\n"),
        defaults(&schema["properties"]["files"], &[], "\n"),
        defaults(kind, &[], "\n"),
        defaults(field, &[], ", "),
    );
    for key in ["paginate", "theme", "count", "order", "colours", "many", "allow", "filters"] {
        assert!(full.contains(&format!("{key} = ")), "{full}");
    }
    let (plain, problems) = read(plain);
    assert_eq!(problems, []);
    assert_eq!(read(&full), (plain, problems), "{full}");
}

#[test]
fn a_key_is_read_under_its_former_name() {
    let book = |group_by: &str, taxonomy: &str| {
        format!(
            "title = \"B\"\n[kinds.a]\nfolder = \"a\"\n{taxonomy}\n\
             [kinds.b]\nfolder = \"b\"\n{group_by}\n"
        )
    };
    let schema = validator(&schema::of_config(rules::all()));
    let is_valid = |text: &str| schema.is_valid(&as_json(text).expect("TOML"));
    let new = book("group-by = \"a\"", "taxonomy = true");
    let former = book("by = \"a\"", "axis = true");
    assert_eq!(read(&new).1, []);
    assert_ne!(read(&new).0, read(&book("", "")).0);
    assert_eq!(read(&former), read(&new));
    assert!(is_valid(&new) && is_valid(&former));
    let both = book("group-by = \"a\"\nby = \"a\"", "taxonomy = true\naxis = true");
    assert_eq!(read(&both).1.len(), 2);
    assert!(!is_valid(&both));
}
