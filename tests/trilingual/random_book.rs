//! Random books: works in some of the languages, drafts, withdrawn and superseded works, translations that repeat values,
//! and values of open fields.

use super::reader::LANGUAGES;
use super::support::random::Random;

/// The treatment of works that were not translated, in each of the further languages.
pub(crate) const UNTRANSLATED: [[&str; 2]; 5] =
    [["page", "page"], ["link", "hide"], ["page", "link"], ["hide", "page"], ["page", "page"]];

/// The configuration of the books, with what becomes of works that were not translated.
pub(crate) fn config([french, arabic]: [&str; 2]) -> String {
    let config = include_str!("book/book.toml");
    let config =
        config.replacen("untranslated = \"page\"", &format!("untranslated = \"{french}\""), 1);
    let (before, after) = config.split_at(config.find("[languages.ar]").expect("Arabic"));
    before.to_owned() + &after.replacen("\"page\"", &format!("\"{arabic}\""), 1)
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
    format!("[{}]", names.join(", "))
}

/// Returns the files of a random book.
pub(crate) fn book(random: &mut Random, untranslated: [&str; 2]) -> Vec<(String, String)> {
    let mut files = vec![("book.toml".to_owned(), config(untranslated))];
    let with_guides = random.below(100) < 50;
    let counts = [("theme", 4), ("actor", 3), ("ask", 8), ("lesson", 4)];
    let counts = counts.into_iter().chain([("guide", if with_guides { 2 } else { 0 })]);
    for (kind, count) in counts {
        for number in 0..count {
            let mut languages: Vec<&str> =
                LANGUAGES.into_iter().filter(|_| random.below(100) < 50).collect();
            if languages.is_empty() {
                languages.push(LANGUAGES[random.below(LANGUAGES.len())]);
            }
            let named = named(kind, number, random);
            let mut has_original = false;
            for language in &languages {
                // An original is no draft, since others name the work.
                let is_draft = random.below(100) < 6 && has_original;
                let mut front = front(kind, !has_original, &named, random);
                if is_draft && !front.contains("status") {
                    front.insert_str(0, "status = \"draft\"\n");
                } else {
                    has_original = true;
                }
                let title = format!("title = \"{kind} {number} in {language}\"\n");
                let links = match kind {
                    "guide" => format!("See [[lesson-{}]].", random.below(4)),
                    _ => "Text.".to_owned(),
                };
                let ending =
                    if *language == "en" { "md".to_owned() } else { format!("{language}.md") };
                let path = format!("content/{kind}s/{kind}-{number}.{ending}");
                files.push((path, format!("+++\n{title}{front}+++\n\n{links}\n")));
            }
        }
    }
    files
}

/// Returns the works that a work names, by field.
fn named(kind: &str, number: usize, random: &mut Random) -> Vec<(&'static str, Vec<String>)> {
    let mut some = |kind: &str, count: usize, percent: usize| -> Vec<String> {
        let all = (0..count).filter(|_| random.below(100) < percent);
        all.map(|number| format!("{kind}-{number}")).collect()
    };
    let mut named = Vec::new();
    if kind == "ask" {
        named.push(("themes", some("theme", 4, 30)));
        named.push(("themes-inferred", some("theme", 4, 15)));
        named.push(("of", some("actor", 3, 40)));
        let replaced = some("ask", number, 5);
        if !replaced.is_empty() {
            named.push(("supersedes", replaced));
        }
    }
    if kind == "lesson" {
        named.push(("themes", some("theme", 4, 30)));
    }
    if matches!(kind, "ask" | "lesson") {
        let countries = ["Laos", "laos", "Chad", "Viet Nam"];
        named.push(("countries", vec![countries[random.below(countries.len())].to_owned()]));
    }
    // What a work states, it does not also read into its source.
    if let [(_, stated), (_, inferred), ..] = &mut named[..]
        && kind == "ask"
    {
        inferred.retain(|name| !stated.contains(name));
    }
    named
}

/// Returns the settings of a version. The first that is no draft is the original.
fn front(
    kind: &str,
    is_original: bool,
    named: &[(&'static str, Vec<String>)],
    random: &mut Random,
) -> String {
    let mut front = String::new();
    // A translation has no settings, some or all that its original has, or others.
    let repeats = [0, 0, 50, 100][random.below(4)];
    for (field, names) in named {
        if is_original || random.below(100) < repeats {
            let mut names = names.clone();
            if !is_original && random.below(100) < 30 {
                names.truncate(1);
            }
            front.push_str(&format!("{field} = {}\n", list(&names)));
        }
    }
    if kind == "ask" && (is_original || random.below(100) < repeats) {
        front.push_str(["outcome = \"open\"\n", "outcome = \"done\"\n"][random.below(2)]);
    }
    if matches!(kind, "ask" | "lesson") && is_original && random.below(100) < 70 {
        front.push_str(&format!(
            "date = {}\n",
            ["2024-06-24", "\"2023\"", "2024-01-02"][random.below(3)]
        ));
    }
    if random.below(100) < 10 && is_original {
        front.push_str("review-by = 2026-01-01\n");
    }
    if random.below(100) < 6 {
        front.push_str("status = \"withdrawn\"\nwithdrawn-on = 2025-01-01\n");
    }
    if kind == "guide" && is_original {
        let cited = random.below(8);
        front.push_str(&format!("[[sources]]\nref = \"ask-{cited}\"\n"));
    }
    if kind == "lesson" && is_original && random.below(100) < 40 {
        front.push_str(
            "[[changes]]\ndate = 2025-03-04\nweight = \"substantive\"\ntext = \"More.\"\n",
        );
    }
    front
}
