//! Links between notes: every link and reference resolved, inverted and put in order. The graph is
//! built again whenever facts change, which is cheap, so edges are never patched.

mod bare;
mod crowd;
mod incoming;
mod names;
mod order;
mod parts;
mod past;
mod rings;
mod successors;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

pub use incoming::{BacklinkTable, LinkVia, Pointer, Relation};
pub use names::{Candidates, LinkResolver};
pub use order::KindSequence;
pub use parts::find_heading;
pub use rings::{lowest_first, rings};

use crate::AT_A_TIME;
use crate::config::{Config, KindId};
use crate::files::{BookFiles, FileId};
use crate::language::Language;
use crate::note::{LinkRole, Note, NoteId, RefField, Status};
use names::ResolvedName;

/// The links between the notes of a book, and the orders and relations that follow from them.
/// Vectors "by note" have one entry for each note, at the index of its [`NoteId`].
#[derive(Debug)]
pub struct Graph {
    /// By note: the targets of its links.
    pub links: Vec<Box<[Resolution]>>,
    /// By note: the targets of its references.
    /// For the footer of each language, the targets of its links.
    pub footers: BTreeMap<Language, Box<[Resolution]>>,
    /// For each note, where each of its references leads.
    pub references: Vec<Box<[Resolution]>>,
    /// By note: the notes it points at, sorted and without duplicates. Empty if no page of the book
    /// needs them.
    pub targets: Vec<Box<[NoteId]>>,
    /// The links and references that point at each note.
    pub incoming: BacklinkTable,
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
/// paths; the notes that have no file are added after them.
pub fn link(
    config: &Config,
    read: Vec<Arc<Note>>,
    files: &BookFiles,
    footers: &BTreeMap<Language, Note>,
) -> (Vec<Arc<Note>>, Graph) {
    let mut names = LinkResolver::new(config, &read);
    let bare = bare::notes(config, &read, &names);
    let notes: Vec<_> = read.iter().cloned().chain(bare.into_iter().map(Arc::new)).collect();
    names.add_all(&notes);
    let mut graph = graph(config, &notes, &names, files);
    graph.footers = footers
        .iter()
        .map(|(language, footer)| {
            let home = graph.home(language).unwrap_or(NoteId(0));
            (language.clone(), links_of(&names, files, home, footer))
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
    let resolve = |(at, note): (usize, &Arc<Note>)| {
        (links_of(names, files, id(at), note), references_of(config, names, note))
    };
    let all = notes.par_iter().with_max_len(AT_A_TIME).enumerate().map(resolve);
    let (links, references): (Vec<_>, Vec<_>) = all.unzip();
    let supersessions = edges(&references, |at, number| {
        notes[at].facts.references[number].field == RefField::Supersedes
    });
    let translations = translations(config, notes);
    let superseded_by = successors::superseded_by(notes, &supersessions, &translations);
    let withdrawn = |id: NoteId| notes[id.index()].facts.card.status == Status::Withdrawn;
    let past = superseded_by.iter().enumerate();
    let past: Vec<bool> = past.map(|(at, next)| withdrawn(id(at)) || !next.is_empty()).collect();
    let (sequences, positions) = order::sequences(config, notes, &past);
    let incoming = BacklinkTable::new(notes, &links, &references, &positions);
    let successors = successors::find(&superseded_by, withdrawn);
    let is_asked = config.related > 0 || config.kinds.iter().any(|kind| kind.features.map);
    let targets = if is_asked { targets(&links, &references) } else { Vec::new() };
    Graph {
        targets,
        incoming,
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
        footers: BTreeMap::new(),
        links,
        references,
    }
}

fn id(at: usize) -> NoteId {
    NoteId(at as u32)
}

fn links_of(
    names: &LinkResolver<'_>,
    files: &BookFiles,
    id: NoteId,
    note: &Note,
) -> Box<[Resolution]> {
    let resolve = |link: &crate::note::NoteLink| {
        let folder = &note.facts.place.folder;
        let target = &link.target;
        match link.role {
            LinkRole::Image => {
                files.find(folder, &target.path).map_or(Resolution::Missing, Resolution::File)
            }
            _ if target.is_own_note() => names.whole_or_part(id, target),
            LinkRole::Link | LinkRole::Embed => match names.find(target, note) {
                ResolvedName::Note(id) => names.whole_or_part(id, target),
                ResolvedName::Ambiguous => Resolution::Ambiguous,
                ResolvedName::Nothing => {
                    files.find(folder, &target.path).map_or(Resolution::Missing, Resolution::File)
                }
            },
        }
    };
    note.facts.links.iter().map(resolve).collect()
}

fn references_of(config: &Config, names: &LinkResolver<'_>, note: &Note) -> Box<[Resolution]> {
    let resolve = |reference: &crate::note::Reference| {
        let target = &reference.target;
        let to: &[KindId] = match reference.field {
            RefField::Own(field) => config.kind(note.facts.kind).fields[usize::from(field)].kinds(),
            RefField::Supersedes | RefField::Sources => &[],
        };
        let found = match to {
            [] => names.find(target, note),
            kinds => names.find_of_kind(target, note, kinds),
        };
        match found {
            ResolvedName::Note(id) => names.whole_or_part(id, target),
            ResolvedName::Ambiguous => Resolution::Ambiguous,
            // The name may belong to notes of other kinds, which makes a more helpful message.
            ResolvedName::Nothing => match names.candidates(target, note).first() {
                Some(id) if !to.is_empty() => Resolution::WrongKind(*id),
                _ => Resolution::Missing,
            },
        }
    };
    note.facts.references.iter().map(resolve).collect()
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
        for (at, note) in notes.iter().enumerate() {
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
            let pointers = self.incoming.of(found[at]).iter();
            let embeds = pointers.filter(|pointer| pointer.relation.way == LinkVia::Embed);
            found.extend(embeds.map(|pointer| pointer.from).filter(|from| seen.insert(*from)));
            at += 1;
        }
        seen
    }
}
