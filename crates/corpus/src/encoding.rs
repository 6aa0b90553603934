//! From bytes to text: UTF-8, and the encodings that Chinese texts were kept in before it.
//!
//! A byte order mark counts first, then what the suite says, then the bytes themselves: what is UTF-8 but for some
//! damage is UTF-8, what reads as Chinese two bytes at a time is UTF-16, and between GB18030 (with GBK and GB2312
//! in it) and Big5 the detector of Firefox decides (chardetng). What cannot be decoded becomes U+FFFD, which is
//! counted, so that a wrong guess is seen.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use thiserror::Error;

use crate::ReadPageError;

/// The encoding of the text files of a corpus.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TextEncoding(Option<&'static Encoding>);

/// A name that no encoding has.
#[derive(Debug, Error)]
#[error("there is no encoding `{0}`")]
pub struct UnknownEncoding(String);

impl TextEncoding {
    /// Found out for each file.
    pub const AUTO: TextEncoding = TextEncoding(None);
    pub(crate) const UTF_16LE: TextEncoding = TextEncoding(Some(UTF_16LE));
    pub(crate) const UTF_16BE: TextEncoding = TextEncoding(Some(UTF_16BE));

    /// The encodings of Chinese text by name, for messages. Every other name of the WHATWG's list is known, too.
    pub const NAMES: [&str; 7] = ["auto", "utf-8", "gb18030", "gbk", "big5", "utf-16le", "utf-16be"];

    /// `auto`, or the encoding that web pages call so. GBK and GB2312 are read as GB18030, which holds them.
    pub fn named(name: &str) -> Result<Self, UnknownEncoding> {
        if name.eq_ignore_ascii_case("auto") {
            return Ok(TextEncoding::AUTO);
        }
        match Encoding::for_label_no_replacement(name.as_bytes()) {
            Some(encoding) if encoding == GBK => Ok(TextEncoding(Some(GB18030))),
            Some(encoding) => Ok(TextEncoding(Some(encoding))),
            None => Err(UnknownEncoding(name.to_owned())),
        }
    }
}

impl TextEncoding {
    /// The encoding of names that do not say theirs, if the suite says one.
    pub(crate) fn of_names(self) -> Option<&'static Encoding> {
        self.0.filter(|e| ![UTF_8, UTF_16LE, UTF_16BE].contains(e))
    }
}

impl std::str::FromStr for TextEncoding {
    type Err = UnknownEncoding;
    fn from_str(name: &str) -> Result<Self, UnknownEncoding> {
        TextEncoding::named(name)
    }
}

/// Text and the encoding it was in.
#[derive(Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Without byte order mark.
    pub text: String,
    /// Name of the encoding.
    pub encoding: &'static str,
}

/// How many bytes of a file are enough to tell its encoding.
const LOOKED_AT: usize = 1 << 20;

/// Decodes the bytes of a page.
///
/// Bytes that no encoding has become U+FFFD; `check_share` says how many are too many. Bytes that are no text at
/// all (NUL) are an error.
pub fn decode(bytes: &[u8], encoding: TextEncoding) -> Result<Decoded, ReadPageError> {
    if let Some((marked, length)) = Encoding::for_bom(bytes) {
        return text_of(&bytes[length..], marked);
    }
    match encoding.0 {
        Some(encoding) => text_of(bytes, encoding),
        None => text_of(bytes, guess(bytes)),
    }
}

fn text_of(bytes: &[u8], encoding: &'static Encoding) -> Result<Decoded, ReadPageError> {
    let two_bytes = encoding == UTF_16LE || encoding == UTF_16BE;
    if !two_bytes && let Some(at) = memchr::memchr(0, bytes) {
        return Err(ReadPageError::Binary(at));
    }
    let text = match simdutf8::basic::from_utf8(bytes) {
        // To copy the text costs less than to check it once more.
        Ok(text) if encoding == UTF_8 => text.to_owned(),
        _ => encoding.decode_without_bom_handling(bytes).0.into_owned(),
    };
    Ok(Decoded { text, encoding: name(encoding) })
}

fn name(encoding: &'static Encoding) -> &'static str {
    // The standard's list writes this one small, all others as they are written elsewhere.
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

/// The encoding that bytes without a byte order mark are most likely in.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if simdutf8::basic::from_utf8(bytes).is_ok() && memchr::memchr(0, bytes).is_none() {
        return UTF_8;
    }
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    for (encoding, unit) in
        [(UTF_16LE, u16::from_le_bytes as fn([u8; 2]) -> u16), (UTF_16BE, u16::from_be_bytes as fn([u8; 2]) -> u16)]
    {
        let (pairs, _) = start.as_chunks::<2>();
        let common = pairs.iter().filter(|pair| is_common(unit(**pair))).count();
        if pairs.len() > 1 && common * 10 >= pairs.len() * 9 {
            return encoding;
        }
    }
    if is_damaged_utf8(start) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(start, start.len() == bytes.len());
    let told = detector.guess(None, Utf8Detection::Deny);
    if told == GBK || told == GB18030 {
        return GB18030;
    }
    if told == BIG5 {
        return BIG5;
    }
    // Too little to tell, or nothing of Chinese: the one that leaves less undecoded, the commoner one if equal.
    let left = |encoding: &'static Encoding| {
        encoding.decode_without_bom_handling(start).0.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count()
    };
    if left(BIG5) < left(GB18030) { BIG5 } else { GB18030 }
}

/// Characters that make up nine tenths of any Chinese text: ASCII, general and Chinese punctuation, ideographs and
/// full-width forms.
fn is_common(unit: u16) -> bool {
    matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0x2010..=0x2027 | 0x3000..=0x303F | 0x4E00..=0x9FFF | 0xFF00..=0xFFEF)
}

/// True for text in UTF-8 with a wrong byte here and there: in another encoding most would be wrong.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| c.len_utf8() >= 3).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    good > 10 * wrong
}

/// Refuses a text that has more than `limit` of its characters, spaces not counted, undecoded.
pub(crate) fn check_share(decoded: &Decoded, limit: f64) -> Result<(), ReadPageError> {
    if memchr::memmem::find(decoded.text.as_bytes(), REPLACEMENT).is_none() {
        return Ok(());
    }
    let (mut all, mut undecoded, mut line) = (0u64, 0u64, None);
    for (number, content) in decoded.text.lines().enumerate() {
        for c in content.chars().filter(|c| !c.is_whitespace()) {
            all += 1;
            if c == char::REPLACEMENT_CHARACTER {
                undecoded += 1;
                line.get_or_insert(number + 1);
            }
        }
    }
    if undecoded as f64 <= limit * all as f64 {
        return Ok(());
    }
    Err(ReadPageError::Undecodable { encoding: decoded.encoding, undecoded, all, line: line.unwrap_or(1), limit })
}

const REPLACEMENT: &[u8] = "\u{FFFD}".as_bytes();

#[cfg(test)]
mod tests {
    use super::*;

    /// A short report, invented as are all in it.
    const REPORT: &str = "县农机站抢修水泵\n　　本报讯 入春以来，县农机站派出三个小组，走村串户检修水泵。到三月十日，已修好水泵四十七台。\n";
    const TRADITIONAL: &str = "縣農機站搶修水泵\n　　本報訊 入春以來，縣農機站派出三個小組，走村串戶檢修水泵。到三月十日，已修好水泵四十七臺。\n";

    fn guessed(bytes: &[u8]) -> (&'static str, String) {
        let decoded = decode(bytes, TextEncoding::AUTO).expect("is text");
        (decoded.encoding, decoded.text)
    }

    #[test]
    fn each_encoding_is_found_out() {
        let gb = GB18030.encode(REPORT).0;
        assert_eq!(guessed(&gb), ("GB18030", REPORT.to_owned()));
        let big5 = BIG5.encode(TRADITIONAL).0;
        assert_eq!(guessed(&big5), ("Big5", TRADITIONAL.to_owned()));
        // Traditional text in GBK, as mainland programs keep it.
        let gb = GB18030.encode(TRADITIONAL).0;
        assert_eq!(guessed(&gb), ("GB18030", TRADITIONAL.to_owned()));
        let le: Vec<u8> = REPORT.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(guessed(&le), ("UTF-16LE", REPORT.to_owned()));
        let be: Vec<u8> = TRADITIONAL.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(guessed(&be), ("UTF-16BE", TRADITIONAL.to_owned()));
        assert_eq!(guessed(REPORT.as_bytes()), ("UTF-8", REPORT.to_owned()));
    }

    #[test]
    fn one_line_is_enough_as_a_rule() {
        for line in REPORT.lines().chain(["农机站", "会议"]) {
            assert_eq!(guessed(&GB18030.encode(line).0), ("GB18030", line.to_owned()));
        }
        for line in TRADITIONAL.lines() {
            assert_eq!(guessed(&BIG5.encode(line).0), ("Big5", line.to_owned()));
        }
    }

    #[test]
    fn a_byte_order_mark_counts_before_all() {
        for (mark, bytes) in [
            (&b"\xff\xfe"[..], REPORT.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
            (b"\xfe\xff", REPORT.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            (b"\xef\xbb\xbf", REPORT.as_bytes().to_vec()),
        ] {
            let marked = [mark, &bytes].concat();
            let big5 = TextEncoding::named("big5").expect("is known");
            assert_eq!(decode(&marked, big5).expect("is text").text, REPORT);
        }
    }

    #[test]
    fn damage_does_not_hide_utf8() {
        let mut bytes = REPORT.as_bytes().to_vec();
        bytes[3] = 0xFF;
        let decoded = decode(&bytes, TextEncoding::AUTO).expect("is text");
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.ends_with("四十七台。\n"), "{}", decoded.text);
        assert!(check_share(&decoded, 0.1).is_ok());
        let error = check_share(&decoded, 0.01).expect_err("is too much").to_string();
        assert!(error.contains("UTF-8") && error.contains("line 1"), "{error}");
    }

    #[test]
    fn a_wrong_name_is_seen_by_what_is_left_undecoded() {
        let gb = GB18030.encode(REPORT).0;
        let decoded = decode(&gb, TextEncoding::named("utf-8").expect("is known")).expect("is text");
        assert!(check_share(&decoded, 0.01).is_err());
        assert!(TextEncoding::named("gb2313").is_err());
        assert_eq!(TextEncoding::named("GB2312").expect("is known"), TextEncoding(Some(GB18030)));
    }

    #[test]
    fn bytes_that_are_no_text_are_told_from_text() {
        assert!(matches!(
            decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x03\0", TextEncoding::AUTO),
            Err(ReadPageError::Binary(8))
        ));
        // Characters beyond the common plane take four bytes in GB18030.
        let rare = "𠮷田𠀋";
        assert_eq!(
            decode(&GB18030.encode(rare).0, TextEncoding::named("gbk").expect("is known")).expect("is text").text,
            rare
        );
    }
}
