//! The summary laid out for the tables: articles by date, mentions by phrase.

use crate::summary::{ArticleRecord, PageRecord, PhraseRecord, Phrases};

/// All articles and mentions.
pub(crate) struct Corpus<'s> {
    pub(crate) summary: &'s Phrases,
    /// Pages by date, those without one last, then by name.
    pub(crate) pages: Vec<(&'s str, &'s PageRecord)>,
    /// Articles in the order of their pages.
    pub(crate) articles: Vec<Article<'s>>,
    /// Mentions by phrase, then in the order of pages.
    uses: Vec<Use>,
}

/// An article of the corpus.
pub(crate) struct Article<'s> {
    /// Index into [`Corpus::pages`].
    pub(crate) page: u32,
    /// Number on its page, from 1.
    pub(crate) number: u32,
    pub(crate) record: &'s ArticleRecord,
    /// Keys of its sentences.
    pub(crate) sentences: &'s [u64],
    /// It is a reprint of an earlier one.
    pub(crate) reprint: bool,
}

/// A mention.
#[derive(Clone, Copy)]
pub(crate) struct Use {
    phrase: u64,
    /// Index into [`Corpus::pages`].
    pub(crate) page: u32,
    /// Index into [`Corpus::articles`]; none in unattached text.
    pub(crate) article: Option<u32>,
    /// Key of the sentence.
    pub(crate) sentence: u64,
    pub(crate) headline: bool,
}

impl<'s> Corpus<'s> {
    /// Lays out a summary; nothing is marked as a reprint yet.
    pub(crate) fn new(summary: &'s Phrases) -> Self {
        let mut pages: Vec<(&str, &PageRecord)> = summary.pages.iter().map(|(id, page)| (id.as_str(), page)).collect();
        // By name they are already.
        pages.sort_by_key(|(_, page)| if page.date == 0 { u32::MAX } else { page.date });
        let mut articles = Vec::new();
        let mut uses = Vec::new();
        for (page, &(_, record)) in (0..).zip(&pages) {
            let first = index(articles.len());
            let mut start = 0;
            for (number, article) in (1..).zip(&record.articles) {
                let end = article.sentences_end as usize;
                let sentences = &record.sentences[start..end];
                articles.push(Article { page, number, record: article, sentences, reprint: false });
                start = end;
            }
            uses.extend(record.mentions.iter().map(|mention| {
                let at = record.articles.partition_point(|a| a.sentences_end <= mention.sentence);
                Use {
                    phrase: mention.phrase,
                    page,
                    article: (at < record.articles.len()).then(|| first + index(at)),
                    sentence: record.sentences.get(mention.sentence as usize).copied().unwrap_or(0),
                    headline: mention.headline,
                }
            }));
        }
        uses.sort_by_key(|u| (u.phrase, u.page));
        Corpus { summary, pages, articles, uses }
    }

    /// Every phrase with its mentions, in the order of pages.
    pub(crate) fn phrases(&self) -> impl Iterator<Item = (u64, &'s PhraseRecord, &[Use])> {
        let same = self.uses.chunk_by(|a, b| a.phrase == b.phrase);
        same.filter_map(|uses| {
            let key = uses[0].phrase;
            self.summary.phrases.get(&key).map(|phrase| (key, phrase, uses))
        })
    }

    /// Articles that are no reprints.
    pub(crate) fn originals(&self) -> usize {
        self.articles.iter().filter(|a| !a.reprint).count()
    }

    /// The different articles of a phrase's mentions, in order.
    pub(crate) fn articles_of(&self, uses: &[Use]) -> impl Iterator<Item = (u32, &Article<'s>)> {
        let mut last = None;
        let articles: Vec<u32> = uses.iter().filter_map(|u| u.article).collect();
        articles.into_iter().filter(move |&a| last.replace(a) != Some(a)).map(|a| (a, &self.articles[a as usize]))
    }

    /// Those of them that are no reprints.
    pub(crate) fn originals_of(&self, uses: &[Use]) -> impl Iterator<Item = &Article<'s>> {
        self.articles_of(uses).filter(|(_, article)| !article.reprint).map(|(_, article)| article)
    }

    /// The page of an article.
    pub(crate) fn page_of(&self, article: &Article<'_>) -> (&'s str, &'s PageRecord) {
        self.pages[article.page as usize]
    }

    /// The name of a paper.
    pub(crate) fn paper(&self, key: u64) -> &'s str {
        self.summary.papers.get(&key).map_or("", String::as_str)
    }
}

/// A date as it is written in tables; empty for none.
pub(crate) fn written(date: u32) -> String {
    if date == 0 {
        return String::new();
    }
    let mut digits = [b'-'; 10];
    for (place, power) in [(9, 0), (8, 1), (6, 2), (5, 3), (3, 4), (2, 5), (1, 6), (0, 7)] {
        digits[place] = b'0' + (date / 10u32.pow(power) % 10) as u8;
    }
    digits.into_iter().map(char::from).collect()
}

fn index(n: usize) -> u32 {
    u32::try_from(n).expect("a corpus has fewer than 2^32 articles")
}
