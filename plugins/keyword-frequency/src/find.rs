//! Counting the words of one page, one article at a time.

use banmian_core::{Page, Words};
use rustc_hash::FxHashMap;

use crate::finding::{Finding, tag_bytes};
use crate::settings::Plan;

/// Appends the token count of the page, then its words by article and first occurrence.
pub(crate) fn find(plan: &Plan, page: &Page, words: &Words, out: &mut Vec<Finding>) {
    let mut tokens = 0;
    let tokens_at = out.len();
    out.push(Finding::Tokens(0));
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    let mut article = None;
    for (index, sentence) in page.sentences.iter().enumerate() {
        let piece = page.pieces[sentence.piece as usize];
        if !plan.reads(piece.part) {
            continue;
        }
        if piece.article != article {
            seen.clear();
            article = piece.article;
        }
        for token in &words.tokens()[words.of_sentence(index)] {
            let word = page.slice(token.range);
            if !word.chars().any(char::is_alphanumeric) {
                continue;
            }
            tokens += 1;
            if let Some(&at) = seen.get(word) {
                if let Finding::Word { count, .. } = &mut out[at] {
                    *count += 1;
                }
            } else if plan.counts(word, token.pos) {
                seen.insert(word, out.len());
                out.push(Finding::Word { first: token.range, pos: tag_bytes(token.pos), count: 1, article });
            }
        }
    }
    out[tokens_at] = Finding::Tokens(tokens);
}
