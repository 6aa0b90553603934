//! Records of JSON Lines with ready articles: what each form comes to, and every kind of wrong one.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs;

use banmian_core::Part;
use banmian_corpus::{CorpusPath, Inputs, Metadata, RawPage, find};
use proptest::prelude::*;
use serde_json::json;

/// What the lines of a file come to: pages, or messages of failures.
fn read(lines: &[String]) -> Vec<Result<RawPage, String>> {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("报.jsonl"), lines.join("\n")).unwrap();
    let corpus = find(&[CorpusPath { pattern: ".".to_owned(), base: dir.path().to_owned() }]).unwrap();
    let load = |input: banmian_corpus::Input| input.load(&Metadata::default());
    let told = |f: banmian_corpus::Failure| format!("{}: {}", f.page, f.error);
    Inputs::new(&corpus.sources).map(|input| load(input).map(|(page, _)| page).map_err(told)).collect()
}

fn page(record: serde_json::Value) -> RawPage {
    read(&[record.to_string()]).remove(0).unwrap()
}

fn fault(record: serde_json::Value) -> String {
    read(&[record.to_string()]).remove(0).unwrap_err()
}

/// The parts of a page, article by article.
fn parts(page: &RawPage) -> Vec<(Option<u32>, Part, &str)> {
    let marks = page.marks.as_ref().unwrap();
    marks.parts.iter().map(|m| (m.article, m.part, &page.text[m.range.bytes()])).collect()
}

#[test]
fn one_article_a_record() {
    let page = page(json!({
        "paper": "临江日报", "date": "1962-03-04", "edition": 3, "category": "农业",
        "title": "春灌开闸放水",
        "author": "本报记者 苗青",
        "body": "　　三月二日，东干渠开\n闸放水。\n　　五万亩麦田喝上头茬水。\n",
    }));
    assert_eq!(
        parts(&page),
        [
            (Some(0), Part::Main, "春灌开闸放水"),
            (Some(0), Part::Byline, "本报记者 苗青"),
            (Some(0), Part::Paragraph, "三月二日，东干渠开\n闸放水。"),
            (Some(0), Part::Paragraph, "五万亩麦田喝上头茬水。"),
        ]
    );
    assert_eq!((&*page.issue.paper, &*page.issue.date, &*page.issue.edition), ("临江日报", "1962-03-04", "3"));
    let other: Vec<_> = page.issue.other.into_iter().collect();
    assert_eq!(other, [("category".to_owned(), "农业".to_owned())], "the article's own keys are no metadata");
}

#[test]
fn several_articles_a_record() {
    let page = page(json!({"articles": [
        {
            "headline": {"kicker": "上下一心", "main": "春灌开闸放水", "deck": "——全县浇地五万亩"},
            "byline": [{"role": "记者", "name": "苗青"}, {"role": "摄影", "name": "田小禾"}],
            "dateline": "本报临江讯",
            "paragraphs": ["（记者苗 青）三月二日，东干渠开闸放水。", {"text": "水到田头", "heading": true}, "群众都说好。"],
            "captions": ["渠水流进麦田"],
        },
        {"text": "简讯一则。", "kind": "briefs"},
    ], "furniture": ["第三版"]}));
    assert_eq!(
        parts(&page),
        [
            (Some(0), Part::Kicker, "上下一心"),
            (Some(0), Part::Main, "春灌开闸放水"),
            (Some(0), Part::Deck, "——全县浇地五万亩"),
            // 苗青 is named in the text, this one is not.
            (Some(0), Part::Byline, "摄影 田小禾"),
            (Some(0), Part::Paragraph, "本报临江讯　（记者苗 青）三月二日，东干渠开闸放水。"),
            (Some(0), Part::SectionHeading, "水到田头"),
            (Some(0), Part::Paragraph, "群众都说好。"),
            (Some(0), Part::Caption, "渠水流进麦田"),
            (Some(1), Part::Paragraph, "简讯一则。"),
            (None, Part::Furniture, "第三版"),
        ]
    );
    let marks = page.marks.as_ref().unwrap();
    let names = marks.articles[0].byline.as_ref().unwrap().iter().map(|n| (&*n.role, &page.text[n.range.bytes()]));
    assert_eq!(names.collect::<Vec<_>>(), [("记者", "苗 青"), ("摄影", "田小禾")]);
    assert_eq!(marks.articles[0].dateline.map(|d| &page.text[d.bytes()]), Some("本报临江讯"));
}

#[test]
fn text_alone_is_a_page_whose_articles_are_to_be_found() {
    let page = page(json!({"text": "春灌开闸\n　　本报讯 三月二日开闸。", "author": "苗青"}));
    assert_eq!((page.marks, &*page.issue.other["author"]), (None, "苗青"));
    assert!(page_of(json!({"headline": null, "text": "春灌开闸"})).marks.is_none(), "null says nothing");
}

fn page_of(record: serde_json::Value) -> RawPage {
    page(record)
}

#[test]
fn headings_may_be_named() {
    let page = page(json!({"title": "春灌", "text": "水到田头\n三月二日开闸。", "headings": ["水到田头"]}));
    assert_eq!(parts(&page)[1], (Some(0), Part::SectionHeading, "水到田头"));
}

#[test]
fn wrong_records_say_what_to_write_instead() {
    let told = |record| fault(record).strip_prefix("报.jsonl#1: line 1: ").unwrap().to_owned();
    assert_eq!(
        told(json!({"articles": "春灌"})),
        "its `articles` is a string; write an array of objects, one for each article"
    );
    assert_eq!(
        told(json!({"articles": [{"headline": "春灌", "text": "开闸。"}, "麦收"]})),
        "article 2 is a string; write an object with `headline` and `paragraphs`"
    );
    assert_eq!(
        told(json!({"headline": 19620304, "text": "开闸。"})),
        "its `headline` is a number; write a string, or an object with `kicker`, `main` and `deck`"
    );
    assert_eq!(
        told(json!({"headline": {"主题": "春灌"}, "text": "开闸。"})),
        "its `headline` has a key `主题`; it may have `kicker`, `main` and `deck`"
    );
    assert_eq!(
        told(json!({"articles": [{"headline": "春灌", "paragraphs": ["　", ""]}]})),
        "article 1: it has no text: write its paragraphs as `body`, `paragraphs` or `text`"
    );
    assert_eq!(
        told(json!({"articles": [], "headline": "春灌"})),
        "it has `articles` and `headline`: put `headline` into one of the articles"
    );
    assert_eq!(
        told(json!({"title": "春灌", "headline": "春灌开闸", "text": "开闸。"})),
        "it has `headline` and `title`, which say the same; keep one"
    );
    assert_eq!(
        told(json!({"title": "春灌", "paragraphs": ["开闸。", 7]})),
        "`paragraphs`, paragraph 2: it is a number; write a string, or an object with `text` and `heading`"
    );
    assert_eq!(
        told(json!({"articles": []})),
        "its `articles` is empty; leave it out to have the articles of `text` found"
    );
    assert_eq!(told(json!({"text": " "})), "its `text` is empty");
    assert_eq!(told(json!({"text": "开闸。", "date": []})), "its `date` is an array; write a string or a number");
    let named = fault(json!({"page": "头版", "text": ["开闸。"]}));
    assert_eq!(named, "报.jsonl#头版: line 1: its `text` is an array; write a string");
}

#[test]
fn one_wrong_record_does_not_cost_the_rest() {
    let lines = [json!({"articles": 1}), json!({"title": "春灌", "text": "开闸。"})].map(|v| v.to_string());
    let read = read(&lines);
    assert!(read[0].is_err() && read[1].is_ok());
}

#[test]
fn a_file_of_empty_lines_is_an_empty_file() {
    assert_eq!(read(&[String::new(), "  ".to_owned(), String::new()]), [Err("报.jsonl: the page is empty".to_owned())]);
    assert_eq!(read(&[String::new()]), [Err("报.jsonl: the page is empty".to_owned())]);
    assert_eq!(read(&[String::new(), json!({"text": "开闸。"}).to_string(), String::new()]).len(), 1);
}

#[test]
fn text_beside_articles_is_told_if_it_is_not_theirs() {
    let record = json!({"text": "另一版的文字", "articles": [{"title": "春灌", "text": "开闸。"}]});
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("a.jsonl"), record.to_string()).unwrap();
    let corpus = find(&[CorpusPath { pattern: ".".to_owned(), base: dir.path().to_owned() }]).unwrap();
    let (page, warning) = Inputs::new(&corpus.sources).next().unwrap().load(&Metadata::default()).unwrap();
    assert_eq!(page.text, "春灌\n开闸。\n");
    assert!(warning.unwrap().error.to_string().contains("passed over"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Every part of a record is in its page once, whatever parts its articles have.
    #[test]
    fn nothing_of_a_record_is_lost(shapes in prop::collection::vec((0usize..3, 0usize..4, 1usize..4, 0usize..3, any::<bool>()), 1..5)) {
        let mut words = Vec::new();
        let mut next = |what: &str| {
            words.push(format!("{what}{}号，", words.len()));
            words.last().unwrap().clone()
        };
        let articles = shapes.into_iter().map(|(heads, bylines, paragraphs, captions, dated)| {
            let headline = match heads {
                0 => json!(null),
                1 => json!(next("主题")),
                _ => json!({"kicker": next("引题"), "main": next("主题"), "deck": next("副题")}),
            };
            let byline = match bylines {
                0 => json!([]),
                1 => json!(next("记者")),
                2 => json!([next("记者"), {"role": "摄影", "name": next("某")}]),
                _ => json!([{"role": "记者", "name": next("某")}]),
            };
            let body: Vec<_> = (0..paragraphs).map(|k| json!({"text": next("一段\n文字"), "heading": k == 1})).collect();
            let captions: Vec<_> = (0..captions).map(|_| next("图片")).collect();
            let dateline = if dated { next("电头") } else { String::new() };
            json!({"headline": headline, "byline": byline, "body": body, "captions": captions, "dateline": dateline})
        });
        let articles: Vec<_> = articles.collect();
        let page = page(json!({"articles": articles, "unattached": [next("散")], "furniture": next("报头")}));
        for word in &words {
            prop_assert_eq!(page.text.matches(word.as_str()).count(), 1, "{} in {}", word, page.text);
        }
        let ink = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        let marked: usize = page.marks.unwrap().parts.iter().map(|m| ink(&page.text[m.range.bytes()])).sum();
        prop_assert_eq!(marked, ink(&page.text), "all of it is marked");
    }
}
