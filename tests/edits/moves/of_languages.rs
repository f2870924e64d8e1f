//! Random changes of the languages of a book: their settings, its words in them, and versions of its notes.

use fieldbook::translation::record_of;
use fieldbook::workspace::Workspace;

use crate::history::{Put, edits};
use crate::random::Random;
use crate::support::options;
use crate::text;
use crate::world::{MOST, World, identity, quoted};

/// Sets the further languages of the book, with what becomes of notes that were not translated into each.
pub(crate) fn settings(world: &mut World, random: &mut Random) {
    let settings = |random: &mut Random| {
        let untranslated = random.pick(&[
            "",
            "untranslated = \"page\"",
            "untranslated = \"link\"",
            "untranslated = \"hide\"",
        ]);
        let title =
            random.pick(&["", "", "title = \"Le livre\"", "description = \"Ce que c'est.\""]);
        let both = [untranslated, title];
        both.into_iter().filter(|setting| !setting.is_empty()).collect::<Vec<_>>().join(", ")
    };
    let tables: Vec<String> = random
        .pick(&[&["fr"][..], &["fr", "ar"], &["ar", "fr"], &["ar"]])
        .iter()
        .map(|language| format!("{language} = {{ {} }}", settings(random)))
        .collect();
    world.book.keys.insert("languages", format!("{{ {} }}", tables.join(", ")));
}

/// Gives the kinds, fields and words of lists other titles in a language, or takes them away.
pub(crate) fn labels(world: &mut World, random: &mut Random) {
    let language = random.pick(&["fr", "fr", "ar", "en"]);
    let path = format!("themes/default/i18n/{language}.toml");
    let before = world.files.get(&path).map(|text| String::from_utf8_lossy(text).into_owned());
    // The file of the language of the book holds all words of the interface, so only its end is changed.
    let builtin = || if language == "en" { super::of_files::builtin(&path) } else { String::new() };
    let words = before.unwrap_or_else(builtin);
    let words = words.split("\n[kinds.").next().unwrap_or_default().trim_end();
    let mut text = format!("{words}\n");
    if random.chance(80) {
        let mark = world.mark();
        let table = random.pick(&[
            "[kinds.theme]\ntitle = \"Thème MARK\"\n",
            "[kinds.theme]\nplural = \"Thèmes MARK\"\n",
            "[kinds.lesson]\ntitle = \"Leçon MARK\"\nplural = \"Leçons MARK\"\n",
            "[kinds.lesson.fields]\nthemes.title = \"Sujets MARK\"\n",
            "[kinds.lesson.fields]\nthemes.inverse = \"Classées MARK\"\n",
            "[kinds.lesson.fields]\nbasis.words.seen = \"Vu MARK\"\n",
            "[kinds.theme.fields]\nnear.inverse = \"Proche MARK\"\nbasis.words.told = \"Dit MARK\"\n",
            "[kinds.country]\nplural = \"Pays MARK\"\n",
        ]);
        text.push_str(&format!("\n{}", table.replace("MARK", &mark.to_string())));
    }
    world.files.insert(path, text.into_bytes());
}

/// Returns the path that a note has, or would have, in a language.
fn version(path: &str, language: &str) -> String {
    let stem = [".fr.md", ".ar.md", ".md"].iter().find_map(|ending| path.strip_suffix(ending));
    format!("{}{language}.md", stem.unwrap_or(path))
}

/// Adds a version of a note in another language: with the values of its fields, some of them, or none.
pub(crate) fn translate(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let to = version(&path, random.pick(&[".fr", ".fr", ".ar", ""]));
    if world.notes.len() >= MOST || world.notes.contains_key(&to) {
        return;
    }
    let mut note = world.notes[&path].clone();
    let share = random.pick(&[0, 50, 100]);
    note.keys.retain(|key, _| *key == "title" || random.chance(share));
    if random.chance(40) {
        note.blocks = vec![text::words(random)];
    }
    world.notes.insert(to, note);
}

/// Gives a version of a note another language.
pub(crate) fn change_language(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let to = version(&path, random.pick(&[".fr", ".ar", ""]));
    if let Some(note) = world.notes.remove(&path) {
        // Two versions swap their languages.
        if let Some(other) = world.notes.insert(to, note) {
            world.notes.insert(path, other);
        }
    }
}

/// Moves all versions of a note.
pub(crate) fn rename_work(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let (from, to) = (identity(&path).to_owned(), identity(&world.new_path(random)).to_owned());
    let paths: Vec<String> =
        world.notes.keys().filter(|path| identity(path) == from).cloned().collect();
    for path in paths {
        let ending = &path[path.find('.').unwrap_or(path.len())..];
        if let Some(note) = world.notes.remove(&path) {
            world.notes.insert(format!("{to}{ending}"), note);
        }
    }
}

/// Removes a version of a note that has several, often the original, so that another one becomes it.
pub(crate) fn remove_version(world: &mut World, random: &mut Random) {
    let others = |path: &String| {
        world.notes.keys().filter(|other| identity(other) == identity(path)).count() > 1
    };
    let several = random.any(world.notes.keys().filter(|path| others(path)).cloned());
    if let Some((path, note)) = several.and_then(|path| world.notes.remove_entry(&path)) {
        world.graves.push((path, note));
    }
}

/// Returns a translation.
fn translation(world: &World, random: &mut Random) -> Option<String> {
    let is_translation = |path: &&String| {
        let original = version(path, "");
        original != **path && world.notes.contains_key(&original)
    };
    random.any(world.notes.keys().filter(is_translation).cloned())
}

/// Lets a translation record its original as it is now, changes a hash in what it recorded, or takes the record away.
pub(crate) fn record(world: &mut World, random: &mut Random) {
    let Some(path) = translation(world, random) else { return };
    let now = recorded(world, &version(&path, ""));
    let Some(note) = world.notes.get_mut(&path) else { return };
    let mut parts = note.list("translated-from");
    if parts.is_empty() || random.chance(40) {
        parts = now;
    } else if random.chance(15) {
        note.keys.remove("translated-from");
        return;
    } else {
        let at = random.below(parts.len());
        match random.below(3) {
            0 => drop(parts.remove(at)),
            1 => {
                let other = random.below(parts.len());
                parts.swap(at, other);
            }
            _ => {
                parts[at].pop();
                parts[at].push(random.pick(&['0', '1']));
            }
        }
    }
    note.set_list("translated-from", &parts);
}

/// Returns what a translation of the note at `path` records today.
fn recorded(world: &World, path: &str) -> Vec<String> {
    let mut files = world.render();
    let path = format!("content/{path}");
    files.retain(|other, _| *other == path || other == "book.toml");
    let puts: Vec<Put> =
        files.into_iter().map(|(path, bytes)| Put { path, bytes: Some(bytes) }).collect();
    let mut workspace = Workspace::new(options());
    // What is wrong with the note, the history reports.
    let _ = workspace.apply(edits(&puts));
    let Some(site) = workspace.site() else { return Vec::new() };
    let note = site.notes().find(|(_, note)| note.source.as_str() == path);
    let record =
        note.map(|(_, note)| record_of(&site.config.kind(note.facts.kind).fields, &note.parts));
    record.into_iter().flatten().map(|part| part.to_string()).collect()
}

/// Says of a translation how far it may be relied on, who made it, and when.
pub(crate) fn details(world: &mut World, random: &mut Random) {
    let Some(path) = translation(world, random) else { return };
    let mark = world.mark();
    let (key, value) = random.pick(&[
        ("translation", quoted("official")),
        ("translation", quoted("machine")),
        ("translated-by", quoted(&format!("Person {mark}"))),
        ("translated-on", "2025-03-02".to_owned()),
    ]);
    if let Some(note) = world.notes.get_mut(&path) {
        note.keys.insert(key, value);
    }
}
