//! Books of so many words that the index is cut into many scripts, and is cut elsewhere as words come
//! and go.

use std::collections::BTreeMap;

use fieldbook::path::SourcePath;
use fieldbook::source::{Source, SourceEdit};
use fieldbook::workspace::Workspace;

use super::each_seed;
use super::history::compare;
use super::random::Random;
use super::support::{Tree, make, open, options, source};

/// How many words there are to choose from; many begin alike, so that cuts go deep.
const WORDS: usize = 4_000;

/// How many notes the book has at most.
const NOTES: usize = 12;

const BEGINNINGS: [&str; 8] = ["s", "st", "str", "stra", "é", "ko", "قو", "z"];

fn word(number: usize) -> String {
    let letters = |mut rest: usize| {
        std::iter::from_fn(move || {
            let letter = (rest > 0).then(|| char::from(b'a' + (rest % 20) as u8));
            rest /= 20;
            letter
        })
    };
    let begins = BEGINNINGS[number % BEGINNINGS.len()];
    format!("{begins}{}", letters(number * 7_919 % 160_000).collect::<String>())
}

/// A note with few words or with a great many, and now and then another title, which is a name.
fn note(at: usize, random: &mut Random) -> Source {
    let n_words = [3, 40, 900][random.below(3)];
    let words: Vec<String> = (0..n_words).map(|_| word(random.below(WORDS))).collect();
    let title = word(at * 100 + usize::from(random.chance(20)));
    let text = format!("+++\ntitle = \"{title} {at}\"\n+++\n\n{}.\n", words.join(" "));
    source(&format!("content/note-{at}.md"), text.as_bytes())
}

#[test]
fn an_index_cut_anew_is_that_of_a_clean_build() {
    each_seed(0..12, |seed| {
        let mut random = Random::new(seed);
        let mut files = BTreeMap::new();
        let (mut workspace, mut tree) = (Workspace::new(options()), Tree::new());
        let mut counts = Vec::new();
        for step in 0..25 {
            let at = random.below(NOTES);
            let path = SourcePath::new(format!("content/note-{at}.md"));
            let edit = match random.chance(15) && files.remove(&path).is_some() {
                true => SourceEdit::Remove(path),
                false => {
                    let note = note(at, &mut random);
                    files.insert(path, note.clone());
                    SourceEdit::Put(note)
                }
            };
            let config = source("book.toml", b"title = \"Words\"\n");
            files.insert(config.path.clone(), config.clone());
            let edits = if step == 0 { vec![SourceEdit::Put(config), edit] } else { vec![edit] };
            make(&mut tree, workspace.apply(edits).expect("a book without errors"));
            let (_, clean) = open(files.values().cloned().collect(), options());
            if let Err(why) = compare(&clean.expect("a book without errors"), &tree) {
                panic!("seed {seed}, step {step}: {why}");
            }
            let is_words = |path: &&String| path.starts_with("search/words-");
            counts.push(tree.keys().filter(is_words).count());
        }
        // If the cuts never moved, this would show nothing.
        counts.sort_unstable();
        counts.dedup();
        assert!(counts.len() > 4 && counts.last() > Some(&5), "seed {seed}: {counts:?}");
    });
}
