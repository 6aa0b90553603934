//! Counting the words of one page.

use banmian_core::{Page, Words};
use rustc_hash::FxHashMap;

use crate::finding::{Finding, tag_bytes};
use crate::settings::Plan;

/// A word seen on the page: its finding, and the article it was last seen in.
struct Seen {
    finding: usize,
    article: Option<u32>,
}

/// The words of a page by their text.
#[derive(Default)]
struct SeenWords<'p> {
    /// Words of at most eight bytes, two Chinese characters among them, packed into a number: no
    /// text has a zero byte, so no two words are alike.
    short: FxHashMap<u64, Seen>,
    long: FxHashMap<&'p str, Seen>,
}

impl<'p> SeenWords<'p> {
    fn get(&mut self, word: &str) -> Option<&mut Seen> {
        match packed(word) {
            Some(key) => self.short.get_mut(&key),
            None => self.long.get_mut(word),
        }
    }

    fn insert(&mut self, word: &'p str, seen: Seen) {
        match packed(word) {
            Some(key) => self.short.insert(key, seen),
            None => self.long.insert(word, seen),
        };
    }
}

fn packed(word: &str) -> Option<u64> {
    let mut bytes = [0; 8];
    bytes.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(u64::from_le_bytes(bytes))
}

/// Appends the token count of the page, then its words by first occurrence.
pub(crate) fn find(plan: &Plan, page: &Page, words: &Words, out: &mut Vec<Finding>) {
    let mut tokens = 0;
    let tokens_at = out.len();
    out.push(Finding::Tokens(0));
    let mut seen = SeenWords::default();
    // A page has some hundreds of different words; growing a table step by step is dear.
    seen.short.reserve(512);
    for (index, sentence) in page.sentences.iter().enumerate() {
        let piece = page.pieces[sentence.piece as usize];
        if !plan.reads(piece.part) {
            continue;
        }
        let article = piece.article;
        for token in &words.tokens()[words.of_sentence(index)] {
            let word = page.slice(token.range);
            if !is_word(word) {
                continue;
            }
            tokens += 1;
            // Cheap tests first: most tokens are of no part of speech that counts, or too short.
            if !plan.counts_form(word, token.pos) {
                continue;
            }
            if let Some(known) = seen.get(word) {
                let Finding::Word { count, articles, .. } = &mut out[known.finding] else { continue };
                *count += 1;
                // Pieces of an article are together, so it is enough to look at the last one.
                *articles += u32::from(article.is_some() && article != known.article);
                known.article = article;
            } else if !plan.is_stop_word(word) {
                seen.insert(word, Seen { finding: out.len(), article });
                let articles = u32::from(article.is_some());
                out.push(Finding::Word { first: token.range, pos: tag_bytes(token.pos), count: 1, articles });
            }
        }
    }
    out[tokens_at] = Finding::Tokens(tokens);
}

/// True for all but punctuation and space.
fn is_word(token: &str) -> bool {
    match token.as_bytes() {
        // U+4000 to U+9FFF: an ideograph, as nearly all tokens are.
        [0xE4..=0xE9, ..] => true,
        // “ ” ‘ ’ — … ， ！ （ ） ： ； ？ 、 。 《 》: the marks of print, alone. 々 and 〇 are letters.
        [0xE2, 0x80, _] | [0xEF, 0xBC, 0x81..=0x8F | 0x9A..=0xA0] => false,
        [0xE3, 0x80, 0x80..=0x84 | 0x88..=0xA0] => false,
        _ => token.chars().any(char::is_alphanumeric),
    }
}

#[cfg(test)]
mod tests {
    use super::is_word;

    #[test]
    fn the_short_way_to_tell_a_word_agrees_with_the_long_one() {
        let agrees = |text: &str| assert_eq!(is_word(text), text.chars().any(char::is_alphanumeric), "{text:?}");
        for c in (' '..='\u{33FF}').chain('\u{4E00}'..='\u{9FFF}').chain('\u{F900}'..='\u{FFEF}') {
            agrees(&c.to_string());
        }
        ["二〇", "——", "……", "5G", "３０", "-"].into_iter().for_each(agrees);
    }
}
