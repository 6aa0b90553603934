//! A page with its pieces put into another order.

use banmian_core::{Article, Page, Part, Piece, Run, SourceMap, TextRange};

/// A page taken apart: its articles, and for each piece its part and article.
pub(super) struct Arrangement {
    pub(super) pieces: Vec<Piece>,
    pub(super) articles: Vec<Article>,
    /// For each piece where it comes among those of its article that have the same place in the order
    /// of parts: its own number, or that of the piece it was put behind.
    pub(super) order: Vec<usize>,
}

impl Arrangement {
    pub(super) fn of(page: &Page) -> Self {
        Arrangement {
            pieces: page.pieces.clone(),
            articles: page.articles.clone(),
            order: (0..page.pieces.len()).collect(),
        }
    }

    /// The pieces of an article, in no order.
    pub(super) fn of_article(&self, article: u32) -> impl Iterator<Item = usize> + '_ {
        (0..self.pieces.len()).filter(move |&i| self.pieces[i].article == Some(article))
    }

    /// Takes a piece out of its article.
    pub(super) fn detach(&mut self, piece: usize) {
        self.pieces[piece] = Piece { part: Part::Unattached, article: None, ..self.pieces[piece] };
    }

    /// Writes the page anew: pieces in their order, articles without text left out.
    pub(super) fn write(self, page: &mut Page) {
        let mut sorted: Vec<usize> = (0..self.pieces.len()).collect();
        sorted.sort_by_key(|&i| {
            let piece = self.pieces[i];
            let rank = match piece.part {
                Part::Furniture => 2,
                _ if piece.article.is_none() => 1,
                _ => 0,
            };
            (rank, piece.article, place_in_article(piece.part), self.order[i])
        });
        let mut copy = Copy { from: page, text: String::with_capacity(page.text.len()), chars: 0, runs: Vec::new() };
        let mut pieces: Vec<Piece> = Vec::with_capacity(sorted.len());
        let mut articles: Vec<Article> = Vec::new();
        let mut shifts = vec![0i64; self.pieces.len()];
        let mut last = None;
        for i in sorted {
            let piece = self.pieces[i];
            let range = copy.piece(piece.range);
            shifts[i] = i64::from(range.start) - i64::from(piece.range.start);
            let article = piece.article.map(|old| {
                if last != Some(old) {
                    last = Some(old);
                    let number = pieces.len() as u32;
                    articles.push(Article { pieces: number..number, ..self.articles[old as usize].clone() });
                }
                articles.len() as u32 - 1
            });
            pieces.push(Piece { range, part: piece.part, article });
            if let Some(article) = article {
                articles[article as usize].pieces.end = pieces.len() as u32;
            }
        }
        let moved = |range: TextRange| {
            let shift = self.pieces.iter().position(|p| p.range.contains(range)).map_or(0, |i| shifts[i]);
            let at = |offset: u32| (i64::from(offset) + shift) as usize;
            TextRange::new(at(range.start), at(range.end))
        };
        for article in &mut articles {
            for range in [&mut article.dateline, &mut article.continues_on, &mut article.continued_from] {
                *range = range.map(moved);
            }
            article.byline.iter_mut().for_each(|b| b.range = moved(b.range));
        }
        let (text, runs) = (copy.text, copy.runs);
        page.source = SourceMap::new(runs, &text);
        page.text = text;
        page.pieces = pieces;
        page.articles = articles;
    }
}

/// The order of parts within an article; section headings and paragraphs are as they come.
fn place_in_article(part: Part) -> u8 {
    match part {
        Part::Kicker => 0,
        Part::Main => 1,
        Part::Deck => 2,
        Part::Byline => 3,
        Part::Caption => 5,
        _ => 4,
    }
}

/// Clean text on its way into another order, with its map to the raw page.
struct Copy<'a> {
    from: &'a Page,
    text: String,
    chars: u32,
    runs: Vec<Run>,
}

impl Copy<'_> {
    /// Copies a piece, on a line of its own.
    fn piece(&mut self, range: TextRange) -> TextRange {
        if !self.text.is_empty() {
            self.text.push('\n');
            self.chars += 1;
        }
        let start = self.text.len();
        let from = self.from;
        let first = from.source.place(&from.text, range.start as usize);
        let later = from.source.runs().iter().filter(|r| r.clean_byte > range.start && r.clean_byte < range.end);
        for run in std::iter::once(&first).chain(later) {
            self.runs.push(Run {
                clean_byte: start as u32 + (run.clean_byte - range.start),
                clean_char: self.chars + (run.clean_char - first.clean_char),
                ..*run
            });
        }
        let text = from.slice(range);
        self.text.push_str(text);
        self.chars += text.chars().count() as u32;
        TextRange::new(start, self.text.len())
    }
}
