//! The lines of links in the file of another program, for remarks about them.

use super::collection::Collection;
use super::front_matter::split;

/// The most links of a file that are looked for in vain. A format may write them otherwise than they are read.
const MOST_MISSES: usize = 20;

/// A file in which links are looked for in their order.
pub(super) struct LinkLines<'t> {
    text: &'t str,
    /// The place behind the last link that was found, and its line from one.
    at: usize,
    line: usize,
    misses: usize,
}

impl<'t> LinkLines<'t> {
    /// Begins with the text below the front matter of a file.
    pub(super) fn new(collection: &'t Collection, file: &str) -> Self {
        let text = collection.text(file).unwrap_or_default();
        let at = text.len() - split(file, text, &mut Vec::new()).text.len();
        let line = 1 + text[..at].matches('\n').count();
        Self { text, at, line, misses: 0 }
    }

    /// Returns the line of the next link to an address as it is written; 0 if it is not found.
    pub(super) fn next(&mut self, address: &str) -> usize {
        if address.is_empty() || self.misses >= MOST_MISSES {
            return 0;
        }
        let is_link = |place: usize| {
            let before = self.text[..place].chars().next_back();
            let after = self.text[place + address.len()..].chars().next();
            before.is_none_or(|c| c.is_whitespace() || "[(<\"'=".contains(c))
                && after.is_none_or(|c| c.is_whitespace() || "])>#|\\\"'".contains(c))
        };
        let places = self.text[self.at..].match_indices(address);
        let Some(place) = places.map(|(place, _)| self.at + place).find(|place| is_link(*place))
        else {
            self.misses += 1;
            return 0;
        };
        self.line += self.text[self.at..place].matches('\n').count();
        self.at = place + address.len();
        self.line
    }
}
