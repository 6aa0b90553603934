//! Walking an archive: each entry becomes pages, a failure, or a file passed over.
//!
//! The walk runs on a thread of its own and hands over what it finds in small lots, in the order of the archive; it
//! waits while nobody takes them. So an archive is a plain recursion over readers that borrow from each
//! other, and memory holds a few lots, whatever the archive's size.

use std::collections::HashSet;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use super::name::{clean, decode, is_by_the_way, shown};
use super::tar::{Tar, TarForm};
use super::unpack::read_all;
use super::zip::{ReadSeek, Zip, content};
use super::{ArchiveError, ArchiveKind, Budget, Meter, Packing, unpack};
use crate::find::{Form, form_of};
use crate::input::{Input, hash};
use crate::json_lines::JsonLines;
use crate::pdf::file_too_large;
use crate::{ReadPageError, Reading, Source, SourceKind};

/// What a walk finds.
pub(crate) enum Step {
    /// A page, or a failure.
    Input(Input),
    /// A PDF file, to be opened by who asked: its name and bytes.
    Pdf(String, Vec<u8>),
}

/// A lot of steps, and how many entries were passed over since the last.
#[derive(Default)]
struct Lot {
    steps: Vec<Step>,
    bytes: u64,
    skipped: u64,
    /// Bytes of the archive's own file read since.
    read: u64,
}

/// Steps in a lot, at most, and bytes beyond which none is added.
const LOT_STEPS: usize = 32;
const LOT_BYTES: u64 = 512 << 10;

/// The entries of an archive, in order.
pub(crate) struct Entries {
    lots: Receiver<Lot>,
    steps: std::vec::IntoIter<Step>,
    /// Entries of kinds that are not read, so far.
    pub(crate) skipped: u64,
    /// Bytes of the archive's own file that were read and not asked for yet.
    read: u64,
}

impl Entries {
    /// Starts to walk an archive.
    pub(crate) fn of(source: &Source, kind: ArchiveKind, reading: Arc<Reading>) -> Result<Entries, ReadPageError> {
        let (sender, lots) = sync_channel(1);
        let source = source.clone();
        let walk = move || {
            let budget = Budget::new(&reading.limits, source.size);
            let mut walk = Walk { reading, budget, meter: Meter::default(), sender, lot: Lot::default() };
            // What a library does not survive is a failure of the archive.
            let done = catch_unwind(AssertUnwindSafe(|| walk.source(&source, kind)));
            if let Err(panic) = done {
                let told = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
                let told = told.unwrap_or("an unknown panic").lines().next().unwrap_or_default().to_owned();
                let _ = walk.fail(source.name.clone(), ArchiveError::Panic(told));
            }
            let _ = walk.hand_over();
        };
        std::thread::Builder::new()
            .name("banmian-archive".to_owned())
            .spawn(walk)
            .map_err(ReadPageError::of_reading)?;
        Ok(Entries { lots, steps: Vec::new().into_iter(), skipped: 0, read: 0 })
    }

    /// Bytes of the archive's own file read since this was last asked.
    pub(crate) fn take_read(&mut self) -> u64 {
        std::mem::take(&mut self.read)
    }
}

impl Iterator for Entries {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        loop {
            if let Some(step) = self.steps.next() {
                return Some(step);
            }
            let lot = self.lots.recv().ok()?;
            self.skipped += lot.skipped;
            self.read += lot.read;
            self.steps = lot.steps.into_iter();
        }
    }
}

/// Why a walk goes no further.
enum Halt {
    /// The budget is spent; that was told.
    Spent,
    /// Nobody takes what is found.
    Unwanted,
}

struct Walk {
    reading: Arc<Reading>,
    budget: Budget,
    meter: Meter,
    sender: SyncSender<Lot>,
    lot: Lot,
}

impl Walk {
    /// Walks the archive that is a file of its own.
    fn source(&mut self, source: &Source, kind: ArchiveKind) -> Result<(), Halt> {
        let bytes = match source.origin.open() {
            Ok(bytes) => Box::new(self.meter.of(bytes)),
            Err(error) => return self.fail_reading(source.name.clone(), error),
        };
        match kind {
            ArchiveKind::Tar => {
                let mut bytes = unpack(bytes, source.packing, &self.budget.clone());
                self.tar(&source.name, 1, &mut *bytes)
            }
            // Its table of contents is read through a second handle.
            ArchiveKind::Zip => match source.origin.open() {
                Ok(contents) => self.zip(&source.name, 1, contents, bytes),
                Err(error) => self.fail_reading(source.name.clone(), error),
            },
        }
    }

    /// The entries of a tar archive that lies `depth` archives deep, itself counted.
    fn tar(&mut self, archive: &str, depth: u32, bytes: &mut dyn Read) -> Result<(), Halt> {
        let mut tar = Tar::new(bytes);
        let mut names = HashSet::new();
        loop {
            let entry = match tar.next() {
                Ok(Some(entry)) => entry,
                Ok(None) => return Ok(()),
                Err(error) => return self.fail_reading(archive.to_owned(), error),
            };
            let raw = decode(&entry.name, None);
            let problem = match entry.form {
                TarForm::File | TarForm::Folder => None,
                TarForm::Link => Some(ArchiveError::Link),
                TarForm::Special(what) => Some(ArchiveError::Special(what)),
            };
            if let Some((name, form)) = self.entry(archive, &raw, entry.form == TarForm::Folder, problem, &mut names)? {
                self.file(name, form, depth, entry.size, &mut tar)?;
            }
        }
    }

    /// The entries of a zip archive.
    fn zip(
        &mut self,
        archive: &str,
        depth: u32,
        contents: Box<dyn ReadSeek>,
        mut bytes: Box<dyn ReadSeek>,
    ) -> Result<(), Halt> {
        let mut zip = match Zip::open(contents) {
            Ok(zip) => zip,
            Err(error) => return self.fail(archive.to_owned(), error),
        };
        if let Err(error) = self.budget.room_for(zip.len()) {
            return self.fail(archive.to_owned(), error);
        }
        let encoding = self.reading.encoding.of_names();
        let mut names = HashSet::new();
        for entry in zip.entries() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => return self.fail(archive.to_owned(), error),
            };
            let raw = decode(entry.name_raw(), encoding);
            let problem = entry.is_symlink().then_some(ArchiveError::Link);
            let Some((name, form)) = self.entry(archive, &raw, entry.is_dir(), problem, &mut names)? else { continue };
            let size = entry.size();
            match content(entry, &mut bytes) {
                Ok(content) => {
                    let mut content = self.budget.count(content, "zip archive");
                    self.file(name, form, depth, size, &mut content)?;
                }
                Err(error) => self.fail(name, error)?,
            }
        }
        Ok(())
    }

    /// Looks at the head of an entry: its name and form if it is to be read.
    fn entry(
        &mut self,
        archive: &str,
        raw: &str,
        is_folder: bool,
        problem: Option<ArchiveError>,
        names: &mut HashSet<u64>,
    ) -> Result<Option<(String, Form)>, Halt> {
        if let Err(error) = self.budget.entry() {
            return self.fail(archive.to_owned(), error).map(|()| None);
        }
        let cleaned = clean(raw);
        if is_folder || cleaned.as_ref().is_ok_and(|name| is_by_the_way(name)) {
            return Ok(None);
        }
        let form = form_of(raw);
        // A link to a folder has no ending.
        let is_wanted = form.kind.is_some() || (problem.is_some() && !has_ending(raw));
        if !is_wanted {
            self.lot.skipped += 1;
            return Ok(None);
        }
        let (name, problem) = match cleaned {
            Ok(name) => (format!("{archive}/{name}"), problem),
            Err(error) => (format!("{archive}/{}", shown(raw)), Some(error)),
        };
        let problem = problem.or_else(|| (!names.insert(hash(&name))).then_some(ArchiveError::SameName));
        match problem {
            Some(error) => self.fail(name, error).map(|()| None),
            None => Ok(Some((name, form))),
        }
    }

    /// A file in an archive that lies `depth` archives deep.
    fn file(&mut self, name: String, form: Form, depth: u32, size: u64, bytes: &mut dyn Read) -> Result<(), Halt> {
        let Some(kind) = form.kind else { return Ok(()) };
        let mut bytes = unpack(Box::new(bytes), form.packing, &self.budget.clone());
        let size = if form.packing == Packing::None { size } else { 0 };
        let limits = &self.reading.limits;
        match kind {
            SourceKind::Archive(inner) => {
                if depth > limits.archive_depth {
                    let error = ArchiveError::Depth(limits.archive_depth);
                    return self.fail(name, error);
                }
                match inner {
                    ArchiveKind::Tar => self.tar(&name, depth + 1, &mut *bytes),
                    ArchiveKind::Zip => self.inner_zip(name, depth + 1, size, &mut *bytes),
                }
            }
            SourceKind::JsonLines => {
                let mut lines = JsonLines::new(name, bytes, self.reading.clone());
                while let Some(input) = lines.next_input() {
                    self.input(input)?;
                }
                Ok(())
            }
            SourceKind::Pdf => match read_all(&mut *bytes, size, self.reading.pdf.max_file_bytes) {
                Ok(bytes) => {
                    let size = bytes.len() as u64;
                    self.push(Step::Pdf(name, bytes), size)
                }
                Err(ReadPageError::TooLarge(_)) => {
                    let error = file_too_large(&self.reading.pdf).into();
                    self.input(self.failure(name, error))
                }
                Err(error) => self.input(self.failure(name, error)),
            },
            SourceKind::Text | SourceKind::Html => {
                let read = read_all(&mut *bytes, size, limits.page_bytes);
                self.input(Input::of_bytes(name, kind, read, self.reading.clone()))
            }
        }
    }

    /// A zip within an archive is held in memory: its table of contents stands at its end.
    fn inner_zip(&mut self, name: String, depth: u32, size: u64, bytes: &mut dyn Read) -> Result<(), Halt> {
        let most = self.reading.limits.inner_zip_bytes;
        match read_all(bytes, size, most) {
            Ok(bytes) => {
                let bytes: Arc<[u8]> = bytes.into();
                let reader = || Box::new(std::io::Cursor::new(bytes.clone()));
                self.zip(&name, depth, reader(), reader())
            }
            Err(ReadPageError::TooLarge(_)) => self.fail(name, ArchiveError::InnerZip(most)),
            Err(error) => self.input(self.failure(name, error)),
        }
    }

    fn failure(&self, name: String, error: ReadPageError) -> Input {
        Input::failed(name, error, self.reading.clone())
    }

    fn fail_reading(&mut self, name: String, error: std::io::Error) -> Result<(), Halt> {
        self.input(self.failure(name, ReadPageError::of_reading(error)))
    }

    fn fail(&mut self, name: String, error: ArchiveError) -> Result<(), Halt> {
        self.input(self.failure(name, error.into()))
    }

    /// Hands a page or failure over. A failure that ends all ends the walk.
    fn input(&mut self, input: Input) -> Result<(), Halt> {
        let ends_all = input.archive_error().is_some_and(ArchiveError::ends_all);
        let size = input.size;
        self.push(Step::Input(input), size)?;
        if ends_all { Err(Halt::Spent) } else { Ok(()) }
    }

    fn push(&mut self, step: Step, size: u64) -> Result<(), Halt> {
        self.lot.steps.push(step);
        self.lot.bytes += size;
        match self.lot.steps.len() < LOT_STEPS && self.lot.bytes < LOT_BYTES {
            true => Ok(()),
            false => self.hand_over(),
        }
    }

    fn hand_over(&mut self) -> Result<(), Halt> {
        self.lot.read = self.meter.take();
        self.sender.send(std::mem::take(&mut self.lot)).map_err(|_| Halt::Unwanted)
    }
}

fn has_ending(name: &str) -> bool {
    name.rsplit(['/', '\\']).next().is_some_and(|file| file.contains('.'))
}
