//! The rule `bad-math`.
//!
//! A formula that can't be shown.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! The rate is $\nosuchcommand$, and
//!
//! $$
//! \frac{1}
//! $$
//! ```
//!
//! ```diagnostics
//! content/a.md:5:13-5:29: error[bad-math]: this formula can't be shown: unknown command "\nosuchcommand"
//!   help: a dollar sign that is not a formula is written \$
//! content/a.md:7:1-9:3: error[bad-math]: this formula can't be shown: expected argument but reached end of input
//!   help: a dollar sign that is not a formula is written \$
//! ```
//!
//! A dollar sign that is money has a backslash.
//!
//! ```content/a.md
//! +++
//! title = "A"
//! +++
//!
//! It cost \$5 or 5\$. The rate is $r$.
//! ```
//!
//! ```diagnostics
//!
//! ```

use std::ops::Range;

use crate::diagnostic::{Level, Relaxation, Rule};
use crate::parse::findings::Findings;

/// A formula can't be shown.
pub const RULE: Rule = Rule {
    name: "bad-math",
    summary: "A formula can't be shown.",
    level: Level::Error,
    relaxation: Relaxation::None("the formula would be missing from the page"),
    options: &[],
    page: r#"
## What it finds

A formula between dollar signs that can't be shown.

## Why it matters

Readers would see the code, or nothing.

## What to do

Correct the formula. If the dollar sign stands for money, write it `\$`.
"#,
};

/// Reports a formula that can't be shown, for the reason `why`.
pub(crate) fn report(findings: &mut Findings<'_>, at: &Range<usize>, why: &str) {
    let message = format!("this formula can't be shown: {why}");
    findings.error(at, &RULE, message, "a dollar sign that is not a formula is written \\$");
}
