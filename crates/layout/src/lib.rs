//! From raw text to articles.

use banmian_core::{Article, ArticleKind, Issue, Page, Part, Piece, Run, SourceMap, TextRange};

/// Rebuilds the articles of a page from its raw text.
pub fn read_page(id: &str, issue: Issue, raw: &str) -> Page {
    let mut page = Page { id: id.to_owned(), issue, ..Page::default() };
    let mut runs = Vec::new();
    let mut chars = 0;
    for (i, line) in raw.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        if !page.text.is_empty() {
            page.text.push('\n');
            chars += 1;
        }
        let start = page.text.len();
        let lead = line.chars().take_while(|c| c.is_whitespace()).count();
        runs.push(Run {
            clean_byte: start as u32,
            clean_char: chars,
            raw_line: i as u32 + 1,
            raw_column: lead as u32 + 1,
        });
        page.text.push_str(line.trim());
        chars += line.trim().chars().count() as u32;
        page.pieces.push(Piece {
            range: TextRange::new(start, page.text.len()),
            part: Part::Paragraph,
            article: Some(0),
        });
    }
    page.source = SourceMap::new(runs);
    if !page.pieces.is_empty() {
        let pieces = 0..page.pieces.len() as u32;
        page.articles.push(Article { kind: ArticleKind::News, pieces, dateline: None, byline: Vec::new() });
    }
    page
}

/// Temporary.
pub struct Decision;
impl std::fmt::Display for Decision {
    fn fmt(&self, _f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}
/// Temporary.
pub fn explain(id: &str, issue: Issue, raw: &str) -> (Page, Vec<Decision>) {
    (read_page(id, issue, raw), Vec::new())
}
