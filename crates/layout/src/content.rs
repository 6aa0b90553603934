//! Which characters stand beside which: the page's own vocabulary, in place of a dictionary.
//!
//! Pairs of neighbouring Chinese characters are counted once for the page. A pair that spans a line
//! break and also occurs inside a line elsewhere says that the lines run on; pairs that two stretches
//! share, and the rest of the page does not, say that they are about one thing.

use std::cell::Cell;
use std::sync::LazyLock;

use crate::glyphs::{Class, Glyph, HAN, Raw, pair_hash};
use crate::phrases::Charset;

/// Counts of neighbouring characters, by hash.
#[derive(Debug)]
pub(crate) struct Pairs<'a> {
    counts: Vec<u8>,
    mask: usize,
    /// All hashes counted.
    all: &'a [u32],
}

thread_local! {
    /// The table of the page before, all 0 again: to empty what a page used is far cheaper than a new table.
    static SPARE: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Tables of larger pages are not kept.
const KEPT: usize = 1 << 18;

impl<'a> Pairs<'a> {
    /// Counts the pairs inside lines.
    pub(crate) fn count(raw: &'a Raw) -> Pairs<'a> {
        let size = (raw.glyphs.len() * 32).next_power_of_two().clamp(1 << 12, 1 << 21);
        let mut counts = SPARE.take();
        if counts.len() < size {
            counts = vec![0; size];
        }
        for line in &raw.lines {
            for &hash in raw.pairs(line) {
                // Other pairs are counted as none: no branch, as none could be foreseen.
                let count = &mut counts[hash as usize & (size - 1)];
                *count = count.saturating_add((hash >> 31) as u8);
            }
        }
        Pairs { counts, mask: size - 1, all: raw.all_pairs() }
    }

    /// How often the pair stands inside a line of the page, at most 255.
    pub(crate) fn of(&self, a: char, b: char) -> u8 {
        self.of_hash(pair_hash(a, b))
    }

    /// The same by the hash of the pair.
    fn of_hash(&self, hash: u32) -> u8 {
        self.counts[hash as usize & self.mask]
    }
}

impl Drop for Pairs<'_> {
    fn drop(&mut self) {
        if self.counts.len() > KEPT {
            return;
        }
        let (counts, mask) = (&mut self.counts[..], self.mask);
        for &hash in self.all {
            counts[hash as usize & mask] = 0;
        }
        SPARE.set(std::mem::take(&mut self.counts));
    }
}

/// Evidence that a line runs on into the next, from the two lines alone: positive for a join.
pub(crate) fn runs_on(pairs: &Pairs, before: &[Glyph], after: &[Glyph]) -> f32 {
    let (Some(a), Some(b)) = (before.last(), after.first()) else { return 0.0 };
    let mut score = 0.0;
    if b.class == Class::Han {
        if a.class == Class::Han {
            score += match pairs.of(a.c, b.c) {
                0 => -0.25,
                1 => 0.6,
                _ => 1.1,
            };
            if never_last(a.c) {
                score += NEVER_LAST;
            }
            if never_first(b.c) {
                score += 1.6;
            }
        }
        // A clause of one character begins no text: the line before goes on, in the middle of a clause.
        if is_clause(after) && a.class != Class::Comma {
            score += 1.5;
        }
    } else if closes(b) {
        score += 4.0;
    } else if matches!(b.c, '—' | '─') && a.class == Class::Han {
        score += 0.8;
    }
    if a.class == Class::Digit && b.class == Class::Digit || a.class == Class::Letter && b.class == Class::Letter {
        score += 1.5;
    }
    if a.class == Class::Digit
        && matches!(b.c, '年' | '月' | '日' | '万' | '亿' | '个' | '人' | '元' | '名' | '时' | '多')
    {
        score += 1.5;
    }
    score
}

/// What it adds that a line ends with a character that ends none.
pub(crate) const NEVER_LAST: f32 = 1.6;

/// The part of [`runs_on`] that the second line alone shows: it begins in mid-sentence, wherever the
/// first part stands.
pub(crate) fn begins_inside(after: &[Glyph]) -> f32 {
    match after.first() {
        Some(b) if b.class == Class::Han && is_clause(after) => 1.5,
        Some(b) if b.class == Class::Han && never_first(b.c) => 1.6,
        Some(b) if b.class != Class::Han && closes(b) => 4.0,
        _ => 0.0,
    }
}

/// True for a mark that closes what stands before it.
fn closes(g: &Glyph) -> bool {
    match g.class {
        Class::Close | Class::Comma => true,
        Class::Stop => matches!(g.c, '。' | '！' | '？' | '；'),
        _ => matches!(g.c, '…' | '%' | '％'),
    }
}

/// True if a mark follows the first glyph.
fn is_clause(glyphs: &[Glyph]) -> bool {
    glyphs.get(1).is_some_and(|g| g.class != Class::Han && matches!(g.c, '，' | '。' | '、' | '；' | '！' | '？'))
}

/// Characters that end no headline and no paragraph: prepositions, conjunctions, auxiliaries.
pub(crate) fn never_last(c: char) -> bool {
    static SET: LazyLock<Charset> =
        LazyLock::new(|| Charset::of("的在和与與对對把将將为為从從向及以并並而或被让讓由使是很更最各每该該不"));
    SET.has(c)
}

/// Characters that begin no headline and no paragraph.
fn never_first(c: char) -> bool {
    static SET: LazyLock<Charset> = LazyLock::new(|| Charset::of("的了着著过們们等性化吗嗎呢吧"));
    SET.has(c)
}

/// A stretch of text as its pairs of neighbouring characters, also across its lines.
#[derive(Debug, Default)]
pub(crate) struct Stretch {
    /// Hashes, marked with [`HAN`].
    pairs: Vec<u32>,
    /// Number of glyphs.
    size: usize,
    /// The place of the last one.
    last: u32,
}

/// Room for the pairs of most stretches.
const USUAL: usize = 384;

impl Stretch {
    /// Number of glyphs.
    pub(crate) fn len(&self) -> usize {
        self.size
    }

    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.pairs.clear();
        self.pairs.reserve(USUAL);
        self.size = 0;
    }

    /// Adds the first glyphs of lines, at most `n`.
    pub(crate) fn add(&mut self, raw: &Raw, lines: &[u32], mut n: usize) {
        for &l in lines {
            let line = &raw.lines[l as usize];
            let take = line.len().min(n);
            if take == 0 {
                return;
            }
            if self.size > 0 {
                self.pairs.push(raw.pair(self.last, line.start));
            }
            self.pairs.extend_from_slice(&raw.pairs(line)[..take - 1]);
            self.size += take;
            self.last = line.start + take as u32 - 1;
            n -= take;
        }
    }
}

/// Marks the pairs of one stretch, so that another can be compared with it. Kept between calls.
#[derive(Debug)]
pub(crate) struct Likeness {
    stamp: Vec<u32>,
    round: u32,
}

thread_local! {
    /// The stamps of the page before, whose rounds are simply gone on with.
    static STAMPED: Cell<(Vec<u32>, u32)> = const { Cell::new((Vec::new(), 0)) };
}

impl Default for Likeness {
    fn default() -> Self {
        let (mut stamp, round) = STAMPED.take();
        stamp.resize(STAMPS + 1, 0);
        Likeness { stamp, round }
    }
}

impl Drop for Likeness {
    fn drop(&mut self) {
        STAMPED.set((std::mem::take(&mut self.stamp), self.round));
    }
}

impl Likeness {
    /// Stamps the pairs of a stretch: `round` means in it, `round + 1` in it and already met again.
    fn mark(&mut self, a: &Stretch) {
        self.round += 2;
        if self.round > u32::MAX - 4 {
            self.stamp.fill(0);
            self.round = 2;
        }
        let stamps = &mut self.stamp[..=STAMPS];
        for &pair in &a.pairs {
            stamps[stamp_slot(pair)] = self.round;
        }
        stamps[STAMPS] = 0;
    }

    /// Which share of a headline's pairs a stretch holds, from 0 to 1; pairs that are rare on the
    /// page count more.
    pub(crate) fn coverage(&mut self, pairs: &Pairs, head: &Stretch, stretch: &Stretch) -> f32 {
        self.mark(stretch);
        let (mut hit, mut all) = (0.0, 0.1);
        for &pair in head.pairs.iter().filter(|p| **p & HAN != 0) {
            let weight = 1.0 / (1.0 + f32::from(pairs.of_hash(pair))).sqrt().max(1.0);
            all += weight.max(0.3);
            if self.stamp[stamp_slot(pair)] >= self.round {
                hit += weight;
            }
        }
        hit / all
    }

    /// How much two stretches share that the rest of the page does not, from 0 (nothing) to about 1.
    ///
    /// Each distinct shared pair counts by the share of its occurrences that lie in the two
    /// stretches; the sum is set against the square root of the lengths.
    pub(crate) fn between(&mut self, pairs: &Pairs, a: &Stretch, b: &Stretch) -> f32 {
        if a.len() < 20 || b.len() < 20 {
            return 0.0;
        }
        self.mark(a);
        let mut sum = 0.0;
        let stamps = &mut self.stamp[..=STAMPS];
        for &pair in &b.pairs {
            let stamp = &mut stamps[stamp_slot(pair)];
            if *stamp == self.round {
                *stamp = self.round + 1;
                let total = f32::from(pairs.of_hash(pair).max(2));
                // At least one occurrence on each side; more would need a second count.
                sum += 2.0 / total.max(2.0);
            }
        }
        sum / ((a.len() as f32).sqrt() * (b.len() as f32).sqrt()).max(1.0) * 10.0
    }
}

/// Slots for stamps; a stretch has some three hundred pairs.
const STAMPS: usize = 1 << 15;

/// The stamp of a pair: pairs that are no Chinese characters share one more slot, which is never read as met.
fn stamp_slot(pair: u32) -> usize {
    if pair & HAN == 0 { STAMPS } else { pair as usize & (STAMPS - 1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::Raw;

    #[test]
    fn one_topic_is_more_like_itself() {
        let raw = Raw::read(
            "果农们在苹果园里忙着给苹果树剪枝追肥今年苹果又是好收成\n苹果树剪枝之后果农们把苹果装箱运往省城苹果卖得好价钱\n铁路部门加开旅客列车方便返程旅客购票乘车旅客发送量再创新高",
        );
        let pairs = Pairs::count(&raw);
        let mut like = Likeness::default();
        let [a, b, c] = [0, 1, 2].map(|i| {
            let mut stretch = Stretch::default();
            stretch.add(&raw, &[i], usize::MAX);
            stretch
        });
        assert!(like.between(&pairs, &a, &b) > like.between(&pairs, &a, &c) + 0.1);
    }

    #[test]
    fn words_across_the_break_join() {
        let raw = Raw::read("全市政协委员\n各级政协组织和政\n协委员们");
        let pairs = Pairs::count(&raw);
        let line = |i: usize| raw.lines[i].of(&raw.glyphs);
        assert!(runs_on(&pairs, line(1), line(2)) > 0.5);
        assert!(runs_on(&pairs, line(0), line(1)) < 0.0);
    }
}
