//! Which character of an answer is which character of the truth.
//!
//! Two bodies are compared as strips: the characters of all articles one behind the other, in folded
//! form. Equal stretches are laid on each other greedily, long ones before short ones, as in greedy
//! string tiling (M. J. Wise, String similarity via greedy string tiling and running Karp-Rabin
//! matching, 1993): least lengths of 12, then 6, then 3; from the left; the longest where there are
//! several, and of equals the one that goes on where the last ended, else the first. A stretch of
//! fewer than 6 must have a neighbour, already aligned, at most 12 characters away. Stretches may run on
//! from one article into the next. A character has at most one twin, and text that stands twice in
//! the truth may be aligned to the wrong one.

use std::collections::HashMap;
use std::ops::Range;

/// Least lengths of a stretch, one a pass.
const PASSES: [usize; 3] = [12, 6, 3];
/// Stretches of a pass of less than this need a neighbour.
const ALONE: usize = 6;
/// How far the neighbour may be, in characters of the truth.
const NEAR: usize = 12;

/// The bodies of a page, one behind the other.
pub(super) struct Strip {
    /// Folded characters without white space.
    pub(super) chars: Vec<char>,
    /// The paragraphs, in order; then neutral text.
    pub(super) pieces: Vec<Piece>,
    /// Index into `pieces` for each character.
    piece_of: Vec<usize>,
}

/// A paragraph in a strip.
pub(super) struct Piece {
    /// Index of its article; none for neutral text.
    pub(super) article: Option<usize>,
    /// Number of its paragraph within the article, from 0.
    pub(super) paragraph: usize,
    /// Its characters.
    pub(super) range: Range<usize>,
    /// True for a paragraph with text before it in the same article.
    pub(super) inner: bool,
}

impl Strip {
    /// Strip of articles, each a list of folded paragraphs, and of neutral text behind them.
    pub(super) fn of(articles: &[Vec<String>], neutral: &[String]) -> Strip {
        let mut strip = Strip { chars: Vec::new(), pieces: Vec::new(), piece_of: Vec::new() };
        for (a, paragraphs) in articles.iter().enumerate() {
            let start = strip.chars.len();
            for (p, text) in paragraphs.iter().enumerate() {
                let inner = strip.chars.len() > start;
                strip.push(Some(a), p, inner, text);
            }
        }
        for (p, text) in neutral.iter().enumerate() {
            strip.push(None, p, false, text);
        }
        strip
    }

    fn push(&mut self, article: Option<usize>, paragraph: usize, inner: bool, text: &str) {
        let start = self.chars.len();
        self.chars.extend(text.chars());
        self.piece_of.resize(self.chars.len(), self.pieces.len());
        self.pieces.push(Piece { article, paragraph, range: start..self.chars.len(), inner });
    }

    /// The piece that holds a character.
    pub(super) fn piece(&self, at: usize) -> &Piece {
        &self.pieces[self.piece_of[at]]
    }

    /// The article that holds a character; none in neutral text.
    pub(super) fn article(&self, at: usize) -> Option<usize> {
        self.piece(at).article
    }
}

/// For each character of the answer, its twin in the truth.
pub(super) fn twins(truth: &Strip, answer: &Strip) -> Vec<Option<usize>> {
    let mut tiling = Tiling {
        truth: &truth.chars,
        answer: &answer.chars,
        taken: vec![false; truth.chars.len()],
        twins: vec![None; answer.chars.len()],
    };
    PASSES.into_iter().for_each(|least| tiling.pass(least));
    tiling.twins
}

struct Tiling<'a> {
    truth: &'a [char],
    answer: &'a [char],
    /// Characters of the truth that have a twin.
    taken: Vec<bool>,
    twins: Vec<Option<usize>>,
}

impl<'a> Tiling<'a> {
    /// Aligns stretches of at least `least` characters.
    fn pass(&mut self, least: usize) {
        let starts = self.free_starts(least);
        let mut at = 0;
        while at + least <= self.answer.len() {
            let found = match self.twins[at] {
                Some(_) => None,
                None => starts.get(&self.answer[at..at + least]).and_then(|starts| self.longest(at, starts, least)),
            };
            let Some((twin, len)) = found else {
                at += 1;
                continue;
            };
            for i in 0..len {
                self.twins[at + i] = Some(twin + i);
                self.taken[twin + i] = true;
            }
            at += len;
        }
    }

    /// Where each stretch of `least` characters of the truth begins, if all of it is still free.
    fn free_starts(&self, least: usize) -> HashMap<&'a [char], Vec<usize>> {
        let mut starts: HashMap<_, Vec<usize>> = HashMap::new();
        for (start, (stretch, taken)) in self.truth.windows(least).zip(self.taken.windows(least)).enumerate() {
            if !taken.contains(&true) {
                starts.entry(stretch).or_default().push(start);
            }
        }
        starts
    }

    /// The longest stretch that can be aligned at `at`, as its start in the truth and its length.
    fn longest(&self, at: usize, starts: &[usize], least: usize) -> Option<(usize, usize)> {
        let expected = at.checked_sub(1).and_then(|before| self.twins[before]).map(|twin| twin + 1);
        let mut best = None;
        let mut best_rank = (0, false);
        for &start in starts {
            let len = self.common(at, start);
            let rank = (len, expected == Some(start));
            if len >= least && rank > best_rank && (least >= ALONE || self.has_neighbour(at, start, len)) {
                best = Some((start, len));
                best_rank = rank;
            }
        }
        best
    }

    /// How many characters from both places on are equal and free.
    fn common(&self, at: usize, start: usize) -> usize {
        let answer = self.answer[at..].iter().zip(&self.twins[at..]);
        let truth = self.truth[start..].iter().zip(&self.taken[start..]);
        answer.zip(truth).take_while(|((a, twin), (t, taken))| a == t && twin.is_none() && !**taken).count()
    }

    /// True if the character before or behind the stretch has a twin at most [`NEAR`] away.
    fn has_neighbour(&self, at: usize, start: usize, len: usize) -> bool {
        let near = |from: usize, to: usize| to.checked_sub(from).is_some_and(|d| d <= NEAR);
        let before = at.checked_sub(1).and_then(|before| self.twins[before]);
        let behind = self.twins.get(at + len).copied().flatten();
        before.is_some_and(|twin| near(twin, start)) || behind.is_some_and(|twin| near(start + len - 1, twin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strip(articles: &[&[&str]], neutral: &[&str]) -> Strip {
        let owned = |texts: &[&str]| texts.iter().map(|&t| t.to_owned()).collect::<Vec<_>>();
        Strip::of(&articles.iter().map(|a| owned(a)).collect::<Vec<_>>(), &owned(neutral))
    }

    #[test]
    fn long_stretches_go_before_short_ones() {
        // 甲…己 (six characters) stands alone in the first article and within twelve in the second:
        // the twelve of the answer go to the second, although the first comes first.
        let truth = strip(&[&["甲乙丙丁戊己"], &["甲乙丙丁戊己庚辛壬癸子丑"]], &[]);
        let answer = strip(&[&["甲乙丙丁戊己庚辛壬癸子丑"]], &[]);
        assert_eq!(twins(&truth, &answer), (6..18).map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn short_stretches_need_a_neighbour() {
        // The three characters at the end stand behind a wrong one, which has no twin, and nothing
        // follows them: no neighbour.
        let truth = strip(&[&["甲乙丙丁戊己庚辛壬癸"]], &[]);
        let answer = strip(&[&["甲乙丙丁戊己口辛壬癸"]], &[]);
        let mut expected: Vec<_> = (0..6).map(Some).collect();
        expected.extend([None; 4]);
        assert_eq!(twins(&truth, &answer), expected);
        // Without the wrong character they stand right behind.
        let answer = strip(&[&["甲乙丙丁戊己辛壬癸"]], &[]);
        assert_eq!(twins(&truth, &answer)[6..], [Some(7), Some(8), Some(9)]);
    }

    #[test]
    fn a_character_has_one_twin() {
        let truth = strip(&[&["甲乙丙丁戊己"]], &["庚辛壬癸子丑"]);
        let answer = strip(&[&["甲乙丙丁戊己", "甲乙丙丁戊己"], &["庚辛壬癸子丑"]], &[]);
        // Stretches go on across articles: the second 甲…己 makes twelve with what follows, so it is
        // aligned first, and nothing is left for the first.
        let found = twins(&truth, &answer);
        assert_eq!(found[..6], [None; 6]);
        assert_eq!(found[6..], (0..12).map(Some).collect::<Vec<_>>());
        assert_eq!((truth.article(5), truth.article(6)), (Some(0), None), "neutral text is of no article");
        assert!(answer.piece(6).inner && !answer.piece(12).inner);
    }
}
