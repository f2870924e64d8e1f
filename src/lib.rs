//! Fieldbook turns a folder of Markdown notes, kept by a contact group, into a cross-linked static
//! site.
//!
//! Data flows one way, from top to bottom of this list, and a module imports only from modules
//! above it: disk → parse → link → check and view → render → write. `ARCHITECTURE.md` is the map.
//!
//! A few words are our own. A note's [`Facts`](note::Facts) are what other pages may show of it;
//! its [`Body`](note::Body) is HTML with [`Hole`](note::Hole)s, filled when it is known where links
//! lead; a [`NoteCard`](note::NoteCard) is a note as a list shows it; a [`View`](view::View) is all that a
//! template may see; the [`Workspace`](workspace::Workspace) turns edits into changes.

// Words: these import nothing of ours but each other's simpler ones.
pub mod bidi;
pub mod date;
pub mod fingerprint;
pub mod language;
pub mod path;
pub mod scheme;
pub mod slug;
pub mod span;
pub mod token;
pub mod visible;

// Input and complaint.
pub mod diagnostic;
pub mod nearest;
pub mod source;

// Reading TOML with places; files that were refused, and files that a browser would run.
pub mod active;
pub mod refused;
pub mod table;

// Meaning: data only.
pub mod config;
pub mod files;
pub mod note;
pub mod words;

// The two pure stages.
pub mod graph;
pub mod parse;

// Lists over the whole book; what editors are told of notes and settings.
pub mod index;
pub mod schema;
pub mod terms;

// The snapshot.
pub mod site;

// Judging and seeing.
pub mod check;
pub mod view;

// Finding.
pub mod search;

// Showing.
pub mod render;

// The step from edits to changes.
pub mod workspace;

// What the preview shows; the edges: the only I/O.
pub mod disk;
pub mod preview;
pub mod report;

// The book kept open.
pub mod serve;

// Commands.
pub mod cli;
pub mod command;

pub use command::run;

/// How many notes or files a thread takes at a time. Left to itself, rayon halves a list no further than
/// it has threads, and of two cores one waits at the end while the other does a quarter of the book.
const AT_A_TIME: usize = 32;
