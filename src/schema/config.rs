//! The schema of the configuration of a book.

use serde_json::{Map, Value, json};

use super::DIALECT;
use crate::config::{BOOK_KEYS, BOOK_REQUIRED};
use crate::diagnostic::{Code, Level};
use crate::table::json;
use crate::view::names_of_indexes;

pub(super) fn schema() -> Value {
    let mut schema = json::table_of(BOOK_KEYS, BOOK_REQUIRED);
    schema["properties"]["indexes"]["items"] = json::one_of(names_of_indexes());
    schema["$schema"] = json!(DIALECT);
    schema["title"] = json!("The configuration of a Fieldbook");
    // The keys of `[check]` are the rules, which the configuration does not declare.
    let sentence = schema["properties"]["check"]["description"].take();
    schema["properties"]["check"] = check();
    schema["properties"]["check"]["description"] = sentence;
    schema
}

fn check() -> Value {
    let mut rules = Map::new();
    for code in Code::ALL.iter().filter(|code| code.is_settable()) {
        rules.insert(code.name().to_owned(), json::described(rule(*code), code.summary()));
    }
    json::table(Value::Object(rules), &[])
}

/// A rule is set to a level, or to a table of what it needs to know.
fn rule(code: Code) -> Value {
    let levels = Level::ALL.iter().filter(|(_, level)| *level >= code.least());
    let levels: Vec<&str> = levels.map(|(name, _)| *name).collect();
    let level = json!({ "enum": levels });
    let mut keys = Map::new();
    keys.insert("level".to_owned(), level.clone());
    keys.insert("kinds".to_owned(), json::list(json::text()));
    keys.extend(options(code).into_iter().map(|(key, schema)| (key.to_owned(), schema)));
    json!({ "anyOf": [level, json::table(Value::Object(keys), &[])] })
}

/// The keys that only the table of one rule has.
fn options(code: Code) -> Vec<(&'static str, Value)> {
    let texts = |words| json::described(json::list(json::text()), words);
    match code {
        Code::LongSummary => {
            let limit = json!({ "type": "integer", "default": 160 });
            vec![("limit", json::described(limit, "The most characters of a summary."))]
        }
        Code::VagueLink => {
            vec![("words", texts("The texts of links that do not say where they lead."))]
        }
        Code::BareArticle => {
            vec![("treaties", texts("The names of the treaties whose articles notes name."))]
        }
        Code::ConfidentialName => vec![
            (
                "field",
                json::described(json::text(), "The field that says that a note is confidential."),
            ),
            ("is", texts("The words of that field that say so.")),
            ("names", texts("The kinds of the notes that a confidential note may not name.")),
            ("may-name", texts("The fields in which it may name them all the same.")),
        ],
        _ => Vec::new(),
    }
}
