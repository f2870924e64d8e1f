//! The configuration of a book.

use serde_json::{Map, Value, json};

use super::{DIALECT, described, list, table, text};
use crate::config::{COLOURS, COMMON_KEYS, ON_HOME};
use crate::diagnostic::{Code, Level};

/// Names of kinds and fields become parts of addresses.
const NAME: &str = "^[A-Za-z0-9_-]+$";

pub(super) fn schema() -> Value {
    let mut schema = table(
        json!({
            "title": described(text(), "The title of the site."),
            "description": described(text(), "What the site is, in a sentence."),
            "base-url": described(base(), "The address at which the site will be published. Feeds, \
                the sitemap and the canonical addresses of pages need it."),
            "language": or(json!("en"), described(language(), "The language of the notes, as a code \
                such as en, fr or ar. A file may name another language.")),
            "languages": described(list(language()), "Further languages. With `fr` in the list, \
                `x.fr.md` is the French translation of `x.md`."),
            "theme": or(json!("default"), described(folder(), "The folder below `themes/` that changes \
                the look of the book.")),
            "paginate": or(json!(50), described(size(), "The number of entries that a list shows on a page.")),
            "menu": described(list(text()), "The entries of the navigation, in order: names of kinds, or \
                paths of notes. Without it, every kind is there."),
            "home": described(list(home()), "The lists of the home page, in order. The first stands as \
                cards above the text of `content/index.md`, the second beside the text, the others below. \
                Each shows the first notes of a kind and leads to the rest. Without it, there is a list \
                for every kind of the navigation."),
            "edit-url": described(text(), "The address at which a note can be edited, with `{path}` in \
                place of its file. Each page then links to it."),
            "indexes": described(list(indexes()), "Indexes of the whole book. `a-z` lists every title and \
                other name, with a page for each letter if there are more than 400. `changes` lists what \
                the key `changes` of all notes says, except for changes of wording. `state` lists what the \
                keepers of the book should look at. `notes` writes `notes.json` for programs."),
            "related": or(json!(0), described(related(), "The number of related notes that a page shows.")),
            "search": described(search(), "Settings of the search."),
            "kinds": described(named(kind()), "The kinds of notes, each with a name of your choice."),
            "check": described(check(), "The level of each rule."),
            "files": described(files(), "The files that may lie beside the notes."),
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

fn language() -> Value {
    json!({ "type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$" })
}

/// The address of a site.
fn base() -> Value {
    json!({ "type": "string", "pattern": r#"^https?://[^/?# "<>][^?# "<>]*$"# })
}

fn size() -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": 1000 })
}

fn related() -> Value {
    json!({ "type": "integer", "minimum": 0, "maximum": 20 })
}

fn indexes() -> Value {
    json!({ "enum": ["a-z", "changes", "state", "notes"] })
}

/// A list of the home page.
fn home() -> Value {
    let count = json!({ "type": "integer", "minimum": 1, "maximum": 50 });
    let count = described(count, "The number of notes, the first in the order of their kind.");
    let kind = described(text(), "The kind of the notes.");
    table(json!({ "kind": kind, "count": or(json!(ON_HOME), count) }), &["kind"])
}

fn search() -> Value {
    let filters = "The fields by which readers can narrow a search, besides kind, status, year and language. \
        Each points at notes or takes one of a list of words.";
    table(json!({ "filters": described(list(text()), filters) }), &[])
}

fn files() -> Value {
    let ending = json!({ "type": "string", "pattern": "^[a-z0-9]+$" });
    let allow = "Endings of files that may lie beside the notes although a browser runs them, such as `html`. \
        Each such file gets a warning.";
    table(json!({ "allow": described(list(ending), allow) }), &[])
}

/// `value`, which is `default` without a line in the configuration.
fn or(default: Value, mut value: Value) -> Value {
    value["default"] = default;
    value
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
            "folder": described(folder(), "The folder below `content/` that holds the notes of the kind."),
            "title": described(text(), "The name that readers see for one note. Without it, the name of \
                the kind."),
            "plural": described(text(), "The name that readers see for several notes. Without it, the name \
                of the kind with an s."),
            "order": or(json!("title"), described(order, "The order of the notes in lists: by their key \
                `order`, by title, by date (`-date` puts the newest first), or by the path of the file.")),
            "feed": described(flag(), "Gives each note an Atom feed of the notes that point at it, and the \
                kind a feed of its notes. Feeds need `base-url`."),
            "in-full": described(flag(), "Gives each note a page to print. It holds the note and, with text, \
                status, fields and sources, the notes of other kinds that point at it by a field: at most \
                as many as `paginate` says, and about 1 MB."),
            "colours": or(json!(0), described(colours, "The number of notes, the first in their order, that \
                have a quiet colour of their own. The page of such a note has the colour, and so do the pages \
                of notes that point at it. Lists mark its name with it.")),
            "numbered": described(flag(), "Numbers the paragraphs of the notes and gives each an address, \
                such as `#p-15`."),
            "about": described(text(), "The schema.org type of the thing that a note describes, such as \
                `https://schema.org/Organization`. Programs read it in the page."),
            "register": described(list(text()), "Makes the page of the kind a table with these columns: \
                fields of the kind, `summary`, `sources` or `date`. A column that points at notes or takes one of a list \
                of words has a page for each value, up to 250. The table is also written as `register.csv` and \
                `register.json`. If all rows are on one page, a script adds filters and sorting and keeps \
                both in the address."),
            "axis": described(flag(), "Files the other notes of the book under the notes of this kind, by \
                their fields. Lists show where a note is filed. The page `coverage.html` counts the notes of \
                each kind, and those that are filed nowhere. The page of each note of the kind says which kinds \
                have nothing filed under it. The list of changes is divided by it."),
            "by": described(text(), "Another kind. On the pages of this kind, the notes that point there \
                are divided by the note of the other kind under which they are filed first."),
            "timeline": described(flag(), "Puts the notes on the page `timeline.html`, with what replaced \
                what."),
            "glossary": described(text(), "The field that defines a term. The notes of the kind are then the \
                glossary of the book: where another note first mentions a term, its text links to the \
                definition at the end of the page."),
            "cite": described(flag(), "Says on the pages how to cite them, and puts files for programs that \
                manage references beside them: `.bib`, `.ris` and `.csl.json`."),
            "map": described(flag(), "Shows on each page a map of the notes that point there and that it \
                points at."),
            "fields": described(fields, "The fields of the notes, each with a name of your choice."),
        }),
        &[],
    )
}

fn field() -> Value {
    let one_or_many = json!({ "anyOf": [text(), list(text())] });
    let words = json!({ "type": "array", "items": text(), "minItems": 1 });
    let mut field = table(
        json!({
            "to": described(one_or_many, "The field names notes of this kind, or of these kinds."),
            "one-of": described(words, "The field takes one of these words."),
            "text": described(flag(), "The field holds text."),
            "date": described(flag(), "The field holds a date."),
            "number": described(flag(), "The field holds a number."),
            "flag": described(flag(), "The field holds `true` or `false`."),
            "url": described(flag(), "The field holds the address of a page elsewhere."),
            "title": described(text(), "The label that readers see. Without it, the name of the field."),
            "inverse": described(text(), "The label on the page of the note that the field names. Goes with \
                `to`."),
            "many": described(flag(), "The field holds a list."),
            "required": described(flag(), "A note must have the field."),
            "wanted": described(flag(), "A note should have the field, and gets a warning without it."),
            "unless": described(text(), "Another field, which says why this one is empty. With it there is no \
                warning. Goes with `wanted`."),
            "open": described(flag(), "A name that no note has makes a page without text, and is no \
                mistake. Goes with `to`."),
            "inferred": described(flag(), "The values are the book's own reading of its sources. Counts on \
                the home page and in the coverage say how much rests on that alone. Goes with `to`."),
            "closed": described(list(text()), "Those of the words of `one-of` that mean that a matter is \
                closed. Lists show the word, and put open matters first."),
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
    keys.insert("level".to_owned(), described(level.clone(), "The level of the rule."));
    let kinds = "The kinds of notes that the setting is for. For notes of other kinds the rule is off; one \
        that is an error without a setting stays an error there.";
    keys.insert("kinds".to_owned(), described(list(text()), kinds));
    keys.extend(options(code).into_iter().map(|(key, schema)| (key.to_owned(), schema)));
    json!({ "anyOf": [level, table(Value::Object(keys), &[])] })
}

/// The keys that only the table of one rule has.
fn options(code: Code) -> Vec<(&'static str, Value)> {
    let texts = |words| described(list(text()), words);
    match code {
        Code::LongSummary => {
            let limit = json!({ "type": "integer", "default": 160 });
            vec![("limit", described(limit, "The length that a summary may have, in characters."))]
        }
        Code::VagueLink => {
            vec![("words", texts("The texts of links that do not say where the link leads."))]
        }
        Code::BareArticle => {
            vec![(
                "treaties",
                texts("The names of the treaties whose articles the book speaks of."),
            )]
        }
        Code::ConfidentialName => vec![
            ("field", described(text(), "The field that says that a note is confidential.")),
            ("is", texts("The values of the field that say so.")),
            ("names", texts("The kinds of notes that a confidential note may not name.")),
            ("may-name", texts("The fields that may name them all the same.")),
        ],
        _ => Vec::new(),
    }
}
