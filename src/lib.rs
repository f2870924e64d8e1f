//! Fieldbook turns a folder of Markdown notes, kept by a contact group, into a cross-linked static
//! site.
//!
//! Data flows one way: disk → parse → link → check and view → render → write. A module imports only
//! from modules above it in the list below. `ARCHITECTURE.md` is the map.
//!
//! # Glossary
//!
//! - **Book**: a folder with `book.toml`, notes in `content/`, files in `static/`, and themes.
//! - [**Note**](note::Note): one Markdown file with front matter, or one that another note implies.
//! - [**Kind**](config::Kind): a sort of notes with their fields, declared in `book.toml`.
//! - [**Field**](config::FieldConfig): a key of front matter that a kind declares.
//! - [**Reference**](note::Reference): a value of a field, or of a built-in key, that names a note.
//! - [**Facts**](note::Facts): the data of a note on which other notes can depend.
//! - [**Body**](note::Body): the text of a note as HTML with holes.
//! - [**Hole**](note::Hole): a place in a body that is filled once the target of a link is known.
//! - [**Section**](note::BodySection): a part of a body that can be embedded by its anchor.
//! - [**Card**](note::NoteCard): the data of a note that lists and links show.
//! - [**Bare note**](note::Origin): a note without a file: a value of an open field, or a folder.
//! - [**Relation**](graph::Relation): a way in which the notes of one kind point at another note.
//! - [**Outdated**](graph::Graph::past): superseded or withdrawn; called `past` in the code.
//! - [**Term**](terms::Glossary): a note of the book's glossary, whose first mentions become links.
//! - **Register**: the notes of a kind as a table that can be filtered.
//! - [**Source**](source::Source): a file of the book as it was read, or the reason why it wasn't.
//! - [**View**](view::View): all data that a template may use. It is hashed, and then shown.
//! - [**Plan**](workspace::Plan): every output that should exist, with the fingerprint of its inputs.
//! - [**Recipe**](workspace::Recipe): the inputs of an output: a view, a file or another output.
//! - [**Snapshot**](workspace::Snapshot): the site and its plan in one state, for the preview.
//! - **Desk**: the book in memory with text that isn't saved yet, for editing in the browser.
//! - [**Workspace**](workspace::Workspace): the state that turns edits of sources into changes.
//! - [**Theme**](render::Theme): templates and assets, those of the book over the built-in ones.
//! - **Work**: the steps of a template for one page, which are limited (`render::budget`).
//! - [**Former address**](view::pages::redirect::RedirectView): an address that a note had before; a
//!   page there leads to the note.
//! - [**Rule**](diagnostic::Rule): a condition on notes or the book; a diagnostic reports where it is
//!   broken.
//! - [**Unit**](parse::units::TextUnit): a text of a note that a translator works on as a whole.
//! - [**Catalog**](exchange::Catalog): texts with their translations, as a file for translators holds them.
//! - **Stage**: the folder in which a build prepares files before it moves them into place.

// Basic types: these import none of our modules, except that `token` imports `language`.
pub mod bidi;
pub mod colour;
pub mod date;
pub mod delimited;
pub mod fingerprint;
pub mod language;
pub mod path;
pub mod plural;
pub mod scheme;
pub mod slug;
pub mod span;
pub mod token;
pub mod visible;

// The order of titles, input and diagnostics.
pub mod collation;
pub mod diagnostic;
pub mod nearest;
pub mod source;
pub mod template;

// Files that a browser would run, the manual, files that are refused, and TOML with positions.
pub mod active;
pub mod manual;
pub mod refused;
pub mod table;

// Files that are copied, and the words of the interface.
pub mod files;
pub mod words;

// The data model.
pub mod config;
pub mod note;

// The graph of all notes, and the parsing of one.
pub mod graph;
pub mod parse;

// The settings of a note as written, lists over the whole book, terms, and translations.
pub mod index;
pub mod note_settings;
pub mod terms;
pub mod translation;
pub mod unfit;

// The book in one state.
pub mod site;

// Checks and views.
pub mod check;
pub mod view;

// Search, lists for editors, and the schemas for editors.
pub mod listing;
pub mod schema;
pub mod search;

// Templates.
pub mod render;

// The step from edits to changes.
pub mod workspace;

// Fixes applied to a book in memory, notes and books made and changed for their writers, two states of a book compared, the
// I/O boundary for files, files for translators, the logic of the preview, and reports.
pub mod authoring;
pub mod autofix;
pub mod comparison;
pub mod disk;
pub mod exchange;
pub mod migration;
pub mod preview;
pub mod report;

// Moves of files, with the links to them; the work of a code host with the book; and changes that are handed to others.
pub mod change;
pub mod hosting;
pub mod proposal;

// The answers to the questions of text editors.
pub mod editor;

// The preview server, and the language server.
pub mod lsp;
pub mod serve;

// Commands.
pub mod cli;
pub mod command;

pub use command::run;

/// The number of notes or files that a thread takes at a time. By default, rayon splits a list only
/// into as many pieces as there are threads, so with two cores, one is idle at the end while the other
/// does a quarter of the book.
const AT_A_TIME: usize = 32;
