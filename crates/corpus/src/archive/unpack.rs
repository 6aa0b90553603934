//! Packed files as streams: gzip with all its members, Zstandard with all its frames.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{ArchiveError, Budget, Packing};
use crate::ReadPageError;
use crate::find::io_message;

/// What a reader of packed bytes unpacks to.
pub(crate) fn unpack<'r>(bytes: Box<dyn Read + 'r>, packing: Packing, budget: &Budget) -> Box<dyn Read + 'r> {
    match packing {
        Packing::None => bytes,
        Packing::Gzip => Box::new(budget.count(MultiGzDecoder::new(buffered(bytes)), "gzip file")),
        Packing::Zstd => Box::new(budget.count(Frames::new(buffered(bytes)), "Zstandard file")),
    }
}

fn buffered<R: Read>(bytes: R) -> BufReader<R> {
    BufReader::with_capacity(1 << 16, bytes)
}

/// All that a reader gives, if that is not more than `limit` bytes.
pub(crate) fn read_all(reader: &mut dyn Read, expected: u64, limit: u64) -> Result<Vec<u8>, ReadPageError> {
    // One more, for the read that finds the end. What an archive says of a size is not trusted with much memory.
    let mut bytes = Vec::with_capacity(expected.min(limit).min(1 << 20) as usize + 1);
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(ReadPageError::of_reading)?;
    if bytes.len() as u64 > limit { Err(ReadPageError::TooLarge(limit)) } else { Ok(bytes) }
}

/// The error of an archive that an error of reading carries.
pub(crate) fn error_of(error: &io::Error) -> Option<ArchiveError> {
    error.get_ref()?.downcast_ref::<ArchiveError>().cloned()
}

impl ReadPageError {
    /// What an error of reading means.
    pub(crate) fn of_reading(error: io::Error) -> ReadPageError {
        match error_of(&error) {
            Some(error) => ReadPageError::Archive(error),
            None => ReadPageError::Io(io_message(&error)),
        }
    }
}

/// The frames of a Zstandard file, one after the other (RFC 8878, 3): the decoder reads a single one.
struct Frames<R> {
    packed: R,
    decoder: FrameDecoder,
    /// True within a frame.
    open: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(packed: R) -> Self {
        Frames { packed, decoder: FrameDecoder::new(), open: false }
    }

    /// Opens the next frame; false at the end of the file.
    fn next_frame(&mut self) -> io::Result<bool> {
        loop {
            if self.packed.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.packed) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let skipped = io::copy(&mut (&mut self.packed).take(length.into()), &mut io::sink())?;
                    if skipped < length.into() {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(e) => return Err(io::Error::other(e)),
            }
        }
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.open {
                if !self.next_frame()? {
                    return Ok(0);
                }
                self.open = true;
            }
            while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                self.decoder
                    .decode_blocks(&mut self.packed, BlockDecodingStrategy::UptoBlocks(1))
                    .map_err(io::Error::other)?;
            }
            let n = self.decoder.read(buffer)?;
            if n > 0 || buffer.is_empty() {
                return Ok(n);
            }
            let told = self.decoder.get_checksum_from_data();
            if told.is_some() && told != self.decoder.get_calculated_checksum() {
                return Err(io::ErrorKind::InvalidData.into());
            }
            self.open = false;
        }
    }
}
