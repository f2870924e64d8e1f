//! Random changes of files that aren't notes.

use fieldbook::render::builtin_files;

use crate::random::Random;
use crate::world::World;

const TEMPLATES: &[&str] = &[
    "base.html",
    "note.html",
    "note.html",
    "home.html",
    "kind.html",
    "list.html",
    "incoming.html",
    "feed.xml",
    "redirect.html",
    "robots.txt",
    "sitemap.xml",
    "404.html",
];
const THEMES: &[&str] = &["default", "default", "other"];
const FILES: &[&str] = &[
    "content/lessons/map.png",
    "content/themes/map.png",
    "content/plan.pdf",
    "static/plan.pdf",
    "static/a b.txt",
    "static/lessons/map.png",
    "static/deep/map.png",
];
/// Files at addresses of generated files.
const COVERS: &[&str] = &[
    "static/robots.txt",
    "static/404.html",
    "static/assets/site.css",
    "static/lessons/page-2.html",
    "static/themes/alpha.html",
    "static/Themes/Alpha.html",
    "static/themes/alpha.xml",
    "content/lessons/gamma.html",
    "static/old/alpha/index.html",
    "static/sitemap.xml",
];

pub(super) fn builtin(path: &str) -> String {
    let file = builtin_files().into_iter().find(|file| file.path.as_str() == path);
    file.and_then(|file| file.text().map(str::to_owned)).unwrap_or_default()
}

fn put(world: &mut World, path: &str, text: String) {
    world.files.insert(path.to_owned(), text.into_bytes());
}

/// Adds a template that differs slightly from the built-in one.
pub(crate) fn template(world: &mut World, random: &mut Random) {
    let (name, mark) = (random.pick(TEMPLATES), world.mark());
    let text = builtin(&format!("themes/default/templates/{name}"));
    let text = match name {
        "robots.txt" => format!("{text}# {mark}\n"),
        _ => text.replacen("</", &format!("<!-- {mark} --></"), 1),
    };
    put(world, &format!("themes/{}/templates/{name}", random.pick(THEMES)), text);
}

pub(crate) fn remove_override(world: &mut World, random: &mut Random) {
    let path = random.any(world.files.keys().filter(|path| path.starts_with("themes/")).cloned());
    path.and_then(|path| world.files.remove(&path));
}

/// Adds a template that can't be parsed, or can't be rendered.
pub(crate) fn break_template(world: &mut World, random: &mut Random) {
    let breaks =
        ["{% if %}", "{{ nothing.at.all }}", "{% include \"none.html\" %}", "{{ 1 | nofilter }}"];
    let name = random.pick(TEMPLATES);
    let text = builtin(&format!("themes/default/templates/{name}"));
    let text = text.replacen("</", &format!("{}</", random.pick(&breaks)), 1);
    put(world, &format!("themes/{}/templates/{name}", random.pick(THEMES)), text);
}

/// Changes a string of the interface.
pub(crate) fn interface_words(world: &mut World, random: &mut Random) {
    let (theme, language) = (random.pick(THEMES), random.pick(&["en", "en", "fr", "ar"]));
    let word = random.pick(&[
        "callout-note",
        "callout-note",
        "footnotes",
        "next",
        "shows-this",
        "yes",
        "untranslated",
        "stale-changed",
        "translations-stale",
        "list-separator",
    ]);
    let path = format!("themes/{theme}/i18n/{language}.toml");
    let mark = world.mark();
    let text = match theme == "default" && language == "en" {
        true => {
            let line = |line: &str| match line.starts_with(&format!("{word} =")) {
                true => format!("{word} = \"word {mark}\"\n"),
                false => format!("{line}\n"),
            };
            builtin(&path).lines().map(line).collect()
        }
        // Strings that the file defines itself don't change with those it falls back to.
        false => {
            let others = ["callout-note", "callout-tip", "next"].into_iter().filter(|w| *w != word);
            let others: String = others.map(|word| format!("{word} = \"mot\"\n")).collect();
            format!("{word} = \"mot {mark}\"\n{others}")
        }
    };
    put(world, &path, text);
}

pub(crate) fn theme_static(world: &mut World, random: &mut Random) {
    let name =
        random.pick(&["assets/site.css", "assets/more.js", "robots.txt", "themes/alpha.html"]);
    let text = format!("file {}", world.mark());
    put(world, &format!("themes/{}/static/{name}", random.pick(THEMES)), text);
}

pub(crate) fn add_file(world: &mut World, random: &mut Random) {
    let text = format!("file {}", world.mark());
    put(world, random.pick(FILES), text);
}

pub(crate) fn change_file(world: &mut World, random: &mut Random) {
    let copied = |path: &&String| path.starts_with("static/") || path.starts_with("content/");
    let path = random.any(world.files.keys().filter(copied).cloned());
    let text = format!("file {}", world.mark());
    if let Some(path) = path {
        put(world, &path, text);
    }
}

pub(crate) fn remove_file(world: &mut World, random: &mut Random) {
    let copied = |path: &&String| path.starts_with("static/") || path.starts_with("content/");
    let path = random.any(world.files.keys().filter(copied).cloned());
    path.and_then(|path| world.files.remove(&path));
}

/// Adds a file at the address of a generated file.
pub(crate) fn cover(world: &mut World, random: &mut Random) {
    let text = format!("cover {}", world.mark());
    put(world, random.pick(COVERS), text);
}
