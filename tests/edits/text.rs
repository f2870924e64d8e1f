//! Texts with links in every style, and values for fields.

use super::random::Random;
use super::world::{COUNTRIES, DATES, Note, TITLES, World, identity, quoted, split};

pub(crate) const WORDS: &[&str] = &["mines", "water", "roads", "school", "eau", "ماء"];

/// Returns a sentence or two without links.
pub(crate) fn words(random: &mut Random) -> String {
    let words: Vec<&str> = (0..2 + random.below(3)).map(|_| random.pick(WORDS)).collect();
    format!("Here are {}.", words.join(" and "))
}

/// Returns a random block of text.
pub(crate) fn block(world: &World, from: &str, random: &mut Random) -> String {
    match random.below(20) {
        0..6 => words(random),
        6..11 => sentence(world, from, random),
        11..13 => heading(random),
        13 => format!("{} ^{}", words(random), random.pick(&["one", "two"])),
        14..16 => embed(world, from, random),
        16 => picture(world, random),
        _ => special(world, from, random),
    }
}

pub(crate) fn heading(random: &mut Random) -> String {
    let id = random.pick(&["", "", " {#fixed}", " {#two}"]);
    format!("{} {}{id}", random.pick(&["##", "##", "###"]), random.pick(TITLES))
}

/// Returns a block that has strings of the interface, or a rendering of its own.
fn special(world: &World, from: &str, random: &mut Random) -> String {
    match random.below(11) {
        9 => format!("¶{}. {}", 1 + random.below(4), words(random)),
        10 => format!("## {}\n\n1. {}\n2. {}", random.pick(TITLES), words(random), words(random)),
        0..3 => format!("> [!{}]\n> {}", random.pick(&["note", "tip"]), words(random)),
        3 => {
            let label = random.below(100);
            format!("Words[^{label}].\n\n[^{label}]: {}", sentence(world, from, random))
        }
        4 => format!("| a | b |\n|---|---|\n| {} | {} |", words(random), link(world, from, random)),
        5 => format!("- [ ] {}\n- [x] {}", words(random), sentence(world, from, random)),
        6 => "A formula $x^2$ and `code`.".to_owned(),
        7 => {
            let (language, words) = (random.pick(&["rust", "toml", "nothing"]), words(random));
            format!("```{language}\nlet x = \"<&{words}\"; // {words}\n```\n")
        }
        _ => "<p id=\"two\">Raw <em>words</em>.</p>".to_owned(),
    }
}

/// Returns a sentence with a link.
pub(crate) fn sentence(world: &World, from: &str, random: &mut Random) -> String {
    format!("We saw {} with {}.", link(world, from, random), random.pick(WORDS))
}

/// Returns a target for links, mostly an existing note: a name for it, and the note.
fn target<'w>(world: &'w World, random: &mut Random) -> (String, Option<&'w Note>) {
    let known = random.any(world.notes.iter()).filter(|_| random.chance(94));
    match known {
        Some((path, note)) => (identity(path).to_owned(), Some(note)),
        None => (random.pick(TITLES).to_lowercase(), None),
    }
}

/// Returns one of the names of a note.
fn name(path: &str, note: Option<&Note>, random: &mut Random) -> String {
    let stem = split(path).1.to_owned();
    let Some(note) = note else { return stem };
    let plain = |name: &String| !name.is_empty() && !name.contains(['<', '/']);
    let aliases = note.list("aliases");
    match random.below(10) {
        0 if !stem.is_empty() => stem,
        1 => Some(note.title()).filter(plain).unwrap_or_else(|| path.to_owned()),
        2 => aliases.into_iter().find(plain).unwrap_or_else(|| path.to_owned()),
        _ if path.is_empty() => "/index".to_owned(),
        _ => format!("/{path}"),
    }
}

/// Returns `#part` in some cases, mostly of a part that exists.
fn part(note: Option<&Note>, random: &mut Random) -> String {
    let known = note.and_then(|note| random.any(note.parts()));
    match known {
        Some(part) if random.chance(45) => format!("#{part}"),
        None if random.chance(1) => "#Alpha".to_owned(),
        _ => String::new(),
    }
}

/// Returns a link in a random style.
pub(crate) fn link(world: &World, from: &str, random: &mut Random) -> String {
    let (path, note) = target(world, random);
    let (name, part) = (name(&path, note, random), part(note, random));
    let up = "../".repeat(from.matches('/').count());
    let file = if path.is_empty() { format!("{up}index") } else { format!("{up}{path}") };
    let anchor = part.to_lowercase().replace(' ', "-").replace("#^", "#");
    let anchor = if anchor.contains('<') { String::new() } else { anchor };
    match random.below(12) {
        0..3 => format!("[[{name}{part}]]"),
        3 | 4 => format!("[[{name}{part}|{}]]", random.pick(WORDS)),
        5 | 6 => format!("[{}]({file}.md{anchor})", random.pick(WORDS)),
        7 => format!("[there](/{path}/)"),
        8 => format!("[](/{path}{anchor})"),
        9 => format!("<a href=\"{file}.html\">there</a>"),
        10 => match world.notes.get(from).and_then(|note| random.any(note.parts())) {
            Some(own) => format!("[[#{own}]]"),
            None => format!("[[{name}]]"),
        },
        _ => match random.any(attachments(world)) {
            Some(file) => format!("[the file](/{file})"),
            None => format!("[[{name}]]"),
        },
    }
}

/// Returns an embed of a note, or of a part of one.
pub(crate) fn embed(world: &World, from: &str, random: &mut Random) -> String {
    let (path, note) = target(world, random);
    if identity(from) == path {
        return words(random);
    }
    let (name, part) = (name(&path, note, random), part(note, random));
    format!("![[{name}{part}]]")
}

/// Returns addresses of files to link to.
fn attachments(world: &World) -> impl Iterator<Item = &str> {
    let address = |path: &'static str| move |file: &'_ str| file.strip_prefix(path).is_some();
    let files = world.files.keys().map(String::as_str);
    let copied = files.filter(move |file| address("content/")(file) || address("static/")(file));
    copied.filter_map(|file| file.split_once('/').map(|(_, below)| below))
}

fn picture(world: &World, random: &mut Random) -> String {
    let known = random.any(attachments(world).filter(|file| file.ends_with(".png")));
    match known {
        Some(file) if random.chance(50) => format!("![A map](/{file})"),
        Some(file) => format!("![[{}|100]]", split(file).1),
        None => words(random),
    }
}

/// Returns a value for a field, as TOML.
pub(crate) fn value(world: &World, field: &str, random: &mut Random) -> String {
    let one_of = |folders: &[&str], random: &mut Random| {
        let fits = |path: &&String| {
            folders.iter().any(|folder| path.starts_with(folder)) && !path.contains("/index")
        };
        let known = random.any(world.notes.iter().filter(|(path, _)| fits(path)));
        match (known, random.below(8)) {
            (None, _) => random.pick(TITLES).to_lowercase(),
            (Some((_, note)), 0) => note.title(),
            (Some((path, _)), 1) => split(identity(path)).1.to_owned(),
            (Some((path, _)), _) => identity(path).to_owned(),
        }
    };
    match field {
        "themes" | "near" => format!("[{}]", quoted(&one_of(&["themes/"], random))),
        "about" => quoted(&one_of(&["themes/"], random)),
        "follows" => quoted(&one_of(&["lessons/", "guides/"], random)),
        "supersedes" => format!("[{}]", quoted(&one_of(&[""], random))),
        "sources" => {
            let of = match random.chance(30) {
                true => format!("title = {}", quoted(random.pick(TITLES))),
                false => format!("ref = {}", quoted(&one_of(&[""], random))),
            };
            let more = random.pick(&[
                "",
                ", locator = \"¶7\"",
                ", locator = \"¶8\"",
                ", locator = \"¶1, ¶¶2-4\"",
                ", locator = \"Alpha; Alpha 1, 2; Beta 2\"",
                ", url = \"https://example.org/\"",
                ", accessed = 2025-01-01",
            ]);
            format!("[{{ {of}{more} }}]")
        }
        "countries" | "written-for" => {
            let names: Vec<String> =
                (0..random.below(3)).map(|_| quoted(random.pick(COUNTRIES))).collect();
            format!("[{}]", names.join(", "))
        }
        "basis" => random.pick(&["\"seen\"", "\"told\"", "\"told\""]).to_owned(),
        "when" | "date" | "updated" => random.pick(DATES).to_owned(),
        "weight" | "order" => random.below(4).to_string(),
        "urgent" => random.pick(&["true", "false"]).to_owned(),
        "site" => {
            random.pick(&["\"https://example.org/\"", "\"https://example.org/b\""]).to_owned()
        }
        "review-by" => random.pick(&["2026-01-01", "2099-01-01"]).to_owned(),
        "changes" => {
            let text = quoted(&words(random));
            format!("[{{ date = 2024-06-24, weight = \"editorial\", text = {text} }}]")
        }
        _ => quoted(&words(random)),
    }
}
