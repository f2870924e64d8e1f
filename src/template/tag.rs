//! The words and signs inside of `{{ … }}` and `{% … %}`.

use super::NotKnown;

/// One word or sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TagToken<'t> {
    /// A name or keyword.
    Name(&'t str),
    /// A text in quotes.
    Text(&'t str),
    /// A whole number.
    Number(i64),
    /// A sign, such as `==`.
    Sign(&'static str),
}

/// The signs, of which the longer come first.
const SIGNS: &[&str] = &[
    "==", "!=", "<=", ">=", "/>", "|", "~", "+", "-", ".", ",", ":", "=", "<", ">", "[", "]", "(",
    ")", "{", "}", "@",
];

/// The content of a tag, and what comes after it.
pub(super) struct Tag<'t> {
    /// The words and signs.
    pub(super) tokens: Vec<TagToken<'t>>,
    /// True if the white space after the tag is dropped.
    pub(super) trims: bool,
    /// The template after the tag.
    pub(super) rest: &'t str,
}

/// Reads a tag that ends with `end`, such as `%}`. `text` begins inside of it.
pub(super) fn read<'t>(text: &'t str, end: &str) -> Result<Tag<'t>, NotKnown> {
    let (mut rest, mut tokens, mut open) = (text, Vec::new(), 0usize);
    loop {
        rest = rest.trim_start();
        if open == 0 {
            let after = rest.strip_prefix('-').and_then(|rest| rest.strip_prefix(end));
            let trims = after.is_some();
            if let Some(rest) = after.or_else(|| rest.strip_prefix(end)) {
                return Ok(Tag { tokens, trims, rest });
            }
        }
        let first = rest.chars().next().ok_or(NotKnown)?;
        let length = if first == '"' {
            let content = rest[1..].split('"').next().ok_or(NotKnown)?;
            if content.contains('\\') {
                return Err(NotKnown);
            }
            tokens.push(TagToken::Text(content));
            content.len() + 2
        } else if first.is_ascii_alphabetic() || first == '_' {
            let is_within = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
            let length = rest.find(|sign| !is_within(sign)).ok_or(NotKnown)?;
            tokens.push(TagToken::Name(&rest[..length]));
            length
        } else if first.is_ascii_digit() {
            let length = rest.find(|sign: char| !sign.is_ascii_digit()).ok_or(NotKnown)?;
            tokens.push(TagToken::Number(rest[..length].parse().map_err(|_| NotKnown)?));
            length
        } else {
            let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign)).ok_or(NotKnown)?;
            match *sign {
                "{" => open += 1,
                "}" => open = open.checked_sub(1).ok_or(NotKnown)?,
                _ => {}
            }
            tokens.push(TagToken::Sign(sign));
            sign.len()
        };
        rest = rest.get(length..).ok_or(NotKnown)?;
    }
}

/// The tokens of a tag, one after the other.
#[derive(Clone, Debug)]
pub(super) struct TagTokens<'t> {
    tokens: std::vec::IntoIter<TagToken<'t>>,
}

impl<'t> TagTokens<'t> {
    /// Begins with the first token.
    pub(super) fn new(tokens: Vec<TagToken<'t>>) -> Self {
        Self { tokens: tokens.into_iter() }
    }

    /// Returns the next token without taking it.
    pub(super) fn peek(&self) -> Option<TagToken<'t>> {
        self.tokens.as_slice().first().copied()
    }

    /// Says whether the next token is a sign or keyword, and takes it if it is.
    pub(super) fn take(&mut self, text: &str) -> bool {
        let is_next = self.is_next(text);
        if is_next {
            self.tokens.next();
        }
        is_next
    }

    /// Says whether the next token is a sign or keyword.
    pub(super) fn is_next(&self, text: &str) -> bool {
        match self.peek() {
            Some(TagToken::Name(name)) => name == text,
            Some(TagToken::Sign(sign)) => sign == text,
            _ => false,
        }
    }

    /// Takes a sign or keyword that must come next.
    pub(super) fn expect(&mut self, text: &str) -> Result<(), NotKnown> {
        if self.take(text) { Ok(()) } else { Err(NotKnown) }
    }

    /// Takes the next token.
    pub(super) fn next(&mut self) -> Result<TagToken<'t>, NotKnown> {
        self.tokens.next().ok_or(NotKnown)
    }

    /// Takes a name.
    pub(super) fn name(&mut self) -> Result<&'t str, NotKnown> {
        match self.next()? {
            TagToken::Name(name) => Ok(name),
            _ => Err(NotKnown),
        }
    }

    /// Takes a text in quotes.
    pub(super) fn text(&mut self) -> Result<&'t str, NotKnown> {
        match self.next()? {
            TagToken::Text(text) => Ok(text),
            _ => Err(NotKnown),
        }
    }

    /// Makes sure that nothing is left.
    pub(super) fn end(&self) -> Result<(), NotKnown> {
        if self.peek().is_none() { Ok(()) } else { Err(NotKnown) }
    }
}
