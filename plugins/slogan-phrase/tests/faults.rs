//! Wrong lexicons and settings: every fault at once, each at its own place.

#![allow(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use banmian_core::{Analyzer, Fault, FaultPlace, Located, Resources};
use expect_test::{Expect, expect};
use slogan_phrase::{Settings, SloganPhrase};

const HEAD: &str = "phrase\tclass\tvariants\tfamily\ttheme\tsince\tnote\n";

/// The faults of a lexicon with these lines, each with what its caret stands under.
fn check(lines: &str, expected: &Expect) {
    let lexicon = format!("{HEAD}{lines}");
    let settings = Settings { lexicons: vec![Located::from("mine.tsv".to_owned())], ..Settings::default() };
    expected.assert_eq(&told(settings, &lexicon));
}

fn told(settings: Settings, lexicon: &str) -> String {
    let shipped = banmian_testkit::resources();
    let read = |name: &str, _| match name {
        "mine.tsv" => Ok(Arc::from(lexicon)),
        "none.tsv" => Err("there is no such file".to_owned()),
        other => Ok(shipped.builtin(other.strip_prefix("builtin:").unwrap_or(other)).text),
    };
    let faults = SloganPhrase::new(settings, &Resources::new(&read)).err().unwrap_or_default();
    faults.iter().map(|fault| format!("{} <{}>\n", fault.message, place(fault))).collect()
}

fn place(fault: &Fault) -> String {
    match &fault.place {
        FaultPlace::File { text, range, .. } => text[range.clone()].to_owned(),
        _ => "settings".to_owned(),
    }
}

#[test]
fn a_good_lexicon_has_no_faults() {
    check("以……为纲\tformulation\t\t\teconomy\t1960\t\n四个下乡\tnumbered\n", &expect![""]);
}

#[test]
fn every_wrong_entry_is_a_fault_at_its_field() {
    check(
        "新农村\tslogun\t\n百家互助\tslogan\t\t\tfarming\n四轮驱动\tformulation\t\t\t\t去年\n山河重整\tslogan\n山河、重整\tslogan\n",
        &expect![[r#"
            `slogun` is no class of formulations <slogun>
            `farming` is no theme <farming>
            `去年` is no date <去年>
            `山河、重整` stands twice in this lexicon <山河、重整>
        "#]],
    );
}

#[test]
fn a_gap_needs_words_around_it() {
    check(
        "……万岁\tslogan\n大办……\tslogan\n以…为纲\tslogan\n学…………赶\tslogan\n学……赶\tslogan\n干\tslogan\n",
        &expect![[r#"
            `……万岁` has a gap at its edge, where nothing bounds it <……万岁>
            `大办……` has a gap at its edge, where nothing bounds it <大办……>
            `以…为纲` has a gap that is not written `……` <以…为纲>
            `学…………赶` has no part of two characters between its gaps <学…………赶>
            `学……赶` has no part of two characters between its gaps <学……赶>
            `干` is shorter than two characters <干>
        "#]],
    );
}

#[test]
fn settings_out_of_range_and_missing_files_are_told_together() {
    let settings = Settings {
        lexicons: vec![Located::from("none.tsv".to_owned())],
        series_score: 400.into(),
        register: 2000.into(),
        ..Settings::default()
    };
    expect![[r#"
        `series-score` is 400, more than any text reaches <settings>
        `register` is 2000, more than any text reaches <settings>
        there is no such file <settings>
    "#]]
    .assert_eq(&told(settings, HEAD));
}
