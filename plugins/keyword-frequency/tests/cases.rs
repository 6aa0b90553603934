//! The method as examples, the laws, and what must hold for any text.

use banmian_core::Issue;
use banmian_testkit::{Reading, build, read, rows};
use keyword_frequency::{KeywordFrequency, Settings};
use proptest::prelude::*;

#[test]
fn cases() {
    banmian_testkit::cases::<KeywordFrequency>("tests/cases");
}

fn sample() -> Vec<Reading> {
    let pages = banmian_engine::builtin::SAMPLE;
    pages.iter().map(|(name, text)| read(name, Issue::default(), text)).collect()
}

#[test]
fn laws() {
    banmian_testkit::laws(&build::<KeywordFrequency>(Settings::default()), &sample());
}

#[test]
fn laws_with_everything_switched_on() {
    let settings = Settings {
        part: "place".to_owned().into(),
        collocations: true,
        nodes: vec!["委员".to_owned().into(), "会议".to_owned().into()],
        ngrams: vec![2.into(), 3.into()],
        character_ngrams: vec![4.into()],
        trends: "month".to_owned().into(),
        article_keywords: 5,
        target: "paper=临江日报".to_owned().into(),
        reference: "rest".to_owned().into(),
        compare: vec!["year=2022".to_owned().into(), "year=2023".to_owned().into()],
        fold_case: true,
        fold_numbers: true,
        ..Settings::default()
    };
    let analyzer = build::<KeywordFrequency>(settings);
    let issue = |name: &str| {
        let parts: Vec<&str> = name.split('/').collect();
        Issue { paper: parts[0].to_owned(), date: parts[1].to_owned(), ..Issue::default() }
    };
    let pages = banmian_engine::builtin::SAMPLE.iter();
    let dated: Vec<Reading> = pages.map(|(name, text)| read(name, issue(name), text)).collect();
    banmian_testkit::laws(&analyzer, &dated);
    let tables: std::collections::BTreeSet<_> = rows(&analyzer, &dated).iter().map(|(t, _)| t.name).collect();
    let all = <KeywordFrequency as banmian_core::Analyzer>::MANIFEST.tables;
    assert_eq!(tables.len(), all.len(), "every table has rows: {tables:?}");
}

#[test]
fn what_was_printed_in_traditional_characters_does_not_change_what_a_word_is() {
    let analyzer = build::<KeywordFrequency>(Settings::default());
    let page = |name: &str, text: &str| read(name, Issue::default(), text);
    let traditional = page("甲", "　　會議強調，相關單位應當總結經驗，開創農業發展的新局面。");
    let simplified = page("乙", "　　会议强调，相关单位应当总结经验，开创农业发展的新局面。");
    let words = |pages: &[Reading]| -> std::collections::BTreeSet<String> {
        rows(&analyzer, pages).iter().map(|(_, cells)| format!("{:?}", cells[0])).collect()
    };
    let alone = [words(std::slice::from_ref(&traditional)), words(std::slice::from_ref(&simplified))];
    assert!(!alone[1].iter().any(|word| word.contains("强调")), "强调 is a stop word");
    assert_eq!(words(&[traditional, simplified]), &alone[0] | &alone[1]);
}

#[test]
fn words_of_the_sample_are_sorted_and_their_counts_add_up() {
    let rows = rows(&build::<KeywordFrequency>(Settings::default()), &sample());
    let counts: Vec<i64> =
        rows.iter().map(|(_, c)| if let banmian_core::Cell::Integer(n) = c[2] { n } else { 0 }).collect();
    assert!(counts.len() > 1000 && counts.is_sorted_by(|a, b| a >= b));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_at_all_is_counted(text in "[\\PC\n。，　 会议主席]{0,200}") {
        let reading = read("any", Issue::default(), &text);
        let _ = rows(&build::<KeywordFrequency>(Settings::default()), &[reading]);
    }
}

#[test]
fn phrases_of_a_list_are_kept_whole() {
    use banmian_core::{Analyzer, Resources};
    let files = Resources::new(&|_, _| Ok("# formulations\n以人民为中心\n为中心\n".into()));
    let settings =
        Settings { phrases: vec!["phrases.txt".to_owned().into()], stop_words: Vec::new(), ..Settings::default() };
    let analyzer = KeywordFrequency::new(settings, &files).expect("the settings are right");
    let reading = read("a", Issue::default(), "坚持以人民为中心的发展思想，以经济建设为中心。");
    let words: Vec<_> = rows(&analyzer, &[reading]).into_iter().map(|(_, cells)| cells[0].clone()).collect();
    for phrase in ["以人民为中心", "为中心", "经济"] {
        assert!(
            words.iter().any(|w| matches!(w, banmian_core::Cell::Text(t) if t.starts_with(phrase))),
            "{phrase}: {words:?}"
        );
    }
}
