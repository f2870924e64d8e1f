//! Checks: the reports on bad books, their words and formats, and the commands `check`, `explain`
//! and `schema`.
#![allow(clippy::print_stdout, reason = "a test says what it measured")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files and start programs")]

mod alike;
mod command;
mod corpus;
mod fixed;
mod fixes;
mod folders;
mod forms;
mod fuzz;
mod hostile;
mod mended;
#[allow(dead_code, reason = "the tests of hostile notes use all of it")]
#[path = "../hostile/oracle.rs"]
mod oracle;
mod relaxed;
mod schema;
#[path = "../support/mod.rs"]
mod support;
mod typos;
mod untrusted;
mod yaml;
