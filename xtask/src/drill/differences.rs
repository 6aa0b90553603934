//! What differs between truth and answer of a page, for whoever wants to mend it.

use std::fmt::Write as _;
use std::ops::Range;

use super::align::Piece;
use super::comparison::{Comparison, Slots, best_reading};
use super::fold;
use super::measures::{Bag, names, same_dateline};
use super::truth::{Article, PageTruth};

/// Lines for each article of the truth that the answer does not have as it is, and for each article
/// of the answer that none of the truth is compared with.
pub(super) fn differences(truth: &PageTruth, answer: &[Article]) -> Vec<String> {
    let c = Comparison::new(truth, answer);
    let matches = c.overlaps.one_to_one();
    let mut lines = Vec::new();
    for (t, (article, partner)) in c.pairs().enumerate() {
        let mut found = Vec::new();
        headline(article, partner, &mut found);
        byline(article, partner, &mut found);
        dateline(article, partner, &mut found);
        paragraphs(&c, t, &mut found);
        headings(article, partner, &mut found);
        foreign(&c, t, &mut found);
        if found.is_empty() {
            continue;
        }
        let mut title = format!("{}. {}", t + 1, name_of(article));
        match c.partners[t] {
            Some(a) => {
                let rival = if matches[t].is_some_and(|(m, _)| m == a) { "" } else { ", matched with another" };
                let alike = c.overlaps.jaccard(t, a);
                let _ = write!(title, " — ours {}, {alike:.2} alike{rival}", a + 1);
            }
            None => title.push_str(" — ours: none"),
        }
        lines.push(title);
        lines.extend(found.into_iter().map(|line| format!("   {line}")));
        if !article.note.is_empty() {
            lines.push(format!("   (note: {})", article.note));
        }
    }
    for (a, article) in answer.iter().enumerate().filter(|(a, _)| !c.partners.contains(&Some(*a))) {
        lines.push(format!("ours {}. {} — truth: none", a + 1, name_of(article)));
    }
    lines
}

/// Its main headline, or the beginning of its body.
fn name_of(article: &Article) -> String {
    match (article.headline.main.as_str(), article.paragraphs.first()) {
        ("", Some(first)) => format!("[{}]", abridged(&first.text)),
        (main, _) => main.to_owned(),
    }
}

fn headline(article: &Article, partner: Option<&Article>, found: &mut Vec<String>) {
    let answer = partner.map_or_else(Slots::default, |a| Slots::of(&a.headline));
    let truth = best_reading(article, &answer);
    for (i, slot) in ["kicker", "main", "deck"].into_iter().enumerate() {
        if truth.0[i] != answer.0[i] {
            found.push(wanted(slot, &truth.0[i], &answer.0[i]));
        }
    }
}

fn wanted(what: &str, truth: &str, answer: &str) -> String {
    let or_none = |text: &str| if text.is_empty() { "none".to_owned() } else { text.to_owned() };
    format!("{what}: {} — ours: {}", or_none(truth), or_none(answer))
}

fn byline(article: &Article, partner: Option<&Article>, found: &mut Vec<String>) {
    let (truth, answer) = (names(Some(article)), names(partner));
    for byline in article.byline.iter().filter(|b| !answer.contains(&fold::name(&b.name))) {
        found.push(format!("byline: {} {} — missing", byline.role, byline.name));
    }
    for byline in partner.into_iter().flat_map(|a| &a.byline).filter(|b| !truth.contains(&fold::name(&b.name))) {
        found.push(format!("byline: {} {} — ours alone", byline.role, byline.name));
    }
}

fn dateline(article: &Article, partner: Option<&Article>, found: &mut Vec<String>) {
    let answer = partner.map_or("", |a| a.dateline.as_str());
    let wrong = match article.dateline.as_str() {
        "" => !answer.is_empty(),
        _ => partner.is_none_or(|a| !same_dateline(article, a)),
    };
    if wrong {
        found.push(wanted("dateline", &article.dateline, answer));
    }
}

/// Paragraphs of an article of the truth that the answer does not have letter for letter.
fn paragraphs(c: &Comparison<'_>, t: usize, found: &mut Vec<String>) {
    let printed = |piece: &Piece| c.answer_strip.chars[piece.range.clone()].iter().collect::<String>();
    let mut whole = Bag::of(c.answer_strip.pieces.iter().map(printed));
    for piece in c.truth_strip.pieces.iter().filter(|p| p.article == Some(t)) {
        let text = &c.truth.articles[t].paragraphs[piece.paragraph].text;
        if whole.take(&fold::closed(text)) {
            continue;
        }
        let faults = faults(c, t, piece);
        let faults = if faults.is_empty() { "differs".to_owned() } else { faults.join("; ") };
        found.push(format!("paragraph {} [{}]: {faults}", piece.paragraph + 1, abridged(text)));
    }
}

/// What is wrong with a paragraph of the truth.
fn faults(c: &Comparison<'_>, t: usize, piece: &Piece) -> Vec<String> {
    let mut faults = Vec::new();
    // Characters of the answer whose twins are in it, in the order of the answer.
    let ours: Vec<usize> =
        (0..c.twins.len()).filter(|&at| c.twins[at].is_some_and(|twin| piece.range.contains(&twin))).collect();
    let lost = piece.range.len() - ours.len();
    if lost == piece.range.len() {
        return vec!["not in any article of ours".to_owned()];
    }
    if lost > 0 {
        faults.push(format!("{lost} of {} characters are missing", piece.range.len()));
    }
    let elsewhere: Vec<usize> =
        ours.iter().copied().filter(|&at| c.answer_strip.article(at) != c.partners[t]).collect();
    if let Some(a) = elsewhere.first().and_then(|&at| c.answer_strip.article(at)) {
        faults.push(format!("{} characters are in ours {}", elsewhere.len(), a + 1));
    }
    let twin = |at: usize| c.twins.get(at).copied().flatten();
    let (first, last) = (ours[0], ours[ours.len() - 1]);
    if first > c.answer_strip.piece(first).range.start && twin(first) == Some(piece.range.start) {
        let before = piece.inner && twin(first - 1) == piece.range.start.checked_sub(1);
        faults.push(if before {
            "joined to the one before".to_owned()
        } else {
            format!("joined to what stands before: …{}", tail(c, first))
        });
    }
    for gap in ours.windows(2).filter(|gap| gap[1] > gap[0] + 1 || !same_piece(c, gap[0], gap[1])) {
        faults.push(match same_piece(c, gap[0], gap[1]) {
            true => format!("other text inside: {}", abridged(&text_of(c, gap[0] + 1..gap[1]))),
            false => format!("broken before: {}…", head(c, c.answer_strip.piece(gap[1]).range.start)),
        });
    }
    if last + 1 < c.answer_strip.piece(last).range.end && twin(last) == Some(piece.range.end - 1) {
        let next = twin(last + 1).filter(|&next| next == piece.range.end && c.truth_strip.piece(next).inner);
        faults.push(if next.is_some() {
            "joined to the next".to_owned()
        } else {
            format!("joined to what follows: {}…", head(c, last + 1))
        });
    }
    faults
}

/// True if two characters of the answer are in one paragraph of it.
fn same_piece(c: &Comparison<'_>, x: usize, y: usize) -> bool {
    c.answer_strip.piece(x).range == c.answer_strip.piece(y).range
}

fn text_of(c: &Comparison<'_>, range: Range<usize>) -> String {
    c.answer_strip.chars[range].iter().collect()
}

/// A few characters of the answer from a place on.
fn head(c: &Comparison<'_>, at: usize) -> String {
    text_of(c, at..c.answer_strip.piece(at).range.end.min(at + 10))
}

/// A few characters of the answer before a place.
fn tail(c: &Comparison<'_>, at: usize) -> String {
    text_of(c, c.answer_strip.piece(at).range.start.max(at.saturating_sub(10))..at)
}

/// Section headings that one has and the other has not.
fn headings(article: &Article, partner: Option<&Article>, found: &mut Vec<String>) {
    let of = |article: Option<&Article>| -> Vec<String> {
        let headings = article.into_iter().flat_map(|a| &a.paragraphs).filter(|p| p.heading);
        headings.map(|p| fold::headline(&p.text)).collect()
    };
    let (truth, answer) = (of(Some(article)), of(partner));
    let without = |some: &[String], others: &[String]| -> Vec<String> {
        let mut others = Bag::of(others.iter().cloned());
        some.iter().filter(|h| !others.take(h)).cloned().collect()
    };
    found.extend(without(&truth, &answer).into_iter().map(|h| format!("section heading: {h} — missing")));
    found.extend(without(&answer, &truth).into_iter().map(|h| format!("section heading: {h} — ours alone")));
}

/// Text of the partner that is neither in this article of the truth nor neutral.
fn foreign(c: &Comparison<'_>, t: usize, found: &mut Vec<String>) {
    let Some(a) = c.partners[t] else { return };
    for piece in c.answer_strip.pieces.iter().filter(|p| p.article == Some(a)) {
        // 0: of this article, or neutral; 1: of no article; from 2 on: of another.
        let owner = |at: usize| match c.twins[at].map(|twin| c.truth_strip.article(twin)) {
            Some(None) => 0,
            Some(Some(other)) if other == t => 0,
            Some(Some(other)) => other + 2,
            None => 1,
        };
        let places: Vec<usize> = piece.range.clone().collect();
        for run in places.chunk_by(|&x, &y| owner(x) == owner(y)).filter(|run| owner(run[0]) > 0) {
            let text = text_of(c, run[0]..run[0] + run.len());
            let of = match owner(run[0]) {
                1 => "of no article of the truth".to_owned(),
                other => format!("of article {}", other - 1),
            };
            found.push(format!("text {of}, {} characters: {}", run.len(), abridged(&text)));
        }
    }
}

/// A text, or its beginning and its end.
fn abridged(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    if chars.len() <= 28 {
        return text.to_owned();
    }
    let part = |chars: &[char]| chars.iter().collect::<String>();
    format!("{}…{}", part(&chars[..18]), part(&chars[chars.len() - 8..]))
}
