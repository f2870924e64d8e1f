//! `fieldbook new`: makes a note of a kind.

mod submitted;

use std::io::Read;
use std::path::Path;

use super::opened::OpenedBook;
use super::prompt::{self, ChoiceQuestion};
use super::terminal::Terminal;
use super::{CommandError, CommandOutcome};
use crate::authoring::{
    Assignment, EditedFile, NewNote, SetOperation, choices, new_errors, new_note, new_path,
    usual_notation,
};
use crate::cli::{CommonArgs, NewArgs};
use crate::config::{FieldShape, KindId, Status};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::nearest::nearest;
use crate::note_settings::WrittenFrontMatter;
use crate::parse::rules::{broken_link, missing_field};
use crate::report;
use crate::source::TEXT_LIMIT;
use crate::table::Notation;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &NewArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let mut book = OpenedBook::read(common, true)?;
    let (Some(kind_name), Some(title)) = (&arguments.kind, &arguments.title) else {
        return submitted::run(book, terminal);
    };
    let kind = kind(&book, kind_name)?;
    let title = title.trim();
    let path = new_path(&book.site.config, kind, title).map_err(CommandError::usage)?;
    if book.workspace.sources().get(&path).is_some() {
        return Err(CommandError::usage(format!(
            "{path} is there already: edit that note, or choose another title"
        )));
    }
    let mut values = Vec::new();
    for text in &arguments.set {
        let Some(assignment) = Assignment::read(text) else {
            return Err(CommandError::usage(format!("\"{text}\" is not of the form field=value")));
        };
        values.push(assignment);
    }
    let text = arguments.from.as_deref().map(given_text).transpose()?;
    if text.is_none() && prompt::can_ask() {
        ask_for_fields(&book, kind, &mut values, terminal)?;
    }
    let notation = if arguments.yaml {
        Notation::Yaml
    } else {
        usual_notation(&book.site, kind, |path| book.text(path).map(str::to_owned))
    };
    let text = text.as_deref();
    let note = NewNote { kind, title, values: &values, is_draft: true, text, notation };
    let after = new_note(&book.site, &path, &note).map_err(CommandError::usage)?;
    let file = EditedFile { path, before: String::new(), after };
    let errors = new_errors(&mut book.workspace, std::slice::from_ref(&file));
    let site = book.workspace.site();
    let made = site.and_then(|site| Some(site.note(site.note_at(&file.path)?)));
    let is_draft = made.is_some_and(|made| made.facts.card.status == Status::Draft);
    let is_left_to_do = |error: &Diagnostic| {
        let is_own = error.path == file.path;
        is_own
            && (error.rule == &missing_field::RULE
                || is_draft && is_open_link(&file, &values, error))
    };
    let (left_to_do, errors): (Vec<Diagnostic>, Vec<Diagnostic>) =
        errors.into_iter().partition(is_left_to_do);
    if !errors.is_empty() {
        terminal.problems(&report::human(&errors, book.workspace.sources()));
        terminal.say("Nothing was written");
        return Ok(CommandOutcome::Content);
    }
    let path = &file.path;
    if !disk::write_new(&book.root, path, file.after.as_bytes())? {
        return Err(CommandError::usage(format!("{path} is there already and was left as it is")));
    }
    super::print(&format!("{path}\n"))?;
    for error in &left_to_do {
        terminal.say(&format!("To do: {}", error.message));
    }
    if is_draft && file.after.contains("\ndraft") {
        let line = notation.setting("draft", "true");
        terminal.say(&format!("It is a draft: readers see it once you delete the line {line}"));
    }
    Ok(CommandOutcome::Fine)
}

/// Returns whether an error of a draft is a link to a note that may be yet to come: drafts that link to each other are
/// made one after the other, and no reader sees them. What was typed for a field is no such link.
fn is_open_link(file: &EditedFile, values: &[Assignment], error: &Diagnostic) -> bool {
    let front = WrittenFrontMatter::of(&file.path, &file.after);
    let is_typed = front.is_some_and(|front| {
        let typed = values.iter().filter_map(|value| front.setting(&value.key));
        let at = error.span.start as usize;
        typed.into_iter().any(|setting| setting.place.contains(&at))
    });
    error.rule == &broken_link::RULE && !is_typed
}

/// Returns the kind that is meant, by its name or folder.
fn kind(book: &OpenedBook, named: &str) -> Result<KindId, CommandError> {
    let config = &book.site.config;
    let folder = named.trim_end_matches('/');
    let by_folder = || {
        config.kinds().find(|(_, kind)| kind.folder.as_deref() == Some(folder)).map(|(id, _)| id)
    };
    config.kind_named(named).or_else(by_folder).ok_or_else(|| {
        let names = || config.kinds.iter().map(|kind| kind.name.as_str());
        let near = nearest(named, names());
        let help = match near.first() {
            Some(near) => format!("did you mean {near}?"),
            None => format!("the kinds are {}", names().collect::<Vec<_>>().join(", ")),
        };
        CommandError::usage(format!("no kind is called \"{named}\"; {help}"))
    })
}

/// Reads the text of a file, or of the standard input.
fn given_text(from: &Path) -> Result<String, CommandError> {
    let bytes = if from == Path::new("-") {
        let mut bytes = Vec::new();
        let stdin = std::io::stdin().lock().take(TEXT_LIMIT as u64 + 1).read_to_end(&mut bytes);
        stdin.map_err(|error| CommandError::usage(format!("the standard input: {error}")))?;
        bytes
    } else {
        disk::read_file(from).map_err(|failure| CommandError::usage(failure.to_string()))?
    };
    if bytes.len() > TEXT_LIMIT {
        let limit = TEXT_LIMIT / 1024 / 1024;
        return Err(CommandError::usage(format!("the text is larger than {limit} MB")));
    }
    String::from_utf8(bytes).map_err(|_| {
        CommandError::usage(format!("{}: this is not text in UTF-8; save it so", from.display()))
    })
}

/// Asks for each required field that has no value yet.
fn ask_for_fields(
    book: &OpenedBook,
    kind: KindId,
    values: &mut Vec<Assignment>,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let fields = book.site.config.kind(kind).fields.iter().filter(|field| field.required);
    for field in fields {
        if values.iter().any(|value| value.key == field.name) {
            continue;
        }
        let choices = choices(&book.site, field);
        let question = ChoiceQuestion {
            text: &field.label,
            choices: &choices,
            many: field.many,
            is_open: match &field.shape {
                FieldShape::Reference(reference) => reference.open,
                FieldShape::OneOf(_) => false,
                _ => true,
            },
            usual: None,
        };
        let answers = question.ask(terminal)?;
        let operation = if field.many { SetOperation::Add } else { SetOperation::Put };
        values.extend(answers.into_iter().map(|value| Assignment {
            key: field.name.clone(),
            operation,
            value,
        }));
    }
    Ok(())
}
