//! The raw text of a page whose source divides it: parts written one after another, each marked.
//!
//! Shared by all readers of ready articles (JSON Lines, HTML). A part begins on a line of its own, so line and
//! column of a finding are those of the written text.

use banmian_core::{Mark, MarkedArticle, MarkedName, Marks, Part, TextRange};

/// A page being written.
#[derive(Debug, Default)]
pub(crate) struct MarkedText {
    pub(crate) text: String,
    pub(crate) marks: Marks,
}

/// An author as a source names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Author {
    /// May be empty.
    pub(crate) role: String,
    pub(crate) name: String,
}

impl MarkedText {
    /// Begins an article; its parts follow.
    pub(crate) fn article(&mut self) -> u32 {
        self.marks.articles.push(MarkedArticle::default());
        self.marks.articles.len() as u32 - 1
    }

    /// Writes a part, if it holds anything.
    pub(crate) fn part(&mut self, part: Part, article: Option<u32>, text: &str) {
        if is_blank(text) {
            return;
        }
        let text = text.trim();
        let start = self.text.len();
        self.text.push_str(text);
        self.marks.parts.push(Mark { range: TextRange::new(start, self.text.len()), part, article });
        self.text.push('\n');
    }

    /// Notes who wrote the newest article. A name that the article does not print is written as a byline.
    ///
    /// To be called when its headline is written and `rest`, the parts to come, are not.
    pub(crate) fn authors(&mut self, authors: &[Author], rest: &[&str]) {
        let Some(article) = self.marks.articles.len().checked_sub(1) else { return };
        let printed: Vec<String> = rest.iter().map(|text| squeezed(text)).collect();
        for Author { role, name } in authors {
            if !printed.iter().any(|text| text.contains(&squeezed(name))) {
                self.part(Part::Byline, Some(article as u32), format!("{role} {name}").trim());
            }
        }
    }

    /// Finds dateline and authors of the newest article, all of whose parts are written.
    pub(crate) fn place(&mut self, dateline: &str, authors: Option<&[Author]>) {
        let Some(article) = self.marks.articles.len().checked_sub(1) else { return };
        let own = self.marks.parts.iter().rposition(|m| m.article != Some(article as u32)).map_or(0, |at| at + 1);
        let parts: Vec<Mark> = self.marks.parts[own..].to_vec();
        let find = |text: &str, wanted: &dyn Fn(Part) -> bool| {
            let mut ranges = parts.iter().filter(|m| wanted(m.part)).map(|m| m.range);
            ranges.find_map(|range| find(&self.text, range, text))
        };
        let dateline = find(dateline, &|part| part == Part::Paragraph);
        // Where they are named as authors counts before the text, which may name them, too.
        let byline = authors.map(|authors| {
            let placed = authors.iter().filter_map(|a| {
                let range = find(&a.name, &|part| part == Part::Byline).or_else(|| find(&a.name, &|_| true))?;
                let role = if a.role.is_empty() { "作者" } else { &a.role };
                Some(MarkedName { role: role.to_owned(), name: a.name.clone(), range })
            });
            placed.collect()
        });
        let told = &mut self.marks.articles[article];
        (told.dateline, told.byline) = (dateline, byline);
    }
}

/// Where a part of the text has some words, spaces between their characters passed over.
pub(crate) fn find(text: &str, within: TextRange, words: &str) -> Option<TextRange> {
    let base = within.start as usize;
    let part = &text[within.bytes()];
    let words = squeezed(words);
    if words.is_empty() {
        return None;
    }
    if let Some(at) = part.find(&words) {
        return Some(TextRange::new(base + at, base + at + words.len()));
    }
    let inked = || part.char_indices().filter(|(_, c)| !c.is_whitespace());
    let (mut ink, mut places) = (String::with_capacity(part.len()), Vec::new());
    for (at, c) in inked() {
        places.extend(std::iter::repeat_n(at, c.len_utf8()));
        ink.push(c);
    }
    let at = ink.find(&words)?;
    let last = at + words.len() - words.chars().next_back().map_or(0, char::len_utf8);
    let end = places[last] + part[places[last]..].chars().next().map_or(0, char::len_utf8);
    Some(TextRange::new(base + places[at], base + end))
}

/// The text without spaces.
pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// True for a text that prints nothing.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_set_apart_is_found() {
        let text = "本报讯（记者 苗　青）三月二日，东干渠开闸。";
        let range = find(text, TextRange::new(0, text.len()), "苗青").expect("is there");
        assert_eq!(&text[range.bytes()], "苗　青");
        assert_eq!(find(text, TextRange::new(0, text.len()), "苗春"), None);
    }
}
