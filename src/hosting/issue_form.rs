//! Issue forms for GitHub: one for each kind of note, with a question for each of its fields.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::WorkflowSettings;
use super::upkeep::kept;
use super::workflow_files::form_workflow;
use crate::authoring::{FieldChoice, NewFile, choices};
use crate::config::{FieldConfig, FieldShape, KindId};
use crate::path::SourcePath;
use crate::site::Site;
use crate::slug::fold;
use crate::visible::shown;

/// The most choices of a question; beyond, the answer is typed.
const MOST_CHOICES: usize = 100;

/// A word that GitHub keeps for itself among choices.
const RESERVED: &str = "none";

/// A question of a form.
pub(super) struct FormQuestion {
    /// The use of the answer.
    pub(super) purpose: AnswerPurpose,
    /// The words above it, which are a heading in the submitted issue.
    pub(super) label: String,
    /// An explanation; empty if it needs none.
    help: String,
    /// The form of the answer.
    pub(super) answer: AnswerForm,
    /// True if a form without an answer is not taken.
    pub(super) required: bool,
}

/// The use of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum AnswerPurpose {
    /// The value of a key of front matter.
    Key(String),
    /// The sources, one a line.
    Sources,
    /// The person whom editors may ask, which stays in the issue.
    Contact,
    /// The consent to publication.
    Consent,
    /// The text of the note.
    Text,
}

/// The form of an answer.
pub(super) enum AnswerForm {
    /// One line.
    Line,
    /// Several lines, each an answer.
    Lines,
    /// A text.
    Text,
    /// One or several choices.
    Choice {
        /// The choices.
        choices: Vec<FieldChoice>,
        /// True if several can be chosen.
        many: bool,
    },
    /// A box to tick.
    Tick,
}

/// Returns the issue forms of a book, and the workflow that makes notes of them.
pub fn issue_forms(site: &Site, settings: &WorkflowSettings) -> Vec<NewFile> {
    let form = |(id, kind): (KindId, &crate::config::Kind)| NewFile {
        path: SourcePath::new(format!(".github/ISSUE_TEMPLATE/note-{}.yml", kind.name)),
        text: kept("fieldbook ci forms", &form(site, id)),
    };
    let kinds = site.config.kinds().filter(|(_, kind)| kind.folder.is_some());
    kinds.map(form).chain(form_workflow(settings)).collect()
}

/// Returns the first label of the form of a kind, by which a submitted form is recognised.
pub(super) fn title_label(site: &Site, kind: KindId) -> String {
    let title = &site.config.kind(kind).title;
    let is_shared = site.config.kinds().filter(|(_, other)| other.title == *title).count() > 1;
    let named = if is_shared { &site.config.kind(kind).name } else { title };
    format!("{}: title", one_line(named))
}

/// Returns the questions about a note of a kind, in the order of the form. The text comes last, for what a writer types
/// there may look like a question.
pub(super) fn questions(site: &Site, kind: KindId) -> Vec<FormQuestion> {
    let config = site.config.kind(kind);
    let of_key = |key: &str, label: String, help: &str| FormQuestion {
        purpose: AnswerPurpose::Key(key.to_owned()),
        label,
        help: help.to_owned(),
        answer: AnswerForm::Line,
        required: false,
    };
    let title =
        of_key("title", title_label(site, kind), "A sentence that says the most important thing.");
    let summary = of_key("summary", "Summary".to_owned(), "One sentence for lists.");
    let date = config.date_title.clone().unwrap_or_else(|| "Date".to_owned());
    let date = of_key("date", date, "Such as 2024-06-24, 2024-06 or 2024.");
    let mut all = vec![FormQuestion { required: true, ..title }, summary, date];
    let is_asked = |field: &&FieldConfig| !field.for_editors && field.infers.is_none();
    all.extend(config.fields.iter().filter(is_asked).map(|field| of_field(site, field)));
    all.push(FormQuestion {
        purpose: AnswerPurpose::Sources,
        label: "Sources".to_owned(),
        help: "One a line: a document with its page or paragraph, or a public address.".to_owned(),
        answer: AnswerForm::Lines,
        required: false,
    });
    all.push(FormQuestion {
        purpose: AnswerPurpose::Contact,
        label: "Contact".to_owned(),
        help: "Who can be asked about this, and how, if you like. It stays in this issue, where everybody who sees the issue can \
               read it, and is no part of the note."
            .to_owned(),
        answer: AnswerForm::Line,
        required: false,
    });
    all.push(FormQuestion {
        purpose: AnswerPurpose::Consent,
        label: "Consent".to_owned(),
        help: String::new(),
        answer: AnswerForm::Tick,
        required: true,
    });
    all.push(FormQuestion {
        purpose: AnswerPurpose::Text,
        label: "Text".to_owned(),
        help: "The note itself. An empty line begins a paragraph.".to_owned(),
        answer: AnswerForm::Text,
        required: true,
    });
    let is_of_key = |question: &FormQuestion| matches!(question.purpose, AnswerPurpose::Key(_));
    // The questions of every form keep their labels.
    let others = all.iter().filter(|question| !is_of_key(question));
    let mut labels: BTreeSet<String> = others.map(|question| fold(&question.label)).collect();
    for question in &mut all {
        question.label = one_line(&question.label);
        let AnswerPurpose::Key(key) = &question.purpose else { continue };
        if !labels.insert(fold(&question.label)) {
            question.label = format!("{} ({key})", question.label);
        }
    }
    all
}

fn of_field(site: &Site, field: &FieldConfig) -> FormQuestion {
    let listed = match &field.shape {
        FieldShape::Flag(_) => ["true", "false"]
            .map(|word| FieldChoice {
                written: word.to_owned(),
                shown: if word == "true" { "Yes" } else { "No" }.to_owned(),
            })
            .to_vec(),
        FieldShape::Reference(reference) if reference.open => Vec::new(),
        _ => choices(site, field),
    };
    let listed = distinct(listed);
    let is_listed = (1..=MOST_CHOICES).contains(&listed.len())
        && !listed.iter().any(|choice| choice.shown.eq_ignore_ascii_case(RESERVED));
    let is_text = matches!(field.shape, FieldShape::Text(_));
    let (answer, help) = match (is_listed, field.many) {
        (true, many) => (AnswerForm::Choice { choices: listed, many }, String::new()),
        (false, true) => (AnswerForm::Lines, "One a line.".to_owned()),
        (false, false) if is_text => (AnswerForm::Line, String::new()),
        (false, false) => (
            AnswerForm::Line,
            format!("Such as {}.", field.shape.as_type().example().trim_matches('"')),
        ),
    };
    FormQuestion {
        purpose: AnswerPurpose::Key(field.name.clone()),
        label: field.label.clone(),
        help,
        answer,
        required: field.required,
    }
}

/// Returns choices that are told apart by what is shown of them.
fn distinct(choices: Vec<FieldChoice>) -> Vec<FieldChoice> {
    let mut shown = BTreeSet::new();
    let told = |choice: FieldChoice| {
        let mut line = one_line(&choice.shown);
        if line.is_empty() || !shown.insert(line.clone()) {
            line = format!("{line} ({})", choice.written);
            shown.insert(line.clone());
        }
        FieldChoice { shown: line, ..choice }
    };
    choices.into_iter().map(told).collect()
}

/// Returns the form of a kind, in YAML. Every text is in quotes.
fn form(site: &Site, kind: KindId) -> String {
    let title = one_line(&site.config.kind(kind).title);
    let mut out = format!(
        "name: {}\ndescription: {}\ntitle: {}\nbody:\n",
        quoted(&title),
        quoted(&format!("Propose a note: {title}. You need not know how the site is made.")),
        quoted(&format!("{title}: "))
    );
    for (number, question) in questions(site, kind).iter().enumerate() {
        write_question(question, number, &mut out);
    }
    out
}

fn write_question(question: &FormQuestion, number: usize, out: &mut String) {
    let sort = match question.answer {
        AnswerForm::Line => "input",
        AnswerForm::Lines | AnswerForm::Text => "textarea",
        AnswerForm::Choice { .. } => "dropdown",
        AnswerForm::Tick => "checkboxes",
    };
    let label = quoted(&question.label);
    let _ =
        write!(out, "  - type: {sort}\n    id: q{number}\n    attributes:\n      label: {label}\n");
    if !question.help.is_empty() {
        let _ = writeln!(out, "      description: {}", quoted(&question.help));
    }
    match &question.answer {
        AnswerForm::Choice { choices, many } => {
            let _ = write!(out, "      multiple: {many}\n      options:\n");
            for choice in choices {
                let _ = writeln!(out, "        - {}", quoted(&choice.shown));
            }
        }
        AnswerForm::Tick => {
            let asked = "Everybody may read this, nothing in it was said in confidence, and it names no person but the \
                         authors of public texts.";
            let _ = write!(
                out,
                "      options:\n        - label: {}\n          required: true\n",
                quoted(asked)
            );
            return;
        }
        AnswerForm::Line | AnswerForm::Lines | AnswerForm::Text => {}
    }
    if question.required {
        out.push_str("    validations:\n      required: true\n");
    }
}

/// Returns a text as YAML writes it between quotation marks, which is as JSON does.
fn quoted(text: &str) -> String {
    serde_json::Value::from(shown(text).into_owned()).to_string()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
