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
