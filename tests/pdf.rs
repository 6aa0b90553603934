//! Pages from PDF: text and articles of pages set by the tests themselves. All persons and events are invented.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use banmian_testkit::pdf::{Columns, Sheet, Writing, with_locked_object_stream, with_object_stream, write, write_as};

fn banmian(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_banmian")).current_dir(folder).args(args).output().expect("the program starts")
}

/// What `banmian pages` prints of a PDF of these pages.
fn pages(sheets: &[Sheet]) -> String {
    shown(&write(sheets))
}

fn shown(file: &[u8]) -> String {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("page.pdf"), file).expect("a file");
    let output = banmian(dir.path(), &["pages", "page.pdf"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("output is UTF-8").trim_end().to_owned()
}

const BRIDGE: &[&str] = &[
    "本报临江讯（记者苗青）三月二日上午，柳湾大桥的最后一段桥面浇筑完毕，两岸的群众从清早起就站在河堤上等候，看着工人把最后一车混凝土送上桥面。",
    "这座桥长四百一十米，是柳湾镇两岸的第一座公路桥。过去，两岸的学生要坐渡船上学，遇到大水就得停课。桥修成以后，孩子们走路只要十分钟。",
    "施工队队长何满仓说，冬天水枯，他们抓住时机打完了桥墩，春节也没有回家。全桥预计四月底通车，届时镇上的班车将改走新桥，去县城的路程缩短一半。",
];

#[test]
fn columns_of_letters_set_one_by_one_are_read_one_after_the_other() {
    let mut sheet = Sheet::new(700.0, 500.0);
    sheet.centred(40.0, 560.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    sheet.columns(&Columns { x: 40.0, y: 90.0, count: 3, chars: 18, size: 10.0, gutter: 14.0, paragraphs: BRIDGE });
    sheet.shuffle(7);
    let told = pages(&[sheet]);
    let expected = format!(
        "── page.pdf#1 · 1 article ──\n\n── 1 · news · confidence 95 % · 记者 苗青 ──\nmain: 柳湾大桥桥面合龙\n　　{}",
        BRIDGE.join("\n　　")
    );
    assert_eq!(told, expected);
}

fn bridge() -> Sheet {
    let mut sheet = Sheet::new(700.0, 500.0);
    sheet.centred(40.0, 560.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    sheet.columns(&Columns { x: 40.0, y: 90.0, count: 3, chars: 18, size: 10.0, gutter: 14.0, paragraphs: BRIDGE });
    sheet
}

#[test]
fn a_layer_of_unseen_text_and_a_turned_page_say_the_same() {
    let plain = pages(&[bridge()]);
    let mut unseen = bridge();
    unseen.invisible = true;
    assert_eq!(pages(&[unseen]), plain);
    for rotate in [90, 180, 270, -90] {
        let mut turned = bridge();
        turned.rotate = rotate;
        assert_eq!(pages(&[turned]), plain, "turned by {rotate} degrees");
    }
}

#[test]
fn a_scanned_page_says_so_and_the_others_are_read() {
    let mut scan = Sheet::new(700.0, 500.0);
    scan.picture(0.0, 0.0, 700.0, 500.0);
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("page.pdf"), write(&[scan, bridge()])).expect("a file");
    let output = banmian(dir.path(), &["pages", "page.pdf"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("page.pdf#1: a scanned page without a text layer"));
    assert!(String::from_utf8_lossy(&output.stdout).contains("page.pdf#2"));
}

/// The bridge's articles as `pages` prints them.
const BRIDGE_TOLD: &str =
    "── page.pdf#1 · 1 article ──\n\n── 1 · news · confidence 95 % · 记者 苗青 ──\nmain: 柳湾大桥桥面合龙\n";

const CANAL: &[&str] = &[
    "本报临江讯（记者江春）三月二日，东干渠开闸放水，五万亩冬麦当天浇上了头茬水。东干渠灌区今年整修毛渠六十公里，比去年多浇地一万亩。",
    "灌区管理所所长程远志说，今年来水偏早，各村提前十天组织了浇地队，每队十五人，分三班倒，昼夜不停，争取在清明以前把全灌区的麦田普浇一遍。",
    "红旗村的麦田在渠尾，往年要等到四月才见水。村民周满仓蹲在地头，看着渠水漫过田垄，说这回总算赶上了时候，一亩地少说多打五十斤。",
];
const CLINIC: &[&str] = &[
    "本报临江讯（记者罗小燕）县医院的流动医疗队上月走了十四个山村，为两千一百名群众查体，其中有六十岁以上的老人九百人，都建了健康档案。",
    "医疗队队长韩慧珍说，山里的老人不便下山，小病常常拖成大病。医疗队带去了心电图机和化验设备，当天就能出结果，需要住院的用车接下山。",
];

fn main_of(told: &str) -> Vec<&str> {
    told.lines().filter_map(|line| line.strip_prefix("main: ")).collect()
}

#[test]
fn a_headline_that_runs_downwards_is_that_of_the_columns_beside_it() {
    let mut sheet = Sheet::new(700.0, 900.0);
    sheet.centred(40.0, 560.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    let lower =
        sheet.columns(&Columns { x: 40.0, y: 90.0, count: 3, chars: 18, size: 10.0, gutter: 14.0, paragraphs: BRIDGE });
    sheet.rule(40.0, lower + 15.0, 608.0, lower + 15.0);
    sheet.downwards(50.0, lower + 30.0, 18.0, "春灌开闸放水");
    sheet.columns(&Columns {
        x: 100.0,
        y: lower + 30.0,
        count: 2,
        chars: 12,
        size: 10.0,
        gutter: 14.0,
        paragraphs: CANAL,
    });
    sheet.shuffle(13);
    let told = pages(&[sheet]);
    assert_eq!(main_of(&told), ["柳湾大桥桥面合龙", "春灌开闸放水"], "{told}");
    assert!(told.contains(&format!("main: 春灌开闸放水\n　　{}", CANAL.join("\n　　"))), "{told}");
}

#[test]
fn a_headline_across_columns_is_that_of_what_stands_below_it() {
    let mut sheet = Sheet::new(820.0, 600.0);
    sheet.centred(40.0, 388.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    sheet.columns(&Columns { x: 40.0, y: 90.0, count: 2, chars: 18, size: 10.0, gutter: 14.0, paragraphs: BRIDGE });
    sheet.centred(448.0, 320.0, 64.0, 22.0, "流动医疗队走进山村");
    sheet.columns(&Columns { x: 448.0, y: 90.0, count: 2, chars: 15, size: 10.0, gutter: 14.0, paragraphs: CLINIC });
    sheet.shuffle(11);
    let told = pages(&[sheet]);
    assert_eq!(main_of(&told), ["柳湾大桥桥面合龙", "流动医疗队走进山村"], "{told}");
    assert!(told.contains(&format!("main: 柳湾大桥桥面合龙\n　　{}", BRIDGE.join("\n　　"))), "{told}");
    assert!(told.contains(&format!("main: 流动医疗队走进山村\n　　{}", CLINIC.join("\n　　"))), "{told}");
}

#[test]
fn a_column_beside_a_headline_goes_on_with_those_below_it() {
    let mut sheet = Sheet::new(700.0, 500.0);
    sheet.centred(40.0, 374.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    let part = |x, y, count, paragraphs| Columns { x, y, count, chars: 18, size: 10.0, gutter: 14.0, paragraphs };
    sheet.columns(&part(40.0, 90.0, 2, &BRIDGE[..2]));
    sheet.columns(&part(428.0, 60.0, 1, &BRIDGE[2..]));
    sheet.shuffle(3);
    let told = pages(&[sheet]);
    assert!(told.contains(&format!("main: 柳湾大桥桥面合龙\n　　{}", BRIDGE.join("\n　　"))), "{told}");
}

#[test]
fn a_mark_that_hangs_out_fills_a_gutter_of_one_em_and_joins_nothing() {
    let mut sheet = Sheet::new(500.0, 300.0);
    sheet.centred(40.0, 290.0, 60.0, 20.0, "春灌开闸放水");
    // Eleven characters wide, and one for the gutter; the third line has a mark more.
    let left = ["东干渠开闸放水，五", "万亩冬麦当天浇上头茬水", "灌区今年整修毛渠六十里，", "比去年多浇地一万亩整齐"];
    let right =
        ["灌区管理所派人昼夜巡渠", "各村提前组织了浇地队员", "分三班倒争取清明以前把", "全灌区的麦田普浇一遍。"];
    for (i, (left, right)) in left.iter().zip(right).enumerate() {
        let y = 90.0 + 15.0 * i as f32;
        sheet.line(if i == 0 { 60.0 } else { 40.0 }, y, 10.0, left);
        sheet.line(160.0, y, 10.0, right);
    }
    let told = pages(&[sheet]);
    assert!(told.contains(&format!("　　{}{}", left.concat(), right.concat())), "{told}");
}

#[test]
fn a_photo_has_its_caption() {
    let mut sheet = Sheet::new(700.0, 800.0);
    sheet.centred(40.0, 560.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    let lower =
        sheet.columns(&Columns { x: 40.0, y: 90.0, count: 3, chars: 18, size: 10.0, gutter: 14.0, paragraphs: BRIDGE });
    sheet.picture(40.0, lower + 20.0, 340.0, lower + 220.0);
    sheet.line(40.0, lower + 236.0, 9.0, "三月二日，工人在浇筑柳湾大桥的最后一段桥面。");
    sheet.line(250.0, lower + 250.0, 9.0, "本报记者 田小禾 摄");
    let told = pages(&[sheet]);
    assert!(told.contains("caption: 三月二日，工人在浇筑柳湾大桥的最后一段桥面。"), "{told}");
    assert!(told.contains("本报记者 田小禾 摄"), "{told}");
    assert!(told.contains(&format!("　　{}", BRIDGE.join("\n　　"))), "{told}");
}

#[test]
fn what_stands_in_a_box_is_read_by_itself() {
    let mut sheet = Sheet::new(820.0, 700.0);
    sheet.centred(40.0, 568.0, 70.0, 28.0, "柳湾大桥桥面合龙");
    let lower =
        sheet.columns(&Columns { x: 40.0, y: 90.0, count: 3, chars: 18, size: 10.0, gutter: 14.0, paragraphs: BRIDGE });
    let top = lower + 20.0;
    sheet.centred(50.0, 270.0, top + 34.0, 18.0, "流动医疗队走进山村");
    let foot = sheet.columns(&Columns {
        x: 50.0,
        y: top + 46.0,
        count: 1,
        chars: 27,
        size: 10.0,
        gutter: 14.0,
        paragraphs: CLINIC,
    });
    sheet.frame(40.0, top, 330.0, foot + 10.0);
    sheet.centred(344.0, 264.0, top + 34.0, 22.0, "春灌开闸放水");
    sheet.columns(&Columns {
        x: 344.0,
        y: top + 46.0,
        count: 1,
        chars: 26,
        size: 10.0,
        gutter: 14.0,
        paragraphs: CANAL,
    });
    sheet.rule(40.0, foot + 30.0, 608.0, foot + 30.0);
    sheet.shuffle(5);
    let told = pages(&[sheet]);
    assert_eq!(main_of(&told).len(), 3, "{told}");
    for (main, text) in [("柳湾大桥桥面合龙", BRIDGE), ("流动医疗队走进山村", CLINIC), ("春灌开闸放水", CANAL)]
    {
        assert!(told.contains(&format!("main: {main}\n　　{}", text.join("\n　　"))), "{told}");
    }
}

#[test]
fn a_page_set_downwards_is_read_from_right_to_left() {
    let lines = [
        "柳湾大桥桥面合龙",
        "　　本报临江讯三月二日上午柳湾大桥的最",
        "后一段桥面浇筑完毕两岸的群众从清早起",
        "就站在河堤上等候看着工人把最后一车混",
        "凝土送上桥面。",
    ];
    let mut sheet = Sheet::new(300.0, 300.0);
    for (i, line) in lines.iter().enumerate() {
        let (size, x) = if i == 0 { (20.0, 250.0) } else { (10.0, 230.0 - 16.0 * i as f32) };
        let indent = line.chars().take_while(|c| *c == '　').count() as f32;
        sheet.down(x, 40.0 + indent * size, size, line.trim_start());
    }
    sheet.shuffle(9);
    let told = pages(&[sheet]);
    assert_eq!(main_of(&told), [lines[0]], "{told}");
    assert!(told.contains(&lines[1..].concat()), "{told}");
}

#[test]
fn a_font_in_the_file_that_tells_no_characters_is_read_by_its_collection() {
    let file = write_as(&[bridge()], Writing { embedded: true, ..Writing::default() });
    assert!(!file.windows(9).any(|w| w == b"ToUnicode"));
    assert_eq!(shown(&file), pages(&[bridge()]));
}

#[test]
fn files_with_object_streams_say_the_same() {
    assert_eq!(shown(&with_object_stream(&write(&[bridge()]))), pages(&[bridge()]));
    // A password of no letters opens it.
    assert_eq!(shown(&with_locked_object_stream(&write(&[bridge()]), "")), pages(&[bridge()]));
}

#[test]
fn passwords_are_tried_and_a_wrong_one_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let file = write_as(&[bridge()], Writing { password: Some("临江1962"), ..Writing::default() });
    fs::write(dir.path().join("page.pdf"), file).expect("a file");
    let suite = |passwords: &str| {
        let text =
            format!("extends = \"default\"\n[corpus]\npaths = [\"page.pdf\"]\npdf = {{ passwords = [{passwords}] }}\n");
        fs::write(dir.path().join("suite.toml"), text).expect("a file");
    };
    let refused = |output: &Output| {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{told}");
        assert!(
            told.contains("page.pdf: encrypted: no password given opens it (`passwords` in `[corpus.pdf]`"),
            "{told}"
        );
    };
    refused(&banmian(dir.path(), &["pages", "page.pdf"]));
    suite("\"临江1961\"");
    refused(&banmian(dir.path(), &["pages", "page.pdf", "--suite", "suite.toml"]));
    suite("\"临江1961\", \"临江1962\"");
    let output = banmian(dir.path(), &["pages", "page.pdf", "--suite", "suite.toml"]);
    assert!(
        String::from_utf8_lossy(&output.stdout).contains(BRIDGE_TOLD),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let output = banmian(dir.path(), &["run", "suite.toml", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let output = Command::new(env!("CARGO_BIN_EXE_banmian"))
        .current_dir(dir.path())
        .args(["pages", "page.pdf"])
        .env("BANMIAN_PDF_PASSWORD", "临江1962")
        .output()
        .expect("the program starts");
    assert!(
        String::from_utf8_lossy(&output.stdout).contains(BRIDGE_TOLD),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn an_empty_file_and_an_empty_page_are_told() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("a.pdf"), b"").expect("a file");
    fs::write(dir.path().join("b.pdf"), write(&[Sheet::new(700.0, 500.0)])).expect("a file");
    let output = banmian(dir.path(), &["pages", "."]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(told.contains("a.pdf: not a PDF that can be read: it is damaged, cut off, or something else"), "{told}");
    assert!(told.contains("b.pdf#1: the page is empty"), "{told}");
}

#[test]
fn five_hundred_pages_are_read_like_any_other_within_the_limits() {
    let dir = tempfile::tempdir().expect("a folder");
    let sheet = |n: usize| {
        let mut sheet = Sheet::new(700.0, 500.0);
        sheet.centred(40.0, 560.0, 70.0, 28.0, &format!("柳湾大桥第{n}段桥面合龙"));
        sheet.columns(&Columns { x: 40.0, y: 90.0, count: 3, chars: 18, size: 10.0, gutter: 14.0, paragraphs: BRIDGE });
        sheet
    };
    let sheets: Vec<Sheet> = (1..=500).map(sheet).collect();
    fs::write(dir.path().join("file.pdf"), write_as(&sheets, Writing { packed: true, ..Writing::default() }))
        .expect("a file");
    let run = |limits: &str| {
        let text = format!("extends = \"default\"\n[corpus]\npaths = [\"file.pdf\"]\npdf = {{ {limits} }}\n");
        fs::write(dir.path().join("suite.toml"), text).expect("a file");
        // The system ends it beyond so many KiB of memory or seconds of work: many times what one page takes, much less than all would.
        let command = format!(
            "ulimit -v 524288; ulimit -t 60; exec {} run suite.toml --threads 1 --format jsonl",
            env!("CARGO_BIN_EXE_banmian")
        );
        let output = Command::new("sh").current_dir(dir.path()).args(["-c", &command]).output().expect("a shell");
        let rows = |table: &str| -> Vec<serde_json::Value> {
            let text = fs::read_to_string(dir.path().join(format!("banmian-out/{table}.jsonl"))).expect("a table");
            text.lines().map(|line| serde_json::from_str(line).expect("a row")).collect()
        };
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.code(), rows("pages"), rows("articles"), rows("failures"), told)
    };
    let names = |rows: &[serde_json::Value]| {
        rows.iter().map(|r| r["page"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    let all: Vec<String> = (1..=500).map(|n| format!("file.pdf#{n}")).collect();
    let (code, pages, articles, failures, told) = run("max-pages = 500");
    assert_eq!((code, failures.len()), (Some(0), 0), "{told}");
    assert_eq!(names(&pages), all);
    let headlines: Vec<&str> = articles.iter().filter_map(|row| row["main"].as_str()).collect();
    assert_eq!(headlines, (1..=500).map(|n| format!("柳湾大桥第{n}段桥面合龙")).collect::<Vec<_>>());
    // One page fewer allowed: the file is refused whole, and told.
    let (code, pages, _, failures, told) = run("max-pages = 499");
    assert_eq!((code, pages.len(), failures.len()), (Some(1), 0, 1), "{told}");
    assert!(failures[0]["message"].as_str().is_some_and(|m| m.contains("more than 499 pages")), "{failures:?}");
    // Too few characters for any page: each is a failure by itself.
    let (code, pages, _, failures, told) = run("max-characters = 100");
    assert_eq!((code, pages.len()), (Some(1), 0), "{told}");
    assert_eq!(names(&failures), all);
}
