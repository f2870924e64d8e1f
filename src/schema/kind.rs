//! The schema of the front matter of a kind of note.

use serde_json::{Value, json};

use super::DIALECT;
use crate::config::note_keys::{EXCEPT, EXCEPTION_RULE, NOTE_KEYS, TITLE};
use crate::config::{Config, FieldConfig, KindId};
use crate::diagnostic::Level;
use crate::parse::rules::unnamed_endorser;
use crate::table::json;

pub(super) fn schema(config: &Config, id: KindId) -> Value {
    let kind = config.kind(id);
    let mut required = vec![TITLE.name];
    // A translation has the fields of its original, and its front matter alone does not say that it is one.
    if config.languages.len() == 1 {
        let fields = kind.fields.iter().filter(|field| field.required);
        required.extend(fields.map(|field| field.name.as_str()));
    }
    let mut schema = json::table_of(NOTE_KEYS, &required);
    for field in &kind.fields {
        schema["properties"][&field.name] = own(config, field);
    }
    let except = &mut schema["properties"][EXCEPT.name]["items"]["properties"];
    except[EXCEPTION_RULE.name] =
        json::described(json::one_of(config.rules.excusable()), EXCEPTION_RULE.help);
    schema["$schema"] = json!(DIALECT);
    schema["title"] = json!(format!("Front matter: {}", kind.title));
    let with = |status: &str| json!({ "properties": { "status": { "const": status } }, "required": ["status"] });
    let withdrawn = with("withdrawn");
    schema["dependentSchemas"] =
        json!({ "withdrawn-reason": withdrawn, "withdrawn-on": withdrawn });
    if config.check.level(&unnamed_endorser::RULE, Some(id)) == Level::Error {
        schema["if"] = with("endorsed");
        schema["then"] = json!({ "required": ["endorsed-by"] });
    }
    schema
}

/// Returns the schema of a field of the kind.
fn own(config: &Config, field: &FieldConfig) -> Value {
    let one = field.shape.as_type().schema(config);
    let mut schema = if field.many { json::list(one) } else { one };
    if field.many && field.required {
        schema["minItems"] = json!(1);
    }
    schema["title"] = json!(field.label);
    schema
}
