//! What a source itself tells of its articles, for pages that need not be guessed at: ready articles in
//! JSON Lines, marked-up HTML, and whatever else says which text is a headline.
//!
//! A reader writes the parts of a page one after another into its raw text and marks each; the layout
//! then only cleans. Text without a mark is kept, as unattached.

use crate::{ArticleKind, Part, TextRange};

/// The parts of a page's raw text, as its source divides them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// The parts, in the order of the raw text; none overlaps another.
    pub parts: Vec<Mark>,
    /// What is told of the articles that the parts belong to. Those with a body stand in the order of its first character.
    pub articles: Vec<MarkedArticle>,
    /// True if the text is clean already, as `banmian pages` prints it: then spaces inside parts stay as they are, and
    /// dateline and names are those marked and no others.
    pub clean: bool,
}

/// One part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands in the raw text, in bytes. Line feeds inside it are wraps.
    pub range: TextRange,
    /// Its job. Several kickers, main headlines or decks of an article are joined by a space.
    pub part: Part,
    /// Index into [`Marks::articles`]; none for unattached text and furniture.
    pub article: Option<u32>,
}

/// What a source tells of an article beside its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkedArticle {
    /// Its genre; none if it is to be found out.
    pub kind: Option<ArticleKind>,
    /// How sure it is, in per cent; none where its source leaves no doubt.
    pub confidence: Option<u8>,
    /// Its dateline, in the raw text; none if it is to be looked for.
    pub dateline: Option<TextRange>,
    /// Who is named as its authors; none if they are to be looked for.
    pub byline: Option<Vec<MarkedName>>,
}

/// One author of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedName {
    /// As given: 记者.
    pub role: String,
    /// The name, closed up.
    pub name: String,
    /// Where the name stands in the raw text.
    pub range: TextRange,
}

impl Marks {
    /// Hands out all of it as bytes, the same on every platform: for hashes.
    pub fn bytes(&self, mut to: impl FnMut(&[u8])) {
        let mut told = |text: String| to(format!("{}\n{text}", text.len()).as_bytes());
        told(format!("{}", self.clean));
        self.parts.iter().for_each(|m| told(format!("{:?} {} {:?}", m.range, m.part.name(), m.article)));
        for article in &self.articles {
            told(format!("{:?} {:?}", article.kind.map(ArticleKind::name), article.dateline));
            for name in article.byline.iter().flatten() {
                told(format!("{} {} {:?}", name.role, name.name, name.range));
            }
        }
    }
}
