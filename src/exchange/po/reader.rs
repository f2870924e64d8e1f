//! Reading of `.po` files, as other programs write them.

use crate::exchange::catalog::{Catalog, CatalogEntry, UnreadableCatalog};

/// Reads a catalog.
pub(in crate::exchange) fn read(text: &str) -> Result<Catalog, UnreadableCatalog> {
    let mut reader = PoReader::default();
    for (at, line) in text.lines().enumerate() {
        reader.line = at + 1;
        reader.take(line.trim())?;
    }
    reader.end()?;
    Ok(reader.catalog)
}

/// The keyword that a string belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Keyword {
    Context,
    Source,
    Target,
    Previous,
    /// One that is not kept.
    Other,
}

/// The state while a file is read.
#[derive(Default)]
struct PoReader {
    catalog: Catalog,
    line: usize,
    entry: PoEntry,
    /// The keyword of the last string, which may go on in the next line.
    open: Option<Keyword>,
}

/// The strings of an entry, as bytes: an escape may stand for a part of a sign.
#[derive(Default)]
struct PoEntry {
    line: usize,
    context: Option<Vec<u8>>,
    source: Option<Vec<u8>>,
    target: Option<Vec<u8>>,
    previous: Option<Vec<u8>>,
    is_fuzzy: bool,
}

impl PoReader {
    fn take(&mut self, line: &str) -> Result<(), UnreadableCatalog> {
        if line.is_empty() {
            return self.end();
        }
        if let Some(comment) = line.strip_prefix('#') {
            return self.comment(comment);
        }
        if line.starts_with('"') {
            let Some(open) = self.open else {
                return self.wrong("no msgid or msgstr stands before this text");
            };
            return self.text(open, line);
        }
        let (word, rest) = line.split_at(line.find([' ', '\t', '"']).unwrap_or(line.len()));
        let keyword = match word {
            "msgctxt" => Keyword::Context,
            "msgid" => Keyword::Source,
            "msgstr" => Keyword::Target,
            "msgid_plural" | "msgstr[0]" => {
                return self
                    .wrong("a text of a note has no plural forms; write one msgid and one msgstr");
            }
            _ => {
                return self
                    .wrong("a line begins with msgctxt, msgid, msgstr, # or a quotation mark");
            }
        };
        self.open(keyword, rest)
    }

    fn comment(&mut self, comment: &str) -> Result<(), UnreadableCatalog> {
        // An entry that is out of use.
        if comment.starts_with('~') {
            return self.end();
        }
        if self.entry.target.is_some() {
            self.end()?;
        }
        if let Some(flags) = comment.strip_prefix(',') {
            self.entry.is_fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy");
        } else if let Some(previous) = comment.strip_prefix('|') {
            let previous = previous.trim();
            return match previous.strip_prefix("msgid").filter(|rest| !rest.starts_with('_')) {
                Some(rest) => self.open(Keyword::Previous, rest),
                None if previous.starts_with('"') => match self.open {
                    Some(open @ (Keyword::Previous | Keyword::Other)) => self.text(open, previous),
                    _ => Ok(()),
                },
                None => {
                    self.open = Some(Keyword::Other);
                    Ok(())
                }
            };
        }
        self.open = None;
        Ok(())
    }

    /// Begins a string.
    fn open(&mut self, keyword: Keyword, rest: &str) -> Result<(), UnreadableCatalog> {
        let begins_entry = self.entry.target.is_some() && keyword != Keyword::Target;
        let is_again = |entry: &PoEntry| match keyword {
            Keyword::Context => entry.context.is_some() || entry.source.is_some(),
            Keyword::Source => entry.source.is_some(),
            Keyword::Target => entry.target.is_some() || entry.source.is_none(),
            Keyword::Previous | Keyword::Other => false,
        };
        if begins_entry {
            self.end()?;
        }
        if is_again(&self.entry) {
            return self.wrong("an entry has one msgctxt, one msgid and one msgstr, in this order");
        }
        if self.entry.line == 0 && keyword != Keyword::Previous {
            self.entry.line = self.line;
        }
        self.open = Some(keyword);
        let slot = self.entry.slot(keyword);
        if let Some(slot) = slot {
            slot.get_or_insert_default();
        }
        self.text(keyword, rest.trim())
    }

    /// Adds a quoted text to a string.
    fn text(&mut self, keyword: Keyword, quoted: &str) -> Result<(), UnreadableCatalog> {
        let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let Some(inner) = inner.filter(|_| quoted.len() >= 2) else {
            return self.wrong("a text begins and ends with a quotation mark, in one line");
        };
        let Some(bytes) = unescaped(inner) else {
            return self.wrong("a quotation mark within a text is written \\\", a backslash \\\\");
        };
        if let Some(slot) = self.entry.slot(keyword) {
            slot.get_or_insert_default().extend(bytes);
        }
        Ok(())
    }

    /// Ends the entry that is open.
    fn end(&mut self) -> Result<(), UnreadableCatalog> {
        self.open = None;
        let entry = std::mem::take(&mut self.entry);
        let Some(source) = entry.source else {
            // Comments alone, or what was left of an entry that is out of use.
            return match entry.context {
                Some(_) => self.wrong("the entry above has no msgid"),
                None => Ok(()),
            };
        };
        let Some(target) = entry.target else { return self.wrong("the entry above has no msgstr") };
        let line = self.line;
        let text = |bytes: Vec<u8>| {
            String::from_utf8(bytes)
                .map_err(|_| UnreadableCatalog::new(line, "the entry above is not UTF-8"))
        };
        let (source, target) = (text(source)?, text(target)?);
        let context = entry.context.map(text).transpose()?;
        if source.is_empty() && context.is_none() {
            return self.header(&target);
        }
        self.catalog.entries.push(CatalogEntry {
            context: context.unwrap_or_default(),
            source,
            target,
            is_fuzzy: entry.is_fuzzy,
            previous: entry.previous.map(text).transpose()?,
            remarks: Vec::new(),
            line: entry.line,
        });
        Ok(())
    }

    fn header(&mut self, header: &str) -> Result<(), UnreadableCatalog> {
        for line in header.lines() {
            let Some((key, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match key.to_ascii_lowercase().as_str() {
                "project-id-version" => self.catalog.title = value.to_owned(),
                "language" => self.catalog.to = value.replace('_', "-"),
                "x-source-language" => self.catalog.from = value.replace('_', "-"),
                "content-type" => {
                    let charset = value.split_once("charset=").map_or("UTF-8", |(_, name)| name);
                    let charset = charset.trim().to_ascii_uppercase();
                    if !matches!(
                        charset.as_str(),
                        "UTF-8" | "UTF8" | "CHARSET" | "US-ASCII" | "ASCII"
                    ) {
                        return self.wrong("the file says that it is not UTF-8; save it as UTF-8");
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn wrong(&self, why: &str) -> Result<(), UnreadableCatalog> {
        Err(UnreadableCatalog::new(self.line, why))
    }
}

impl PoEntry {
    fn slot(&mut self, keyword: Keyword) -> Option<&mut Option<Vec<u8>>> {
        match keyword {
            Keyword::Context => Some(&mut self.context),
            Keyword::Source => Some(&mut self.source),
            Keyword::Target => Some(&mut self.target),
            Keyword::Previous => Some(&mut self.previous),
            Keyword::Other => None,
        }
    }
}

/// Reads the escapes of a text, those of the language C. Returns none if a quotation mark or a backslash has none.
fn unescaped(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return None,
            b'\\' => match bytes.next()? {
                b'n' => out.push(b'\n'),
                b't' => out.push(b'\t'),
                b'r' => out.push(b'\r'),
                b'a' => out.push(7),
                b'b' => out.push(8),
                b'v' => out.push(11),
                b'f' => out.push(12),
                b'x' => {
                    let mut value = u8::try_from(char::from(bytes.next()?).to_digit(16)?).ok()?;
                    while let Some(digit) = bytes.peek().and_then(|b| char::from(*b).to_digit(16)) {
                        value = value.wrapping_mul(16).wrapping_add(digit as u8);
                        bytes.next();
                    }
                    out.push(value);
                }
                digit @ b'0'..=b'7' => {
                    let mut value = digit - b'0';
                    for _ in 0..2 {
                        let Some(digit @ b'0'..=b'7') = bytes.peek() else { break };
                        value = value.wrapping_mul(8).wrapping_add(digit - b'0');
                        bytes.next();
                    }
                    out.push(value);
                }
                sign @ (b'"' | b'\\' | b'\'' | b'?') => out.push(sign),
                _ => return None,
            },
            byte => out.push(byte),
        }
    }
    Some(out)
}
