//! The place of a finding: everything a reader needs to look it up on the printed page.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::source_map::chars;
use crate::{Page, TextRange};

/// Where a finding stands. Evidence tables end with its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Place<'p> {
    /// Name of the page.
    pub page: &'p str,
    /// Number of the article, from 1; none in unattached text.
    pub article: Option<u32>,
    /// Name of the paper, or empty.
    pub paper: &'p str,
    /// Date as `YYYY-MM-DD`, or empty.
    pub date: &'p str,
    /// Edition as given, or empty.
    pub edition: &'p str,
    /// First character, from 0, in the page's clean text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// Raw line of the first character, from 1.
    pub raw_line: u32,
    /// Raw column of the first character, from 1.
    pub raw_column: u32,
    /// The whole sentence.
    pub sentence: &'p str,
    /// Its key, see [`sentence_key`].
    pub sentence_key: u64,
}

impl Page {
    /// The place of a range, counted in characters.
    pub fn place(&self, range: TextRange) -> Place<'_> {
        self.place_in(self.sentence_at(range.start), range)
    }

    /// The same for who knows the sentence of the range's first character.
    pub fn place_in(&self, sentence: Option<usize>, range: TextRange) -> Place<'_> {
        let first = self.source.place(&self.text, range.start as usize);
        let sentence = sentence.map(|i| self.sentences[i]);
        let piece = sentence.map_or_else(|| self.piece_at(range.start), |s| Some(s.piece as usize));
        let sentence = sentence.map_or("", |s| self.slice(s.range));
        Place {
            page: &self.id,
            article: piece.and_then(|i| self.pieces[i].article).map(|a| a + 1),
            paper: &self.issue.paper,
            date: &self.issue.date,
            edition: &self.issue.edition,
            start: first.clean_char,
            end: first.clean_char + chars(self.slice(range)),
            raw_line: first.raw_line,
            raw_column: first.raw_column,
            sentence,
            sentence_key: sentence_key(sentence),
        }
    }
}

/// A key under which the same sentence is found again in a reprint.
///
/// SipHash-1-3 (Aumasson and Bernstein 2012), key 0, of the letters and digits of the sentence:
/// punctuation and spaces are left out, full-width forms (U+FF01–FF5E) folded to ASCII and Latin
/// letters to lower case.
pub fn sentence_key(sentence: &str) -> u64 {
    let bytes = sentence.as_bytes();
    let mut folded = Folded { hasher: SipHasher13::new(), bytes: [0; 512], n: 0 };
    let mut at = 0;
    while at < bytes.len() {
        // U+4E00 to U+9FFF: ideographs, nearly all there is, are taken by the stretch.
        let start = at;
        while matches!(bytes[at..], [0xE5..=0xE9, ..] | [0xE4, 0xB8..=0xBF, ..]) {
            at += 3;
        }
        folded.push(&bytes[start..at]);
        let Some(c) = sentence[at..].chars().next() else { break };
        at += c.len_utf8();
        let narrow = match c {
            // What is most often between them, and no letter.
            '、' | '。' | '《' | '》' | '\u{2010}'..='\u{201F}' => continue,
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).expect("full-width forms mirror ASCII"),
            _ => c,
        };
        if narrow.is_alphanumeric() {
            folded.push(narrow.to_ascii_lowercase().encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    folded.finish()
}

/// Bytes on their way to a hash, which takes many at once more quickly than a few again and again.
struct Folded {
    hasher: SipHasher13,
    bytes: [u8; 512],
    n: usize,
}

impl Folded {
    fn push(&mut self, bytes: &[u8]) {
        if let Some(room) = self.bytes.get_mut(self.n..self.n + bytes.len()) {
            room.copy_from_slice(bytes);
            self.n += bytes.len();
            return;
        }
        self.hasher.write(&self.bytes[..self.n]);
        self.hasher.write(bytes);
        self.n = 0;
    }

    fn finish(mut self) -> u64 {
        self.hasher.write(&self.bytes[..self.n]);
        self.hasher.finish()
    }
}

#[cfg(test)]
mod tests {
    use std::hash::Hasher;

    use siphasher::sip::SipHasher13;

    use super::sentence_key;

    #[test]
    fn a_long_sentence_has_the_hash_of_all_its_bytes() {
        for length in [170, 171, 172, 700] {
            let sentence = "会议强调".chars().cycle().take(length).collect::<String>();
            let mut hasher = SipHasher13::new();
            hasher.write(sentence.as_bytes());
            assert_eq!(sentence_key(&sentence.replace('强', "，强")), hasher.finish());
        }
    }

    #[test]
    fn a_reprint_has_the_key_of_its_original() {
        let key = sentence_key("会议强调，ＧＤＰ增长5%。");
        assert_eq!(key, sentence_key("会议强调 gdp 增长５％"));
        assert_ne!(key, sentence_key("会议强调，GDP增长6%。"));
        // Written down in tables: must not change from one version to the next.
        assert_eq!(format!("{:016x}", sentence_key("县政协召开会议。")), "f73021087c1cdb9e");
    }
}
