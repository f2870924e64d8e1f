//! The pages of the site. To add a page over the whole book, write its file, name it here as a module
//! and put its `PAGE` into `BOOK_PAGES`; the plan, the menu and `book.toml` follow from the table.

pub mod backlinks;
pub mod changes;
pub mod coverage;
pub mod editors;
pub mod in_full;
pub mod kind;
pub mod letters;
pub mod mentions;
pub mod not_found;
pub mod note;
pub mod redirect;
pub mod register;
pub mod search;
pub mod state;
pub mod timeline;
pub mod translations;

use super::output::{BookPage, OutputFormat};

/// The pages over the whole book, in the order of the menu.
pub(crate) const BOOK_PAGES: &[BookPage] = &[
    letters::PAGE,
    coverage::PAGE,
    timeline::PAGE,
    changes::PAGE,
    state::PAGE,
    translations::PAGE,
];

/// All other pages.
pub(crate) const PAGES: &[OutputFormat] = &[
    note::FORMAT,
    redirect::FORMAT,
    backlinks::FORMAT,
    mentions::FORMAT,
    in_full::FORMAT,
    kind::FORMAT,
    register::FORMAT,
    search::FORMAT,
    not_found::FORMAT,
];
