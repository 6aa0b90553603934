//! The list of words in the forms of other programs.

use std::cmp::Reverse;

use banmian_core::DocumentSink;

use crate::fuller::Fuller;
use crate::plan::Plan;
use crate::settings::Export;
use crate::summary::Summary;

/// Writes the files that the settings ask for.
pub(crate) fn write(plan: &Plan, summary: &Summary, out: &mut DocumentSink<'_>) {
    if plan.exports.is_empty() {
        return;
    }
    let counts = &Fuller::new(plan, summary);
    let totals = counts.totals_of_words();
    let mut words: Vec<(&str, u64, u64)> = (0..totals.len() as u32)
        .map(|form| (counts.get(form).0, totals[form as usize].count, totals[form as usize].articles))
        .filter(|w| w.1 >= plan.min_count.max(1))
        .collect();
    words.sort_unstable_by_key(|&(word, count, _)| (Reverse(count), word));
    let tokens: u64 = counts.counts.cells().iter().map(|c| c.totals.tokens).sum();
    for export in &plan.exports {
        match export {
            Export::Antconc => {
                let name = "antconc_words.txt";
                out.append(name, &format!("#Word Types: {}\n#Word Tokens: {tokens}\n#Search Hits: 0\n", words.len()));
                for ((word, count, _), rank) in words.iter().zip(1..) {
                    out.append(name, &format!("{rank}\t{count}\t{word}\n"));
                }
            }
            Export::SketchEngine => {
                let name = "sketch_engine_words.tsv";
                out.append(name, "Item\tFrequency\tDOCF\n");
                for (word, count, articles) in &words {
                    out.append(name, &format!("{word}\t{count}\t{articles}\n"));
                }
            }
        }
    }
}
