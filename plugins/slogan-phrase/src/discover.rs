//! Formulations that no lexicon has, found in a sample of the articles.
//!
//! A candidate has stood as a unit at least twice: in quotation marks, or as a whole part of a headline between marks or
//! spaces. It is then counted wherever it stands, and judged by how it hangs together, how freely it is used, and how far it is spread
//! (cohesion and boundary entropy: Church and Hanks 1990; Huang et al. 1996 and Feng et al. 2004, *accessor variety*).

use memchr::memmem;
use rustc_hash::FxHashMap;

use crate::letter::{self, Letter};
use crate::lexicon::Phrases;
use crate::matcher::Matcher;
use crate::sample::{Sample, Sampled, Text};
use crate::settings::Plan;

/// Letters of a candidate.
const LENGTH: std::ops::RangeInclusive<usize> = 4..=16;

/// Times that a candidate must have stood as a unit.
const LEAST_UNITS: u32 = 2;

/// One time in so many it must do so.
const UNITS: u64 = 12;

/// Articles it must stand in.
const LEAST_ARTICLES: u64 = 5;

/// Bits by which it must be more frequent than its parts would have it by chance, at every split.
const LEAST_COHESION: f64 = 2.0;

/// Bits of what stands on either side.
const LEAST_ENTROPY: f64 = 1.0;

/// Most candidates that are counted, the most frequent units first: what it costs stays bounded.
const MOST_CANDIDATES: usize = 20_000;

/// Words of speech and of naming: what holds one is no formulation.
const SPOKEN: [char; 14] = ['我', '你', '您', '他', '她', '吗', '呢', '吧', '啊', '了', '么', '哪', '谁', '呀'];

/// A formulation that no lexicon has.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Discovered {
    pub(crate) phrase: String,
    /// Times it stands in the sample.
    pub(crate) count: u64,
    /// Articles it stands in.
    pub(crate) articles: u64,
    /// Times in quotation marks.
    pub(crate) quoted: u64,
    /// Times in headlines.
    pub(crate) headline: u64,
    pub(crate) cohesion: f64,
    pub(crate) left_entropy: f64,
    pub(crate) right_entropy: f64,
    /// Articles × least entropy: what the table is sorted by.
    pub(crate) score: f64,
    /// Earliest date; 0 if none is known.
    pub(crate) first: u32,
}

/// What is counted of a candidate.
#[derive(Clone, Default)]
struct Counts {
    count: u64,
    articles: u64,
    quoted: u64,
    headline: u64,
    /// As a whole part of a headline.
    units: u64,
    /// Between marks or edges on both sides, quotation marks left out.
    alone: u64,
    last_article: Option<usize>,
    first: u32,
    left: Neighbours,
    right: Neighbours,
}

/// What stands beside a candidate: letters, and edges of text or marks, each of which is like no other.
#[derive(Clone, Default)]
struct Neighbours {
    letters: Vec<Letter>,
    edges: u64,
}

/// The formulations of a sample, the best first.
pub(crate) fn discover(plan: &Plan, sample: &Sample) -> Vec<Discovered> {
    let mut sample = sample.articles();
    // As they lie in memory: they are read three times, and no count depends on their order.
    sample.sort_unstable_by_key(|article| article.place);
    let sample = &sample[..];
    let matcher = Matcher::new(candidates(plan, sample));
    let counts = count(&matcher, sample);
    let mut kept: Vec<(usize, f64, f64)> = Vec::new();
    for (i, counted) in counts.iter().enumerate() {
        let (left, right) = (counted.left.entropy(), counted.right.entropy());
        // What stands mostly in headlines, or alone on its line, is the title of a column; what is hardly ever a unit is a stray piece of headline.
        let titled = counted.headline * 2 > counted.count || counted.alone * 2 > counted.count;
        let unit = (counted.quoted + counted.units) * UNITS >= counted.count;
        let used = counted.articles >= LEAST_ARTICLES && unit && !titled;
        if used && left >= LEAST_ENTROPY && right >= LEAST_ENTROPY && !known(plan, &matcher.strings()[i]) {
            kept.push((i, left, right));
        }
    }
    kept.retain(|&(i, ..)| !is_part(&matcher, &counts, i));
    let cohesions = cohesions(
        &kept.iter().map(|&(i, ..)| (matcher.strings()[i].as_str(), counts[i].count)).collect::<Vec<_>>(),
        sample,
    );
    let mut found: Vec<Discovered> = kept
        .iter()
        .zip(cohesions)
        .filter(|&(_, cohesion)| cohesion >= LEAST_COHESION)
        .map(|(&(i, left, right), cohesion)| {
            let counted = &counts[i];
            Discovered {
                phrase: matcher.strings()[i].clone(),
                count: counted.count,
                articles: counted.articles,
                quoted: counted.quoted,
                headline: counted.headline,
                cohesion,
                left_entropy: left,
                right_entropy: right,
                score: counted.articles as f64 * left.min(right),
                first: counted.first,
            }
        })
        .collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.phrase.cmp(&b.phrase)));
    found
}

/// What has stood as a unit, in order of characters.
fn candidates(plan: &Plan, sample: &[Sampled<'_>]) -> Vec<String> {
    let mut units: FxHashMap<&str, u32> = FxHashMap::default();
    for Sampled { text, .. } in sample {
        let mut note = |unit| {
            if is_candidate(unit) {
                *units.entry(unit).or_default() += 1;
            }
        };
        quotations(&text.text).for_each(&mut note);
        text.text[..text.headline_end as usize].split(is_break).for_each(&mut note);
    }
    let mut units: Vec<(&str, u32)> = units.into_iter().filter(|&(_, times)| times >= LEAST_UNITS).collect();
    units.retain(|(unit, _)| plan.phrases.exactly(unit).is_none());
    if units.len() > MOST_CANDIDATES {
        units.sort_unstable_by_key(|&(unit, times)| (std::cmp::Reverse(times), unit));
        units.truncate(MOST_CANDIDATES);
    }
    units.sort_unstable();
    units.into_iter().map(|(unit, _)| unit.to_owned()).collect()
}

/// What stands between “ and ”.
fn quotations(text: &str) -> impl Iterator<Item = &str> {
    const OPEN: &str = "“";
    let begins = memmem::find_iter(text.as_bytes(), OPEN).map(|at| at + OPEN.len());
    begins.filter_map(|begin| {
        let rest = &text[begin..];
        let end = rest.find(['“', '”'])?;
        rest[end..].starts_with('”').then(|| &rest[..end])
    })
}

/// True for a letter or digit; ideographs, nearly all there are, need no look into a table.
fn is_letter(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}') || c.is_alphanumeric()
}

/// True for what parts units of a headline.
fn is_break(c: char) -> bool {
    !is_letter(c) && !matches!(c, '、' | '+' | '·' | '-')
}

fn is_candidate(unit: &str) -> bool {
    // Three bytes a letter, nearly always.
    if unit.len() < 8 || unit.len() > 54 {
        return false;
    }
    let mut letters = 0;
    for c in unit.chars() {
        if is_break(c) || SPOKEN.contains(&c) {
            return false;
        }
        letters += usize::from(is_letter(c));
    }
    let edges = [unit.chars().next(), unit.chars().next_back()];
    LENGTH.contains(&letters) && edges.into_iter().flatten().all(is_letter) && !unit.is_ascii()
}

/// Counts every candidate wherever it stands.
fn count(matcher: &Matcher, sample: &[Sampled<'_>]) -> Vec<Counts> {
    let mut counts = vec![Counts::default(); matcher.strings().len()];
    for (article, Sampled { text, date, .. }) in sample.iter().enumerate() {
        let Text { text, headline_end, .. } = text;
        matcher.scan(text, |i, at| {
            let counted = &mut counts[i];
            let end = at + matcher.strings()[i].len();
            counted.count += 1;
            if counted.last_article != Some(article) {
                counted.last_article = Some(article);
                counted.articles += 1;
                if *date != 0 && (counted.first == 0 || *date < counted.first) {
                    counted.first = *date;
                }
            }
            let (before, after) = (text[..at].chars().next_back(), text[end..].chars().next());
            let quoted = before == Some('“') && after == Some('”');
            let whole = before.is_none_or(is_break) && after.is_none_or(is_break);
            counted.quoted += u64::from(quoted);
            counted.alone += u64::from(whole && !quoted);
            if at < *headline_end as usize {
                counted.headline += 1;
                counted.units += u64::from(whole && !quoted);
            }
            counted.left.note(before);
            counted.right.note(after);
        });
    }
    counts
}

impl Neighbours {
    fn note(&mut self, c: Option<char>) {
        match c.filter(|&c| is_letter(c)) {
            Some(c) => self.letters.push(letter::of(c)),
            None => self.edges += 1,
        }
    }

    /// Shannon's entropy in bits; 0 of nothing and of one neighbour alone.
    fn entropy(&self) -> f64 {
        let all = self.letters.len() as f64 + self.edges as f64;
        let mut letters = self.letters.clone();
        letters.sort_unstable();
        let bits = |n: f64| n / all * (all / n).log2();
        let edges = if self.edges == 0 { 0.0 } else { self.edges as f64 * bits(1.0) };
        letters.chunk_by(|a, b| a == b).map(|same| bits(same.len() as f64)).sum::<f64>() + edges
    }
}

/// True if a lexicon has it, or most of it.
fn known(plan: &Plan, phrase: &str) -> bool {
    let rest = &phrase[plan.vocabulary.lead(phrase).unwrap_or(0)..];
    plan.phrases.exactly(rest).is_some()
        || covered(&plan.phrases, phrase) * 2 >= phrase.len()
        || plan.phrases.is_part(phrase)
}

/// Bytes of a phrase in formulations of the lexicons.
fn covered(phrases: &Phrases, phrase: &str) -> usize {
    let mut hits = phrases.hits(phrase);
    hits.sort_by_key(|&(start, end)| (start, std::cmp::Reverse(end)));
    let (mut sum, mut to) = (0, 0);
    for (start, end) in hits {
        sum += end.saturating_sub(start.max(to));
        to = to.max(end);
    }
    sum
}

/// True if it stands nearly always inside a longer candidate: 委书记 in 党委书记.
fn is_part(matcher: &Matcher, counts: &[Counts], i: usize) -> bool {
    let phrase = &matcher.strings()[i];
    let longer = |(j, other): (usize, &String)| {
        j != i
            && other.len() > phrase.len()
            && counts[j].count * 5 >= counts[i].count * 4
            && other.contains(phrase.as_str())
    };
    matcher.strings().iter().enumerate().any(longer)
}

/// For each phrase with its count the least over all splits of log2(n · count / (count of the one part · count of the other)), where n is the
/// letters of the sample.
fn cohesions(phrases: &[(&str, u64)], sample: &[Sampled<'_>]) -> Vec<f64> {
    let mut parts: Vec<String> = Vec::new();
    for (phrase, _) in phrases {
        for (at, _) in phrase.char_indices().skip(1) {
            parts.extend([phrase[..at].to_owned(), phrase[at..].to_owned()]);
        }
    }
    parts.sort_unstable();
    parts.dedup();
    let matcher = Matcher::new(parts);
    let mut counts = vec![0u64; matcher.strings().len()];
    let mut singles = Singles::new(matcher.strings());
    let mut all: u64 = 0;
    for Sampled { text, .. } in sample {
        matcher.scan_letters(&text.text, |i, _| counts[i] += 1, |letter| singles.count(letter));
        all += text.text.chars().count() as u64;
    }
    let count_of = |part: &str| match matcher.strings().binary_search_by(|s| s.as_str().cmp(part)) {
        Ok(i) => singles.of(part).unwrap_or(counts[i]),
        Err(_) => 0,
    };
    let cohesion = |&(phrase, count): &(&str, u64)| {
        let splits = phrase.char_indices().skip(1).map(|(at, _)| {
            let chance = count_of(&phrase[..at]).max(1) as f64 * count_of(&phrase[at..]).max(1) as f64;
            (all as f64 * count as f64 / chance).log2()
        });
        splits.fold(f64::INFINITY, f64::min)
    };
    phrases.iter().map(cohesion).collect()
}

/// How often single letters stand in texts.
struct Singles {
    /// The letters that are counted, in order, and how often each was seen.
    counts: Vec<(Letter, u64)>,
    /// By [`bit`](Self::bit): whether a letter may be counted. Most letters of a text are told by one look.
    may_count: Box<[u64; 1024]>,
}

impl Singles {
    /// Counts those of the strings that are a single letter.
    fn new(strings: &[String]) -> Singles {
        let mut counts: Vec<(Letter, u64)> =
            strings.iter().filter_map(|s| single(s)).map(|letter| (letter, 0)).collect();
        counts.sort_unstable();
        let mut may_count = Box::new([0; 1024]);
        for &(letter, _) in &counts {
            may_count[Self::bit(letter) / 64] |= 1 << (Self::bit(letter) % 64);
        }
        Singles { counts, may_count }
    }

    #[inline(always)]
    fn bit(letter: Letter) -> usize {
        (letter.wrapping_mul(0x9E37_79B1) >> 16) as usize
    }

    #[inline(always)]
    fn count(&mut self, letter: Letter) {
        let bit = Self::bit(letter);
        if self.may_count[bit / 64] >> (bit % 64) & 1 != 0 {
            self.add(letter);
        }
    }

    fn add(&mut self, letter: Letter) {
        if let Ok(i) = self.counts.binary_search_by_key(&letter, |c| c.0) {
            self.counts[i].1 += 1;
        }
    }

    /// How often a single letter was seen; none for longer strings.
    fn of(&self, string: &str) -> Option<u64> {
        let letter = single(string)?;
        self.counts.binary_search_by_key(&letter, |c| c.0).ok().map(|i| self.counts[i].1)
    }
}

/// The letter that is all of a string.
fn single(string: &str) -> Option<Letter> {
    let (letter, length) = letter::first(string.as_bytes())?;
    (length == string.len()).then_some(letter)
}
