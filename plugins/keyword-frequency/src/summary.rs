//! What is known of any number of pages: whole numbers, by word and cell.

use banmian_core::Page;
use serde::{Deserialize, Serialize};

use crate::cells::{Counts, Posting, Totals};
use crate::finding::Finding;
use crate::plan::Plan;
use crate::vocabulary::Facts;

/// Counts of any number of pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub(crate) words: Counts,
}

impl Summary {
    pub(crate) fn absorb(&mut self, plan: &Plan, page: &Page, findings: &[Finding]) {
        let (mut cell, mut pages) = (0, 1);
        for finding in findings {
            match *finding {
                Finding::Cell { article, tokens, articles } => {
                    cell = self.words.cell(plan.columns.key(page, article));
                    let totals = Totals { tokens: tokens.into(), articles: articles.into(), pages };
                    self.words.add_totals(cell, totals);
                    pages = 0;
                }
                Finding::Word { first, pos, count, articles, most, again } => {
                    let facts = Facts { pos, pages: u32::from(!again), most };
                    let form = match plan.folding.form(page.slice(first)) {
                        None => self.words.forms.add(&page.text, first.bytes(), facts),
                        Some(folded) => self.words.forms.add(&folded, 0..folded.len(), facts),
                    };
                    self.words.post(cell, Posting { form, count, articles });
                }
            }
        }
    }
}

impl banmian_core::Summary for Summary {
    fn merge(&mut self, other: Self) {
        self.words.merge(other.words);
    }
}
