//! The places of a note that locators can name: numbered paragraphs, headings, entries of numbered lists.

use rustc_hash::FxBuildHasher;

use crate::note::{Facts, NotePart, PlaceName};
use crate::slug::fold;

#[expect(clippy::disallowed_types, reason = "looked up, never iterated")]
type PlaceMap<K, V> = std::collections::HashMap<K, V, FxBuildHasher>;

/// The most places of one range that are looked up.
const MAX_RANGE: u32 = 100;

/// Words for parts that are called by the number of their heading, folded and in the singular.
const SECTION: &[&str] = &[
    "section",
    "sec.",
    "chapter",
    "ch.",
    "part",
    "chapitre",
    "partie",
    "sección",
    "capítulo",
    "seção",
    "abschnitt",
    "kapitel",
    "teil",
    "раздел",
    "глава",
    "القسم",
    "الفصل",
];

/// Signs at which the name of a heading ends and its explanation begins.
const AFTER_NAME: &[char] = &[':', '(', '–', '—', '.', ','];

/// The places of a note by name. Of several with the same name, the first is found.
#[derive(Default)]
pub(super) struct PlacesByName {
    /// Numbered paragraphs by number: indexes of anchors.
    paragraphs: PlaceMap<u32, u32>,
    /// Headings by their text, and by the part of it that is a name.
    headings: PlaceMap<String, u32>,
    /// Headings by the number that they begin with, such as `3.2`.
    sections: PlaceMap<String, u32>,
    /// Headings with a numbered list below, by their name in the singular.
    labels: PlaceMap<String, u32>,
    /// Entries of numbered lists by heading and number: indexes of anchors.
    entries: PlaceMap<(u32, u32), u32>,
}

impl PlacesByName {
    pub(super) fn new(facts: &Facts) -> Self {
        let mut places = Self::default();
        for (at, heading) in (0..).zip(&facts.headings) {
            let (number, words) = leading_number(&heading.text);
            if let Some(number) = number {
                places.sections.entry(number.to_owned()).or_insert(at);
            }
            for name in [&heading.text, words, name_of(words)] {
                places.headings.entry(fold(name)).or_insert(at);
            }
        }
        for part in &facts.numbered {
            match part.below {
                None => {
                    places.paragraphs.entry(part.number).or_insert(part.anchor);
                }
                Some(heading) => {
                    let text = &facts.headings[heading as usize].text;
                    let label = fold(name_of(leading_number(text).1));
                    places.labels.entry(singular(&label).to_owned()).or_insert(heading);
                    places.entries.entry((heading, part.number)).or_insert(part.anchor);
                }
            }
        }
        places
    }

    /// Returns the parts that a name means, in the order of their numbers.
    pub(super) fn find(&self, name: &PlaceName) -> Vec<NotePart> {
        match name {
            PlaceName::Paragraphs { first, last } => {
                let found = |number| self.paragraphs.get(&number).copied().map(NotePart::Anchor);
                numbers(*first, *last).filter_map(found).collect()
            }
            PlaceName::Parts { label, first, last } => {
                numbers(*first, *last).filter_map(|number| self.numbered(label, number)).collect()
            }
            PlaceName::Named(name) => {
                let heading = self.headings.get(&**name).or_else(|| {
                    let (label, number) = name.rsplit_once(' ')?;
                    self.section(label, number)
                });
                heading.copied().map(NotePart::Heading).into_iter().collect()
            }
        }
    }

    /// Returns the part with a label and a number: a heading of that name, an entry of the list below a heading named
    /// by the label, or a section with that number.
    fn numbered(&self, label: &str, number: u32) -> Option<NotePart> {
        let heading = || names_of(label, number).find_map(|name| self.headings.get(&name));
        let entry = || {
            let heading = self.labels.get(singular(label))?;
            self.entries.get(&(*heading, number))
        };
        let heading = heading().copied().map(NotePart::Heading);
        heading
            .or_else(|| entry().copied().map(NotePart::Anchor))
            .or_else(|| self.section(label, &number.to_string()).copied().map(NotePart::Heading))
    }

    fn section(&self, label: &str, number: &str) -> Option<&u32> {
        SECTION.contains(&singular(label)).then(|| self.sections.get(number)).flatten()
    }
}

/// Returns the names that a label with a number may mean, folded: "quick wins 7", "quick win 7".
pub(super) fn names_of(label: &str, number: u32) -> impl Iterator<Item = String> {
    let is_plural = singular(label) != label;
    let labels = [Some(label), is_plural.then(|| singular(label))];
    labels.into_iter().flatten().map(move |label| format!("{label} {number}"))
}

/// Returns the numbers of a range, as many as are looked up.
fn numbers(first: u32, last: u32) -> impl Iterator<Item = u32> {
    first..=last.min(first.saturating_add(MAX_RANGE - 1))
}

/// Returns a label without the ending of its plural.
fn singular(label: &str) -> &str {
    label.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(label)
}

/// Returns the part of a heading that is a name: "Quick wins" of "Quick wins: recommended for the plan".
fn name_of(heading: &str) -> &str {
    heading.split(AFTER_NAME).next().unwrap_or(heading).trim()
}

/// Splits "3.2 Purpose" and "3. Purpose" into the number and the words.
fn leading_number(heading: &str) -> (Option<&str>, &str) {
    let end = heading.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(heading.len());
    let number = heading[..end].trim_end_matches('.');
    let rest = heading[end..].strip_prefix(')').unwrap_or(&heading[end..]);
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && (rest.is_empty() || rest.starts_with(char::is_whitespace));
    if is_number { (Some(number), rest.trim_start()) } else { (None, heading) }
}
