//! The schema of the configuration of a book.

use serde_json::{Map, Value, json};

use super::DIALECT;
use crate::config::{BOOK_KEYS, BOOK_REQUIRED};
use crate::diagnostic::{Code, Level};
use crate::table::json;

pub(super) fn schema() -> Value {
    let mut schema = json::table_of(BOOK_KEYS, BOOK_REQUIRED);
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
        rules.insert(code.name().to_owned(), json::described(rule(*code), code.in_a_sentence()));
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
    let own: &[(&str, Value)] = &match code {
        Code::LongSummary => vec![("limit", json!({ "type": "integer" }))],
        Code::VagueLink => vec![("words", json::list(json::text()))],
        Code::BareArticle => vec![("treaties", json::list(json::text()))],
        Code::ConfidentialName => vec![
            ("field", json::text()),
            ("is", json::list(json::text())),
            ("names", json::list(json::text())),
            ("may-name", json::list(json::text())),
        ],
        _ => vec![],
    };
    keys.extend(own.iter().map(|(key, schema)| ((*key).to_owned(), schema.clone())));
    json!({ "anyOf": [level, json::table(Value::Object(keys), &[])] })
}
