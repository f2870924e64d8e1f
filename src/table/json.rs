//! Parts of JSON Schemas: tables, lists and texts.

use serde_json::{Map, Value, json};

use super::DeclaredKey;

/// Returns the schema of a table with these properties and no others.
pub fn table(properties: Value, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// Returns the schema of a table with these keys and no others.
pub fn table_of(keys: &[&dyn DeclaredKey], required: &[&str]) -> Value {
    let mut properties = Map::new();
    let mut exclusive = Vec::new();
    for key in keys {
        let mut value = described(key.shape().schema(), key.help());
        if let Some(default) = key.shape().default_value() {
            value["default"] = default;
        }
        for former in key.former() {
            let help = format!("Another name of \"{}\": {}", key.name(), key.help());
            properties.insert((*former).to_owned(), described(value.clone(), &help));
            exclusive.push(json!({ "not": { "required": [key.name(), former] } }));
        }
        properties.insert(key.name().to_owned(), value);
    }
    let mut schema = table(Value::Object(properties), required);
    if !exclusive.is_empty() {
        schema["allOf"] = Value::Array(exclusive);
    }
    schema
}

/// Returns the schema of a list.
pub fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// Returns the schema of one of some words.
pub fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Value {
    json!({ "enum": words.into_iter().collect::<Vec<_>>() })
}

/// Returns the schema of text without characters that can't be shown.
pub fn text() -> Value {
    let shown = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$";
    json!({ "type": "string", "pattern": shown })
}

/// Returns the schema of text that is not empty.
pub fn filled_text() -> Value {
    json!({ "allOf": [text(), { "pattern": r"\S" }] })
}

/// Returns `schema` with a sentence for people who write.
pub fn described(mut schema: Value, sentence: &str) -> Value {
    schema["description"] = json!(sentence);
    schema
}
