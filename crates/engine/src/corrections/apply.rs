//! Laying corrections upon a rebuilt page.

use banmian_core::{Issue, Page, Part};

use super::arrange::Arrangement;
use super::{ArticleCorrection, OfPage};

impl OfPage {
    /// Corrects the page; gives the number of entries laid upon it and what did not fit.
    pub(crate) fn apply(&self, page: &mut Page) -> (u64, Vec<String>) {
        let (mut applied, mut misfits) = (0, Vec::new());
        let misfit = |by: &str, on: &str, message: String| format!("the correction by {by} of {on}: {message}");
        for correction in &self.page {
            let own = |text: &String| text.clone();
            let told = Issue {
                paper: own(&correction.paper),
                date: own(&correction.date),
                edition: own(&correction.edition),
                ..Issue::default()
            };
            page.issue = told.or(std::mem::take(&mut page.issue));
            applied += 1;
        }
        for correction in &self.article {
            let mut arrangement = Arrangement::of(page);
            match correction.apply(page, &mut arrangement) {
                Ok(()) => {
                    arrangement.write(page);
                    applied += 1;
                }
                Err(message) => misfits.push(misfit(&correction.by, &correction.on, message)),
            }
        }
        // Last: places in the text are those of the corrected page.
        for entry in &self.person {
            match entry.apply(page) {
                Ok(()) => applied += 1,
                Err(message) => misfits.push(misfit(&entry.by, &entry.on, message)),
            }
        }
        (applied, misfits)
    }
}

impl ArticleCorrection {
    /// Does all that the entry says, or nothing.
    fn apply(&self, page: &Page, arrangement: &mut Arrangement) -> Result<(), String> {
        let article = only_article(page, &self.text)?;
        for (words, part) in self
            .headings
            .iter()
            .map(|h| (h, Part::SectionHeading))
            .chain(self.paragraphs.iter().map(|p| (p, Part::Paragraph)))
        {
            let own = arrangement.of_article(article).find(|&i| {
                matches!(page.pieces[i].part, Part::Paragraph | Part::SectionHeading) && says(page, i, words)
            });
            let piece = own.ok_or_else(|| format!("no paragraph or heading of the article reads `{words}`"))?;
            arrangement.pieces[piece].part = part;
        }
        for (words, part) in [(&self.kicker, Part::Kicker), (&self.main, Part::Main), (&self.deck, Part::Deck)] {
            if let Some(words) = words {
                set_headline(page, arrangement, article, part, words)?;
            }
        }
        for words in &self.joined_by {
            let other = only_article(page, words)?;
            if other == article {
                return Err(format!("`{words}` stands in the article itself"));
            }
            join(arrangement, article, other);
        }
        if let Some(kind) = self.kind {
            arrangement.articles[article as usize].kind = kind;
        }
        Ok(())
    }
}

/// The one article that has these words, spaces aside.
fn only_article(page: &Page, words: &str) -> Result<u32, String> {
    let words = closed_up(words);
    let has = |article: u32| {
        let pieces = page.pieces.iter().filter(|p| p.article == Some(article));
        pieces.map(|p| closed_up(page.slice(p.range))).any(|text| text.contains(&words))
    };
    let mut found = (0..page.articles.len() as u32).filter(|&article| has(article));
    match (found.next(), found.next()) {
        (Some(article), None) => Ok(article),
        (None, _) => Err(format!("no article of the page has `{words}`")),
        (Some(_), Some(_)) => Err(format!("more than one article of the page has `{words}`: give more of its words")),
    }
}

/// Makes the piece that reads `words` this part of an article's headline; what was there is detached.
fn set_headline(page: &Page, to: &mut Arrangement, article: u32, part: Part, words: &str) -> Result<(), String> {
    let wanted = if words.trim().is_empty() {
        None
    } else {
        let found = (0..page.pieces.len()).find(|&i| says(page, i, words));
        Some(found.ok_or_else(|| format!("no line or headline of the page reads `{words}`"))?)
    };
    let old: Vec<usize> = to.of_article(article).filter(|&i| to.pieces[i].part == part && Some(i) != wanted).collect();
    old.into_iter().for_each(|i| to.detach(i));
    if let Some(i) = wanted {
        to.pieces[i].part = part;
        to.pieces[i].article = Some(article);
    }
    Ok(())
}

/// Puts the text of `other` behind that of `article`. Its headline stands as a section heading.
fn join(to: &mut Arrangement, article: u32, other: u32) {
    let after = to.pieces.len() + other as usize * to.pieces.len();
    let moved: Vec<usize> = to.of_article(other).collect();
    for i in moved {
        to.order[i] += after;
        to.pieces[i].article = Some(article);
        if to.pieces[i].part.is_headline() {
            to.pieces[i].part = Part::SectionHeading;
        }
    }
    let byline = std::mem::take(&mut to.articles[other as usize].byline);
    let own = &mut to.articles[article as usize].byline;
    own.extend(byline.into_iter().filter(|b| own.iter().all(|known| known.name != b.name)).collect::<Vec<_>>());
}

/// True if a piece reads so, spaces aside.
fn says(page: &Page, piece: usize, words: &str) -> bool {
    closed_up(page.slice(page.pieces[piece].range)) == closed_up(words)
}

fn closed_up(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
