//! The file of words that people translate names every word, also those that are declared in the program, and each
//! language has them all.

use std::collections::{BTreeMap, BTreeSet};

use fieldbook::language::Language;
use fieldbook::render::builtin_files;
use fieldbook::words::{StringForms, WordFile};
use fieldbook::workspace::declared_words;

use crate::support;

#[test]
fn every_declared_word_stands_in_the_file_of_words() {
    let file = support::tests().join("../themes/default/i18n/en.toml");
    let mut text = std::fs::read_to_string(&file).expect("the words");
    let mut wrong = Vec::new();
    for word in declared_words() {
        let line = format!("{} = \"{}\"\n", word.key, word.english);
        if text.split_inclusive('\n').any(|other| other == line) {
            continue;
        }
        wrong.push(word.key);
        let is_former = |other: &&str| other.split(" = ").next() == Some(word.key);
        text = text.split_inclusive('\n').filter(|other| !is_former(other)).collect();
        text.push_str(&line);
    }
    if support::is_update() {
        std::fs::write(file, text).expect("the words");
        return;
    }
    assert!(wrong.is_empty(), "UPDATE=1 writes {wrong:?}");
}

/// Returns the parts in braces of a word, in all of its forms.
fn placeholders(forms: &StringForms) -> BTreeSet<String> {
    let texts: Vec<&String> = match forms {
        StringForms::One(text) => vec![text],
        StringForms::Plural(forms) => forms.values().collect(),
    };
    let parts = texts.into_iter().flat_map(|text| text.split('{').skip(1));
    parts.filter_map(|part| Some(part.split_once('}')?.0.to_owned())).collect()
}

#[test]
fn every_language_has_every_word_with_its_parts() {
    let mut languages = BTreeMap::new();
    let mut problems = Vec::new();
    for file in builtin_files() {
        let Some(code) = file.path.as_str().strip_prefix("themes/default/i18n/") else { continue };
        let code = code.trim_end_matches(".toml").to_owned();
        let language = Language::new(&code).expect("the code of a language");
        // Plural forms that a language lacks are reported here.
        let words = WordFile::read(&file, &language, &mut problems).words;
        let words: BTreeMap<String, StringForms> =
            words.into_iter().map(|word| (word.key, word.forms)).collect();
        languages.insert(code, words);
    }
    assert!(problems.is_empty(), "{problems:?}");
    let english = &languages["en"];
    assert!(languages.len() >= 8, "{:?}", languages.keys());
    let mut wrong = Vec::new();
    for (code, words) in &languages {
        for (key, meant) in english {
            match words.get(key) {
                None => wrong.push(format!("{code} lacks {key}")),
                Some(forms) if placeholders(forms) != placeholders(meant) => {
                    wrong.push(format!("{code}: {key} has other parts in braces"));
                }
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
