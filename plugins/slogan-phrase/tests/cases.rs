//! The method as examples (tests/cases), the laws of the summary, and properties of any text.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use banmian_core::{Analyzer, Issue, TextRange};
use banmian_testkit::{Reading, build, cases, laws, read};
use proptest::prelude::*;
use slogan_phrase::{Finding, Settings, SloganPhrase};

fn reading(date: &str, name: &str, text: &str) -> Reading {
    read(name, Issue { date: date.to_owned(), ..Issue::default() }, text)
}

#[test]
fn the_method_does_what_its_cases_say() {
    cases::<SloganPhrase>("tests/cases");
}

/// Pages in the manner of several decades, in words of our own.
const PAGES: [(&str, &str); 7] = [
    ("1952-02-08", "全厂职工开展增产节约运动，支援抗美援朝、保家卫国。老工人赵师傅说，要爱厂如家。"),
    ("1968-06-01", "公社社员抓革命、促生产，队队争先进，人人鼓干劲。"),
    ("1998-01-06", "代表们表示，要高举邓小平理论伟大旗帜，坚持党的基本路线。代表们高举邓小平理论伟大旗帜走进会场。"),
    ("", "明天多云转晴，气温回升。"),
    ("2022-10-30", "会议强调，增强“四个意识”、坚定“四个自信”、做到“两个维护”，推动高质量发展。"),
    (
        "2023-02-01",
        "锚定目标鼓干劲 凝心聚力开新局\n会议要求，要把准方向聚合力，在服务大局上下功夫。要深入基层察民情，在为民解忧上见实效，推动高质量发展。",
    ),
    ("2023-02-03", "会议强调，推动高质量发展。委员们谋良策、出实招、鼓干劲。"),
];

#[test]
fn the_summary_obeys_the_laws() {
    let analyzer: SloganPhrase = build(Settings::default());
    let readings: Vec<Reading> =
        PAGES.iter().enumerate().map(|(i, (date, text))| reading(date, &format!("p{i}"), text)).collect();
    laws(&analyzer, &readings);
}

/// All places a finding names.
fn ranges(finding: &Finding) -> [Option<TextRange>; 3] {
    match finding {
        Finding::Phrase(phrase) => [Some(phrase.range), phrase.speaker, phrase.members],
        Finding::Frame(frame) => [Some(frame.range), Some(frame.first), frame.second],
        Finding::Plain(plain) => [Some(plain.range), None, None],
    }
}

fn check(analyzer: &SloganPhrase, text: &str) {
    let reading = reading("", "p", text);
    let mut findings = Vec::new();
    analyzer.analyze(&reading.page, &reading.words, &mut findings);
    for finding in &findings {
        for range in ranges(finding).into_iter().flatten() {
            assert!(reading.page.text.get(range.bytes()).is_some_and(|t| !t.is_empty()), "{range:?} in {text:?}");
        }
    }
    let starts: Vec<u32> = findings.iter().map(|f| f.range().start).collect();
    assert!(starts.is_sorted(), "findings come in page order");
}

#[test]
fn any_text_gives_ranges_inside_the_page() {
    let analyzer: SloganPhrase = build(Settings::default());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    // Characters that the rules look at, with others between.
    let piece = prop::sample::select(vec![
        "要",
        "、",
        "，",
        "。",
        "“",
        "”",
        "：",
        " ",
        "　",
        "\n",
        "三个",
        "两个",
        "五大",
        "行动",
        "维护",
        "凝心聚力",
        "开新局",
        "会议强调",
        "谋良策",
        "的",
        "和",
        "以",
        "同志为核心的党中央",
        "坚持",
        "【",
        "】",
        "3",
        "a",
        "é",
        "国",
        "國",
        "\"",
        "战略",
        "一",
        "習近平",
        "在",
        "指出",
    ]);
    let text = prop::collection::vec(piece, 0..40).prop_map(|p| p.concat());
    runner
        .run(&text, |text| {
            check(&analyzer, &text);
            Ok(())
        })
        .unwrap();
    runner
        .run(&".{0,60}", |text| {
            check(&analyzer, &text);
            Ok(())
        })
        .unwrap();
}
