//! The settings of a note as they are written, and edits of them: what changes is the bytes of a value, and those that
//! part it from its neighbours.

mod aliases;
mod edits;
mod key_type;
mod written;

pub use aliases::{MovedNote, with_alias, with_moved_address};
pub use edits::{
    add_list_item, insert_setting, put_value, remove_list_item, remove_setting, written_value,
};
pub use key_type::{KeyType, ValueSort, key_rank, key_type};
pub use written::WrittenFrontMatter;
