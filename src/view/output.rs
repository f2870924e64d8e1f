//! The outputs that are made from the book: their formats, whose each is, and how it becomes bytes.

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};
use std::hash::Hash;
use std::sync::Arc;

use serde::Serialize;
use tera::{Context, TeraResult};

use crate::fingerprint::Fingerprint;
use crate::note::NoteId;
use crate::path::OutputPath;
use crate::site::{BookPageEntry, Site};
use crate::template::{NotKnown, TemplateData};

/// The data that an output shows. Whatever can be hashed and serialised is such data, so that what
/// is shown is exactly what is compared.
pub trait ViewData {
    /// The fingerprint of the data.
    fn fingerprint(&self) -> Fingerprint;

    /// The data as the variables of a template that is built in.
    fn template_data(&self) -> Result<TemplateData, NotKnown>;

    /// The data as the variables of any template.
    fn variables(&self) -> TeraResult<Context>;

    /// The data as JSON.
    fn json(&self) -> Vec<u8>;
}

impl<T: Hash + Serialize> ViewData for T {
    fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self)
    }

    fn template_data(&self) -> Result<TemplateData, NotKnown> {
        TemplateData::of_page(self)
    }

    fn variables(&self) -> TeraResult<Context> {
        Context::from_serialize(self)
    }

    fn json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a view has only keys that are text")
    }
}

/// All that an output shows, and how that becomes bytes.
pub enum View<'a> {
    /// A text that the template of this name makes from the data.
    Template(&'static str, Box<dyn ViewData + 'a>),
    /// Data that is written as JSON.
    Json(Box<dyn ViewData + 'a>),
    /// Bytes that are written as they are.
    Bytes(Cow<'a, [u8]>),
}

impl<'a> View<'a> {
    /// A text that the template called `name` makes from `data`.
    pub(crate) fn template(name: &'static str, data: impl ViewData + 'a) -> Self {
        Self::Template(name, Box::new(data))
    }

    /// Data that is written as JSON.
    pub(crate) fn json(data: impl ViewData + 'a) -> Self {
        Self::Json(Box::new(data))
    }

    /// A text that is written as it is.
    pub(crate) fn text(text: String) -> Self {
        Self::Bytes(Cow::Owned(text.into_bytes()))
    }

    /// The fingerprint of all that is shown, and of the name of the template that shows it.
    pub fn fingerprint(&self) -> Fingerprint {
        match self {
            Self::Template(name, data) => Fingerprint::of(&(name, data.fingerprint())),
            Self::Json(data) => data.fingerprint(),
            Self::Bytes(bytes) => Fingerprint::of(bytes),
        }
    }
}

/// The owner of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputOwner {
    /// The note whose page the output is.
    NotePage(NoteId),
    /// The note of which the output is the page at a former address: the note, and the place of that
    /// address among its former ones.
    FormerAddress(NoteId, usize),
    /// The note that another page or file belongs to.
    Note(NoteId),
    /// The book.
    Book,
}

impl OutputOwner {
    /// The note; absent if the output belongs to the book.
    pub fn note(self) -> Option<NoteId> {
        match self {
            Self::NotePage(id) | Self::FormerAddress(id, _) | Self::Note(id) => Some(id),
            Self::Book => None,
        }
    }
}

/// The function that makes the view of one output, which will lie at a path.
type ViewMaker = dyn for<'a> Fn(&'a Site, &'a OutputPath) -> View<'a> + Send + Sync;

/// One output that is made from the book.
#[derive(Clone)]
pub struct BookOutput {
    /// The owner.
    pub owner: OutputOwner,
    /// The template to write for another output at this address, if many books will want one.
    pub replaced_by: Option<&'static str>,
    make: Arc<ViewMaker>,
}

impl BookOutput {
    /// Returns what the output shows at `path`. Its notes are those of the site it was listed for.
    pub fn view<'a>(&self, site: &'a Site, path: &'a OutputPath) -> View<'a> {
        (self.make)(site, path)
    }
}

impl Debug for BookOutput {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.owner.fmt(f)
    }
}

/// The outputs that the formats of a book list, in no order that matters.
#[derive(Default)]
pub struct OutputList {
    /// Each output with its path.
    pub outputs: Vec<(OutputPath, BookOutput)>,
    /// The template to write for another output of the format that lists.
    pub(crate) replaced_by: Option<&'static str>,
}

impl OutputList {
    /// Adds an output. `make` builds its view when it is fingerprinted and when it is written.
    pub(crate) fn add(
        &mut self,
        path: OutputPath,
        owner: OutputOwner,
        make: impl for<'a> Fn(&'a Site, &'a OutputPath) -> View<'a> + Send + Sync + 'static,
    ) {
        let replaced_by = self.replaced_by;
        self.outputs.push((path, BookOutput { owner, replaced_by, make: Arc::new(make) }));
    }
}

/// The outputs of a format that show the text of notes. An edit of a text makes only these again, so
/// that each format has to say which they are.
pub(crate) enum TextsShown {
    /// None: the format shows facts alone.
    None,
    /// The outputs at the paths that this function returns for a note.
    At(fn(&Site, NoteId) -> Vec<OutputPath>),
}

/// A format of output, such as feeds: one entry of a table.
pub(crate) struct OutputFormat {
    /// The name by which `indexes` in `book.toml` asks for the format; absent if that needs no asking.
    pub(crate) asked_as: Option<&'static str>,
    /// The template to write for another output of the format, if many books will want one.
    pub(crate) replaced_by: Option<&'static str>,
    /// Lists every output of the format that the book has.
    pub(crate) list: fn(&Site, &mut OutputList),
    /// The outputs that show the text of a note.
    pub(crate) texts: TextsShown,
}

/// A page over the whole book, such as the timeline: one entry of a table.
pub(crate) struct BookPage {
    /// The page as menus name it, and the condition on which a book has it.
    pub(crate) entry: BookPageEntry,
    /// Lists the page and all that belong to it, below the home page of a language.
    pub(crate) list: fn(&Site, NoteId, &mut OutputList),
    /// The outputs that show the text of a note.
    pub(crate) texts: TextsShown,
}
