//! The front matter of a kind of note.

use serde_json::{Map, Value, json};

use super::{DIALECT, described, list, said, table, text};
use crate::config::{Config, FieldConfig, FieldShape, KindId};
use crate::diagnostic::{Code, Level};
use crate::note::Status;

pub(super) fn schema(config: &Config, id: KindId) -> Value {
    let kind = config.kind(id);
    let mut properties = common();
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
    if config.check.level(Code::UnnamedEndorser, Some(id)) == Level::Error {
        schema["if"] = with("endorsed");
        schema["then"] = json!({ "required": ["endorsed-by"] });
    }
    schema
}

/// The statuses of a note, in words.
const STATUS: &str = "How far readers may rely on the note. A `draft` is not published. A note `under-review` \
    may change. `endorsed` goes with `endorsed-by`. A note that is `withdrawn` no longer holds.";

/// `status`, which is `published` without a line.
fn or_published(mut status: Value) -> Value {
    status["default"] = json!("published");
    status
}

/// The keys that every note may have.
fn common() -> Map<String, Value> {
    let keys = [
        ("title", described(said(), "The title of the note, and the heading of its page.")),
        ("summary", described(text(), "The note in one sentence. Lists and search show it.")),
        (
            "date",
            described(date(), "When what the note describes happened, or when it was written."),
        ),
        ("updated", described(date(), "When the note last changed.")),
        ("status", or_published(described(one_of(Status::ALL.iter().map(|s| s.0)), STATUS))),
        (
            "endorsed-by",
            described(text(), "Who endorsed the note. Goes with `status = \"endorsed\"`."),
        ),
        (
            "withdrawn-reason",
            described(text(), "Why the note was withdrawn. Goes with `status = \"withdrawn\"`."),
        ),
        (
            "withdrawn-on",
            described(date(), "When the note was withdrawn. Goes with `status = \"withdrawn\"`."),
        ),
        (
            "comment-until",
            described(
                date(),
                "Until when comments are welcome. Goes with `status = \"under-review\"`.",
            ),
        ),
        (
            "comment-to",
            described(
                text(),
                "Where comments go: an address that begins with `https://`, or words.",
            ),
        ),
        (
            "supersedes",
            described(
                list(text()),
                "The notes that this one replaces. Their pages then lead to it.",
            ),
        ),
        ("sources", described(list(source()), "What the note rests on.")),
        (
            "review-by",
            described(
                date(),
                "The day by which somebody should look at the note again. Later, its page \
                says that nobody has.",
            ),
        ),
        (
            "aliases",
            described(
                list(alias()),
                "Other names, which links may use; and former addresses, which lead \
                to the note. An address has a slash and no spaces.",
            ),
        ),
        (
            "changes",
            described(list(change()), "What changed, for readers who relied on the note before."),
        ),
        (
            "order",
            described(
                json!({ "type": "integer" }),
                "The place of the note in lists that go by `order`.",
            ),
        ),
        (
            "terms",
            described(
                json!({ "type": "boolean" }),
                "`false`: terms of the glossary are not linked here.",
            ),
        ),
        ("except", described(list(exception()), "Rules that the note breaks on purpose.")),
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
        "ref": described(text(), "The source, as the name or path of a note."),
        "title": described(text(), "The title of a source that has no note."),
        "url": described(url(), "The address of the source."),
        "locator": described(text(), "The place in the source, such as `p. 3` or `¶7`."),
        "accessed": described(date(), "When the address was looked at."),
    });
    let mut source = table(properties, &[]);
    source["anyOf"] = json!([{ "required": ["ref"] }, { "required": ["title"] }]);
    source
}

fn change() -> Value {
    let weight = json!({ "enum": ["editorial", "substantive", "conclusion"] });
    let weight = described(
        weight,
        "`editorial`: the wording. `substantive`: the content. `conclusion`: the conclusion, which the top of \
            the page shows too.",
    );
    let properties = json!({
        "date": described(date(), "When it changed."),
        "weight": weight,
        "text": described(text(), "What changed."),
    });
    table(properties, &["date", "weight", "text"])
}

fn exception() -> Value {
    let rules = Code::ALL.iter().filter(|code| code.is_excusable()).map(|code| code.name());
    let properties = json!({
        "rule": described(one_of(rules), "The rule."),
        "reason": described(said(), "Why the note breaks it."),
    });
    table(properties, &["rule", "reason"])
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
