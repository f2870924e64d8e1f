//! Files that are not taken, said in words.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileContent, Refusal, Source, SourceRole, renamed};
use crate::span::Span;

/// Why the file is not taken, if it is not.
pub fn refused(source: &Source) -> Option<Diagnostic> {
    let error =
        |code, message: String| Diagnostic::error(&source.path, Span::default(), code, message);
    let FileContent::Refused(refusal) = &source.content else {
        let is_misnamed = SourceRole::of(&source.path) == SourceRole::Misnamed;
        let name = is_misnamed.then(|| renamed(source.path.as_str())).flatten()?;
        let message = "this is no note, for the name of a note ends with .md; it is not published";
        return Some(error(Code::NotANote, message.to_owned()).help(format!("rename it: {name}")));
    };
    Some(match refusal {
        Refusal::NotText { before } => Diagnostic::error(
            &source.path,
            Span::from(before.len()..before.len()),
            Code::NotText,
            "this is not text: what stands here can't be read as UTF-8",
        )
        .help("save the file as UTF-8; a file that is no text belongs in the folder static"),
        Refusal::TooLarge { limit } => {
            let limit = limit / (1024 * 1024);
            error(Code::FileTooLarge, format!("this file is larger than {limit} MB"))
                .help("make it smaller, or publish it elsewhere and link to it")
        }
        Refusal::LeavesBook => {
            error(Code::OutsideBook, "this leads to a place outside the book".to_owned())
                .help("copy what it leads to into the book")
        }
        Refusal::Unreadable(why) => error(Code::Unreadable, format!("this can't be read: {why}")),
    })
}
