//! Which rules a book can't relax, and why.

use crate::diagnostic::Code;

/// Returns what would happen to readers if a book took less notice of a problem than it can.
pub(super) fn why(code: Code) -> &'static str {
    match code {
        Code::BadFrontMatter => {
            "a note whose front matter can't be read is left out, and somebody must know"
        }
        Code::BadMath => "the formula would be missing from the page",
        Code::BadTemplate => "pages would be missing or broken",
        Code::ConfidentialName => "the note names somebody who was promised not to be named",
        Code::DeepNesting => "the text of the note would be missing",
        Code::EmbedCycle => "the page would have no end",
        Code::FileTooLarge | Code::NotText | Code::Unreadable | Code::NotANote => {
            "the file would be missing from the site"
        }
        Code::NoNotes => "there would be nothing to publish",
        Code::OutsideBook => "a file that is not of the book would be published",
        Code::RefusedFile | Code::RefusedScheme => {
            "it could run a program in the browser of a reader"
        }
        Code::SameAddress => "one of the two pages would be missing",
        Code::SupersessionCycle => "nobody could tell which of the notes is current",
        Code::UnclosedComment => "readers would see what is not meant for them",
        Code::WithdrawnOriginal => "readers would rely on what was withdrawn",
        _ => "nobody could tell what is meant",
    }
}
