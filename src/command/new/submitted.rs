//! A note made of a submitted form.

use std::io::Read;

use crate::authoring::{EditedFile, NewNote, new_errors, new_note, new_path, usual_notation};
use crate::command::opened::OpenedBook;
use crate::command::terminal::Terminal;
use crate::command::{CommandError, CommandOutcome, print};
use crate::config::KindId;
use crate::disk;
use crate::hosting::{MOST_SUBMITTED, Submission, SubmittedNote, refused_answer};

/// Makes the note that the form on the standard input asks for, and prints its path; or prints an answer to whoever wrote
/// the form.
pub(super) fn run(
    mut book: OpenedBook,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let mut json = Vec::new();
    let read = std::io::stdin().lock().take(MOST_SUBMITTED as u64 + 1).read_to_end(&mut json);
    read.map_err(|error| CommandError::usage(format!("the standard input: {error}")))?;
    let submission = Submission::read(&json).map_err(CommandError::usage)?;
    match made(&mut book, submission) {
        Ok(file) => {
            let EditedFile { path, after, .. } = file;
            if !disk::write_new(&book.root, &path, after.as_bytes())? {
                return Err(CommandError::usage(format!("{path} is there already")));
            }
            print(&format!("{path}\n"))?;
            Ok(CommandOutcome::Fine)
        }
        Err(answer) => {
            print(&answer)?;
            terminal.say("Nothing was written");
            Ok(CommandOutcome::Content)
        }
    }
}

/// Returns the file of the note, or an answer that says why there is none.
fn made(book: &mut OpenedBook, submission: Submission) -> Result<EditedFile, String> {
    let notation =
        |kind: KindId| usual_notation(&book.site, kind, |path| book.text(path).map(str::to_owned));
    let SubmittedNote { kind, title, values, text } = submission.note(&book.site, &notation)?;
    let refused = |why: String| refused_answer([&*why].into_iter());
    let path = new_path(&book.site.config, kind, &title).map_err(refused)?;
    if book.workspace.sources().get(&path).is_some() {
        return Err(refused("there is a note with this title already: choose another".to_owned()));
    }
    let notation = notation(kind);
    let note = NewNote {
        kind,
        title: &title,
        values: &values,
        is_draft: false,
        text: Some(&text),
        notation,
    };
    let after = new_note(&book.site, &path, &note).map_err(refused)?;
    let file = EditedFile { path, before: String::new(), after };
    let errors = new_errors(&mut book.workspace, std::slice::from_ref(&file));
    match errors.is_empty() {
        true => Ok(file),
        false => Err(refused_answer(errors.iter().map(|error| &*error.message))),
    }
}
