//! Entries of a tar archive, one after the other, with bounded memory.
//!
//! Headers are read by the crate `tar`; its own iterator is not used, since it holds long names of any
//! length in memory, and ends at an archive's first end mark without saying whether there was one. POSIX.1-2001 (pax) and
//! the long names of GNU tar are understood.

use std::io::{self, Read};

use tar::{EntryType, Header, PaxExtensions};

use super::ArchiveError;

const BLOCK: usize = 512;
/// The most bytes of a long name or of the keys of a pax header.
const MOST_NAME: u64 = 1 << 20;

/// An archive that is being read.
pub(super) struct Tar<'r> {
    reader: &'r mut dyn Read,
    /// Bytes left of the content of the entry in hand, and of the filling behind it.
    content: u64,
    filling: u64,
    /// True once an end mark was seen.
    ended: bool,
}

/// The head of an entry.
pub(super) struct TarEntry {
    pub(super) name: Vec<u8>,
    pub(super) size: u64,
    pub(super) form: TarForm,
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TarForm {
    File,
    Folder,
    Link,
    Special(&'static str),
}

/// What headers before an entry's own say of it.
#[derive(Default)]
struct Told {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    sparse: bool,
}

impl<'r> Tar<'r> {
    pub(super) fn new(reader: &'r mut dyn Read) -> Self {
        Tar { reader, content: 0, filling: 0, ended: false }
    }

    /// The next entry; what is left of the one before is passed over.
    pub(super) fn next(&mut self) -> io::Result<Option<TarEntry>> {
        let mut told = Told::default();
        loop {
            self.pass(self.content.saturating_add(self.filling))?;
            let Some(header) = self.header()? else { return Ok(None) };
            let size = header.entry_size().map_err(|_| damaged())?;
            let kind = header.entry_type();
            let size = if is_about_another(kind) { size } else { told.size.unwrap_or(size) };
            // Links and folders have no content, whatever their size says.
            let is_bare = kind.is_hard_link() || kind.is_symlink() || kind.is_dir();
            self.content = if is_bare { 0 } else { size };
            self.filling = size_of_filling(self.content).ok_or_else(damaged)?;
            match kind {
                EntryType::GNULongName => {
                    let mut name = self.small()?;
                    while name.last() == Some(&0) {
                        name.pop();
                    }
                    told.name = Some(name);
                }
                EntryType::XHeader => told.read(&self.small()?),
                EntryType::GNULongLink | EntryType::XGlobalHeader => {}
                _ => {
                    let name = told.name.unwrap_or_else(|| header.path_bytes().into_owned());
                    let form = if told.sparse { TarForm::Special("a sparse file") } else { form(kind, &name) };
                    return Ok(Some(TarEntry { name, size: self.content, form }));
                }
            }
        }
    }

    /// The next header; none at the end of the archive.
    fn header(&mut self) -> io::Result<Option<Header>> {
        let mut header = Header::new_old();
        loop {
            let block = header.as_mut_bytes();
            let n = fill(self.reader, block)?;
            if n == 0 && self.ended {
                return Ok(None);
            }
            if n == BLOCK && block.iter().all(|b| *b == 0) {
                // Archives may be written one behind the other; what follows is looked at.
                self.ended = true;
                continue;
            }
            if n == BLOCK && is_header(&header) {
                return Ok(Some(header));
            }
            if !self.ended {
                return Err(damaged());
            }
            // Behind an end mark anything may stand that was on the tape. Read, so that a packed file is checked.
            io::copy(self.reader, &mut io::sink())?;
            return Ok(None);
        }
    }

    /// The content of the entry in hand, which must be short.
    fn small(&mut self) -> io::Result<Vec<u8>> {
        if self.content > MOST_NAME {
            return Err(damaged());
        }
        let mut bytes = Vec::new();
        self.read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn pass(&mut self, bytes: u64) -> io::Result<()> {
        let passed = io::copy(&mut self.reader.take(bytes), &mut io::sink())?;
        (self.content, self.filling) = (0, 0);
        if passed < bytes { Err(damaged()) } else { Ok(()) }
    }
}

/// The content of the entry in hand.
impl Read for Tar<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.content == 0 || buffer.is_empty() {
            return Ok(0);
        }
        let most = usize::try_from(self.content).unwrap_or(usize::MAX).min(buffer.len());
        let n = self.reader.read(&mut buffer[..most])?;
        if n == 0 {
            return Err(damaged());
        }
        self.content -= n as u64;
        Ok(n)
    }
}

impl Told {
    /// Takes what the keys of a pax header say.
    fn read(&mut self, keys: &[u8]) {
        for key in PaxExtensions::new(keys).flatten() {
            match key.key_bytes() {
                b"path" => self.name = Some(key.value_bytes().to_vec()),
                b"size" => self.size = key.value().ok().and_then(|n| n.parse().ok()),
                other => self.sparse |= other.starts_with(b"GNU.sparse."),
            }
        }
    }
}

fn form(kind: EntryType, name: &[u8]) -> TarForm {
    match kind {
        EntryType::Directory => TarForm::Folder,
        EntryType::Link | EntryType::Symlink => TarForm::Link,
        EntryType::Char | EntryType::Block => TarForm::Special("a device"),
        EntryType::Fifo => TarForm::Special("a pipe"),
        EntryType::GNUSparse => TarForm::Special("a sparse file"),
        _ if kind.as_byte() == b'M' => TarForm::Special("a part of a file in several volumes"),
        // Before POSIX, a folder was a file with a slash behind its name.
        _ if name.ends_with(b"/") => TarForm::Folder,
        _ => TarForm::File,
    }
}

/// True for an entry that only says something of the next one.
fn is_about_another(kind: EntryType) -> bool {
    kind.is_gnu_longname()
        || kind.is_gnu_longlink()
        || kind.is_pax_local_extensions()
        || kind.is_pax_global_extensions()
}

/// Contents fill whole blocks.
fn size_of_filling(content: u64) -> Option<u64> {
    Some(content.checked_next_multiple_of(BLOCK as u64)? - content)
}

/// True if the checksum is right: the sum of all bytes, its own field taken as spaces.
fn is_header(header: &Header) -> bool {
    let bytes = header.as_bytes();
    let sum = |bytes: &[u8]| bytes.iter().map(|b| u32::from(*b)).sum::<u32>();
    header.cksum().is_ok_and(|told| told == sum(&bytes[..148]) + 8 * u32::from(b' ') + sum(&bytes[156..]))
}

/// Fills a block, or what the end of the file leaves of it.
fn fill(reader: &mut dyn Read, block: &mut [u8]) -> io::Result<usize> {
    let mut n = 0;
    while n < block.len() {
        match reader.read(&mut block[n..]) {
            Ok(0) => break,
            Ok(more) => n += more,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    Ok(n)
}

fn damaged() -> io::Error {
    io::Error::other(ArchiveError::Damaged("tar archive"))
}
