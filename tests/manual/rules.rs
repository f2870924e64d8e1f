//! The manual pages: every rule has one, and they are easy to read.

use fieldbook::diagnostic::{Level, Rule};
use fieldbook::workspace::rules::all;

use crate::support;

/// The highest grade of the Flesch-Kincaid formula that the pages together may have.
const GRADE: f64 = 8.0;

#[test]
fn every_page_says_what_why_and_what_to_do() {
    for rule in all().all() {
        let page = rule.explanation();
        assert!(page.starts_with(&format!("# `{}`\n\n## ", rule.name)), "{}", rule.name);
        let parts: Vec<&str> = page.split("\n## ").skip(1).collect();
        let headings: Vec<&str> = parts.iter().filter_map(|part| part.lines().next()).collect();
        assert_eq!(headings, ["What it finds", "Why it matters", "What to do"], "{}", rule.name);
        assert!(parts.iter().all(|part| part.lines().count() > 2), "{} is empty", rule.name);
        // Terminals and code hosts show it, too.
        assert!(!prose(&page).contains("[["), "{} has a wiki link", rule.name);
    }
}

#[test]
fn every_page_of_the_manual_is_written_from_its_rule() {
    let mut wrong = Vec::new();
    for rule in all().all() {
        let file = folder().join(format!("{}.md", rule.name));
        let page = front_matter(rule) + rule.page;
        if std::fs::read_to_string(&file).is_ok_and(|written| written == page) {
            continue;
        }
        match support::is_update() {
            true => std::fs::write(file, page).expect("the page"),
            false => wrong.push(rule.name),
        }
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes the pages of {wrong:?}");
}

/// Returns the front matter of the page of a rule.
fn front_matter(rule: &Rule) -> String {
    let settable = match rule.least() {
        Level::Off => "any-level",
        Level::Warning => "error-or-warning",
        Level::Error => "always-an-error",
    };
    let (name, summary, level) = (rule.name, rule.summary, rule.level.name());
    format!(
        "+++\ntitle = \"{name}\"\nsummary = \"{summary}\"\nlevel = \"{level}\"\n\
         book-may-set = \"{settable}\"\nnote-may-be-exception = {}\n+++\n",
        rule.is_excusable()
    )
}

#[test]
fn the_list_of_rules_says_what_each_finds() {
    let (_, site) = support::open(fieldbook::manual::manual_sources(), support::options());
    let register = site.expect("a site").remove("rules/register.csv").expect("the register");
    let register = String::from_utf8(register).expect("text");
    for rule in all().all() {
        let row = register.lines().find(|row| row.starts_with(&format!("{},", rule.name)));
        let row = row.unwrap_or_else(|| panic!("{} is not in {register}", rule.name));
        assert!(row.contains(rule.summary), "{row}");
    }
}

fn folder() -> std::path::PathBuf {
    support::tests().join("../src/manual/content/rules")
}

#[test]
fn every_page_is_that_of_a_rule() {
    let pages = support::entries(&folder());
    let names = pages.iter().map(|p| p.file_stem().unwrap_or_default().to_string_lossy());
    let names: Vec<_> = names.filter(|name| name != "index").collect();
    let rules: Vec<&str> = all().all().iter().map(|rule| rule.name).collect();
    assert_eq!(names, rules);
}

#[test]
fn rules_stand_in_the_order_of_the_alphabet_and_can_be_named() {
    assert!(all().all().windows(2).all(|two| two[0].name < two[1].name));
    assert!(all().all().iter().all(|rule| all().named(rule.name) == Some(*rule)));
}

#[test]
fn every_option_is_explained_on_the_page_of_its_rule() {
    for rule in all().all() {
        for option in rule.options {
            let name = format!("`{}`", option.name);
            let is_explained =
                rule.page.contains(&name) || rule.page.contains(&format!("{} =", option.name));
            assert!(is_explained, "{}: {}", rule.name, option.name);
        }
    }
}

#[test]
fn the_pages_can_be_read_after_eight_years_of_school() {
    let text: String = all().all().iter().map(|rule| prose(&rule.explanation())).collect();
    let grade = grade(&text);
    println!("reading grade of the manual: {grade:.1}");
    assert!(grade <= GRADE, "{grade}");
}

/// Returns the sentences of a page, without headings and examples.
fn prose(page: &str) -> String {
    let lines = page.lines().filter(|line| !line.starts_with(['#', ' ']));
    let text: String = lines.map(|line| format!("{line}\n")).collect();
    // Text between backquotes isn't prose.
    text.split('`').step_by(2).collect::<Vec<_>>().join("it")
}

/// Returns the school grade after which a text can be read (Flesch and Kincaid, 1975).
fn grade(text: &str) -> f64 {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).collect();
    let sentences = text.matches(['.', ':', '!', '?']).count().max(1);
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let (count, sentences) = (words.len() as f64, sentences as f64);
    0.39 * count / sentences + 11.8 * syllables as f64 / count - 15.59
}

/// Counts the groups of vowels; an "e" at the end is silent.
fn syllables(word: &str) -> usize {
    let word = word.to_lowercase();
    let stem = word.strip_suffix('e').filter(|stem| !stem.ends_with('l')).unwrap_or(&word);
    let is_vowel = |c: char| "aeiouy".contains(c);
    stem.split(|c| !is_vowel(c)).filter(|group| !group.is_empty()).count().max(1)
}
