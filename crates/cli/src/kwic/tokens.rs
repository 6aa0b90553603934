//! Patterns of words: `[pos="n"]+ "工作"`, the simple part of the query language of corpus workbenches.

use anyhow::{Context, Result, bail, ensure};
use banmian_core::{Page, Pos, TextRange, Words};
use regex::Regex;

/// Words one after the other in a sentence.
pub(super) struct TokenPattern {
    elements: Vec<Element>,
}

struct Element {
    conditions: Vec<Condition>,
    least: usize,
    most: usize,
}

enum Condition {
    /// The word itself.
    Is(String),
    /// The word fits a regular expression as a whole.
    Fits(Regex),
    /// The part of speech is this or a finer one.
    Pos(Pos),
}

impl TokenPattern {
    /// Reads a pattern: `"word"`, `[pos="n"]`, `[word="会.*" & pos="v"]`, `[]` (any word), each perhaps with
    /// `+`, `*`, `?` or `{2,4}` behind it.
    pub(super) fn read(text: &str) -> Result<Self> {
        let mut elements = Vec::new();
        let mut rest = text.trim_start();
        while !rest.is_empty() {
            let conditions;
            (conditions, rest) = if let Some(inner) = rest.strip_prefix('[') {
                let (inner, rest) = inner.split_once(']').context("a `[` has no `]`")?;
                (read_conditions(inner)?, rest)
            } else if let Some(inner) = rest.strip_prefix('"') {
                let (word, rest) = inner.split_once('"').context("a quotation mark has no second one")?;
                (vec![word_condition(word)?], rest)
            } else {
                let end = rest.find(|c: char| c.is_whitespace() || c == '[' || c == '"').unwrap_or(rest.len());
                (vec![Condition::Is(rest[..end].to_owned())], &rest[end..])
            };
            let (least, most);
            (least, most, rest) = read_times(rest)?;
            elements.push(Element { conditions, least, most });
            rest = rest.trim_start();
        }
        ensure!(elements.iter().any(|e| e.least > 0), "the pattern fits nothing at all: one word must be needed");
        Ok(TokenPattern { elements })
    }

    /// Words that must stand in the text.
    pub(super) fn literals(&self) -> Vec<&str> {
        let needed = self.elements.iter().filter(|e| e.least > 0).flat_map(|e| &e.conditions);
        needed.filter_map(|c| if let Condition::Is(word) = c { Some(word.as_str()) } else { None }).collect()
    }

    /// Hands every place in a sentence to `take`: the longest from each beginning, none inside another.
    pub(super) fn find(&self, page: &Page, words: &Words, sentence: usize, take: &mut dyn FnMut(TextRange)) {
        let tokens = words.of_sentence(sentence);
        let mut at = tokens.start;
        while at < tokens.end {
            match self.fit(page, words, &self.elements, at, tokens.end).filter(|&end| end > at) {
                Some(end) => {
                    let all = words.tokens();
                    take(all[at].range.cover(all[end - 1].range));
                    at = end;
                }
                None => at += 1,
            }
        }
    }

    /// One past the last token of the longest fit that begins here.
    fn fit(&self, page: &Page, words: &Words, elements: &[Element], at: usize, end: usize) -> Option<usize> {
        let Some((element, others)) = elements.split_first() else { return Some(at) };
        let fits = |token: usize| element.conditions.iter().all(|c| c.holds(page, words, token));
        let mut times = 0;
        while times < element.most && at + times < end && fits(at + times) {
            times += 1;
        }
        (element.least..=times).rev().find_map(|n| self.fit(page, words, others, at + n, end))
    }
}

impl Condition {
    fn holds(&self, page: &Page, words: &Words, token: usize) -> bool {
        match self {
            Condition::Is(word) => words.text(page, token) == word,
            Condition::Fits(regex) => regex.is_match(words.text(page, token)),
            Condition::Pos(pos) => words.tokens()[token].pos.is_a(*pos),
        }
    }
}

fn word_condition(word: &str) -> Result<Condition> {
    if !word.contains(['.', '*', '+', '?', '|', '(', '[', '\\']) {
        return Ok(Condition::Is(word.to_owned()));
    }
    let regex =
        Regex::new(&format!("^(?:{word})$")).with_context(|| format!("`{word}` is not a regular expression"))?;
    Ok(Condition::Fits(regex))
}

fn read_conditions(text: &str) -> Result<Vec<Condition>> {
    let parts = text.split('&').map(str::trim).filter(|p| !p.is_empty());
    parts
        .map(|part| {
            let (name, value) =
                part.split_once('=').with_context(|| format!("`{part}`: write word=\"…\" or pos=\"…\""))?;
            let value = value.trim().trim_matches('"');
            match name.trim() {
                "word" => word_condition(value),
                "pos" if (1..=4).contains(&value.len()) && value.bytes().all(|b| b.is_ascii_lowercase()) => {
                    Ok(Condition::Pos(Pos::new(value)))
                }
                "pos" => bail!("`{value}` is not a part of speech: use tags such as n, nr, v, vn"),
                other => bail!("there is no `{other}`: write word=\"…\" or pos=\"…\""),
            }
        })
        .collect()
}

/// How often the element before may stand, and what follows.
fn read_times(text: &str) -> Result<(usize, usize, &str)> {
    let behind = |n: usize| &text[n..];
    Ok(match text.chars().next() {
        Some('+') => (1, usize::MAX, behind(1)),
        Some('*') => (0, usize::MAX, behind(1)),
        Some('?') => (0, 1, behind(1)),
        Some('{') => {
            let (inner, rest) = text[1..].split_once('}').context("a `{` has no `}`")?;
            let number = |t: &str| t.trim().parse::<usize>().with_context(|| format!("`{t}` is not a number"));
            let (least, most) = match inner.split_once(',') {
                Some((least, most)) if most.trim().is_empty() => (number(least)?, usize::MAX),
                Some((least, most)) => (number(least)?, number(most)?),
                None => (number(inner)?, number(inner)?),
            };
            ensure!(least <= most, "`{{{inner}}}`: the first number is the greater");
            (least, most, rest)
        }
        _ => (1, 1, text),
    })
}
