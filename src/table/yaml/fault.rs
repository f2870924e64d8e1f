//! The faults of YAML, and how each is said.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

/// The most lines above a fault in which a bracket is looked for.
const MOST_LINES: usize = 100;

/// A fault of a text and its place.
#[derive(Debug)]
pub(in super::super) struct YamlFault {
    pub(in super::super) kind: YamlFaultKind,
    pub(in super::super) place: Range<usize>,
}

/// The faults that are told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum YamlFaultKind {
    /// A key is set twice.
    SetTwice(String),
    /// A value is given a name, with `&`.
    Anchor,
    /// The name of another value stands in place of one, with `*`.
    Alias,
    /// The settings of another part are to be added, with `<<`.
    Merge,
    /// A value is given a type, with `!`.
    Tag,
    /// A key is no word, but a list or a part.
    Key,
    /// A second text of YAML follows.
    SecondDocument,
    /// There are too many values.
    TooMany,
    /// The text is too long.
    TooLong,
    /// Values lie in each other too deeply.
    TooDeep,
    /// A line is no setting.
    Line,
    /// A text holds a colon with a space behind it.
    Colon,
    /// A value begins with a sign that means something else.
    FirstSign(char),
    /// A tab stands where a line is indented.
    Tab,
    /// A line is indented otherwise than those that it belongs to.
    Indentation,
    /// A list begins in the line of its key.
    ListInLine,
    /// Something follows a value that has ended.
    AfterValue,
    /// A text has no closing quote.
    NoClosingQuote,
    /// A text ends before its closing quote.
    EarlyEnd,
    /// A backslash in a text is not escaped.
    Backslash,
    /// A list or part has no closing bracket.
    NoClosingBracket,
    /// A sign that begins a text over several lines has something behind it.
    BlockSign,
}

impl YamlFault {
    pub(super) fn new(kind: YamlFaultKind, place: Range<usize>) -> Self {
        Self { kind, place }
    }

    /// Returns a fault that the parser found.
    pub(super) fn of_parser(text: &str, error: &ScanError) -> Self {
        let at = error.marker().byte_offset().unwrap_or(0).min(text.len());
        let at = text.floor_char_boundary(at);
        let kind = kind_of(error.kind(), text, at);
        let at = match kind {
            YamlFaultKind::NoClosingBracket => open_bracket(text, at).unwrap_or(at),
            YamlFaultKind::Tab => at - usize::from(text[..at].ends_with('\t')),
            _ => at,
        };
        let line = text[at..].split('\n').next().unwrap_or_default().trim_end();
        // One sign is to blame for some faults, and all that follows for others.
        let length = match kind {
            YamlFaultKind::Colon | YamlFaultKind::Tab => 1.min(line.len()),
            _ => line.len(),
        };
        Self { kind, place: at..at + length }
    }
}

fn kind_of(error: &ErrorKind, text: &str, at: usize) -> YamlFaultKind {
    use ErrorKind as E;
    let next = text[at..].chars().next();
    match error {
        E::RecursionLimitExceeded => YamlFaultKind::TooDeep,
        E::MappingValueNotAllowed | E::InvalidMappingValueWhitespace => YamlFaultKind::Colon,
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => YamlFaultKind::Tab,
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => {
            YamlFaultKind::NoClosingQuote
        }
        E::InvalidTrailingDoubleQuotedScalar | E::InvalidTrailingSingleQuotedScalar => {
            YamlFaultKind::EarlyEnd
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidUnicodeEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate => YamlFaultKind::Backslash,
        E::UnclosedFlowCollection { .. }
        | E::MismatchedFlowCollectionEnd { .. }
        | E::InvalidColonPlacement
        | E::ExpectedFlowSequenceSeparator
        | E::ExpectedFlowMappingSeparator
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping
        | E::BlockEntryInFlowCollection => YamlFaultKind::NoClosingBracket,
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent | E::InvalidBlockScalarIndent => {
            YamlFaultKind::BlockSign
        }
        E::BlockSequenceEntryNotAllowed | E::InvalidBlockEntryWhitespace => {
            YamlFaultKind::ListInLine
        }
        E::UnexpectedCharacter { character } => YamlFaultKind::FirstSign(*character),
        E::MisplacedFlowCollectionEnd
        | E::InvalidTagTerminator
        | E::MissingTagUri
        | E::ExpectedTagBang
        | E::UndeclaredTagHandle
        | E::UnclosedVerbatimTag
        | E::MissingAnchorOrAliasName => next.map_or(YamlFaultKind::Line, YamlFaultKind::FirstSign),
        E::UnexpectedEofBlockMapping if next == Some(',') => YamlFaultKind::FirstSign(','),
        E::ExpectedBlockMappingKey if !starts_line(text, at) => YamlFaultKind::AfterValue,
        E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry | E::InvalidIndentation => {
            YamlFaultKind::Indentation
        }
        _ => YamlFaultKind::Line,
    }
}

/// Returns the bracket that is open at a place, which is found out only below its line.
fn open_bracket(text: &str, at: usize) -> Option<usize> {
    let mut end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    for _ in 0..MOST_LINES {
        let start = text[..end].rfind('\n').map_or(0, |at| at + 1);
        let line = &text[start..end];
        if let Some(first) = line.find(['[', '{'])
            && line.matches(['[', '{']).count() > line.matches([']', '}']).count()
        {
            return Some(start + first);
        }
        end = start.checked_sub(1)?;
    }
    None
}

/// Says whether nothing but spaces stands before a place in its line.
fn starts_line(text: &str, at: usize) -> bool {
    text[..at].rsplit('\n').next().is_none_or(|before| before.trim().is_empty())
}

impl YamlFaultKind {
    /// Returns the fault in words.
    pub(in super::super) fn message(&self) -> String {
        let sentence = match self {
            Self::SetTwice(key) => return format!("\"{key}\" is set twice"),
            Self::FirstSign(sign) => {
                return format!("a text that begins with {sign} stands in quotes");
            }
            Self::Anchor => "front matter can't give a value a name with & (an anchor of YAML)",
            Self::Alias => "front matter can't name another value with * (an alias of YAML)",
            Self::Merge => {
                "front matter can't add the settings of another part with << (a merge key of YAML)"
            }
            Self::Tag => "front matter can't give a value a type with ! (a tag of YAML)",
            Self::Key => "a key is a word, and this is none",
            Self::SecondDocument => "front matter is one text of YAML, and here begins another",
            Self::TooMany => "front matter has no room for so many values",
            Self::TooLong => "front matter can have 1 MB at most",
            Self::TooDeep => "these values lie in each other too deeply",
            Self::Line => "this line can't be read",
            Self::Colon => "a text that holds a colon and a space stands in quotes",
            Self::Tab => "a tab stands here, and YAML is indented with spaces",
            Self::Indentation => "this line is indented otherwise than those around it",
            Self::ListInLine => "a list with hyphens begins in the line below its key",
            Self::AfterValue => "this follows a value that has ended",
            Self::NoClosingQuote => "this text has no closing quote",
            Self::EarlyEnd => "this text ends too early",
            Self::Backslash => "a backslash in a text is written twice",
            Self::NoClosingBracket => "this list has no closing bracket",
            Self::BlockSign => {
                "nothing stands behind the sign that begins a text over several lines"
            }
        };
        sentence.to_owned()
    }

    /// Says whether a text without quotes may have been meant.
    pub(in super::super) fn may_be_text(&self) -> bool {
        matches!(
            self,
            Self::Anchor
                | Self::Alias
                | Self::Tag
                | Self::Colon
                | Self::FirstSign(_)
                | Self::AfterValue
                | Self::NoClosingBracket
                | Self::BlockSign
        )
    }

    /// Returns the help, where it is the same for every such fault.
    pub(in super::super) fn help(&self) -> Option<&'static str> {
        Some(match self {
            Self::SetTwice(_) => "keep one of the two lines and delete the other",
            Self::Anchor => {
                "take out the & and the word behind it; if it is text, put the whole value in quotes"
            }
            Self::Alias => "write the value itself; if it is text, put it in quotes",
            Self::Merge => "write each of those settings here",
            Self::Tag => {
                "take out the ! and the word behind it: the key says what its value is; if it is text, put the \
                 whole value in quotes"
            }
            Self::Key | Self::Line => {
                "each line here is a key, a colon, a space and a value: title: \"…\""
            }
            Self::SecondDocument => "take out the line of --- above it",
            Self::Tab => "put spaces in its place",
            Self::Indentation => "begin the lines that belong together in the same column",
            Self::ListInLine => {
                "put each item in a line of its own below the key, after a hyphen and a space"
            }
            Self::NoClosingBracket => {
                "close the list with ]; if it is text, put the whole value in quotes"
            }
            Self::BlockSign => "begin the text in the line below, or put it in quotes",
            _ => return None,
        })
    }
}
