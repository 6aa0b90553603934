//! Counting the words of one page.

use std::cell::Cell;

use banmian_core::{Page, Words};

use crate::finding::Finding;
use crate::seen::SeenWords;
use crate::settings::Plan;

thread_local! {
    /// Room for the words of a page, empty between pages: to get it anew each time is dear.
    static ROOM: Cell<SeenWords> = Cell::default();
}

/// Appends the token count of the page, then its words by first occurrence.
pub(crate) fn find(plan: &Plan, page: &Page, words: &Words, out: &mut Vec<Finding>) {
    let mut tokens = 0;
    let mut seen = ROOM.take();
    for (index, sentence) in page.sentences.iter().enumerate() {
        let piece = page.pieces[sentence.piece as usize];
        if !plan.reads(piece.part) {
            continue;
        }
        for token in &words.tokens()[words.of_sentence(index)] {
            let word = &page.text.as_bytes()[token.range.bytes()];
            if !is_word(word) {
                continue;
            }
            tokens += 1;
            // Cheap tests first: most tokens are of no part of speech that counts, or too short.
            if !plan.counts_pos(token.pos) || plan.is_plainly_short(word) {
                continue;
            }
            let fresh = |key| (token.pos.bytes(), plan.counts(page.slice(token.range), key));
            let known = seen.word(&page.text, token.range, fresh);
            known.count += 1;
            if piece.article != known.last_article {
                // Pieces of an article are together, so it is enough to look at the last one.
                known.articles += u32::from(piece.article.is_some());
                known.last_article = piece.article;
            }
        }
    }
    out.reserve(1 + seen.words().len());
    out.push(Finding::Tokens(tokens));
    for word in seen.words().iter().filter(|w| w.counted) {
        out.push(Finding::Word { first: word.first, pos: word.pos, count: word.count, articles: word.articles });
    }
    seen.clear();
    ROOM.set(seen);
}

/// True for all but punctuation and space.
#[inline]
fn is_word(token: &[u8]) -> bool {
    // U+4000 to U+9FFF: an ideograph, as nearly all tokens are.
    matches!(token, [0xE4..=0xE9, ..]) || holds_letter(token)
}

fn holds_letter(token: &[u8]) -> bool {
    match token {
        // “ ” ‘ ’ — … ， ！ （ ） ： ； ？ 、 。 《 》: the marks of print, alone. 々 and 〇 are letters.
        [0xE2, 0x80, _] | [0xEF, 0xBC, 0x81..=0x8F | 0x9A..=0xA0] => false,
        [0xE3, 0x80, 0x80..=0x84 | 0x88..=0xA0] => false,
        [b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z', ..] => true,
        _ => std::str::from_utf8(token).is_ok_and(|t| t.chars().any(char::is_alphanumeric)),
    }
}

#[cfg(test)]
mod tests {
    use super::is_word;

    #[test]
    fn the_short_way_to_tell_a_word_agrees_with_the_long_one() {
        let agrees = |text: &str| {
            assert_eq!(is_word(text.as_bytes()), text.chars().any(char::is_alphanumeric), "{text:?}");
        };
        for c in (' '..='\u{33FF}').chain('\u{4E00}'..='\u{9FFF}').chain('\u{F900}'..='\u{FFEF}') {
            agrees(&c.to_string());
        }
        ["二〇", "——", "……", "5G", "３０", "-"].into_iter().for_each(agrees);
    }
}
