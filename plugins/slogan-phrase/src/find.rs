//! The method, step by step: lexicon pass, register of each article, rules by kind, overlaps, speakers.

use banmian_core::{Page, TextRange, Words};

use crate::finding::{Finding, PhraseFinding, PlainFinding};
use crate::found::Found;
use crate::pass;
use crate::series::Thresholds;
use crate::settings::Plan;
use crate::speaker::Speakers;
use crate::text::{HAN, View};
use crate::{anaphora, couplet, fixed, frames, members, numbered, overlap, quoted, series};

/// How much a formulation counts for the register, in formulaic words.
const FORMULATION_WEIGHT: u32 = 3;

/// Least sum of weights: two formulaic words in a short item prove nothing.
const LEAST_WEIGHT: u32 = 5;

/// Finds everything on a page, in page order.
pub(crate) fn find(plan: &Plan, page: &Page, words: &Words, out: &mut Vec<Finding>) {
    let folded = plan.folding.simplify(&page.text);
    let text = folded.as_deref().unwrap_or(&page.text);
    let mut passed = pass::pass(page, text, &plan.phrases);
    let view = View::new(page, text, words, &plan.vocabulary, std::mem::take(&mut passed.segments));
    let mut scan = std::mem::take(&mut passed.scan);

    let mut found: Vec<Found> = Vec::new();
    let mut plain: Vec<Found> = Vec::new();
    fixed::find(&view, &plan.phrases, &mut scan.hits, &passed.titles, &mut found, &mut plain);
    let dense = dense_pieces(page, &found, &scan.register, plan.register);

    numbered::find(&view, &scan.numbers, &dense, &mut found);
    quoted::find(&view, &passed.quotations, &plan.phrases, &dense, &mut found);
    couplet::find(&view, &passed, &dense, &mut found);
    let thresholds = Thresholds { series: plan.series_score, pair: plan.pair_score };
    series::find(&view, &passed, &plan.phrases, &dense, thresholds, &mut found);
    anaphora::find(&view, &passed.runs, &dense, &mut found);
    overlap::settle(view.text, &mut found);
    overlap::outside(&found, &mut plain);

    let mut speakers = Speakers::default();
    let reported = found.into_iter().filter(|f| plan.kinds.contains(&f.kind));
    let first = out.len();
    out.extend(reported.map(|f| {
        Finding::Phrase(PhraseFinding {
            range: TextRange::new(f.start, f.end),
            kind: f.kind,
            entry: f.entry,
            speaker: speakers.of(&view, f.start),
            members: members::of(view.text, &f),
        })
    }));
    out.extend(
        plain.iter().filter_map(|f| {
            Some(Finding::Plain(PlainFinding { range: TextRange::new(f.start, f.end), entry: f.entry? }))
        }),
    );
    frames::find(&view, &dense, out);
    out[first..].sort_by_key(|f| f.range().start);
}

/// For each piece, whether its article is written in the official register, by its formulations and by
/// words of the register in each piece. Text without article is judged piece by piece.
fn dense_pieces(page: &Page, found: &[Found], register: &[u32], least: u32) -> Vec<bool> {
    let n = page.articles.len();
    let group = |piece: usize| page.pieces[piece].article.map_or(n + piece, |a| a as usize);
    let mut weight = vec![0u32; n + page.pieces.len()];
    let mut length = vec![0usize; n + page.pieces.len()];
    for (i, piece) in page.pieces.iter().enumerate() {
        length[group(i)] += piece.range.len() / HAN;
        weight[group(i)] += register[i];
    }
    for formulation in found {
        let at = u32::try_from(formulation.start).expect("pages are smaller than 4 GiB");
        if let Some(piece) = page.piece_at(at) {
            weight[group(piece)] += FORMULATION_WEIGHT;
        }
    }
    let official = |g: usize| weight[g] >= LEAST_WEIGHT && weight[g] as usize * 1000 >= least as usize * length[g];
    (0..page.pieces.len()).map(|i| official(group(i))).collect()
}
