//! One ready article of a record: its keys and what may stand in them.

use std::collections::{BTreeMap, BTreeSet};

use banmian_core::{ArticleKind, Part};
use serde_json::{Map, Value as Json};

use super::{is_told, kind_of};
use crate::marked_text::{Author, MarkedText, is_blank, squeezed};
use crate::paragraphs::paragraphs;

/// Authors of an article, at most: each is looked for in its text.
const MOST_AUTHORS: usize = 100;

/// A ready article.
#[derive(Debug, Default)]
pub(super) struct Article {
    pub(super) kicker: String,
    pub(super) main: String,
    pub(super) deck: String,
    /// Bylines as printed.
    pub(super) lines: Vec<String>,
    /// Authors by role and name; none if nothing is told of them.
    pub(super) authors: Option<Vec<Author>>,
    pub(super) dateline: String,
    pub(super) kind: Option<ArticleKind>,
    /// In per cent.
    pub(super) confidence: Option<u8>,
    /// Paragraphs, and whether they are section headings.
    pub(super) body: Vec<(String, bool)>,
    pub(super) captions: Vec<String>,
}

impl Article {
    /// Reads the keys of an article. The error says what to write instead.
    pub(super) fn of(keys: &Map<String, Json>) -> Result<Article, String> {
        let mut article = Article { captions: strings(keys, "captions")?, ..Article::default() };
        article.headline(keys)?;
        article.dateline = string(keys, "dateline")?;
        let kind = keys.get("kind").and_then(Json::as_str);
        article.kind = kind.and_then(|kind| ArticleKind::ALL.into_iter().find(|k| k.name() == kind));
        let confidence = keys.get("confidence").and_then(Json::as_f64).filter(|c| (0.0..=1.0).contains(c));
        article.confidence = confidence.map(|c| (100.0 * c).round() as u8);
        if let Some(key) = one_of(keys, ["byline", "author"])? {
            article.authors(key, &keys[key])?;
        }
        article.body(keys)?;
        if article.body.iter().all(|(_, heading)| *heading) && article.captions.is_empty() {
            return Err("it has no text: write its paragraphs as `body`, `paragraphs` or `text`".to_owned());
        }
        Ok(article)
    }

    fn headline(&mut self, keys: &Map<String, Json>) -> Result<(), String> {
        (self.kicker, self.deck) = (string(keys, "kicker")?, string(keys, "deck")?);
        if let Some(key) = one_of(keys, ["headline", "title"])? {
            match &keys[key] {
                Json::String(main) => self.main = main.clone(),
                Json::Object(parts) => {
                    if let Some(other) = parts.keys().find(|k| !["kicker", "main", "deck"].contains(&&***k)) {
                        return Err(format!(
                            "its `{key}` has a key `{other}`; it may have `kicker`, `main` and `deck`"
                        ));
                    }
                    for (place, part) in
                        [(&mut self.kicker, "kicker"), (&mut self.main, "main"), (&mut self.deck, "deck")]
                    {
                        let text = string(parts, part).map_err(|fault| format!("`{key}`: {fault}"))?;
                        if !text.is_empty() && !place.is_empty() {
                            return Err(format!("it has `{part}` beside its `{key}` and in it; keep one"));
                        }
                        if !text.is_empty() {
                            *place = text;
                        }
                    }
                }
                other => {
                    let found = kind_of(other);
                    return Err(format!(
                        "its `{key}` is {found}; write a string, or an object with `kicker`, `main` and `deck`"
                    ));
                }
            }
        }
        Ok(())
    }

    fn authors(&mut self, key: &str, value: &Json) -> Result<(), String> {
        let list = match value {
            Json::Array(list) => &**list,
            one => std::slice::from_ref(one),
        };
        if list.len() > MOST_AUTHORS {
            return Err(format!("its `{key}` has {} members, more than {MOST_AUTHORS}", list.len()));
        }
        let mut authors = Vec::new();
        for value in list {
            match value {
                Json::String(line) if is_blank(line) => {}
                Json::String(line) => self.lines.push(line.clone()),
                Json::Object(keys) => {
                    let [role, name] =
                        ["role", "name"].map(|k| string(keys, k).map_err(|fault| format!("`{key}`: {fault}")));
                    let [role, name] = [role?, name?].map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
                    if name.is_empty() {
                        return Err(format!("its `{key}` has an object without `name`"));
                    }
                    authors.push(Author { role, name });
                }
                other => {
                    let found = kind_of(other);
                    return Err(format!(
                        "its `{key}` holds {found}; write a string, or an array of strings or of objects with `role` and `name`"
                    ));
                }
            }
        }
        if self.lines.is_empty() {
            // An empty array says that nobody is named; an empty string says nothing.
            self.authors = (value.is_array() || !authors.is_empty()).then_some(authors);
        } else {
            self.lines.extend(authors.into_iter().map(|a| format!("{} {}", a.role, a.name)));
        }
        Ok(())
    }

    fn body(&mut self, keys: &Map<String, Json>) -> Result<(), String> {
        if let Some(key) = one_of(keys, ["body", "paragraphs", "text"])? {
            match &keys[key] {
                Json::String(text) => self.body.extend(paragraphs(text).into_iter().map(|p| (p.to_owned(), false))),
                Json::Array(list) => {
                    for (value, number) in list.iter().zip(1..) {
                        let paragraph =
                            paragraph(value).map_err(|fault| format!("`{key}`, paragraph {number}: {fault}"))?;
                        self.body.push(paragraph);
                    }
                }
                other => {
                    let found = kind_of(other);
                    return Err(format!("its `{key}` is {found}; write a string, or an array of paragraphs"));
                }
            }
        }
        self.body.retain(|(text, _)| !is_blank(text));
        let headings = strings(keys, "headings")?;
        let mut unseen: BTreeMap<String, &str> = headings.iter().map(|text| (squeezed(text), &**text)).collect();
        let wanted: BTreeSet<String> = unseen.keys().cloned().collect();
        for (text, heading) in self.body.iter_mut().filter(|_| !wanted.is_empty()) {
            let text = squeezed(text);
            *heading |= wanted.contains(&text);
            unseen.remove(&text);
        }
        match unseen.into_values().next() {
            Some(heading) => Err(format!("no paragraph is `{heading}`, which `headings` names")),
            None => Ok(()),
        }
    }

    /// Writes the article, part by part.
    pub(super) fn write(&self, page: &mut MarkedText) {
        let article = Some(page.article());
        for (part, text) in [(Part::Kicker, &self.kicker), (Part::Main, &self.main), (Part::Deck, &self.deck)] {
            page.part(part, article, text);
        }
        self.lines.iter().for_each(|line| page.part(Part::Byline, article, line));
        if let Some(authors) = &self.authors {
            let headline = [&self.kicker, &self.main, &self.deck];
            let rest = headline.into_iter().chain(self.body.iter().map(|(text, _)| text)).chain(&self.captions);
            page.authors(authors, &rest.map(String::as_str).collect::<Vec<_>>());
        }
        let mut dateline = squeezed(&self.dateline);
        for (text, heading) in &self.body {
            if *heading {
                page.part(Part::SectionHeading, article, text);
                continue;
            }
            // It opens the first paragraph, where that does not print it itself.
            let dateline = std::mem::take(&mut dateline);
            if dateline.is_empty() || opening(text).contains(&dateline) {
                page.part(Part::Paragraph, article, text);
            } else {
                page.part(Part::Paragraph, article, &format!("{}　{}", self.dateline.trim(), text.trim_start()));
            }
        }
        self.captions.iter().for_each(|text| page.part(Part::Caption, article, text));
        page.place(&self.dateline, self.authors.as_deref());
        if let Some(told) = page.marks.articles.last_mut() {
            (told.kind, told.confidence) = (self.kind.or(told.kind), self.confidence);
        }
    }
}

/// The beginning of a paragraph, without its spaces: where a dateline may stand.
fn opening(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).take(60).collect()
}

fn paragraph(value: &Json) -> Result<(String, bool), String> {
    match value {
        Json::String(text) => Ok((text.clone(), false)),
        Json::Object(keys) => {
            let text = string(keys, "text")?;
            match keys.get("heading") {
                None | Some(Json::Null) => Ok((text, false)),
                Some(Json::Bool(heading)) => Ok((text, *heading)),
                Some(other) => Err(format!("its `heading` is {}; write true or false", kind_of(other))),
            }
        }
        other => Err(format!("it is {}; write a string, or an object with `text` and `heading`", kind_of(other))),
    }
}

/// The one key of several that holds something; two are an error.
fn one_of<const N: usize>(keys: &Map<String, Json>, names: [&'static str; N]) -> Result<Option<&'static str>, String> {
    let empty = |value: &Json| value.as_str().is_some_and(is_blank);
    let mut told = names.into_iter().filter(|name| is_told(keys, name) && !empty(&keys[*name]));
    match (told.next(), told.next()) {
        (Some(first), Some(second)) => Err(format!("it has `{first}` and `{second}`, which say the same; keep one")),
        (first, _) => Ok(first),
    }
}

/// The text of a key, empty where it is not told.
fn string(keys: &Map<String, Json>, key: &str) -> Result<String, String> {
    match keys.get(key) {
        None | Some(Json::Null) => Ok(String::new()),
        Some(Json::String(text)) => Ok(text.clone()),
        Some(other) => Err(format!("its `{key}` is {}; write a string", kind_of(other))),
    }
}

/// The texts of a key; one string is a list of one.
pub(super) fn strings(keys: &Map<String, Json>, key: &str) -> Result<Vec<String>, String> {
    let fault = |found: &Json| format!("its `{key}` holds {}; write an array of strings", kind_of(found));
    let list = match keys.get(key) {
        None | Some(Json::Null) => return Ok(Vec::new()),
        Some(Json::String(text)) => vec![text.clone()],
        Some(Json::Array(list)) => {
            let texts = list.iter().map(|value| value.as_str().map(str::to_owned).ok_or_else(|| fault(value)));
            texts.collect::<Result<_, _>>()?
        }
        Some(other) => return Err(fault(other)),
    };
    Ok(list.into_iter().filter(|text| !is_blank(text)).collect())
}
