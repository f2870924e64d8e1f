//! The rule `copied-source`.
//!
//! Sites that keep copies, in a source, a field and a text.
//!
//! ```book.toml
//! title = "Book"
//! base-url = "https://example.org/"
//!
//! [check]
//! copied-source = { also = ["copies.example.org"], allow = ["scribd"] }
//!
//! [kinds.lesson]
//! folder = "lessons"
//! title = "Lesson"
//! plural = "Lessons"
//!
//! [kinds.lesson.fields]
//! report = { url = true, title = "Report" }
//! ```
//!
//! ```content/lessons/a.md
//! +++
//! title = "A"
//! report = "https://WWW.docslib.org:443/doc/1"
//!
//! [[sources]]
//! title = "x"
//! url = "https://fr.docplayer.com.br/x.pdf"
//! +++
//!
//! [x](https://vdocuments.site/x) <https://a.copies.example.org/> <a href="http://dokumen.tips">x</a>
//! ```
//!
//! ```diagnostics
//! content/lessons/a.md:3:10-3:45: warning[copied-source]: www.docslib.org keeps copies of other people's documents
//!   help: cite the address of the body that published the document; if there is none, leave the address out and say so
//! content/lessons/a.md:7:7-7:42: warning[copied-source]: fr.docplayer.com.br keeps copies of other people's documents
//!   help: cite the address of the body that published the document; if there is none, leave the address out and say so
//! content/lessons/a.md:10:1-10:31: warning[copied-source]: vdocuments.site keeps copies of other people's documents
//!   help: cite the address of the body that published the document; if there is none, leave the address out and say so
//! content/lessons/a.md:10:32-10:63: warning[copied-source]: a.copies.example.org keeps copies of other people's documents
//!   help: cite the address of the body that published the document; if there is none, leave the address out and say so
//! content/lessons/a.md:10:67-10:93: warning[copied-source]: dokumen.tips keeps copies of other people's documents
//!   help: cite the address of the body that published the document; if there is none, leave the address out and say so
//! ```
//!
//! Addresses of the bodies that published the documents, a site of the list that the book allows, and a site that
//! only sounds like one of the list.
//!
//! ```content/lessons/a.md
//! +++
//! title = "A"
//! report = "https://www.scribd.com/document/1"
//!
//! [[sources]]
//! title = "x"
//! url = "https://www.gichd.org/x.pdf?from=docslib.org"
//! +++
//!
//! [x](https://notdocslib.org/x) [x](https://docslib.example.org/x)
//! ```
//!
//! ```diagnostics
//!
//! ```

use crate::config::Strictness;
use crate::diagnostic::{Level, OptionShape, Relaxation, Rule, RuleOption};
use crate::parse::findings::Findings;
use crate::parse::front_matter_rule::FrontMatterContext;
use crate::parse::text_rule::{TextContext, TextEvent, TextRule};
use crate::slug::fold;
use crate::table::TableReader;

/// An address leads to a site that keeps copies of other people's documents.
pub const RULE: Rule = Rule {
    name: "copied-source",
    summary: "An address leads to a site that keeps copies of other people's documents.",
    level: Level::Warning,
    relaxation: Relaxation::Off,
    options: &[ALSO, ALLOW],
    page: r#"
## What it finds

An address on a site that gathers documents of others, such as docslib, docplayer, fdocuments or Scribd. It looks at the `url` of sources, at fields that hold an address, and at links in the text.

## Why it matters

Nobody can tell whether such a copy is complete and unchanged. It is often covered with advertisements, disappears without notice, and was put there without asking whoever wrote it.

## What to do

Cite the address of the body that published the document, or of a library or archive that says where it has it from. If you find none, leave the address out and say in the title that the document is not published on the web, or no longer.

A book can add sites, and allow some of those that the program knows. A name with a dot is that site and everything below it; a name without a dot is that of a site under any ending, such as `docplayer` for docplayer.net, docplayer.fr and docplayer.com.br:

    [check]
    copied-source = { also = ["copies.example.org"], allow = ["scribd"] }
"#,
};

pub(crate) const ALSO: RuleOption = RuleOption {
    name: "also",
    help: "Further sites that keep copies: \"copies.example.org\", or \"copies\" for that name under any ending.",
    shape: OptionShape::Names { default: &[] },
};

pub(crate) const ALLOW: RuleOption = RuleOption {
    name: "allow",
    help: "Sites that notes may cite, though the program takes them for sites that keep copies.",
    shape: OptionShape::Names { default: &[] },
};

/// Sites that gather documents of others, in alphabetical order.
const SITES: &[&str] = &[
    "123dok",
    "1library",
    "aimartins",
    "azdoc",
    "baixardoc",
    "businessdocbox",
    "coek",
    "coursehero",
    "cupdf",
    "docksci",
    "docobook",
    "docplayer",
    "docsity",
    "docslib",
    "documents.mx",
    "documents.pub",
    "doczz",
    "dokumen",
    "ebin.pub",
    "edoc.pub",
    "edoc.tips",
    "epdf",
    "fdocument",
    "fdocuments",
    "fdokumen",
    "fdokument",
    "healthdocbox",
    "hobbydocbox",
    "homedocbox",
    "idoc.pub",
    "idoc.tips",
    "kipdf",
    "lawsdocbox",
    "mafiadoc",
    "manualzz",
    "nanopdf",
    "paperzz",
    "pdfcoffee",
    "pdfslide",
    "qdoc.tips",
    "readkong",
    "scribd",
    "silo.tips",
    "slideplayer",
    "slideserve",
    "slideshare",
    "slidetodoc",
    "studocu",
    "studylib",
    "studyres",
    "travelsdocbox",
    "vdoc.pub",
    "vdocument",
    "vdocuments",
    "vdokument",
    "vsip.info",
    "xeradb",
    "yumpu",
    "zdocs",
];

const HELP: &str = "cite the address of the body that published the document; if there is none, leave the address out and say so";

/// The rule over the text of a note.
#[derive(Default)]
pub(crate) struct CopiedSource;

impl TextRule for CopiedSource {
    fn visit(
        &mut self,
        event: &TextEvent<'_>,
        note: &TextContext<'_>,
        findings: &mut Findings<'_>,
    ) {
        let TextEvent::Elsewhere { address, at } = event else { return };
        if let Some(site) = copying_site(note.check, address) {
            findings.warn(at, &RULE, message(&site), HELP);
        }
    }
}

/// Looks at the addresses of sources and fields.
pub(crate) fn check(note: &FrontMatterContext<'_>, reader: &mut TableReader<'_>) {
    for (address, span) in &note.draft.addresses {
        if let Some(site) = copying_site(&note.config.check, address) {
            reader.warn(*span, &RULE, message(&site), HELP);
        }
    }
}

fn message(site: &str) -> String {
    format!("{site} keeps copies of other people's documents")
}

/// Returns the site of an address, if it is one that keeps copies.
fn copying_site(check: &Strictness, address: &str) -> Option<String> {
    let host = host(address)?;
    let listed = |name: &str| {
        let is_set = |option| check.has_name(&RULE, option, &fold(name));
        (SITES.contains(&name) || is_set(&ALSO)) && !is_set(&ALLOW)
    };
    let is_allowed = |name: &str| check.has_name(&RULE, &ALLOW, &fold(name));
    let domains = || domains(&host);
    let name = name_under_any_ending(&host);
    let is_copying = listed(name) || domains().any(listed);
    (is_copying && !is_allowed(name) && !domains().any(is_allowed)).then_some(host)
}

/// The length in bytes of the longest name of a host (RFC 1035, section 2.3.4). A longer one names nothing, and
/// to look at all domains of it would take time in proportion to the square of its length.
const LONGEST_HOST: usize = 253;

/// Returns the host that an address of the web names, in small letters.
fn host(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("//")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let (_, host) = authority.rsplit_once('@').unwrap_or(("", authority));
    let host = host.split(':').next()?.trim_end_matches('.');
    (1..=LONGEST_HOST).contains(&host.len()).then(|| host.to_lowercase())
}

/// Returns a host and all domains above it: `a.b.org`, `b.org`, `org`.
fn domains(host: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(host), |domain| domain.split_once('.').map(|(_, above)| above))
}

/// Returns the part of a host that is the name of the site: `docplayer` of `docplayer.net` and of
/// `fr.docplayer.com.br`.
fn name_under_any_ending(host: &str) -> &str {
    let mut labels = host.rsplit('.');
    let (ending, second) = (labels.next().unwrap_or_default(), labels.next().unwrap_or_default());
    // Below many a country stand endings such as com.br and co.uk.
    let is_of_country = ending.len() == 2 && second.len() <= 3;
    labels.next().filter(|_| is_of_country).unwrap_or(second)
}
