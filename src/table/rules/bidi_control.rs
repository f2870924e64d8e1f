//! The rule `bidi-control`.
//!
//! Marks that turn letters round, marks that nothing ends, and ends of nothing: in the front matter, in headings, in the text.
//!
//! ```content/a.md
//! +++
//! title = "Invoice \u202Etxt.exe"
//! summary = "\u2067Not in Hebrew\u2069"
//! aliases = ["\u05D0 \u2067open"]
//! +++
//!
//! ## Ends &#8297;
//!
//! Turned &#8238;round&#8236;, and *&#x202D;again*.
//!
//! - &#8297;
//!
//! ![&#8238;](x.png)
//! ```
//!
//! ```content/x.png
//! A picture.
//! ```
//!
//! ```diagnostics
//! content/a.md:2:9-2:32: warning[bidi-control]: U+202E (right-to-left override) forces the order of the letters after it, so it is left out
//!   help: type the text again, without what was copied along
//! content/a.md:3:11-3:38: warning[bidi-control]: U+2067 (right-to-left isolate) is for text from right to left, and there is none here
//!   help: type the text again, without what was copied along
//! content/a.md:4:12-4:31: warning[bidi-control]: nothing ends U+2067 (right-to-left isolate)
//!   help: delete it, or put U+2069 where it should end
//! content/a.md:7:4-7:16: warning[bidi-control]: U+2069 (pop directional isolate) ends nothing
//!   help: delete it
//! content/a.md:9:1-9:33: warning[bidi-control]: U+202E (right-to-left override) forces the order of the letters after it, so it is left out
//!   help: type the text again, without what was copied along
//! content/a.md:9:34-9:47: warning[bidi-control]: U+202D (left-to-right override) forces the order of the letters after it, so it is left out
//!   help: type the text again, without what was copied along
//! content/a.md:11:3-11:10: warning[bidi-control]: U+2069 (pop directional isolate) ends nothing
//!   help: delete it
//! content/a.md:13:1-13:18: warning[bidi-control]: U+202E (right-to-left override) forces the order of the letters after it, so it is left out
//!   help: type the text again, without what was copied along
//! ```
//!
//! Marks of one letter, and pairs around what is read the other way, are as they should be.
//!
//! ```content/x.png
//!
//! ```
//!
//! ```content/a.md
//! +++
//! title = "\u05D0\u200F \u2066CCM\u2069"
//! summary = "\u0627 \u202AMine Action\u202C"
//! +++
//!
//! ## &#1488; &#8295;x&#8297;
//!
//! \&#1488; (CCM&#8206;)
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::diagnostic::{Level, Relaxation, Rule};

/// An invisible mark changes the order in which a text is read.
pub const RULE: Rule = Rule {
    name: "bidi-control",
    summary: "An invisible mark changes the order in which a text is read.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[],
    page: "
## What it finds

An invisible mark that changes the order in which a text is read: one that turns letters round, one that is not ended, or
one that ends nothing. In code, any such mark. The marks U+200E, U+200F and U+061C are fine, and so are the others in
a text that has Arabic or Hebrew letters, if each is ended.

## Why it matters

The text does not say what it seems to say. A file that ends in `exe` can look as if it ended in `txt`. Code can look
safe, and run something else. A mark that nothing ends also reverses the text beside it, such as the next title in a list.

## What to do

Delete the mark. It often came along with text that was copied from elsewhere, so it may be best to type that text again.
Where a mark is needed, end it: U+202C ends what U+202A and U+202B begin, U+2069 what U+2066, U+2067 and U+2068 begin.

Pages show a text without the marks that turn letters round, and end the others where the text ends. Code shows the number
of the mark, as `<U+202E>`.
",
};
