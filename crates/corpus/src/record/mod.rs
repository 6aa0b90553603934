//! A record of JSON Lines: a page whose articles are to be found (`text` alone), or ready articles.
//!
//! Which of the two it is, its keys tell: [`READY`] ones make ready articles of it. `article` reads one of those,
//! `printed` knows again what `banmian pages` prints. docs/corpus.md tells the forms for readers.

mod article;
mod printed;

use banmian_core::{Issue, Marks, Part};
use serde_json::{Map, Value as Json};

use crate::marked_text::{MarkedText, is_blank};
use article::Article;

/// Keys that say that a record's articles are ready.
const READY: [&str; 5] = ["articles", "headline", "title", "body", "paragraphs"];

/// Keys of ready articles that mean nothing beside a `text` alone.
const OF_READY: [&str; 10] =
    ["kicker", "deck", "byline", "author", "dateline", "captions", "headings", "unattached", "furniture", "decisions"];

/// What a record holds.
#[derive(Debug, Default)]
pub(crate) struct Record {
    /// Its metadata.
    pub(crate) issue: Issue,
    /// The raw text of its page.
    pub(crate) text: String,
    /// Its articles, if they are ready.
    pub(crate) marks: Option<Marks>,
    /// What of it was passed over.
    pub(crate) warning: Option<String>,
}

/// Reads a record. The error says what is wrong and what to write instead.
pub(crate) fn read(line: &str) -> Result<Record, String> {
    let mut keys = match serde_json::from_str(line) {
        Ok(Json::Object(keys)) => keys,
        Ok(_) => return Err("it is JSON, but no object in braces".to_owned()),
        Err(e) => {
            let text = e.to_string();
            let message = text.split(" at line ").next().unwrap_or(&text);
            return Err(format!("not a JSON object: {message} at column {}", e.column()));
        }
    };
    let ready = READY.into_iter().any(|key| is_told(&keys, key));
    let mut record = Record { issue: issue(&mut keys, ready)?, ..Record::default() };
    if ready {
        let page = if is_told(&keys, "articles") { several(&keys)? } else { single(&keys)? };
        (record.text, record.marks, record.warning) = (page.0.text, Some(page.0.marks), page.1);
        return Ok(record);
    }
    record.text = match keys.remove("text") {
        Some(Json::String(text)) => text,
        None | Some(Json::Null) => {
            return Err(
                "it has no key `text`, and no ready article either (`headline` or `title` with `body`, `paragraphs` \
                        or `text`; or `articles`, an array of such)"
                    .to_owned(),
            );
        }
        Some(other) => return Err(format!("its `text` is {}; write a string", kind_of(&other))),
    };
    if is_blank(&record.text) {
        return Err("its `text` is empty".to_owned());
    }
    Ok(record)
}

/// True for a key that is there and not null.
fn is_told(keys: &Map<String, Json>, key: &str) -> bool {
    keys.get(key).is_some_and(|value| !value.is_null())
}

/// Paper, date and edition, and other metadata: every further key that holds text or a number.
fn issue(keys: &mut Map<String, Json>, ready: bool) -> Result<Issue, String> {
    let mut told = [const { String::new() }; 4];
    for (place, key) in told.iter_mut().zip(["page", "paper", "date", "edition"]) {
        *place = match keys.get(key) {
            None | Some(Json::Null) => String::new(),
            Some(value) => {
                text(value).ok_or_else(|| format!("its `{key}` is {}; write a string or a number", kind_of(value)))?
            }
        };
    }
    let [_, paper, date, edition] = told;
    let own = |key: &str| {
        ["page", "paper", "date", "edition", "text"].contains(&key)
            || ready && (READY.contains(&key) || OF_READY.contains(&key))
    };
    let others = keys.iter().filter(|(key, _)| !own(key)).filter_map(|(key, value)| Some((key.clone(), text(value)?)));
    Ok(Issue { paper, date, edition, other: others.filter(|(_, value)| !value.is_empty()).collect() })
}

fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A record that is one article.
fn single(keys: &Map<String, Json>) -> Result<(MarkedText, Option<String>), String> {
    let article = Article::of(keys)?;
    let mut page = MarkedText::default();
    article.write(&mut page);
    loose(keys, &mut page)?;
    Ok((page, None))
}

/// A record with a list of articles.
fn several(keys: &Map<String, Json>) -> Result<(MarkedText, Option<String>), String> {
    if let Some(key) = READY.into_iter().chain(["kicker", "deck"]).find(|k| *k != "articles" && is_told(keys, k)) {
        return Err(format!("it has `articles` and `{key}`: put `{key}` into one of the articles"));
    }
    let list = match keys.get("articles") {
        Some(Json::Array(list)) => list,
        other => {
            let found = other.map_or("nothing", kind_of);
            return Err(format!("its `articles` is {found}; write an array of objects, one for each article"));
        }
    };
    let article = |(value, number): (&Json, usize)| match value {
        Json::Object(keys) => Article::of(keys).map_err(|fault| format!("article {number}: {fault}")),
        other => {
            Err(format!("article {number} is {}; write an object with `headline` and `paragraphs`", kind_of(other)))
        }
    };
    let articles = list.iter().zip(1..).map(article).collect::<Result<Vec<_>, _>>()?;
    let text = match keys.get("text") {
        None | Some(Json::Null) => "",
        Some(Json::String(text)) => text,
        Some(other) => return Err(format!("its `text` is {}; leave it out", kind_of(other))),
    };
    let [unattached, furniture] = ["unattached", "furniture"].map(|key| article::strings(keys, key));
    if let Some(page) = printed::fit(text, &articles, &unattached?, &furniture?) {
        let mut page = page;
        // Both stand in what `banmian pages` prints, also where they are empty.
        page.marks.clean = is_told(keys, "unattached") && is_told(keys, "furniture");
        return Ok((page, None));
    }
    let mut page = MarkedText::default();
    articles.iter().for_each(|article| article.write(&mut page));
    loose(keys, &mut page)?;
    if page.text.is_empty() {
        return Err("its `articles` is empty; leave it out to have the articles of `text` found".to_owned());
    }
    let passed_over =
        || "its `text` does not hold the articles line by line and is passed over; `articles` counts".to_owned();
    Ok((page, (!is_blank(text)).then(passed_over)))
}

/// Writes what belongs to no article.
fn loose(keys: &Map<String, Json>, page: &mut MarkedText) -> Result<(), String> {
    for (key, part) in [("unattached", Part::Unattached), ("furniture", Part::Furniture)] {
        article::strings(keys, key)?.iter().for_each(|text| page.part(part, None, text));
    }
    Ok(())
}

/// What a value is, for messages.
fn kind_of(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "an array",
        Json::Object(_) => "an object",
    }
}
