//! The rule `skipped-heading`.

use crate::diagnostic::{FixSafety, Level, Relaxation, Rule};
use crate::parse::findings::Findings;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};

/// A heading is two or more levels below the one before it.
pub const RULE: Rule = Rule {
    name: "skipped-heading",
    summary: "A heading is two or more levels below the one before it.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

A heading that stands two or more levels below the one before it.

## Why it matters

Readers who move from heading to heading think that a part is missing.

## What to do

Use the next level: `###` comes after `##`, not `####`. The first headings of a note are `##`.
",
};

/// The rule over the text of a note.
pub(crate) struct SkippedHeading {
    /// The level of the heading before; the title is the first.
    before: u8,
}

impl Default for SkippedHeading {
    fn default() -> Self {
        Self { before: 1 }
    }
}

impl TextRule for SkippedHeading {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::Heading { level, is_empty: false, at, .. } = event else { return };
        if *level > self.before + 1 {
            let before = match self.before {
                1 => "the level of the title".to_owned(),
                level => format!("{level} signs"),
            };
            let message = format!("this heading skips a level: the one before has {before}");
            let signs = "#".repeat(usize::from(self.before) + 1);
            let help = format!("begin it with {signs}");
            findings.warn(at, &RULE, message, &help);
            let written = at.start..at.start + usize::from(*level);
            if note.markdown[written.clone()].bytes().all(|byte| byte == b'#') {
                findings.fix(FixSafety::NeedsReview, help, [(written, signs)]);
            }
        }
        self.before = *level;
    }
}
