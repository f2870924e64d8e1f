//! A new note of a kind: its file, with what the kind asks for.

use super::remarks::with_remarks;
use super::set::{Assignment, SetOperation, set_values};
use crate::config::{Config, KindId};
use crate::note::Origin;
use crate::note_settings::WrittenFrontMatter;
use crate::path::SourcePath;
use crate::site::Site;
use crate::slug::{fit, fold};
use crate::source::Source;
use crate::table::Notation;

/// The longest name of a new file, in bytes, without its ending.
const LONGEST_NAME: usize = 80;

/// The names of files that stand for their folders.
const OF_FOLDERS: [&str; 2] = ["index", "readme"];

/// The wishes for a new note.
#[derive(Clone, Debug)]
pub struct NewNote<'a> {
    /// The kind.
    pub kind: KindId,
    /// The title.
    pub title: &'a str,
    /// The values to set.
    pub values: &'a [Assignment],
    /// True if readers are not to see it yet.
    pub is_draft: bool,
    /// The text, perhaps with front matter; none for an empty note.
    pub text: Option<&'a str>,
    /// The notation of the front matter, where the text has none.
    pub notation: Notation,
}

/// Returns the path of a new note in the folder of its kind, or says why there can be none.
pub fn new_path(config: &Config, kind: KindId, title: &str) -> Result<SourcePath, String> {
    new_path_in(config, config.kind(kind).folder.as_deref().unwrap_or_default(), title)
}

/// Returns the path of a new note in a folder below that of the notes, or says why there can be none.
pub fn new_path_in(config: &Config, folder: &str, title: &str) -> Result<SourcePath, String> {
    let mut name = fit(title).unwrap_or_default();
    while name.len() > LONGEST_NAME {
        let end = name.floor_char_boundary(LONGEST_NAME);
        let cut = name[..end].rfind('-').filter(|at| *at > 0).unwrap_or(end);
        name.truncate(cut);
    }
    if name.is_empty() {
        return Err(format!("the title \"{title}\" has no letters or digits to name a file by"));
    }
    if OF_FOLDERS.contains(&name.as_str()) {
        return Err(format!(
            "a file called {name}.md is the page of its folder: choose another title"
        ));
    }
    let below = match folder {
        "" => format!("{name}.md"),
        folder => format!("{folder}/{name}.md"),
    };
    Ok(SourcePath::in_notes_of(&config.content, &below))
}

/// Returns the text of a new note at `path`, or says why there can be none.
pub fn new_note(site: &Site, path: &SourcePath, note: &NewNote<'_>) -> Result<String, String> {
    let config = &site.config;
    let kind = config.kind(note.kind);
    let text = note.text.unwrap_or("").replace("\r\n", "\n");
    let text = text.trim_start_matches('\u{feff}');
    let given = WrittenFrontMatter::of(path, text)
        .ok_or("the front matter of the text can't be read; correct it, or leave it out")?;
    let mut text = if given.is_fenced {
        text.to_owned()
    } else {
        let fence = note.notation.fence();
        let body = without_title(text, note.title).trim_start_matches('\n');
        let gap = if body.trim().is_empty() { "" } else { "\n" };
        format!("{fence}\n{fence}\n{gap}{body}")
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let own = |key: &str, value: &str| Assignment {
        key: key.to_owned(),
        operation: SetOperation::Put,
        value: value.to_owned(),
    };
    let mut values = Vec::new();
    if given.setting("title").is_none() {
        values.push(own("title", note.title));
    }
    let has = |key: &str| {
        given.setting(key).is_some() || note.values.iter().any(|value| value.key == key)
    };
    if note.is_draft && !["draft", "status", "publish"].into_iter().any(has) {
        values.push(own("draft", "true"));
    }
    values.extend(note.values.iter().cloned());
    let text = set_values(&Source::new(path.clone(), text.into_bytes()), config, &values)?;
    Ok(with_remarks(site, path, kind, text))
}

/// Returns a text without the heading with which it begins, if that is the title.
fn without_title<'t>(text: &'t str, title: &str) -> &'t str {
    let start = text.trim_start();
    let heading = start.strip_prefix("# ");
    let (line, rest) =
        heading.map_or(("", text), |heading| heading.split_once('\n').unwrap_or((heading, "")));
    if fold(line.trim()) == fold(title.trim()) { rest } else { text }
}

/// Returns the notation in which the notes of a kind are written.
pub fn usual_notation(
    site: &Site,
    kind: KindId,
    text: impl Fn(&SourcePath) -> Option<String>,
) -> Notation {
    let of_kind =
        |note: &crate::note::Note| note.facts.kind == kind && note.facts.origin == Origin::File;
    let last = site.notes().filter(|(_, note)| of_kind(note)).last();
    let last = last.or_else(|| site.notes().find(|(_, note)| note.facts.origin == Origin::File));
    match last.and_then(|(_, note)| text(&note.source)) {
        Some(text) if text.starts_with(Notation::Yaml.fence()) => Notation::Yaml,
        _ => Notation::Toml,
    }
}
