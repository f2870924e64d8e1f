//! JSON Schemas (2020-12) of what writers write: the front matter of each kind, and the
//! configuration. With them an editor completes and checks, and the manual lists every key. They
//! follow from the declarations of the keys, and `tests/check/schema.rs` holds that they agree with
//! what `parse` and `config` say. TOML has dates of its own, which JSON lacks: they
//! are texts here, as editors take them.

mod config;
mod kind;

use serde_json::Value;

use crate::config::{Config, KindId};
use crate::diagnostic::RuleTable;

const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

/// Returns the schema of the front matter of notes of a kind.
pub fn of_kind(config: &Config, kind: KindId) -> String {
    pretty(&kind::schema(config, kind))
}

/// Returns the schema of the configuration, which may set `rules`.
pub fn of_config(rules: RuleTable) -> String {
    pretty(&config::schema(rules))
}

fn pretty(schema: &Value) -> String {
    format!("{schema:#}\n")
}
