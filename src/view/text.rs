//! The texts of notes as pages show them: the holes of a body filled, terms marked, code coloured.

mod allowance;
mod cited_by;
mod content;
mod highlight;
mod href;
mod link_end;
mod link_text;
mod part_mark;
mod plain;
mod terms;

pub use content::{BodyContent, FilledPiece, traced};
pub use highlight::code_language;
pub(crate) use part_mark::{block_text, fate_key, part_anchor};
pub(crate) use plain::shortened;
pub use plain::{LinedText, PlaceSort, TextPlace};
pub use terms::TermView;
pub(crate) use terms::terms_of;
