//! The language server, driven over its standard input and output as an editor does.

#[path = "../support/mod.rs"]
mod support;

mod answers;
mod client;
mod clients;
mod equal;
mod hostile;
mod renames;
mod world;
