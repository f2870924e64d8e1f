//! Checking: what is said of bad books, in which words and forms, and what `check`, `explain` and
//! `schema` make of it.
#![allow(clippy::print_stdout, reason = "a test says what it measured")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files and start programs")]

mod alike;
mod command;
mod corpus;
mod forms;
mod hostile;
mod manual;
mod schema;
#[path = "../support/mod.rs"]
mod support;
mod typos;
