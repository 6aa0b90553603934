//! Every way a page can arrive, through the program as its users run it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use banmian_testkit::pack::{Entry, gz, tar, zip};
use encoding_rs::{BIG5, GB18030};

fn banmian(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_banmian")).current_dir(folder).args(args).output().expect("the program starts")
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("messages are UTF-8")
}

/// The rows of a table, a JSON object each.
fn rows(folder: &Path, table: &str) -> Vec<serde_json::Value> {
    let text = fs::read_to_string(folder.join(format!("banmian-out/{table}.jsonl"))).expect("the table is there");
    text.lines().map(|line| serde_json::from_str(line).expect("a row is JSON")).collect()
}

/// A page of an invented paper with invented people.
const PAGE: &str = "县农机站抢修水泵\n　　本报讯 入春以来，县农机站派出三个小组，走村串户检修水泵。到三月十日，已修好水泵四十七台。\n　　县农机站站长程远志说，剩下的水泵月底以前修完。\n";
const TRADITIONAL: &str = "縣農機站搶修水泵\n　　本報訊 入春以來，縣農機站派出三個小組，走村串戶檢修水泵。到三月十日，已修好水泵四十七臺。\n　　縣農機站站長程遠志說，剩下的水泵月底以前修完。\n";

#[test]
fn pages_in_the_older_encodings_give_the_same_rows() {
    let dir = tempfile::tempdir().expect("a folder");
    let pages = dir.path().join("pages");
    fs::create_dir(&pages).expect("a folder");
    let utf16: Vec<u8> = PAGE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("1-utf8.txt", PAGE.as_bytes()),
        ("2-gbk.txt", &GB18030.encode(PAGE).0),
        ("3-big5.txt", &BIG5.encode(TRADITIONAL).0),
        ("4-utf16.txt", &utf16),
    ] {
        fs::write(pages.join(name), bytes).expect("can be written");
    }
    let output = banmian(dir.path(), &["run", "--corpus", "pages", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told: Vec<_> =
        rows(dir.path(), "pages").iter().map(|r| (r["encoding"].clone(), r["replacement_share"].clone())).collect();
    assert_eq!(
        format!("{told:?}"),
        r#"[(String("UTF-8"), Number(0.0)), (String("GB18030"), Number(0.0)), (String("Big5"), Number(0.0)), (String("UTF-16LE"), Number(0.0))]"#
    );
    let persons: Vec<_> = rows(dir.path(), "person-role/mentions").iter().map(|r| r["person"].clone()).collect();
    assert_eq!(persons, ["程远志", "程远志", "程遠志", "程远志"]);
}

#[test]
fn a_wrong_encoding_is_told_and_can_be_put_right() {
    let dir = tempfile::tempdir().expect("a folder");
    fs::write(dir.path().join("page.txt"), GB18030.encode(PAGE).0).expect("can be written");
    let suite = |corpus: &str| {
        let text = format!("extends = \"default\"\n[corpus]\npaths = [\"page.txt\"]\n{corpus}");
        fs::write(dir.path().join("suite.toml"), text).expect("can be written");
        banmian(dir.path(), &["run", "suite.toml", "--format", "jsonl"])
    };
    let output = suite("encoding = \"utf-8\"");
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let failures = rows(dir.path(), "failures");
    assert!(failures[0]["message"].as_str().expect("is text").contains("cannot be decoded as UTF-8"), "{failures:?}");
    // Who wants it all the same can have it, and sees how bad it is.
    let output = suite("encoding = \"utf-8\"\nlimits = { replacement-share = 1.0 }");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    assert!(rows(dir.path(), "pages")[0]["replacement_share"].as_f64().expect("a number") > 0.5);
    let output = suite("encoding = \"gbk\"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let output = suite("encoding = \"gb1803\"");
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("did you mean `gb18030`?"), "{}", stderr(&output));
    let shown = banmian(dir.path(), &["pages", "page.txt", "--encoding", "gb18030"]);
    assert!(String::from_utf8_lossy(&shown.stdout).contains("main: 县农机站抢修水泵"), "{}", stderr(&shown));
}

#[test]
fn ready_articles_are_taken_as_they_are() {
    let dir = tempfile::tempdir().expect("a folder");
    let record = serde_json::json!({
        "page": "头版", "paper": "临江日报", "date": "1962-03-04",
        "articles": [
            {"headline": {"main": "农机站抢修水泵"}, "dateline": "本报讯", "paragraphs": ["县农机站站长程远志说，水泵月底\n以前修完。", "又一段。"]},
            {"title": "春灌开闸", "author": "本报记者 苗青", "text": "三月二日，东干渠开闸放水。"},
        ],
    });
    fs::write(dir.path().join("报.jsonl"), format!("{record}\n{{\"articles\": 5}}\n")).expect("can be written");
    let output = banmian(dir.path(), &["run", "--corpus", "报.jsonl", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let articles = rows(dir.path(), "articles");
    let told: Vec<_> =
        articles.iter().map(|a| (a["main"].as_str(), a["dateline"].as_str(), a["paragraphs"].as_u64())).collect();
    assert_eq!(
        told,
        [(Some("农机站抢修水泵"), Some("本报讯"), Some(2)), (Some("春灌开闸"), Some(""), Some(1))],
        "{articles:?}"
    );
    let mention = &rows(dir.path(), "person-role/mentions")[0];
    assert_eq!((mention["person"].as_str(), mention["paper"].as_str()), (Some("程远志"), Some("临江日报")));
    // Line 2 of the written text, behind the dateline and a space.
    assert_eq!((mention["raw_line"].as_u64(), mention["raw_column"].as_u64()), (Some(2), Some(11)), "{mention}");
    let failure = rows(dir.path(), "failures")[0].clone();
    assert_eq!(failure["page"], "报.jsonl#2");
    assert!(
        failure["message"].as_str().expect("is text").starts_with("line 2: its `articles` is a number; write"),
        "{failure}"
    );
}

#[test]
fn a_web_page_is_read_like_any_other() {
    let dir = tempfile::tempdir().expect("a folder");
    let pages = dir.path().join("pages");
    fs::create_dir(&pages).expect("a folder");
    let html = "<html><head><meta charset=gbk><title>农机站抢修水泵_临江网</title></head><body><ul class=nav><li><a href=/>首页</a></ul>\
        <h1>农机站抢修水泵</h1><p>《临江日报》（2023年02月03日 第 2 版）</p><div class=content><p>　　本报讯（记者 苗青）县农机站站长程远志说，\
        水泵月底以前修完。<p>　　春灌开闸以前，四十七台水泵都能下田。</div><div class=footer>版权所有，违者必究。</div>";
    fs::write(pages.join("content_1.htm"), GB18030.encode(html).0).expect("can be written");
    fs::write(pages.join("index.html"), "<a href=content_1.htm>农机站抢修水泵，月底修完</a>").expect("can be written");
    let suite = "extends = \"default\"\n[corpus]\npaths = [\"pages\"]\n";
    fs::write(dir.path().join("suite.toml"), suite).expect("can be written");
    let checked = banmian(dir.path(), &["check", "suite.toml"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stderr(&checked));
    let shown = banmian(dir.path(), &["pages", "pages/content_1.htm"]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(shown.contains("main: 农机站抢修水泵") && !shown.contains("版权") && !shown.contains("首页"), "{shown}");
    let output = banmian(dir.path(), &["run", "suite.toml", "--format", "jsonl"]);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    let article = rows(dir.path(), "articles")[0].clone();
    let told = ["page", "main", "paper", "date", "edition", "dateline", "byline"]
        .map(|key| article[key].as_str().unwrap_or("?").to_owned());
    assert_eq!(told, ["content_1.htm", "农机站抢修水泵", "临江日报", "2023-02-03", "2", "本报讯", "记者 苗青"]);
    assert_eq!(rows(dir.path(), "pages")[0]["encoding"], "GB18030");
    assert!(rows(dir.path(), "person-role/mentions").iter().any(|m| m["person"] == "程远志"));
    let failure = rows(dir.path(), "failures")[0].clone();
    assert_eq!(failure["page"], "index.html");
    assert!(failure["message"].as_str().expect("is text").starts_with("no running text"), "{failure}");
}

/// A corpus as it is kept: a year packed, a day loose, and a hostile file among them.
fn archives(folder: &Path) {
    let page = |day: usize| PAGE.replace("三月十日", &format!("三月{}日", ["一", "二", "三", "四", "五"][day % 5]));
    let names: Vec<_> = (1..=70).map(|day| format!("临江日报/1962-03-{day:02}/01.txt")).collect();
    let pages: Vec<_> = (0..70).map(page).collect();
    let files: Vec<_> = names.iter().zip(&pages).map(|(name, page)| (&**name, page.as_bytes())).collect();
    fs::create_dir_all(folder.join("pages")).expect("a folder");
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join("pages").join(name), bytes).expect("can be written");
    write("1962.tar.gz", &gz(&tar(&files[..31])));
    let entries: Vec<_> = files[..20].iter().map(|(name, page)| Entry::new(name, page)).collect();
    write("1963.zip", &zip(&entries));
    write("bomb.zip", &zip(&[Entry::new("x.txt.gz", gz(&vec![b' '; 4 << 20])), Entry::new("../y.txt", PAGE)]));
    write("loose.txt", PAGE.as_bytes());
    let suite = "extends = \"default\"\n[corpus]\npaths = [\"pages\"]\ncorrections = \"by-hand.toml\"\n\
        page-name = '(?<paper>[^/]+)/(?<date>\\d{4}-\\d{2}-\\d{2})/(?<edition>\\d+)'\n\
        limits = { archive-ratio = 2, archive-depth = 1 }\n";
    fs::write(folder.join("suite.toml"), suite).expect("can be written");
    let corrections = "[[page]]\npage = \"1963.zip/临江日报/1962-03-07/01.txt\"\nby = \"馆员甲\"\non = \"2026-11-02\"\n\
        date = \"1963-03-07\"\n";
    fs::write(folder.join("by-hand.toml"), corrections).expect("can be written");
}

#[test]
fn pages_in_archives_are_pages_like_any_other() {
    let dir = tempfile::tempdir().expect("a folder");
    archives(dir.path());
    let mut first = None;
    for threads in ["1", "2", "8"] {
        let output = banmian(dir.path(), &["run", "suite.toml", "--format", "jsonl", "--threads", threads]);
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        let tables = ["pages", "articles", "failures", "person-role/mentions", "keyword-frequency/words"];
        let manifest = fs::read_to_string(dir.path().join("banmian-out/manifest.json")).expect("is there");
        let told = (tables.map(|table| rows(dir.path(), table)), manifest);
        assert!(*first.get_or_insert_with(|| told.clone()) == told, "{threads} threads give other tables");
    }
    let ([pages, _, failures, mentions, _], _) = first.expect("was run");
    assert_eq!((pages.len(), mentions.len()), (52, 52));
    let text = |row: &serde_json::Value| {
        ["page", "paper", "date", "edition"].map(|column| row[column].as_str().unwrap_or_default().to_owned()).join("|")
    };
    assert_eq!(text(&pages[0]), "1962.tar.gz/临江日报/1962-03-01/01.txt|临江日报|1962-03-01|01");
    assert_eq!(text(&pages[37]), "1963.zip/临江日报/1962-03-07/01.txt|临江日报|1963-03-07|01");
    let failures: Vec<_> = failures.iter().map(|row| row["page"].as_str().expect("is text")).collect();
    assert_eq!(failures, ["bomb.zip/x.txt.gz"]);
    let output = banmian(dir.path(), &["kwic", "水泵", "pages/1963.zip", "--format", "csv", "--limit", "3"]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(told.contains("1963.zip/临江日报/1962-03-01/01.txt,1,main,1,"), "{told}");
}

#[test]
fn a_wrong_limit_is_pointed_at() {
    let dir = tempfile::tempdir().expect("a folder");
    let suite = "[corpus]\npaths = [\".\"]\n[corpus.limits]\narchive-entries = 0\narchive-size = 3\n";
    fs::write(dir.path().join("suite.toml"), suite).expect("can be written");
    let output = banmian(dir.path(), &["check", "suite.toml"]);
    assert_eq!(output.status.code(), Some(2));
    let told = stderr(&output);
    assert!(told.contains("suite.toml:4:19") && told.contains("suite.toml:5:1"), "{told}");
}
