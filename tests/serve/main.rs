//! The preview, as a browser uses it: the program is started on a book in a folder of its own, and
//! receives requests over the network.
#![allow(clippy::disallowed_methods, reason = "tests read and write files and start programs")]

#[path = "../edits/book.rs"]
mod book;
mod browsing;
#[path = "../chromium/mod.rs"]
mod chromium;
mod client;
mod crowds;
mod edit_pages;
mod editing;
mod editor;
mod equal;
mod errors;
mod forged;
#[path = "../edits/history.rs"]
#[allow(dead_code, reason = "a part of it is used here")]
mod history;
mod hostile;
#[path = "../edits/moves.rs"]
mod moves;
#[path = "../edits/random.rs"]
mod random;
mod replies;
mod saves;
mod starting;
mod strangers;
mod suggesting;
#[path = "../support/mod.rs"]
mod support;
#[path = "../edits/text.rs"]
mod text;
#[path = "../edits/world.rs"]
mod world;
