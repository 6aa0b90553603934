//! What one archive may cost, all its levels together: bytes unpacked and entries. Both are counted, never timed,
//! so that the same archive ends at the same place everywhere.

use std::io::{self, Read, Seek, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::{ArchiveError, error_of};
use crate::Limits;

/// The share of a packed file that is always granted to the ratio: a few bytes that unpack to some
/// kilobytes are no bomb.
const LEAST_PACKED: u64 = 1 << 20;

/// What is left to an archive; clones share it.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    most_bytes: u64,
    /// The setting that `most_bytes` comes from.
    key: &'static str,
    most_entries: u64,
    bytes: AtomicU64,
    entries: AtomicU64,
}

impl Budget {
    /// That of a file of `packed` bytes.
    pub(crate) fn new(limits: &Limits, packed: u64) -> Budget {
        let by_ratio = packed.max(LEAST_PACKED).saturating_mul(limits.archive_ratio);
        let (most_bytes, key) = match by_ratio < limits.archive_bytes {
            true => (by_ratio, "archive-ratio"),
            false => (limits.archive_bytes, "archive-bytes"),
        };
        let (bytes, entries) = (AtomicU64::new(0), AtomicU64::new(0));
        Budget(Arc::new(Inner { most_bytes, key, most_entries: limits.archive_entries, bytes, entries }))
    }

    /// Spends some unpacked bytes.
    fn bytes(&self, n: u64) -> Result<(), ArchiveError> {
        let spent = self.0.bytes.fetch_add(n, Ordering::Relaxed).saturating_add(n);
        if spent <= self.0.most_bytes {
            return Ok(());
        }
        Err(ArchiveError::Bytes { most: self.0.most_bytes, key: self.0.key })
    }

    /// The same reader, what it gives counted.
    pub(super) fn count<R: Read>(&self, decoder: R, format: &'static str) -> Counted<R> {
        Counted { decoder, budget: self.clone(), format, failed: None }
    }

    /// An error once more was spent than there was.
    fn check(&self) -> Result<(), ArchiveError> {
        self.bytes(0)
    }

    /// Spends an entry.
    pub(super) fn entry(&self) -> Result<(), ArchiveError> {
        if self.0.entries.fetch_add(1, Ordering::Relaxed) < self.0.most_entries {
            return Ok(());
        }
        Err(ArchiveError::Entries(self.0.most_entries))
    }

    /// An error if so many entries more would be too many.
    pub(super) fn room_for(&self, entries: u64) -> Result<(), ArchiveError> {
        let spent = self.0.entries.load(Ordering::Relaxed);
        match spent.saturating_add(entries) <= self.0.most_entries {
            true => Ok(()),
            false => Err(ArchiveError::Entries(self.0.most_entries)),
        }
    }
}

/// Counts what a decoder gives, and says what its errors mean.
pub(super) struct Counted<R> {
    decoder: R,
    budget: Budget,
    format: &'static str,
    /// An error is told again when it is read on: decoders may take it for the end.
    failed: Option<ArchiveError>,
}

impl<R: Read> Counted<R> {
    fn next(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.decoder.read(buffer).map_err(|error| {
            // An error of the file below keeps its name; all others are the decoder's, unless it hides the one of a
            // budget that ran out below.
            if let Err(spent) = self.budget.check() {
                return io::Error::other(spent);
            }
            match error.raw_os_error().is_some() || error_of(&error).is_some() {
                true => error,
                false => io::Error::other(ArchiveError::Damaged(self.format)),
            }
        })?;
        self.budget.bytes(n as u64).map_err(io::Error::other)?;
        Ok(n)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Some(error) = &self.failed {
            return Err(io::Error::other(error.clone()));
        }
        self.next(buffer).inspect_err(|error| self.failed = error_of(error))
    }
}

/// How many bytes of a packed file were read: what the progress of a run is told by. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Meter(Arc<AtomicU64>);

impl Meter {
    /// The same reader, what it gives measured.
    pub(crate) fn of<R>(&self, reader: R) -> Metered<R> {
        Metered { reader, meter: self.clone() }
    }

    /// Bytes read since this was last asked.
    pub(crate) fn take(&self) -> u64 {
        self.0.swap(0, Ordering::Relaxed)
    }
}

/// A reader whose bytes are measured.
pub(crate) struct Metered<R> {
    reader: R,
    meter: Meter,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.reader.read(buffer)?;
        self.meter.0.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: Seek> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}
