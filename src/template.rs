//! The templates that are built in, made ready to show data fast.
//!
//! Tera reads and runs all templates of a theme. Most books keep those that are built in, and most of the work of
//! a build was Tera's: it makes a tree of values for each page, with a map for each note that the page names, and looks
//! each variable up by its name. This module runs the same templates, and makes the same bytes, at a fraction of the cost:
//! the data of a page is four flat lists ([`TemplateData`]), and names are numbers.
//!
//! It knows the part of Tera's language that the built-in templates use. Whatever else it meets, in a template or while one
//! runs, is an error without details, and the caller hands the page to Tera, which says what is wrong. `tests/golden.rs` holds
//! that all built-in templates are known, and that every page of every example has the bytes that Tera makes.

mod data;
mod expression;
mod handoff;
mod parser;
mod program;
mod run;
mod shared;
mod step;
mod tag;
mod value;

pub use data::TemplateData;
pub(crate) use handoff::serialize_safe;
pub(crate) use program::Program;
pub(crate) use run::{FilterCall, TemplateFilter};
pub(crate) use shared::SharedValue;
pub(crate) use value::{DataMap, DataValue};

/// The error of a template, or of data, that this module doesn't know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotKnown;
