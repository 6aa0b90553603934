//! Words that are never counted.

use crate::word_index::{Key, Vacant, WordIndex};

/// A set of words.
#[derive(Default)]
pub(crate) struct StopWords {
    words: Vec<(Key, String)>,
    index: WordIndex,
}

impl StopWords {
    /// True if the word, which has this key, is one of them.
    #[inline]
    pub(crate) fn contains(&self, word: &str, key: Key) -> bool {
        self.find(word, key).is_ok()
    }

    #[inline]
    fn find(&self, word: &str, key: Key) -> Result<usize, Vacant> {
        self.index.find(key, |i| {
            let (known_key, known) = &self.words[i];
            *known_key == key && (key.is_whole() || known == word)
        })
    }
}

impl<'w> Extend<&'w str> for StopWords {
    fn extend<I: IntoIterator<Item = &'w str>>(&mut self, words: I) {
        for word in words {
            let key = Key::of(word);
            if let Err(vacant) = self.find(word, key) {
                self.words.push((key, word.to_owned()));
                self.index.add(vacant, self.words.iter().map(|(k, _)| *k));
            }
        }
    }
}
