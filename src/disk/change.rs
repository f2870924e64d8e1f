//! Changes of several sources of the book at once, such as a move with all its links: all of them are made, or none, also
//! if the program is killed.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use super::change_journal::{ChangeJournal, JournalStep};
use super::find::locate;
use super::folder::{FolderEntry, OpenFolder, is_clean};
use super::manifest::ByteHash;
use super::output::lock;
use super::store::{IN_BOOK, in_book_folder};
use super::{DiskError, with_path};
use crate::path::SourcePath;

/// The folder in [`IN_BOOK`] in which new files are made ready.
const STAGE: &str = "change";

/// A source to write or to remove.
#[derive(Clone, Copy, Debug)]
pub struct SourceChange<'a> {
    /// The path in the book.
    pub path: &'a SourcePath,
    /// The content that it had when it was read; none if there was no such file.
    pub before: Option<&'a [u8]>,
    /// The new content; none to remove the file.
    pub after: Option<&'a [u8]>,
}

/// A file that is not as it was read, or that may not be replaced, with the reason.
pub type Obstacle<'a> = (&'a SourcePath, &'static str);

/// A change that was interrupted, and finished by a later run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FinishedChange {
    /// The number of files that were written or removed now.
    pub files: usize,
    /// The files that somebody changed meanwhile, which were left as they are, and the place of the text that was meant
    /// for each; none if it was to be removed.
    pub left: Vec<(String, Option<String>)>,
}

/// Makes all changes to the book at `root`, and no link is followed on the way. The new files are written to a folder of
/// their own, down to the disk, before the first is moved; a record of the moves in the user's folder lets
/// [`finish_change`] make the rest of them if the program is killed. If a file is in the way, returns it, and if one can't
/// be written, fails; in both cases nothing is changed, and what was moved is put back.
pub fn change<'a>(
    root: &Path,
    changes: &[SourceChange<'a>],
) -> Result<Option<Obstacle<'a>>, DiskError> {
    let book = with_path(root, OpenFolder::open(root))?;
    let _lock = book.handle().ok().and_then(|folder| lock(folder, &mut || {}));
    finish(root, &book)?;
    let run = ChangeRun { root, book: &book, stage: with_path(root, stage(&book))? };
    let outcome = run.all(changes);
    // An empty folder does no harm.
    let _ = with_path(root, clear_stage(&book));
    outcome
}

/// Finishes a change of the book at `root` that was interrupted, if there is one.
pub fn finish_change(root: &Path) -> Result<Option<FinishedChange>, DiskError> {
    if ChangeJournal::read(root).is_none() {
        return Ok(None);
    }
    let book = with_path(root, OpenFolder::open(root))?;
    let _lock = book.handle().ok().and_then(|folder| lock(folder, &mut || {}));
    finish(root, &book)
}

/// A run of [`change`].
struct ChangeRun<'r> {
    root: &'r Path,
    book: &'r OpenFolder,
    stage: OpenFolder,
}

impl ChangeRun<'_> {
    fn all<'a>(&self, changes: &[SourceChange<'a>]) -> Result<Option<Obstacle<'a>>, DiskError> {
        let mut steps = Vec::with_capacity(changes.len());
        for (number, change) in changes.iter().enumerate() {
            match self.prepared(number, change) {
                Ok(Ok(step)) => steps.push(step),
                Ok(Err(why)) => return Ok(Some((change.path, why))),
                Err(error) => return with_path(&self.root.join(change.path.as_str()), Err(error)),
            }
        }
        let journal = ChangeJournal { steps };
        // The move of a single file needs no record.
        if changes.len() > 1 {
            journal.write(self.root)?;
        }
        let outcome = self.make(changes, &journal.steps);
        if changes.len() > 1 {
            ChangeJournal::remove(self.root)?;
        }
        outcome
    }

    /// Checks a file and makes the new one ready; returns the reason why it has to be left, if there is one.
    fn prepared(
        &self,
        number: usize,
        change: &SourceChange<'_>,
    ) -> io::Result<Result<JournalStep, &'static str>> {
        let permissions = match self.check(change)? {
            Ok(permissions) => permissions,
            Err(why) => return Ok(Err(why)),
        };
        let before = change.before.map(ByteHash::of);
        if let Some(after) = change.after {
            write(&self.stage, &number.to_string(), after, permissions)?;
        }
        let path = change.path.as_str().to_owned();
        Ok(Ok(JournalStep { path, number, before, after: change.after.map(ByteHash::of) }))
    }

    /// Returns the permissions of the file, if there is one, or the reason why it has to be left as it is.
    fn check(
        &self,
        change: &SourceChange<'_>,
    ) -> io::Result<Result<Option<fs::Permissions>, &'static str>> {
        if !is_clean(change.path.as_str()) {
            return Err(io::Error::other("this is not a place in the book"));
        }
        let Some(before) = change.before else {
            let Some((folder, name)) = folder_of(self.book, change.path.as_str())? else {
                return Ok(Ok(None));
            };
            return Ok(match folder.place(name)? {
                FolderEntry::Empty => Ok(None),
                _ => Err("something stands there already"),
            });
        };
        match locate(self.root, change.path) {
            Some(real) if real == *change.path => {}
            Some(_) => return Ok(Err("a link leads to it")),
            None => return Ok(Err("it is gone")),
        }
        let Some((folder, name)) = folder_of(self.book, change.path.as_str())? else {
            return Ok(Err("it is gone"));
        };
        let (file, metadata) = folder.file(name)?;
        let mut bytes = Vec::with_capacity(before.len() + 1);
        file.take(before.len() as u64 + 1).read_to_end(&mut bytes)?;
        let permissions = metadata.permissions();
        Ok(if bytes != before {
            Err("it was changed meanwhile")
        } else if permissions.readonly() {
            Err("it is read-only")
        } else {
            Ok(Some(permissions))
        })
    }

    /// Makes all changes, or none.
    fn make<'a>(
        &self,
        changes: &[SourceChange<'a>],
        steps: &[JournalStep],
    ) -> Result<Option<Obstacle<'a>>, DiskError> {
        let mut made = Vec::new();
        for (at, (change, step)) in changes.iter().zip(steps).enumerate() {
            // It is compared again here, because somebody may have saved it meanwhile.
            let outcome = self.check(change).and_then(|checked| match checked {
                Ok(_) => take_step(self.book, &self.stage, step, &mut made).map(|()| None),
                Err(why) => Ok(Some((change.path, why))),
            });
            if !matches!(outcome, Ok(None)) {
                for change in changes[..at].iter().rev() {
                    let path = self.root.join(change.path.as_str());
                    with_path(&path, self.put_back(change))?;
                }
                for folder in made.iter().rev() {
                    remove_if_empty(self.book, folder);
                }
                return with_path(&self.root.join(change.path.as_str()), outcome);
            }
        }
        remove_left_folders(self.book, steps);
        Ok(None)
    }

    /// Undoes a change.
    fn put_back(&self, change: &SourceChange<'_>) -> io::Result<()> {
        let Some((folder, name)) = folder_of(self.book, change.path.as_str())? else {
            return Ok(());
        };
        let Some(before) = change.before else { return folder.remove_file_if_there(name) };
        let permissions = folder.file(name).map(|(_, metadata)| metadata.permissions()).ok();
        let new = "undo";
        self.stage.remove_file_if_there(new)?;
        write(&self.stage, new, before, permissions)?;
        self.stage.move_to(new, &folder, name)
    }
}

/// Writes a file down to the disk: an editor's file has no other copy.
fn write(
    folder: &OpenFolder,
    name: &str,
    content: &[u8],
    permissions: Option<fs::Permissions>,
) -> io::Result<()> {
    let mut file = folder.make_file(name)?;
    file.write_all(content)?;
    permissions.map_or(Ok(()), |permissions| file.set_permissions(permissions))?;
    file.sync_all()
}

/// Moves the new file of a step into place, or removes the old one. The folders that are made for it are added to `made`.
fn take_step(
    book: &OpenFolder,
    stage: &OpenFolder,
    step: &JournalStep,
    made: &mut Vec<String>,
) -> io::Result<()> {
    if step.after.is_none() {
        let folder = folder_of(book, &step.path)?;
        return folder.map_or(Ok(()), |(folder, name)| folder.remove_file_if_there(name));
    }
    let (above, name) = step.path.rsplit_once('/').unwrap_or(("", &step.path));
    let mut folder = OpenFolder::open(book.path())?;
    let mut path = String::new();
    for part in above.split('/').filter(|part| !part.is_empty()) {
        path = if path.is_empty() { part.to_owned() } else { format!("{path}/{part}") };
        if folder.place(part)? == FolderEntry::Empty {
            made.push(path.clone());
        }
        folder = folder.folder_made(part)?;
    }
    stage.move_to(&step.number.to_string(), &folder, name)
}

/// Returns the folder of the file at `path` and its name; `None` if there is no such folder.
fn folder_of<'p>(book: &OpenFolder, path: &'p str) -> io::Result<Option<(OpenFolder, &'p str)>> {
    let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut folder = OpenFolder::open(book.path())?;
    for part in above.split('/').filter(|part| !part.is_empty()) {
        folder = match folder.folder(part) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            folder => folder?,
        };
    }
    Ok(Some((folder, name)))
}

/// Removes the folders out of which the last file was taken.
fn remove_left_folders(book: &OpenFolder, steps: &[JournalStep]) {
    for step in steps.iter().filter(|step| step.after.is_none()) {
        let mut path = step.path.as_str();
        while let Some((above, _)) = path.rsplit_once('/') {
            // The folder of the notes stays, even if it is empty.
            if !above.contains('/') || !remove_if_empty(book, above) {
                break;
            }
            path = above;
        }
    }
}

/// Removes a folder if nothing is in it, and returns whether it did.
fn remove_if_empty(book: &OpenFolder, path: &str) -> bool {
    let folder = folder_of(book, path).ok().flatten();
    folder.is_some_and(|(folder, name)| folder.remove_folder(name).is_ok())
}

/// Opens an empty folder for new files.
fn stage(book: &OpenFolder) -> io::Result<OpenFolder> {
    clear_stage(book)?;
    in_book_folder(book)?.make_folder(STAGE)
}

fn clear_stage(book: &OpenFolder) -> io::Result<()> {
    let folder = in_book_folder(book)?;
    match folder.place(STAGE)? {
        FolderEntry::Empty => Ok(()),
        FolderEntry::Folder => folder.remove_all(STAGE),
        _ => Err(io::Error::other(format!("{IN_BOOK}/{STAGE} is in the way"))),
    }
}

/// Makes the rest of the changes that the journal of the book names, and removes it.
fn finish(root: &Path, book: &OpenFolder) -> Result<Option<FinishedChange>, DiskError> {
    let Some(journal) = ChangeJournal::read(root) else { return Ok(None) };
    let mut finished = FinishedChange::default();
    for step in &journal.steps {
        with_path(&root.join(&step.path), finish_step(book, step, &mut finished))?;
    }
    remove_left_folders(book, &journal.steps);
    ChangeJournal::remove(root)?;
    Ok(Some(finished))
}

fn finish_step(
    book: &OpenFolder,
    step: &JournalStep,
    finished: &mut FinishedChange,
) -> io::Result<()> {
    if !is_clean(&step.path) {
        return Ok(());
    }
    let now = match folder_of(book, &step.path)? {
        Some((folder, name)) => match folder.place(name)? {
            FolderEntry::Empty => None,
            _ => Some(ByteHash::of_file(folder.file(name)?.0)?),
        },
        None => None,
    };
    if now == step.after {
        return Ok(());
    }
    let in_book = in_book_folder(book)?;
    let number = step.number.to_string();
    let stage = in_book.folder(STAGE);
    let is_ready = match (&stage, step.after) {
        (_, None) => true,
        (Ok(stage), Some(after)) => {
            let file = stage.file(&number).and_then(|(file, _)| ByteHash::of_file(file));
            file.is_ok_and(|hash| hash == after)
        }
        (Err(_), Some(_)) => false,
    };
    if now != step.before || !is_ready {
        let name = step.path.rsplit('/').next().unwrap_or_default();
        let place = format!("left-{number}-{name}");
        let kept = stage.ok().filter(|_| is_ready && step.after.is_some());
        let kept = kept.is_some_and(|stage| stage.move_to(&number, &in_book, &place).is_ok());
        let place = kept.then(|| format!("{IN_BOOK}/{place}"));
        finished.left.push((step.path.clone(), place));
        return Ok(());
    }
    finished.files += 1;
    match stage {
        Ok(stage) => take_step(book, &stage, step, &mut Vec::new()),
        Err(_) => take_step(book, &in_book, step, &mut Vec::new()),
    }
}
