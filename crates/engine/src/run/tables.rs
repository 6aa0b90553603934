//! The tables that the engine writes itself: pages, articles, failures.

use banmian_core::{Page, Part, TextRange};

banmian_core::table! {
    /// A page of the corpus and what was rebuilt from it.
    pub struct PageRow<'p> as "pages" {
        /// Name of the page.
        page: &'p str,
        /// Name of the paper, if known.
        paper: &'p str,
        /// Date of the issue as YYYY-MM-DD, if known.
        date: &'p str,
        /// Edition (版次), if known.
        edition: &'p str,
        /// Characters of the clean text, spaces not counted.
        characters: u64,
        /// Articles rebuilt.
        articles: u64,
        /// Characters that no article could be found for.
        unattached: u64,
        /// Characters of furniture: paper name, date, editors and the like. Not analyzed.
        furniture: u64,
        /// Mean confidence of the articles (see `articles`), each counting by its characters; 0 without articles.
        confidence: f64,
        /// Line wraps closed inside paragraphs and headlines.
        joined_lines: u32,
        /// Paragraphs cut by other matter and made whole.
        resumed_paragraphs: u32,
        /// Lines whose characters were set apart and closed up: 思 想 共 识.
        spaced_lines: u32,
        /// Spaces removed inside lines: justification, padded names, letter-spacing.
        closed_spaces: u32,
        /// Characters removed: byte order marks, zero-width characters, soft and line-end hyphens.
        removed: u32,
        /// Characters replaced one for one: radicals to ideographs.
        replaced: u32,
        /// Encoding of the text as it came: UTF-8, GB18030, Big5, UTF-16LE and others; empty for PDF.
        encoding: &'p str,
        /// Share of its characters that could not be decoded (U+FFFD), spaces not counted; more than a little means
        /// that the encoding was guessed wrong or the file is damaged.
        replacement_share: f64,
    }
}

banmian_core::table! {
    /// An article as rebuilt.
    pub struct ArticleRow<'p> as "articles" {
        /// Name of the page.
        page: &'p str,
        /// Number of the article on its page, from 1.
        article: u32,
        /// Name of the paper, if known.
        paper: &'p str,
        /// Date of the issue as YYYY-MM-DD, if known.
        date: &'p str,
        /// Edition (版次), if known.
        edition: &'p str,
        /// Genre: news, feature, commentary, photo, briefs, notice or other.
        kind: &'p str,
        /// Kicker (引题).
        kicker: &'p str,
        /// Main headline (主题).
        main: &'p str,
        /// Deck (副题).
        deck: &'p str,
        /// Dateline (电头) without brackets.
        dateline: &'p str,
        /// Byline: role and name, several joined by 、.
        byline: String,
        /// Body paragraphs, section headings not counted.
        paragraphs: u64,
        /// Characters of the body, spaces not counted.
        characters: u64,
        /// The line that says where it goes on, as 下转第三版: its end is not on this page.
        continues_on: &'p str,
        /// The line that says where it was begun, as 上接第一版: its beginning is not on this page.
        continued_from: &'p str,
        /// How sure it is, from 0 to 1, that this is one article, whole, under its own headline: the share of
        /// articles put together on such evidence that are right. 1 where the page itself says what is what.
        confidence: f64,
        /// First line of the article in the page as it came, from 1.
        raw_line: u32,
    }
}

banmian_core::table! {
    /// Something that could not be read or answered.
    pub struct FailureRow as "failures" {
        /// Name of the page or file; empty if an analyzer failed as a whole.
        page: String,
        /// Where it failed: `reading`, `metadata`, `layout`, `corrections`, `words`, or the name of an analyzer.
        part: String,
        /// What is wrong.
        message: String,
    }
}

/// The characters of each piece of a page, spaces not counted.
pub(crate) fn characters_of_pieces(page: &Page) -> Vec<u64> {
    page.pieces.iter().map(|p| characters(page.slice(p.range))).collect()
}

/// The row of a page, whose pieces have so many characters.
pub(crate) fn page_row<'p>(page: &'p Page, encoding: &'p str, characters: &[u64]) -> PageRow<'p> {
    let of_part = |part: Part| page.pieces.iter().zip(characters).filter(move |(p, _)| p.part == part);
    let sum = |part: Part| of_part(part).map(|(_, n)| n).sum();
    // Between pieces stand line feeds alone.
    let all: u64 = characters.iter().sum();
    let undecoded = page.text.matches(char::REPLACEMENT_CHARACTER).count();
    PageRow {
        page: &page.id,
        paper: &page.issue.paper,
        date: &page.issue.date,
        edition: &page.issue.edition,
        characters: all,
        articles: page.articles.len() as u64,
        unattached: sum(Part::Unattached),
        furniture: sum(Part::Furniture),
        confidence: confidence(page, characters),
        joined_lines: page.repairs.joined_lines,
        resumed_paragraphs: page.repairs.resumed_paragraphs,
        spaced_lines: page.repairs.spaced_lines,
        closed_spaces: page.repairs.closed_spaces,
        removed: page.repairs.removed_characters,
        replaced: page.repairs.replaced_characters,
        encoding,
        replacement_share: undecoded as f64 / all.max(1) as f64,
    }
}

/// The rows of a page's articles; the pieces of the page have so many characters.
pub(crate) fn article_rows<'p>(page: &'p Page, characters: &[u64]) -> impl Iterator<Item = ArticleRow<'p>> {
    page.articles.iter().zip(1..).map(|(article, number)| {
        let pieces = page.pieces_of(article);
        let body = || (article.pieces.start as usize..).zip(pieces).filter(|(_, p)| is_body(p.part));
        let first = body().next().map(|(_, p)| p).or(pieces.first()).map_or(0, |p| p.range.start as usize);
        let names = article.byline.iter().map(|b| format!("{} {}", b.role, b.name).trim().to_owned());
        let text = |range: Option<TextRange>| range.map_or("", |range| page.slice(range));
        ArticleRow {
            page: &page.id,
            article: number,
            paper: &page.issue.paper,
            date: &page.issue.date,
            edition: &page.issue.edition,
            kind: article.kind.name(),
            kicker: page.headline(article, Part::Kicker),
            main: page.headline(article, Part::Main),
            deck: page.headline(article, Part::Deck),
            dateline: text(article.dateline),
            continues_on: text(article.continues_on),
            continued_from: text(article.continued_from),
            byline: names.collect::<Vec<_>>().join("、"),
            paragraphs: pieces.iter().filter(|p| p.part == Part::Paragraph).count() as u64,
            characters: body().map(|(i, _)| characters[i]).sum(),
            confidence: f64::from(article.confidence) / 100.0,
            raw_line: page.source.raw_place(&page.text, first).0,
        }
    })
}

/// The mean confidence of a page's articles by their characters, in whole hundredths as theirs.
fn confidence(page: &Page, characters: &[u64]) -> f64 {
    let (mut sum, mut all) = (0, 0);
    for article in &page.articles {
        let size: u64 = characters[article.pieces.start as usize..article.pieces.end as usize].iter().sum();
        (sum, all) = (sum + size * u64::from(article.confidence), all + size);
    }
    ((sum + all / 2) / all.max(1)) as f64 / 100.0
}

fn is_body(part: Part) -> bool {
    matches!(part, Part::Paragraph | Part::Caption)
}

/// Characters that are no spaces.
fn characters(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let (mut at, mut count) = (0, 0);
    // Many bytes at once: those that begin a character, less those that begin a space.
    while let Some(part) = bytes.get(at..at + PART + 2) {
        let begins = |i: usize| u8::from(part[i] < 0x80) | u8::from(part[i] >= 0xC0);
        let counts = |i: usize| begins(i) - u8::from(begins_space(part[i], part[i + 1], part[i + 2]));
        count += u64::from((0..PART).map(counts).sum::<u8>());
        at += PART;
    }
    // Perhaps within a character, which is counted.
    while bytes.get(at).is_some_and(|byte| (0x80..0xC0).contains(byte)) {
        at += 1;
    }
    while let Some(&byte) = bytes.get(at) {
        match STEPS[usize::from(byte)] {
            0 => {
                let Some(c) = text[at..].chars().next() else { break };
                count += u64::from(!c.is_whitespace());
                at += c.len_utf8();
            }
            step => {
                count += 1;
                at += usize::from(step);
            }
        }
    }
    count
}

/// Bytes that are looked at in one go.
const PART: usize = 32;

/// True if a byte and the two behind it begin with a space; without branches, so that many are looked at at once.
#[inline]
fn begins_space(a: u8, b: u8, c: u8) -> bool {
    let one = (a == b' ') | (0x09..0x0E).contains(&a);
    let two = (a == 0xC2) & ((b == 0x85) | (b == 0xA0));
    let ogham = (a == 0xE1) & (b == 0x9A) & (c == 0x80);
    let wide = (a == 0xE2) & (b == 0x80) & ((c <= 0x8A) | (c == 0xA8) | (c == 0xA9) | (c == 0xAF));
    let mathematical = (a == 0xE2) & (b == 0x81) & (c == 0x9F);
    one | two | ogham | wide | mathematical | (a == 0xE3) & (b == 0x80) & (c == 0x80)
}

/// By its first byte, the length of a character that is no space; 0 if it may be one.
const STEPS: [u8; 256] = {
    let mut steps = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        steps[byte] = match byte {
            0x09..0x0E | 0x20 | 0xC2 | 0xE1..=0xE3 => 0,
            0..0xC0 => 1,
            0xC0..0xE0 => 2,
            0xE0..0xF0 => 3,
            _ => 4,
        };
        byte += 1;
    }
    steps
};

#[cfg(test)]
mod tests {
    use super::characters;

    #[test]
    fn the_short_way_to_count_characters_agrees_with_the_long_one() {
        for c in '\0'..='\u{1FFFF}' {
            // Alone, and among so many others that they are counted many at a time.
            for around in ["", "县政协召开会议听取意见部署工作"] {
                let text = format!("{around}a{c}会{around}");
                assert_eq!(characters(&text), text.chars().filter(|c| !c.is_whitespace()).count() as u64, "{c:?}");
            }
        }
    }
}
