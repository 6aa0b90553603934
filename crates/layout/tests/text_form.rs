//! The text form: what is written in it is read back as it was, and can be corrected by hand.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::fs;
use std::path::Path;

use banmian_core::{Issue, Page, Part};
use banmian_layout::{read_page, text_form};
use proptest::prelude::*;

fn read(raw: &str) -> Page {
    read_page("页", Issue::default(), raw)
}

fn form(page: &Page) -> String {
    text_form(page).iter().map(|(_, line)| format!("{line}\n")).collect()
}

/// All that the form tells of a page: texts with their parts and articles, kinds, datelines, names.
fn told(page: &Page) -> Vec<String> {
    let pieces = page.pieces.iter().map(|p| format!("{:?} {:?} {}", p.article, p.part, page.slice(p.range)));
    let articles = page.articles.iter().map(|a| {
        let names = a.byline.iter().map(|b| format!("{} {}", b.role, b.name)).collect::<Vec<_>>().join("、");
        format!("{} {} {names}", a.kind.name(), a.dateline.map_or("", |d| page.slice(d)))
    });
    pieces.chain(articles).collect()
}

#[test]
fn pages_come_back_as_they_were() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let drill = fs::read_dir(root.join("tests/drill")).unwrap().map(|e| e.unwrap().path());
    let texts: Vec<_> = drill.filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    assert!(texts.len() >= 30, "the drill has its pages");
    for path in texts {
        let page = read(&fs::read_to_string(&path).unwrap());
        assert_eq!(told(&read(&form(&page))), told(&page), "{}", path.display());
    }
}

#[test]
fn a_page_can_be_corrected_by_hand() {
    let corrected = "\
── 旧报/03.txt · 2 articles ──

── 1 · news · 记者 苗 青、通讯员 田小禾 ──
kicker:  上下一心
main: 春灌开闸放水
main: 浇地五万亩
　　本报临江讯 记者苗 青、通讯员田小禾报道：三月二日，东干渠开闸放水。
heading: 水到田头
今年水量比去年多两成。
caption: 渠水流进麦田

── unattached ──
一句不知属于谁的话
── furniture ──
第三版
";
    let page = read(corrected);
    let piece = |p: &banmian_core::Piece| (p.part, page.slice(p.range));
    assert_eq!(
        page.pieces.iter().map(piece).collect::<Vec<_>>(),
        [
            (Part::Kicker, "上下一心"),
            (Part::Main, "春灌开闸放水 浇地五万亩"),
            (Part::Paragraph, "本报临江讯 记者苗 青、通讯员田小禾报道：三月二日，东干渠开闸放水。"),
            (Part::SectionHeading, "水到田头"),
            (Part::Paragraph, "今年水量比去年多两成。"),
            (Part::Caption, "渠水流进麦田"),
            (Part::Unattached, "一句不知属于谁的话"),
            (Part::Furniture, "第三版"),
        ]
    );
    let article = &page.articles[0];
    assert_eq!(article.dateline.map(|d| page.slice(d)), Some("本报临江讯"));
    let names: Vec<_> = article.byline.iter().map(|b| (&*b.role, &*b.name, page.slice(b.range))).collect();
    assert_eq!(names, [("记者", "苗 青", "苗 青"), ("通讯员", "田小禾", "田小禾")]);
    // 浇 of the second line of the headline: line 6, after `main: `.
    let at = page.text.find('浇').unwrap();
    assert_eq!(page.source.raw_place(&page.text, at), (6, 7));
}

#[test]
fn a_printed_page_is_no_form() {
    let page = read("── 特别报道 ──\n\n春灌开闸\n　　本报讯 三月二日，东干渠开闸放水，五万亩麦田喝上头茬水。\n");
    assert!(page.text.contains("特别报道"));
}

proptest! {
    #[test]
    fn whatever_was_rebuilt_comes_back(lines in prop::collection::vec(prop::sample::select(LINES), 0..30)) {
        let page = read(&lines.join("\n"));
        prop_assert_eq!(told(&read(&form(&page))), told(&page));
    }
}

const LINES: &[&str] = &[
    "",
    "main: not a label but text",
    "── furniture ──",
    "　　本报洮阳讯（记者 李 山 通讯员 王小川）1月29日，市政协召开全体会议，会议指出，要认真学习。",
    "　　会议强调，要坚持",
    "以人民为中心，把工作做实做细。",
    "市政协召开全体会议",
    "——强产业 促增收",
    "强产业 促增收",
    "本报记者 李 山",
    "□ 王小川",
    "（李 山 摄）",
    "责编：王 青　　2023年2月2日 星期四",
    "（下转第三版）",
    "１２３ 3.5% Deep Learn-",
    "ing from data",
];
