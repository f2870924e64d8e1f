//! The faults of TOML that are told apart, and how each is said.

use toml::de::Error;

/// A fault of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum SyntaxFault {
    /// A key is set twice.
    SetTwice(String),
    /// A key holds a space.
    SpaceInKey(String),
    /// A key holds a letter that no key can hold.
    LetterInKey(String),
    /// Nothing stands after the equals sign.
    NoValue(String),
    /// Two equals signs follow each other.
    SecondEqualsSign,
    /// A colon stands in place of the equals sign.
    Colon,
    /// Two settings stand in one line.
    TwoSettings,
    /// A heading of a part can't be read.
    Heading,
    /// A line is no setting.
    Line,
    /// A space of another sort, with its name.
    OddSpace(&'static str),
    /// A sign that does not belong there follows a value; its name.
    SignAfterValue(&'static str),
    /// A text stands between curly quotes.
    CurlyQuotes,
    /// A text ends with a curly quote.
    CurlyEnd,
    /// A text has no closing quote.
    NoClosingQuote,
    /// A text ends before its closing quote.
    EarlyEnd,
    /// A text has no quotes.
    NoQuotes,
    /// A backslash in a text is not escaped.
    Backslash,
    /// A text can't be read for another reason.
    Text,
    /// Several texts stand without brackets.
    SeveralTexts,
    /// A list is written below its key.
    ListBelow,
    /// A list stands in round brackets.
    RoundBrackets,
    /// A list has no closing bracket.
    NoClosingBracket,
    /// The texts of a list have no quotes.
    NoQuotesInList,
    /// Two items of a list have no comma between them.
    NoCommaInList,
    /// A list can't be read for another reason.
    List,
    /// Two settings in braces have no comma between them.
    NoCommaInBraces,
    /// A part with keys of its own can't be read for another reason.
    Part,
    /// Something that looks like a date is none.
    NoDate(String),
    /// Yes or no is written as a word.
    YesOrNo,
    /// A number begins with 0.
    LeadingZero,
    /// A number has a comma in place of its point.
    CommaForPoint,
    /// A number has commas between its thousands.
    CommasInNumber,
}

impl SyntaxFault {
    /// Returns the fault in words.
    pub(in super::super) fn message(&self) -> String {
        let sentence = match self {
            Self::SetTwice(key) => return format!("\"{key}\" is set twice"),
            Self::SpaceInKey(key) => return format!("the key \"{key}\" holds a space"),
            Self::LetterInKey(key) => {
                return format!("the key \"{key}\" holds a letter that no key can hold");
            }
            Self::NoValue(key) => return format!("\"{key}\" has no value"),
            Self::OddSpace(name) => {
                return format!("here stands {name}, and only a plain space will do");
            }
            Self::SignAfterValue(sign) => {
                return format!("the {sign} after this value does not belong there");
            }
            Self::NoDate(written) => return format!("{written} is not a date"),
            Self::SecondEqualsSign => "one equals sign is enough",
            Self::Colon => "between key and value stands an equals sign, not a colon",
            Self::TwoSettings => "two settings stand in one line",
            Self::Heading => "this heading of a part can't be read",
            Self::Line => "this line can't be read",
            Self::CurlyQuotes => "these are curly quotes; straight ones are needed",
            Self::CurlyEnd => "this text ends with a curly quote; a straight one is needed",
            Self::NoClosingQuote => "this text has no closing quote",
            Self::EarlyEnd => "this text ends too early",
            Self::NoQuotes => "text stands in quotes",
            Self::Backslash => "a backslash in a text is written twice",
            Self::Text => "this text can't be read",
            Self::SeveralTexts => "several texts stand in square brackets",
            Self::ListBelow => "a list stands in square brackets, after an equals sign",
            Self::RoundBrackets => "a list stands in square brackets, not in round ones",
            Self::NoClosingBracket => "this list has no closing bracket",
            Self::NoQuotesInList => "the texts of a list stand in quotes",
            Self::NoCommaInList => "between the items of a list stands a comma",
            Self::List => "this list can't be read",
            Self::NoCommaInBraces => "between two settings in braces stands a comma",
            Self::Part => "this part can't be read",
            Self::YesOrNo => "yes is written true, and no is written false",
            Self::LeadingZero => "a number does not begin with 0",
            Self::CommaForPoint => "a number has a point, no comma",
            Self::CommasInNumber => "a number is written without commas",
        };
        sentence.to_owned()
    }
}

/// Says whether the parser found a key that is set twice. It tells its errors apart only by what it
/// says of them.
pub(super) fn is_duplicate_key(error: &Error) -> bool {
    error.message().contains("duplicate key")
}
