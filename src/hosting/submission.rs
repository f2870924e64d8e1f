//! Submitted forms: the text of an issue, or an object with the values of a note, as a stranger may have written it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::issue_form::{AnswerForm, AnswerPurpose, FormQuestion, questions, title_label};
use crate::authoring::{Assignment, FieldChoice, SetOperation};
use crate::comparison::{code, plain};
use crate::config::KindId;
use crate::site::Site;
use crate::table::{Notation, quoted};

/// The most bytes of a submitted form.
pub const MOST_SUBMITTED: usize = 1024 * 1024;

/// The most answers that are named as missing or wrong.
const MOST_FAULTS: usize = 30;

/// The words that GitHub puts where nothing was answered.
const NO_ANSWER: [&str; 2] = ["_No response_", "None"];

/// The sign before a heading in a submitted issue.
const HEADING: &str = "### ";

/// A submitted form.
#[derive(Debug, Deserialize)]
pub struct Submission {
    /// The kind of the note, as the configuration calls it. An issue tells it by its first heading.
    kind: Option<String>,
    /// The title of the note, or of the issue.
    #[serde(default)]
    title: String,
    /// The text of an issue: an answer below the heading of each question.
    body: Option<String>,
    /// The values of the front matter.
    #[serde(default)]
    values: BTreeMap<String, SubmittedValue>,
    /// The text of the note.
    #[serde(default)]
    text: String,
}

/// A value of front matter.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum SubmittedValue {
    One(String),
    Several(Vec<String>),
}

/// The note that a form asks for.
#[derive(Debug)]
pub struct SubmittedNote {
    /// The kind.
    pub kind: KindId,
    /// The title.
    pub title: String,
    /// The values to set.
    pub values: Vec<Assignment>,
    /// The text, with front matter that holds its sources.
    pub text: String,
}

impl Submission {
    /// Reads a form from JSON.
    pub fn read(json: &[u8]) -> Result<Self, String> {
        if json.len() > MOST_SUBMITTED {
            return Err(format!("the form is larger than {} MB", MOST_SUBMITTED / 1024 / 1024));
        }
        serde_json::from_slice(json).map_err(|error| {
            format!("this is no form in JSON, such as {{\"kind\": \"…\", \"title\": \"…\", \"text\": \"…\"}}: {error}")
        })
    }

    /// Returns the note, or an answer in Markdown that says what is missing.
    pub fn note(
        self,
        site: &Site,
        notation: &dyn Fn(KindId) -> Notation,
    ) -> Result<SubmittedNote, String> {
        match &self.body {
            Some(body) => self.of_issue(site, &body.replace("\r\n", "\n"), notation),
            None => self.of_values(site, notation),
        }
    }

    fn of_values(
        self,
        site: &Site,
        notation: &dyn Fn(KindId) -> Notation,
    ) -> Result<SubmittedNote, String> {
        let named = self.kind.unwrap_or_default();
        let kind = site.config.kind_named(&named).ok_or_else(|| no_kind(site))?;
        let mut values = Vec::new();
        for (key, value) in self.values {
            let (items, operation) = match value {
                SubmittedValue::One(value) => (vec![value], SetOperation::Put),
                SubmittedValue::Several(values) => (values, SetOperation::Add),
            };
            let assignment = |value| Assignment { key: key.clone(), operation, value };
            values.extend(items.into_iter().map(assignment));
        }
        let text = with_sources(&[], &self.text, notation(kind));
        Ok(SubmittedNote { kind, title: self.title.trim().to_owned(), values, text })
    }

    fn of_issue(
        &self,
        site: &Site,
        body: &str,
        notation: &dyn Fn(KindId) -> Notation,
    ) -> Result<SubmittedNote, String> {
        let named = |name: &String| site.config.kind_named(name);
        let kind = match &self.kind {
            Some(name) => named(name),
            None => {
                let first = body.lines().find_map(|line| line.strip_prefix(HEADING));
                let mut kinds = site.config.kinds().map(|(id, _)| id);
                first.and_then(|first| kinds.find(|id| title_label(site, *id) == first.trim()))
            }
        };
        let kind = kind.ok_or_else(|| no_kind(site))?;
        let questions = questions(site, kind);
        let answers = answers(&questions, body);
        let mut faults = Vec::new();
        let mut title = one_line(&self.title);
        let (mut values, mut sources, mut text) = (Vec::new(), Vec::new(), String::new());
        for (question, answer) in questions.iter().zip(answers) {
            let answer = answer.trim();
            if answer.is_empty() || NO_ANSWER.contains(&answer) {
                if question.required {
                    faults.push(format!("**{}** is missing.", plain(&question.label)));
                }
                continue;
            }
            match &question.purpose {
                AnswerPurpose::Key(key) if key == "title" => title = one_line(answer),
                AnswerPurpose::Key(key) => match given(question, answer) {
                    Ok(given) => values.extend(assignments(key, question, given)),
                    Err(part) => faults.push(format!(
                        "**{}**: {} is none of the choices.",
                        plain(&question.label),
                        code(&part)
                    )),
                },
                AnswerPurpose::Sources => sources = lines(answer),
                AnswerPurpose::Consent if !answer.to_lowercase().starts_with("- [x]") => {
                    faults.push(format!("The box below **{}** is not ticked.", question.label));
                }
                AnswerPurpose::Consent | AnswerPurpose::Contact => {}
                AnswerPurpose::Text => text = answer.to_owned(),
            }
        }
        if !faults.is_empty() {
            return Err(missing_answer(&faults));
        }
        Ok(SubmittedNote {
            kind,
            title,
            values,
            text: with_sources(&sources, &text, notation(kind)),
        })
    }
}

/// Returns the answer to each question. The headings come in the order of the questions.
fn answers<'b>(questions: &[FormQuestion], body: &'b str) -> Vec<&'b str> {
    let mut places = Vec::with_capacity(questions.len());
    let mut from = 0;
    for question in questions {
        let mut at = from;
        let found = body[from..].split_inclusive('\n').find_map(|line| {
            let start = at;
            at += line.len();
            let heading = line.strip_prefix(HEADING)?;
            (heading.trim() == question.label).then_some((start, at))
        });
        from = found.map_or(from, |(_, end)| end);
        places.push(found);
    }
    let next = |at: usize| {
        places[at + 1..].iter().flatten().next().map_or(body.len(), |(start, _)| *start)
    };
    let answer = |(at, place): (usize, &Option<(usize, usize)>)| {
        place.map_or("", |(_, end)| &body[end..next(at)])
    };
    places.iter().enumerate().map(answer).collect()
}

/// Returns the values that an answer gives, as they are written in front matter, or the part that is no choice.
fn given(question: &FormQuestion, answer: &str) -> Result<Vec<String>, String> {
    match &question.answer {
        AnswerForm::Lines => Ok(lines(answer)),
        AnswerForm::Choice { choices, many: true } => chosen(choices, answer),
        AnswerForm::Choice { choices, many: false } => {
            let choice = choices.iter().find(|choice| choice.shown == answer);
            choice.map(|choice| vec![choice.written.clone()]).ok_or_else(|| shortened(answer))
        }
        AnswerForm::Line | AnswerForm::Text | AnswerForm::Tick => Ok(vec![one_line(answer)]),
    }
}

/// Returns the choices in a list that commas part. A choice may have commas itself, so the longest that fits is taken.
fn chosen(choices: &[FieldChoice], answer: &str) -> Result<Vec<String>, String> {
    let mut rest = answer;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let fits = |choice: &&FieldChoice| {
            let after = rest.strip_prefix(&*choice.shown);
            after.is_some_and(|after| after.is_empty() || after.starts_with(','))
        };
        let choice = choices.iter().filter(fits).max_by_key(|choice| choice.shown.len());
        let choice = choice.ok_or_else(|| shortened(rest))?;
        found.push(choice.written.clone());
        rest = rest[choice.shown.len()..].trim_start_matches(',').trim_start();
    }
    Ok(found)
}

fn assignments(key: &str, question: &FormQuestion, values: Vec<String>) -> Vec<Assignment> {
    let many = matches!(question.answer, AnswerForm::Lines | AnswerForm::Choice { many: true, .. });
    let operation = if many { SetOperation::Add } else { SetOperation::Put };
    let assignment = |value| Assignment { key: key.to_owned(), operation, value };
    values.into_iter().map(assignment).collect()
}

/// Returns a text below front matter that holds these sources, each a line. What the text itself begins with is no front
/// matter then.
fn with_sources(sources: &[String], text: &str, notation: Notation) -> String {
    let mut out = format!("{}\n", notation.fence());
    for (at, source) in sources.iter().enumerate() {
        let is_address = |word: &&str| word.starts_with("https://") || word.starts_with("http://");
        let address = source.split_whitespace().find(is_address);
        let title =
            address.map_or_else(|| source.clone(), |address| source.replacen(address, "", 1));
        let title = title.trim_matches(|c: char| c.is_whitespace() || ",;:()<>".contains(c));
        let title = quoted(if title.is_empty() { source } else { title });
        // In YAML one heading stands above all parts.
        if at == 0 || notation == Notation::Toml {
            let gap = if notation == Notation::Toml { "\n" } else { "" };
            out.push_str(&format!("{gap}{}\n", notation.heading("sources")));
        }
        out.push_str(&format!("{}\n", notation.first_setting("title", &title)));
        if let Some(address) = address {
            let indent = if notation == Notation::Yaml { "  " } else { "" };
            out.push_str(&format!("{indent}{}\n", notation.setting("url", &quoted(address))));
        }
    }
    format!("{out}{}\n\n{}\n", notation.fence(), text.trim())
}

fn lines(answer: &str) -> Vec<String> {
    let line = |line: &str| one_line(line.trim().trim_start_matches(['-', '*', '•']));
    answer.lines().map(line).filter(|line| !line.is_empty()).collect()
}

fn one_line(text: &str) -> String {
    let is_kept = |c: &char| c.is_whitespace() || !c.is_control();
    let text: String = text.chars().filter(is_kept).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}

fn no_kind(site: &Site) -> String {
    let kinds = site.config.kinds().filter(|(_, kind)| kind.folder.is_some());
    let names: Vec<String> = kinds.map(|(_, kind)| plain(&kind.title)).collect();
    format!(
        "This was not written in one of the forms, so it is not clear what kind of note it should be: {}. Choose a form, \
         and fill it in there.\n",
        names.join(", ")
    )
}

/// Returns the answer to a form that is not complete, in Markdown.
fn missing_answer(faults: &[String]) -> String {
    let mut out = "Thank you. This can't become a note yet:\n\n".to_owned();
    for fault in faults.iter().take(MOST_FAULTS) {
        out.push_str(&format!("- {fault}\n"));
    }
    if faults.len() > MOST_FAULTS {
        out.push_str(&format!("- and {} more\n", faults.len() - MOST_FAULTS));
    }
    out.push_str(
        "\nEdit the first text of this issue, and keep its headings. An editor then tries again.\n",
    );
    out
}

/// Returns the answer to a form whose note would be wrong, in Markdown. The messages are those of the checks.
pub fn refused_answer<'m>(messages: impl Iterator<Item = &'m str>) -> String {
    missing_answer(&messages.map(plain).collect::<Vec<_>>())
}
