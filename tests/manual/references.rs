//! The references of settings and of the keys of notes, written from the schemas.

use serde_json::{Map, Value};

use fieldbook::config::Config;
use fieldbook::path::SourcePath;
use fieldbook::schema;
use fieldbook::workspace::rules::all;

use crate::support;

const SETTINGS: &str = r#"+++
title = "Settings of a book"
summary = "Every setting of book.toml, with its value and what it does."
order = 1
+++

The file `book.toml` lies in the folder of the book and holds its settings, in TOML. Only `title` must be there. A setting
that takes `true` or `false` is `false` if you leave it out. `fieldbook schema` prints this list for editors, which then complete
and check the file.

A book has at most 100 kinds, languages, entries of the menu and the like. A kind has at most 100 fields, and a field takes
at most 1,000 words. A title or other name has at most 1,000 bytes, and a summary 4,000.
"#;

const RULES: &str = r#"
```toml
[check]
orphan = "warning"
unsourced = { level = "error", kinds = ["lesson"] }
```

A rule is set to `"off"`, `"warning"` or `"error"`, or to a table with these keys. The [list of rules](../rules/) says which
levels a book may set.

| key | value | meaning |
|---|---|---|
| `level` | `"off"`, `"warning"`, `"error"` | The level of the rule. |
| `kinds` | a list of texts | The kinds of notes that the setting is for. For notes of other kinds the rule is off; one that is an error without a setting stays an error there. |

Some rules have keys of their own:

| rule | key | value | meaning |
|---|---|---|---|
"#;

const KIND: &str = r#"
```toml
[kinds.lesson]
folder = "lessons"

[kinds.lesson.fields]
themes = { to = "theme", many = true }
```

### `[kinds.NAME]` {#kinds-name}

Every kind has a `folder`. Only the kind `page`, of notes outside the folders of all kinds, needs none, and is there without
being named. [Shape your book](../guides/shape-your-book.md) explains what each key does.
"#;

const FIELD: &str = r#"
### `[kinds.NAME.fields.NAME]` {#kinds-name-fields-name}

A field has just one of `to`, `one-of`, `text`, `date`, `number`, `flag` and `url`.
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
    let config: Value = serde_json::from_str(&schema::of_config(all())).expect("JSON");
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

#[test]
fn every_key_says_what_it_means() {
    let config: Value = serde_json::from_str(&schema::of_config(all())).expect("JSON");
    let mut bare = Vec::new();
    bare_keys("book.toml", &config, &mut bare);
    bare_keys("a note", &note_schema(), &mut bare);
    // The reference says of all rules together what these two mean.
    bare.retain(|key| !key.ends_with(".level") && !key.ends_with(".kinds"));
    assert!(bare.is_empty(), "without a description: {bare:#?}");
}

/// Gathers the keys without a description, at any depth.
fn bare_keys(place: &str, schema: &Value, bare: &mut Vec<String>) {
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        let key = format!("{place}.{key}");
        if words(value).is_empty() {
            bare.push(key.clone());
        }
        bare_keys(&key, value, bare);
    }
    let forms = schema["anyOf"].as_array().into_iter().flatten();
    let names = schema["patternProperties"].as_object().into_iter().flatten().map(|(_, of)| of);
    for part in forms.chain(names).chain(schema.get("items")) {
        bare_keys(place, part, bare);
    }
}

fn settings() -> String {
    let schema: Value = serde_json::from_str(&schema::of_config(all())).expect("JSON");
    let mut page = SETTINGS.to_owned();
    let (tables, plain): (Vec<&str>, Vec<&str>) = keys(&schema)
        .into_iter()
        .partition(|key| table_form(&schema["properties"][*key]).is_some());
    for key in plain {
        entry(&mut page, "", key, &schema["properties"][key], is_required(&schema, key));
    }
    for key in tables {
        let value = &schema["properties"][key];
        page.push_str(&format!("\n## `[{key}]`\n\n{}\n", words(value)));
        match key {
            "check" => rules(&mut page, value),
            "kinds" => kinds(&mut page, value),
            _ => section(&mut page, key, value),
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
    let config = Config::read(&path, Some(&book), all(), &mut Vec::new());
    serde_json::from_str(&schema::of_kind(&config, config.page_kind())).expect("JSON")
}

/// The keys of `[kinds.NAME]`, and of the fields of a kind.
fn kinds(page: &mut String, value: &Value) {
    let kind = pattern(value);
    page.push_str(KIND);
    table(page, kind, |key| key != "fields");
    page.push_str(FIELD);
    table(page, pattern(&kind["properties"]["fields"]), |_| true);
}

/// The options of rules.
fn rules(page: &mut String, value: &Value) {
    page.push_str(RULES);
    for rule in keys(value) {
        let form = &value["properties"][rule]["anyOf"][1];
        for key in keys(form).into_iter().filter(|key| !["level", "kinds"].contains(key)) {
            let option = &form["properties"][key];
            let meaning = meaning(option, false);
            page.push_str(&format!(
                "| [{rule}](../rules/{rule}.md) | `{key}` | {} | {meaning} |\n",
                shape(option)
            ));
        }
    }
}

/// The keys of a table, each with a heading.
fn section(page: &mut String, name: &str, value: &Value) {
    if !is_table(value) {
        page.push_str(&format!("\n- Value: {}\n", shape(value)));
    }
    let form = table_form(value).unwrap_or(value);
    for key in keys(form) {
        entry(page, name, key, &form["properties"][key], is_required(form, key));
    }
}

/// A key with a heading, its meaning, its value, and the keys of the tables in it.
fn entry(page: &mut String, parent: &str, key: &str, value: &Value, required: bool) {
    let (level, id) = match parent.is_empty() {
        true => ("##", key.to_owned()),
        false => ("###", format!("{parent}-{key}")),
    };
    page.push_str(&format!("\n{level} `{key}` {{#{id}}}\n\n{}\n", words(value)));
    page.push_str(&format!("\n- Value: {}\n", shape(value)));
    if required {
        page.push_str("- Must be there.\n");
    }
    if let Some(default) = default(value) {
        page.push_str(&format!("- If left out: `{default}`\n"));
    }
    if let Some(form) = table_form(&value["items"]) {
        page.push_str("\nEach entry has these keys:\n");
        table(page, form, |_| true);
    } else if let Some(form) = table_form(value) {
        page.push_str("\nThe table has these keys:\n");
        table(page, form, |_| true);
    }
}

/// The keys of a table as a table.
fn table(page: &mut String, schema: &Value, is_shown: impl Fn(&str) -> bool) {
    page.push_str("\n| key | value | meaning |\n|---|---|---|\n");
    for key in keys(schema).into_iter().filter(|key| is_shown(key)) {
        let value = &schema["properties"][key];
        let mut meaning = meaning(value, is_required(schema, key));
        for former in former_names(schema, key) {
            meaning.push_str(&format!(" Formerly `{former}`, which still works."));
        }
        page.push_str(&format!("| `{key}` | {} | {meaning} |\n", shape(value)));
    }
}

/// The meaning of a key as it may stand in a cell of a table.
fn meaning(value: &Value, required: bool) -> String {
    let mut meaning = words(value);
    if required {
        meaning.push_str(" Must be there.");
    }
    if let Some(default) = default(value) {
        meaning.push_str(&format!(" Without it: `{default}`."));
    }
    meaning.replace('|', "\\|")
}

/// The value that counts without a line, if it is worth saying.
fn default(value: &Value) -> Option<&Value> {
    value.get("default").filter(|default| **default != false && **default != Value::Array(vec![]))
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
    value["description"].as_str().unwrap_or_default().to_owned()
}

/// The keys of a table: first those that must be there.
fn keys(schema: &Value) -> Vec<&str> {
    let properties = schema["properties"].as_object().into_iter().flat_map(Map::keys);
    let is_former = |key: &&str| former_of(&schema["properties"][*key]).is_some();
    let mut keys: Vec<&str> =
        properties.map(String::as_str).filter(|key| !is_former(key)).collect();
    keys.sort_by_key(|key| (!is_required(schema, key), *key));
    keys
}

/// The former names of a key.
fn former_names<'a>(schema: &'a Value, key: &str) -> Vec<&'a str> {
    let properties = schema["properties"].as_object().into_iter().flatten();
    let former = properties.filter(|(_, value)| former_of(value) == Some(key));
    former.map(|(name, _)| name.as_str()).collect()
}

/// The key of which this is a former name, if it is one.
fn former_of(value: &Value) -> Option<&str> {
    value["description"].as_str()?.strip_prefix("Another name of \"")?.split('"').next()
}

fn is_required(schema: &Value, key: &str) -> bool {
    schema["required"].as_array().is_some_and(|required| required.iter().any(|name| name == key))
}

/// The form of a value that is a table, if it can be one.
fn table_form(value: &Value) -> Option<&Value> {
    let forms = value["anyOf"].as_array().into_iter().flatten();
    std::iter::once(value).chain(forms).find(|form| is_table(form))
}

fn is_table(value: &Value) -> bool {
    value["type"] == "object"
}

/// The schema of the values of a table whose keys are names.
fn pattern(value: &Value) -> &Value {
    let patterns = value["patternProperties"].as_object().expect("names");
    patterns.values().find(|value| is_table(value)).expect("a table")
}
