//! Words of one page, counted by their letters.

use banmian_core::{TextRange, Token};

use crate::tallies::{Is, Tally};
use crate::word_index::{Key, Vacant, WordIndex};

/// A word of the page.
struct Seen {
    key: Key,
    /// Where it stands first.
    first: TextRange,
    /// The word that its occurrences count for: itself, but for words that differ in case or width.
    counts_for: u32,
    tally: Tally,
}

/// The words of a page by first occurrence.
#[derive(Default)]
pub(crate) struct SeenWords {
    words: Vec<Seen>,
    index: WordIndex,
    /// Folded forms, and the first word that has each.
    folded: Vec<(String, u32)>,
}

impl SeenWords {
    /// Counts an occurrence of a word in an article, `u32::MAX` for unattached text. `fresh` tells of a word not seen
    /// before whether it counts, and its folded form, if it holds anything that may be folded. True if this is
    /// the word's first occurrence, and no other is the first with its folded form.
    pub(crate) fn occur(
        &mut self,
        text: &str,
        token: &Token,
        article: u32,
        fresh: impl FnOnce(Key) -> (bool, Option<String>),
    ) -> bool {
        let own = match self.find(text, token.range) {
            Ok(i) => i,
            Err((key, vacant)) => {
                let (counted, folded) = fresh(key);
                let own = self.words.len() as u32;
                let counts_for = folded.map_or(own, |form| self.first_with(form, own));
                let is = if counted { Is::Counted } else { Is::Passed };
                self.words.push(Seen { key, first: token.range, counts_for, tally: Tally::of(is) });
                self.index.add(vacant, self.words.iter().map(|w| w.key));
                own as usize
            }
        };
        let counts_for = self.words[own].counts_for as usize;
        self.words[counts_for].tally.occur(article)
    }

    /// What was counted of the word that stands at this place.
    pub(crate) fn tally(&mut self, text: &str, place: TextRange) -> Option<&mut Tally> {
        let own = self.find(text, place).ok()?;
        Some(&mut self.words[own].tally)
    }

    fn find(&self, text: &str, place: TextRange) -> Result<usize, (Key, Vacant)> {
        let key = Key::at(text, place.bytes());
        let is_same = |i: usize| {
            let known = &self.words[i];
            known.key == key
                && (key.is_whole() || text.as_bytes()[known.first.bytes()] == text.as_bytes()[place.bytes()])
        };
        self.index.find(key, is_same).map_err(|vacant| (key, vacant))
    }

    fn first_with(&mut self, form: String, own: u32) -> u32 {
        if let Some((_, first)) = self.folded.iter().find(|(known, _)| *known == form) {
            return *first;
        }
        self.folded.push((form, own));
        own
    }

    /// Forgets all words, for the next page.
    pub(crate) fn clear(&mut self) {
        if !self.words.is_empty() {
            self.words.clear();
            self.index.clear();
            self.folded.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use banmian_core::{Pos, TextRange, Token};

    use super::SeenWords;

    #[test]
    fn words_are_found_again_wherever_they_stand() {
        let words = ["会议", "会", "议会", "中国人民政治协商会议", "中国人民", "a", "ab", "中国人民"];
        let text = words.concat().repeat(3);
        let mut seen = SeenWords::default();
        let (mut at, mut firsts) = (0, Vec::new());
        for word in words.iter().cycle().take(words.len() * 3) {
            let range = TextRange::new(at, at + word.len());
            let token = Token { range, pos: Pos::new("n"), number: Token::NO_NUMBER };
            if seen.occur(&text, &token, 0, |_| (true, None)) {
                firsts.push(range);
            }
            at += word.len();
        }
        let mut count = |range: TextRange| seen.tally(&text, range).map(|tally| tally.count);
        let found: Vec<_> = firsts.iter().map(|&first| (&text[first.bytes()], count(first))).collect();
        let expected =
            [("会议", 3), ("会", 3), ("议会", 3), ("中国人民政治协商会议", 3), ("中国人民", 6), ("a", 3), ("ab", 3)];
        assert_eq!(found, expected.map(|(word, count)| (word, Some(count))));
    }
}
