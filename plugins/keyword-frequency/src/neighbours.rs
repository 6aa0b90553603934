//! Words that stand near each other: pairs of node and collocate, and n-grams. Off by default.

use std::collections::BTreeMap;

use banmian_core::{Page, TextRange, Words};

use crate::find::is_word;
use crate::finding::Finding;
use crate::plan::Plan;

/// What a page says of pairs and n-grams, by form.
#[derive(Default)]
pub(crate) struct Neighbours {
    pairs: BTreeMap<String, (u32, Option<TextRange>)>,
    grams: BTreeMap<String, Gram>,
}

#[derive(Default)]
struct Gram {
    count: u32,
    articles: u32,
    last_article: Option<u32>,
}

/// A word of a sentence.
struct Own {
    form: String,
    range: TextRange,
    counted: bool,
    node: bool,
    /// True if a mark stands between it and the word before.
    apart: bool,
}

impl Neighbours {
    /// Reads one sentence.
    pub(crate) fn read(&mut self, plan: &Plan, page: &Page, words: &Words, sentence: usize, article: Option<u32>) {
        let own = sentence_words(plan, page, words, sentence);
        if plan.collocations {
            self.pairs(plan, &own, page.sentences[sentence].range);
        }
        for &n in &plan.ngrams {
            for window in own.windows(n).filter(|w| w[1..].iter().all(|word| !word.apart)) {
                let form = window.iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ");
                self.gram(form, article);
            }
        }
        for &n in &plan.character_ngrams {
            let text = page.slice(page.sentences[sentence].range);
            for run in text.split(|c: char| !c.is_alphanumeric()) {
                let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).chain([run.len()]).collect();
                for window in starts.windows(n + 1) {
                    self.gram(run[window[0]..window[n]].to_owned(), article);
                }
            }
        }
    }

    fn gram(&mut self, form: String, article: Option<u32>) {
        let gram = self.grams.entry(form).or_default();
        gram.count += 1;
        if article.is_some() && gram.last_article != article {
            gram.articles += 1;
            gram.last_article = article;
        }
    }

    /// A token counts once for a node word, however many nodes stand near it.
    fn pairs(&mut self, plan: &Plan, own: &[Own], sentence: TextRange) {
        let nodes: std::collections::BTreeSet<&str> = own.iter().filter(|w| w.node).map(|w| w.form.as_str()).collect();
        for node in nodes {
            let at: Vec<usize> = (0..own.len()).filter(|&i| own[i].form == node).collect();
            self.pair(node.to_owned(), at.len() as u32, None);
            for (i, word) in own.iter().enumerate().filter(|(_, w)| w.form != node) {
                if !at.iter().any(|&j| i.abs_diff(j) <= plan.window) {
                    continue;
                }
                self.pair(format!("{node}\t"), 1, None);
                if word.counted {
                    // Places of all pairs of a corpus would take more room than the pairs.
                    let example = (!plan.nodes.is_empty()).then_some(sentence);
                    self.pair(format!("{node}\t{}", word.form), 1, example);
                }
            }
        }
    }

    fn pair(&mut self, form: String, count: u32, example: Option<TextRange>) {
        let known = self.pairs.entry(form).or_insert((0, example));
        known.0 += count;
    }

    /// Appends what was found, and forgets it.
    pub(crate) fn tell(&mut self, out: &mut Vec<Finding>) {
        let pairs = std::mem::take(&mut self.pairs).into_iter();
        out.extend(pairs.map(|(form, (count, example))| Finding::Pair { form, count, example }));
        let grams = std::mem::take(&mut self.grams).into_iter();
        out.extend(grams.map(|(form, gram)| Finding::Gram { form, count: gram.count, articles: gram.articles }));
    }
}

/// The words of a sentence but punctuation.
fn sentence_words(plan: &Plan, page: &Page, words: &Words, sentence: usize) -> Vec<Own> {
    let mut own: Vec<Own> = Vec::new();
    let mut apart = false;
    let tokens = &words.tokens()[words.of_sentence(sentence)];
    for token in &*plan.phrases.keep(page, page.sentences[sentence].range, tokens) {
        let word = page.slice(token.range);
        if !is_word(word.as_bytes()) {
            apart = true;
            continue;
        }
        let counted = plan.counts_token(token.pos, word);
        let form = plan.folding.form(word).unwrap_or_else(|| word.to_owned());
        let node = if plan.nodes.is_empty() { counted } else { plan.nodes.contains(&form) };
        own.push(Own { form, range: token.range, counted, node, apart: std::mem::take(&mut apart) });
    }
    own
}

/// The words of an article that stand out in it, by TextRank: their first places and their scores, the best first.
pub(crate) fn keywords(plan: &Plan, page: &Page, words: &Words, sentences: &[usize]) -> Vec<(TextRange, f64)> {
    let sentences: Vec<Vec<Own>> = sentences
        .iter()
        .map(|&s| sentence_words(plan, page, words, s).into_iter().filter(|w| w.counted).collect())
        .collect();
    text_rank(&sentences.iter().map(|s| s.iter().map(|w| (w.form.as_str(), w.range)).collect()).collect::<Vec<_>>())
}

/// Words no more than four places apart are neighbours, weighted by how often; damping 0.85; scores add up to 1.
pub(crate) fn text_rank(sentences: &[Vec<(&str, TextRange)>]) -> Vec<(TextRange, f64)> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut first: Vec<TextRange> = Vec::new();
    let mut edges: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for sentence in sentences {
        let own: Vec<usize> = sentence
            .iter()
            .map(|&(form, range)| {
                *numbers.entry(form).or_insert_with(|| {
                    first.push(range);
                    first.len() - 1
                })
            })
            .collect();
        for (i, &a) in own.iter().enumerate() {
            for &b in own[i + 1..].iter().take(4).filter(|&&b| b != a) {
                *edges.entry((a, b)).or_default() += 1.0;
                *edges.entry((b, a)).or_default() += 1.0;
            }
        }
    }
    let n = first.len();
    let mut degree = vec![0.0; n];
    edges.iter().for_each(|(&(a, _), weight)| degree[a] += weight);
    let mut score = vec![1.0 / n as f64; n];
    for _ in 0..500 {
        let mut next = vec![0.15 / n as f64; n];
        for (&(a, b), weight) in &edges {
            next[b] += 0.85 * score[a] * weight / degree[a];
        }
        let change: f64 = score.iter().zip(&next).map(|(a, b)| (a - b).abs()).sum();
        score = next;
        if change < 1e-15 {
            break;
        }
    }
    let mut ranked: Vec<(TextRange, f64)> = first.into_iter().zip(score).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked
}
