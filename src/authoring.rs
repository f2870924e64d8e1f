//! Notes and books made and changed for their writers: a new book, a new note, settings of many notes, and notes in
//! one layout. Pure: files are given and returned as data, and `command` writes them.
//!
//! A change of a note touches the bytes that it is about and no others, and is kept only if the book, read again with
//! it, is as it should be.

mod adopt;
mod choices;
mod form;
mod new_note;
mod proof;
mod remarks;
mod set;
mod starter;
mod tidy;

pub use adopt::{AdoptedBook, LeftOutNote, adopt, counted_by_rule, without_unfit_passages};
pub use choices::{FieldChoice, choices, note_choices, offered_notes};
pub use form::{
    FieldNeed, FormChanges, FormFault, FormField, FormFinding, InputSort, NoteForm, SourceRow,
    as_draft, form_findings, note_form, note_inputs, usual_keys,
};
pub use new_note::{NewNote, new_note, new_path, new_path_in, usual_notation};
pub use proof::{EditedFile, KnownErrors, new_errors};
pub use set::{Assignment, SetError, SetOperation, set_list, set_values};
pub use starter::{BookTemplate, NewBook, NewFile, book_files, companion_files};
pub use tidy::{TidyOutcome, makes_same_pages, tidy};
