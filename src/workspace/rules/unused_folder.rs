//! The rule `unused-folder`.

use std::collections::BTreeSet;

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule, manual};
use crate::nearest::nearest;
use crate::render::DEFAULT;
use crate::source::Sources;
use crate::span::Span;

/// A folder of a theme that nothing reads.
pub const RULE: Rule = Rule {
    name: "unused-folder",
    summary: "A folder of a theme that nothing reads.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: manual!("unused-folder"),
};

/// The folders of a theme.
const FOLDERS: [&str; 3] = ["templates", "static", "i18n"];

/// Reports each folder in the theme of the book, or in the book's changes to the default one, that nothing reads.
pub(crate) fn check(sources: &Sources, theme: &str, out: &mut Vec<Diagnostic>) {
    let themes: BTreeSet<&str> = [theme, DEFAULT].into();
    for theme in themes {
        let top = format!("themes/{theme}");
        let mut last = None;
        for source in sources.below(&top) {
            let below = source.path.below(&top).and_then(|below| below.split_once('/'));
            let Some((folder, _)) = below.filter(|(folder, _)| !FOLDERS.contains(folder)) else {
                continue;
            };
            if last.replace(folder) != Some(folder) {
                let message = format!("nothing reads the folder {top}/{folder}");
                let found = Diagnostic::warning(&source.path, Span::default(), &RULE, message);
                let found = found.did_you_mean(&nearest(folder, FOLDERS));
                out.push(found.help("a theme has the folders templates, static and i18n"));
            }
        }
    }
}
