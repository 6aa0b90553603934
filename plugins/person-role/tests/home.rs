//! What the name of a paper and the counties on its page tell of the places that the page leaves out.

#![allow(missing_docs, reason = "tests")]

use banmian_core::{Analyzer, Issue};
use banmian_testkit::{build, read};
use person_role::{PersonRole, Settings};

/// `NAME RESOLVED BASIS LEVEL CODE` of all that is found.
fn found(paper: &str, text: &str) -> Vec<String> {
    let issue = Issue { paper: paper.to_owned(), date: "2023-02-10".to_owned(), ..Issue::default() };
    let reading = read("a", issue, text);
    let analyzer: PersonRole = build(Settings::default());
    let mut found = Vec::new();
    analyzer.analyze(&reading.page, &reading.words, &mut found);
    let level = |f: &person_role::Finding| f.office.level.map_or("", |l| l.name());
    let name = |f: &person_role::Finding| f.person_text(&reading.page);
    found
        .iter()
        .map(|f| format!("{} {} {} {} {}", name(f), f.resolved(), f.basis.name(), level(f), f.office.division))
        .collect()
}

#[test]
fn the_paper_of_a_listed_city_tells_the_city_and_its_province() {
    let page = "市委召开会议\n本报讯 昨日，市委书记罗成玉主持会议，省政协副主席何秀兰、副市长沈卫民出席。";
    assert_eq!(
        found("兰州日报", page),
        ["罗成玉 兰州市委 paper 地 620100", "何秀兰 甘肃省政协 paper 省 620000", "沈卫民 兰州市 paper 地 620100"]
    );
}

#[test]
fn a_city_without_counties_keeps_its_code() {
    let page = "市委召开会议\n本报讯 昨日，市委书记罗成玉、长白县县长沈卫民出席。";
    assert_eq!(found("临江日报", page)[0], "罗成玉 临江市委 paper 县 220681");
}

#[test]
fn a_city_with_counties_that_no_list_holds_is_another_one() {
    let page =
        "市委召开会议\n本报讯 昨日，市委书记罗成玉、东屏县县长沈卫民、沙湾区副区长何秀兰、成都市市长李望舒出席。";
    assert_eq!(
        found("临江日报", page),
        [
            "罗成玉 临江市委 paper  0",
            "沈卫民 东屏县 printed 县 0",
            "何秀兰 沙湾区 printed 县 0",
            "李望舒 成都市 printed 地 510100"
        ]
    );
    // 社区 and 高新区 are no districts.
    let page = "市委召开会议\n本报讯 昨日，市委书记罗成玉、花园社区主任沈卫民、高新区主任何秀兰出席。";
    assert_eq!(found("临江日报", page)[0], "罗成玉 临江市委 paper 县 220681");
}
