//! Names of files that don't belong to the writer: those that editors and systems leave behind.

/// Endings, in lower case, of files that editors and systems leave behind: copies, and temporary
/// files that exist only during a save.
const LEFTOVER_ENDINGS: [&str; 14] = [
    "~",
    ".bak",
    ".orig",
    ".rej",
    ".tmp",
    ".temp",
    ".swp",
    ".swo",
    ".swn",
    ".swx",
    ".part",
    ".crdownload",
    "___jb_tmp___",
    "___jb_old___",
];

/// Names, in lower case, that systems create by themselves. `4913` is the file with which Vim tests
/// whether it can write to a folder.
const SYSTEM_NAMES: [&str; 6] =
    ["thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "__macosx", "4913"];

/// Names, in lower case, that begin with a dot and are not published even in `static/`: folders
/// that programs reserve for themselves.
const PROGRAM_NAMES: [&str; 8] =
    [".ds_store", ".git", ".hg", ".svn", ".jj", ".bzr", ".ssh", ".gnupg"];

/// The prefix of names that Fieldbook reserves, such as the folder in the output where files are
/// prepared.
const OWN_PREFIX: &str = ".fieldbook";

/// Returns whether a file or folder with this name, below the source folder `folder`, belongs to
/// the writer.
pub(super) fn is_wanted(name: &str, folder: &str) -> bool {
    unwanted(name, folder).is_none()
}

/// Returns the reason why a file or folder with this name, below the source folder `folder`,
/// doesn't belong to the writer, or `None` if it does. In `static/` a name may begin with a dot:
/// `.well-known` is published. `.#x` and `.~lock.x#` mean that Emacs or LibreOffice has `x` open,
/// `~$x.docx` that Word has.
pub(super) fn unwanted(name: &str, folder: &str) -> Option<&'static str> {
    let small = name.to_ascii_lowercase();
    let is_lock = [".#", ".~lock.", "~$"].iter().any(|begin| name.starts_with(begin));
    let is_of_program = PROGRAM_NAMES.contains(&&*small) || small.starts_with(OWN_PREFIX);
    // TextEdit and others write such files while they save: `x.md.sb-1a2b3c4d-e5f6gh`.
    let is_half_saved = || small.rsplit('.').next().is_some_and(|end| end.starts_with("sb-"));
    if is_lock {
        Some("a program keeps it while it has a file open")
    } else if is_of_program || SYSTEM_NAMES.contains(&&*small) || name.starts_with("._") {
        Some("a program or the system keeps it for itself")
    } else if name.starts_with('.') && folder != "static" {
        Some("its name begins with a dot")
    } else if name.starts_with('#')
        || LEFTOVER_ENDINGS.iter().any(|ending| small.ends_with(ending))
        || is_half_saved()
    {
        Some("a program left it behind, as a copy or while it saved")
    } else {
        None
    }
}
