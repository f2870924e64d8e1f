//! A book made of notes that somebody has already: its configuration, with kinds proposed from folders and the keys of
//! front matter, and rules relaxed as far as the notes need it. Keys that Fieldbook does not know stay in the notes and
//! are published only if the writer says so: they may be private.

mod survey;

use std::collections::BTreeMap;
use std::fmt::Write;

use super::proof::EditedFile;
use super::starter::NewBook;
use crate::diagnostic::{Diagnostic, Level, Rule, TextEdit, with_edits};
use crate::parse::rules::bad_front_matter;
use crate::path::SourcePath;
use crate::source::{Source, SourceEdit, Sources};
use crate::table::quoted;
use crate::unfit::{MendedPassage, mended};
use crate::workspace::{BuildOptions, Workspace};
use survey::{FieldGuess, Survey};

/// The most times that the book is read to see which rules are in the way.
const MAX_ROUNDS: usize = 3;

/// The rule about keys that nothing reads.
const UNKNOWN_KEY: &str = "unknown-key";

/// A proposed configuration, and the problems of the book with it.
pub struct AdoptedBook {
    /// The configuration.
    pub config: String,
    /// The problems that the notes have with it.
    pub problems: Vec<Diagnostic>,
    /// The number of notes.
    pub notes: usize,
    /// The notes that the site leaves out, in the order of their paths.
    pub left_out: Vec<LeftOutNote>,
    /// The keys of front matter that Fieldbook does not know, each with the number of notes that have it.
    pub unknown_keys: BTreeMap<String, usize>,
    /// The names of the kinds that were proposed, each with the number of the fields proposed for it.
    pub kinds: Vec<(String, usize)>,
    /// The rules that had to be relaxed.
    pub relaxed: Vec<&'static Rule>,
    /// The book with this configuration, for fixes.
    pub sources: Sources,
}

/// A note that the site leaves out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOutNote {
    /// The path in the book.
    pub path: SourcePath,
    /// The line of the mistake, from one; none if there is no mistake.
    pub line: Option<usize>,
    /// The reason.
    pub why: String,
}

/// Proposes the configuration of a book of `sources`, of which the configuration names no more than the folder of the
/// notes, `content`.
pub fn adopt(
    options: &BuildOptions,
    sources: Sources,
    book: &NewBook,
    content: &str,
) -> AdoptedBook {
    let survey = Survey::of(&sources);
    let mut relaxed: Vec<&'static Rule> = Vec::new();
    let mut workspace = Workspace::new(options.clone());
    let mut config = written(book, content, &survey, &relaxed);
    let mut edits: Vec<SourceEdit> = sources.clone().into_files().map(SourceEdit::Put).collect();
    for _ in 0..MAX_ROUNDS {
        config = written(book, content, &survey, &relaxed);
        let file = Source::new(options.config.clone(), config.clone().into_bytes());
        edits.push(SourceEdit::Put(file));
        if workspace.open(std::mem::take(&mut edits)).is_ok() {
            break;
        }
        let errors = workspace.diagnostics().iter().filter(|problem| problem.is_error());
        let mut more: Vec<&'static Rule> = errors.map(|problem| problem.rule).collect();
        more.retain(|rule| rule.least() < Level::Error && !relaxed.contains(rule));
        more.sort();
        more.dedup();
        if more.is_empty() {
            break;
        }
        relaxed.extend(more);
        relaxed.sort();
    }
    let mut sources = sources;
    let file = Source::new(options.config.clone(), config.clone().into_bytes());
    sources.apply(vec![SourceEdit::Put(file)]);
    AdoptedBook {
        config,
        problems: workspace.diagnostics().to_vec(),
        notes: workspace.note_count(),
        left_out: left_out(&workspace),
        kinds: survey.kinds.iter().map(|kind| (kind.name.clone(), kind.fields.len())).collect(),
        unknown_keys: survey.unknown,
        relaxed,
        sources,
    }
}

/// Returns the notes that the site leaves out: drafts, and those whose front matter can't be read.
fn left_out(workspace: &Workspace) -> Vec<LeftOutNote> {
    let mut faults: BTreeMap<&SourcePath, &Diagnostic> = BTreeMap::new();
    let of_front_matter = |problem: &&Diagnostic| problem.rule == &bad_front_matter::RULE;
    for problem in workspace.diagnostics().iter().filter(of_front_matter) {
        faults.entry(&problem.path).or_insert(problem);
    }
    let drafts = workspace.site().into_iter().flat_map(|site| site.drafts.iter());
    let left_out = drafts.map(|draft| {
        let fault = faults.get(&draft.source);
        let text = workspace.sources().get(&draft.source).and_then(Source::text);
        let line = fault
            .zip(text)
            .map(|(fault, text)| text[..fault.span.within(text).start].matches('\n').count() + 1);
        let why = fault.map_or("it is a draft", |fault| &fault.message);
        LeftOutNote { path: draft.source.clone(), line, why: why.to_owned() }
    });
    let mut left_out: Vec<LeftOutNote> = left_out.collect();
    left_out.sort_by(|a, b| a.path.cmp(&b.path));
    left_out
}

/// Returns the configuration as text.
fn written(book: &NewBook, content: &str, survey: &Survey, relaxed: &[&'static Rule]) -> String {
    let mut out = String::from(
        "# The settings of the book. \"fieldbook manual settings\" explains all of them.\n",
    );
    let _ = writeln!(out, "title = {}", quoted(&book.title));
    let _ = writeln!(out, "language = {}", quoted(book.language.as_str()));
    if content != "content" {
        let folder = if content.is_empty() { "." } else { content };
        let _ = writeln!(out, "content = {}    # the folder of the notes", quoted(folder));
    }
    out.push_str("# description = \"A sentence that says what the site is.\"\n");
    out.push_str("# The address at which the site will be published; feeds need it.\n");
    out.push_str("# base-url = \"https://example.org/\"\n");
    out.push_str("indexes = [\"a-z\"]\n");
    if !survey.unknown.is_empty() || !relaxed.is_empty() {
        out.push_str(
            "\n# How strict the book is; \"fieldbook explain\" lists the rules.\n[check]\n",
        );
    }
    if !survey.unknown.is_empty() {
        let keys: Vec<String> = survey.unknown.keys().map(|key| quoted(key)).collect();
        out.push_str(
            "# Keys of front matter that no page shows. To show one, declare a field for it below its kind.\n",
        );
        let is_relaxed = relaxed.iter().any(|rule| rule.name == UNKNOWN_KEY);
        let level = if is_relaxed { "level = \"warning\", " } else { "" };
        let _ = writeln!(out, "{UNKNOWN_KEY} = {{ {level}allow = [{}] }}", keys.join(", "));
    }
    if !relaxed.is_empty() {
        out.push_str(
            "# Errors that the notes had at first. Correct them, then take these lines out.\n",
        );
    }
    for rule in relaxed {
        // A rule that is set already has its level among its other settings.
        if rule.name != UNKNOWN_KEY || survey.unknown.is_empty() {
            let _ = writeln!(out, "{} = \"warning\"", rule.name);
        }
    }
    if survey.kinds.is_empty() {
        out.push_str(
            "\n# While no kinds are declared, each folder is one. A kind can have fields of its own:\n#\n\
             # [kinds.lesson]\n# folder = \"lessons\"\n#\n# [kinds.lesson.fields]\n\
             # topics = { text = true, many = true, title = \"Topics\" }\n",
        );
    } else {
        out.push_str(
            "\n# The kinds of note, proposed from the folders and from the keys of front matter there. A note's kind\n\
             # comes from the folder in which it lies.\n",
        );
    }
    for kind in &survey.kinds {
        let _ = writeln!(out, "\n[kinds.{}]", kind.name);
        let _ = writeln!(out, "folder = {}", quoted(&kind.folder));
        let _ = writeln!(out, "title = {}", quoted(&kind.title));
        let _ = writeln!(out, "plural = {}", quoted(&kind.title));
        if !kind.fields.is_empty() {
            out.push_str("\n# Keys that the notes have. To show one to readers, take away the # before it.\n");
            let _ = writeln!(out, "[kinds.{}.fields]", kind.name);
        }
        for (name, guess) in &kind.fields {
            let _ = writeln!(out, "# {name} = {}", field(name, guess));
        }
    }
    out
}

fn field(name: &str, guess: &FieldGuess) -> String {
    let many = if guess.many { ", many = true" } else { "" };
    let title = crate::config::label(name);
    format!("{{ {}{many}, title = {} }}", guess.declared, quoted(&title))
}

/// Returns the notes in which passages that no book may have are changed to what it may. No word is lost.
pub fn without_unfit_passages(problems: &[Diagnostic], sources: &Sources) -> Vec<EditedFile> {
    let mut edits: BTreeMap<&SourcePath, Vec<TextEdit>> = BTreeMap::new();
    for problem in problems.iter().filter(|problem| problem.is_error()) {
        let text = sources.get(&problem.path).and_then(Source::text);
        let found =
            text.and_then(|text| mended(text, problem.span.within(text), problem.rule.name));
        if let Some(MendedPassage { place, text, .. }) = found {
            edits.entry(&problem.path).or_default().push(TextEdit { span: place.into(), text });
        }
    }
    let edited = edits.into_iter().filter_map(|(path, mut edits)| {
        edits.sort();
        let before = sources.get(path)?.text()?;
        let after = with_edits(before, &edits)?;
        Some(EditedFile { path: path.clone(), before: before.to_owned(), after })
    });
    edited.collect()
}

/// Counts problems by rule, the most frequent first.
pub fn counted_by_rule(problems: &[Diagnostic]) -> Vec<(&'static Rule, usize)> {
    let mut counts: BTreeMap<&'static Rule, usize> = BTreeMap::new();
    for problem in problems {
        *counts.entry(problem.rule).or_default() += 1;
    }
    let mut counts: Vec<(&'static Rule, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(rule, count)| (std::cmp::Reverse(*count), *rule));
    counts
}
