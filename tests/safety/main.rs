//! A book from strangers: what it may contain, and what it must not do. `.github/SECURITY.md`
//! states the promises, and which of these tests checks each.
#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "tests read and write files and start programs")]

mod kills;
mod limits;
mod output;
mod shim;
mod sources;
#[path = "../support/mod.rs"]
mod support;
mod templates;
