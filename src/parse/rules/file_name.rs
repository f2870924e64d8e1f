//! The rule `file-name`.

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::language::Language;
use crate::parse::file_rule::ParsedFile;
use crate::slug::{fit, is_fit};
use crate::span::Span;

/// The name of a file does not suit an address.
pub const RULE: Rule = Rule {
    name: "file-name",
    summary: "The name of a file does not suit an address.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A file whose name has capital letters, spaces or signs in it, or ends with a language that the book does not have: `note.de.md`. The names of devices of Windows, such as `con` and `aux`, count as well.

## Why it matters

The name becomes the address of the page. Such addresses are cut in e-mails, and capital letters break links on some systems. On Windows no file can have the name of a device, so nobody could fetch the book there.

## What to do

Rename the file: small letters, digits and hyphens. A translation ends with a code of `languages` in `book.toml`, spelled as it is there. If the page was published before, keep its old address as an alias.
",
};

/// Looks at the name of a file.
pub(crate) fn check(file: &ParsedFile<'_>, out: &mut Vec<Diagnostic>) {
    // What is wrong with the name of a folder is said of the folder once, by a rule of the book.
    let (folder, name) = file.place.path.rsplit_once('/').unwrap_or(("", &file.place.path));
    if file.place.is_index() || is_fit(name) || !folder.split('/').all(is_fit) {
        return;
    }
    let (message, help) = match name.rsplit_once('.') {
        Some((stem, code)) if is_code(code) => of_language(stem, code, name, file.config),
        _ => (format!("\"{name}\" makes an address that is hard to pass on"), renamed(name)),
    };
    let diagnostic = Diagnostic::warning(file.path, Span::default(), &RULE, message);
    out.push(diagnostic.help(help));
}

/// Returns the help that names a better name.
fn renamed(name: &str) -> String {
    match fit(name) {
        Some(name) => format!("rename it: {name}"),
        None => "rename it: a name holds letters, digits and hyphens".to_owned(),
    }
}

/// Says whether the end of a name is meant as the code of a language: two letters, perhaps with a country or more
/// behind a hyphen, or a country behind a low line.
fn is_code(end: &str) -> bool {
    let are_letters = |part: &str| part.len() == 2 && part.bytes().all(|b| b.is_ascii_alphabetic());
    match end.split_once('_') {
        Some((language, country)) => are_letters(language) && are_letters(country),
        None => {
            are_letters(end.split('-').next().unwrap_or_default()) && Language::new(end).is_some()
        }
    }
}

/// Returns the message and the help for the name of a file that ends with a code of a language which the book
/// does not write so.
fn of_language(stem: &str, code: &str, whole: &str, config: &Config) -> (String, String) {
    let stem = fit(stem).unwrap_or_else(|| "note".to_owned());
    let meant = Language::new(&code.replace('_', "-"));
    let (known, meant) = match &meant {
        Some(language) => (config.languages.contains(language), language.as_str()),
        None => (false, code),
    };
    if known {
        return (
            format!("\"{code}\" is not how the book writes the language {meant}"),
            format!("rename the file: {stem}.{meant}.md"),
        );
    }
    let (as_language, else_name) = if code.contains('_') {
        (
            format!(
                "add {meant} to languages in {} and rename the file: {stem}.{meant}.md",
                config.path
            ),
            "; or rename it",
        )
    } else {
        (format!("add it to languages in {}", config.path), ", or rename the file")
    };
    let fit = fit(&whole.replace('_', "-")).unwrap_or(stem);
    (
        format!("\"{code}\" is no language of the book, and a name holds no other points"),
        format!("{as_language}{else_name}: {fit}.md"),
    )
}
