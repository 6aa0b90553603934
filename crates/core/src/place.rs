//! The place of a finding: everything a reader needs to look it up on the printed page.

use std::hash::Hasher;

use siphasher::sip::SipHasher13;

use crate::{Page, TextRange};

/// Where a finding stands. Evidence tables end with its columns.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Name of the page.
    pub page: String,
    /// Number of the article, from 1; none in unattached text.
    pub article: Option<u32>,
    /// Name of the paper, or empty.
    pub paper: String,
    /// Date as `YYYY-MM-DD`, or empty.
    pub date: String,
    /// Edition as given, or empty.
    pub edition: String,
    /// First character, from 0, in the page's clean text.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// Raw line of the first character, from 1.
    pub raw_line: u32,
    /// Raw column of the first character, from 1.
    pub raw_column: u32,
    /// The whole sentence.
    pub sentence: String,
    /// Its key, see [`sentence_key`].
    pub sentence_key: u64,
}

impl Page {
    /// The place of a range, counted in characters.
    pub fn place(&self, range: TextRange) -> Place {
        let start = range.start as usize;
        let (raw_line, raw_column) = self.source.raw_place(&self.text, start);
        let sentence = self.sentence_at(range.start).map_or("", |i| self.slice(self.sentences[i].range));
        Place {
            page: self.id.clone(),
            article: self.piece_at(range.start).and_then(|i| self.pieces[i].article).map(|a| a + 1),
            paper: self.issue.paper.clone(),
            date: self.issue.date.clone(),
            edition: self.issue.edition.clone(),
            start: self.source.char_index(&self.text, start),
            end: self.source.char_index(&self.text, range.end as usize),
            raw_line,
            raw_column,
            sentence: sentence.to_owned(),
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
    let mut folded = String::with_capacity(sentence.len());
    for c in sentence.chars() {
        match c {
            // Ideographs, nearly all there is.
            '\u{4E00}'..='\u{9FFF}' => folded.push(c),
            '\u{FF01}'..='\u{FF5E}' => {
                let ascii = char::from_u32(c as u32 - 0xFEE0).expect("full-width forms mirror ASCII");
                folded.extend(Some(ascii.to_ascii_lowercase()).filter(char::is_ascii_alphanumeric));
            }
            _ => folded.extend(Some(c.to_ascii_lowercase()).filter(|c| c.is_alphanumeric())),
        }
    }
    let mut hasher = SipHasher13::new();
    hasher.write(folded.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::sentence_key;

    #[test]
    fn a_reprint_has_the_key_of_its_original() {
        let key = sentence_key("会议强调，ＧＤＰ增长5%。");
        assert_eq!(key, sentence_key("会议强调 gdp 增长５％"));
        assert_ne!(key, sentence_key("会议强调，GDP增长6%。"));
        // Written down in tables: must not change from one version to the next.
        assert_eq!(format!("{:016x}", sentence_key("县政协召开会议。")), "f73021087c1cdb9e");
    }
}
