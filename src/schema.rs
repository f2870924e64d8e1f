//! JSON Schemas (2020-12) of what writers write: the front matter of each kind, and the
//! configuration. With them an editor completes and checks; they agree with what `parse` and
//! `config` say, which `tests/schema.rs` holds. TOML has dates of its own, which JSON lacks: they
//! are texts here, as editors take them.

mod config;
mod kind;

use serde_json::{Value, json};

use crate::config::{Config, KindId};
use crate::diagnostic::RuleTable;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// The schema of the front matter of notes of a kind.
pub fn of_kind(config: &Config, kind: KindId) -> String {
    pretty(&kind::schema(config, kind))
}

/// The schema of the configuration, which may set `rules`.
pub fn of_config(rules: RuleTable) -> String {
    pretty(&config::schema(rules))
}

fn pretty(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// A table of these keys and no others.
fn table(properties: Value, required: &[&str]) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

/// Text without characters that can't be shown.
fn text() -> Value {
    let shown = r"^[^\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]*$";
    json!({ "type": "string", "pattern": shown })
}

/// Text that is not empty.
fn said() -> Value {
    json!({ "allOf": [text(), { "pattern": r"\S" }] })
}

/// `value` with words for people who write.
fn described(mut value: Value, words: &str) -> Value {
    value["description"] = json!(words);
    value
}
