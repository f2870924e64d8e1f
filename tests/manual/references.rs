//! The references of settings and of the keys of notes, written from the schemas.

use serde_json::{Map, Value};

use fieldbook::config::Config;
use fieldbook::path::SourcePath;
use fieldbook::schema;

use crate::support;

const SETTINGS: &str = r#"+++
title = "Settings of a book"
summary = "Every setting of book.toml, with its value and what it does."
order = 1
+++

The file `book.toml` lies in the folder of the book and holds its settings, in TOML. Only `title` must be there. A setting
that is `true` or `false` is `false` without a line. `fieldbook schema` prints this list for editors, which then complete
and check the file.

A book has at most 100 kinds, languages, entries of the menu and the like. A kind has at most 100 fields, and a field takes
at most 1,000 words. A title or other name has at most 1,000 bytes, and a summary 4,000.
"#;

const FIELDS: &str = r#"+++
title = "Keys of a note"
summary = "Every key that the front matter of a note may have, with its value and what it means."
order = 2
+++

Every note may have the keys on this page. The kind of the note adds fields of its own: see
[fields of a kind](settings.md#kinds-name-fields-name). `fieldbook schema --kind KIND` prints both for editors, which then
complete and check the front matter.

A date is a day, a month or a year: `2024-06-24`, `"2024-06"` or `"2024"`. Only `title` must be there.
"#;

#[test]
fn the_references_are_up_to_date() {
    let pages =
        [("settings", settings()), ("fields", fields()), ("commands", crate::commands::page())];
    let folder = support::tests().join("../src/manual/content/reference");
    let mut wrong = Vec::new();
    for (name, page) in pages {
        let file = folder.join(format!("{name}.md"));
        let stored = std::fs::read_to_string(&file).unwrap_or_default();
        match support::is_update() {
            true => std::fs::write(file, page).expect("the reference"),
            false => {
                wrong.extend(support::difference(&stored, &page).map(|d| format!("{name}: {d}")))
            }
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes these anew:\n{}", wrong.join("\n"));
}

#[test]
fn every_setting_and_key_stands_in_one_reference() {
    let config: Value = serde_json::from_str(&schema::of_config()).expect("JSON");
    let (settings, fields) = (settings(), fields());
    let count = |page: &str, heading: &str| page.lines().filter(|line| *line == heading).count();
    for key in keys(&config) {
        let heading = format!("## `{key}` {{#{key}}}");
        assert_eq!(
            count(&settings, &heading) + count(&settings, &format!("## `[{key}]`")),
            1,
            "{key}"
        );
    }
    for key in keys(&note_schema()) {
        assert_eq!(count(&fields, &format!("## `{key}` {{#{key}}}")), 1, "{key}");
    }
}

fn settings() -> String {
    let schema: Value = serde_json::from_str(&schema::of_config()).expect("JSON");
    let mut page = SETTINGS.to_owned();
    let (tables, plain): (Vec<&str>, Vec<&str>) =
        keys(&schema).into_iter().partition(|key| is_table(&schema["properties"][*key]));
    for key in plain {
        entry(&mut page, "", key, &schema["properties"][key], is_required(&schema, key));
    }
    for key in tables {
        let value = &schema["properties"][key];
        page.push_str(&format!("\n## `[{key}]`\n\n{}\n", words(value)));
        match key {
            "check" => rules(&mut page, value),
            "kinds" => kinds(&mut page, value),
            _ => nested(&mut page, key, value),
        }
    }
    page
}

fn fields() -> String {
    let schema = note_schema();
    let mut page = FIELDS.to_owned();
    for key in keys(&schema) {
        entry(&mut page, "", key, &schema["properties"][key], is_required(&schema, key));
    }
    page
}

/// The schema of a note that has no fields but those of every note.
fn note_schema() -> Value {
    let book = support::source("book.toml", b"title = \"Book\"\n");
    let path = SourcePath::new("book.toml");
    let config = Config::read(&path, Some(&book), &mut Vec::new());
    serde_json::from_str(&schema::of_kind(&config, config.page_kind())).expect("JSON")
}

/// The keys of `[kinds.NAME]`, and of the fields of a kind.
fn kinds(page: &mut String, value: &Value) {
    let kind = pattern(value);
    page.push_str("\n```toml\n[kinds.lesson]\nfolder = \"lessons\"\n\n[kinds.lesson.fields]\nthemes = { to = \"theme\", many = true }\n```\n");
    page.push_str("\n### `[kinds.NAME]` {#kinds-name}\n\nThe kind `page`, of notes outside the folders of other kinds, is there anyway and needs no folder.\n");
    table(page, kind, |key| key != "fields");
    page.push_str("\n### `[kinds.NAME.fields.NAME]` {#kinds-name-fields-name}\n\nA field has just one of `to`, `one-of`, `text`, `date`, `number`, `flag` and `url`.\n");
    table(page, pattern(&kind["properties"]["fields"]), |_| true);
}

/// The options of rules.
fn rules(page: &mut String, value: &Value) {
    page.push_str("\n```toml\n[check]\norphan = \"warning\"\nunsourced = { level = \"error\", kinds = [\"lesson\"] }\n```\n");
    page.push_str("\nA rule is set to `\"off\"`, `\"warning\"` or `\"error\"`, or to a table with these keys. The ");
    page.push_str("[list of rules](../rules/) says which levels a book may set.\n");
    let form = |rule: &str| value["properties"][rule]["anyOf"][1].clone();
    let common = ["level", "kinds"];
    page.push_str("\n| key | value | meaning |\n|---|---|---|\n");
    let first = form(keys(value)[0]);
    for key in common {
        let level =
            if key == "level" { "a level".to_owned() } else { shape(&first["properties"][key]) };
        page.push_str(&format!(
            "| `{key}` | {level} | {} |\n",
            cell(&words(&first["properties"][key]))
        ));
    }
    page.push_str("\nSome rules have keys of their own:\n\n| rule | key | value | meaning |\n|---|---|---|---|\n");
    for rule in keys(value) {
        let form = form(rule);
        for key in keys(&form).into_iter().filter(|key| !common.contains(key)) {
            let option = &form["properties"][key];
            page.push_str(&format!(
                "| [[{rule}]] | `{key}` | {} | {} |\n",
                shape(option),
                cell(&words(option))
            ));
        }
    }
}

/// The keys of a table, each with a heading.
fn nested(page: &mut String, name: &str, value: &Value) {
    for key in keys(value) {
        entry(page, name, key, &value["properties"][key], is_required(value, key));
    }
}

/// A key with a heading, what it means, its value, and the keys of the tables in it.
fn entry(page: &mut String, parent: &str, key: &str, value: &Value, required: bool) {
    let (level, id) =
        if parent.is_empty() { ("##", key.to_owned()) } else { ("###", format!("{parent}-{key}")) };
    page.push_str(&format!("\n{level} `{key}` {{#{id}}}\n\n{}\n", words(value)));
    page.push_str(&format!("\n- Value: {}\n", shape(value)));
    if required {
        page.push_str("- Must be there.\n");
    }
    if let Some(default) = value.get("default") {
        page.push_str(&format!("- Without a line: `{default}`\n"));
    }
    if is_table(&value["items"]) {
        page.push_str("\nEach entry has these keys:\n");
        table(page, &value["items"], |_| true);
    }
}

/// The keys of a table as a table.
fn table(page: &mut String, schema: &Value, is_shown: impl Fn(&str) -> bool) {
    page.push_str("\n| key | value | meaning |\n|---|---|---|\n");
    for key in keys(schema).into_iter().filter(|key| is_shown(key)) {
        let value = &schema["properties"][key];
        let mut meaning = words(value);
        if is_required(schema, key) {
            meaning.push_str(" Must be there.");
        }
        if let Some(default) = value.get("default") {
            meaning.push_str(&format!(" Without it: `{default}`."));
        }
        page.push_str(&format!("| `{key}` | {} | {} |\n", shape(value), cell(&meaning)));
    }
}

/// The values that a schema takes, in words.
fn shape(value: &Value) -> String {
    let date = &note_schema()["properties"]["date"]["anyOf"];
    if value["anyOf"] == *date {
        return "a date".to_owned();
    }
    if let Some(words) = value["enum"].as_array() {
        // The names of all rules would be too many.
        if words.len() > 12 {
            return "the name of a rule".to_owned();
        }
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        return words.join(", ");
    }
    if value["allOf"][1]["pattern"].as_str().is_some_and(|pattern| pattern.contains("[tT][pP]")) {
        return "an address".to_owned();
    }
    if let Some(forms) = value["anyOf"].as_array() {
        return forms.iter().map(shape).collect::<Vec<_>>().join(", or ");
    }
    if value["allOf"].is_array() {
        return shape(&value["allOf"][0]);
    }
    match value["type"].as_str() {
        Some("boolean") => "`true` or `false`".to_owned(),
        Some("integer") => match (&value["minimum"], &value["maximum"]) {
            (Value::Null, _) => "a whole number".to_owned(),
            (least, most) => format!("a whole number from {least} to {most}"),
        },
        Some("array") if is_table(&value["items"]) => "a list of tables".to_owned(),
        Some("array") => match shape(&value["items"]).as_str() {
            "text" => "a list of texts".to_owned(),
            items => format!("a list of {items}"),
        },
        Some("object") => "a table".to_owned(),
        _ => "text".to_owned(),
    }
}

fn words(value: &Value) -> String {
    let words = value["description"].as_str();
    words.unwrap_or_else(|| panic!("it is not said what this means: {value}")).to_owned()
}

/// A text as it may stand in a cell of a table.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// The keys of a table: first those that must be there.
fn keys(schema: &Value) -> Vec<&str> {
    let properties = schema["properties"].as_object().into_iter().flat_map(Map::keys);
    let mut keys: Vec<&str> = properties.map(String::as_str).collect();
    keys.sort_by_key(|key| (!is_required(schema, key), *key));
    keys
}

fn is_required(schema: &Value, key: &str) -> bool {
    schema["required"].as_array().is_some_and(|required| required.iter().any(|name| name == key))
}

fn is_table(value: &Value) -> bool {
    value["type"] == "object"
}

/// The schema of the values of a table whose keys are names.
fn pattern(value: &Value) -> &Value {
    let patterns = value["patternProperties"].as_object().expect("names");
    patterns.values().find(|value| is_table(value)).expect("a table")
}
