//! What the streams of an open PDF file unpack to, measured before the interpreter unpacks them to memory.
//!
//! Asked of the open file, since only then encrypted streams can be read and filters that stand elsewhere in the file are known.
//! Streams too short to reach the limit by any means are not measured, so that an ordinary file costs
//! next to nothing. Object streams and cross-references are unpacked while a file is opened: see [`super::budget`].

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::DeflateDecoder;
use hayro_interpret::hayro_syntax::object::{Object, Stream};
use hayro_interpret::hayro_syntax::{Filter, Pdf};
use weezl::BitOrder;
use weezl::decode::Decoder;

use super::budget;

/// True if no stream of the file unpacks to more than `limit` bytes.
pub(super) fn within(pdf: &Pdf, limit: u64) -> bool {
    pdf.objects().into_iter().all(|object| match object {
        Object::Stream(stream) => stream_within(&stream, limit),
        _ => true,
    })
}

fn stream_within(stream: &Stream<'_>, limit: u64) -> bool {
    let filters = filters_of(stream);
    let packed = stream.raw_data().len() as u64;
    let most = filters.iter().filter_map(|filter| most_packed(*filter)).fold(packed, u64::saturating_mul);
    filters.is_empty() || most <= limit || length(stream, limit) <= limit
}

/// The filters of a stream, up to those of pictures, which are never unpacked: nobody looks at them.
fn filters_of(stream: &Stream<'_>) -> Vec<Filter> {
    let of_text = |filter: &Filter| most_packed(*filter).is_some();
    stream.filters().into_iter().take_while(of_text).collect()
}

/// How many bytes a stream unpacks to, or one more than `limit`.
pub(super) fn length(stream: &Stream<'_>, limit: u64) -> u64 {
    let (filters, data) = (filters_of(stream), stream.raw_data());
    // Codes of LZW grow longer one early or not; the parameters say which, and both are tried.
    let early: &[bool] = if filters.contains(&Filter::LzwDecode) { &[true, false] } else { &[true] };
    early.iter().map(|early| budget::length(unpack(&data, &filters, *early), limit)).max().unwrap_or(0)
}

/// How many bytes a filter makes of one, at most; none for filters of pictures.
fn most_packed(filter: Filter) -> Option<u64> {
    match filter {
        // 258 bytes in two bits (RFC 1951).
        Filter::FlateDecode => Some(1032),
        // Entries of 4096 bytes at most in nine bits.
        Filter::LzwDecode => Some(4096),
        Filter::RunLengthDecode => Some(64),
        // `z` stands for four bytes.
        Filter::Ascii85Decode => Some(4),
        Filter::AsciiHexDecode | Filter::Crypt => Some(1),
        Filter::CcittFaxDecode | Filter::Jbig2Decode | Filter::DctDecode | Filter::JpxDecode => None,
    }
}

fn unpack<'d>(data: &'d [u8], filters: &[Filter], early: bool) -> Box<dyn Read + 'd> {
    filters.iter().fold(Box::new(data), |packed: Box<dyn Read + 'd>, filter| {
        let mut packed = BufReader::new(packed);
        match filter {
            Filter::FlateDecode => {
                // Without the head of zlib it is taken for bare deflate.
                if packed.fill_buf().is_ok_and(has_zlib_head) {
                    packed.consume(2);
                }
                Box::new(DeflateDecoder::new(packed))
            }
            Filter::LzwDecode => Box::new(Lzw::new(packed, early)),
            Filter::RunLengthDecode => Box::new(Steps::new(packed, run_length)),
            Filter::Ascii85Decode => Box::new(Steps::new(packed, ascii_85)),
            Filter::AsciiHexDecode => Box::new(Steps::new(packed, ascii_hex)),
            _ => Box::new(packed),
        }
    })
}

/// Method 8 and a check (RFC 1950).
pub(super) fn has_zlib_head(data: &[u8]) -> bool {
    matches!(data, [first, second, ..] if first & 15 == 8 && (u32::from(*first) << 8 | u32::from(*second)).is_multiple_of(31))
}

/// A filter that makes some bytes at a time.
struct Steps<R> {
    packed: R,
    /// Adds the next bytes; false at the end, behind which nothing counts.
    step: fn(&mut R, &mut Vec<u8>) -> io::Result<bool>,
    ended: bool,
    made: Vec<u8>,
    at: usize,
}

impl<R> Steps<R> {
    fn new(packed: R, step: fn(&mut R, &mut Vec<u8>) -> io::Result<bool>) -> Self {
        Steps { packed, step, ended: false, made: Vec::new(), at: 0 }
    }
}

impl<R> Read for Steps<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.made.len() && !self.ended {
            self.made.clear();
            self.at = 0;
            self.ended = !(self.step)(&mut self.packed, &mut self.made)?;
        }
        let n = (&self.made[self.at..]).read(buffer)?;
        self.at += n;
        Ok(n)
    }
}

fn byte(packed: &mut impl Read) -> io::Result<Option<u8>> {
    let mut byte = [0];
    Ok((packed.read(&mut byte)? == 1).then_some(byte[0]))
}

/// ISO 32000-2, 7.4.5.
fn run_length<R: Read>(packed: &mut R, made: &mut Vec<u8>) -> io::Result<bool> {
    match byte(packed)? {
        None | Some(128) => Ok(false),
        Some(n @ 0..128) => packed.take(u64::from(n) + 1).read_to_end(made).map(|n_read| n_read > 0),
        Some(n) => {
            let repeated = byte(packed)?.unwrap_or_default();
            made.resize(made.len() + 257 - usize::from(n), repeated);
            Ok(true)
        }
    }
}

/// ISO 32000-2, 7.4.3. What the digits say does not count here, but a filter behind this one may read them.
fn ascii_85<R: Read>(packed: &mut R, made: &mut Vec<u8>) -> io::Result<bool> {
    let (mut group, mut digits) = (0u32, 0);
    while let Some(byte) = byte(packed)? {
        match byte {
            b'z' if digits == 0 => {
                made.extend([0; 4]);
                return Ok(true);
            }
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                digits += 1;
                if digits == 5 {
                    made.extend(group.to_be_bytes());
                    return Ok(true);
                }
            }
            b'~' => break,
            _ => {}
        }
    }
    if digits > 1 {
        (digits..5).for_each(|_| group = group.wrapping_mul(85).wrapping_add(84));
        made.extend(&group.to_be_bytes()[..digits - 1]);
    }
    Ok(false)
}

/// ISO 32000-2, 7.4.2.
fn ascii_hex<R: Read>(packed: &mut R, made: &mut Vec<u8>) -> io::Result<bool> {
    let mut first = None;
    while let Some(byte) = byte(packed)? {
        let Some(digit) = char::from(byte).to_digit(16) else {
            if byte == b'>' {
                break;
            }
            continue;
        };
        match first {
            None => first = Some(digit),
            Some(first) => {
                made.push((first << 4 | digit) as u8);
                return Ok(true);
            }
        }
    }
    made.extend(first.map(|digit| (digit << 4) as u8));
    Ok(false)
}

/// ISO 32000-2, 7.4.4.
struct Lzw<R> {
    packed: R,
    decoder: Decoder,
}

impl<R: BufRead> Lzw<R> {
    fn new(packed: R, early: bool) -> Self {
        let decoder = match early {
            true => Decoder::with_tiff_size_switch(BitOrder::Msb, 8),
            false => Decoder::new(BitOrder::Msb, 8),
        };
        Lzw { packed, decoder }
    }
}

impl<R: BufRead> Read for Lzw<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let packed = self.packed.fill_buf()?;
            let at_end = packed.is_empty();
            let done = self.decoder.decode_bytes(packed, buffer);
            self.packed.consume(done.consumed_in);
            match done.status {
                Ok(_) if done.consumed_out == 0 && !at_end && !self.decoder.has_ended() => {}
                Ok(_) => return Ok(done.consumed_out),
                Err(_) if done.consumed_out > 0 => return Ok(done.consumed_out),
                Err(_) => return Ok(0),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// What a chain of filters makes of some bytes.
    fn made(data: &[u8], filters: &[Filter]) -> Vec<u8> {
        let mut out = Vec::new();
        unpack(data, filters, true).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn every_filter_is_understood() {
        assert_eq!(made(b"6E96\n6c7>00", &[Filter::AsciiHexDecode]), b"n\x96lp");
        assert_eq!(made(b"87cURD]i,\"Ebo80~>", &[Filter::Ascii85Decode]), b"Hello World!");
        assert_eq!(made(b"zz!!~>", &[Filter::Ascii85Decode]), [0; 9]);
        assert_eq!(made(b"\x02abc\xfed\x80zz", &[Filter::RunLengthDecode]), b"abcddd");
        let lzw = weezl::encode::Encoder::with_tiff_size_switch(BitOrder::Msb, 8).encode(&[7; 9000]).unwrap();
        assert_eq!(made(&lzw, &[Filter::LzwDecode]), [7; 9000]);
        let mut flate = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        flate.write_all(&lzw).unwrap();
        assert_eq!(made(&flate.finish().unwrap(), &[Filter::FlateDecode, Filter::LzwDecode]), [7; 9000]);
    }
}
