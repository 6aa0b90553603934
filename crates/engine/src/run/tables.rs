//! The tables that the engine writes itself: pages, articles, failures.

use banmian_core::{Issue, Page, Part};

banmian_core::table! {
    /// A page of the corpus and what was rebuilt from it.
    pub struct PageRow as "pages" {
        /// Name of the page.
        page: String,
        /// Name of the paper, if known.
        paper: String,
        /// Date of the issue as YYYY-MM-DD, if known.
        date: String,
        /// Edition (版次), if known.
        edition: String,
        /// Characters of the clean text, spaces not counted.
        characters: u64,
        /// Articles rebuilt.
        articles: u64,
        /// Characters that no article could be found for.
        unattached: u64,
        /// Characters of furniture: paper name, date, editors and the like. Not analyzed.
        furniture: u64,
        /// Line wraps closed inside paragraphs and headlines.
        joined_lines: u32,
        /// Spaces removed inside lines: justification, padded names, letter-spacing.
        closed_spaces: u32,
        /// Characters removed: byte order marks, zero-width characters, soft and line-end hyphens.
        removed: u32,
        /// Characters replaced one for one: radicals to ideographs.
        replaced: u32,
    }
}

banmian_core::table! {
    /// An article as rebuilt.
    pub struct ArticleRow as "articles" {
        /// Name of the page.
        page: String,
        /// Number of the article on its page, from 1.
        article: u32,
        /// Name of the paper, if known.
        paper: String,
        /// Date of the issue as YYYY-MM-DD, if known.
        date: String,
        /// Edition (版次), if known.
        edition: String,
        /// Genre: news, feature, commentary, photo, briefs, notice or other.
        kind: &'static str,
        /// Kicker (引题).
        kicker: String,
        /// Main headline (主题).
        main: String,
        /// Deck (副题).
        deck: String,
        /// Dateline (电头) without brackets.
        dateline: String,
        /// Byline: role and name, several joined by 、.
        byline: String,
        /// Body paragraphs, section headings not counted.
        paragraphs: u64,
        /// Characters of the body, spaces not counted.
        characters: u64,
        /// First line of the article in the page as it came, from 1.
        raw_line: u32,
    }
}

banmian_core::table! {
    /// Something that could not be read or answered.
    pub struct FailureRow as "failures" {
        /// Name of the page or file; empty if an analyzer failed as a whole.
        page: String,
        /// Where it failed: `reading`, `metadata`, `layout`, or the name of an analyzer.
        part: String,
        /// What is wrong.
        message: String,
    }
}

/// The row of a page.
pub(crate) fn page_row(page: &Page) -> PageRow {
    let sum = |part: Part| page.pieces.iter().filter(|p| p.part == part).map(|p| characters(page.slice(p.range))).sum();
    let Issue { paper, date, edition } = page.issue.clone();
    PageRow {
        page: page.id.clone(),
        paper,
        date,
        edition,
        characters: characters(&page.text),
        articles: page.articles.len() as u64,
        unattached: sum(Part::Unattached),
        furniture: sum(Part::Furniture),
        joined_lines: page.repairs.joined_lines,
        closed_spaces: page.repairs.closed_spaces,
        removed: page.repairs.removed_characters,
        replaced: page.repairs.replaced_characters,
    }
}

/// The rows of a page's articles.
pub(crate) fn article_rows(page: &Page) -> impl Iterator<Item = ArticleRow> {
    page.articles.iter().zip(1..).map(|(article, number)| {
        let pieces = page.pieces_of(article);
        let body = || pieces.iter().filter(|p| matches!(p.part, Part::Paragraph | Part::Caption));
        let first = body().next().or(pieces.first()).map_or(0, |p| p.range.start as usize);
        let names = article.byline.iter().map(|b| format!("{} {}", b.role, b.name).trim().to_owned());
        let Issue { paper, date, edition } = page.issue.clone();
        ArticleRow {
            page: page.id.clone(),
            article: number,
            paper,
            date,
            edition,
            kind: article.kind.name(),
            kicker: page.headline(article, Part::Kicker).to_owned(),
            main: page.headline(article, Part::Main).to_owned(),
            deck: page.headline(article, Part::Deck).to_owned(),
            dateline: article.dateline.map_or(String::new(), |d| page.slice(d).to_owned()),
            byline: names.collect::<Vec<_>>().join("、"),
            paragraphs: pieces.iter().filter(|p| p.part == Part::Paragraph).count() as u64,
            characters: body().map(|p| characters(page.slice(p.range))).sum(),
            raw_line: page.source.raw_place(&page.text, first).0,
        }
    })
}

fn characters(text: &str) -> u64 {
    // Behind the ideographic space stand no spaces, and nearly all text stands behind it.
    text.chars().filter(|&c| c > '\u{3000}' || !c.is_whitespace()).count() as u64
}
