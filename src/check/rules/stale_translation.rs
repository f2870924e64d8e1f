//! The rule `stale-translation`.
//!
//! ```book.toml
//! title = "Book"
//! languages = ["fr"]
//! check.missing-words = "off"
//!
//! [kinds.ask]
//! folder = "asks"
//! ```
//!
//! ```content/asks/a.md
//! +++
//! title = "Maps"
//! +++
//!
//! Share the maps.
//!
//! Tell the village first.
//! ```
//!
//! ```content/asks/a.fr.md
//! +++
//! title = "Cartes"
//! translated-from = ["title:61947f", "d5bcaf", "469cdf"]
//! +++
//!
//! Partager les cartes.
//!
//! Informer le village.
//! ```
//!
//! ```diagnostics
//! content/asks/a.fr.md:3:19-3:55: warning[stale-translation]: 1 of 2 paragraphs of content/asks/a.md has changed since this translation: ¶2 (line 7)
//!   help: once they are translated, type: fieldbook translation accept content/asks/a.fr.md
//! ```
//!
//! ```content/asks/a.fr.md
//! +++
//! title = "Cartes"
//! translated-from = ["title:61947f", "d5bcaf", "44a14c"]
//! +++
//!
//! Partager les cartes.
//!
//! Informer d’abord le village.
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Diagnostic, Level, Relaxation, Rule};
use crate::note::{NoteId, Part};
use crate::site::Site;
use crate::translation::{ChangedPart, PartFate, TranslationState, part_names};

/// The original of a translation has changed.
pub const RULE: Rule = Rule {
    name: "stale-translation",
    summary: "The original of a translation has changed since it was translated.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A translation whose original has other words than when it was translated. The message lists the parts that have changed, that are new, that are gone and that stand elsewhere, each with its line in the original. A paragraph is named by its number, a heading by `h` and its number, and a value of the front matter by its key.

A translation is compared only if it has recorded its original, as `translated-from` in its front matter. Line breaks, spaces and the targets of links don't count.

## Why it matters

Readers of the translation rely on a text that its writers have corrected. Until it is translated again, its page marks the paragraphs that are behind.

## What to do

Change the translation, and then record that it follows the original as it now is:

```sh
fieldbook translation accept content/asks/maps.fr.md
```

To record some parts only, add their names, such as `4 h2 title`. `gone` names all parts that the original no longer has. If the change of the original asks for none in the translations, record it in all that were current before:

```sh
fieldbook translation accept --minor content/asks/maps.md
```
",
};

/// The most parts that a message names.
const NAMED: usize = 8;

/// Reports translations whose originals have changed.
pub(crate) fn check(site: &Site, out: &mut Vec<Diagnostic>) {
    for (id, state) in site.translations.states().filter(|(_, state)| !state.is_current()) {
        let note = site.note(id);
        let original = site.note(site.graph.works.original(id));
        let names = part_names(&site.config.kind(original.facts.kind).fields, &original.parts);
        let named = state.parts.iter().take(NAMED);
        let mut named: Vec<String> =
            named.map(|part| named_part(part, &names, &original.parts)).collect();
        if state.parts.len() > NAMED {
            named.push(format!("{} more", state.parts.len() - NAMED));
        }
        let message = format!("{}: {}", summary(state, original.source.as_str()), named.join(", "));
        let at = note.spans.recorded.unwrap_or(note.spans.title);
        let found = Diagnostic::warning(&note.source, at, &RULE, message);
        let help = "once they are translated, type: fieldbook translation accept";
        out.push(found.help(format!("{help} {}", note.source)));
    }
}

fn summary(state: &TranslationState, original: &str) -> String {
    match (state.behind(), state.total) {
        (0, _) => format!("{original} has changed since this translation"),
        (1, total) => {
            format!("1 of {total} paragraphs of {original} has changed since this translation")
        }
        (n, total) => {
            format!("{n} of {total} paragraphs of {original} have changed since this translation")
        }
    }
}

/// Returns the name of a part, with its line and its fate.
fn named_part(part: &ChangedPart, names: &[String], original: &[Part]) -> String {
    let fate = match part.fate {
        PartFate::Same | PartFate::Changed => "",
        PartFate::New => ", new",
        PartFate::Moved => ", moved",
        PartFate::Gone => return "one that is gone".to_owned(),
    };
    let at = part.original.unwrap_or_default() as usize;
    let name = &names[at];
    let sign = if name.starts_with(|c: char| c.is_ascii_digit()) { "¶" } else { "" };
    format!("{sign}{name} (line {}{fate})", original[at].line)
}

/// Returns whether the text of a note is compared with what its translations recorded.
pub(crate) fn is_compared(site: &Site, id: NoteId) -> bool {
    site.translations.is_compared(id)
}
