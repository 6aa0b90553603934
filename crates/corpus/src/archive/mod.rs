//! Archives and packed files: zip, tar, gzip and Zstandard, read as a stream and never unpacked to disk.
//!
//! [`unpack()`] reads a packed file; [`Entries`] walks an archive, on a thread of its own, since
//! the readers of entries borrow from those of their archives. What an archive can cost is bounded by its
//! [`Budget`], which all levels of an archive within an archive share.

mod budget;
mod name;
mod tar;
mod unpack;
mod walk;
mod zip;

use thiserror::Error;

pub(crate) use budget::{Budget, Meter};
pub(crate) use unpack::{error_of, read_all, unpack};
pub(crate) use walk::{Entries, Step};
pub(crate) use zip::ReadSeek;

/// How a file is packed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    #[default]
    None,
    /// Gzip: `.gz`.
    Gzip,
    /// Zstandard: `.zst`.
    Zstd,
}

/// What holds an archive's entries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArchiveKind {
    /// `.zip`.
    Zip,
    /// `.tar`, also packed: `.tar.gz`, `.tgz`, `.tar.zst`.
    Tar,
}

/// What is wrong with an archive, a packed file, or an entry. The texts are shown to users.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum ArchiveError {
    /// Cut off, or bytes changed.
    #[error("the {0} is damaged or cut off: fetch or pack it anew; what stands before the damage is read")]
    Damaged(&'static str),
    /// No archive at all.
    #[error("not a {0} that can be read: it is damaged, cut off, or something else")]
    Unreadable(&'static str),
    /// More bytes than the budget.
    #[error(
        "the archive unpacks to more than {most} bytes, and the rest of it is not read: a bomb, or raise `{key}` in \
         `[corpus.limits]`"
    )]
    Bytes {
        /// The budget.
        most: u64,
        /// The setting that it comes from.
        key: &'static str,
    },
    /// More entries than the budget.
    #[error(
        "the archive has more than {0} entries, and the rest of it is not read: divide it, or raise `archive-entries` in \
         `[corpus.limits]`"
    )]
    Entries(u64),
    /// Archives within archives, too many.
    #[error(
        "an archive within {0} archives within archives is not opened: unpack it, or raise `archive-depth` in `[corpus.limits]`"
    )]
    Depth(u32),
    /// A zip within an archive, too large to be held in memory.
    #[error(
        "a zip within an archive is held in memory, and this one has more than {0} bytes: unpack it, or raise \
         `inner-zip-bytes` in `[corpus.limits]`"
    )]
    InnerZip(u64),
    /// `..` or an absolute path.
    #[error(
        "the name leads out of the archive, and the entry is not read: pack it anew with a name from the archive's root"
    )]
    Outside,
    /// A link.
    #[error("a link, not a file: pack the file itself in its place")]
    Link,
    /// A device, a pipe, a sparse file.
    #[error("{0}, not a file that can be read: pack its content as a file")]
    Special(&'static str),
    /// A second entry of the same name.
    #[error("another entry of this archive has the same name; the first one is read")]
    SameName,
    /// Encrypted.
    #[error("encrypted: unpack it with its password, and give the file or an archive without one")]
    Encrypted,
    /// Packed in a rare way.
    #[error("packed by method {0}, which is not read: pack it anew by Deflate, the usual method")]
    Method(String),
    /// Several entries in the same bytes.
    #[error("entries lie one over the other, as in a bomb: the rest of the archive is not read")]
    Overlap,
    /// A library failed.
    #[error("the archive is damaged: reading it failed ({0})")]
    Panic(String),
}

impl ArchiveError {
    /// True if nothing more of the whole archive may be read.
    pub(crate) fn ends_all(&self) -> bool {
        matches!(self, ArchiveError::Bytes { .. } | ArchiveError::Entries(_) | ArchiveError::Overlap)
    }
}
