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
    /// False for stop words and the like, and for forms that count for another.
    pub(crate) counted: bool,
    /// Occurrences in the cell.
    pub(crate) count: u32,
    /// Articles of the cell that it occurs in.
    pub(crate) articles: u32,
    /// Occurrences in the article it was last seen in.
    pub(crate) here: u32,
    /// Most occurrences in one article.
    pub(crate) most: u32,
    /// The article it was last seen in; `u32::MAX` for unattached text, a number less for none yet.
    pub(crate) last_article: u32,
    /// The word that its occurrences count for: itself, but for words that differ in case or width.
    counts_for: u32,
    /// True once an earlier cell of the page was told of it.
    pub(crate) told: bool,
    /// True if it has a folded form.
    pub(crate) foldable: bool,
}

/// No article was seen yet.
pub(crate) const NO_ARTICLE: u32 = u32::MAX - 1;

/// What is to be known of a word that was not seen before.
pub(crate) struct Fresh {
    pub(crate) pos: [u8; 4],
    pub(crate) counted: bool,
    /// Its folded form, if it holds anything that may be folded.
    pub(crate) folded: Option<String>,
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
    /// The index of the word that occurrences at this place of the page's text count for; `fresh` tells of one that was
    /// not seen before.
    #[inline]
    pub(crate) fn word(&mut self, text: &str, place: TextRange, fresh: impl FnOnce(Key) -> Fresh) -> usize {
        let key = Key::at(text, place.bytes());
        let is_same = |i: usize| {
            let known = &self.words[i];
            known.key == key
                && (key.is_whole() || text.as_bytes()[known.first.bytes()] == text.as_bytes()[place.bytes()])
        };
        let own = match self.index.find(key, is_same) {
            Ok(i) => i,
            Err(vacant) => {
                let Fresh { pos, counted, folded } = fresh(key);
                let own = self.words.len() as u32;
                let foldable = folded.is_some();
                let counts_for = folded.map_or(own, |form| self.first_with(form, own));
                self.words.push(Seen {
                    key,
                    first: place,
                    pos,
                    counted: counted && counts_for == own,
                    count: 0,
                    articles: 0,
                    here: 0,
                    most: 0,
                    last_article: NO_ARTICLE,
                    counts_for,
                    told: false,
                    foldable,
                });
                self.index.add(vacant, self.words.iter().map(|w| w.key));
                own as usize
            }
        };
        self.words[own].counts_for as usize
    }

    fn first_with(&mut self, form: String, own: u32) -> u32 {
        if let Some((_, first)) = self.folded.iter().find(|(known, _)| *known == form) {
            return *first;
        }
        self.folded.push((form, own));
        own
    }

    /// All words, by first occurrence.
    pub(crate) fn words(&mut self) -> &mut [Seen] {
        &mut self.words
    }

    /// Forgets all words, for the next page.
    pub(crate) fn clear(&mut self) {
        self.words.clear();
        self.index.clear();
        self.folded.clear();
    }
}

impl Seen {
    /// Counts an occurrence in this article; `u32::MAX` for unattached text.
    #[inline]
    pub(crate) fn occur(&mut self, article: u32) {
        self.count += 1;
        if article != self.last_article {
            // Pieces of an article are together, so it is enough to look at the last one.
            self.articles += u32::from(article != u32::MAX);
            self.last_article = article;
            self.most = self.most.max(self.here);
            self.here = 0;
        }
        self.here += 1;
    }

    /// Begins a new cell.
    pub(crate) fn begin_cell(&mut self) {
        (self.count, self.articles, self.here, self.most) = (0, 0, 0, 0);
        self.last_article = NO_ARTICLE;
    }
}

#[cfg(test)]
mod tests {
    use banmian_core::TextRange;

    use super::{Fresh, SeenWords};

    #[test]
    fn words_are_found_again_wherever_they_stand() {
        let words = ["会议", "会", "议会", "中国人民政治协商会议", "中国人民", "a", "ab", "中国人民"];
        let text = words.concat().repeat(3);
        let mut seen = SeenWords::default();
        let mut at = 0;
        for word in words.iter().cycle().take(words.len() * 3) {
            let fresh = |_| Fresh { pos: [0; 4], counted: true, folded: None };
            let own = seen.word(&text, TextRange::new(at, at + word.len()), fresh);
            seen.words()[own].occur(0);
            at += word.len();
        }
        let found: Vec<_> = seen.words().iter().map(|w| (&text[w.first.bytes()], w.count)).collect();
        let expected =
            [("会议", 3), ("会", 3), ("议会", 3), ("中国人民政治协商会议", 3), ("中国人民", 6), ("a", 3), ("ab", 3)];
        assert_eq!(found, expected);
    }
}
