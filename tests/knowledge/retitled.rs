//! A new title renders again only the pages that show it.

use fieldbook::path::SourcePath;
use fieldbook::source::{Source, SourceEdit};
use fieldbook::workspace::OutputChange;

use super::fresh_book;

#[test]
fn a_new_title_changes_only_what_shows_it() {
    let (mut workspace, site) = fresh_book();
    for (path, old, new) in [
        (
            "content/instruments/oslo-action-plan.md",
            "Oslo Action Plan 2020-2024",
            "Oslo Action Plan 2020-2025",
        ),
        ("content/themes/localisation.md", "Localisation", "Localisation renamed"),
        ("content/glossary/quick-win.md", "Quick win", "Quick winner"),
    ] {
        let source = workspace.sources().get(&SourcePath::new(path)).expect("the note").clone();
        let text = source.text().expect("text");
        let line = format!("title = \"{old}\"");
        assert!(text.contains(&line), "{path} is not called {old}");
        let edited = text.replacen(&line, &format!("title = \"{new}\""), 1);
        let edit = |text: &str| {
            vec![SourceEdit::Put(Source::new(SourcePath::new(path), text.as_bytes().to_vec()))]
        };
        let changes = workspace.apply(edit(&edited)).expect("no error");
        assert!(!changes.is_empty(), "{path}");
        for change in &changes {
            let OutputChange::Write(page, bytes) = change else { continue };
            // Search finds notes by the words of their titles, in all forms.
            if page.as_str().starts_with("search/") {
                continue;
            }
            // Its translations are out of date now, and so they are listed.
            let own = path.trim_start_matches("content/").replace(".md", ".html");
            let is_listed = page.as_str().contains("translations");
            if is_listed || page.as_str().ends_with(&format!("/{own}")) {
                continue;
            }
            let before = site.get(page.as_str()).map_or(&b""[..], |bytes| bytes);
            let after = String::from_utf8_lossy(bytes);
            let shows =
                |text: &str, title: &str| text.to_lowercase().contains(&title.to_lowercase());
            assert!(
                shows(&after, new) || shows(&String::from_utf8_lossy(before), old),
                "{page} was written again and does not show the title of {path}"
            );
            assert!(*before != **bytes, "{page} was written again as it was");
        }
        workspace.apply(edit(text)).expect("no error");
    }
}
