//! The elements within a line that are open.

/// The end of an element within a line.
pub(crate) enum ClosingTag {
    /// This tag.
    With(&'static str),
    /// The end of link `number`, whose text began at `start` in the passage.
    Link { number: u32, start: usize, shown: bool },
}

/// The links and emphasis that are open.
#[derive(Default)]
pub(crate) struct OpenInlines {
    pub(crate) closing: Vec<ClosingTag>,
    /// The number of those that are links.
    pub(crate) links: usize,
}
