//! What the dictionary says of a few characters.

use banmian_core::Pos;

use crate::JIEBA;
use crate::script::simplified;

/// True if the best segmentation of `before` and `after` put together has a word that spans the joint.
///
/// Four characters on each side tell as much as more. Of line breaks at any place of running Chinese text two in five
/// tear such a word; of lines that do not belong together one in thirty seems to. Both sides are cut together, since a
/// look-up of the characters at the joint alone finds words by chance.
pub fn spans_word(before: &str, after: &str) -> bool {
    let joint = before.len();
    let text = [before, after].concat();
    let text = simplified(&text).unwrap_or(text);
    JIEBA.cut(&text, false).iter().any(|word| word.byte_start < joint && joint < word.byte_end)
}

/// The words of a short text, each by its length in bytes, with its part of speech. What the dictionary lacks falls to
/// single characters: to guess it, a table would have to be loaded that takes longer than most questions are worth.
pub fn words_of(text: &str) -> Vec<(usize, Pos)> {
    let simplified = simplified(text);
    let tags = JIEBA.tag(simplified.as_deref().unwrap_or(text), false);
    tags.iter().map(|word| (word.word.len(), Pos::new(word.tag))).collect()
}

#[cfg(test)]
mod tests {
    use super::{spans_word, words_of};

    #[test]
    fn a_torn_word_spans_the_joint() {
        assert!(spans_word("青河湾大桥合龙施", "工期间这些路段限行"));
        assert!(spans_word("縣政協召開會", "議部署工作"));
        assert!(!spans_word("洮阳县政协", "召开会议"));
        // 出动 is a word, but not here.
        assert!(!spans_word("他在会上指出", "动员各方力量"));
    }

    #[test]
    fn words_have_lengths_and_parts_of_speech() {
        let words: Vec<_> = words_of("召開會議").into_iter().map(|(n, pos)| (n, pos.as_str().to_owned())).collect();
        assert_eq!(words, [(6, "v".to_owned()), (6, "n".to_owned())]);
    }
}
