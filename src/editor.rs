//! The answers to the questions of a text editor about a place in a text: what stands there, where it leads, and what could be
//! written. Pure: they follow from the book as it was linked last and the texts that are open now, and `lsp` carries them.
//!
//! Places are in bytes of the text as it is now. A note that is open is read anew with each change, which takes less than a
//! millisecond; the links between notes are those of the last time that the whole book was read.

mod action;
mod actions;
mod book;
mod completion;
mod extract;
mod findings;
mod hover;
mod layout;
mod marks;
mod mention;
mod named_setting;
mod names;
mod navigation;
mod outline;
mod pointed;
mod rename;
mod rename_step;
mod settings;
mod signs;

pub use action::{EditorAction, NewFileText};
pub use actions::editor_actions;
pub use book::{BookView, EditedBook, FilePlace, OpenText};
pub use completion::{
    CompletionList, CompletionOffer, OfferSort, OfferText, completion, offer_text,
};
pub use findings::{found_now, moved_findings, other_places};
pub use hover::{HoverText, hover};
pub use layout::layout_edits;
pub use marks::{MarkSort, TextHint, TextMark, hints, marks};
pub use navigation::{definitions, highlights, outgoing, references};
pub use outline::{FoldedPart, OutlineEntry, folds, outline};
pub use pointed::{PointedItem, PointedPlace, pointed};
pub use rename::{NOTHING_NAMED, RenameRefusal, new_name, rename_step};
pub use rename_step::RenameStep;
