//! Names of files that are none of the writer's: what editors and systems leave behind.

/// How files end, in small letters, that editors and systems leave beside those of the writer:
/// copies, and files that are there only while another is being saved.
const LEFT: [&str; 14] = [
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

/// What systems put into folders by themselves, in small letters. `4913` is the file by which vim
/// tries whether it may write to a folder.
const OF_SYSTEMS: [&str; 6] =
    ["thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin", "__macosx", "4913"];

/// Names that begin with a dot and are not published even in `static/`, in small letters: folders that
/// programs keep for themselves.
const OF_PROGRAMS: [&str; 8] =
    [".ds_store", ".git", ".hg", ".svn", ".jj", ".bzr", ".ssh", ".gnupg"];

/// The beginning of names that are kept for this program, such as that of the folder in the output where
/// files are made ready.
const OWN: &str = ".fieldbook";

/// Says whether a file or folder of this name, below the folder `folder` of sources, is one of the writer's.
pub(super) fn is_wanted(name: &str, folder: &str) -> bool {
    unwanted(name, folder).is_none()
}

/// Why a file or folder of this name, below the folder `folder` of sources, is none of the writer's, if it is
/// none. In `static/` a name may begin with a dot: `.well-known` is published. `.#x` and `.~lock.x#` say that
/// Emacs or LibreOffice has `x` open, `~$x.docx` that Word has.
pub(super) fn unwanted(name: &str, folder: &str) -> Option<&'static str> {
    let small = name.to_ascii_lowercase();
    let is_lock = [".#", ".~lock.", "~$"].iter().any(|begin| name.starts_with(begin));
    let is_of_program = OF_PROGRAMS.contains(&&*small) || small.starts_with(OWN);
    // What TextEdit and others write while they save: `x.md.sb-1a2b3c4d-e5f6gh`.
    let is_half_saved = || small.rsplit('.').next().is_some_and(|end| end.starts_with("sb-"));
    if is_lock {
        Some("a program keeps it while it has a file open")
    } else if is_of_program || OF_SYSTEMS.contains(&&*small) || name.starts_with("._") {
        Some("a program or the system keeps it for itself")
    } else if name.starts_with('.') && folder != "static" {
        Some("its name begins with a dot")
    } else if name.starts_with('#')
        || LEFT.iter().any(|ending| small.ends_with(ending))
        || is_half_saved()
    {
        Some("a program left it behind, as a copy or while it saved")
    } else {
        None
    }
}
