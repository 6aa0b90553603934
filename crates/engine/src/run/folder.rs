//! The output folder: a run appears in it whole or not at all.
//!
//! Files are written in a hidden folder beside the results and renamed into place at the end; the
//! manifest comes last, and a folder without it is unfinished. A lock file keeps a second run out.
//! While results are being replaced the lock file lists them, so that a run cut off at that moment
//! can be cleared away by the next.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use thiserror::Error;

const LOCK: &str = "banmian.lock";
const MANIFEST: &str = "manifest.json";
const STAGING: &str = ".banmian-unfinished";

/// Why an output folder cannot be used.
#[derive(Debug, Error)]
pub enum OutputError {
    /// Holds files that are not of an earlier run.
    #[error("`{}` is not empty and holds no earlier run: name another folder, or empty it", .0.display())]
    Foreign(PathBuf),
    /// Another run is writing there.
    #[error("another run is writing to `{}`", .0.display())]
    Locked(PathBuf),
    /// The operating system refused.
    #[error("`{}` cannot be written", .path.display())]
    Io {
        /// What was to be written.
        path: PathBuf,
        /// Why not.
        #[source]
        source: io::Error,
    },
}

/// An output folder that this run has locked.
pub(super) struct OutputFolder {
    path: PathBuf,
    created: bool,
    /// Held until the run ends; dropped, it unlocks.
    _lock: File,
    /// Files of an earlier run, relative to the folder.
    stale: BTreeSet<String>,
    staged: BTreeSet<String>,
    state: State,
}

/// How far a run has come.
#[derive(PartialEq, Eq)]
enum State {
    /// Nothing of an earlier run was touched.
    Writing,
    /// Results are being replaced; the lock file lists them.
    Publishing,
    /// The results are in place.
    Published,
}

impl OutputFolder {
    /// Locks the folder, making it if need be. Only an empty folder or one of an earlier run will do.
    pub(super) fn open(path: &Path) -> Result<Self, OutputError> {
        let created = !path.exists();
        fs::create_dir_all(path).map_err(io_at(path))?;
        let lock_path = path.join(LOCK);
        let staging = path.join(STAGING);
        let journal = read_json(&lock_path);
        // What a run leaves that was cut off: files listed in its lock, or its hidden folder.
        let cut_off = journal.is_some() || staging.exists();
        let manifest = read_json(&path.join(MANIFEST)).filter(|m| m["program"] == "banmian");
        if manifest.is_none() && !cut_off {
            let mut entries = fs::read_dir(path).map_err(io_at(path))?;
            // A lock alone is that of a run which is just beginning.
            if entries.any(|e| e.is_ok_and(|e| e.file_name() != LOCK)) {
                return Err(OutputError::Foreign(path.to_owned()));
            }
        }
        // Not truncated: it may list files of a run that was cut off.
        let lock = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&lock_path)
            .map_err(io_at(&lock_path))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(OutputError::Locked(path.to_owned())),
            Err(TryLockError::Error(e)) => return Err(io_at(&lock_path)(e)),
        }
        let listed = |json: &Option<Json>| -> Vec<String> {
            let files = json.as_ref().and_then(|j| j["files"].as_array().cloned()).unwrap_or_default();
            files.iter().filter_map(|f| f.as_str().filter(|f| is_inside(f)).map(str::to_owned)).collect()
        };
        let stale = listed(&manifest).into_iter().chain(listed(&journal)).collect();
        if staging.exists() {
            fs::remove_dir_all(&staging).map_err(io_at(&staging))?;
        }
        fs::create_dir(&staging).map_err(io_at(&staging))?;
        Ok(OutputFolder {
            path: path.to_owned(),
            created,
            _lock: lock,
            stale,
            staged: BTreeSet::new(),
            state: State::Writing,
        })
    }

    /// A new file of this run; `name` is relative, with `/`.
    pub(super) fn create(&mut self, name: &str) -> Result<BufWriter<File>, OutputError> {
        assert!(is_inside(name), "a run writes into its own folder only");
        let path = self.path.join(STAGING).join(name);
        let parent = path.parent().unwrap_or(&path);
        fs::create_dir_all(parent).map_err(io_at(parent))?;
        let file = File::create(&path).map_err(io_at(&path))?;
        self.staged.insert(name.to_owned());
        Ok(BufWriter::with_capacity(1 << 16, file))
    }

    /// A new file of this run with this content.
    pub(super) fn write(&mut self, name: &str, content: &[u8]) -> Result<(), OutputError> {
        let path = self.path.join(name);
        let mut file = self.create(name)?;
        file.write_all(content).and_then(|()| file.flush()).map_err(io_at(&path))
    }

    /// Takes back a file of this run.
    pub(super) fn discard(&mut self, name: &str) -> Result<(), OutputError> {
        let path = self.path.join(STAGING).join(name);
        self.staged.remove(name);
        fs::remove_file(&path).map_err(io_at(&path))
    }

    /// The names of this run's files so far, sorted.
    pub(super) fn names(&self) -> Vec<String> {
        self.staged.iter().cloned().collect()
    }

    /// For messages: what a write to `name` failed on.
    pub(super) fn error(&self, name: &str, source: io::Error) -> OutputError {
        OutputError::Io { path: self.path.join(name), source }
    }

    /// Puts the run in place of an earlier one; the manifest comes last.
    pub(super) fn publish(mut self, manifest: &Json) -> Result<(), OutputError> {
        let mut text = serde_json::to_vec_pretty(manifest).expect("a manifest is plain data");
        text.push(b'\n');
        self.write(MANIFEST, &text)?;
        // Found out before anything of the earlier run is gone.
        for name in &self.staged {
            let to = self.path.join(name);
            if to.is_dir() {
                return Err(io_at(&to)(io::ErrorKind::IsADirectory.into()));
            }
        }
        self.state = State::Publishing;
        let all: BTreeSet<&String> = self.stale.iter().chain(&self.staged).filter(|f| *f != MANIFEST).collect();
        let journal = json!({ "files": all }).to_string();
        let lock_path = self.path.join(LOCK);
        fs::write(&lock_path, journal).map_err(io_at(&lock_path))?;
        remove_if_there(&self.path.join(MANIFEST))?;
        for name in &self.stale {
            remove_if_there(&self.path.join(name))?;
            if let Some((folder, _)) = name.rsplit_once('/') {
                // Stays if the user keeps something in it.
                let _ = fs::remove_dir(self.path.join(folder));
            }
        }
        for name in self.staged.iter().filter(|n| *n != MANIFEST).chain([&MANIFEST.to_owned()]) {
            let (from, to) = (self.path.join(STAGING).join(name), self.path.join(name));
            let parent = to.parent().unwrap_or(&to);
            fs::create_dir_all(parent).map_err(io_at(parent))?;
            fs::rename(&from, &to).map_err(io_at(&to))?;
        }
        self.state = State::Published;
        Ok(())
    }
}

impl Drop for OutputFolder {
    /// Leaves nothing of the run's own workings; an unfinished run leaves no trace at all. Only a
    /// run that failed while it replaced results leaves its lock, which lists them for the next.
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.path.join(STAGING));
        if self.state == State::Publishing {
            return;
        }
        let _ = fs::remove_file(self.path.join(LOCK));
        if self.created && self.state == State::Writing {
            let _ = fs::remove_dir(&self.path);
        }
    }
}

fn io_at(path: &Path) -> impl FnOnce(io::Error) -> OutputError + '_ {
    move |source| OutputError::Io { path: path.to_owned(), source }
}

fn read_json(path: &Path) -> Option<Json> {
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

fn remove_if_there(path: &Path) -> Result<(), OutputError> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(io_at(path)(e)),
        _ => Ok(()),
    }
}

/// A manifest is a file anyone can edit: no name in it may lead out of the folder.
fn is_inside(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|c| matches!(c, std::path::Component::Normal(_)))
}
