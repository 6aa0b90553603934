//! Counting the words of one page.

use std::cell::Cell;
use std::ops::Range;

use banmian_core::{Page, Token, Words};

use crate::finding::Finding;
use crate::joints;
use crate::neighbours::{Neighbours, keywords};
use crate::plan::Plan;
use crate::seen::SeenWords;
use crate::tallies::{Is, Tallies};
use crate::word_index::Key;

thread_local! {
    /// Kept from page to page: to get the room anew each time is dear.
    static ROOM: Cell<Room> = Cell::default();
}

/// The words of a page.
#[derive(Default)]
struct Room {
    /// All by first occurrence, and nearly all counted by their numbers.
    words: Tallies,
    /// Words without a number and those that may be folded, counted by their letters.
    lettered: SeenWords,
}

/// Appends the cells of the page, each with its words by first occurrence.
pub(crate) fn find(plan: &Plan, page: &Page, words: &Words, out: &mut Vec<Finding>) {
    let mut room = ROOM.take();
    room.words.begin_page(plan, words.numbering(), words.tokens().len());
    let mut reader = Reader { plan, page, words, room, tokens: 0, neighbours: Neighbours::default() };
    if plan.columns.by_article() {
        // Articles stand one after the other, unattached text behind them.
        let mut sentence = 0;
        for article in (0..page.articles.len() as u32).map(Some).chain([None]) {
            let begin = sentence;
            while sentence < page.sentences.len() && reader.article_of(sentence) == article {
                sentence += 1;
            }
            reader.read(begin..sentence);
            if article.is_some() || reader.tokens > 0 {
                reader.tell(article, u32::from(article.is_some()), out);
            }
        }
    } else {
        reader.read(0..page.sentences.len());
        reader.tell(None, page.articles.len() as u32, out);
    }
    joints::find(plan, &reader.room.words, page, words, out);
    reader.nodes(out);
    reader.keywords(out);
    reader.room.words.end_page();
    reader.room.lettered.clear();
    ROOM.set(reader.room);
}

struct Reader<'p> {
    plan: &'p Plan,
    page: &'p Page,
    words: &'p Words,
    room: Room,
    /// Those of the cell.
    tokens: u32,
    neighbours: Neighbours,
}

impl Reader<'_> {
    fn article_of(&self, sentence: usize) -> Option<u32> {
        self.page.pieces[self.page.sentences[sentence].piece as usize].article
    }

    /// Counts the words of some sentences.
    fn read(&mut self, sentences: Range<usize>) {
        let (plan, page) = (self.plan, self.page);
        for index in sentences {
            let piece = page.pieces[page.sentences[index].piece as usize];
            if !plan.reads(piece.part) {
                continue;
            }
            if plan.reads_neighbours {
                self.neighbours.read(plan, page, self.words, index, piece.article);
            }
            let article = piece.article.unwrap_or(u32::MAX);
            let tokens = &self.words.tokens()[self.words.of_sentence(index)];
            if plan.phrases.is_empty() {
                self.count(tokens, article);
            } else {
                // What a phrase leaves of a token has no number, and may be a word that has one elsewhere.
                let kept = plan.phrases.keep(page, page.sentences[index].range, tokens);
                kept.iter().for_each(|token| self.count_by_letters(token, article));
            }
        }
    }

    /// Counts tokens of an article.
    fn count(&mut self, mut tokens: &[Token], article: u32) {
        loop {
            let (counted, n_words) = self.room.words.count(tokens, article);
            self.tokens += n_words;
            let Some(open) = tokens.get(counted) else { break };
            let is = if open.number == Token::NO_NUMBER { Is::Open } else { self.what_is(open) };
            if is == Is::Open {
                self.count_by_letters(open, article);
                tokens = &tokens[counted + 1..];
            } else {
                self.room.words.note(open.number, is);
                tokens = &tokens[counted..];
            }
        }
    }

    /// What the word of a token is, if that depends on the word alone.
    fn what_is(&self, token: &Token) -> Is {
        let (plan, word) = (self.plan, self.page.slice(token.range));
        if !is_word(word.as_bytes()) {
            Is::Mark
        } else if !plan.counts_pos(token.pos) || plan.is_plainly_short(word.as_bytes()) {
            Is::Passed
        } else if plan.folding.form(word).is_some() {
            Is::Open
        } else if plan.counts(word, Key::of(word)) {
            Is::Counted
        } else {
            Is::Passed
        }
    }

    /// Counts a token whose number is not enough.
    fn count_by_letters(&mut self, token: &Token, article: u32) {
        let (plan, page) = (self.plan, self.page);
        let word = page.slice(token.range);
        if !is_word(word.as_bytes()) {
            return;
        }
        self.tokens += 1;
        if !plan.counts_pos(token.pos) || plan.is_plainly_short(word.as_bytes()) {
            return;
        }
        let fresh = |key| (plan.counts(word, key), plan.folding.form(word));
        if self.room.lettered.occur(&page.text, token, article, fresh) {
            self.room.words.note_first(token);
        }
    }

    /// Appends a cell with what was counted since the last one.
    fn tell(&mut self, article: Option<u32>, articles: u32, out: &mut Vec<Finding>) {
        out.push(Finding::Cell { article, tokens: std::mem::take(&mut self.tokens), articles });
        let (plan, page, lettered) = (self.plan, self.page, &mut self.room.lettered);
        self.room.words.each(|token, tally| {
            let first = token.range;
            let foldable = tally.is_none() && plan.folding.form(page.slice(first)).is_some();
            let Some(tally) = tally.or_else(|| lettered.tally(&page.text, first)) else { return };
            if tally.count == 0 {
                return;
            }
            if tally.is == Is::Counted {
                let (count, articles, most) = (tally.count, tally.articles, tally.most);
                let (pos, again) = (token.pos.bytes(), tally.told);
                out.push(Finding::Word { first, pos, count, articles, most, again, foldable });
            }
            tally.begin_cell();
        });
        self.neighbours.tell(out);
    }

    /// Appends the nodes that stand on the page, letter by letter and as words.
    fn nodes(&self, out: &mut Vec<Finding>) {
        let page = self.page;
        let read = |i: &usize| self.plan.reads(page.pieces[page.sentences[*i].piece as usize].part);
        for (node, text) in (0..).zip(&self.plan.node_list) {
            let (mut words, mut places, mut articles, mut last) = (0, 0, 0, None);
            for piece in page.pieces.iter().filter(|p| self.plan.reads(p.part)) {
                let here = page.slice(piece.range).matches(text.as_str()).count() as u32;
                places += here;
                if here > 0 && piece.article.is_some() && piece.article != last {
                    articles += 1;
                    last = piece.article;
                }
            }
            if places == 0 {
                continue;
            }
            for sentence in (0..page.sentences.len()).filter(read) {
                let own = self.words.of_sentence(sentence).filter(|&t| self.words.text(page, t) == text);
                words += own.count() as u32;
            }
            out.push(Finding::Node { node, words, places, articles });
        }
    }

    /// Appends the words that stand out in each article.
    fn keywords(&self, out: &mut Vec<Finding>) {
        if self.plan.article_keywords == 0 {
            return;
        }
        for article in 0..self.page.articles.len() as u32 {
            let own = |&s: &usize| {
                let piece = self.page.pieces[self.page.sentences[s].piece as usize];
                piece.article == Some(article) && self.plan.reads(piece.part)
            };
            let sentences: Vec<usize> = (0..self.page.sentences.len()).filter(own).collect();
            let ranked = keywords(self.plan, self.page, self.words, &sentences);
            for ((first, score), rank) in ranked.into_iter().zip(1..=self.plan.article_keywords) {
                out.push(Finding::Keyword { first, rank, score: (score * 10_000.0).round() as u32 });
            }
        }
    }
}

/// True for all but punctuation and space.
#[inline]
pub(crate) fn is_word(token: &[u8]) -> bool {
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
