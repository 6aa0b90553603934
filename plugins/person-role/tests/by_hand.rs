//! What people put right stands in place of what was found.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use banmian_core::{Analyzer, Issue, OfficeCorrection, PersonCorrection, TextRange};
use banmian_testkit::{build, read};
use person_role::{PersonRole, Settings};

/// `NAME ROLE ORGANIZATION RESOLVED BASIS EVENT KEY` of all that is found once `correct` has put the page right.
fn found(correct: impl Fn(&str) -> Vec<PersonCorrection>) -> Vec<String> {
    let text = "白鹿县召开大会\n本报讯 会议选举罗成玉为县政协主席。县长沈卫民、村民牛得草出席。";
    let mut reading = read("a", Issue::default(), text);
    reading.page.persons_by_hand = correct(&reading.page.text);
    let analyzer: PersonRole = build(Settings::default());
    let mut found = Vec::new();
    analyzer.analyze(&reading.page, &reading.words, &mut found);
    let shown = found.iter().map(|f| {
        let (basis, event) = (f.basis.name(), f.event.name());
        let name = f.person_text(&reading.page);
        format!("{name} {} {} {} {basis} {event} {}", f.role, f.organization, f.resolved(), f.key)
    });
    shown.collect()
}

fn at(text: &str, words: &str) -> TextRange {
    let start = text.find(words).unwrap();
    TextRange::new(start, start + words.len())
}

#[test]
fn a_corrected_office_keeps_its_event_and_others_stay() {
    let before = found(|_| Vec::new());
    assert_eq!(before.len(), 2, "{before:?}");
    let after = found(|text| {
        let role = at(text, "主席");
        let organization = Some(at(text, "县政协"));
        let offices = vec![OfficeCorrection { role, organization, resolved: "临江市白鹿县政协".to_owned() }];
        vec![PersonCorrection { name: at(text, "罗成玉"), offices, key: "罗成玉@白鹿".to_owned() }]
    });
    assert_eq!(after[0], "罗成玉 主席 县政协 临江市白鹿县政协 by hand elected 罗成玉@白鹿");
    assert_eq!(after[1..], before[1..]);
}

#[test]
fn a_name_cut_wrongly_is_replaced_whole() {
    let after = found(|text| {
        let offices = vec![OfficeCorrection { role: at(text, "县长"), organization: None, resolved: String::new() }];
        vec![PersonCorrection { name: at(text, "沈卫"), offices, key: String::new() }]
    });
    assert!(after[1].starts_with("沈卫 县长 "), "{after:?}");
    assert_eq!(after.len(), 2);
}

#[test]
fn a_name_without_office_is_not_found() {
    let after =
        found(|text| vec![PersonCorrection { name: at(text, "沈卫民"), offices: Vec::new(), key: String::new() }]);
    assert_eq!(after.len(), 1, "{after:?}");
}
