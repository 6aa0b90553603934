//! The tables `nodes` and `article_keywords`.

use banmian_core::TableSink;

use crate::plan::Plan;
use crate::summary::Summary;

banmian_core::table! {
    /// A word that stands out in its article by TextRank, the best first; the place is that of its first occurrence.
    pub struct ArticleKeyword as "article_keywords" at place {
        /// The word.
        word: &'p str,
        /// Its rank in the article, from 1.
        rank: u32,
        /// Its share of the article's TextRank; the shares of all counted words of the article add up to 1.
        score: f64,
    }
}

banmian_core::table! {
    /// A node, as words are cut and letter by letter: a difference shows where words were cut otherwise.
    pub struct Node<'w> as "nodes" {
        /// The node.
        word: &'w str,
        /// Tokens that are the node, of any part of speech.
        words: u64,
        /// Places where its characters stand one after the other.
        places: u64,
        /// Articles with such a place.
        articles: u64,
    }
}

/// Writes the nodes in the order of the settings.
pub(crate) fn write(plan: &Plan, summary: &Summary, out: &mut TableSink<'_>) {
    for (number, word) in (0..).zip(&plan.node_list) {
        let (words, places, articles) = summary.nodes.get(&number).copied().unwrap_or_default();
        out.row(Node { word, words, places, articles });
    }
}
