//! Entries of a zip archive, in the order of its table of contents, with bounded memory.

use std::io::{Read, Seek, SeekFrom};

use zip::read::{Config, ZipFile, ZipFileEntry};
use zip::unstable::read::ZipIterable;
use zip::{CompressionMethod, ZipReadOptions};

use super::ArchiveError;

/// Bytes with a table of contents at their end.
pub(crate) trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// An archive that is being read.
pub(super) struct Zip {
    contents: ZipIterable<Box<dyn ReadSeek>>,
    size: u64,
}

impl Zip {
    /// Opens an archive; only its end is read.
    pub(super) fn open(mut bytes: Box<dyn ReadSeek>) -> Result<Zip, ArchiveError> {
        let unreadable = || ArchiveError::Unreadable("zip archive");
        let size = bytes.seek(SeekFrom::End(0)).map_err(|_| unreadable())?;
        let contents = ZipIterable::try_new(bytes, Config::default()).map_err(|_| unreadable())?;
        Ok(Zip { contents, size })
    }

    /// How many entries it says that it has; there are never more.
    pub(super) fn len(&self) -> u64 {
        self.contents.len() as u64
    }

    /// The heads of all entries. Ends with the first error.
    pub(super) fn entries(&mut self) -> impl Iterator<Item = Result<ZipFileEntry<'static>, ArchiveError>> {
        let (mut packed, size) = (0u64, self.size);
        let (entries, error) = match self.contents.files() {
            Ok(entries) => (Some(entries), None),
            Err(_) => (None, Some(Err(ArchiveError::Damaged("zip archive")))),
        };
        entries
            .into_iter()
            .flatten()
            .map(move |entry| {
                let entry = entry.map_err(|_| ArchiveError::Damaged("zip archive"))?;
                // What takes more room than there is lies in the same room twice.
                packed = packed.saturating_add(entry.compressed_size());
                if packed > size { Err(ArchiveError::Overlap) } else { Ok(entry) }
            })
            .chain(error)
    }
}

/// The content of an entry, its checksum proved at the end.
pub(super) fn content<'a>(
    entry: ZipFileEntry<'a>,
    bytes: &'a mut Box<dyn ReadSeek>,
) -> Result<ZipFile<'a, Box<dyn ReadSeek>>, ArchiveError> {
    if entry.encrypted() {
        return Err(ArchiveError::Encrypted);
    }
    let method = entry.compression();
    if ![CompressionMethod::STORE, CompressionMethod::DEFLATE].contains(&method) {
        return Err(ArchiveError::Method(method.to_string()));
    }
    entry.with_reader(bytes, ZipReadOptions::new()).map_err(|_| ArchiveError::Damaged("zip archive"))
}
