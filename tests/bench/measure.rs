//! The cost of a program: time, processor time and memory of a child process, and the files it
//! leaves.
//!
//! The standard library measures only the time. The rest is read from `/proc`, where the kernel
//! keeps it: no crate, no `unsafe`, and no `/usr/bin/time` to install. On other systems than Linux
//! it is unknown.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

/// One tick of `/proc/*/stat`, which Linux fixes at a hundredth of a second for programs.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// The interval at which the memory of a child is read. The kernel keeps the peak, so only a rise
/// in the very last moment could be missed.
const GLANCE: Duration = Duration::from_millis(2);

#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) wall: Duration,
    /// The processor time of the program itself and on its behalf, to the nearest hundredth of a
    /// second.
    pub(crate) cpu: Option<Duration>,
    /// The most memory it used at one time, in bytes.
    pub(crate) peak: Option<u64>,
}

/// Runs a program to its end and returns its cost and its last line of output. A failure of the
/// program is an error with its output.
pub(crate) fn run(command: &mut Command) -> Result<(Cost, String)> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let cpu_before = cpu_of_children();
    let start = Instant::now();
    let child = command.spawn().map_err(|error| about(command, &error.to_string()))?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let is_over = AtomicBool::new(false);
    let (output, wall, peak) = thread::scope(|scope| {
        let watcher = scope.spawn(|| watch_peak(&status, &is_over));
        let output = child.wait_with_output();
        let wall = start.elapsed();
        is_over.store(true, Ordering::Relaxed);
        (output, wall, watcher.join().ok().flatten())
    });
    let output = output?;
    let cpu = cpu_of_children().zip(cpu_before).map(|(after, before)| after - before);
    let text = [output.stdout, output.stderr].concat();
    let text = String::from_utf8_lossy(&text);
    if !output.status.success() {
        return Err(about(command, &format!("{}\n{text}", output.status)));
    }
    let last_line = text.trim_end().lines().next_back().unwrap_or_default().to_string();
    Ok((Cost { wall, cpu, peak }, last_line))
}

fn about(command: &Command, message: &str) -> Error {
    Error::other(format!("{command:?}: {message}"))
}

/// Returns the last peak seen, not the greatest: before a child becomes another program, the kernel
/// shows it with the memory of this one.
fn watch_peak(status: &Path, is_over: &AtomicBool) -> Option<u64> {
    let mut peak = None;
    while !is_over.load(Ordering::Relaxed) {
        peak = fs::read_to_string(status).ok().and_then(|text| peak_in(&text)).or(peak);
        thread::sleep(GLANCE);
    }
    peak
}

pub(crate) fn peak_in(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}

/// Returns the processor time of all children that have ended so far.
fn cpu_of_children() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program comes second, in parentheses, and may contain spaces; after it come a
    // space and then `cutime` and `cstime` as fields 14 and 15.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: Vec<u32> = fields.split(' ').skip(14).take(2).flat_map(str::parse).collect();
    (ticks.len() == 2).then(|| TICK * ticks.iter().sum())
}

/// The files below a folder, each with data that change when it is written.
#[derive(Default)]
pub(crate) struct Files(BTreeMap<PathBuf, (SystemTime, u64)>);

impl Files {
    /// Lists a folder. One that doesn't exist has no files.
    pub(crate) fn below(folder: &Path) -> Result<Files> {
        let mut files = Files::default();
        if folder.is_dir() {
            files.add(folder)?;
        }
        Ok(files)
    }

    fn add(&mut self, folder: &Path) -> Result<()> {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                self.add(&entry.path())?;
            } else {
                let known = entry.metadata()?;
                self.0.insert(entry.path(), (known.modified()?, known.len()));
            }
        }
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn n_pages(&self) -> usize {
        self.0.keys().filter(|path| path.extension().is_some_and(|end| end == "html")).count()
    }

    pub(crate) fn n_bytes(&self) -> u64 {
        self.0.values().map(|(_, n_bytes)| n_bytes).sum()
    }

    /// Counts the files that did not exist `before`, or have been written since.
    pub(crate) fn n_written_since(&self, before: &Files) -> usize {
        self.0.iter().filter(|(path, known)| before.0.get(*path) != Some(known)).count()
    }
}

/// Removes a folder and everything in it; does nothing if there is none.
pub(crate) fn remove(folder: &Path) -> Result<()> {
    if folder.is_dir() { fs::remove_dir_all(folder) } else { Ok(()) }
}

/// Writes a whole book.
pub(crate) fn write(root: &Path, files: &[(String, String)]) -> Result<()> {
    for (path, text) in files {
        let path = root.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, text)?;
    }
    Ok(())
}
