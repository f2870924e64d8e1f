//! A page while it is written, which may not grow without end.

use std::io::{self, Write};

use crate::source::FILE_LIMIT;

/// What is said of a template that makes a page of more than that.
pub(super) const TOO_LONG: &str = "it makes a page of more than 64 MB";

/// The bytes of a page so far.
pub(super) struct LimitedOutput {
    bytes: Vec<u8>,
    is_full: bool,
}

impl LimitedOutput {
    /// An empty page, with room for `size` bytes.
    pub(super) fn new(size: usize) -> Self {
        Self { bytes: Vec::with_capacity(size), is_full: false }
    }

    /// Whether more was written than a page may hold.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// The bytes of the page.
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

impl Write for LimitedOutput {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.is_full |= self.bytes.len() + part.len() > FILE_LIMIT;
        if self.is_full {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(part);
        Ok(part.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
