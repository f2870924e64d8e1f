//! Events of Markdown's parser with their places.

use std::ops::Range;

use pulldown_cmark::Event;

/// An event and its place in the Markdown.
pub(crate) type LocatedEvent<'t> = (Event<'t>, Range<usize>);
