//! Every problem Fieldbook knows, in one table: its name, its manual page, and how bad it is.

use super::Level;

/// Makes [`Code`] and what is known of each. A code whose page is missing from
/// `src/manual/content/rules/` does not compile, so the two can't drift. The doc comment of a code is
/// its summary; the page repeats it and the level in its front matter, which `tests/manual` compares.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $level:ident $(, $set:ident)?;)+) => {
        /// Which problem it is. The name is stable and is how a writer refers to it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the alphabet.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name a writer sees, in kebab-case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// The problem in a sentence.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)+
                }
            }

            /// The page of the manual: a note with front matter.
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => {
                        include_str!(concat!("../manual/content/rules/", $name, ".md"))
                    })+
                }
            }

            /// How bad it is where the book does not say otherwise.
            pub fn level(self) -> Level {
                match self {
                    $(Self::$variant => Level::$level,)+
                }
            }

            /// The least that a book may take it to be: off where readers come to no harm, a warning
            /// where something is left out for it, an error where readers would be in danger.
            pub fn least(self) -> Level {
                match self {
                    $(Self::$variant => least(&[$(stringify!($set))?]),)+
                }
            }

            /// Says whether a note may be an exception.
            pub fn is_excusable(self) -> bool {
                self.least() == Level::Off || self == Self::ConfidentialName
            }
        }
    };
}

/// The least level of a code that is marked so.
fn least(marks: &[&str]) -> Level {
    match marks {
        ["settable"] => Level::Off,
        ["lenient"] => Level::Warning,
        _ => Level::Error,
    }
}

codes! {
    /// A file that does more in a browser than show itself, and that the book has all the same.
    ActiveFile = "active-file", Warning, settable;
    /// A link or reference names two or more notes.
    AmbiguousName = "ambiguous-name", Error, settable;
    /// A setting of the book can't be understood.
    BadConfig = "bad-config", Error;
    /// A date that is not one.
    BadDate = "bad-date", Error, settable;
    /// The front matter can't be read as TOML.
    BadFrontMatter = "bad-front-matter", Error, lenient;
    /// A formula that can't be shown.
    BadMath = "bad-math", Error;
    /// A reference names a note of another kind than the field takes.
    BadReferenceKind = "bad-reference-kind", Error, settable;
    /// A template can't be used.
    BadTemplate = "bad-template", Error;
    /// A value is of another sort than the field takes.
    BadValue = "bad-value", Error, settable;
    /// An article is named without the treaty it belongs to.
    BareArticle = "bare-article", Warning, settable;
    /// A control that changes the order in which a text is read, or that of what stands after it.
    BidiControl = "bidi-control", Warning, settable;
    /// A link or reference names no note.
    BrokenLink = "broken-link", Error, settable;
    /// A note that may not say who took part names somebody.
    ConfidentialName = "confidential-name", Error, excusable;
    /// Quotations and lists that lie too deep in each other.
    DeepNesting = "deep-nesting", Error;
    /// A block id, heading id or other anchor occurs twice in a note.
    DuplicateAnchor = "duplicate-anchor", Error, settable;
    /// A note has the title of another of its kind.
    DuplicateTitle = "duplicate-title", Warning, settable;
    /// A note embeds itself, by way of others or not.
    EmbedCycle = "embed-cycle", Error;
    /// A heading without words.
    EmptyHeading = "empty-heading", Warning, settable;
    /// The name of a file is not fit for an address.
    FileName = "file-name", Warning, settable;
    /// A file is over the limit for its sort.
    FileTooLarge = "file-too-large", Error;
    /// Signs that only another program reads.
    ForeignMarkup = "foreign-markup", Warning, settable;
    /// A character that nobody sees, and that programs trip over.
    InvisibleCharacter = "invisible-character", Warning, settable;
    /// A summary that does not fit where summaries are shown.
    LongSummary = "long-summary", Warning, settable;
    /// A row of a table that a bar cuts in the wrong place, or that is longer than the head.
    LostCell = "lost-cell", Warning, settable;
    /// Lines that an unfinished merge of git left.
    MergeConflict = "merge-conflict", Error;
    /// A link names a part that its note does not have.
    MissingAnchor = "missing-anchor", Error, settable;
    /// A picture or file that is linked is not in the book.
    MissingAsset = "missing-asset", Error, settable;
    /// A field that the kind requires is not there.
    MissingField = "missing-field", Error, settable;
    /// Signs that are nearly Markdown, and are shown as they are.
    NearMarkup = "near-markup", Warning, settable;
    /// A picture that says nothing to those who can't see it.
    NoAltText = "no-alt-text", Warning, settable;
    /// A note in a folder that belongs to no kind.
    NoKind = "no-kind", Warning, settable;
    /// There is nothing in the folder of the notes.
    NoNotes = "no-notes", Error;
    /// A table that does not say what its columns hold.
    NoTableHeader = "no-table-header", Warning, settable;
    /// The signs of a link that is none.
    NotALink = "not-a-link", Warning, settable;
    /// A file that is meant as a note, and whose name does not end with `.md`.
    NotANote = "not-a-note", Error;
    /// A file that should be text is not.
    NotText = "not-text", Error;
    /// A note that nothing leads to.
    Orphan = "orphan", Off, settable;
    /// Lines that go with a status the note does not have.
    OtherStatus = "other-status", Warning, settable;
    /// A link to a place outside the book.
    OutsideBook = "outside-book", Error;
    /// A file beside the notes that a browser would run.
    RefusedFile = "refused-file", Error;
    /// Raw HTML that is not on the list of what is allowed.
    RefusedHtml = "refused-html", Warning, settable;
    /// A link with a scheme that is not on the list of what is allowed.
    RefusedScheme = "refused-scheme", Error;
    /// A picture that lies on another site.
    RemoteImage = "remote-image", Warning, settable;
    /// The title of a note, written again as its first heading.
    RepeatedTitle = "repeated-title", Warning, settable;
    /// The day on which a note should be looked at again is past.
    ReviewOverdue = "review-overdue", Warning, settable;
    /// Two pages have the same address.
    SameAddress = "same-address", Error;
    /// A heading that stands more than one level below the one before.
    SkippedHeading = "skipped-heading", Warning, settable;
    /// A current note rests on one that was superseded.
    SupersededCited = "superseded-cited", Warning, settable;
    /// Notes that supersede each other in a ring.
    SupersessionCycle = "supersession-cycle", Error;
    /// A block of code without an end.
    UnclosedCode = "unclosed-code", Warning, settable;
    /// A comment that does not end.
    UnclosedComment = "unclosed-comment", Error;
    /// A note without a date, in a kind that has a feed.
    Undated = "undated", Warning, settable;
    /// A footnote is cited that is not there.
    UndefinedFootnote = "undefined-footnote", Error, settable;
    /// A reference link whose definition is not there.
    UndefinedReference = "undefined-reference", Error, settable;
    /// A key that nothing reads.
    UnknownKey = "unknown-key", Error, settable;
    /// A file beside the notes that nothing links to.
    UnlinkedFile = "unlinked-file", Warning, settable;
    /// A note is endorsed, and does not say by whom.
    UnnamedEndorser = "unnamed-endorser", Error, settable;
    /// Markdown in a block of HTML, where it is not read.
    UnreadMarkdown = "unread-markdown", Warning, settable;
    /// A file that can't be opened.
    Unreadable = "unreadable", Error;
    /// A note that readers rely on says nothing of what it rests on.
    Unsourced = "unsourced", Off, settable;
    /// An exception from a rule that the note keeps.
    UnusedException = "unused-exception", Warning, settable;
    /// A folder of a theme that nothing reads.
    UnusedFolder = "unused-folder", Warning, settable;
    /// A footnote that nothing cites, so that nobody sees it.
    UnusedFootnote = "unused-footnote", Warning, settable;
    /// A link whose text does not say where it leads.
    VagueLink = "vague-link", Warning, settable;
    /// A value that is not in the list of the field.
    ValueNotInList = "value-not-in-list", Error, settable;
    /// A field that notes of the kind should have is not there.
    WantedField = "wanted-field", Warning, settable;
    /// A note is current, and what it translates was withdrawn.
    WithdrawnOriginal = "withdrawn-original", Error;
    /// A note was withdrawn, and does not say why.
    WithdrawnUnexplained = "withdrawn-unexplained", Warning, settable;
}

impl Code {
    /// The code called `name`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// Says whether a book may set it in `[check]`.
    pub fn is_settable(self) -> bool {
        self.least() != Level::Error || self == Self::ConfidentialName
    }

    /// Returns the page of the manual as Markdown without front matter, its title as a heading.
    pub fn explanation(self) -> String {
        let text = self.page().splitn(3, "+++\n").nth(2).unwrap_or_default();
        format!("# `{}`\n{text}", self.name())
    }
}
