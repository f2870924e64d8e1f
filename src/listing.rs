//! Lists of a book for those who keep it: notes that fit conditions, links, fields, values and files, as rows that
//! `command` prints as a table, as CSV or as JSON.

mod filter;
mod rows;
mod table;
mod values;

pub use filter::{NoteFilter, ValueCondition};
pub use rows::{backlinks, fields, files, links, listed_notes, notes, sorted, values};
pub use table::{ListFormat, Listed, ListedColumn};
pub use values::{keys, note_date, values_of};
