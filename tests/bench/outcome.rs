//! The measurements of a book of one size, compared with the budgets.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::measure::{self, Cost, Files};
use crate::series::{Of, Series, cpu, figure, peak, seconds, size_figure, wall};
use crate::table::{Table, megabytes, time};
use crate::{Result, edit, preview};

/// All measurements of a book of one size.
#[derive(Default)]
pub(crate) struct Outcome {
    pub(crate) notes: usize,
    pub(crate) cold: Vec<Cost>,
    pub(crate) check: Vec<Cost>,
    pub(crate) again: Vec<Cost>,
    pub(crate) copy: Vec<Cost>,
    pub(crate) hugo: Vec<Cost>,
    pub(crate) n_files: usize,
    pub(crate) n_bytes: u64,
    /// The most files that a build wrote although nothing had changed.
    pub(crate) n_rewritten: usize,
    /// The last line that Fieldbook printed.
    pub(crate) last_line: String,
    /// The time of each stage of a build, in the order of the stages.
    pub(crate) stages: Vec<(&'static str, Duration)>,
    pub(crate) edited: Option<edit::Edited>,
    pub(crate) seen: Option<preview::Seen>,
}

impl Outcome {
    pub(crate) fn measure_ours(&mut self, root: &Path) -> Result<()> {
        let (output, copy) = (root.join("public"), root.join("copy"));
        measure::remove(&output)?;
        let state = root.with_extension("state");
        measure::remove(&state)?;
        let mut build = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        build.env("XDG_STATE_HOME", &state).arg("build").arg("-r").arg(root);

        settle();
        self.cold.push(measure::run(&mut build)?.0);
        let built = Files::below(&output)?;
        (self.n_files, self.n_bytes) = (built.len(), built.n_bytes());

        let before = Files::below(root)?;
        settle();
        let (cost, last_line) = measure::run(&mut build)?;
        self.again.push(cost);
        self.last_line = last_line;
        let n_written = Files::below(root)?.n_written_since(&before);
        self.n_rewritten = self.n_rewritten.max(n_written);

        settle();
        let mut check = Command::new(env!("CARGO_BIN_EXE_fieldbook"));
        self.check.push(measure::run(check.arg("check").arg("-r").arg(root))?.0);

        settle();
        self.copy.push(measure::run(Command::new("cp").arg("-r").arg(&output).arg(&copy))?.0);
        Ok(measure::remove(&copy)?)
    }

    pub(crate) fn measure_hugo(&mut self, hugo: &Path, root: &Path) -> Result<()> {
        measure::remove(&root.join("public"))?;
        measure::remove(&root.join("resources"))?;
        settle();
        self.hugo.push(measure::run(Command::new(hugo).arg("--quiet").current_dir(root))?.0);
        Ok(())
    }

    pub(crate) fn table(&self) -> Table {
        let mut table = Table::default();
        let (cold, again, copy) = (seconds(&self.cold), seconds(&self.again), seconds(&self.copy));
        let hugo = Series::of(&self.hugo, wall);
        table.share("cold build", figure(&cold), cold.median(), 8.0, ("Hugo's", hugo.median()));
        for (what, part, of) in [("  processor", 12.0, cpu as Of), ("  peak memory", 4.0, peak)] {
            let (ours, theirs) = (Series::of(&self.cold, of), Series::of(&self.hugo, of));
            let shown = if part == 4.0 { size_figure(&ours) } else { figure(&ours) };
            table.share(what, shown, ours.median(), part, ("Hugo's", theirs.median()));
        }
        let written = format!("{} files, {}", self.n_files, megabytes(self.n_bytes as f64));
        table.note("  written", written);
        table.share("  beside cp -r", figure(&copy), cold.median(), 0.5, ("cp -r", copy.median()));
        table.share(
            "build again, nothing changed",
            figure(&again),
            again.median(),
            3.0,
            ("our cold build", cold.median()),
        );
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
        if !self.hugo.is_empty() {
            table.note("Hugo: cold build", figure(&hugo));
            table.note("  processor", figure(&Series::of(&self.hugo, cpu)));
            table.note("  peak memory", size_figure(&Series::of(&self.hugo, peak)));
        }
        table
    }

    /// Rules run in every build; a check also formats their findings, and writes nothing.
    fn checking(&self, table: &mut Table) {
        let (check, cold) = (Series::of(&self.check, cpu), Series::of(&self.cold, cpu));
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
        table.at_most("one note edited, engine alone", figure(&edits), median, 0.010, "≤ 10 ms");
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
        table.at_most("preview: first page", time(first), first.as_secs_f64(), 1.0, "≤ 1 s");
        table.note("  and from there to search", time(seen.index));
        let edits = Series(seen.edits.iter().map(Duration::as_secs_f64).collect());
        let titles = Series(seen.titles.iter().map(Duration::as_secs_f64).collect());
        let median = edits.median().unwrap_or_default();
        let (limit, budget) =
            if self.notes > 1_000 { (0.050, "≤ 50 ms") } else { (0.030, "≤ 30 ms") };
        table.at_most("  saved to served", figure(&edits), median, limit, budget);
        let late = edits.0.get(edits.0.len() * 19 / 20).copied().unwrap_or_default();
        let shown = time(Duration::from_secs_f64(late));
        table.at_most("  in 19 cases of 20", shown, late, 0.100, "≤ 100 ms");
        table.note("  retitled to served", figure(&titles));
        if let Some(peak) = seen.peak.map(|peak| peak as f64) {
            table.at_most("  peak memory", megabytes(peak), peak, 500e6, "≤ 500 MB");
        }
        if let Some(idle) = seen.idle {
            table.at_most("  processor, idle for 5 s", time(idle), idle.as_secs_f64(), 0.0, "nil");
        }
    }

    /// Returns the growth of the cost with the number of notes: an exponent of 1 is proportional.
    pub(crate) fn growth(&self, before: &Outcome) -> Table {
        let mut table = Table::default();
        let factor = (self.notes as f64 / before.notes as f64).ln();
        for (what, of) in [("time of a cold build", wall as Of), ("processor", cpu)] {
            let (now, then) =
                (Series::of(&self.cold, of).median(), Series::of(&before.cold, of).median());
            if let Some((now, then)) = now.zip(then) {
                let exponent = (now / then).ln() / factor;
                let what = format!("{what}, exponent");
                table.at_most(&what, format!("{exponent:.2}"), exponent, 1.1, "≤ 1.1");
            }
        }
        let a_note = |outcome: &Outcome| outcome.n_bytes as f64 / outcome.notes as f64;
        let (now, then) = (a_note(self), a_note(before));
        let shown = format!("{then:.0} → {now:.0}");
        table.at_most("bytes written a note", shown, now, then * 1.1, "≤ 1.1x: flat");
        table
    }
}

/// Lets the system write the data of earlier runs to disk, so that no run pays for another. Without
/// `sync`, runs do pay.
fn settle() {
    let _ = Command::new("sync").status();
}
