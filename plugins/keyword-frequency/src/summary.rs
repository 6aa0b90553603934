//! What is known of any number of pages: whole numbers, by word and cell.

use std::collections::{BTreeMap, BTreeSet};

use banmian_core::Page;
use serde::{Deserialize, Serialize};

use crate::cells::{Counts, Posting, Totals};
use crate::columns::hash;
use crate::finding::Finding;
use crate::joints::write_form;
use crate::plan::Plan;
use crate::vocabulary::Facts;

/// Counts of any number of pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    pub(crate) words: Counts,
    /// What stands beside rare words; occurrences in `pages` of its facts.
    pub(crate) joints: Counts,
    pub(crate) pairs: Counts,
    pub(crate) grams: Counts,
    pub(crate) examples: BTreeMap<String, Examples>,
    /// By number of the node: as words, letter by letter, articles.
    pub(crate) nodes: BTreeMap<u32, (u64, u64, u64)>,
}

/// The three places of least hash.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Examples(BTreeSet<(u64, String)>);

impl Examples {
    const MOST: usize = 3;

    fn add(&mut self, hash: u64, place: String) {
        self.0.insert((hash, place));
        while self.0.len() > Self::MOST {
            self.0.pop_last();
        }
    }

    pub(crate) fn merge(&mut self, other: Examples) {
        other.0.into_iter().for_each(|(hash, place)| self.add(hash, place));
    }

    /// The places, in order of their names.
    pub(crate) fn places(&self) -> Vec<&str> {
        let mut places: Vec<&str> = self.0.iter().map(|(_, place)| place.as_str()).collect();
        places.sort_unstable();
        places
    }
}

impl Summary {
    pub(crate) fn absorb(&mut self, plan: &Plan, page: &Page, findings: &[Finding]) {
        let (mut cell, mut pages, mut gram_cell, mut room) = (0, 1, 0, String::new());
        let plain = Facts { pos: [0; 4], pages: 0, most: 0 };
        if self.words.forms.len() == 0 {
            // The pages of a batch share most of their words.
            self.words.forms.reserve(findings.len() * 6);
        }
        for finding in findings {
            match finding {
                &Finding::Cell { article, tokens, articles } => {
                    cell = self.words.cell(plan.columns.key(page, article));
                    let totals = Totals { tokens: tokens.into(), articles: articles.into(), pages };
                    self.words.add_totals(cell, totals);
                    if plan.writes_ngrams() {
                        gram_cell = self.grams.cell(plan.columns.key(page, article));
                        self.grams.add_totals(gram_cell, totals);
                    }
                    pages = 0;
                }
                &Finding::Word { first, pos, count, articles, most, again, foldable } => {
                    let facts = Facts { pos, pages: u32::from(!again), most };
                    let folded = foldable.then(|| plan.folding.form(page.slice(first))).flatten();
                    let form = match folded {
                        None => self.words.forms.add(&page.text, first.bytes(), facts),
                        Some(folded) => self.words.forms.add(&folded, 0..folded.len(), facts),
                    };
                    self.words.post(cell, Posting { form, count, articles });
                }
                Finding::Pair { form, count, example } => {
                    if let Some(sentence) = *example {
                        let place =
                            format!("{}:{}", page.id, page.source.char_index(&page.text, sentence.start as usize));
                        let hash = hash(page.slice(sentence)) ^ hash(&place);
                        self.examples.entry(form.clone()).or_default().add(hash, place);
                    }
                    let number = self.pairs.forms.add(form, 0..form.len(), plain);
                    let all = self.pairs.cell(Box::default());
                    self.pairs.post(all, Posting { form: number, count: *count, articles: 0 });
                }
                &Finding::Joint { longer, cut, joint, count, ref both } => {
                    write_form(page.slice(longer), cut, joint, &mut room);
                    let (most, both) = both.as_deref().map_or((0, &[][..]), |both| (both.most, &both.articles));
                    let seen = Facts { pos: [0; 4], pages: count, most };
                    let form = self.joints.forms.add(&room, 0..room.len(), seen);
                    for (article, in_front) in both.iter().zip([1].into_iter().chain(std::iter::repeat(0))) {
                        let own = article.filter(|_| plan.columns.by_article());
                        let cell = self.joints.cell(plan.columns.key(page, own));
                        let articles = u32::from(article.is_some());
                        self.joints.post(cell, Posting { form, count: in_front, articles });
                    }
                }
                Finding::Gram { form, count, articles } => {
                    let number = self.grams.forms.add(form, 0..form.len(), plain);
                    self.grams.post(gram_cell, Posting { form: number, count: *count, articles: *articles });
                }
                &Finding::Node { node, words, places, articles } => {
                    let known = self.nodes.entry(node).or_default();
                    known.0 += u64::from(words);
                    known.1 += u64::from(places);
                    known.2 += u64::from(articles);
                }
                Finding::Keyword { .. } => {}
            }
        }
    }
}

impl banmian_core::Summary for Summary {
    fn merge(&mut self, other: Self) {
        self.words.merge(other.words);
        self.joints.merge(other.joints);
        self.pairs.merge(other.pairs);
        self.grams.merge(other.grams);
        for (form, examples) in other.examples {
            self.examples.entry(form).or_default().merge(examples);
        }
        for (node, counts) in other.nodes {
            let known = self.nodes.entry(node).or_default();
            *known = (known.0 + counts.0, known.1 + counts.1, known.2 + counts.2);
        }
    }
}
