//! The names by which people call the parts of an original.

use crate::config::FieldConfig;
use crate::note::Part;

/// Returns the name of each part: `title` and other keys of front matter, `h2` for the second heading, and `4` for the
/// fourth of all other blocks.
pub fn part_names(fields: &[FieldConfig], parts: &[Part]) -> Vec<String> {
    let (mut headings, mut paragraphs) = (0, 0);
    let name = |part: &Part| match part.place.key(fields) {
        Some(key) => key.to_owned(),
        None if part.is_heading() => {
            headings += 1;
            format!("h{headings}")
        }
        None => {
            paragraphs += 1;
            paragraphs.to_string()
        }
    };
    parts.iter().map(name).collect()
}
