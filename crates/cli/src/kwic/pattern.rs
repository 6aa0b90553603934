//! What is looked for: a text, a regular expression, or a pattern of words.

use anyhow::{Context, Result};
use banmian_core::{Page, TextRange, Words};
use regex::Regex;

use super::tokens::TokenPattern;

/// What is looked for.
pub(super) enum Pattern {
    /// A word or phrase, letter by letter, however words are cut.
    Text(String),
    /// Between slashes.
    Regex(Regex),
    /// With brackets or quotation marks: words and parts of speech.
    Tokens(TokenPattern),
}

impl Pattern {
    /// Reads a pattern as given on the command line.
    pub(super) fn read(text: &str) -> Result<Self> {
        let trimmed = text.trim();
        anyhow::ensure!(!trimmed.is_empty(), "the pattern is empty");
        if let Some(inner) = trimmed.strip_prefix('/').and_then(|t| t.strip_suffix('/')).filter(|t| !t.is_empty()) {
            let regex = Regex::new(inner).with_context(|| format!("`{inner}` is not a regular expression"))?;
            return Ok(Pattern::Regex(regex));
        }
        if trimmed.contains('[') || trimmed.contains('"') {
            return TokenPattern::read(trimmed).map(Pattern::Tokens);
        }
        Ok(Pattern::Text(trimmed.to_owned()))
    }

    /// True if pages must be cut into words.
    pub(super) fn needs_words(&self) -> bool {
        matches!(self, Pattern::Tokens(_))
    }

    /// Texts that a page must hold for the pattern to stand in it.
    pub(super) fn literals(&self) -> Vec<&str> {
        match self {
            Pattern::Text(text) => vec![text],
            Pattern::Regex(_) => Vec::new(),
            Pattern::Tokens(tokens) => tokens.literals(),
        }
    }

    /// Hands every place of the pattern in a piece of the page to `take`, in order.
    pub(super) fn find(&self, page: &Page, piece: usize, words: &Words, take: &mut dyn FnMut(TextRange)) {
        let range = page.pieces[piece].range;
        let (text, base) = (page.slice(range), range.start as usize);
        match self {
            Pattern::Text(wanted) => {
                text.match_indices(&**wanted)
                    .for_each(|(at, found)| take(TextRange::new(base + at, base + at + found.len())));
            }
            Pattern::Regex(regex) => regex
                .find_iter(text)
                .filter(|m| !m.is_empty())
                .for_each(|m| take(TextRange::new(base + m.start(), base + m.end()))),
            Pattern::Tokens(tokens) => {
                let first = page.sentences.partition_point(|s| (s.piece as usize) < piece);
                let own = page.sentences[first..].iter().take_while(|s| s.piece as usize == piece).count();
                (first..first + own).for_each(|sentence| tokens.find(page, words, sentence, take));
            }
        }
    }
}
