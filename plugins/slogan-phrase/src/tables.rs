//! The tables, and how findings and summary become rows.

use std::borrow::Cow;

use banmian_core::{Page, Part, TableSink, sentence_key, table};

use crate::finding::{Finding, Kind};
use crate::letter::{self, is_joint};
use crate::lexicon::Entry;
use crate::settings::Plan;
use crate::summary;

table! {
    /// Every formulation or slogan on the pages, one row each time it stands there.
    pub struct Mention as "mentions" at place {
        /// The phrase as printed, without quotation marks around it.
        phrase: String,
        /// The form under which it is counted: the lexicon's, or the printed one without quotation marks and spaces.
        canonical: String,
        /// How it was recognised: `fixed`, `numbered`, `quoted`, `couplet` or `series`.
        kind: &'static str,
        /// Class of its lexicon entry: `formulation`, `slogan`, `core` or `numbered`; empty for what only a rule found.
        class: &'static str,
        /// The formulation it belongs to, as its lexicon says; empty if none.
        family: String,
        /// Its field, as its lexicon says: `economy`, `party` …; empty if none.
        theme: String,
        /// Where on the page: `kicker`, `main`, `deck`, `section-heading`, `body`, `caption` or `unattached`.
        part: &'static str,
        /// Who says it: the subject of the verb of saying that governs the sentence, as printed; empty if none.
        speaker: String,
    }
}

table! {
    /// Each phrase and how it circulates, the most frequent first.
    pub struct Phrase as "phrases" {
        /// The form under which it is counted.
        canonical: String,
        /// How it was recognised: `fixed`, `numbered`, `quoted`, `couplet` or `series`.
        kind: &'static str,
        /// The formulation it belongs to; empty if none.
        family: String,
        /// Its field; empty if none.
        theme: String,
        /// Mentions.
        count: u64,
        /// Articles with a mention.
        articles: u64,
        /// Pages with a mention.
        pages: u64,
        /// Mentions in kicker, main headline or deck.
        headline_count: u64,
        /// Mentions elsewhere: section headings, body, captions, unattached text.
        body_count: u64,
        /// Earliest date of a page with a mention, as YYYY-MM-DD; empty if no such page is dated.
        first_date: String,
        /// Latest date.
        last_date: String,
        /// Different sentences it stands in: the count without reprints.
        sentences: u64,
    }
}

/// The form under which a finding is counted.
fn canonical<'p>(plan: &'p Plan, page: &Page, finding: &Finding) -> Cow<'p, str> {
    if let Some(entry) = entry(plan, finding.entry) {
        return plan.phrases.canonical(entry).into();
    }
    // One form for all printed separators: 谋良策，鼓实劲 and 谋良策、鼓实劲.
    let separator = if finding.kind == Kind::Couplet { ' ' } else { '、' };
    let printed = page.slice(finding.range);
    let mut canonical = String::with_capacity(printed.len());
    let mut parted = false;
    for c in printed.chars() {
        if matches!(c, '、' | '，' | '；' | ' ' | '　') {
            parted = true;
        } else if !is_joint(letter::of(c)) {
            if parted && !canonical.is_empty() {
                canonical.push(separator);
            }
            parted = false;
            canonical.push(c);
        }
    }
    canonical.into()
}

fn entry(plan: &Plan, index: Option<u32>) -> Option<&Entry> {
    index.and_then(|i| plan.phrases.entries.get(i as usize))
}

fn part(page: &Page, finding: &Finding) -> Part {
    page.piece_at(finding.range.start).map_or(Part::Unattached, |i| page.pieces[i].part)
}

/// Counts the findings of one page.
pub(crate) fn absorb(plan: &Plan, page: &Page, findings: &[Finding], into: &mut summary::Phrases) {
    into.pages += 1;
    into.articles += page.articles.len() as u64;
    // One look into the summary for each phrase of the page, however often it stands there.
    let mut mentions: Vec<_> = findings.iter().map(|f| (canonical(plan, page, f), f.kind, f)).collect();
    mentions.sort_by(|a, b| (&a.0, a.1).cmp(&(&b.0, b.1)));
    let mut articles = Vec::new();
    for same in mentions.chunk_by(|a, b| (&a.0, a.1) == (&b.0, b.1)) {
        let (canonical, kind, _) = &same[0];
        let known = into.phrases.entry((canonical.as_ref().to_owned(), *kind)).or_default();
        articles.clear();
        for (_, _, finding) in same {
            known.entry = [known.entry, finding.entry].into_iter().flatten().min();
            known.count += 1;
            if part(page, finding).is_headline() {
                known.headline += 1;
            } else {
                known.body += 1;
            }
            if let Some(i) = page.sentence_at(finding.range.start) {
                known.sentences.insert(sentence_key(page.slice(page.sentences[i].range)));
            }
            let article = page.piece_at(finding.range.start).and_then(|i| page.pieces[i].article);
            if let Some(article) = article
                && !articles.contains(&article)
            {
                articles.push(article);
                known.articles += 1;
            }
        }
        known.pages += 1;
        known.seen_on(&page.issue.date);
    }
}

/// Writes the row of one finding.
pub(crate) fn evidence(plan: &Plan, page: &Page, finding: &Finding, out: &mut TableSink<'_>) {
    let entry = entry(plan, finding.entry);
    out.row(Mention {
        phrase: page.slice(finding.range).to_owned(),
        canonical: canonical(plan, page, finding).into_owned(),
        kind: finding.kind.name(),
        class: entry.map_or("", |e| e.class.name()),
        family: entry.map_or_else(String::new, |e| plan.phrases.family(e).to_owned()),
        theme: entry.map_or_else(String::new, |e| e.theme.to_owned()),
        part: part(page, finding).name(),
        speaker: finding.speaker.map_or_else(String::new, |s| page.slice(s).to_owned()),
        place: page.place(finding.range),
    });
}

/// Writes the corpus tables.
pub(crate) fn tables(plan: &Plan, summary: &summary::Phrases, out: &mut TableSink<'_>) {
    // The report shows the head of the table.
    let mut phrases: Vec<_> = summary.phrases.iter().collect();
    phrases.sort_by_key(|(_, known)| std::cmp::Reverse(known.count));
    for ((canonical, kind), known) in phrases {
        let entry = entry(plan, known.entry);
        out.row(Phrase {
            canonical: canonical.clone(),
            kind: kind.name(),
            family: entry.map_or_else(String::new, |e| plan.phrases.family(e).to_owned()),
            theme: entry.map_or_else(String::new, |e| e.theme.to_owned()),
            count: known.count,
            articles: known.articles,
            pages: known.pages,
            headline_count: known.headline,
            body_count: known.body,
            first_date: known.first_date.clone().unwrap_or_default(),
            last_date: known.last_date.clone().unwrap_or_default(),
            sentences: known.sentences.len() as u64,
        });
    }
}
