//! Settings of a note as they are written, for edits.

use super::fields::former;
use crate::path::OutputPath;

/// Returns the page at a former address as it is written in `aliases`, if it is one.
pub fn former_address(written: &str) -> Option<OutputPath> {
    former::former(written).ok()
}
