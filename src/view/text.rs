//! The texts of notes as pages show them: the holes of a body filled, terms marked, code coloured.

mod allowance;
mod content;
mod dead_link;
mod highlight;
mod href;
mod plain;
mod terms;

pub use content::{BodyContent, FilledPiece, traced};
pub use terms::TermView;
pub(crate) use terms::terms_of;
