//! A book that came from strangers: what it may bring, and what it must not do. `.github/SECURITY.md` says
//! what is promised, and which of these tests holds it.
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
