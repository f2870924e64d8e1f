//! The words of the interface in each language of the book: those of the program, with what the book's theme puts in
//! their place.

use std::collections::BTreeMap;

use super::declared_words;
use super::rules::{missing_words, unused_word};
use crate::config::{Config, HomeList, Kind, labels};
use crate::diagnostic::Diagnostic;
use crate::language::Language;
use crate::path::SourcePath;
use crate::render::{builtin_files, layers};
use crate::source::{Source, Sources};
use crate::words::{Strings, WordFile};

/// Returns the words in each language of the book, and gives `config` its kinds in them. Words of the interface that a
/// language lacks are English, those of the book are in its own language; both is reported.
pub(super) fn interface_words(
    sources: &Sources,
    config_path: &SourcePath,
    config: &mut Config,
    out: &mut Vec<Diagnostic>,
) -> BTreeMap<Language, Strings> {
    let built_in = builtin_files();
    let read = |language: &Language, out: &mut Vec<Diagnostic>| {
        files(sources, &built_in, &config.theme, language, out)
    };
    let english = Language::english();
    let files = read(&english, out);
    let declared: Strings = declared_words().collect();
    let english_words = declared.with(&english, &files);
    // The first file is that of the program.
    let of_program = declared.with(&english, &files[..files.len().min(1)]);
    let mut own_files: Vec<WordFile> = files;
    let mut words = BTreeMap::new();
    let of_interface: Vec<String> = english_words.keys().map(str::to_owned).collect();
    let (mut kinds, mut home) = (config.kinds.clone(), config.home.clone());
    let of_book = labels(&mut kinds, &mut home).into_iter().map(|label| label.key);
    // A folder is called as it is called, and the program has words of its own.
    let is_asked = |key: &String| !config.kinds_of_folders && !of_interface.contains(key);
    let of_book: Vec<String> = of_book.filter(is_asked).collect();
    let (mut kinds_in, mut home_in) = (BTreeMap::new(), BTreeMap::new());
    for language in &config.languages {
        let files = if *language == english { Vec::new() } else { read(language, out) };
        let all = if *language == english { &own_files } else { &files };
        let own = Strings::default().with(language, all);
        let mut wanted = Vec::new();
        if *language != english {
            wanted.extend(&of_interface);
        }
        if language != config.language() {
            wanted.extend(&of_book);
            let (kinds, home) = named_in(config, &own);
            kinds_in.insert(language.clone(), kinds);
            home_in.insert(language.clone(), home);
        }
        let missing = wanted.into_iter().map(String::as_str).filter(|key| own.forms(key).is_none());
        let missing: Vec<&str> = missing.collect();
        missing_words::check(sources, &config.theme, config_path, language, &missing, out);
        words.insert(language.clone(), english_words.with(language, &files));
        own_files.extend(files);
    }
    let known = of_program.keys().chain(of_book.iter().map(String::as_str)).collect();
    unused_word::check(sources, &config.theme, &own_files, known, out);
    (config.kinds_in, config.home_in) = (kinds_in, home_in);
    words
}

/// Returns the kinds and the lists of the home page with those of their words that `words` has.
fn named_in(config: &Config, words: &Strings) -> (Vec<Kind>, Vec<HomeList>) {
    let (mut kinds, mut home) = (config.kinds.clone(), config.home.clone());
    let labels = labels(&mut kinds, &mut home).into_iter();
    for label in labels.filter(|label| words.forms(&label.key).is_some()) {
        *label.text = words.get(&label.key).to_owned();
    }
    (kinds, home)
}

/// Returns the files of words in a language, of which each replaces words of those before: the program's, then those of
/// the book's themes. `pt-BR` has the words of `pt` where it has none of its own.
fn files(
    sources: &Sources,
    built_in: &[Source],
    theme: &str,
    language: &Language,
    out: &mut Vec<Diagnostic>,
) -> Vec<WordFile> {
    let code = language.as_str();
    let of_whole = code.split_once('-').map(|(whole, _)| whole);
    let mut files = Vec::new();
    for code in of_whole.into_iter().chain([code]) {
        let own = format!("themes/{}/i18n/{code}.toml", layers(theme)[0]);
        let own = built_in.iter().find(|file| file.path.as_str() == own);
        let names = layers(theme).into_iter();
        let paths = names.map(|theme| SourcePath::new(format!("themes/{theme}/i18n/{code}.toml")));
        // The sources have the program's files too, where the book has none in their place.
        let of_program = own.map(Source::fingerprint);
        let of_book = paths.filter_map(|path| sources.get(&path));
        let of_book = of_book.filter(|file| Some(file.fingerprint()) != of_program);
        files
            .extend(own.into_iter().chain(of_book).map(|file| WordFile::read(file, language, out)));
    }
    files
}
