//! The front matter of a kind of note.

use serde_json::{Map, Value, json};

use super::{DIALECT, described, list, said, table, text};
use crate::config::{Config, FieldConfig, FieldShape, KindId};
use crate::diagnostic::{Level, RuleTable};
use crate::note::Status;
use crate::parse::rules::unnamed_endorser;

pub(super) fn schema(config: &Config, id: KindId) -> Value {
    let kind = config.kind(id);
    let mut properties = common(config.rules);
    let mut required = vec!["title"];
    for field in &kind.fields {
        properties.insert(field.name.clone(), own(config, field));
        required.extend(field.required.then_some(field.name.as_str()));
    }
    let mut schema = table(Value::Object(properties), &required);
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

/// The keys that every note may have.
fn common(rules: RuleTable) -> Map<String, Value> {
    let keys = [
        ("title", described(said(), "The title.")),
        ("summary", described(text(), "What the note says, in a sentence.")),
        ("date", described(date(), "When what it describes happened, or when it was written.")),
        ("updated", described(date(), "When it last changed.")),
        (
            "status",
            described(one_of(Status::ALL.iter().map(|s| s.0)), "How far it may be relied on."),
        ),
        ("endorsed-by", described(text(), "Who endorsed it.")),
        ("withdrawn-reason", described(text(), "Why it was withdrawn.")),
        ("withdrawn-on", described(date(), "When it was withdrawn.")),
        ("comment-until", described(date(), "Until when comments are welcome.")),
        ("comment-to", described(text(), "Where comments go.")),
        ("supersedes", described(list(text()), "The notes that it replaces.")),
        ("sources", described(list(source()), "What it rests on.")),
        ("review-by", described(date(), "When it should be looked at again.")),
        ("aliases", described(list(alias()), "Other names, and former addresses.")),
        ("changes", described(list(change()), "What changed, for its readers.")),
        ("order", described(json!({ "type": "integer" }), "Its place in a list ordered by hand.")),
        ("terms", described(json!({ "type": "boolean" }), "Whether terms are linked in it.")),
        ("except", described(list(exception(rules)), "Rules that it breaks on purpose.")),
    ];
    keys.into_iter().map(|(key, schema)| (key.to_owned(), schema)).collect()
}

fn own(config: &Config, field: &FieldConfig) -> Value {
    let one = match &field.shape {
        FieldShape::Reference { to, .. } => {
            let kinds: Vec<&str> = to.iter().map(|id| config.kind(*id).title.as_str()).collect();
            described(text(), &format!("The name or path of a note: {}.", kinds.join(", ")))
        }
        FieldShape::OneOf(words) => one_of(words.iter().map(String::as_str)),
        FieldShape::Text => text(),
        FieldShape::Date => date(),
        FieldShape::Number => json!({ "type": "number" }),
        FieldShape::Flag => json!({ "type": "boolean" }),
        FieldShape::Url => url(),
    };
    let mut schema = if field.many { list(one) } else { one };
    if field.many && field.required {
        schema["minItems"] = json!(1);
    }
    schema["title"] = json!(field.label);
    schema
}

fn one_of<'a>(words: impl Iterator<Item = &'a str>) -> Value {
    json!({ "enum": words.collect::<Vec<_>>() })
}

fn source() -> Value {
    let properties = json!({
        "ref": text(), "title": text(), "url": url(), "locator": text(), "accessed": date(),
    });
    let mut source = table(properties, &[]);
    source["anyOf"] = json!([{ "required": ["ref"] }, { "required": ["title"] }]);
    source
}

fn change() -> Value {
    let weight = json!({ "enum": ["editorial", "substantive", "conclusion"] });
    let properties = json!({ "date": date(), "weight": weight, "text": text() });
    table(properties, &["date", "weight", "text"])
}

fn exception(rules: RuleTable) -> Value {
    table(json!({ "rule": one_of(rules.excusable()), "reason": said() }), &["rule", "reason"])
}

/// A day of the calendar, a month or a year.
fn date() -> Value {
    let days = r"(0[1-9]|1\d|2[0-8])";
    let long = r"(0[13578]|1[02])-(29|30|31)|(0[469]|11)-(29|30)";
    let leap = r"(\d\d(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29";
    let month = r"(0[1-9]|1[0-2])";
    let pattern = format!(r"^(\d{{4}}(-{month}(-{days})?)?|\d{{4}}-({long})|{leap})$");
    json!({ "anyOf": [
        { "type": "string", "pattern": pattern },
        { "type": "integer", "minimum": 1000, "maximum": 9999 },
    ] })
}

fn url() -> Value {
    json!({ "allOf": [text(), { "pattern": r"^[hH][tT][tT][pP][sS]?://[^ ]+$" }] })
}

/// Another name, or a former address: one with a slash and without a space.
fn alias() -> Value {
    let part = r##"[^./\\:?#*"<>|\s][^/\\:?#*"<>|\s]*"##;
    let address = format!("^/*{part}(/{part})*/*$");
    json!({ "allOf": [text(), { "anyOf": [
        { "pattern": r"\s" },
        { "pattern": "^[^/]*$" },
        { "pattern": address },
        { "pattern": "^/+$" },
    ] }] })
}
