//! Quotes: those of a program, those of a reader, and what stands between them.

/// Signs that are quotes to a reader, and not to a program.
pub(crate) const CURLY: [char; 7] = ['“', '”', '„', '‘', '’', '«', '»'];

/// Says whether a sign is a quote of some sort.
pub(super) fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'') || CURLY.contains(&c)
}

/// A reader that is given the signs of a line one after the other, and knows which stand in a text.
#[derive(Default)]
pub(super) struct Quotes {
    open: Option<char>,
    escaped: bool,
}

impl Quotes {
    /// Takes the next sign, and says whether it stands in a text, as the quote that ends one does.
    pub(super) fn take(&mut self, c: char) -> bool {
        let inside = self.is_open();
        match self.open {
            Some(_) if std::mem::take(&mut self.escaped) => {}
            Some('"') if c == '\\' => self.escaped = true,
            Some(open) if c == open => self.open = None,
            None if matches!(c, '"' | '\'') => self.open = Some(c),
            _ => {}
        }
        inside
    }

    /// Says whether a text is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }
}
