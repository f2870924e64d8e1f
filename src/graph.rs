//! Links between notes: every link and reference resolved, inverted and put in order. The graph is
//! built again whenever facts change, which is cheap, so edges are never patched.

mod bare;
mod citing;
mod crowd;
mod incoming;
mod names;
mod order;
mod parts;
mod past;
mod places;
mod resolve;
mod rings;
mod successors;
mod versions;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

pub use citing::{CitedPlace, CitingNotes};
pub use incoming::{BacklinkTable, LinkVia, Pointer, Relation};
pub use names::{Candidates, LinkResolver};
pub use order::KindSequence;
pub use parts::find_heading;
pub use resolve::TargetResolver;
pub use rings::{lowest_first, rings};
pub use versions::{WorkTable, are_drafts};

use crate::AT_A_TIME;
use crate::config::{Config, KindId};
use crate::files::{BookFiles, FileId};
use crate::language::Language;
use crate::note::{LinkRole, Note, NoteId, RefField, Status};
use citing::PlaceResolver;
use resolve::{LinkSource, links_of, references_of};

/// The links between the notes of a book, and the orders and relations that follow from them.
/// Vectors "by note" have one entry for each note, at the index of its [`NoteId`].
#[derive(Debug)]
pub struct Graph {
    /// By note: the targets of its links.
    pub links: Vec<Box<[Resolution]>>,
    /// By language: the targets of the links of its footer.
    pub footers: BTreeMap<Language, Box<[Resolution]>>,
    /// By note: the targets of its references.
    pub references: Vec<Box<[Resolution]>>,
    /// The notes that embed the text of each note, for each note of which the text is embedded. Backlinks
    /// don't give them: those count works, and an embed shows one version of a work.
    pub embedding: BTreeMap<NoteId, Vec<NoteId>>,
    /// By note: the notes it points at, sorted and without duplicates. Empty if no page of the book
    /// needs them.
    pub targets: Vec<Box<[NoteId]>>,
    /// The links and references that point at each note.
    pub incoming: BacklinkTable,
    /// By note: the place of each piece of its locators, in the order of its sources.
    pub cited_places: Vec<Box<[CitedPlace]>>,
    /// The notes that cite each part of a note, for each note of which a part is cited.
    pub citing: BTreeMap<NoteId, CitingNotes>,
    /// The notes of each kind and language, in the order of the kind.
    pub sequences: Vec<KindSequence>,
    /// By note: the index of its sequence, and its position there.
    pub positions: Vec<Option<(u32, u32)>>,
    /// By note: the notes that supersede it, or else a translation of it.
    pub superseded_by: Vec<Vec<NoteId>>,
    /// By note: whether it is outdated, that is superseded or withdrawn.
    pub past: Vec<bool>,
    /// The notes to read instead of each superseded note; empty if all of those were withdrawn.
    pub successors: BTreeMap<NoteId, Vec<NoteId>>,
    /// The outdated notes that a note cites, for each note that cites any.
    pub cites_past: BTreeMap<NoteId, Vec<NoteId>>,
    /// Rings of notes that supersede each other.
    pub supersession_rings: Vec<Vec<NoteId>>,
    /// The page of each kind in each language.
    pub kind_pages: Vec<KindPage>,
    /// The home page of each language.
    pub homes: Vec<(Language, NoteId)>,
    /// The notes at each path that has several languages.
    pub translations: BTreeMap<Box<str>, Vec<NoteId>>,
    /// The versions of each work.
    pub works: WorkTable,
    /// Folder indexes beside which a page of the same name lies: `x/index.html` where `x.html`
    /// exists.
    pub beside: BTreeSet<NoteId>,
}

/// The page of a kind in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindPage {
    /// The kind.
    pub kind: KindId,
    /// The language.
    pub language: Language,
    /// The note that is the page.
    pub note: NoteId,
}

/// The target that a link or reference was found to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Resolution {
    /// A note, or a part of it.
    Note(NoteId, PartFound),
    /// A file.
    File(FileId),
    /// Nothing: no note or file has this name.
    Missing,
    /// Nothing: two or more notes have this name.
    Ambiguous,
    /// A note of a kind that the field doesn't accept.
    WrongKind(NoteId),
}

/// The part of a note that a link names. Numbers are indexes in the facts of the note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartFound {
    /// The whole note.
    Whole,
    /// A heading.
    Heading(u32),
    /// Another anchor.
    Anchor(u32),
    /// A part that the note doesn't have.
    Missing,
}

impl Resolution {
    /// Returns the note it leads to.
    pub fn note(self) -> Option<NoteId> {
        match self {
            Self::Note(id, _) => Some(id),
            _ => None,
        }
    }
}

/// Resolves every link and reference. `read` are the notes read from files, in the order of their
/// paths; the notes that have no file are added after them. Versions in other languages are taken from `before`, the notes of
/// an earlier state, where what they are made of is the same.
pub fn link(
    config: &Config,
    read: Vec<Arc<Note>>,
    files: &BookFiles,
    footers: &BTreeMap<Language, Note>,
    before: &[Arc<Note>],
) -> (Vec<Arc<Note>>, Graph) {
    let read = versions::inherited(config, read, before);
    let mut names = LinkResolver::new(config, &read);
    let bare = bare::notes(config, &read, &names);
    let mut notes: Vec<_> = read.iter().cloned().chain(bare.into_iter().map(Arc::new)).collect();
    notes.extend(versions::missing(config, &notes, before));
    names.add_all(&notes);
    let mut graph = graph(config, &notes, &names, files);
    graph.footers = footers
        .iter()
        .map(|(language, footer)| {
            let home = graph.home(language).unwrap_or(NoteId(0));
            let source = LinkSource { names: &names, works: &graph.works, id: home, note: footer };
            (language.clone(), links_of(source, files))
        })
        .collect();
    (notes, graph)
}

fn graph(
    config: &Config,
    notes: &[Arc<Note>],
    names: &LinkResolver<'_>,
    files: &BookFiles,
) -> Graph {
    let works = WorkTable::new(config, notes);
    let resolve = |(at, note): (usize, &Arc<Note>)| {
        let note = &**note;
        let source = LinkSource { names, works: &works, id: id(at), note };
        (links_of(source, files), references_of(config, source))
    };
    let all = notes.par_iter().with_max_len(AT_A_TIME).enumerate().map(resolve);
    let (links, references): (Vec<_>, Vec<_>) = all.unzip();
    let supersessions = edges(&references, |at, number| {
        notes[at].facts.references[number].field == RefField::Supersedes
    });
    let embeds = edges(&links, |at, number| notes[at].facts.links[number].role == LinkRole::Embed);
    let mut embedding: BTreeMap<NoteId, Vec<NoteId>> = BTreeMap::new();
    for (from, to) in embeds {
        embedding.entry(to).or_default().push(from);
    }
    let translations = translations(config, notes);
    let superseded_by = successors::superseded_by(notes, &supersessions, &works);
    let withdrawn = |id: NoteId| notes[id.index()].facts.card.status == Status::Withdrawn;
    let past = superseded_by.iter().enumerate();
    let past: Vec<bool> = past.map(|(at, next)| withdrawn(id(at)) || !next.is_empty()).collect();
    let (sequences, positions) = order::sequences(config, notes, &past);
    let incoming = BacklinkTable::new(notes, &links, &references, &positions, &past, &works);
    let cited_places = PlaceResolver::new(notes, names, &references, &works).resolve();
    let citing = citing::invert(notes, &links, &references, &cited_places, &positions);
    let successors = successors::find(&superseded_by, withdrawn);
    let is_asked = config.related > 0 || config.kinds.iter().any(|kind| kind.features.map);
    let targets = if is_asked { targets(&links, &references) } else { Vec::new() };
    Graph {
        targets,
        cited_places,
        citing,
        incoming,
        embedding,
        sequences,
        positions,
        cites_past: past::cited(notes, &links, &references, &past, &successors),
        successors,
        superseded_by,
        past,
        supersession_rings: rings(&supersessions),
        kind_pages: kind_pages(config, notes),
        homes: homes(notes),
        beside: beside(notes),
        translations,
        works,
        footers: BTreeMap::new(),
        links,
        references,
    }
}

fn id(at: usize) -> NoteId {
    NoteId(at as u32)
}

/// Returns, by note, the notes it points at, without duplicates.
fn targets(links: &[Box<[Resolution]>], references: &[Box<[Resolution]>]) -> Vec<Box<[NoteId]>> {
    let targets_of = |at: usize| {
        let all = references[at].iter().chain(&*links[at]);
        let mut found: Vec<NoteId> =
            all.filter_map(|to| to.note()).filter(|to| *to != id(at)).collect();
        found.sort();
        found.dedup();
        found.into()
    };
    (0..links.len()).into_par_iter().with_max_len(AT_A_TIME).map(targets_of).collect()
}

/// Returns the resolved edges that are wanted, in the order of the notes they come from.
fn edges(
    resolutions: &[Box<[Resolution]>],
    is_wanted: impl Fn(usize, usize) -> bool,
) -> Vec<(NoteId, NoteId)> {
    let mut edges = Vec::new();
    for (at, row) in resolutions.iter().enumerate() {
        for (number, resolution) in row.iter().enumerate() {
            if let Some(to) = resolution.note().filter(|_| is_wanted(at, number)) {
                edges.push((id(at), to));
            }
        }
    }
    edges
}

fn kind_pages(config: &Config, notes: &[Arc<Note>]) -> Vec<KindPage> {
    let mut pages = Vec::new();
    for (kind, of_book) in config.kinds() {
        let Some(folder) = &of_book.folder else { continue };
        for (at, note) in notes.iter().enumerate() {
            let place = &note.facts.place;
            if *place.path == **folder && place.is_index() {
                let language = place.language.clone();
                pages.push(KindPage { kind, language, note: id(at) });
            }
        }
    }
    pages
}

fn homes(notes: &[Arc<Note>]) -> Vec<(Language, NoteId)> {
    let homes = notes.iter().enumerate().filter(|(_, note)| note.facts.place.path.is_empty());
    homes.map(|(at, note)| (note.facts.place.language.clone(), id(at))).collect()
}

fn beside(notes: &[Arc<Note>]) -> BTreeSet<NoteId> {
    let outputs = || notes.iter().map(|note| note.facts.place.output.as_str()).enumerate();
    let folders: BTreeMap<&str, NoteId> = outputs()
        .filter_map(|(at, output)| Some((output.strip_suffix("/index.html")?, id(at))))
        .collect();
    let others = outputs().filter(|(_, output)| !output.ends_with("/index.html"));
    others.filter_map(|(_, output)| folders.get(output.strip_suffix(".html")?).copied()).collect()
}

fn translations(config: &Config, notes: &[Arc<Note>]) -> BTreeMap<Box<str>, Vec<NoteId>> {
    let mut by_path: BTreeMap<Box<str>, Vec<NoteId>> = BTreeMap::new();
    if config.languages.len() > 1 {
        let is_real = |note: &Arc<Note>| !note.facts.origin.is_untranslated();
        for (at, note) in notes.iter().enumerate().filter(|(_, note)| is_real(note)) {
            by_path.entry(note.facts.place.key.clone()).or_default().push(id(at));
        }
    }
    by_path.retain(|_, ids| ids.len() > 1);
    by_path
}

impl Graph {
    /// Returns the page of `kind` in `language`.
    pub fn kind_page(&self, kind: KindId, language: &Language) -> Option<NoteId> {
        let mut pages = self.kind_pages.iter();
        pages.find(|page| page.kind == kind && page.language == *language).map(|page| page.note)
    }

    /// Returns the kind whose page the note at `id` is; the first, where several share it.
    pub fn kind_page_at(&self, id: NoteId) -> Option<&KindPage> {
        self.kind_pages.iter().find(|page| page.note == id)
    }

    /// Returns the notes of `kind` in `language`, in the order of the kind.
    pub fn sequence(&self, kind: KindId, language: &Language) -> &[NoteId] {
        let mut all = self.sequences.iter();
        let found = all.find(|found| found.kind == kind && found.language == *language);
        found.map_or(&[], |sequence| &sequence.notes)
    }

    /// Returns the notes of the kind whose page is at `id`; none if it is the page of no kind.
    pub fn sequence_at(&self, id: NoteId) -> &[NoteId] {
        self.kind_page_at(id).map_or(&[], |page| self.sequence(page.kind, &page.language))
    }

    /// Returns the home page of `language`.
    pub fn home(&self, language: &Language) -> Option<NoteId> {
        self.homes.iter().find(|home| home.0 == *language).map(|home| home.1)
    }

    /// Returns `notes` and all notes that embed the text of one of them, directly or transitively.
    pub fn showing(&self, notes: &[NoteId]) -> BTreeSet<NoteId> {
        let mut seen: BTreeSet<NoteId> = notes.iter().copied().collect();
        let mut found = notes.to_vec();
        let mut at = 0;
        while at < found.len() {
            let embedding = self.embedding.get(&found[at]).into_iter().flatten().copied();
            found.extend(embedding.filter(|from| seen.insert(*from)));
            at += 1;
        }
        seen
    }
}
