//! The sources of a note as the rows of a form. Only what differs in a row is written anew.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::fields::unlinked;
use crate::authoring::set::{SetError, front_matter, unchangeable, with_key_changed};
use crate::config::Kind;
use crate::config::note_keys::{SOURCE_KEYS, SOURCES};
use crate::diagnostic::{TextEdit, with_edits};
use crate::note::NotePlace;
use crate::note_settings::{
    ValueSort, WrittenFrontMatter, insert_setting, put_value, remove_setting, written_value,
};
use crate::path::SourcePath;
use crate::site::Site;
use crate::slug::fold;
use crate::span::Span;
use crate::table::{Notation, PlacedPart, SettingForm, SettingPlace};

/// A source in a form. An empty value is none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRow {
    /// The number of the row before the change; none for a new row.
    #[serde(default)]
    pub was: Option<usize>,
    /// The note that is the source.
    #[serde(default, rename = "ref")]
    pub note: String,
    /// The title of a source that is no note.
    #[serde(default)]
    pub title: String,
    /// Its address.
    #[serde(default)]
    pub url: String,
    /// The place in the source.
    #[serde(default)]
    pub locator: String,
    /// The date on which it was read.
    #[serde(default)]
    pub accessed: String,
}

impl SourceRow {
    /// Returns the values by their keys.
    fn values(&self) -> [(&'static str, &str); 5] {
        let values = [&self.note, &self.title, &self.url, &self.locator, &self.accessed];
        std::array::from_fn(|at| (SOURCE_KEYS[at].name(), values[at].trim()))
    }

    fn value_mut(&mut self, key: &str) -> Option<&mut String> {
        let at = SOURCE_KEYS.iter().position(|declared| declared.name() == key)?;
        let values =
            [&mut self.note, &mut self.title, &mut self.url, &mut self.locator, &mut self.accessed];
        values.into_iter().nth(at)
    }

    fn is_empty(&self) -> bool {
        self.values().iter().all(|(_, value)| value.is_empty())
    }
}

/// Returns the rows of a note; `None` if they hold more than a form shows.
pub(super) fn source_rows(front: &WrittenFrontMatter<'_>) -> Option<Vec<SourceRow>> {
    let parts = front.parts(SOURCES.name)?;
    parts.iter().enumerate().map(|(at, part)| source_row(at, part)).collect()
}

/// Returns the titles and kinds of the notes that sources name, by the names that are written.
pub(super) fn source_notes(
    site: &Site,
    place: &NotePlace,
    rows: &[SourceRow],
) -> BTreeMap<String, String> {
    let wanted: BTreeMap<String, &String> =
        rows.iter().map(|row| (fold(unlinked(&row.note)), &row.note)).collect();
    let mut found = BTreeMap::new();
    if wanted.keys().all(String::is_empty) {
        return found;
    }
    for (_, note) in site.notes().filter(|(_, note)| note.facts.place.language == place.language) {
        let path = &note.facts.place.path;
        let stem = path.rsplit('/').next().unwrap_or(path);
        for name in [stem, path].into_iter().filter_map(|name| wanted.get(&fold(name))) {
            let card = &note.facts.card;
            let shown = || format!("{} ({})", card.title, card.kind_title);
            found.entry((*name).clone()).or_insert_with(shown);
        }
    }
    found
}

fn source_row(at: usize, part: &PlacedPart) -> Option<SourceRow> {
    let mut row = SourceRow { was: Some(at), ..SourceRow::default() };
    for setting in &part.settings {
        let SettingForm::One(value) = &setting.form else { return None };
        if value.contains(char::is_control) {
            return None;
        }
        row.value_mut(&setting.key)?.clone_from(value);
    }
    (!part.settings.is_empty()).then_some(row)
}

/// Returns a text with these sources.
pub(super) fn with_sources(
    text: String,
    path: &SourcePath,
    kind: &Kind,
    rows: &[SourceRow],
) -> Result<String, SetError> {
    let rows: Vec<&SourceRow> = rows.iter().filter(|row| !row.is_empty()).collect();
    let after = with_key_changed(text, path, kind, SOURCES.name, |text| {
        let front = front_matter(&text, path)?;
        let before = source_rows(&front).ok_or_else(|| unchangeable(SOURCES.name))?;
        let rewriting = SourceEditing { front: &front, kind, before: &before };
        let edits = rewriting.edits(&rows)?;
        with_edits(&text, &edits).ok_or_else(|| unchangeable(SOURCES.name))
    })?;
    let read = source_rows(&front_matter(&after, path)?).unwrap_or_default();
    let values = |row: &SourceRow| row.values().map(|(_, value)| value.to_owned());
    let is_as_meant = read.iter().map(values).eq(rows.iter().map(|row| values(row)));
    if is_as_meant { Ok(after) } else { Err(unchangeable(SOURCES.name)) }
}

/// The edits of the sources of a note.
struct SourceEditing<'a> {
    front: &'a WrittenFrontMatter<'a>,
    kind: &'a Kind,
    before: &'a [SourceRow],
}

impl SourceEditing<'_> {
    fn edits(&self, rows: &[&SourceRow]) -> Result<Vec<TextEdit>, SetError> {
        let front = self.front;
        let parts = front.parts(SOURCES.name).unwrap_or_default();
        let setting = front.setting(SOURCES.name);
        let mut kept = rows.iter().filter_map(|row| row.was);
        let mut last = None;
        let is_in_order = kept.all(|was| last.replace(was) < Some(was) && was < parts.len());
        let (old, new): (Vec<&SourceRow>, Vec<&SourceRow>) =
            rows.iter().partition(|row| row.was.is_some());
        let is_grouped =
            rows.iter().skip_while(|row| row.was.is_some()).all(|row| row.was.is_none());
        if !is_in_order || !is_grouped {
            return Err(
                "the order of the sources can't be changed here: change it in the file".to_owned()
            );
        }
        let has_lines = setting.is_some_and(|setting| self.has_lines(setting, &parts));
        let has_all = old.len() == parts.len() && new.is_empty();
        let same_keys = |row: &&SourceRow| {
            let before = row.was.map(|was| self.before[was].values());
            let is_set = |values: [(&str, &str); 5]| values.map(|(_, value)| value.is_empty());
            before.map(is_set) == Some(is_set(row.values()))
        };
        if let Some(setting) =
            setting.filter(|_| !(has_lines || has_all && old.iter().all(same_keys)))
        {
            // A list in brackets stands in few lines, so it is written anew.
            return match rows {
                [] => Ok(remove_setting(front, setting)),
                rows => Ok(put_value(front, setting, self.in_brackets(rows)?)),
            };
        }
        let mut edits = Vec::new();
        for (at, part) in parts.iter().enumerate() {
            match old.iter().find(|row| row.was == Some(at)) {
                Some(row) => self.change(part, &self.before[at], row, &mut edits)?,
                None => edits.push(edit(self.lines_of(part), "")),
            }
        }
        if old.is_empty()
            && front.notation == Notation::Yaml
            && let Some((setting, last)) = setting.zip(parts.last())
        {
            // None of the old ones stays, so the key goes with them or is written anew.
            let place = front.line_start(setting.key_place.start)..self.lines_of(last).end;
            let text = if new.is_empty() { String::new() } else { self.in_lines(&new, None)? };
            return Ok(vec![edit(place, &text)]);
        }
        if !new.is_empty() {
            edits.extend(self.add(&parts, &new)?);
        }
        edits.sort();
        Ok(edits)
    }

    /// Says whether each source stands in lines of its own: below a heading in TOML, behind a hyphen in YAML.
    fn has_lines(&self, setting: &SettingPlace, parts: &[PlacedPart]) -> bool {
        let front = self.front;
        let begins_line = |part: &PlacedPart| {
            let at = part.settings[0].key_place.start;
            front.text[front.line_start(at)..at].trim_start().starts_with('-')
        };
        match front.notation {
            Notation::Toml => !front.is_line(setting),
            Notation::Yaml => {
                !parts.is_empty()
                    && parts.iter().all(begins_line)
                    && !front.text[setting.place.clone()].starts_with('[')
            }
        }
    }

    /// Returns the lines of a source, with its heading or hyphen.
    fn lines_of(&self, part: &PlacedPart) -> Range<usize> {
        let front = self.front;
        let (first, last) = (&part.settings[0], &part.settings[part.settings.len() - 1]);
        let mut start = front.line_start(first.key_place.start);
        if front.notation == Notation::Toml {
            let heading = |line: &str| line.trim_start().starts_with("[[");
            while start > front.block.start && !heading(&front.text[start..]) {
                start = front.line_start(start - 1);
            }
            // The empty line that parts it from what is above goes with it.
            if front.text[front.block.start..start].ends_with("\n\n") {
                start -= 1;
            }
        }
        start..front.next_line(last.place.end).min(front.block.end)
    }

    fn change(
        &self,
        part: &PlacedPart,
        before: &SourceRow,
        row: &SourceRow,
        edits: &mut Vec<TextEdit>,
    ) -> Result<(), SetError> {
        let front = self.front;
        let mut added = String::new();
        for ((key, old), (_, new)) in before.values().into_iter().zip(row.values()) {
            let setting = part.settings.iter().find(|setting| setting.key == key);
            match setting {
                _ if old == new => {}
                Some(setting)
                    if new.is_empty()
                        && part.settings[0].key == key
                        && front.notation == Notation::Yaml =>
                {
                    // The hyphen stands before its key.
                    let next = part.settings.get(1).ok_or_else(|| unchangeable(SOURCES.name))?;
                    edits.push(edit(setting.key_place.start..next.key_place.start, ""));
                }
                Some(setting) if new.is_empty() => edits.extend(remove_setting(front, setting)),
                Some(setting) => {
                    let manner = &front.text[setting.place.clone()];
                    edits.extend(put_value(front, setting, self.written(key, new, Some(manner))?));
                }
                None => {
                    let indent = self.indent(part);
                    let line = front.notation.setting(key, &self.written(key, new, None)?);
                    added.push_str(&format!("{}{indent}{line}", front.line_break()));
                }
            }
        }
        if !added.is_empty() {
            let last = &part.settings[part.settings.len() - 1];
            let at = front.line_end(last.place.end);
            edits.push(edit(at..at, &added));
        }
        Ok(())
    }

    /// Returns what stands before each further key of a source.
    fn indent(&self, part: &PlacedPart) -> String {
        blank(self.before_first(part))
    }

    /// Returns what stands before the first key of a source in its line.
    fn before_first(&self, part: &PlacedPart) -> &str {
        let at = part.settings[0].key_place.start;
        &self.front.text[self.front.line_start(at)..at]
    }

    /// Returns the edits that add sources after those that are there.
    fn add(&self, parts: &[PlacedPart], new: &[&SourceRow]) -> Result<Vec<TextEdit>, SetError> {
        let front = self.front;
        if !front.is_fenced {
            return Ok(insert_setting(front, self.kind, SOURCES.name, &self.in_brackets(new)?));
        }
        let at = parts.last().map_or(front.block.end, |part| self.lines_of(part).end);
        let text = self.in_lines(new, parts.first())?;
        let is_parted = at == front.block.start || front.text[..at].ends_with("\n\n");
        let text = text.strip_prefix(front.line_break()).filter(|_| is_parted).unwrap_or(&text);
        Ok(vec![edit(at..at, text)])
    }

    /// Returns sources in lines of their own, laid out as `like`, if there is one before them.
    fn in_lines(&self, rows: &[&SourceRow], like: Option<&PlacedPart>) -> Result<String, SetError> {
        let (notation, mut lines) = (self.front.notation, Vec::new());
        let first = match (notation, like) {
            (Notation::Toml, _) => "",
            (Notation::Yaml, None) => {
                lines.push(notation.heading(SOURCES.name));
                "  - "
            }
            (Notation::Yaml, Some(part)) => self.before_first(part),
        };
        for row in rows {
            if notation == Notation::Toml {
                lines.extend([String::new(), notation.heading(SOURCES.name)]);
            }
            let mut before = first.to_owned();
            for (key, value) in row.values().into_iter().filter(|(_, value)| !value.is_empty()) {
                let setting = notation.setting(key, &self.written(key, value, None)?);
                lines.push(format!("{before}{setting}"));
                before = blank(first);
            }
        }
        let line_break = self.front.line_break();
        Ok(lines.iter().map(|line| format!("{line}{line_break}")).collect())
    }

    /// Returns the sources as one value.
    fn in_brackets(&self, rows: &[&SourceRow]) -> Result<String, SetError> {
        let mut parts = Vec::new();
        for row in rows {
            let mut values = Vec::new();
            for (key, value) in row.values().into_iter().filter(|(_, value)| !value.is_empty()) {
                values.push((key, self.written(key, value, None)?));
            }
            let values: Vec<(&str, &str)> =
                values.iter().map(|(key, value)| (*key, value.as_str())).collect();
            parts.push(self.front.notation.part(&values));
        }
        Ok(format!("[{}]", parts.join(", ")))
    }

    fn written(&self, key: &str, value: &str, manner: Option<&str>) -> Result<String, SetError> {
        let sort = if key == "accessed" { ValueSort::Date } else { ValueSort::Text };
        written_value(sort, self.front.notation, value, manner)
    }
}

/// Returns as many blanks as a text has characters.
fn blank(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { c } else { ' ' }).collect()
}

fn edit(place: Range<usize>, text: &str) -> TextEdit {
    TextEdit { span: Span::from(place), text: text.to_owned() }
}
