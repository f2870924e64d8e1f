//! The configuration of a book.

use serde_json::{Map, Value, json};

use super::{DIALECT, described, list, table, text};
use crate::config::{COLOURS, COMMON_KEYS, ON_HOME};
use crate::diagnostic::{Code, Level};

/// Names of kinds and fields become parts of addresses.
const NAME: &str = "^[A-Za-z0-9_-]+$";

pub(super) fn schema() -> Value {
    let language = json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$" });
    let base = json!({ "type": "string", "pattern": r#"^https?://[^/?# "<>][^?# "<>]*$"# });
    let size = json!({ "type": "integer", "minimum": 1, "maximum": 1000 });
    let indexes = json!({ "enum": ["a-z", "changes", "state", "notes"] });
    let related = json!({ "type": "integer", "minimum": 0, "maximum": 20 });
    let count = json!({ "type": "integer", "minimum": 1, "maximum": 50 });
    let count = described(
        count,
        "The number of notes that the list shows, the first in the order of their kind.",
    );
    let home = table(
        json!({ "kind": described(text(), "The kind whose notes the list shows."), "count": count }),
        &["kind"],
    );
    let filters = described(
        list(text()),
        "The fields by which a search can be narrowed, besides kind, status, year and language.",
    );
    let search = table(json!({ "filters": filters }), &[]);
    let ending = json!({ "type": "string", "pattern": "^[a-z0-9]+$" });
    let allow = described(
        list(ending),
        "The endings of files that are published though a browser may run them.",
    );
    let files = table(json!({ "allow": allow }), &[]);
    let mut schema = table(
        json!({
            "title": described(text(), "The title of the site."),
            "description": described(text(), "A sentence that says what the site is."),
            "base-url": described(base, "The address at which the site will be published; only absolute addresses, as in feeds, need it."),
            "language": described(language.clone(), "The language of notes whose file name names none."),
            "languages": described(list(language), "Further languages of the book."),
            "theme": described(folder(), "The folder below themes/ that says how the site looks."),
            "paginate": described(size, "The number of entries that a list shows on one page."),
            "menu": described(list(text()), "The entries of the navigation: names of kinds, or paths of notes. Without it, every kind."),
            "home": described(list(home), "The lists that the home page shows, in their order."),
            "edit-url": described(text(), "The address at which a note is edited, with {path} for its file."),
            "indexes": described(list(indexes), "The pages and files over the whole book that the site has."),
            "related": described(related, "The number of related notes that a page shows at most."),
            "search": described(search, "The ways in which a search can be narrowed."),
            "kinds": described(named(kind()), "The kinds of note, each under its name."),
            "check": described(check(), "The rules that the book sets, each to a level or to a table of its options."),
            "files": described(files, "The files that may lie beside the notes."),
        }),
        &["title"],
    );
    for (key, default) in [
        ("language", json!("en")),
        ("theme", json!("default")),
        ("paginate", json!(50)),
        ("related", json!(0)),
    ] {
        schema["properties"][key]["default"] = default;
    }
    schema["properties"]["home"]["items"]["properties"]["count"]["default"] = json!(ON_HOME);
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
    let colours = json!({ "type": "integer", "minimum": 0, "maximum": COLOURS, "default": 0 });
    let order = json!({ "enum": ["order", "title", "date", "-date", "path"], "default": "title" });
    table(
        json!({
            "folder": described(folder(), "The folder below content/ that holds the notes of the kind."),
            "title": described(text(), "The word that readers see for one note of the kind; without it, the name of the kind."),
            "plural": described(text(), "The word that readers see for several notes; without it, the name of the kind and an s."),
            "feed": described(flag(), "Gives each note a feed of the notes that point at it."),
            "in-full": described(flag(), "Gives each note a page with the whole texts of the notes that point at it."),
            "colours": described(colours, "The number of its notes, the first in their order, that have a colour of their own."),
            "numbered": described(flag(), "Numbers the paragraphs, so that links can lead to them."),
            "about": described(text(), "The address of the schema.org type of what a note describes."),
            "order": described(order, "The order of the notes of the kind."),
            "register": described(list(text()), "The columns of the register of the kind: its fields, summary, sources or date."),
            "axis": described(flag(), "Files other notes under those of this kind, and tells what is filed and what is missing."),
            "by": described(text(), "The kind by whose notes the pages of this kind divide the notes that point at them."),
            "timeline": described(flag(), "Puts the notes on the timeline."),
            "glossary": described(text(), "The field that defines each note as a term, which other notes link to."),
            "cite": described(flag(), "Says on each page how to cite the note."),
            "map": described(flag(), "Shows on each page a map of the note's neighbours."),
            "fields": described(fields, "The fields of its notes, each under its name."),
        }),
        &[],
    )
}

fn field() -> Value {
    let one_or_many = json!({ "anyOf": [text(), list(text())] });
    let words = json!({ "type": "array", "items": text(), "minItems": 1 });
    let mut field = table(
        json!({
            "to": described(one_or_many, "The kinds of the notes that the field points at."),
            "one-of": described(words, "The words of which the field holds one."),
            "text": described(flag(), "Makes the field hold text."),
            "date": described(flag(), "Makes the field hold a date."),
            "number": described(flag(), "Makes the field hold a number."),
            "flag": described(flag(), "Makes the field hold yes or no."),
            "url": described(flag(), "Makes the field hold the address of a page."),
            "open": described(flag(), "Makes a bare page of a name that no note has; only in a field that points at notes."),
            "title": described(text(), "The words that readers see for the field; without it, the name of the field."),
            "inverse": described(text(), "The words that readers see for the field on the page of a note that it points at."),
            "many": described(flag(), "Lets the field hold a list of values."),
            "required": described(flag(), "Makes a note without the field an error."),
            "inferred": described(flag(), "Marks what the field says as inferred and not in the sources; counts tell it apart."),
            "closed": described(list(text()), "The words that say that a matter is closed; its notes come after those still open."),
            "wanted": described(flag(), "Warns of notes without the field."),
            "unless": described(text(), "The field that says why this one is empty; only where a field is wanted."),
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

fn check() -> Value {
    let mut rules = Map::new();
    for code in Code::ALL.iter().filter(|code| code.is_settable()) {
        rules.insert(code.name().to_owned(), described(rule(*code), code.summary()));
    }
    table(Value::Object(rules), &[])
}

/// A rule is set to a level, or to a table of what it needs to know.
fn rule(code: Code) -> Value {
    let levels = Level::ALL.iter().filter(|(_, level)| *level >= code.least());
    let levels: Vec<&str> = levels.map(|(name, _)| *name).collect();
    let level = json!({ "enum": levels });
    let mut keys = Map::new();
    keys.insert("level".to_owned(), level.clone());
    keys.insert("kinds".to_owned(), list(text()));
    keys.extend(options(code).into_iter().map(|(key, schema)| (key.to_owned(), schema)));
    json!({ "anyOf": [level, table(Value::Object(keys), &[])] })
}

/// The keys that only the table of one rule has.
fn options(code: Code) -> Vec<(&'static str, Value)> {
    let texts = |words| described(list(text()), words);
    match code {
        Code::LongSummary => {
            let limit = json!({ "type": "integer", "default": 160 });
            vec![("limit", described(limit, "The most characters of a summary."))]
        }
        Code::VagueLink => {
            vec![("words", texts("The texts of links that do not say where they lead."))]
        }
        Code::BareArticle => {
            vec![("treaties", texts("The names of the treaties whose articles notes name."))]
        }
        Code::ConfidentialName => vec![
            ("field", described(text(), "The field that says that a note is confidential.")),
            ("is", texts("The words of that field that say so.")),
            ("names", texts("The kinds of the notes that a confidential note may not name.")),
            ("may-name", texts("The fields in which it may name them all the same.")),
        ],
        _ => Vec::new(),
    }
}
