//! `fieldbook translation accept`: records that a translation follows its original.

use std::path::Path;

use crate::cli::{AcceptArgs, BuildArgs, CommonArgs};
use crate::command::asked_paths::path_in_book;
use crate::command::build::{options, root};
use crate::command::terminal::Terminal;
use crate::command::{CommandError, CommandOutcome};
use crate::config::FieldConfig;
use crate::diagnostic::with_edits;
use crate::disk::{self, SourceChange};
use crate::note::{Note, NoteId};
use crate::parse::parse;
use crate::path::SourcePath;
use crate::report;
use crate::site::Site;
use crate::source::{Source, SourceEdit, Sources};
use crate::translation::{NewRecord, accept, accept_minor, record_edit};
use crate::workspace::Workspace;

pub(super) fn run(
    common: &CommonArgs,
    arguments: &AcceptArgs,
    terminal: &mut Terminal,
) -> Result<CommandOutcome, CommandError> {
    let root = root(common)?;
    let path = SourcePath::new(path_in_book(&root, &arguments.path)?);
    let options = options(common, &BuildArgs { drafts: true, ..BuildArgs::default() })?;
    terminal.progress("Reading the book");
    let sources = disk::read(&root, &options.config)?;
    let texts = sources.clone();
    let mut workspace = Workspace::new(options);
    // Errors elsewhere in the book don't matter here.
    let _ = workspace.open(sources.into_files().map(SourceEdit::Put).collect());
    let site = workspace.site().ok_or_else(|| CommandError::usage("the book can't be read"))?;
    let Some(id) = site.note_at(&path) else {
        return Err(CommandError::usage(format!("{path} is no note of the book")));
    };
    let asked = AcceptedNote::new(site, id);
    let records = if arguments.minor {
        let was = arguments.was.as_deref().map(|file| earlier(site, &path, file)).transpose()?;
        asked.minor(&arguments.parts, was.as_ref())?
    } else {
        vec![asked.one(&arguments.parts)?]
    };
    let edited = edited(&texts, &records)?;
    let changes = edited.iter().map(|(path, before, after)| SourceChange {
        path,
        before: Some(before.as_bytes()),
        after: Some(after.as_bytes()),
    });
    if let Some((path, why)) = disk::change(&root, &changes.collect::<Vec<_>>())? {
        return Err(CommandError::usage(format!("nothing was written: {path}: {why}")));
    }
    for record in &records {
        let (parts, path) =
            (report::count(record.record.len(), "part"), &record.translation.source);
        terminal.say(&format!("{path}: recorded {parts} of {}", asked.original.source));
    }
    Ok(CommandOutcome::Fine)
}

/// A note with its original, of which changes are to be taken up.
struct AcceptedNote<'a> {
    site: &'a Site,
    id: NoteId,
    original: &'a Note,
    fields: &'a [FieldConfig],
}

impl<'a> AcceptedNote<'a> {
    fn new(site: &'a Site, id: NoteId) -> Self {
        let original = site.note(site.graph.works.original(id));
        Self { site, id, original, fields: &site.config.kind(original.facts.kind).fields }
    }

    fn is_original(&self) -> bool {
        self.site.graph.works.original(self.id) == self.id
    }

    /// The new record of this translation.
    fn one(&self, parts: &[String]) -> Result<NewRecord<'a>, CommandError> {
        if self.is_original() {
            let why = "is an original: name one of its translations, or add --minor";
            return Err(CommandError::usage(format!("{} {why}", self.original.source)));
        }
        accept(self.fields, self.original, self.site.note(self.id), parts)
            .map_err(CommandError::usage)
    }

    /// The new records of all translations of this original.
    fn minor(
        &self,
        parts: &[String],
        was: Option<&Note>,
    ) -> Result<Vec<NewRecord<'a>>, CommandError> {
        if !self.is_original() {
            let why = "is a translation: --minor takes its original";
            return Err(CommandError::usage(format!(
                "{} {why}, {}",
                self.site.note(self.id).source,
                self.original.source
            )));
        }
        let versions = self.site.graph.works.all(self.id).filter(|other| *other != self.id);
        let translations: Vec<&Note> = versions.map(|other| self.site.note(other)).collect();
        accept_minor(self.fields, self.original, &translations, parts, was)
            .map_err(CommandError::usage)
    }
}

/// Returns the files with their new records.
fn edited<'a>(
    texts: &'a Sources,
    records: &'a [NewRecord<'_>],
) -> Result<Vec<(&'a SourcePath, &'a str, String)>, CommandError> {
    let file = |record: &'a NewRecord<'_>| {
        let path = &record.translation.source;
        let text = texts.get(path).and_then(Source::text);
        let edited = text.and_then(|text| {
            let edit = record_edit(text, &record.translation.spans, &record.record)?;
            Some((path, text, with_edits(text, [&edit])?))
        });
        edited.ok_or_else(|| {
            CommandError::usage(format!("{path}: correct its front matter first; check shows how"))
        })
    };
    records.iter().map(file).collect()
}

/// Reads an earlier state of an original from a file.
fn earlier(site: &Site, path: &SourcePath, file: &Path) -> Result<Note, CommandError> {
    let bytes =
        disk::read_file(file).map_err(|failure| CommandError::usage(failure.to_string()))?;
    Ok(parse(&Source::new(path.clone(), bytes), &site.config, false))
}
