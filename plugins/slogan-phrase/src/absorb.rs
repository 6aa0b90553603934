//! What a page adds to the summary.

use banmian_core::{Page, TextRange};

use crate::finding::{Finding, Kind, PhraseFinding, PlainFinding};
use crate::found_file::Memo;
use crate::keys;
use crate::settings::Plan;
use crate::summary::{ArticleRecord, MentionRecord, PageRecord, PhraseRecord, Phrases};
use crate::tables::canonical;

/// Adds one page.
pub(crate) fn absorb(plan: &Plan, page: &Page, findings: &[Finding], into: &mut Phrases) {
    let sentences: Vec<u64> = page.sentences.iter().map(|s| keys::sentence(page.slice(s.range))).collect();
    let mut articles = articles(page, &sentences);
    let mut mentions = Vec::with_capacity(findings.len());
    let mut covered_to = 0;
    let mut outer: Option<(TextRange, u64)> = None;
    for finding in findings {
        let (range, phrase, is_mention) = match finding {
            Finding::Phrase(found) => (found.range, phrase(plan, page, found, into), true),
            Finding::Plain(word) => (word.range, plain_word(plan, word, into), false),
            Finding::Frame(_) => continue,
        };
        let at = page.sentence_at(range.start);
        let piece = page.piece_at(range.start).map(|i| page.pieces[i]);
        mentions.push(MentionRecord {
            phrase,
            sentence: at.map_or(u32::MAX, number),
            headline: piece.is_some_and(|p| p.part.is_headline()),
        });
        if let Some(article) = piece.and_then(|p| p.article).and_then(|i| articles.get_mut(i as usize)) {
            article.mentions += u32::from(is_mention);
            let start = range.start.max(covered_to).min(range.end);
            article.covered += keys::letters(keys::sentence(page.slice(TextRange { start, end: range.end })));
        }
        covered_to = covered_to.max(range.end);
        match outer {
            Some((longer, key)) if longer.contains(range) => *into.nested.entry((phrase, key)).or_default() += 1,
            _ => outer = Some((range, phrase)),
        }
    }
    let issue = &page.issue;
    let paper = keys::text(&issue.paper);
    into.papers.entry(paper).or_insert_with(|| issue.paper.clone());
    let date = date(&issue.date);
    let mut start = 0;
    for (article, record) in page.articles.iter().zip(&articles) {
        let end = record.sentences_end as usize;
        into.sample.offer(page, article, &sentences[start..end], date);
        start = end;
    }
    into.discovered = Memo::default();
    let record = PageRecord { paper, date, sentences, articles, mentions };
    into.pages.insert(page.id.clone(), record);
}

/// The articles of a page, without their mentions.
fn articles(page: &Page, sentences: &[u64]) -> Vec<ArticleRecord> {
    let mut articles: Vec<ArticleRecord> = Vec::with_capacity(page.articles.len());
    let mut at = 0;
    for article in &page.articles {
        let mut letters = 0;
        while page.sentences.get(at).is_some_and(|s| s.piece < article.pieces.end) {
            letters += keys::letters(sentences[at]);
            at += 1;
        }
        let place = article.dateline.map_or(0, |dateline| keys::text(place(page.slice(dateline))));
        articles.push(ArticleRecord { place, sentences_end: number(at), letters, covered: 0, mentions: 0 });
    }
    articles
}

/// The place of a dateline: 临江 of 本报临江讯, 北京 of 新华社北京3月5日电.
fn place(dateline: &str) -> &str {
    let begun =
        ["本报", "本刊", "新华社", "中新社", "据"].iter().find_map(|p| dateline.strip_prefix(p)).unwrap_or(dateline);
    let end = begun.find(|c: char| c.is_ascii_digit() || matches!(c, '讯' | '电' | '０'..='９')).unwrap_or(begun.len());
    begun[..end].trim()
}

/// The key of the phrase of a finding, noted with its text.
fn phrase(plan: &Plan, page: &Page, found: &PhraseFinding, into: &mut Phrases) -> u64 {
    let canonical = canonical(plan, page, found);
    let key = keys::text(&canonical) ^ found.kind as u64;
    let record = || PhraseRecord { canonical: canonical.into_owned(), kind: found.kind, entry: found.entry };
    into.note(key, found.entry, record);
    key
}

/// The key of a plain policy word, noted with its text.
fn plain_word(plan: &Plan, word: &PlainFinding, into: &mut Phrases) -> u64 {
    let canonical = plan.phrases.canonical(&plan.phrases.entries[word.entry as usize]);
    let key = keys::text(canonical) ^ Kind::Fixed as u64;
    let record = || PhraseRecord { canonical: canonical.to_owned(), kind: Kind::Fixed, entry: Some(word.entry) };
    into.note(key, Some(word.entry), record);
    key
}

/// A date of the calendar as YYYYMMDD; 0 for none.
fn date(date: &str) -> u32 {
    date.bytes().filter(u8::is_ascii_digit).fold(0, |n, digit| n * 10 + u32::from(digit - b'0'))
}

fn number(n: usize) -> u32 {
    u32::try_from(n).expect("pages are smaller than 4 GiB")
}
