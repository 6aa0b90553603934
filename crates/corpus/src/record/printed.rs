//! What `banmian pages --format jsonl` prints, known again: a `text` that holds the articles line by line.
//!
//! The lines of bylines stand in `text` alone, so the page is read from it, and the articles say what is what.

use banmian_core::{Mark, MarkedArticle, MarkedName, Marks, Part, TextRange};

use super::article::Article;
use crate::marked_text::MarkedText;

/// Lines of bylines that an article may have.
const MOST_BYLINES: usize = 100;

/// The page of a text that is made of the parts of the articles, a line each, and nothing else but bylines; none if the text is another.
pub(super) fn fit(text: &str, articles: &[Article], unattached: &[String], furniture: &[String]) -> Option<MarkedText> {
    if text.is_empty() {
        return None;
    }
    let mut fit = Fit { text, lines: lines(text), at: 0, marks: Marks::default() };
    for (article, number) in articles.iter().zip(0..) {
        fit.article(article, number)?;
    }
    for (list, part) in [(unattached, Part::Unattached), (furniture, Part::Furniture)] {
        for line in list {
            fit.line(line, part, None)?;
        }
    }
    let Fit { at, lines, marks, .. } = fit;
    (at == lines.len()).then(|| MarkedText { text: text.to_owned(), marks })
}

/// The lines of a text by their places, empty ones left out.
fn lines(text: &str) -> Vec<TextRange> {
    let mut start = 0;
    let mut out = Vec::new();
    for line in text.split('\n') {
        if !line.is_empty() {
            out.push(TextRange::new(start, start + line.len()));
        }
        start += line.len() + 1;
    }
    out
}

struct Fit<'t> {
    text: &'t str,
    lines: Vec<TextRange>,
    at: usize,
    marks: Marks,
}

impl Fit<'_> {
    /// Takes the next line, if it says this.
    fn line(&mut self, wanted: &str, part: Part, article: Option<u32>) -> Option<TextRange> {
        let range = *self.lines.get(self.at).filter(|range| self.text[range.bytes()] == *wanted)?;
        self.take(part, article);
        Some(range)
    }

    fn take(&mut self, part: Part, article: Option<u32>) {
        self.marks.parts.push(Mark { range: self.lines[self.at], part, article });
        self.at += 1;
    }

    fn article(&mut self, article: &Article, number: u32) -> Option<()> {
        let first = self.at;
        for (text, part) in [(&article.kicker, Part::Kicker), (&article.main, Part::Main), (&article.deck, Part::Deck)]
        {
            if !text.is_empty() {
                self.line(text, part, Some(number))?;
            }
        }
        let body = article
            .body
            .iter()
            .map(|(text, heading)| (text, if *heading { Part::SectionHeading } else { Part::Paragraph }));
        let rest: Vec<(&String, Part)> =
            body.chain(article.captions.iter().map(|text| (text, Part::Caption))).collect();
        let bylines = (0..MOST_BYLINES).find(|skipped| {
            let lines = self.lines.get(self.at + skipped..self.at + skipped + rest.len());
            lines.is_some_and(|lines| lines.iter().zip(&rest).all(|(range, part)| self.text[range.bytes()] == *part.0))
        })?;
        (0..bylines).for_each(|_| self.take(Part::Byline, Some(number)));
        let mut dateline = None;
        let mut searched = article.dateline.is_empty();
        for (_, part) in rest {
            if part == Part::Paragraph && !searched {
                searched = true;
                dateline = Some(self.find(self.lines[self.at], &article.dateline)?);
            }
            self.take(part, Some(number));
        }
        let own = &self.lines[first..self.at];
        let placed = article.authors.as_ref().map(|authors| {
            let names = authors.iter().map(|a| {
                let range = own.iter().find_map(|line| self.find(*line, &a.name))?;
                Some(MarkedName { role: a.role.clone(), name: a.name.clone(), range })
            });
            names.collect::<Option<Vec<_>>>()
        });
        let byline = match placed {
            Some(names) => Some(names?),
            None => None,
        };
        self.marks.articles.push(MarkedArticle {
            kind: article.kind,
            confidence: article.confidence,
            dateline,
            byline,
        });
        Some(())
    }

    fn find(&self, within: TextRange, words: &str) -> Option<TextRange> {
        let start = within.start as usize + self.text[within.bytes()].find(words)?;
        Some(TextRange::new(start, start + words.len()))
    }
}
