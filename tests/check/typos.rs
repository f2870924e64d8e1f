//! Suggestions: a typing mistake in the name of a note of this repository's book finds the note,
//! and a meaningless name finds nothing.

use std::path::Path;

use fieldbook::disk;
use fieldbook::path::SourcePath;
use fieldbook::source::{Source, SourceEdit};
use fieldbook::workspace::Workspace;

use crate::support::random::Random;
use crate::support::{options, source};

const TYPOS: usize = 1000;

/// The number of links on one page: after that many broken ones, nothing is suggested.
const A_PAGE: usize = 100;

#[test]
fn the_first_suggestion_for_a_slip_is_right() {
    let (mut workspace, names) = book();
    let mut random = Random::new(4);
    let typos: Vec<(String, String)> = std::iter::repeat_with(|| {
        let name = &names[random.below(names.len())];
        (name.clone(), slip(name, &mut random))
    })
    .filter(|(name, typo)| !names.contains(typo) && name.len() >= 4)
    .take(TYPOS)
    .collect();
    let (mut right, mut wrong, mut answered) = (0, Vec::new(), 0);
    for page in typos.chunks(A_PAGE) {
        let meant = suggestions(&mut workspace, page.iter().map(|(_, typo)| typo.as_str()));
        for (name, typo) in page {
            // A difference that names ignore, such as a capital letter, leads to the note itself.
            let Some(meant) = meant.iter().find(|(written, _)| written == typo) else {
                right += 1;
                continue;
            };
            answered += 1;
            match meant.1.first().is_some_and(|first| is_same_note(&workspace, first, name)) {
                true => right += 1,
                false => wrong.push(format!("{typo} → {:?}, not {name}", meant.1)),
            }
        }
    }
    println!("{right} of {TYPOS} right, {answered} reported");
    assert!(right * 100 >= TYPOS * 95, "{right} of {TYPOS}:\n{}", wrong.join("\n"));
    assert!(answered * 100 >= TYPOS * 80, "too few slips are reported: {answered}");
}

#[test]
fn nothing_is_suggested_for_a_name_of_nothing() {
    let (mut workspace, _) = book();
    let mut random = Random::new(5);
    let names: Vec<String> = (0..TYPOS).map(|_| nonsense(&mut random)).collect();
    let mut suggested = Vec::new();
    for page in names.chunks(A_PAGE) {
        let meant = suggestions(&mut workspace, page.iter().map(String::as_str));
        suggested.extend(meant.into_iter().filter(|(_, meant)| !meant.is_empty()));
    }
    println!("{} of {TYPOS} with a suggestion", suggested.len());
    assert!(suggested.len() * 100 <= TYPOS, "{suggested:?}");
}

/// Returns this repository's book, and the names of its notes: titles and file stems.
fn book() -> (Workspace, Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = disk::read(root, &SourcePath::new("book.toml")).expect("the book");
    let mut workspace = Workspace::new(options());
    let files: Vec<Source> = read.into_files().collect();
    let _ = workspace.apply(files.into_iter().map(SourceEdit::Put).collect());
    let site = workspace.site().expect("a site");
    let names = site.notes.iter().flat_map(|note| note.facts.names.iter().take(2));
    let plain = |name: &String| !name.contains(['[', ']', '|', '#', '/']);
    let names: Vec<String> = names.map(|name| name.written.clone()).filter(plain).collect();
    assert!(names.len() > 200, "{}", names.len());
    (workspace, names)
}

/// Returns the suggestions for each of `names`, none of which is a note, in a note that links to
/// them all.
fn suggestions<'a>(
    workspace: &mut Workspace,
    names: impl Iterator<Item = &'a str>,
) -> Vec<(String, Vec<String>)> {
    let links: String = names.map(|name| format!("- [[{name}]]\n")).collect();
    let note = format!("+++\ntitle = \"Xq\"\n+++\n\n{links}");
    let _ = workspace.apply(vec![SourceEdit::Put(source("content/xq.md", note.as_bytes()))]);
    let found = workspace
        .diagnostics()
        .iter()
        .filter(|found| found.path.as_str() == "content/xq.md" && found.rule.name == "broken-link");
    let written = |message: &str| message.split('"').nth(1).unwrap_or_default().to_owned();
    found.map(|found| (written(&found.message), found.meant.to_vec())).collect()
}

/// Says whether two names are those of one note, or of its translations.
fn is_same_note(workspace: &Workspace, a: &str, b: &str) -> bool {
    let site = workspace.site().expect("a site");
    let called = |name: &str| {
        let names = |note: &&std::sync::Arc<fieldbook::note::Note>| {
            note.facts.names.iter().any(|known| known.written == name)
        };
        site.notes.iter().find(names).map(|note| note.facts.place.key.clone())
    };
    called(a) == called(b)
}

/// Returns a name with one letter left out, added, changed, or swapped with its neighbour.
fn slip(name: &str, random: &mut Random) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let at = random.below(letters.len() - 1);
    let letter = char::from(b'a' + random.below(26) as u8);
    match random.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letter),
        2 => letters[at] = letter,
        _ => letters.swap(at, at + 1),
    }
    letters.into_iter().collect()
}

fn nonsense(random: &mut Random) -> String {
    let length = 4 + random.below(17);
    (0..length).map(|_| char::from(b'a' + random.below(26) as u8)).collect()
}
