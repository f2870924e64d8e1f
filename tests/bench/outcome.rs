//! The measurements of a book of one size, compared with the budgets.

use std::process::Command;
use std::time::Duration;

use crate::corpus::{self, Corpus};
use crate::measure::{self, Cost, Files};
use crate::peer::Peer;
use crate::runs::{Runs, settle};
use crate::series::{Of, Series, ShowSeries, cpu, figure, peak, seconds, size_figure, wall};
use crate::table::{Table, megabytes, time};
use crate::{Result, edit, latency, preview, stages};

/// The largest book that is opened in this process as well, which takes as much memory as all of it.
const MOST_IN_MEMORY: usize = 100_000;

/// The figures of a cold build, each with the part of what another program takes that it may take. Of time on the
/// clock it is [`ON_DISK`] where files are written to a disk.
const BUDGETS: [(&str, f64, Of, ShowSeries); 3] = [
    ("cold build, processor", 16.0, cpu, figure),
    ("  wall", WALL, wall, figure),
    ("  peak memory", 10.0, peak, size_figure),
];

/// The part of another program's time on the clock.
const WALL: f64 = 14.0;

/// The same where the disk takes its share of both.
const ON_DISK: f64 = 8.0;

/// All measurements of a book of one size.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) corpus: &'static str,
    pub(crate) notes: usize,
    is_in_memory: bool,
    pub(crate) ours: Runs,
    pub(crate) peers: Vec<Runs>,
    check: Vec<Cost>,
    pub(crate) again: Vec<Cost>,
    /// The most files that a build wrote although nothing had changed.
    n_rewritten: usize,
    /// The last line that Fieldbook printed.
    pub(crate) last_line: String,
    /// The time of each stage of a build, in the order of the stages.
    stages: Vec<(&'static str, Duration)>,
    edited: Option<edit::Edited>,
    seen: Option<preview::Seen>,
    editor: Option<latency::Latencies>,
}

impl Outcome {
    /// Measures all programs alternately, so that each is measured in the same state of the machine.
    pub(crate) fn of(
        corpus: &Corpus,
        notes: usize,
        peers: &[Peer],
        n_runs: usize,
    ) -> Result<Outcome> {
        let ours = Runs::of("Fieldbook");
        let is_in_memory = corpus.file_system() == "tmpfs";
        let corpus_name = corpus.name();
        let mut outcome =
            Outcome { corpus: corpus_name, notes, is_in_memory, ours, ..Outcome::default() };
        let sites = peers.iter().map(|peer| (peer, corpus.site(peer.folder, notes)));
        let sites: Vec<_> = sites.filter(|(_, site)| site.is_dir()).collect();
        outcome.peers = sites.iter().map(|(peer, _)| Runs::of(peer.name)).collect();
        for _ in 0..n_runs {
            outcome.measure_ours(corpus)?;
            for ((peer, site), runs) in sites.iter().zip(&mut outcome.peers) {
                runs.add(site, &mut peer.build(site))?;
            }
        }
        if notes <= MOST_IN_MEMORY {
            let site = corpus.site("fieldbook", notes);
            let book = corpus.book(notes);
            outcome.seen = Some(preview::look(&site, &book)?);
            outcome.editor = Some(latency::measure(&site, &book)?);
            outcome.stages = stages::measure(&site)?;
            outcome.edited = Some(edit::edit(book)?);
        }
        Ok(outcome)
    }

    fn measure_ours(&mut self, corpus: &Corpus) -> Result<()> {
        let root = corpus.site("fieldbook", self.notes);
        let mut build = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        build.env("XDG_STATE_HOME", corpus::state(&root)).arg("build").arg("-r").arg(&root);
        self.ours.add(&root, &mut build)?;

        let before = Files::below(&root)?;
        settle();
        let (cost, last_line) = measure::run(&mut build)?;
        self.again.push(cost);
        self.last_line = last_line;
        let n_written = Files::below(&root)?.n_written_since(&before);
        self.n_rewritten = self.n_rewritten.max(n_written);

        settle();
        let mut check = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        self.check.push(measure::run(check.arg("check").arg("-r").arg(&root))?.0);
        Ok(())
    }

    pub(crate) fn table(&self) -> Table {
        let mut table = Table::default();
        let ours = |of| Series::of(&self.ours.builds, of);
        for (what, part, of, show) in BUDGETS {
            let figure = show(&ours(of));
            let part = if part == WALL && !self.is_in_memory { ON_DISK } else { part };
            if self.peers.is_empty() {
                table.note(what, figure.clone());
            }
            for peer in &self.peers {
                let theirs = Series::of(&peer.builds, of).median();
                let other = (peer.program, theirs);
                table.share(what, figure.clone(), ours(of).median(), part, other);
            }
        }
        let copy = seconds(&self.ours.copies);
        let other = ("cp -r", copy.median());
        table.share("  beside cp -r", figure(&copy), ours(wall).median(), 0.5, other);
        for (what, of) in [("nothing changed, processor", cpu as Of), ("  wall", wall)] {
            let again = Series::of(&self.again, of);
            let other = ("our cold build", ours(of).median());
            table.share(what, figure(&again), again.median(), 17.0, other);
        }
        let n_rewritten = self.n_rewritten as f64;
        table.at_most("  written", format!("{n_rewritten} files"), n_rewritten, 0.0, "≤ 0");
        self.checking(&mut table);
        for (stage, took) in &self.stages {
            table.note(stage, time(*took));
        }
        if let Some(edited) = &self.edited {
            self.editing(edited, &mut table);
        }
        if let Some(seen) = &self.seen {
            self.preview(seen, &mut table);
        }
        if let Some(editor) = &self.editor {
            editor.show(&mut table);
        }
        table
    }

    /// Rules run in every build; a check also formats their findings, and writes nothing.
    fn checking(&self, table: &mut Table) {
        let (check, cold) = (Series::of(&self.check, cpu), Series::of(&self.ours.builds, cpu));
        let shown = figure(&check);
        table.share(
            "check, processor",
            shown,
            check.median(),
            1.0 / 1.1,
            ("our cold build", cold.median()),
        );
    }

    fn editing(&self, edited: &edit::Edited, table: &mut Table) {
        let series = |times: &[Duration]| Series(times.iter().map(Duration::as_secs_f64).collect());
        table.note("book opened in memory", time(edited.open));
        let edits = series(&edited.edits);
        let median = edits.median().unwrap_or_default();
        table.at_most("one note edited, engine alone", figure(&edits), median, 0.008, "≤ 8 ms");
        let quoted = series(&edited.quoted);
        let median = quoted.median().unwrap_or_default();
        table.at_most("  in a sentence with a link", figure(&quoted), median, 0.008, "≤ 8 ms");
        let most = edited.most_pages as f64;
        table.at_most("  pages changed, at most", most.to_string(), most, 1.0, "≤ 1");
        table.note("  files changed, at most", edited.most_files.to_string());
        table.note("one note retitled", figure(&series(&edited.titles)));
        table.note("  pages changed, at most", edited.most_pages_by_title.to_string());
        table.note("a template edited", figure(&series(&edited.templates)));
    }

    fn preview(&self, seen: &preview::Seen, table: &mut Table) {
        let first = seen.first_page;
        table.at_most("preview: first page", time(first), first.as_secs_f64(), 0.5, "≤ 0.5 s");
        table.note("  and from there to search", time(seen.index));
        let edits = Series(seen.edits.iter().map(Duration::as_secs_f64).collect());
        let titles = Series(seen.titles.iter().map(Duration::as_secs_f64).collect());
        let median = edits.median().unwrap_or_default();
        table.at_most("  saved to served", figure(&edits), median, 0.008, "≤ 8 ms");
        let late = edits.late().unwrap_or_default();
        let shown = time(Duration::from_secs_f64(late));
        table.at_most("  in 19 cases of 20", shown, late, 0.100, "≤ 100 ms");
        let median = titles.median().unwrap_or_default();
        table.at_most("  retitled to served", figure(&titles), median, 0.150, "≤ 150 ms");
        if let Some(peak) = seen.peak.map(|peak| peak as f64) {
            table.at_most("  peak memory", megabytes(peak), peak, 350e6, "≤ 350 MB");
        }
        if let Some(idle) = seen.idle {
            table.at_most("  processor, idle for 5 s", time(idle), idle.as_secs_f64(), 0.0, "nil");
        }
    }

    /// Returns the growth of the cost with the number of notes: an exponent of 1 is proportional.
    pub(crate) fn growth(&self, before: &Outcome) -> Table {
        let mut table = Table::default();
        let factor = (self.notes as f64 / before.notes as f64).ln();
        let names = ["processor, exponent", "wall, exponent", "memory, exponent"];
        for (what, of) in names.into_iter().zip([cpu as Of, wall, peak]) {
            let of = |outcome: &Outcome| Series::of(&outcome.ours.builds, of).median();
            if let Some((now, then)) = of(self).zip(of(before)) {
                let exponent = (now / then).ln() / factor;
                table.at_most(what, format!("{exponent:.3}"), exponent, 1.03, "≤ 1.03");
            }
        }
        let a_note = |outcome: &Outcome| outcome.ours.n_bytes as f64 / outcome.notes as f64;
        let (now, then) = (a_note(self), a_note(before));
        let shown = format!("{then:.0} → {now:.0}");
        table.at_most("bytes written a note", shown, now, then * 1.1, "≤ 1.1x: flat");
        table
    }
}
