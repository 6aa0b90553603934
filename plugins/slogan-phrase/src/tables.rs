//! The tables, and how findings and summary become rows.

use std::borrow::Cow;

use banmian_core::{Page, Part, TableSink, TextRange, table};

use crate::corpus::Corpus;
use crate::finding::{Finding, FrameFinding, Kind, PhraseFinding};
use crate::letter::{self, is_joint};
use crate::lexicon::{Class, Entry};
use crate::settings::Plan;
use crate::summary::{PhraseRecord, Phrases};
use crate::{circulation, density, diffusion, families, found_file, reprints, timeline};

table! {
    /// Every formulation or slogan on the pages, one row each time it stands there.
    pub struct Mention as "mentions" at place {
        /// The phrase as printed, without quotation marks around it.
        phrase: &'p str,
        /// The form under which it is counted: the lexicon's, or the printed one without quotation marks and spaces.
        canonical: Cow<'p, str>,
        /// How it was recognised: `fixed`, `numbered`, `quoted`, `couplet` or `series`.
        kind: &'static str,
        /// Class of its lexicon entry: `formulation`, `slogan`, `core` or `numbered`; empty for what only a rule found.
        class: &'static str,
        /// The formulation it belongs to, as its lexicon says; empty if none.
        family: &'p str,
        /// Its field, as its lexicon says: `economy`, `party` …; empty if none.
        theme: &'static str,
        /// Where on the page: `kicker`, `main`, `deck`, `section-heading`, `body`, `caption` or `unattached`.
        part: &'static str,
        /// Who says it: the subject of the verb of saying that governs the sentence, as printed; empty if none.
        speaker: &'p str,
        /// For a numbered formulation what it counts, joined by 、, where the text lists as many as it says; else empty.
        members: Cow<'p, str>,
    }
}

table! {
    /// Every frame of the grammar of instruction, with what fills it. Frames are no mentions.
    pub struct FrameRow as "frames" at place {
        /// The frame: `要……` (before a verb at the head of a clause, in the official register), `以……为……`, `把……作为……`,
        /// `在……上……` (下功夫, 见实效 and the like), `以……促……`.
        frame: &'static str,
        /// What fills the first gap, as printed.
        first: &'p str,
        /// What fills the second gap; empty if there is one gap only.
        second: &'p str,
    }
}

/// The form under which a finding is counted.
pub(crate) fn canonical<'p>(plan: &'p Plan, page: &Page, finding: &PhraseFinding) -> Cow<'p, str> {
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

pub(crate) fn entry(plan: &Plan, index: Option<u32>) -> Option<&Entry> {
    index.and_then(|i| plan.phrases.entries.get(i as usize))
}

/// True for a policy word of class `plain`, which is a form of its family and no mention.
pub(crate) fn is_plain(plan: &Plan, phrase: &PhraseRecord) -> bool {
    entry(plan, phrase.entry).is_some_and(|e| e.class == Class::Plain)
}

/// Writes the row of one finding.
pub(crate) fn evidence(plan: &Plan, page: &Page, finding: &Finding, out: &mut TableSink<'_>) {
    match finding {
        Finding::Phrase(phrase) => mention(plan, page, phrase, out),
        Finding::Frame(frame) => frame_row(page, frame, out),
        Finding::Plain(_) => {}
    }
}

fn mention(plan: &Plan, page: &Page, finding: &PhraseFinding, out: &mut TableSink<'_>) {
    let entry = entry(plan, finding.entry);
    let part = page.piece_at(finding.range.start).map_or(Part::Unattached, |i| page.pieces[i].part);
    out.row(Mention {
        phrase: page.slice(finding.range),
        canonical: canonical(plan, page, finding),
        kind: finding.kind.name(),
        class: entry.map_or("", |e| e.class.name()),
        family: entry.map_or("", |e| plan.phrases.family(e)),
        theme: entry.map_or("", |e| e.theme),
        part: part.name(),
        speaker: finding.speaker.map_or("", |s| page.slice(s)),
        members: finding.members.map_or(Cow::Borrowed(""), |m| page.slice(m).replace(['，', '；'], "、").into()),
        place: page.place(finding.range),
    });
}

fn frame_row(page: &Page, finding: &FrameFinding, out: &mut TableSink<'_>) {
    let slot = |range: Option<TextRange>| range.map_or("", |range| page.slice(range));
    out.row(FrameRow {
        frame: finding.frame.name(),
        first: page.slice(finding.first),
        second: slot(finding.second),
        place: page.place(finding.range),
    });
}

/// Writes the corpus tables.
pub(crate) fn tables(plan: &Plan, summary: &Phrases, out: &mut TableSink<'_>) {
    let mut corpus = Corpus::new(summary);
    let pairs = reprints::find(&mut corpus);
    let forms = circulation::sorted(&corpus);
    let phrases = circulation::mentioned(plan, &forms);
    circulation::write(plan, &corpus, &phrases, out);
    families::write(plan, &corpus, &forms, out);
    let mut frequent = phrases.clone();
    frequent.retain(|(_, uses)| corpus.originals_of(uses).count() as u64 >= plan.least_articles);
    timeline::write(plan, &corpus, &frequent, out);
    diffusion::write(plan, &corpus, &frequent, out);
    found_file::write(plan, &corpus, out);
    density::write(&corpus, out);
    reprints::write(&corpus, &pairs, out);
}
