//! The configuration of a book.

use serde_json::{Map, Value, json};

use super::{DIALECT, described, list, table, text};
use crate::config::{COLOURS, COMMON_KEYS};
use crate::diagnostic::{Level, OptionShape, Rule, RuleTable};

/// Names of kinds and fields become parts of addresses.
const NAME: &str = "^[A-Za-z0-9_-]+$";

pub(super) fn schema(rules: RuleTable) -> Value {
    let language = json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$" });
    let base = json!({ "type": "string", "pattern": r#"^https?://[^/?# "<>][^?# "<>]*$"# });
    let size = json!({ "type": "integer", "minimum": 1, "maximum": 1000 });
    let indexes = json!({ "enum": ["a-z", "changes", "state", "notes"] });
    let related = json!({ "type": "integer", "minimum": 0, "maximum": 20 });
    let count = json!({ "type": "integer", "minimum": 1, "maximum": 50 });
    let count = described(count, "How many notes, the first in the order of their kind.");
    let home = table(json!({ "kind": described(text(), "The kind."), "count": count }), &["kind"]);
    let filters = described(list(text()), "The fields by which it can be.");
    let search = table(json!({ "filters": filters }), &[]);
    let ending = json!({ "type": "string", "pattern": "^[a-z0-9]+$" });
    let allow = described(list(ending), "Endings of files that a browser may run.");
    let files = table(json!({ "allow": allow }), &[]);
    let mut schema = table(
        json!({
            "title": described(text(), "The title of the site."),
            "description": described(text(), "What the site is, in a sentence."),
            "base-url": described(base, "Where it will be published."),
            "language": described(language.clone(), "The language of notes."),
            "languages": described(list(language), "Further languages."),
            "theme": described(folder(), "The folder below themes."),
            "paginate": described(size, "How many entries a list shows on a page."),
            "menu": described(list(text()), "The navigation: kinds, or paths of notes."),
            "home": described(list(home), "What the home page shows."),
            "edit-url": described(text(), "Where a note is edited, with {path} for its file."),
            "indexes": described(list(indexes), "The indexes of the whole book."),
            "related": described(related, "How many related notes a page shows."),
            "search": described(search, "How a search can be narrowed."),
            "kinds": described(named(kind()), "The kinds of note."),
            "check": described(check(rules), "How strict the book is, rule by rule."),
            "files": described(files, "Which files may lie beside the notes."),
        }),
        &["title"],
    );
    schema["$schema"] = json!(DIALECT);
    schema["title"] = json!("The configuration of a Fieldbook");
    // The built-in kind of notes outside the kinds' folders needs none.
    schema["properties"]["kinds"]["patternProperties"]["^(?!page$)"] =
        json!({ "required": ["folder"] });
    schema
}

/// A table whose keys are names of the writer's choice.
fn named(value: Value) -> Value {
    json!({
        "type": "object",
        "propertyNames": { "pattern": NAME },
        "additionalProperties": false,
        "patternProperties": { NAME: value },
    })
}

fn folder() -> Value {
    json!({ "type": "string", "pattern": r"^/*[^./\\][^/\\]*(/[^./\\][^/\\]*)*/*$" })
}

fn flag() -> Value {
    json!({ "type": "boolean" })
}

fn kind() -> Value {
    let mut fields = named(field());
    fields["propertyNames"]["not"] = json!({ "enum": COMMON_KEYS });
    let colours = json!({ "type": "integer", "minimum": 0, "maximum": COLOURS });
    let order = json!({ "enum": ["order", "title", "date", "-date", "path"] });
    table(
        json!({
            "folder": described(folder(), "The folder below content with its notes."),
            "title": described(text(), "What readers call one note."),
            "plural": described(text(), "What readers call several."),
            "feed": described(flag(), "Whether each note has a feed of what points at it."),
            "in-full": described(flag(), "Whether each note has a page with the texts of what points at it."),
            "colours": described(colours, "How many of its notes have a colour of their own."),
            "numbered": described(flag(), "Whether paragraphs are numbered."),
            "about": described(text(), "The schema.org type of what a note describes."),
            "order": described(order, "The order of its notes."),
            "register": described(list(text()), "The columns of the register."),
            "axis": described(flag(), "Whether other notes are filed under its notes."),
            "by": described(text(), "The kind by which what points there is divided."),
            "timeline": described(flag(), "Whether its notes stand on the timeline."),
            "glossary": described(text(), "The field that defines its notes as terms."),
            "cite": described(flag(), "Whether its pages say how to cite them."),
            "map": described(flag(), "Whether its pages show a map."),
            "fields": described(fields, "The fields of its notes."),
        }),
        &[],
    )
}

fn field() -> Value {
    let one_or_many = json!({ "anyOf": [text(), list(text())] });
    let words = json!({ "type": "array", "items": text(), "minItems": 1 });
    let mut field = table(
        json!({
            "to": described(one_or_many, "It points at notes of these kinds."),
            "one-of": described(words, "It holds one of these words."),
            "text": flag(),
            "date": flag(),
            "number": flag(),
            "flag": flag(),
            "url": flag(),
            "open": described(flag(), "Whether an unknown name makes a bare page."),
            "title": described(text(), "What readers call it."),
            "inverse": described(text(), "What it is called seen from the other side."),
            "many": described(flag(), "Whether it holds a list."),
            "required": described(flag(), "Whether it must be there."),
            "inferred": described(flag(), "Whether it holds the book's own reading; counts say so."),
            "closed": described(list(text()), "The words that say that a matter is closed."),
            "wanted": described(flag(), "Whether it should be there."),
            "unless": described(text(), "The field that says why it is empty."),
        }),
        &[],
    );
    let chosen = |key: &str| json!({ "properties": { key: { "const": true } }, "required": [key] });
    let mut shapes: Vec<Value> =
        ["text", "date", "number", "flag", "url"].into_iter().map(chosen).collect();
    shapes.push(json!({
        "properties": { "to": { "anyOf": [{ "type": "string" }, { "minItems": 1 }] } },
        "required": ["to"],
    }));
    shapes.push(json!({ "required": ["one-of"] }));
    field["oneOf"] = Value::Array(shapes);
    field["dependentRequired"] = json!({
        "open": ["to"],
        "inverse": ["to"],
        "inferred": ["to"],
        "unless": ["wanted"],
    });
    field
}

fn check(rules: RuleTable) -> Value {
    let settable = rules.all().iter().filter(|rule| rule.is_settable());
    let rules = settable.map(|own| (own.name.to_owned(), described(rule(own), own.summary)));
    table(Value::Object(rules.collect()), &[])
}

/// A rule is set to a level, or to a table of its options.
fn rule(rule: &Rule) -> Value {
    let levels = Level::ALL.iter().filter(|(_, level)| *level >= rule.least());
    let levels: Vec<&str> = levels.map(|(name, _)| *name).collect();
    let level = json!({ "enum": levels });
    let mut keys = Map::new();
    keys.insert("level".to_owned(), level.clone());
    keys.insert("kinds".to_owned(), list(text()));
    for option in rule.options {
        let shape = match option.shape {
            OptionShape::Number { .. } => json!({ "type": "integer" }),
            OptionShape::Text => text(),
            OptionShape::Texts | OptionShape::Names { .. } | OptionShape::Kinds => list(text()),
        };
        keys.insert(option.name.to_owned(), described(shape, option.help));
    }
    json!({ "anyOf": [level, table(Value::Object(keys), &[])] })
}
