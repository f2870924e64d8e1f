//! The schema of the configuration of a book.

use serde_json::{Map, Value, json};

use super::DIALECT;
use crate::config::{BOOK_KEYS, BOOK_REQUIRED};
use crate::diagnostic::{Level, OptionShape, Rule, RuleTable};
use crate::table::json;
use crate::view::names_of_indexes;

pub(super) fn schema(rules: RuleTable) -> Value {
    let mut schema = json::table_of(BOOK_KEYS, BOOK_REQUIRED);
    schema["properties"]["indexes"]["items"] = json::one_of(names_of_indexes());
    schema["$schema"] = json!(DIALECT);
    schema["title"] = json!("The configuration of a Fieldbook");
    // The keys of `[check]` are the rules, which the configuration does not declare.
    let sentence = schema["properties"]["check"]["description"].take();
    schema["properties"]["check"] = check(rules);
    schema["properties"]["check"]["description"] = sentence;
    schema
}

fn check(rules: RuleTable) -> Value {
    let settable = rules.all().iter().filter(|rule| rule.is_settable());
    let rules = settable.map(|own| (own.name.to_owned(), json::described(rule(own), own.summary)));
    json::table(Value::Object(rules.collect()), &[])
}

/// A rule is set to a level, or to a table of its options.
fn rule(rule: &Rule) -> Value {
    let levels = Level::ALL.iter().filter(|(_, level)| *level >= rule.least());
    let levels: Vec<&str> = levels.map(|(name, _)| *name).collect();
    let level = json!({ "enum": levels });
    let mut keys = Map::new();
    keys.insert("level".to_owned(), level.clone());
    keys.insert("kinds".to_owned(), json::list(json::text()));
    for option in rule.options {
        let shape = match option.shape {
            OptionShape::Number { default } => json!({ "type": "integer", "default": default }),
            OptionShape::Text => json::text(),
            OptionShape::Texts
            | OptionShape::Names { .. }
            | OptionShape::Kinds
            | OptionShape::Languages => json::list(json::text()),
        };
        keys.insert(option.name.to_owned(), json::described(shape, option.help));
    }
    json!({ "anyOf": [level, json::table(Value::Object(keys), &[])] })
}
