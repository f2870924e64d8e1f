//! The signs of a text that may be left over from markup.

use memchr::memmem;
use pulldown_cmark::{Event, Tag};

use crate::parse::text::LocatedEvent;

/// The signs of a note that may be left over from markup. Most notes have none, and their texts need no look then.
#[derive(Clone, Copy)]
pub(crate) struct LeftoverSigns {
    /// True if there are braces, tildes or carets. Those of footnotes are none.
    pub(crate) rare: bool,
    /// True if there are stars that make nothing bold, or bars outside of tables.
    pub(crate) common: bool,
}

impl LeftoverSigns {
    /// Looks through a text whose `events` are known.
    pub(crate) fn new(markdown: &str, events: &[LocatedEvent<'_>]) -> Self {
        let bytes = markdown.as_bytes();
        let mut found = memchr::memchr3_iter(b'{', b'~', b'^', bytes);
        let rare = found.any(|at| bytes[at] != b'^' || at == 0 || bytes[at - 1] != b'[');
        let (mut bold, mut from, mut bars) = (0, 0, false);
        for (event, range) in events {
            match event {
                Event::Start(Tag::Strong) => bold += 2,
                Event::Start(Tag::Table(_)) => {
                    bars |=
                        memchr::memchr(b'|', &bytes[from.min(range.start)..range.start]).is_some();
                    from = range.end;
                }
                _ => {}
            }
        }
        bars |= memchr::memchr(b'|', &bytes[from..]).is_some();
        let common = bars || memmem::find_iter(bytes, b"**").count() > bold;
        Self { rare, common }
    }
}
