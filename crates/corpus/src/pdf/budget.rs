//! What the compressed parts of a PDF file unpack to that are unpacked while it is opened: measured before.
//!
//! The interpreter unpacks whole streams, and deflate packs a thousand to one. Streams that are too short to
//! reach the limit are not looked at, so that an ordinary file costs next to nothing here. Object streams stay in memory, so
//! they count together. Those of encrypted files are measured in [`super::locked`]; all other streams once the file is open
//! ([`super::unpacked`]).

use std::io::Read;

use flate2::read::ZlibDecoder;
use memchr::memmem;

use super::unpacked::has_zlib_head;

/// Deflate packs at most so many bytes into one (RFC 1951: 258 bytes in two bits).
pub(super) const MOST_PACKED: u64 = 1032;
/// A stream's dictionary is looked for so far before it.
const DICTIONARY: usize = 512;

/// True if no stream of the file unpacks to more than `limit` bytes, and neither do its object streams together.
pub(super) fn within(bytes: &[u8], limit: u64) -> bool {
    let mut object_streams = 0u64;
    memmem::find_iter(bytes, b"stream").all(|at| {
        let rest = &bytes[at + b"stream".len()..];
        let skip = rest.iter().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let data = &rest[skip..];
        if !has_zlib_head(data) {
            return true;
        }
        let is_object_stream = is_object_stream(bytes, at);
        let twice = memmem::find_iter(dictionary(bytes, at), b"/Fl").count() > 1;
        let packed = memmem::find(data, b"endstream").unwrap_or(data.len());
        let most = (packed as u64).saturating_mul(MOST_PACKED);
        if !twice && !is_object_stream && most <= limit {
            return true;
        }
        let once = ZlibDecoder::new(&data[..packed]);
        if is_object_stream {
            object_streams = object_streams.saturating_add(length(once, limit));
            return object_streams <= limit;
        }
        fits(once, limit) && (!twice || fits(ZlibDecoder::new(ZlibDecoder::new(&data[..packed])), limit))
    })
}

/// What stands before the word `stream` at `at`, back to where its object begins.
fn dictionary(bytes: &[u8], at: usize) -> &[u8] {
    let before = &bytes[at.saturating_sub(DICTIONARY)..at];
    memmem::rfind(before, b" obj").map_or(before, |k| &before[k..])
}

/// True if the stream whose word `stream` is at `at` holds objects.
pub(super) fn is_object_stream(bytes: &[u8], at: usize) -> bool {
    memmem::find(dictionary(bytes, at), b"ObjStm").is_some()
}

/// True if a reader gives at most `limit` bytes before it ends or fails.
pub(super) fn fits(reader: impl Read, limit: u64) -> bool {
    length(reader, limit) <= limit
}

/// How many bytes a reader gives before it ends or fails, or one more than `limit`.
pub(super) fn length(reader: impl Read, limit: u64) -> u64 {
    let mut reader = reader.take(limit.saturating_add(1));
    let (mut buffer, mut count) = ([0; 1 << 14], 0u64);
    while let Ok(n) = reader.read(&mut buffer) {
        if n == 0 {
            break;
        }
        count += n as u64;
    }
    count
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn file(filter: &str, data: &[u8]) -> Vec<u8> {
        let head = format!("5 0 obj\n<< /Filter {filter} >>\nstream\n");
        [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    }

    #[test]
    fn a_stream_that_unpacks_to_too_much_is_seen() {
        let once = packed(&vec![b' '; 1 << 20]);
        assert!(within(&file("/FlateDecode", &once), 1 << 20));
        assert!(!within(&file("/FlateDecode", &once), (1 << 20) - 1));
        let twice = packed(&once);
        assert!(!within(&file("[/FlateDecode /FlateDecode]", &twice), 1 << 19));
        assert!(within(b"stream x", 1));
    }
}
