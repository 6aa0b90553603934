//! The laws of the summary, properties of any text at all, and the faults of settings and lexicons.

#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use banmian_core::{Analyzer, Cell, Fault, FaultPlace, Issue, Located, Resources};
use banmian_testkit::{Reading, build, laws, read, rows};
use person_role::{Basis, PersonRole, Settings};
use proptest::prelude::*;

fn analyzer() -> &'static PersonRole {
    static ANALYZER: std::sync::OnceLock<PersonRole> = std::sync::OnceLock::new();
    ANALYZER.get_or_init(|| build(Settings::default()))
}

fn page(id: &str, paper: &str, date: &str, text: &str) -> Reading {
    read(id, Issue { paper: paper.to_owned(), date: date.to_owned(), ..Issue::default() }, text)
}

#[test]
fn the_summary_obeys_the_laws() {
    let readings = [
        page("a", "临江日报", "2022-11-08", "市委书记梁国栋出席会议并讲话，市委副书记、市长沈卫民作具体部署。"),
        page("b", "临江日报", "2022-11-08", "市委书记梁国栋、市长沈卫民会见客人。\n市长沈卫民讲话。"),
        page("c", "河洮政协报", "2023-02-10", "本报临江讯（通讯员苏天泰）县政协主席罗琼作报告，副主席王亮主持。"),
        page("d", "河洮政协报", "", "会议任命张立群为市民政局局长；李望舒为市水利局副局长。"),
        page("e", "", "1956-03-08", "红旗生产大队大队长杨来喜召开社员大会。\n市委书记梁国栋讲话。"),
        page("f", "", "", "今天下了一场大雪，路上行人很少。"),
        page("g", "临江日报", "2021-01-02", "市委书记梁国栋到村里看望大家，村党支部书记牛得草陪同。"),
    ];
    laws(analyzer(), &readings);
}

#[test]
fn tenures_are_counted_by_person_and_office() {
    let readings = [
        page("a", "", "2022-11-08", "白鹿市委书记梁国栋出席会议。\n白鹿市委书记梁国栋讲话。"),
        page("b", "", "2021-03-01", "白鹿市委书记梁国栋看望大家。（记者何加林）"),
    ];
    let all = rows(analyzer(), &readings);
    let tenures: Vec<_> = all.iter().filter(|(s, _)| s.name == "tenures").map(|(_, cells)| cells.clone()).collect();
    let text = |t: &str| Cell::Text(t.to_owned());
    assert_eq!(
        tenures,
        [vec![
            text("梁国栋@白鹿市委"),
            text("梁国栋"),
            text("白鹿市委"),
            text("书记"),
            text("书记"),
            text("党委"),
            text(""),
            text(""),
            text("2021-03-01"),
            text("2022-11-08"),
            Cell::Integer(3),
            Cell::Integer(2),
            Cell::Integer(2),
            Cell::Integer(0),
        ]],
        "reporters are not counted among the people"
    );
}

#[test]
fn the_paper_tells_the_province() {
    let resolved = |paper: &str, text: &str| {
        let reading = page("a", paper, "", text);
        let mut found = Vec::new();
        analyzer().analyze(&reading.page, &reading.words, &mut found);
        found.into_iter().map(|f| (f.resolved().to_owned(), f.basis)).next().unwrap()
    };
    let report = "省委书记陆长河到会讲话。";
    assert_eq!(resolved("甘肃日报", report), ("甘肃省委".to_owned(), Basis::Paper));
    assert_eq!(resolved("", report), ("省委".to_owned(), Basis::Printed));
    assert_eq!(resolved("北京日报", "市委书记陆长河讲话。"), ("北京市委".to_owned(), Basis::Paper));
    assert_eq!(resolved("北京日报", report), ("省委".to_owned(), Basis::Printed), "Beijing is no province");
    let city = "市委书记陆长河讲话。";
    assert_eq!(resolved("白鹿日报", city).1, Basis::Printed, "a city or a county?");
    assert_eq!(resolved("临江日报", city).1, Basis::Paper, "a listed city");
    assert_eq!(resolved("甘肃日报", city).1, Basis::Printed, "a province's paper tells no city");
    let said = "市委书记陆长河讲话。白鹿市今年修路。";
    assert_eq!(resolved("白鹿日报", said), ("白鹿市委".to_owned(), Basis::Paper));
    assert_eq!(resolved("白鹿政协报", said).1, Basis::Printed);
}

/// Resources in which `builtin:NAME` is replaced by `text`.
fn faults_with(name: &'static str, text: &'static str, settings: Settings) -> Vec<Fault> {
    let shipped = banmian_testkit::resources();
    let read = move |asked: &str, _| {
        if asked == name {
            return Ok(Arc::from(text));
        }
        let resource = shipped.get(&Located::from(asked.to_owned())).map_err(|f| f.message)?;
        Ok(resource.text)
    };
    PersonRole::new(settings, &Resources::new(&read)).err().unwrap_or_default()
}

fn place(fault: &Fault) -> String {
    match &fault.place {
        FaultPlace::File { text, range, .. } => text[range.clone()].to_owned(),
        _ => String::new(),
    }
}

#[test]
fn wrong_entries_are_faults_at_their_place() {
    let roles = "role\tsystem\tflags\n主席\t政协\n书记\t党派\n主席\t政协\n部长\t政府\tstrong\n";
    let faults = faults_with("builtin:person-roles", roles, Settings::default());
    let told: Vec<_> = faults.iter().map(|f| (f.message.as_str(), place(f))).collect();
    assert_eq!(
        told,
        [
            ("`党派` is not known here", "党派".to_owned()),
            ("`主席` is listed twice", "主席".to_owned()),
            ("`strong` is not known here", "strong".to_owned()),
        ]
    );
    assert!(faults[0].help.as_deref().unwrap().contains("政协"));
}

#[test]
fn wrong_entries_of_offices_are_faults_at_their_place() {
    let told = |name, text| {
        let faults = faults_with(name, text, Settings::default());
        faults.iter().map(|f| format!("{} ← {}", place(f), f.message)).collect::<Vec<_>>()
    };
    let bodies =
        "body\tplace\tsystem\tlevel\n县委\tany\t党委\t县\n县委\tany\t党委\n总工会\tstart\t群团\n妇联\tany\t群众\n";
    assert_eq!(
        told("builtin:person-bodies", bodies),
        ["县委 ← `县委` is listed twice", "start ← `start` is not known here", "群众 ← `群众` is not known here"]
    );
    let posts = "post\tbase\tsystem\tlevel\n县长\t\t政府\t县级\n";
    assert_eq!(told("builtin:person-posts", posts), ["县级 ← `县级` is not known here"]);
    let systems = "group\tsystem\n政府\t政府\n政府\t政府\n党政\t党委\n";
    assert_eq!(
        told("builtin:person-systems", systems),
        ["政府 ← `政府` is listed twice", "党政 ← `党政` is not known here"]
    );
    let divisions =
        "division\tcode\tsince\tuntil\tform\n白鹿县\t62112\t1980\n白鹿县\t621129\tnow\n白鹿\t621129\t1980\t\tlong\n";
    assert_eq!(
        told("builtin:person-divisions", divisions),
        [
            "62112 ← `62112` is no code of six digits",
            "now ← `since` and `until` are years",
            "long ← `long` is not known here"
        ]
    );
}

#[test]
fn the_place_is_that_of_the_name() {
    let reading = page("a", "", "", "今天上午，\n白鹿县委副书记、县长梁国栋讲话。");
    let mut found = Vec::new();
    analyzer().analyze(&reading.page, &reading.words, &mut found);
    let all = rows(analyzer(), &[reading]);
    let of = |name: &str| {
        let (schema, cells) = all.iter().find(|(s, _)| s.name == "mentions").unwrap();
        cells[schema.all_columns().position(|c| c.name == name).unwrap()].clone()
    };
    let text: Vec<char> =
        found[0].person_text(&page("a", "", "", "今天上午，\n白鹿县委副书记、县长梁国栋讲话。").page).chars().collect();
    assert_eq!(text, ['梁', '国', '栋']);
    assert_eq!((of("raw_line"), of("raw_column")), (Cell::Integer(2), Cell::Integer(11)));
}

#[test]
fn all_faults_of_all_lexicons_are_told_at_once() {
    let settings = Settings { min_name_score: Located::from(200), ..Settings::default() };
    let faults = faults_with("builtin:person-events", "verb\tevent\tshape\n任命\tmade\tbefore-name\n", settings);
    let messages: Vec<_> = faults.iter().map(|f| f.message.as_str()).collect();
    assert_eq!(
        messages,
        ["`min-name-score` is 200, which no name or every name would reach", "`made` is not known here"]
    );
}

#[test]
fn a_lexicon_that_is_not_there_is_a_fault() {
    let settings = Settings { roles: Located::from("my-roles.tsv".to_owned()), ..Settings::default() };
    assert_eq!(faults_with("", "", settings).len(), 1);
}

/// A report: who did what, of a few people, bodies and posts, so that keys, joins and events meet.
fn report() -> impl Strategy<Value = String> {
    let one_of = |choices: &'static [&'static str]| proptest::sample::select(choices);
    let name = || one_of(&["梁国栋", "沈卫民", "周敏", "王毅", "何立平"]);
    let body = || one_of(&["白鹿县委", "白鹿县政协", "中共白鹿县委", "渭源县人民政府", "县政协", "渭源县财政局", ""]);
    let post = || one_of(&["主席", "副主席", "书记", "原书记", "代县长", "局长", "委员"]);
    let sentence = (name(), body(), post(), body(), post(), 0..4).prop_map(|(name, a, b, c, d, kind)| match kind {
        0 => format!("{a}{b}{name}讲话。"),
        1 => format!("{a}{b}、{c}{d}{name}出席。"),
        2 => format!("任命{name}为{a}{b}；免去{name}的{c}{d}职务。"),
        _ => format!("{a}{b}{name}、周敏、王毅和沈卫民到场。"),
    });
    proptest::collection::vec(sentence, 1..5)
        .prop_map(|sentences| format!("本县新闻\n本报渭源讯（记者罗琼） {}", sentences.concat()))
}

fn summary_of(readings: &[Reading]) -> person_role::PersonRoleSummary {
    let mut summary = person_role::PersonRoleSummary::default();
    for reading in readings {
        let mut found = Vec::new();
        analyzer().analyze(&reading.page, &reading.words, &mut found);
        analyzer().absorb(&reading.page, &found, &mut summary);
    }
    summary
}

fn tables_of(summary: &person_role::PersonRoleSummary) -> String {
    let mut text = String::new();
    let mut write = |schema: &'static banmian_core::TableSchema, cells: &[banmian_core::CellRef<'_>]| {
        text.push_str(&format!("{} {cells:?}\n", schema.name));
    };
    analyzer().tables(summary, &mut banmian_core::TableSink::new(&mut write));
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_split_of_any_reports_gives_the_same_tables(
        reports in proptest::collection::vec((report(), 1..28u32), 2..7),
        cut in 0..7usize,
    ) {
        let read = |(i, (text, day)): (usize, &(String, u32))| page(&format!("p{i}"), "", &format!("2023-02-{day:02}"), text);
        let readings: Vec<_> = reports.iter().enumerate().map(read).collect();
        let whole = summary_of(&readings);
        let (left, right) = readings.split_at(cut.min(readings.len()));
        let mut merged = summary_of(right);
        banmian_core::Summary::merge(&mut merged, summary_of(left));
        prop_assert_eq!(&merged, &whole);
        prop_assert_eq!(tables_of(&merged), tables_of(&whole));
    }
}

/// Text made of the words and marks that the method reacts to.
fn newspaper_like() -> impl Strategy<Value = String> {
    let words = [
        "主席",
        "副主席",
        "书记",
        "县委",
        "市",
        "张三丰",
        "李",
        "王毅",
        "、",
        "，",
        "。",
        "；",
        "：",
        "（",
        "）",
        "《",
        "》",
        "“",
        "”",
        "任命",
        "为",
        "免去",
        "的",
        "职务",
        "当选",
        "兼",
        "和",
        "·",
        "约翰",
        "Smith",
        " ",
        "　",
        "\n",
        "总统",
        "俄罗斯",
        "同志",
        "记者",
        "習近平總書記",
        "1962年生",
        "男",
        "是",
        "由",
        "担任",
        "𠮷",
        "é",
        "1",
    ];
    proptest::collection::vec(proptest::sample::select(words.to_vec()), 0..40).prop_map(|w| w.concat())
}

fn check(text: &str) {
    let reading = read("p", Issue::default(), text);
    let mut found = Vec::new();
    analyzer().analyze(&reading.page, &reading.words, &mut found);
    for finding in &found {
        for range in [finding.person, finding.range] {
            let bytes = range.bytes();
            assert!(bytes.end <= reading.page.text.len(), "a range must lie in the page");
            assert!(reading.page.text.is_char_boundary(bytes.start) && reading.page.text.is_char_boundary(bytes.end));
        }
        assert!(!finding.person_text(&reading.page).is_empty() && !finding.role.is_empty());
    }
    assert!(found.is_sorted_by_key(|f| (f.range, f.person)), "findings come in page order");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_ranges_in_the_page(text in ".*") {
        check(&text);
    }

    #[test]
    fn any_jumble_of_its_own_words_gives_ranges_in_the_page(text in newspaper_like()) {
        check(&text);
    }
}

#[test]
fn a_character_claimed_by_name_and_verb_is_no_trouble() {
    // 李担 | 任 or 李 | 担任: once ended a page by a range turned round.
    check("总统主席李担任主席、");
}

#[test]
fn a_long_page_takes_time_in_proportion() {
    // A page of roles without end must not make the search for names quadratic: 1 MB in one piece.
    let text = "副主席张立群、李望舒，".repeat(30_000);
    let reading = read("p", Issue::default(), &text);
    let mut found = Vec::new();
    analyzer().analyze(&reading.page, &reading.words, &mut found);
    assert!(found.len() > 10_000);
}
