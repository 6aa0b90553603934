//! What the layout makes of a page, in the form of the truth.

use banmian_core::{Issue, Page, Part};
use banmian_layout::RawText;

use super::pages::Case;
use super::truth::{Article, Byline, Headline, Paragraph};

/// The articles that the layout rebuilds from the raw text of a page, and from the places of its lines if they are known.
pub(super) fn answer(case: &Case) -> Vec<Article> {
    let raw = RawText { text: &case.text, print: case.print.as_ref(), marks: None };
    let page = banmian_layout::read_page(&case.stem, Issue::default(), raw);
    page.articles.iter().map(|article| told(&page, article)).collect()
}

fn told(page: &Page, article: &banmian_core::Article) -> Article {
    let paragraphs = page.pieces_of(article).iter().filter_map(|piece| match piece.part {
        Part::Paragraph | Part::SectionHeading => {
            Some(Paragraph { text: page.slice(piece.range).to_owned(), heading: piece.part == Part::SectionHeading })
        }
        _ => None,
    });
    let slot = |part| page.headline(article, part).to_owned();
    Article {
        headline: Headline { kicker: slot(Part::Kicker), main: slot(Part::Main), deck: slot(Part::Deck) },
        byline: article.byline.iter().map(|b| Byline { role: b.role.clone(), name: b.name.clone() }).collect(),
        dateline: article.dateline.map_or("", |range| page.slice(range)).to_owned(),
        kind: Some(article.kind),
        paragraphs: paragraphs.collect(),
        ..Article::default()
    }
}
