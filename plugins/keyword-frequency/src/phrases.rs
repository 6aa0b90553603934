//! Phrases of a list, kept whole however words are cut.

use std::borrow::Cow;

use banmian_core::{Page, Pos, TextRange, Token};

/// A list of phrases.
#[derive(Default)]
pub(crate) struct Phrases(Vec<String>);

impl Phrases {
    /// Adds a phrase; an empty one is none.
    pub(crate) fn add(&mut self, phrase: &str) {
        if !phrase.is_empty() {
            self.0.push(phrase.to_owned());
        }
    }

    /// True if there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Puts the longest first, for they win.
    pub(crate) fn sort(&mut self) {
        self.0.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    }

    /// The tokens of a sentence with its phrases kept whole, tagged `l`; what is left of a token that a phrase cuts
    /// through is tagged `x`.
    pub(crate) fn keep<'t>(&self, page: &Page, sentence: TextRange, tokens: &'t [Token]) -> Cow<'t, [Token]> {
        if self.0.is_empty() {
            return Cow::Borrowed(tokens);
        }
        let (text, base) = (page.slice(sentence), sentence.start as usize);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            match self.0.iter().find(|p| text[at..].starts_with(p.as_str())) {
                Some(phrase) => {
                    found.push(TextRange::new(base + at, base + at + phrase.len()));
                    at += phrase.len();
                }
                None => at += c.len_utf8(),
            }
        }
        if found.is_empty() {
            return Cow::Borrowed(tokens);
        }
        let mut kept = Vec::with_capacity(tokens.len());
        let mut phrases = found.into_iter().peekable();
        for token in tokens {
            let mut start = token.range.start;
            while let Some(&phrase) = phrases.peek().filter(|p| p.start < token.range.end) {
                if start < phrase.start {
                    kept.push(unnumbered(TextRange { start, end: phrase.start }, Pos::new("x")));
                }
                start = phrase.end.min(token.range.end);
                if phrase.end > token.range.end {
                    break;
                }
                kept.push(unnumbered(phrase, Pos::new("l")));
                phrases.next();
            }
            if start < token.range.end {
                let pos = if start == token.range.start { token.pos } else { Pos::new("x") };
                kept.push(unnumbered(TextRange { start, end: token.range.end }, pos));
            }
        }
        Cow::Owned(kept)
    }
}

/// A token that is not as the segmenter cut it.
fn unnumbered(range: TextRange, pos: Pos) -> Token {
    Token { range, pos, number: Token::NO_NUMBER }
}
