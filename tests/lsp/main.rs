//! The language server, driven over its standard input and output as an editor does.
#![allow(clippy::disallowed_methods, reason = "tests start programs, write files and wait")]

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod client;
mod clients;
mod equal;
mod folders;
mod hostile;
mod layout;
mod own_book;
mod places;
mod renames;
mod settings;
mod world;
