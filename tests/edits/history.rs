//! Histories of edits: making them, following them beside clean builds, and making them short.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use fieldbook::diagnostic::Diagnostic;
use fieldbook::path::SourcePath;
use fieldbook::source::SourceEdit;
use fieldbook::workspace::{OutputChange, Workspace};

use super::moves;
use super::random::Random;
use super::support::{Tree, difference, make, options, source};
use super::world::{Files, World};

/// One file that is now this, or gone.
#[derive(Clone)]
pub(crate) struct Put {
    pub(crate) path: String,
    pub(crate) bytes: Option<Vec<u8>>,
}

/// Edits that come at once.
pub(crate) type Batch = Vec<Put>;

/// The edits as the workspace takes them.
pub(crate) fn edits(batch: &[Put]) -> Vec<SourceEdit> {
    let edit = |put: &Put| match &put.bytes {
        Some(bytes) => SourceEdit::Put(source(&put.path, bytes)),
        None => SourceEdit::Remove(SourcePath::new(put.path.as_str())),
    };
    batch.iter().map(edit).collect()
}

/// The files after the edits.
pub(crate) fn follow(files: &mut Files, batch: &[Put]) {
    for put in batch {
        match &put.bytes {
            Some(bytes) => files.insert(put.path.clone(), bytes.clone()),
            None => files.remove(&put.path),
        };
    }
}

/// The files as a batch that makes them.
pub(crate) fn opening(files: &Files) -> Batch {
    let put =
        |(path, bytes): (&String, &Vec<u8>)| Put { path: path.clone(), bytes: Some(bytes.clone()) };
    files.iter().map(put).collect()
}

/// A clean build: the workspace, and the site if the book has no errors.
pub(crate) fn clean(files: &Files) -> (Workspace, Option<Tree>) {
    let mut workspace = Workspace::new(options());
    let site = workspace.apply(edits(&opening(files))).ok().map(|changes| {
        let mut tree = Tree::new();
        make(&mut tree, changes);
        tree
    });
    (workspace, site)
}

/// A book that things happen to.
pub(crate) struct Story {
    pub(crate) random: Random,
    pub(crate) files: Files,
    world: World,
    /// The book when it had no errors last.
    good: World,
}

impl Story {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let worlds = std::iter::repeat_with(|| World::generate(&mut random));
        let world = worlds.into_iter().find(|world| clean(&world.render()).1.is_some());
        let world = world.expect("a book without errors");
        Self { random, files: Files::new(), good: world.clone(), world }
    }

    /// The next edits, given what is wrong with the book now. The first make the book.
    pub(crate) fn next(&mut self, diagnostics: &[Diagnostic]) -> Batch {
        let (world, random) = (&mut self.world, &mut self.random);
        let wrong: Vec<&str> =
            diagnostics.iter().filter(|d| d.is_error()).map(|d| d.path.as_str()).collect();
        if self.files.is_empty() {
        } else if wrong.is_empty() {
            self.good = world.clone();
            for _ in 0..if random.chance(25) { 2 + random.below(4) } else { 1 } {
                moves::happen(world, random);
            }
        } else if random.chance(25) {
            moves::happen(world, random);
        } else if random.chance(50) {
            wrong.iter().for_each(|path| world.restore(path, &self.good));
        } else {
            let graves = std::mem::take(&mut world.graves);
            *world = World { graves, marks: world.marks, ..self.good.clone() };
        }
        let mut batch = Batch::new();
        let now = world.render();
        for path in self.files.keys().chain(now.keys()) {
            let put = Put { path: path.clone(), bytes: now.get(path).cloned() };
            match self.files.get(path) == put.bytes.as_ref() {
                // Sent again as it was, or taken away and brought back in one go.
                true if random.chance(98) => {}
                true if random.chance(50) => {
                    batch.extend([Put { bytes: None, ..put.clone() }, put])
                }
                _ => batch.push(put),
            }
        }
        follow(&mut self.files, &batch);
        batch
    }
}

/// What is done wrong on purpose, to see that it is noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    None,
    /// A changed file is not written.
    Stale,
    /// A file that is gone stays.
    Left,
    /// What was wrong is still said.
    OldDiagnostics,
    /// A step after errors is taken for good.
    NeverStops,
}

/// A workspace that follows a history, beside clean builds.
pub(crate) struct Run {
    pub(crate) workspace: Workspace,
    pub(crate) files: Files,
    pub(crate) tree: Tree,
    /// How many steps ended in a site, and how many files were written, in vain or not.
    pub(crate) built: usize,
    pub(crate) written: usize,
    pub(crate) in_vain: usize,
    fault: Fault,
    said: Vec<Diagnostic>,
}

impl Run {
    pub(crate) fn new(fault: Fault) -> Self {
        let workspace = Workspace::new(options());
        let (files, tree, said) = (Files::new(), Tree::new(), Vec::new());
        Self { workspace, files, tree, built: 0, written: 0, in_vain: 0, fault, said }
    }

    /// Makes the edits, and says how what follows differs from a clean build.
    pub(crate) fn step(&mut self, batch: &[Put]) -> Result<(), String> {
        follow(&mut self.files, batch);
        let outcome = self.workspace.apply(edits(batch));
        let (clean, site) = clean(&self.files);
        let said = match self.fault {
            Fault::OldDiagnostics => std::mem::take(&mut self.said),
            _ => self.workspace.diagnostics().to_vec(),
        };
        self.said = self.workspace.diagnostics().to_vec();
        if said != clean.diagnostics() {
            let found = said.iter().find(|d| !clean.diagnostics().contains(d));
            let missed = clean.diagnostics().iter().find(|d| !said.contains(d));
            return Err(format!("diagnostics: too much: {found:?}; missing: {missed:?}"));
        }
        let outcome = outcome.ok().or((self.fault == Fault::NeverStops).then(Vec::new));
        match (outcome, site) {
            (None, None) => Ok(()),
            (Some(_), None) => Err("a clean build stops, and this did not".to_owned()),
            (None, Some(_)) => Err("this stopped, and a clean build does not".to_owned()),
            (Some(changes), Some(site)) => {
                self.count(&changes);
                self.make(changes);
                compare(&site, &self.tree)
            }
        }
    }

    fn count(&mut self, changes: &[OutputChange]) {
        let same = |change: &&OutputChange| match change {
            OutputChange::Write(path, bytes) => {
                self.tree.get(path.as_str()).is_some_and(|old| **old == **bytes)
            }
            OutputChange::Remove(_) => false,
        };
        self.in_vain += changes.iter().filter(same).count();
        self.written += changes.len();
        self.built += 1;
    }

    fn make(&mut self, mut changes: Vec<OutputChange>) {
        let is_write = |change: &OutputChange| matches!(change, OutputChange::Write(..));
        if matches!(self.fault, Fault::Stale | Fault::Left) && self.built > 1 {
            let wanted = self.fault == Fault::Stale;
            if let Some(at) = changes.iter().position(|change| is_write(change) == wanted) {
                changes.remove(at);
            }
        }
        make(&mut self.tree, changes);
    }
}

/// Says how `found` differs from `wanted`.
pub(crate) fn compare(wanted: &Tree, found: &Tree) -> Result<(), String> {
    for path in wanted.keys().chain(found.keys()) {
        match (wanted.get(path), found.get(path)) {
            (Some(wanted), Some(found)) if wanted == found => {}
            (Some(_), None) => return Err(format!("{path} is missing")),
            (None, _) => return Err(format!("{path} should be gone")),
            (Some(wanted), Some(found)) => {
                let [wanted, found] = [wanted, found].map(|bytes| String::from_utf8_lossy(bytes));
                return Err(format!("{path}: {}", difference(&wanted, &found).unwrap_or_default()));
            }
        }
    }
    Ok(())
}

/// A panic as a text.
fn reason(panic: Box<dyn Any + Send>) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    format!("panic: {}", text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("?"))
}

/// Runs `step`; a panic is an error like any other.
pub(crate) fn caught(step: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|panic| Err(reason(panic)))
}

/// What goes wrong in a history, if anything does.
pub(crate) fn failure(history: &[Batch], fault: Fault) -> Option<String> {
    let mut run = Run::new(fault);
    history.iter().find_map(|batch| caught(|| run.step(batch)).err())
}

/// The history with edits left out, as long as it fails and none can be left out any more.
pub(crate) fn shrunk(mut history: Vec<Batch>, fault: Fault) -> Vec<Batch> {
    loop {
        let before = history.iter().map(|batch| batch.len() + 1).sum::<usize>();
        for step in (0..history.len()).rev() {
            let mut shorter = history.clone();
            shorter.remove(step);
            if failure(&shorter, fault).is_some() {
                history = shorter;
                continue;
            }
            for at in (0..history[step].len()).rev() {
                let mut shorter = history.clone();
                shorter[step].remove(at);
                if failure(&shorter, fault).is_some() {
                    history = shorter;
                }
            }
        }
        if history.iter().map(|batch| batch.len() + 1).sum::<usize>() == before {
            return history;
        }
    }
}

/// A history to read.
pub(crate) fn told(history: &[Batch]) -> String {
    let put = |put: &Put| match &put.bytes {
        Some(bytes) => format!("--- {}\n{}\n", put.path, String::from_utf8_lossy(bytes)),
        None => format!("--- {} is removed\n", put.path),
    };
    let batch = |(step, batch): (usize, &Batch)| {
        format!("=== step {step}\n{}", batch.iter().map(put).collect::<String>())
    };
    history.iter().enumerate().map(batch).collect()
}
