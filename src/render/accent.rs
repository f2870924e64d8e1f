//! The accent colour of the book, as rules that the style sheet of the theme ends with.

use crate::colour::DARK;
use crate::config::AccentSettings;
use crate::source::{FileContent, Source};

/// Returns the style sheet with rules that set the accent. They stand in a layer between the colours of the theme and
/// its rules, such as those for paper, which are to hold all the same.
pub(super) fn with_accent(sheet: &Source, accent: &AccentSettings) -> Source {
    let FileContent::Bytes(bytes) = &sheet.content else { return sheet.clone() };
    let light = accent.light.colour;
    let dark = accent.dark.map_or_else(|| DARK.readable(light), |dark| dark.colour);
    let rules = format!(
        "
/* The accent of the book. */
@layer fieldbook.settings {{
:root {{ --accent: {light}; --link: {light}; }}
@supports (color: light-dark(#000, #fff)) {{
  :root {{ --accent: light-dark({light}, {dark}); --link: light-dark({light}, {dark}); }}
}}
}}
"
    );
    Source::new(sheet.path.clone(), [bytes, rules.as_bytes()].concat())
}
