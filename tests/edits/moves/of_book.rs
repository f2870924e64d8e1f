//! Random changes of the configuration.

use crate::book::{FIELDS, KINDS, Kind};
use crate::random::Random;
use crate::world::World;

/// Sets a key to one of these values, or removes it if the value is missing.
fn set(world: &mut World, key: &'static str, values: &[&str], random: &mut Random) {
    match random.pick(values) {
        "" => world.book.keys.remove(key),
        value => world.book.keys.insert(key, value.to_owned()),
    };
}

pub(crate) fn paginate(world: &mut World, random: &mut Random) {
    set(world, "paginate", &["1", "2", "3", "50", ""], random);
}

pub(crate) fn key(world: &mut World, random: &mut Random) {
    match random.below(5) {
        0 => set(world, "title", &["\"The book\"", "\"Another\"", "\"Alpha\""], random),
        1 => set(world, "description", &["", "\"What it is.\"", "\"<em>\""], random),
        2 | 3 => {
            let urls = ["", "\"https://example.org/\"", "\"https://example.org/b/\""];
            set(world, "base-url", &urls, random);
        }
        _ => set(world, "edit-url", &["", "\"https://example.org/edit/{path}\""], random),
    }
}

pub(crate) fn menu(world: &mut World, random: &mut Random) {
    let menus =
        ["", "[]", "[\"lesson\"]", "[\"theme\", \"lesson\"]", "[\"guide\", \"themes/alpha\"]"];
    set(world, "menu", &menus, random);
}

pub(crate) fn languages(world: &mut World, random: &mut Random) {
    match random.chance(75) {
        true => set(
            world,
            "languages",
            &[
                "",
                "[\"fr\"]",
                "[\"fr\", \"ar\"]",
                "[\"ar\", \"fr\"]",
                "{ fr = { fallback = [\"ar\"] }, ar = { fallback = [\"fr\"] } }",
            ],
            random,
        ),
        false => set(world, "language", &["", "\"en\"", "\"fr\""], random),
    }
}

pub(crate) fn theme(world: &mut World, random: &mut Random) {
    set(world, "theme", &["\"default\"", "\"other\""], random);
}

/// Returns a random kind.
fn kind<'w>(world: &'w mut World, random: &mut Random) -> Option<&'w mut Kind> {
    let at = random.below(world.book.kinds.len());
    world.book.kinds.get_mut(at)
}

pub(crate) fn kind_key(world: &mut World, random: &mut Random) {
    let keys: [(usize, &str, &[&str]); 9] = [
        (3, "order", &["order", "title", "date", "-date", "path"]),
        (2, "plural", &["Things", "Items", "Alpha"]),
        (1, "title", &["Thing", "Item"]),
        (2, "numbered", &[]),
        (2, "feed", &[]),
        (2, "in-full", &[]),
        (1, "colours", &["1", "2", "8"]),
        (1, "about", &["https://schema.org/Thing"]),
        (1, "folder", &["themes", "lessons", "guides", "guides2"]),
    ];
    let places: Vec<(usize, usize)> = keys.iter().map(|key| key.0).zip(0..).collect();
    let (_, key, values) = keys[random.weighted(&places)];
    let Some(kind) = kind(world, random).filter(|kind| kind.name != "page" || key != "folder")
    else {
        return;
    };
    match kind.keys.contains_key(key) && key != "folder" && random.chance(40) {
        true => drop(kind.keys.remove(key)),
        false if values.is_empty() => drop(kind.keys.insert(key, "true".to_owned())),
        false if key == "colours" => drop(kind.keys.insert(key, (*random.pick(values)).to_owned())),
        false => drop(kind.keys.insert(key, format!("\"{}\"", random.pick(values)))),
    }
}

/// Gives every note the fields of its kind, or does nothing.
fn refit(world: &mut World, random: &mut Random) {
    if random.chance(85) {
        let paths: Vec<String> = world.notes.keys().cloned().collect();
        paths.iter().for_each(|path| world.refit(path, random));
    }
}

pub(crate) fn remove_field(world: &mut World, random: &mut Random) {
    let Some(kind) = kind(world, random) else { return };
    if let Some(name) = random.any(kind.fields.keys().copied()) {
        kind.fields.remove(name);
        refit(world, random);
    }
}

pub(crate) fn add_field(world: &mut World, random: &mut Random) {
    let Some(kind) = kind(world, random) else { return };
    let missing =
        |field: &&(&str, &str, &str)| field.0 == kind.name && !kind.fields.contains_key(field.1);
    if let Some((_, name, spec)) = random.any(FIELDS.iter().filter(missing)) {
        kind.fields.insert(name, (*spec).to_owned());
        refit(world, random);
    }
}

/// Adds a property to a field, or removes it.
pub(crate) fn change_field(world: &mut World, random: &mut Random) {
    let Some(kind) = kind(world, random) else { return };
    let Some(spec) = random.any(kind.fields.values_mut()) else { return };
    let changes = ["open = true", "required = true", "title = \"Label\"", "title = \"Tag\""];
    let inverses = ["inverse = \"Back\"", "inverse = \"Seen in\""];
    let change = if random.chance(60) { random.pick(&changes) } else { random.pick(&inverses) };
    let key = change.split(' ').next().unwrap_or_default();
    let without = match spec.split_once(&format!(", {key} =")) {
        Some((before, after)) => {
            format!("{before} {}", &after[after.find([',', '}']).unwrap_or(after.len())..])
        }
        None => spec.clone(),
    };
    *spec = match without == *spec || random.chance(50) {
        true => without.replace(" }", &format!(", {change} }}")),
        false => without,
    };
    refit(world, random);
}

pub(crate) fn remove_kind(world: &mut World, random: &mut Random) {
    let at = random.below(world.book.kinds.len());
    let kind = &world.book.kinds[at];
    let wanted = format!("\"{}\"", kind.name);
    let named = |kind: &Kind| kind.fields.values().any(|spec| spec.contains(&wanted));
    if !world.book.kinds.iter().any(named) || random.chance(10) {
        world.book.kinds.remove(at);
        refit(world, random);
    }
}

pub(crate) fn add_kind(world: &mut World, random: &mut Random) {
    let missing = |kind: &&(&str, &str)| world.book.kinds.iter().all(|known| known.name != kind.0);
    let deep = ("deep", "lessons/deep");
    let Some((name, folder)) = random.any(KINDS.iter().chain([&deep]).filter(missing)) else {
        return;
    };
    let at = random.below(world.book.kinds.len() + 1);
    world.book.kinds.insert(at, Kind::new(name, folder));
    refit(world, random);
}

/// Adds or removes a line of comment, which moves all positions after it.
pub(crate) fn comment(world: &mut World, random: &mut Random) {
    world.book.comments = random.below(3);
}

pub(crate) fn harm(world: &mut World, random: &mut Random) {
    let harms = ["", "\n[nothing]\n", "\n= =\n", "\n[kinds.theme]\n", "\n[kinds.odd]\ntitle = 3\n"];
    world.book.wrong = random.pick(&harms);
}
