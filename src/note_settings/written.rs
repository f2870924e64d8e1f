//! The front matter of a note as it is written: where each of its settings stands.

use std::ops::Range;

use crate::diagnostic::line_break;
use crate::parse::front_matter::{self, FrontMatterBlock};
use crate::path::SourcePath;
use crate::table::{Notation, PlacedPart, SettingForm, SettingPlace, part_places, setting_places};

/// The front matter in the text of a note.
#[derive(Clone, Debug)]
pub struct WrittenFrontMatter<'t> {
    /// The whole text.
    pub text: &'t str,
    /// The place of the settings between the lines that fence them; empty if there are none.
    pub block: Range<usize>,
    /// True if there are lines that fence them.
    pub is_fenced: bool,
    /// The notation of the settings; that of new ones if there are none.
    pub notation: Notation,
    /// The start of the text below.
    pub body: usize,
    /// The settings in the order in which they stand in the text, with their places in the whole text.
    pub settings: Vec<SettingPlace>,
}

impl<'t> WrittenFrontMatter<'t> {
    /// Reads the front matter of the note at `path`; `None` if it has to be corrected first.
    pub fn of(path: &SourcePath, text: &'t str) -> Option<Self> {
        let mut faults = Vec::new();
        let FrontMatterBlock { range, body, notation, guess } =
            front_matter::split(path, text, &mut faults);
        if !faults.is_empty() || guess.is_some() {
            return None;
        }
        let is_fenced = body > range.end;
        // A note without a title has it from its first heading or its file, which TOML does not allow.
        let notation = if is_fenced { notation } else { Notation::Yaml };
        let mut settings = setting_places(text.get(range.clone())?, notation)?;
        for setting in &mut settings {
            setting.shift(range.start);
        }
        Some(Self { text, block: range, is_fenced, notation, body, settings })
    }

    /// Returns the setting with this key.
    pub fn setting(&self, key: &str) -> Option<&SettingPlace> {
        self.settings.iter().find(|setting| setting.key == key)
    }

    /// Returns the parts below a key, with their places in the whole text; `None` if anything else stands there.
    pub fn parts(&self, key: &str) -> Option<Vec<PlacedPart>> {
        let mut parts = part_places(&self.text[self.block.clone()], self.notation, key)?;
        let settings = parts.iter_mut().flat_map(|part| &mut part.settings);
        settings.for_each(|setting| setting.shift(self.block.start));
        Some(parts)
    }

    /// Returns the break at the end of each line.
    pub fn line_break(&self) -> &'static str {
        line_break(self.text)
    }

    /// Returns whether a setting stands in a line of its own and not below a heading in brackets.
    pub fn is_line(&self, setting: &SettingPlace) -> bool {
        let line = &self.text[self.line_start(setting.key_place.start)..];
        self.notation == Notation::Yaml || !line.trim_start().starts_with('[')
    }

    /// Returns the start of the line around a place.
    pub fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |at| at + 1)
    }

    /// Returns the end of the line around a place, without its break.
    pub fn line_end(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        at + line.trim_end_matches('\r').len()
    }

    /// Returns the start of the line after the one around a place.
    pub fn next_line(&self, at: usize) -> usize {
        self.text[at..].find('\n').map_or(self.text.len(), |length| at + length + 1)
    }
}

impl SettingPlace {
    /// Moves all places by so many bytes.
    fn shift(&mut self, by: usize) {
        let moved = |place: &mut Range<usize>| *place = place.start + by..place.end + by;
        moved(&mut self.key_place);
        moved(&mut self.place);
        if let SettingForm::Several { items, .. } = &mut self.form {
            items.iter_mut().for_each(|item| moved(&mut item.place));
        }
    }
}
