//! The definitions of programming languages: those of two-face, in a form in which each can be loaded by itself.
//!
//! The file has numbers of four bytes, the lowest first. It begins with the number of languages. Then follow for each
//! language its name and the endings of its files, as a number of texts, each text after its length; the numbers of the
//! languages that it needs, a byte each, after how many they are; and the length of its definition. Then follow the
//! definitions, as syntect writes them with bincode, without what only matters for other uses: variables, and patterns of
//! first lines.
#![allow(clippy::disallowed_methods, reason = "tests read and write files")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fieldbook::view::code_language;
use serde_json::Value;
use syntect::dumps;
use syntect::parsing::syntax_definition::{Context, ContextId};
use syntect::parsing::{ParseState, SyntaxSet};

const FILE: &str = "src/view/text/highlight/definitions.bin";

/// The lines that each language has to read: code of several languages.
const SAMPLES: &[&str] = &[
    include_str!("../src/view/text/plain.rs"),
    include_str!("../src/preview/preview.js"),
    include_str!("../book.toml"),
    "<!-- a --><p class=\"x\">&amp; <style>a { color: #fff }</style><script>let a = `b${c}`;</script></p>\n",
    "#!/bin/sh\nif [ -n \"$x\" ]; then echo 'a' | sed 's/a/b/' # remark\nfi\n<?php echo \"x $y\"; /* r */ ?>\n",
    "def f(x: int = 3) -> str:\n    \"\"\"Text.\"\"\"\n    return f'{x!r}'  # remark\nclass A(B): pass\n",
    "# Heading\n\n```html\n<b>x</b>\n```\n\n- *a* **b** [c](d)\n\n---\nkey: [1, \"two\", true]\n",
    "SELECT a, count(*) FROM b WHERE c = 'd' -- remark\n{\"a\": [1.5e3, null]}\n\\section{x} $y^2$ % z\n",
    "int main(void) { return 0x1f; } // r\n@media print { .a > b::after { content: \"\\201c\" } }\n(defn f [x] (+ x 1)) ; r\n",
];

#[test]
fn the_definitions_are_those_of_two_face() {
    let (made, file) = (made(), Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE));
    if support::is_update() {
        std::fs::write(&file, &made).expect("a file");
    }
    let stored = std::fs::read(&file).expect("the file");
    let advice = "two-face has other definitions: UPDATE=1 cargo test --test highlight stores them";
    assert!(stored == made, "{advice}");
}

#[test]
fn each_language_is_highlighted_as_with_all_loaded() {
    let all = two_face::syntax::extra_newlines();
    for expected in all.syntaxes() {
        let names = expected.file_extensions.iter().chain([&expected.name]);
        for name in names {
            let wanted = all.find_syntax_by_token(name).expect("a language");
            let (found, _) = code_language(name).expect("a language");
            assert_eq!(found.name, wanted.name, "{name}");
        }
        if all.find_syntax_by_token(&expected.name).map(|found| &found.name) != Some(&expected.name)
        {
            continue;
        }
        let (found, set) = code_language(&expected.name).expect("a language");
        let (mut one, mut other) = (ParseState::new(expected), ParseState::new(found));
        for line in SAMPLES.iter().flat_map(|sample| sample.split_inclusive('\n').take(60)) {
            let one = one.parse_line(line, &all).expect("a line");
            let other = other.parse_line(line, set).expect("a line");
            assert_eq!(one, other, "{}: {line}", expected.name);
        }
    }
    assert!(code_language("nosuchlanguage").is_none());
}

/// Makes the file of two-face's definitions.
fn made() -> Vec<u8> {
    let all = serde_json::to_value(two_face::syntax::extra_newlines()).expect("JSON");
    let languages = all["syntaxes"].as_array().expect("a list");
    let contexts: Vec<Vec<u8>> = languages.iter().map(contexts).collect();
    let within: Vec<BTreeSet<usize>> = contexts.iter().map(|contexts| named_in(contexts)).collect();
    let definitions: Vec<Vec<u8>> =
        languages.iter().zip(&contexts).map(|(language, of)| definition(language, of)).collect();
    let mut file = Vec::new();
    number(&mut file, languages.len());
    for (at, language) in languages.iter().enumerate() {
        text(&mut file, language["name"].as_str().expect("a name"));
        let endings = language["file_extensions"].as_array().expect("a list");
        number(&mut file, endings.len());
        endings.iter().for_each(|ending| text(&mut file, ending.as_str().expect("an ending")));
        let needs = needs(at, &within);
        number(&mut file, needs.len());
        file.extend(needs.iter().map(|at| u8::try_from(*at).expect("at most 256 languages")));
        number(&mut file, definitions[at].len());
    }
    file.extend(definitions.into_iter().flatten());
    file
}

fn number(file: &mut Vec<u8>, number: usize) {
    file.extend(u32::try_from(number).expect("a small number").to_le_bytes());
}

fn text(file: &mut Vec<u8>, text: &str) {
    number(file, text.len());
    file.extend(text.as_bytes());
}

/// Returns the packed contexts of a language.
fn contexts(language: &Value) -> Vec<u8> {
    let bytes = language["serialized_lazy_contexts"].as_array().expect("bytes");
    bytes.iter().map(|byte| byte.as_u64().expect("a byte") as u8).collect()
}

/// Returns the numbers of the languages that packed contexts name.
fn named_in(contexts: &[u8]) -> BTreeSet<usize> {
    let contexts: (BTreeMap<String, ContextId>, Vec<Context>) = dumps::from_binary(contexts);
    let mut named = BTreeSet::new();
    let mut waiting = vec![serde_json::to_value(contexts).expect("JSON")];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(map) => {
                named.extend(map.get("syntax_index").and_then(Value::as_u64).map(|at| at as usize));
                waiting.extend(map.into_iter().map(|(_, value)| value));
            }
            Value::Array(values) => waiting.extend(values),
            _ => {}
        }
    }
    named
}

/// Returns the languages that one needs: itself, those that it names, and so on.
fn needs(language: usize, within: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut needs = BTreeSet::from([language]);
    let mut waiting = vec![language];
    while let Some(at) = waiting.pop() {
        waiting.extend(within[at].iter().filter(|at| needs.insert(**at)));
    }
    needs
}

/// Returns the definition of a language, as bincode writes it.
fn definition(language: &Value, contexts: &[u8]) -> Vec<u8> {
    let mut written = Vec::new();
    let count = |written: &mut Vec<u8>, count: usize| written.extend((count as u64).to_le_bytes());
    let text = |written: &mut Vec<u8>, text: &Value| {
        let text = text.as_str().expect("a text");
        count(written, text.len());
        written.extend(text.as_bytes());
    };
    text(&mut written, &language["name"]);
    let endings = language["file_extensions"].as_array().expect("a list");
    count(&mut written, endings.len());
    endings.iter().for_each(|ending| text(&mut written, ending));
    text(&mut written, &language["scope"]);
    // No pattern of first lines.
    written.push(0);
    written.push(u8::from(language["hidden"] == Value::Bool(true)));
    // No variables.
    count(&mut written, 0);
    count(&mut written, contexts.len());
    written.extend(contexts);
    let alone: Vec<u8> = [1u64.to_le_bytes().as_slice(), &written, &[0; 8]].concat();
    let read: SyntaxSet = dumps::from_uncompressed_data(&alone).expect("a set of one");
    assert_eq!(read.syntaxes().len(), 1);
    written
}
