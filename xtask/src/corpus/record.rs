//! Keeps the truth: that of each page for its line, that of the corpus for the end.

use super::Issue;
use super::articles::{Article, Desk};
use super::plants::Plan;
use super::truth::{
    ArticleTruth, CorpusTruth, FormulationMention, Mention, PageTruth, ParagraphTruth, PlantedTruth, Reprint, note_date,
};

/// The truth of the corpus so far.
pub(super) struct Record {
    truth: CorpusTruth,
}

impl Record {
    pub(super) fn new(desk: &Desk, pages: u64) -> Self {
        let planted = desk.planted.iter().zip(Plan::ALL);
        let planted = planted.map(|(phrase, plan)| PlantedTruth {
            phrase: phrase.clone(),
            plan: plan.name(),
            ..PlantedTruth::default()
        });
        let truth =
            CorpusTruth { pages, seed: desk.options.seed, planted: planted.collect(), ..CorpusTruth::default() };
        Record { truth }
    }

    /// Notes a page and gives its line; the articles are in the order of the page.
    pub(super) fn page<'a>(
        &mut self,
        issue: &'a Issue,
        articles: &[&'a Article],
        furniture: Vec<String>,
    ) -> PageTruth<'a> {
        let id = issue.id();
        let date = issue.day.date().to_string();
        let mut page = PageTruth {
            paper: &issue.paper_name,
            edition: format!("{:02}", issue.edition),
            articles: articles.iter().map(|a| article_truth(a)).collect(),
            furniture,
            persons: Vec::new(),
            formulations: Vec::new(),
            page: id.clone(),
            date: date.clone(),
        };
        for (index, article) in articles.iter().enumerate() {
            let number = index + 1;
            self.article(issue, &id, number, &date, article);
            let persons = article.paragraphs.iter().flat_map(|p| &p.passage.persons);
            page.persons.extend(persons.map(|person| Mention { article: number, person }));
            page.formulations.extend(article.phrases().map(|phrase| FormulationMention {
                article: number,
                phrase: &phrase.text,
                planted: phrase.planted.is_some(),
            }));
        }
        page
    }

    fn article(&mut self, issue: &Issue, id: &str, number: usize, date: &str, article: &Article) {
        let truth = &mut self.truth;
        let month = &date[..7];
        truth.articles += 1;
        *truth.articles_by_month.entry(month.to_owned()).or_default() += 1;
        let reprint = !article.reprint_of.is_empty();
        if reprint {
            truth.reprints.push(Reprint { article: format!("{id}#{number}"), of: article.reprint_of.clone() });
        }
        for person in article.paragraphs.iter().flat_map(|p| &p.passage.persons) {
            let seen = truth.offices.entry(person.office.clone()).or_default();
            seen.entry(person.person.clone()).or_default().on(date);
        }
        for (index, planted) in truth.planted.iter_mut().enumerate() {
            let mentions = article.phrases().filter(|p| p.planted == Some(index)).count() as u64;
            if mentions > 0 {
                planted.mentions += mentions;
                planted.articles += 1;
                planted.articles_without_reprints += u64::from(!reprint);
                planted.papers.insert(issue.paper_name.clone());
                note_date(&mut planted.first, &mut planted.last, date);
                *planted.by_month.entry(month.to_owned()).or_default() += 1;
            }
        }
        for phrase in article.phrases().filter(|p| p.planted.is_none()) {
            *truth.lexicon_mentions.entry(phrase.text.clone()).or_default() += 1;
        }
    }

    pub(super) fn finish(self) -> CorpusTruth {
        self.truth
    }
}

fn article_truth(article: &Article) -> ArticleTruth<'_> {
    let paragraphs = (0..article.paragraphs.len())
        .map(|i| ParagraphTruth { text: article.paragraph_text(i), heading: article.paragraphs[i].heading });
    ArticleTruth {
        headline: &article.headline,
        byline: &article.byline,
        dateline: &article.dateline,
        kind: article.kind,
        paragraphs: paragraphs.collect(),
        captions: &article.captions,
        topic: article.topic,
        reprint_of: &article.reprint_of,
    }
}
