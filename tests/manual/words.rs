//! The file of words that people translate names every word, also those that are declared in the program.

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
