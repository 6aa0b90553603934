//! Object streams of encrypted files, measured before the file is opened.
//!
//! Only the interpreter can decrypt, and it unpacks these streams while it opens a file. So it first gets the same
//! bytes with a table of contents of our own behind them: by it the file has one empty page, and its object streams are
//! streams like any others, which can be asked for what they hold without unpacking it. ISO 32000-2, 7.5.4 and 7.5.7.

use std::collections::BTreeMap;

use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Name, Object};
use memchr::memmem;

use super::budget::{MOST_PACKED, is_object_stream};
use super::unpacked;

/// An encrypted file with object streams.
pub(super) struct Locked<'b> {
    bytes: &'b [u8],
    /// `/Encrypt` and `/ID` with their values, and the object that the first may name.
    lock: Option<(Vec<u8>, Option<Place>)>,
    /// Object streams. A number may stand in the file more than once.
    streams: Vec<Place>,
    /// Bytes of all of them, packed.
    packed: u64,
}

/// Number and generation of an object, and where it begins.
type Place = (u32, u32, usize);

/// Numbers that objects of our own get; no file has as many.
const OWN: u32 = 8_388_001;
/// How often one number may stand in a file with other object streams.
const MOST_VERSIONS: usize = 16;

impl<'b> Locked<'b> {
    /// Looks for what is encrypted and has to be measured; none if nothing has.
    pub(super) fn of(bytes: &'b [u8]) -> Option<Locked<'b>> {
        let encrypt = value_at(bytes, b"/Encrypt")?;
        let mut streams = Vec::new();
        let mut packed = 0;
        for at in memmem::find_iter(bytes, b"stream") {
            if !bytes[..at].ends_with(b"end") && is_object_stream(bytes, at) {
                packed += memmem::find(&bytes[at..], b"endstream").unwrap_or(bytes.len() - at) as u64;
                streams.extend(memmem::rfind(&bytes[..at], b" obj").and_then(|obj| place(bytes, obj)));
            }
        }
        let lock = lock_of(bytes, encrypt);
        (packed > 0).then_some(Locked { bytes, lock, streams, packed })
    }

    /// True if the object streams unpack to no more than `limit` bytes together. A file that cannot be looked into is taken for the
    /// most it can be; a password that does not fit is told when the file is opened.
    pub(super) fn within(&self, password: &str, limit: u64) -> bool {
        let most = self.packed.saturating_mul(MOST_PACKED) <= limit;
        let Some(lock) = self.lock.as_ref().filter(|_| !most) else { return most };
        let mut versions: BTreeMap<(u32, u32), Vec<Place>> = BTreeMap::new();
        self.streams.iter().for_each(|&place| versions.entry((place.0, place.1)).or_default().push(place));
        let n_versions = versions.values().map(Vec::len).max().unwrap_or(0);
        if n_versions == 0 || n_versions > MOST_VERSIONS {
            return false;
        }
        let mut sum = 0u64;
        for version in 0..n_versions {
            let streams = versions.values().filter_map(|places| places.get(version));
            let probe = std::sync::Arc::new(self.probe(lock, streams));
            let Ok(pdf) = Pdf::new_with_password(probe, password) else { return true };
            for object in pdf.objects() {
                if let Object::Stream(stream) = object
                    && stream.dict().get::<Name<'_>>(b"Type").is_some_and(|t| &*t == b"ObjStm")
                {
                    sum = sum.saturating_add(unpacked::length(&stream, limit));
                }
            }
        }
        sum <= limit
    }

    /// The file with a table of its object streams and of an empty page.
    fn probe<'p>(&self, lock: &(Vec<u8>, Option<Place>), streams: impl Iterator<Item = &'p Place>) -> Vec<u8> {
        let mut out = self.bytes.to_vec();
        out.push(b'\n');
        let mut places: Vec<Place> = streams.copied().chain(lock.1).collect();
        let own = [
            format!("<< /Type /Catalog /Pages {} 0 R >>", OWN + 1),
            format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", OWN + 2),
            format!("<< /Type /Page /Parent {} 0 R /MediaBox [0 0 9 9] >>", OWN + 1),
        ];
        for (number, body) in (OWN..).zip(own) {
            places.push((number, 0, out.len()));
            out.extend(format!("{number} 0 obj\n{body}\nendobj\n").bytes());
        }
        places.sort_unstable();
        let table = out.len();
        out.extend(b"xref\n0 1\n0000000000 65535 f \n");
        for (number, generation, at) in places {
            out.extend(format!("{number} 1\n{at:010} {generation:05} n \n").bytes());
        }
        out.extend(format!("trailer\n<< /Size {} /Root {OWN} 0 R ", OWN + 3).bytes());
        out.extend(&lock.0);
        out.extend(format!(" >>\nstartxref\n{table}\n%%EOF\n").bytes());
        out
    }
}

/// Where the value of the last such key begins.
fn value_at(bytes: &[u8], key: &[u8]) -> Option<usize> {
    let ends = |at: &usize| !bytes.get(at + key.len()).is_some_and(u8::is_ascii_alphanumeric);
    let at = memmem::rfind_iter(bytes, key).find(|at| ends(at))? + key.len();
    Some(at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count())
}

/// What the trailer says of the encryption, to be said again, and the object it names.
fn lock_of(bytes: &[u8], encrypt: usize) -> Option<(Vec<u8>, Option<Place>)> {
    let id = value_at(bytes, b"/ID").and_then(|at| enclosed(&bytes[at..], b"[", b"]")).unwrap_or(b"[() ()]");
    let rest = &bytes[encrypt..];
    if let Some(dict) = enclosed(rest, b"<<", b">>") {
        return Some(([b"/Encrypt ", dict, b" /ID ", id].concat(), None));
    }
    let text = std::str::from_utf8(rest.get(..24.min(rest.len()))?.split(|b| *b == b'R').next()?).ok()?;
    let mut numbers = text.split_ascii_whitespace().map(|n| n.parse::<u32>().ok());
    let (number, generation) = (numbers.next()??, numbers.next()??);
    let head = format!("{number} {generation} obj");
    let at = memmem::rfind_iter(bytes, head.as_bytes())
        .find(|at| !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_digit()))?;
    let said = format!("/Encrypt {number} {generation} R /ID ");
    Some(([said.as_bytes(), id].concat(), Some((number, generation, at))))
}

/// From an opening mark at the beginning to the one that closes it; strings may hold either.
fn enclosed<'b>(bytes: &'b [u8], open: &[u8], close: &[u8]) -> Option<&'b [u8]> {
    let (mut depth, mut at, mut strings) = (0usize, 0, 0usize);
    while at < bytes.len().min(1 << 16) {
        let rest = &bytes[at..];
        match rest[0] {
            b'\\' if strings > 0 => at += 1,
            b'(' => strings += 1,
            b')' => strings = strings.saturating_sub(1),
            _ if strings > 0 => {}
            _ if rest.starts_with(open) => {
                depth += 1;
                at += open.len() - 1;
            }
            _ if rest.starts_with(close) => {
                depth = depth.checked_sub(1)?;
                at += close.len() - 1;
            }
            _ => {}
        }
        at += 1;
        if depth == 0 {
            return (at > open.len()).then(|| &bytes[..at]);
        }
    }
    None
}

/// The number and the beginning of the object whose ` obj` is at `obj`.
fn place(bytes: &[u8], obj: usize) -> Option<Place> {
    let digits = |end: usize| end - bytes[..end].iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let number = |range: std::ops::Range<usize>| std::str::from_utf8(&bytes[range]).ok()?.parse::<u32>().ok();
    let generation = digits(obj);
    let end = generation - bytes[..generation].iter().rev().take_while(|b| b.is_ascii_whitespace()).count();
    let start = digits(end);
    Some((number(start..end)?, number(generation..obj)?, start))
}
