//! The manual, a book in `src/manual/`, is true and can be read.
#![allow(clippy::print_stdout, reason = "a test says what it measured")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

#[path = "../support/mod.rs"]
mod support;

mod book;
mod commands;
mod editors;
mod fragments;
mod links;
mod opened;
mod references;
mod rules;
mod words;
