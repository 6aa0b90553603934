//! The different words of one page.

use banmian_core::TextRange;

use crate::word_index::{Key, WordIndex};

/// A word of the page.
pub(crate) struct Seen {
    key: Key,
    /// Where it stands first.
    pub(crate) first: TextRange,
    /// The tag of its first occurrence.
    pub(crate) pos: [u8; 4],
    /// False for stop words and the like.
    pub(crate) counted: bool,
    /// Occurrences.
    pub(crate) count: u32,
    /// Articles it occurs in.
    pub(crate) articles: u32,
    /// The article it was last seen in.
    pub(crate) last_article: Option<u32>,
}

/// The words of a page by first occurrence.
#[derive(Default)]
pub(crate) struct SeenWords {
    words: Vec<Seen>,
    index: WordIndex,
}

impl SeenWords {
    /// The word at this place of the page's text; if it was not seen before, `fresh` tells its tag and
    /// whether it is counted.
    #[inline]
    pub(crate) fn word(
        &mut self,
        text: &str,
        place: TextRange,
        fresh: impl FnOnce(Key) -> ([u8; 4], bool),
    ) -> &mut Seen {
        let key = Key::at(text, place.bytes());
        let is_same = |i: usize| {
            let known = &self.words[i];
            known.key == key && (key.is_whole() || text[known.first.bytes()] == text[place.bytes()])
        };
        match self.index.find(key, is_same) {
            Ok(i) => &mut self.words[i],
            Err(vacant) => {
                let (pos, counted) = fresh(key);
                self.words.push(Seen { key, first: place, pos, counted, count: 0, articles: 0, last_article: None });
                self.index.add(vacant, self.words.iter().map(|w| w.key));
                self.words.last_mut().expect("a word was just added")
            }
        }
    }

    /// All words, by first occurrence.
    pub(crate) fn words(&self) -> &[Seen] {
        &self.words
    }

    /// Forgets all words, for the next page.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.index.clear();
    }
}

#[cfg(test)]
mod tests {
    use banmian_core::TextRange;

    use super::SeenWords;

    #[test]
    fn words_are_found_again_wherever_they_stand() {
        let words = ["会议", "会", "议会", "中国人民政治协商会议", "中国人民", "a", "ab", "中国人民"];
        let text = words.concat().repeat(3);
        let mut seen = SeenWords::default();
        let mut at = 0;
        for word in words.iter().cycle().take(words.len() * 3) {
            seen.word(&text, TextRange::new(at, at + word.len()), |_| ([0; 4], true)).count += 1;
            at += word.len();
        }
        let found: Vec<_> = seen.words().iter().map(|w| (&text[w.first.bytes()], w.count)).collect();
        let expected =
            [("会议", 3), ("会", 3), ("议会", 3), ("中国人民政治协商会议", 3), ("中国人民", 6), ("a", 3), ("ab", 3)];
        assert_eq!(found, expected);
    }
}
