//! What no lexicon has: found in a sample, written as a lexicon, counted exactly by the next run.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use banmian_core::{Analyzer, CellRef, DocumentSink, Issue, Located, Resources, TableSink};
use banmian_testkit::{Reading, read};
use slogan_phrase::{Phrases, Settings, SloganPhrase};

/// Analyzes with the lexicons that ship and one more.
fn analyzer(found: Option<&str>) -> SloganPhrase {
    let shipped = banmian_testkit::resources();
    let file = |name: &str, _| match name {
        "found.tsv" => Ok(Arc::from(found.unwrap_or_default())),
        other => Ok(shipped.builtin(other.strip_prefix("builtin:").unwrap_or(other)).text),
    };
    let mut settings = Settings::default();
    if found.is_some() {
        settings.lexicons.insert(0, Located::from("found.tsv".to_owned()));
    }
    SloganPhrase::new(settings, &Resources::new(&file)).ok().unwrap()
}

fn summary(analyzer: &SloganPhrase, texts: &[String]) -> Phrases {
    let mut summary = Phrases::default();
    for (i, text) in texts.iter().enumerate() {
        let issue = Issue { date: format!("2021-{:02}-05", i % 12 + 1), ..Issue::default() };
        let Reading { page, words, .. } = read(&format!("p{i:03}"), issue, text);
        let mut findings = Vec::new();
        analyzer.analyze(&page, &words, &mut findings);
        analyzer.absorb(&page, &findings, &mut summary);
    }
    summary
}

/// Cells of a table's first columns, as text.
fn rows(analyzer: &SloganPhrase, summary: &Phrases, table: &str, columns: usize) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut write = |schema: &'static banmian_core::TableSchema, cells: &[CellRef<'_>]| {
        if schema.name == table {
            let text = |c: &CellRef<'_>| match c {
                CellRef::Text(text) => (*text).to_owned(),
                CellRef::Integer(n) => n.to_string(),
                other => format!("{other:?}"),
            };
            rows.push(cells[..columns].iter().map(text).collect());
        }
    };
    analyzer.tables(summary, &mut TableSink::new(&mut write));
    rows
}

fn found_file(analyzer: &SloganPhrase, summary: &Phrases) -> String {
    let mut all = String::new();
    let mut write = |name: &str, text: &str| {
        assert_eq!(name, "found.tsv");
        all.push_str(text);
    };
    analyzer.documents(summary, &mut DocumentSink::new(&mut write));
    all
}

/// Sentences of our own around a phrase: it is quoted now and then, and stands in the middle, at the head and at the end.
fn around(phrase: &str) -> Vec<String> {
    let frames = [
        "镇里把“{}”写进了村规。",
        "{}让老街换了样子。",
        "大家都盼着{}",
        "各村照着{}去办，账目月月公开。",
        "“{}”是今年的头一件事。",
        "书记讲到{}时，屋里静了下来。",
        "有了{}这根主线，河道清了，路灯亮了。",
        "从{}做起，乡亲们心里踏实。",
    ];
    frames.iter().map(|frame| frame.replace("{}", phrase)).collect()
}

#[test]
fn a_coinage_is_found_and_the_next_run_counts_it_exactly() {
    let texts = around("护河点灯连渠");
    let first = analyzer(None);
    let known = summary(&first, &texts);
    assert_eq!(rows(&first, &known, "discovered", 4), [["护河点灯连渠", "8", "8", "2"]]);
    let lexicon = found_file(&first, &known);
    assert!(lexicon.contains("护河点灯连渠\tcore\t\t\t\t2021-01\t8 articles, 8 times\n"), "{lexicon}");

    let second = analyzer(Some(&lexicon));
    let known = summary(&second, &texts);
    assert_eq!(rows(&second, &known, "phrases", 6), [["护河点灯连渠", "fixed", "", "", "8", "8"]]);
    assert!(rows(&second, &known, "discovered", 1).is_empty(), "what a lexicon has is not discovered again");
}

#[test]
fn what_was_discovered_counts_inside_a_longer_phrase() {
    let lexicon = found_file(&analyzer(None), &summary(&analyzer(None), &around("护河点灯连渠")));
    let second = analyzer(Some(&lexicon));
    let known = summary(&second, &["镇里讲“护河点灯连渠、强村富民惠家”。".to_owned()]);
    let phrases = rows(&second, &known, "phrases", 2);
    assert!(phrases.contains(&vec!["护河点灯连渠".to_owned(), "fixed".to_owned()]), "{phrases:?}");
}

#[test]
fn latin_letters_and_figures_stay() {
    let first = analyzer(None);
    let known = summary(&first, &around("AI+田头课堂"));
    assert_eq!(rows(&first, &known, "discovered", 2), [["AI+田头课堂", "8"]]);
}

#[test]
fn what_stands_at_the_edges_of_texts_is_not_lost() {
    let first = analyzer(None);
    let texts: Vec<String> = ["“点灯连渠”", "点灯连渠", "“点灯连渠”好", "点灯连渠快", "点灯连渠准", "看点灯连渠"]
        .map(str::to_owned)
        .to_vec();
    let known = summary(&first, &texts);
    assert_eq!(rows(&first, &known, "discovered", 1), [["点灯连渠"]]);
}

#[test]
fn a_part_of_a_longer_one_is_not_discovered() {
    let first = analyzer(None);
    let mut texts = around("护河点灯连渠");
    // Twice quoted by its second half, which stands nowhere else.
    texts.push("有人只记得“点灯连渠”四个字。".to_owned());
    texts.push("墙上只写着“点灯连渠”几个字。".to_owned());
    let known = summary(&first, &texts);
    assert_eq!(rows(&first, &known, "discovered", 1), [["护河点灯连渠"]]);
}

#[test]
fn one_neighbour_alone_is_no_proof_and_no_fault() {
    let first = analyzer(None);
    let texts: Vec<String> = (0..8).map(|i| format!("第{i}次走访“点灯连渠”时说点灯连渠。都说点灯连渠。")).collect();
    let known = summary(&first, &texts);
    // Every cell is a finite number, or writing the row would have ended the test.
    rows(&first, &known, "discovered", 8);
    let texts: Vec<String> = (0..8).map(|i| format!("{i}号渠边甲点灯连渠乙，又见甲点灯连渠乙。")).collect();
    let known = summary(&first, &texts);
    assert!(
        rows(&first, &known, "discovered", 1).is_empty(),
        "between two fixed neighbours it is a part of something longer"
    );
}

#[test]
fn a_rise_and_a_silence_are_told_and_a_steady_use_is_not() {
    let analyzer = analyzer(None);
    let mut known = Phrases::default();
    for year in 2016..2022 {
        for i in 0..60 {
            let mut text = format!("{year}年的第{i}篇，天气晴好。");
            if i % 6 == 0 {
                text.push_str("全村推进“三个下沉”。");
            }
            if i % 3 == 0 && year < 2020 {
                text.push_str("全村推进“五个上门”。");
            }
            if i % 3 == 1 && year >= 2019 {
                text.push_str("全村推进“四个到田”。");
            }
            let issue = Issue { date: format!("{year}-{:02}-05", i % 12 + 1), ..Issue::default() };
            let reading = read(&format!("{year}-{i:02}"), issue, &text);
            let mut findings = Vec::new();
            analyzer.analyze(&reading.page, &reading.words, &mut findings);
            analyzer.absorb(&reading.page, &findings, &mut known);
        }
    }
    let timeline = rows(&analyzer, &known, "timeline", 11);
    let marks = |phrase: &str| -> Vec<(String, String)> {
        let of = timeline.iter().filter(|row| row[0] == phrase && !row[10].is_empty());
        of.map(|row| (row[2].clone(), row[10].clone())).collect()
    };
    let told = |year: &str, what: &str| (year.to_owned(), what.to_owned());
    assert_eq!(marks("三个下沉"), []);
    assert_eq!(marks("五个上门"), [told("2020", "silence"), told("2021", "silence")]);
    assert!(marks("四个到田").contains(&told("2019", "rise")), "{timeline:?}");
}
