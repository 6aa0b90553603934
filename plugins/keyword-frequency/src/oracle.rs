//! Every measure against numbers computed elsewhere: `tests/oracle/keyword-frequency.py`, written from the
//! papers with numpy and scipy, over twelve small texts.

use banmian_core::{Analyzer, Article, Issue, Page, Part, Piece, Pos, Sentence, TextRange, Token, Words};
use serde_json::Value as Json;

use crate::association::{odds_ratio, percent_difference};
use crate::cells::Targets;
use crate::corpus_parts::CorpusParts;
use crate::fuller::Fuller;
use crate::{KeywordFrequency, Settings, Summary};

const TEXTS: &str = include_str!("../../../tests/oracle/keyword-frequency.txt");

fn expected() -> Json {
    let text = include_str!("../../../tests/oracle/keyword-frequency.json");
    serde_json::from_str(text).expect("the script writes JSON")
}

/// The texts as pages of one article, with the words they were written with.
fn pages() -> Vec<(Page, Words)> {
    let mut pages: Vec<(Page, Vec<Token>, Vec<u32>)> = Vec::new();
    for line in TEXTS.lines().filter(|l| !l.starts_with('#')) {
        if let Some(head) = line.strip_prefix("= ") {
            let (paper, date) = head.split_once(' ').expect("paper and date");
            let issue = Issue { paper: paper.to_owned(), date: date.to_owned(), ..Issue::default() };
            let id = format!("text-{:02}", pages.len());
            pages.push((Page { id, issue, ..Page::default() }, Vec::new(), Vec::new()));
            continue;
        }
        let (page, tokens, ends) = pages.last_mut().expect("a text has a head");
        let mut begin = 0;
        for word in line.split(' ') {
            let start = page.text.len();
            page.text.push_str(word);
            let mark = matches!(word, "。" | "，");
            let range = TextRange::new(start, page.text.len());
            tokens.push(Token { range, pos: Pos::new(if mark { "x" } else { "n" }), number: Token::NO_NUMBER });
            if word == "。" {
                page.sentences.push(Sentence { range: TextRange::new(begin, page.text.len()), piece: 0 });
                ends.push(tokens.len() as u32);
                begin = page.text.len();
            }
        }
    }
    let whole = |(mut page, tokens, ends): (Page, Vec<Token>, Vec<u32>)| {
        let range = TextRange::new(0, page.text.len());
        page.pieces = vec![Piece { range, part: Part::Paragraph, article: Some(0) }];
        page.articles = vec![Article { pieces: 0..1, ..Article::default() }];
        (page, Words::new(tokens, ends))
    };
    pages.into_iter().map(whole).collect()
}

fn build(settings: Settings) -> KeywordFrequency {
    banmian_testkit::build::<KeywordFrequency>(settings)
}

fn plain() -> Settings {
    Settings { stop_words: Vec::new(), ..Settings::default() }
}

fn summary(analyzer: &KeywordFrequency) -> Summary {
    let mut summary = Summary::default();
    for (page, words) in pages() {
        let mut findings = Vec::new();
        analyzer.analyze(&page, &words, &mut findings);
        analyzer.absorb(&page, &findings, &mut summary);
    }
    summary
}

/// Equal to 1e-9 of the number expected.
fn check(name: &str, found: impl Into<Option<f64>>, expected: &Json) {
    match (found.into(), expected.as_f64()) {
        (None, None) => {}
        (Some(found), Some(expected)) => {
            let near = (found - expected).abs() <= 1e-9 * expected.abs().max(1e-3);
            assert!(near, "{name}: found {found}, expected {expected}");
        }
        (found, _) => panic!("{name}: found {found:?}, expected {expected}"),
    }
}

#[test]
fn words_and_dispersion() {
    let analyzer = build(plain());
    let summary = summary(&analyzer);
    let counts = &summary.words;
    let mut corpus = CorpusParts::new(&analyzer.plan.columns, counts);
    let cells = std::mem::take(&mut corpus.cells);
    let totals = counts.totals_of_forms(&Targets::default());
    let expected = expected();
    let mut seen = 0;
    counts.by_form(
        &cells,
        &totals,
        &Targets::default(),
        |_| true,
        |form, postings| {
            let (papers, found) = corpus.of_postings(postings);
            let word = counts.forms.get(form).0;
            let row = &expected["words"][word];
            let (count, articles) = (totals[form as usize].count, totals[form as usize].articles);
            let whole =
                [("count", count), ("articles", articles), ("papers", papers.into()), ("range", found.range.into())];
            whole.iter().for_each(|(name, n)| assert_eq!(Some(*n), row[*name].as_u64(), "{word}: {name}"));
            let measures = [
                ("juilland_d", found.juilland_d),
                ("carroll_d2", found.carroll_d2),
                ("dp", found.dp),
                ("dp_norm", found.dp_norm),
                ("dp_adjusted", found.dp_adjusted),
                ("per_10k", Some(corpus.totals.per_10k(count))),
                ("tfidf", Some(corpus.totals.tfidf(count, articles))),
            ];
            measures.iter().for_each(|(name, value)| check(&format!("{word}: {name}"), *value, &row[*name]));
            seen += 1;
        },
    );
    assert_eq!(Some(seen), expected["words"].as_object().map(|w| w.len()));
}

#[test]
fn keyness_of_one_paper_against_the_other() {
    let settings = Settings {
        target: "paper=河洮政协报".to_owned().into(),
        reference: "paper=临江日报".to_owned().into(),
        keyness_min_count: 1.into(),
        ..plain()
    };
    let analyzer = build(settings);
    let summary = summary(&analyzer);
    let expected = expected();
    let mut seen = 0;
    crate::tables::compared(&analyzer.plan, &Fuller::new(&analyzer.plan, &summary), |word, pair, found| {
        let row = &expected["keyness"][word];
        let (a, b) = pair.tokens;
        let (articles_a, articles_b) = pair.articles.expect("both papers have articles");
        let whole = [
            ("count", a.count),
            ("reference_count", b.count),
            ("articles", articles_a.count),
            ("reference_articles", articles_b.count),
        ];
        whole.iter().for_each(|(name, n)| assert_eq!(Some(*n), row[*name].as_u64(), "{word}: {name}"));
        let articles = found.articles.expect("both papers have articles");
        let measures = [
            ("g2", Some(found.g2)),
            ("p_adjusted", Some(found.p)),
            ("bic", Some(found.bic)),
            ("log_ratio", Some(found.log_ratio)),
            ("low", found.low),
            ("high", found.high),
            ("lrc", Some(found.lrc)),
            ("difference", percent_difference(a, b)),
            ("odds_ratio", odds_ratio(a, b)),
            ("articles_g2", Some(articles.g2)),
            ("articles_p_adjusted", Some(articles.p)),
            ("articles_log_ratio", Some(articles.log_ratio)),
        ];
        measures.iter().for_each(|(name, value)| check(&format!("{word}: {name}"), *value, &row[*name]));
        seen += 1;
    });
    assert_eq!(Some(seen), expected["keyness"].as_object().map(|w| w.len()));
}

fn texts(list: &[&str]) -> Vec<banmian_core::Located<String>> {
    list.iter().map(|t| (*t).to_owned().into()).collect()
}

#[test]
fn collocations_of_two_nodes() {
    let nodes = texts(&["铁路", "委员"]);
    let analyzer = build(Settings { nodes, collocations: true, window: 3.into(), collocation_min_count: 1, ..plain() });
    let summary = summary(&analyzer);
    let expected = expected();
    let words = Fuller::new(&analyzer.plan, &summary);
    let pairs = crate::tables::pairs(&analyzer.plan, &summary, &words);
    for pair in &pairs {
        let (node, collocate, counts) = (pair.node, words.get(pair.collocate).0, &pair.counts);
        let row = &expected["collocations"][format!("{node} {collocate}")];
        let whole = [
            ("together", counts.together),
            ("window", counts.window),
            ("node_count", counts.node),
            ("count", counts.collocate),
        ];
        whole.iter().for_each(|(name, n)| assert_eq!(Some(*n), row[*name].as_u64(), "{node} {collocate}: {name}"));
        let found = counts.attraction();
        let measures = [
            ("log_dice", found.log_dice),
            ("mi", found.mi),
            ("mi3", found.mi3),
            ("t", found.t),
            ("g2", found.g2),
            ("delta_p_collocate", found.delta_p_collocate),
            ("delta_p_node", found.delta_p_node),
        ];
        measures.iter().for_each(|(name, value)| check(&format!("{node} {collocate}: {name}"), *value, &row[*name]));
    }
    assert_eq!(Some(pairs.len()), expected["collocations"].as_object().map(|c| c.len()));
}

#[test]
fn trends_by_month() {
    let analyzer = build(Settings { trends: "month".to_owned().into(), trend_min_count: 1, ..plain() });
    let summary = summary(&analyzer);
    let expected = expected();
    let words_of = Fuller::new(&analyzer.plan, &summary);
    let (periods, words) = crate::tables::series(&analyzer.plan, &words_of).expect("is asked for");
    assert_eq!(serde_json::json!(periods), expected["trends"]["periods"]);
    assert_eq!(Some(words.len()), expected["trends"]["words"].as_object().map(|w| w.len()));
    for (form, shares) in &words {
        let word = summary.words.forms.get(*form).0;
        let row = &expected["trends"]["words"][word];
        let trend = crate::trend::Trend::of(shares);
        assert_eq!(Some(trend.s), row["s"].as_i64(), "{word}");
        check(word, trend.z, &row["z"]);
        check(word, trend.p, &row["p"]);
        check(word, trend.slope, &row["slope"]);
        for (i, share) in shares.iter().enumerate() {
            let (low, high) = crate::trend::wilson(*share);
            check(word, low * 10_000.0, &row["wilson"][i][0]);
            check(word, high * 10_000.0, &row["wilson"][i][1]);
        }
    }
}

#[test]
fn text_rank_of_the_third_text() {
    let analyzer = build(plain());
    let (page, words) = &pages()[2];
    let sentences: Vec<usize> = (0..page.sentences.len()).collect();
    let ranked = crate::neighbours::keywords(&analyzer.plan, page, words, &sentences);
    let expected = expected();
    assert_eq!(Some(ranked.len()), expected["textrank"].as_object().map(|w| w.len()));
    ranked.iter().for_each(|(first, score)| check("score", *score, &expected["textrank"][page.slice(*first)]));
}

#[test]
fn bigrams_of_the_twelve_texts() {
    let settings = Settings { ngrams: vec![2.into()], ngram_min_count: 2, ngram_min_range: 1, ..plain() };
    let rows = {
        let analyzer = build(settings);
        let summary = summary(&analyzer);
        let mut rows = Vec::new();
        let mut write = |schema: &'static banmian_core::TableSchema, cells: &[banmian_core::CellRef<'_>]| {
            if schema.name == "ngrams" {
                rows.push(cells.iter().map(|c| c.to_cell()).collect::<Vec<_>>());
            }
        };
        analyzer.tables(&summary, &mut banmian_core::TableSink::new(&mut write));
        rows
    };
    let expected = expected();
    for row in &rows {
        let banmian_core::Cell::Text(ngram) = &row[0] else { panic!("the first column is text") };
        let own = &expected["ngrams"][ngram.as_str()];
        assert_eq!(row[2], banmian_core::Cell::Integer(own["count"].as_i64().expect("is there")), "{ngram}");
        assert_eq!(row[5], banmian_core::Cell::Integer(own["range"].as_i64().expect("is there")), "{ngram}");
    }
    assert_eq!(Some(rows.len()), expected["ngrams"].as_object().map(|n| n.len()));
}
