//! Expressions, and how they are read. Which operator binds how tight is as in Tera's parser.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::NotKnown;
use super::data::hash_of;
use super::run::TemplateFilter;
use super::tag::{TagToken, TagTokens};

/// A name: its number for variables, and its hash for keys of maps.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// The number.
    pub(super) id: u32,
    /// The hash.
    pub(super) hash: u32,
    /// The text.
    pub(super) text: Box<str>,
}

/// The numbers of all names, and the filters by name.
pub(super) struct Names<'f> {
    numbers: FxHashMap<String, u32>,
    filters: &'f BTreeMap<&'static str, TemplateFilter>,
}

impl<'f> Names<'f> {
    /// Begins without names.
    pub(super) fn new(filters: &'f BTreeMap<&'static str, TemplateFilter>) -> Self {
        Self { numbers: FxHashMap::default(), filters }
    }

    /// Returns a name with its number.
    pub(super) fn name(&mut self, text: &str) -> Name {
        let id = self.numbers.get(text).copied().unwrap_or_else(|| {
            let next = self.numbers.len() as u32;
            self.numbers.insert(text.to_owned(), next);
            next
        });
        Name { id, hash: hash_of(text), text: text.into() }
    }
}

/// An expression.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    /// A text as it is written.
    Text(Box<str>),
    /// A number as it is written.
    Number(i64),
    /// `true` or `false`.
    Bool(bool),
    /// `[]`.
    EmptyList,
    /// A variable, and the keys that follow it.
    Path(Name, Vec<Name>),
    /// `loop.index`, counted from the given number.
    LoopIndex(i64),
    /// `loop.first`.
    IsFirst,
    /// `loop.last`.
    IsLast,
    /// A value at a key of another.
    Key(Box<Expression>, Name),
    /// A value at an index or key that is computed.
    At(Box<(Expression, Expression)>),
    /// A value that a filter changes, with its arguments.
    Filter(Box<Expression>, TemplateFilter, Vec<(Box<str>, Expression)>),
    /// `not …`.
    Not(Box<Expression>),
    /// `… or …`: the first if it is true, else the second.
    Or(Box<(Expression, Expression)>),
    /// `… and …`.
    And(Box<(Expression, Expression)>),
    /// `… == …`, or if the flag is not set `… != …`.
    Equal(Box<(Expression, Expression)>, bool),
    /// `… < …`.
    Less(Box<(Expression, Expression)>),
    /// `… > …`.
    Greater(Box<(Expression, Expression)>),
    /// `… + …`.
    Sum(Box<(Expression, Expression)>),
    /// `… - …`.
    Difference(Box<(Expression, Expression)>),
    /// `… ~ …`: two values as one text.
    Joined(Box<(Expression, Expression)>),
    /// `… if … else …`: the condition, and the two values.
    Choice(Box<(Expression, Expression, Expression)>),
    /// `… is defined`.
    IsDefined(Box<Expression>),
    /// `… is starting_with(pat="…")`.
    StartsWith(Box<Expression>, Box<str>),
}

impl Expression {
    /// Reads an expression.
    pub(super) fn read(
        tokens: &mut TagTokens<'_>,
        names: &mut Names<'_>,
    ) -> Result<Self, NotKnown> {
        let value = Self::binary(tokens, names, 0)?;
        if !tokens.take("if") {
            return Ok(value);
        }
        let condition = Self::read(tokens, names)?;
        tokens.expect("else")?;
        Ok(Self::Choice(Box::new((condition, value, Self::read(tokens, names)?))))
    }

    /// Reads operators that bind at least as tight as `level`.
    fn binary(
        tokens: &mut TagTokens<'_>,
        names: &mut Names<'_>,
        level: u8,
    ) -> Result<Self, NotKnown> {
        let mut left = if tokens.take("not") {
            Self::Not(Box::new(Self::binary(tokens, names, 5)?))
        } else {
            Self::primary(tokens, names)?
        };
        loop {
            let next = match tokens.peek() {
                Some(TagToken::Name(name)) => name,
                Some(TagToken::Sign(sign)) => sign,
                _ => return Ok(left),
            };
            let (operator, binds) = match next {
                "or" => ("or", 1),
                "and" => ("and", 3),
                "is" => ("is", 5),
                "==" => ("==", 7),
                "!=" => ("!=", 7),
                "<" => ("<", 7),
                ">" => (">", 7),
                "+" => ("+", 11),
                "-" => ("-", 11),
                "~" => ("~", 13),
                "|" => ("|", 17),
                _ => return Ok(left),
            };
            if binds < level {
                return Ok(left);
            }
            tokens.next()?;
            left = match operator {
                "|" => Self::filter(left, tokens, names)?,
                "is" => Self::test(left, tokens)?,
                _ => {
                    let both = Box::new((left, Self::binary(tokens, names, binds + 1)?));
                    match operator {
                        "or" => Self::Or(both),
                        "and" => Self::And(both),
                        "==" => Self::Equal(both, true),
                        "!=" => Self::Equal(both, false),
                        "<" => Self::Less(both),
                        ">" => Self::Greater(both),
                        "+" => Self::Sum(both),
                        "-" => Self::Difference(both),
                        _ => Self::Joined(both),
                    }
                }
            };
        }
    }

    fn filter(
        value: Self,
        tokens: &mut TagTokens<'_>,
        names: &mut Names<'_>,
    ) -> Result<Self, NotKnown> {
        let filter = *names.filters.get(tokens.name()?).ok_or(NotKnown)?;
        let mut arguments = Vec::new();
        if tokens.take("(") {
            while !tokens.take(")") {
                let name = tokens.name()?;
                tokens.expect("=")?;
                arguments.push((name.into(), Self::read(tokens, names)?));
                if !tokens.is_next(")") {
                    tokens.expect(",")?;
                }
            }
        }
        Ok(Self::Filter(Box::new(value), filter, arguments))
    }

    fn test(value: Self, tokens: &mut TagTokens<'_>) -> Result<Self, NotKnown> {
        match tokens.name()? {
            "defined" => Ok(Self::IsDefined(Box::new(value))),
            "starting_with" => {
                for sign in ["(", "pat", "="] {
                    tokens.expect(sign)?;
                }
                let beginning = tokens.text()?;
                tokens.expect(")")?;
                Ok(Self::StartsWith(Box::new(value), beginning.into()))
            }
            _ => Err(NotKnown),
        }
    }

    fn primary(tokens: &mut TagTokens<'_>, names: &mut Names<'_>) -> Result<Self, NotKnown> {
        let first = match tokens.next()? {
            TagToken::Text(text) => Self::Text(text.into()),
            TagToken::Number(number) => Self::Number(number),
            TagToken::Sign("[") => {
                tokens.expect("]")?;
                Self::EmptyList
            }
            TagToken::Sign("(") => {
                let inner = Self::read(tokens, names)?;
                tokens.expect(")")?;
                inner
            }
            TagToken::Name("true") => Self::Bool(true),
            TagToken::Name("false") => Self::Bool(false),
            TagToken::Name("loop") => {
                tokens.expect(".")?;
                match tokens.name()? {
                    "index" => Self::LoopIndex(1),
                    "index0" => Self::LoopIndex(0),
                    "first" => Self::IsFirst,
                    "last" => Self::IsLast,
                    _ => return Err(NotKnown),
                }
            }
            TagToken::Name(name) => Self::Path(names.name(name), Vec::new()),
            TagToken::Sign(_) => return Err(NotKnown),
        };
        Self::with_keys(first, tokens, names)
    }

    fn with_keys(
        mut value: Self,
        tokens: &mut TagTokens<'_>,
        names: &mut Names<'_>,
    ) -> Result<Self, NotKnown> {
        loop {
            let key = if tokens.take(".") {
                names.name(tokens.name()?)
            } else if tokens.take("[") {
                let index = Self::read(tokens, names)?;
                tokens.expect("]")?;
                match index {
                    Self::Text(key) => names.name(&key),
                    index => {
                        value = Self::At(Box::new((value, index)));
                        continue;
                    }
                }
            } else {
                return Ok(value);
            };
            value = match value {
                Self::Path(name, mut keys) => {
                    keys.push(key);
                    Self::Path(name, keys)
                }
                value => Self::Key(Box::new(value), key),
            };
        }
    }
}
