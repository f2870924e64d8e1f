//! Random changes of whole notes.

use crate::book::Book;
use crate::random::Random;
use crate::text;
use crate::world::{ALIASES, COUNTRIES, Harm, MOST, STEMS, World, identity, quoted, split};

fn set(world: &mut World, path: &str, key: &'static str, value: String) {
    if let Some(note) = world.notes.get_mut(path) {
        note.keys.insert(key, value);
    }
}

pub(crate) fn title(world: &mut World, random: &mut Random) {
    let title = world.new_title(random);
    if let Some(path) = world.some(random) {
        set(world, &path, "title", quoted(&title));
    }
}

/// Makes a title ambiguous, or unique again.
pub(crate) fn title_of_another(world: &mut World, random: &mut Random) {
    let (Some(path), Some(other)) = (world.some(random), world.some(random)) else { return };
    let title = match random.chance(50) {
        true => world.notes[&other].title(),
        false => format!("Only {}", world.mark()),
    };
    set(world, &path, "title", quoted(&title));
}

/// Adds a name or a former address to a note, or removes one.
pub(crate) fn alias(world: &mut World, random: &mut Random) {
    let named = |path: &&String| !world.notes[*path].list("aliases").is_empty();
    let named = random.any(world.notes.keys().filter(named).cloned());
    let removes = named.is_some() && random.chance(40);
    let some = if removes { named } else { world.some(random) };
    let Some(note) = some.and_then(|path| world.notes.get_mut(&path)) else { return };
    let mut aliases = note.list("aliases");
    match removes {
        true => drop(aliases.remove(random.below(aliases.len()))),
        false => aliases.push(random.pick(ALIASES).to_owned()),
    }
    note.set_list("aliases", &aliases);
}

/// Adds a name, and a link that uses it.
pub(crate) fn linked_alias(world: &mut World, random: &mut Random) {
    let (Some(path), Some(from)) = (world.some(random), world.some(random)) else { return };
    let name = random.pick(&["Old name", "Eau", "Alpha"]);
    for (path, is_target) in [(path, true), (from, false)] {
        let Some(note) = world.notes.get_mut(&path) else { continue };
        if !is_target {
            note.blocks.push(format!("We saw [[{name}]]."));
        } else if !note.list("aliases").iter().any(|alias| alias == name) {
            let aliases = [note.list("aliases"), vec![name.to_owned()]].concat();
            note.set_list("aliases", &aliases);
        }
    }
}

/// Sets a key that every note may have.
pub(crate) fn common_key(world: &mut World, random: &mut Random) {
    let keys = [
        (3, "date"),
        (2, "updated"),
        (3, "order"),
        (2, "summary"),
        (3, "supersedes"),
        (2, "sources"),
        (1, "review-by"),
        (1, "changes"),
    ];
    let key = random.weighted(&keys);
    let Some(path) = world.some(random) else { return };
    let value = text::value(world, key, random);
    set(world, &path, key, value);
}

pub(crate) fn status(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let status = random.pick(&["draft", "draft", "published", "withdrawn", "endorsed"]);
    if random.chance(70) {
        set(world, &path, "status", quoted(status));
    }
    if random.chance(95) {
        set(world, &path, "endorsed-by", quoted(random.pick(&["The group", "The board"])));
        set(world, &path, "withdrawn-reason", quoted(&text::words(random)));
    }
}

/// Makes a note supersede one that supersedes another, so that chains grow.
pub(crate) fn supersede_more(world: &mut World, random: &mut Random) {
    let newest = |path: &&String| world.notes[*path].keys.contains_key("supersedes");
    let newest = random.any(world.notes.keys().filter(newest).cloned());
    let (Some(from), Some(to)) = (world.some(random), newest.or_else(|| world.some(random))) else {
        return;
    };
    if from != to {
        set(world, &from, "supersedes", format!("[{}]", quoted(identity(&to))));
    }
}

/// Changes the value of a field of a note's kind.
pub(crate) fn field(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let Some(name) = random.any(world.book.fields_of(&path).into_keys()) else { return };
    let value = text::value(world, name, random);
    set(world, &path, name, value);
}

/// Adds or removes a name in an open field, which creates or removes a page.
pub(crate) fn open_field(world: &mut World, random: &mut Random) {
    let is_open = |path: &&String| world.book.fields_of(path).contains_key("countries");
    let Some(path) = random.any(world.notes.keys().filter(is_open).cloned()) else { return };
    let mut names = world.notes[&path].list("countries");
    match random.chance(60) {
        true => names.push(random.pick(COUNTRIES).to_owned()),
        false => drop(names.pop()),
    }
    if let Some(note) = world.notes.get_mut(&path) {
        note.set_list("countries", &names);
    }
}

pub(crate) fn remove_key(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let keep = |key: &&str| !matches!(*key, "title" | "themes");
    let key = random.any(world.notes[&path].keys.keys().copied().filter(keep));
    if let (Some(note), Some(key)) = (world.notes.get_mut(&path), key) {
        note.keys.remove(key);
    }
}

pub(crate) fn add(world: &mut World, random: &mut Random) {
    if world.notes.len() >= MOST {
        return delete(world, random);
    }
    let path = world.new_path(random);
    world.add(path, random);
}

/// Adds or removes the page of a folder, which exists without a file too.
pub(crate) fn add_index(world: &mut World, random: &mut Random) {
    let folder = random.pick(&["", "themes/", "lessons/", "guides/", "countries/"]);
    let path = format!("{folder}index{}.md", random.pick(&["", "", ".fr", ".ar"]));
    if world.notes.len() < MOST && !world.notes.contains_key(&path) {
        world.add(path.clone(), random);
    }
    if random.chance(30) {
        set(world, &path, "status", quoted("draft"));
    }
}

pub(crate) fn delete(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    if let Some(note) = world.notes.remove(&path) {
        world.graves.push((path, note));
    }
}

pub(crate) fn bring_back(world: &mut World, random: &mut Random) {
    if world.graves.is_empty() || world.notes.len() >= MOST {
        return delete(world, random);
    }
    let at = random.below(world.graves.len());
    let (path, note) = world.graves.remove(at);
    world.notes.insert(path, note);
}

/// Moves a note to another path, with the fields that fit there.
fn relocate(world: &mut World, from: &str, to: String, random: &mut Random) {
    if let Some(note) = world.notes.remove(from) {
        world.notes.insert(to.clone(), note);
        if random.chance(90) {
            world.refit(&to, random);
        }
    }
}

pub(crate) fn rename(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let to = world.new_path(random);
    let former = format!("{}/", identity(&path));
    relocate(world, &path, to.clone(), random);
    if let Some(note) = world.notes.get_mut(&to).filter(|_| random.chance(50)) {
        note.set_list("aliases", &[former]);
    }
}

/// Gives a note the name or the address that is another's alias.
pub(crate) fn rename_over_alias(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let aliases = world.notes.values().flat_map(|note| note.list("aliases"));
    let Some(alias) = random.any(aliases.filter(|alias| !alias.contains(' '))) else { return };
    let stem = alias.trim_end_matches('/').trim_end_matches(".html").to_lowercase();
    let to = if stem.contains('/') { stem } else { format!("{}{stem}", split(&path).0) };
    relocate(world, &path, format!("{to}.md"), random);
}

pub(crate) fn move_folder(world: &mut World, random: &mut Random) {
    let moves =
        [("lessons/deep/", "lessons/"), ("lessons/", "guides/"), ("guides/", "lessons/deep/")];
    let (from, to) = random.pick(&moves);
    let paths: Vec<String> = world.notes.keys().cloned().collect();
    for path in paths.into_iter().filter(|path| path.starts_with(from)) {
        let moved = path.replacen(from, to, 1);
        relocate(world, &path, moved, random);
    }
}

/// Swaps two notes.
pub(crate) fn swap(world: &mut World, random: &mut Random) {
    let (Some(one), Some(two)) = (world.some(random), world.some(random)) else { return };
    let (first, second) = (world.notes[&one].clone(), world.notes[&two].clone());
    world.notes.insert(one.clone(), second);
    world.notes.insert(two.clone(), first);
    world.refit(&one, random);
    world.refit(&two, random);
}

/// Makes a whole file invalid, or repairs it.
pub(crate) fn harm(world: &mut World, random: &mut Random) {
    let harms =
        [Harm::Toml, Harm::Unclosed, Harm::NoFrontMatter, Harm::NotText, Harm::Empty].map(Some);
    let Some(path) = world.some(random) else { return };
    if let Some(note) = world.notes.get_mut(&path) {
        note.harm = if note.harm.is_some() { None } else { random.pick(&harms) };
    }
}

/// Adds a key that the note's kind does not know.
pub(crate) fn unknown_key(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let known = |key: &&str| Book::is_field(key);
    let key = random.pick(&["weight", "themes", "tilte", "basis"]);
    let value = if known(&key) {
        text::value(world, key, random)
    } else {
        random.pick(STEMS).len().to_string()
    };
    set(world, &path, key, value);
}
