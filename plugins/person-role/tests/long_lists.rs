//! Roll calls that are longer than a sentence may be.

#![allow(missing_docs, reason = "tests")]

use banmian_core::{Analyzer, Issue};
use banmian_testkit::{build, read};
use person_role::{PersonRole, Settings};

#[test]
fn a_roll_call_is_read_to_its_end() {
    let surnames = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗".chars();
    let given = ["建国", "玉兰", "志强", "秀英", "明华", "立平", "晓东", "海燕", "文斌", "桂香", "春生", "红梅"];
    let names: Vec<String> = surnames.flat_map(|s| given.iter().map(move |g| format!("{s}{g}"))).collect();
    let names = [names.clone(), names].concat();
    let text = format!("出席大会的市政协委员有：{}。", names.join("、"));
    let reading = read("a", Issue::default(), &text);
    let analyzer: PersonRole = build(Settings::default());
    let mut found = Vec::new();
    analyzer.analyze(&reading.page, &reading.words, &mut found);
    let printed: Vec<_> = found.iter().map(|f| f.person_text(&reading.page).into_owned()).collect();
    assert_eq!(printed, names);
}
