//! The table of rules: the name of each, its page in the manual, and its level.

use super::Level;

/// Makes [`Code`] and what is known of each. A code whose page is missing from
/// `src/manual/content/rules/` does not compile, so the two can't drift. The doc comment of a code is
/// its summary; the page repeats it and the level in its front matter, which `tests/manual` compares.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $level:ident $(, $set:ident)?;)+) => {
        /// A rule, by its name, which is stable: books and notes refer to it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// All rules, in the order of the alphabet.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the name that a writer sees, in kebab-case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            /// Returns the problem in a sentence.
            pub fn summary(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($doc),+).trim_ascii(),)+
                }
            }

            /// Returns the page of the manual: a note with front matter.
            pub fn page(self) -> &'static str {
                match self {
                    $(Self::$variant => {
                        include_str!(concat!("../manual/content/rules/", $name, ".md"))
                    })+
                }
            }

            /// Returns the level of the rule in a book that does not set it.
            pub fn level(self) -> Level {
                match self {
                    $(Self::$variant => Level::$level,)+
                }
            }

            /// Returns the lowest level that a book may set: off if readers come to no harm, a warning
            /// if something is left out, an error if readers would be in danger.
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

/// Returns the lowest level of a rule with these marks in the table.
fn least(marks: &[&str]) -> Level {
    match marks {
        ["settable"] => Level::Off,
        ["lenient"] => Level::Warning,
        _ => Level::Error,
    }
}

codes! {
    /// A file that a browser can run is published.
    ActiveFile = "active-file", Warning, settable;
    /// A link or reference uses a name that two or more notes have.
    AmbiguousName = "ambiguous-name", Error, settable;
    /// A setting of the book can't be understood.
    BadConfig = "bad-config", Error;
    /// A date is not in the calendar, or not written as dates are.
    BadDate = "bad-date", Error, settable;
    /// The front matter of a note can't be read.
    BadFrontMatter = "bad-front-matter", Error, lenient;
    /// A formula can't be shown.
    BadMath = "bad-math", Error;
    /// A field names a note of a kind that it does not take.
    BadReferenceKind = "bad-reference-kind", Error, settable;
    /// A template of the book can't be used.
    BadTemplate = "bad-template", Error;
    /// A value is not of the type that its key takes.
    BadValue = "bad-value", Error, settable;
    /// An article is named without its treaty.
    BareArticle = "bare-article", Warning, settable;
    /// An invisible mark changes the order in which a text is read.
    BidiControl = "bidi-control", Warning, settable;
    /// A link or reference leads to no note.
    BrokenLink = "broken-link", Error, settable;
    /// A note that may not say who took part names one of them.
    ConfidentialName = "confidential-name", Error, excusable;
    /// Quotations and lists are nested too deep.
    DeepNesting = "deep-nesting", Error;
    /// Two places of a note have the same name.
    DuplicateAnchor = "duplicate-anchor", Error, settable;
    /// Two notes of one kind have the same title.
    DuplicateTitle = "duplicate-title", Warning, settable;
    /// A note embeds itself, directly or through other notes.
    EmbedCycle = "embed-cycle", Error;
    /// A heading has no words.
    EmptyHeading = "empty-heading", Warning, settable;
    /// The name of a file does not suit an address.
    FileName = "file-name", Warning, settable;
    /// A file is larger than the limit.
    FileTooLarge = "file-too-large", Error;
    /// A note has markup that only another program reads.
    ForeignMarkup = "foreign-markup", Warning, settable;
    /// A text has an invisible character that programs trip over.
    InvisibleCharacter = "invisible-character", Warning, settable;
    /// A summary is too long for the lists that show it.
    LongSummary = "long-summary", Warning, settable;
    /// A row of a table has more cells than the head, or a bar cuts a link in it.
    LostCell = "lost-cell", Warning, settable;
    /// A note has lines that an unfinished merge of git left.
    MergeConflict = "merge-conflict", Error;
    /// A link names a part that its note does not have.
    MissingAnchor = "missing-anchor", Error, settable;
    /// A picture or file that is linked is not in the book.
    MissingAsset = "missing-asset", Error, settable;
    /// A key that must be there is missing.
    MissingField = "missing-field", Error, settable;
    /// A text is nearly Markdown, and is shown as it was typed.
    NearMarkup = "near-markup", Warning, settable;
    /// A picture has no text for readers who can't see it.
    NoAltText = "no-alt-text", Warning, settable;
    /// A note is in a folder that belongs to no kind.
    NoKind = "no-kind", Warning, settable;
    /// The folder of the notes is empty or missing.
    NoNotes = "no-notes", Error;
    /// A table does not say what its columns hold.
    NoTableHeader = "no-table-header", Warning, settable;
    /// A text looks like a link but is not one.
    NotALink = "not-a-link", Warning, settable;
    /// A file is meant as a note, but its name does not end with .md.
    NotANote = "not-a-note", Error;
    /// A file that should be text is not.
    NotText = "not-text", Error;
    /// A note that no other note leads to.
    Orphan = "orphan", Off, settable;
    /// A note has keys that go with a status it does not have.
    OtherStatus = "other-status", Warning, settable;
    /// A link in the file system leads out of the book.
    OutsideBook = "outside-book", Error;
    /// A file beside the notes is one that a browser would run.
    RefusedFile = "refused-file", Error;
    /// A note has HTML that is not allowed.
    RefusedHtml = "refused-html", Warning, settable;
    /// A link begins with a scheme that is not allowed.
    RefusedScheme = "refused-scheme", Error;
    /// A picture is on another site.
    RemoteImage = "remote-image", Warning, settable;
    /// The text has a heading of the first level, as the title is one.
    RepeatedTitle = "repeated-title", Warning, settable;
    /// The day by which a note should be reviewed is past.
    ReviewOverdue = "review-overdue", Warning, settable;
    /// Two pages or files have the same address.
    SameAddress = "same-address", Error;
    /// A heading is two or more levels below the one before it.
    SkippedHeading = "skipped-heading", Warning, settable;
    /// A current note leads to one that was superseded.
    SupersededCited = "superseded-cited", Warning, settable;
    /// Notes supersede each other in a ring.
    SupersessionCycle = "supersession-cycle", Error;
    /// A block of code does not end.
    UnclosedCode = "unclosed-code", Warning, settable;
    /// A comment does not end.
    UnclosedComment = "unclosed-comment", Error;
    /// A note has no date, and its kind has a feed.
    Undated = "undated", Warning, settable;
    /// A footnote that is cited has no text.
    UndefinedFootnote = "undefined-footnote", Error, settable;
    /// A reference link has no definition.
    UndefinedReference = "undefined-reference", Error, settable;
    /// A key is not known here.
    UnknownKey = "unknown-key", Error, settable;
    /// A file beside the notes is not linked from anywhere.
    UnlinkedFile = "unlinked-file", Warning, settable;
    /// A note is endorsed but does not say by whom.
    UnnamedEndorser = "unnamed-endorser", Error, settable;
    /// Markdown stands in a block of HTML, where it is not read.
    UnreadMarkdown = "unread-markdown", Warning, settable;
    /// A file can't be opened.
    Unreadable = "unreadable", Error;
    /// A published note names no source.
    Unsourced = "unsourced", Off, settable;
    /// A note has an exception to a rule that it keeps.
    UnusedException = "unused-exception", Warning, settable;
    /// A theme has a folder that nothing reads.
    UnusedFolder = "unused-folder", Warning, settable;
    /// A footnote is not cited, so readers never see it.
    UnusedFootnote = "unused-footnote", Warning, settable;
    /// The text of a link does not say where it leads.
    VagueLink = "vague-link", Warning, settable;
    /// A value is not in the list of its key.
    ValueNotInList = "value-not-in-list", Error, settable;
    /// A field that a note should have is missing.
    WantedField = "wanted-field", Warning, settable;
    /// A translation is current, but its original was withdrawn.
    WithdrawnOriginal = "withdrawn-original", Error;
    /// A withdrawn note does not say why.
    WithdrawnUnexplained = "withdrawn-unexplained", Warning, settable;
}

impl Code {
    /// Returns the rule called `name`.
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
