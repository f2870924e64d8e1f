//! Random changes of the text of a note.

use crate::random::Random;
use crate::text;
use crate::world::{Note, World, identity};

/// Returns the index of a block of a note that contains `what`.
fn find(note: &Note, what: &str, random: &mut Random) -> Option<usize> {
    let found = note.blocks.iter().enumerate().filter(|(_, block)| block.contains(what));
    random.any(found.map(|(at, _)| at))
}

/// Returns a random note with its path.
fn some<'w>(world: &'w mut World, random: &mut Random) -> Option<(String, &'w mut Note)> {
    let path = world.some(random)?;
    let note = world.notes.get_mut(&path)?;
    Some((path, note))
}

/// Adds a block to a note.
fn insert(world: &mut World, path: &str, block: String, random: &mut Random) {
    if let Some(note) = world.notes.get_mut(path) {
        let at = random.below(note.blocks.len() + 1);
        note.blocks.insert(at, block);
    }
}

pub(crate) fn word(world: &mut World, random: &mut Random) {
    let mark = world.mark();
    let Some((_, note)) = some(world, random) else { return };
    match find(note, "Here are", random) {
        Some(at) => note.blocks[at] = format!("{} ({mark})", text::words(random)),
        None => note.blocks.push(format!("{} ({mark})", text::words(random))),
    }
}

pub(crate) fn add_block(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let block = text::block(world, &path, random);
    insert(world, &path, block, random);
}

pub(crate) fn remove_block(world: &mut World, random: &mut Random) {
    let Some((_, note)) = some(world, random) else { return };
    if let Some(at) = find(note, "", random) {
        note.blocks.remove(at);
    }
}

pub(crate) fn add_link(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let block = text::sentence(world, &path, random);
    insert(world, &path, block, random);
}

pub(crate) fn remove_link(world: &mut World, random: &mut Random) {
    let Some((_, note)) = some(world, random) else { return };
    if let Some(at) = find(note, "We saw", random) {
        note.blocks.remove(at);
    }
}

pub(crate) fn retarget_link(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let block = text::sentence(world, &path, random);
    let Some(note) = world.notes.get_mut(&path) else { return };
    if let Some(at) = find(note, "We saw", random) {
        note.blocks[at] = block;
    }
}

/// Adds a heading, and a link to it from another note.
pub(crate) fn add_linked_heading(world: &mut World, random: &mut Random) {
    let (Some(path), Some(from)) = (world.some(random), world.some(random)) else { return };
    let heading = text::heading(random);
    let name = heading.trim_start_matches('#').trim();
    let name = name.split(" {").next().unwrap_or(name).to_owned();
    insert(world, &path, heading, random);
    let embed = if random.chance(50) { "!" } else { "Look at " };
    let link = format!("{embed}[[/{}#{name}]]", identity(&path));
    if from != path && !path.contains("index") && !name.contains('<') {
        insert(world, &from, link, random);
    }
}

pub(crate) fn remove_heading(world: &mut World, random: &mut Random) {
    let Some((_, note)) = some(world, random) else { return };
    if let Some(at) = note.blocks.iter().position(|block| block.starts_with('#')) {
        note.blocks.remove(at);
    }
}

/// Gives a heading another id, with the same words.
pub(crate) fn heading_id(world: &mut World, random: &mut Random) {
    let Some((_, note)) = some(world, random) else { return };
    if let Some(at) = find(note, "# ", random) {
        let words = note.blocks[at].split(" {").next().unwrap_or_default();
        note.blocks[at] = format!("{words}{}", random.pick(&["", " {#fixed}", " {#two}"]));
    }
}

/// Adds a block with an id, and a link to it from another note.
pub(crate) fn add_linked_block(world: &mut World, random: &mut Random) {
    let (Some(path), Some(from)) = (world.some(random), world.some(random)) else { return };
    let id = format!("id{}", random.below(3));
    let embed = if random.chance(50) { "!" } else { "Look at " };
    let link = format!("{embed}[[/{}#^{id}]]", identity(&path));
    let taken = world.notes[&path].parts().contains(&format!("^{id}"));
    if from != path && !path.contains("index") && !taken {
        let words = text::words(random);
        insert(world, &path, format!("{words} ^{id}"), random);
        insert(world, &from, link, random);
    }
}

pub(crate) fn embed(world: &mut World, random: &mut Random) {
    let Some(path) = world.some(random) else { return };
    let block = text::embed(world, &path, random);
    insert(world, &path, block, random);
}

pub(crate) fn embed_in_a_ring(world: &mut World, random: &mut Random) {
    let (Some(one), Some(two)) = (world.some(random), world.some(random)) else { return };
    for (from, to) in [(&one, &two), (&two, &one)] {
        insert(world, from, format!("![[/{}]]", identity(to)), random);
    }
}

/// Adds a note in another language, with strings of the interface in its text.
pub(crate) fn embed_in_another_language(world: &mut World, random: &mut Random) {
    let french = |path: &String| path.ends_with(".fr.md");
    let (from, to): (Vec<String>, Vec<String>) = world.notes.keys().cloned().partition(french);
    let (Some(from), Some(to)) = (random.any(from), random.any(to)) else { return };
    insert(world, &to, "> [!note]\n> Shown elsewhere.".to_owned(), random);
    insert(world, &from, format!("![[/{}]]", identity(&to)), random);
}

/// Adds a line without meaning that moves all positions after it.
pub(crate) fn blank_line(world: &mut World, random: &mut Random) {
    let Some((_, note)) = some(world, random) else { return };
    let at = random.below(note.blocks.len() + 1);
    note.blocks.insert(at, String::new());
}

pub(crate) fn swap_blocks(world: &mut World, random: &mut Random) {
    let Some((_, note)) = some(world, random) else { return };
    random.shuffle(&mut note.blocks);
}
