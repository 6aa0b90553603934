//! The encoding of a web page: a byte order mark, the suite, what the page says of itself, the bytes.
//!
//! What pages say is often wrong (a GBK page kept as UTF-8 still says `gb2312`), so it counts only if the bytes fit.

use crate::ReadPageError;
use crate::encoding::{Decoded, TextEncoding, decode};

/// Where browsers look for a declaration; some templates have it late.
const LOOKED_AT: usize = 4096;

/// Decodes a page.
pub(super) fn read(bytes: &[u8], encoding: TextEncoding) -> Result<Decoded, ReadPageError> {
    // A NUL byte says nothing in HTML; the standard has it replaced.
    let marked = bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff");
    if encoding != TextEncoding::AUTO || marked || simdutf8::basic::from_utf8(bytes).is_ok() {
        return decode(bytes, encoding);
    }
    let Some(declared) = declared(&bytes[..bytes.len().min(LOOKED_AT)]) else { return decode(bytes, encoding) };
    let as_declared = decode(bytes, declared)?;
    let undecoded = |d: &Decoded| d.text.chars().filter(|c| *c == char::REPLACEMENT_CHARACTER).count();
    let left = undecoded(&as_declared);
    if left == 0 {
        return Ok(as_declared);
    }
    let guessed = decode(bytes, TextEncoding::AUTO)?;
    Ok(if undecoded(&guessed) < left { guessed } else { as_declared })
}

/// The encoding that `<meta charset=gbk>` or `<meta … content="text/html; charset=gb2312">` names.
fn declared(start: &[u8]) -> Option<TextEncoding> {
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("charset") {
        rest = &rest[at + "charset".len()..];
        let Some(value) = rest.trim_start().strip_prefix('=') else { continue };
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(value.len());
        if let Ok(encoding) = TextEncoding::named(&value[..end]) {
            return Some(encoding);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str =
        "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=GB2312\"><p>春灌开闸放水，水到田头。";

    #[test]
    fn what_the_page_says_counts_if_the_bytes_fit() {
        let read = |bytes: &[u8]| read(bytes, TextEncoding::AUTO).expect("is text");
        let gb = encoding_rs::GB18030.encode(PAGE).0;
        assert_eq!(read(&gb), Decoded { text: PAGE.to_owned(), encoding: "GB18030" });
        assert_eq!(read(PAGE.as_bytes()).encoding, "UTF-8");
        let wrong = PAGE.replace("GB2312", "utf-8");
        let gb = encoding_rs::GB18030.encode(&wrong).0;
        assert_eq!(read(&gb).text, wrong);
        let big5 = "<meta charset=big5><p>縣農機站搶修水泵";
        assert_eq!(read(&encoding_rs::BIG5.encode(big5).0).text, big5);
    }
}
