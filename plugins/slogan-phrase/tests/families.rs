//! Laws of the table `families`, whatever forms stand on the pages.

use std::collections::BTreeMap;

use banmian_core::{Analyzer, CellRef, Issue, TableSchema, TableSink};
use banmian_testkit::{Reading, read};
use proptest::prelude::*;
use slogan_phrase::{Phrases, Settings, SloganPhrase};

/// Sentences with forms that belong together in many ways: by a lexicon, by members, by words put in, one in another.
const SENTENCES: [&str; 12] = [
    "坚持建言资政和凝聚共识双向发力。",
    "在双向发力上做文章。",
    "全县“强工兴旅、通江达海”一起抓。",
    "“通江达海、强工兴旅”战略写进了报告。",
    "“强工兴旅、通江达海、富民安县”战略有了下文。",
    "构建社会主义和谐社会。",
    "促进人与自然和谐相处。",
    "坚持以人民为中心的发展思想。",
    "贯彻以人民为中心发展思想。",
    "改善营商环境。",
    "发扬民主、增进团结、凝聚共识。",
    "坚持发扬民主和增进团结相互贯通、建言资政和凝聚共识双向发力。",
];

/// A row: family, canonical, kind, and count, articles, family_count, family_articles.
struct Row {
    family: String,
    form: (String, String),
    count: i64,
    articles: i64,
    family_count: i64,
    family_articles: i64,
}

fn families(pages: &[Vec<usize>]) -> Vec<Row> {
    let files = banmian_testkit::resources();
    let analyzer = SloganPhrase::new(Settings::default(), &files).expect("the default settings are good");
    let mut summary = Phrases::default();
    for (i, sentences) in pages.iter().enumerate() {
        let text: String = sentences.iter().map(|&s| SENTENCES[s]).collect();
        let Reading { page, words, .. } = read(&format!("p{i}"), Issue::default(), &text);
        let mut findings = Vec::new();
        analyzer.analyze(&page, &words, &mut findings);
        analyzer.absorb(&page, &findings, &mut summary);
    }
    let mut rows = Vec::new();
    let mut write = |schema: &'static TableSchema, cells: &[CellRef<'_>]| {
        if schema.name == "families" {
            let text = |i: usize| if let CellRef::Text(text) = cells[i] { text.to_owned() } else { String::new() };
            let number = |i: usize| if let CellRef::Integer(n) = cells[i] { n } else { -1 };
            rows.push(Row {
                family: text(0),
                form: (text(1), text(2)),
                count: number(4),
                articles: number(5),
                family_count: number(6),
                family_articles: number(7),
            });
        }
    };
    analyzer.tables(&summary, &mut TableSink::new(&mut write));
    rows
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_form_is_in_one_family_and_nothing_is_counted_twice(
        pages in prop::collection::vec(prop::collection::vec(0..SENTENCES.len(), 1..6), 1..6),
    ) {
        let rows = families(&pages);
        let mut forms: Vec<_> = rows.iter().map(|r| &r.form).collect();
        forms.sort();
        forms.dedup();
        prop_assert_eq!(forms.len(), rows.len(), "a form stands in one row");
        let mut by_family: BTreeMap<(&str, i64, i64), Vec<&Row>> = BTreeMap::new();
        for row in &rows {
            by_family.entry((&row.family, row.family_count, row.family_articles)).or_default().push(row);
        }
        for ((family, count, articles), rows) in by_family {
            prop_assert!(rows.len() > 1, "{} has one form", family);
            prop_assert!(rows.iter().map(|r| r.count).sum::<i64>() >= count && rows.iter().all(|r| r.count <= count));
            prop_assert!(rows.iter().map(|r| r.articles).sum::<i64>() >= articles);
            prop_assert!(rows.iter().all(|r| r.articles <= articles && articles <= pages.len() as i64));
        }
    }
}
