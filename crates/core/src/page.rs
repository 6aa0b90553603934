//! The page: its clean text, cut into pieces, and the articles that the pieces make up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{PersonCorrection, SourceMap, TextRange};

/// One newspaper page as rebuilt from its raw text.
///
/// The clean text holds every non-space character of the raw page exactly once. [`Page::pieces`]
/// cut it without gaps but for one line feed between pieces: first the articles, then what no
/// article could be found for, then the furniture.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Name of the page, the same string in every table (column `page`).
    pub id: String,
    /// Where and when it was printed, as far as known.
    pub issue: Issue,
    /// Clean text: line wraps and justification spaces removed, one line a piece.
    pub text: String,
    /// The pieces of `text`, in order.
    pub pieces: Vec<Piece>,
    /// The articles, by their first body character in the raw page.
    pub articles: Vec<Article>,
    /// Sentences of all pieces but furniture, in order.
    pub sentences: Vec<Sentence>,
    /// Where each character was printed.
    pub source: SourceMap,
    /// What was mended, counted.
    pub repairs: Repairs,
    /// What people put right of the persons on it, in order of the names.
    pub persons_by_hand: Vec<PersonCorrection>,
}

/// What is known of the printed issue, from path, sidecar or furniture.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Issue {
    /// Name of the paper, or empty.
    pub paper: String,
    /// Date as `YYYY-MM-DD`, or empty.
    pub date: String,
    /// Edition (版次) as given, or empty.
    pub edition: String,
    /// Other metadata by column: what a sidecar or a group of the page-name pattern tells beside these.
    pub other: BTreeMap<String, String>,
}

impl Issue {
    /// True if paper, date or edition is not known.
    pub fn is_incomplete(&self) -> bool {
        self.paper.is_empty() || self.date.is_empty() || self.edition.is_empty()
    }

    /// This, with what `other` tells where this tells nothing.
    #[must_use]
    pub fn or(self, other: Issue) -> Issue {
        let first = |own: String, other: String| if own.is_empty() { other } else { own };
        Issue {
            paper: first(self.paper, other.paper),
            date: first(self.date, other.date),
            edition: first(self.edition, other.edition),
            other: {
                let mut known = other.other;
                known.extend(self.other);
                known
            },
        }
    }
}

/// A stretch of clean text with one job on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Where it stands.
    pub range: TextRange,
    /// Its job.
    pub part: Part,
    /// Index into [`Page::articles`]; none for unattached text and furniture.
    pub article: Option<u32>,
}

/// The job of a piece of text on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Kicker (引题, 肩题): smaller line above the main headline. At most one an article; several
    /// printed kickers are joined by one space.
    Kicker,
    /// Main headline (主题). At most one an article.
    Main,
    /// Deck (副题): smaller line below the main headline. At most one an article.
    Deck,
    /// A byline or picture credit printed on a line of its own.
    Byline,
    /// Section heading (小标题) inside a body.
    SectionHeading,
    /// A body paragraph.
    Paragraph,
    /// Text of a picture (图片说明).
    Caption,
    /// Text that no article could be found for with enough certainty. Analyzed, without article.
    Unattached,
    /// Paper name, date, edition, editors and the like. Not analyzed.
    Furniture,
}

impl Part {
    /// The name used in tables and suites, in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            Part::Kicker => "kicker",
            Part::Main => "main",
            Part::Deck => "deck",
            Part::Byline => "byline",
            Part::SectionHeading => "section-heading",
            Part::Paragraph => "body",
            Part::Caption => "caption",
            Part::Unattached => "unattached",
            Part::Furniture => "furniture",
        }
    }

    /// True for kicker, main headline and deck.
    pub fn is_headline(self) -> bool {
        matches!(self, Part::Kicker | Part::Main | Part::Deck)
    }
}

/// One item of the page: headline group, byline, dateline, body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its genre.
    pub kind: ArticleKind,
    /// Its pieces, as a range of indices into [`Page::pieces`].
    pub pieces: std::ops::Range<u32>,
    /// How sure the layout is that this is one article, whole, under its own headline: the share of articles put
    /// together on such evidence that are right, in per cent. 100 where the page itself says what is what.
    pub confidence: u8,
    /// Dateline (电头) as printed, without brackets: 本报嘉峪关讯.
    pub dateline: Option<TextRange>,
    /// Who wrote or photographed it, in printed order.
    pub byline: Vec<Byline>,
    /// The line that says where it goes on: 下转第三版. The rest is not on this page.
    pub continues_on: Option<TextRange>,
    /// The line that says where it was begun: 上接第一版. The beginning is not on this page.
    pub continued_from: Option<TextRange>,
}

/// Genre of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ArticleKind {
    /// A report (消息).
    #[default]
    News,
    /// A longer piece with section headings or without dateline (通讯, 综述).
    Feature,
    /// Opinion (评论, 言论).
    Commentary,
    /// A picture with its text (图片新闻).
    Photo,
    /// Several short items under one heading (简讯).
    Briefs,
    /// Announcements, lists, tables (公告, 公示).
    Notice,
    /// None of these.
    Other,
}

impl ArticleKind {
    /// All of them.
    pub const ALL: [ArticleKind; 7] = [
        ArticleKind::News,
        ArticleKind::Feature,
        ArticleKind::Commentary,
        ArticleKind::Photo,
        ArticleKind::Briefs,
        ArticleKind::Notice,
        ArticleKind::Other,
    ];

    /// The name used in tables, in kebab case.
    pub fn name(self) -> &'static str {
        match self {
            ArticleKind::News => "news",
            ArticleKind::Feature => "feature",
            ArticleKind::Commentary => "commentary",
            ArticleKind::Photo => "photo",
            ArticleKind::Briefs => "briefs",
            ArticleKind::Notice => "notice",
            ArticleKind::Other => "other",
        }
    }
}

/// One name of a byline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Byline {
    /// As printed: 通讯员, 记者, 摄影; 作者 where only a name is printed.
    pub role: String,
    /// The name, closed up: 罗琼.
    pub name: String,
    /// Where the name stands.
    pub range: TextRange,
}

/// A sentence: from one 。！？； or end of piece to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands, closing mark and closing quotation marks included.
    pub range: TextRange,
    /// Index into [`Page::pieces`].
    pub piece: u32,
}

/// Counts of what the layout mended on one page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Repairs {
    /// Line wraps closed inside a paragraph or headline.
    pub joined_lines: u32,
    /// Paragraphs cut by other matter and made whole.
    pub resumed_paragraphs: u32,
    /// Lines whose characters were set apart (思 想 共 识) and closed up.
    pub spaced_lines: u32,
    /// Spaces removed inside lines (justification, padded names, letter-spacing).
    pub closed_spaces: u32,
    /// Characters removed: byte order marks, zero-width characters, soft hyphens, line-end hyphens.
    pub removed_characters: u32,
    /// Characters replaced one for one (radicals to ideographs).
    pub replaced_characters: u32,
}

impl Page {
    /// The text of a range.
    #[inline]
    pub fn slice(&self, range: TextRange) -> &str {
        &self.text[range.bytes()]
    }

    /// The pieces of one article.
    #[inline]
    pub fn pieces_of(&self, article: &Article) -> &[Piece] {
        &self.pieces[article.pieces.start as usize..article.pieces.end as usize]
    }

    /// The text of kicker, main headline or deck of an article, empty where there is none.
    pub fn headline(&self, article: &Article, part: Part) -> &str {
        self.pieces_of(article).iter().find(|p| p.part == part).map_or("", |p| self.slice(p.range))
    }

    /// Index of the piece that holds the byte, if any.
    #[inline]
    pub fn piece_at(&self, byte: u32) -> Option<usize> {
        let after = self.pieces.partition_point(|p| p.range.start <= byte);
        after.checked_sub(1).filter(|&i| byte < self.pieces[i].range.end)
    }

    /// Index of the sentence that holds the byte, if any.
    #[inline]
    pub fn sentence_at(&self, byte: u32) -> Option<usize> {
        let after = self.sentences.partition_point(|s| s.range.start <= byte);
        after.checked_sub(1).filter(|&i| byte < self.sentences[i].range.end)
    }
}
