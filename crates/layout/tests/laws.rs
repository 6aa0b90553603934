//! The laws of the layout, for any text at all: nothing lost, nothing doubled, every character traced
//! to where it was printed, pieces in their order, and the same page for the same text, whether anyone asks why or not.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeSet;

use banmian_core::{Issue, Page, Part};
use banmian_layout::{explain, read_page};
use proptest::prelude::*;

/// Scraps that newspaper pages are made of, and some that they are not.
const SCRAPS: &[&str] = &[
    "\n",
    "\n",
    "\n",
    "\n\n",
    " ",
    "　　",
    "\r\n",
    "\t",
    "\u{feff}",
    "\u{200b}",
    "\u{ad}",
    "-",
    "，",
    "。",
    "、",
    "：",
    "；",
    "！",
    "？",
    "“",
    "”",
    "（",
    "）",
    "《",
    "》",
    "——",
    "……",
    ".",
    "·",
    "■",
    "□",
    "●",
    "▲",
    "本报讯",
    "本报洮阳讯",
    "新华社北京1月29日电",
    "【本报讯】",
    "（通讯员王小川）",
    "记者",
    "本报记者 李 山",
    "摄",
    "责编：",
    "第 1 版",
    "2023年2月2日 星期四",
    "下转第三版",
    "（上接第一版）",
    "河洮日报",
    "www.hetao.cn",
    "1 月",
    "29日",
    "3.5%",
    "12",
    "１２",
    "PM",
    "Deep",
    "ing",
    "a",
    "Ω",
    "⻓",
    "⽅",
    "市政协召开全体会议",
    "全县人民认真学习",
    "会议指出，",
    "要坚持",
    "的",
    "一、",
    "（二）",
    "强产业 促增收",
    "果品产业大会",
    "会計師",
    "記者陳大文",
    "𠮷",
    "é",
    "\u{301}",
    "🙂",
    "\0",
    "\u{2028}",
    "\u{b}",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(SCRAPS), 0..160).prop_map(|v| v.concat())
}

/// Characters that the layout may drop, counted.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Checks everything that must hold for a page.
fn check(raw: &str) -> Page {
    let page = read_page("p", Issue::default(), raw);
    assert_eq!(explain("p", Issue::default(), raw).0, page, "to tell why changes what is read of {raw:?}");
    let printed: Vec<(u32, u32, char)> = raw
        .split('\n')
        .enumerate()
        .flat_map(|(l, line)| line.chars().enumerate().map(move |(c, ch)| (l as u32 + 1, c as u32 + 1, ch)))
        .filter(|x| !x.2.is_whitespace())
        .collect();
    let visible = printed.iter().filter(|x| !invisible(x.2)).count();
    let written = page.text.chars().filter(|c| !c.is_whitespace()).count();
    assert_eq!(printed.len() - written, page.repairs.removed_characters as usize, "lost or doubled: {raw:?}");
    assert!(visible >= written);
    // Every character stands where the map says, and no place is used twice.
    let lines: Vec<Vec<char>> = raw.split('\n').map(|l| l.chars().collect()).collect();
    let mut places = BTreeSet::new();
    let mut replaced = 0;
    for (at, c) in page.text.char_indices().filter(|x| !x.1.is_whitespace()) {
        let (line, column) = page.source.raw_place(&page.text, at);
        let there = lines[line as usize - 1][column as usize - 1];
        replaced += u32::from(there != c);
        assert!(there == c || ('\u{2e80}'..='\u{2fdf}').contains(&there), "{c:?} is not at {line}:{column} of {raw:?}");
        assert!(places.insert((line, column)), "{line}:{column} is used twice in {raw:?}");
        assert_eq!(page.source.char_index(&page.text, at), page.text[..at].chars().count() as u32);
    }
    assert_eq!(replaced, page.repairs.replaced_characters);
    pieces_in_order(&page);
    page
}

fn pieces_in_order(page: &Page) {
    let mut next = 0;
    for (i, piece) in page.pieces.iter().enumerate() {
        assert_eq!(piece.range.start, next, "pieces must follow each other");
        assert!(!piece.range.is_empty() && !page.slice(piece.range).contains('\n'));
        next = piece.range.end + 1;
        let rank = match piece.part {
            Part::Unattached => u32::MAX - 1,
            Part::Furniture => u32::MAX,
            _ => piece.article.unwrap(),
        };
        let before = i.checked_sub(1).map(|k| page.pieces[k]);
        let rank_before = before.map_or(0, |p| match p.part {
            Part::Unattached => u32::MAX - 1,
            Part::Furniture => u32::MAX,
            _ => p.article.unwrap(),
        });
        assert!(rank_before <= rank);
    }
    assert_eq!(page.text.len() as u32, next.saturating_sub(1));
    for (a, article) in page.articles.iter().enumerate() {
        let pieces = page.pieces_of(article);
        assert!(pieces.iter().all(|p| p.article == Some(a as u32)));
        let order = |p: Part| match p {
            Part::Kicker => 0,
            Part::Main => 1,
            Part::Deck => 2,
            Part::Byline => 3,
            Part::Caption => 5,
            _ => 4,
        };
        assert!(pieces.windows(2).all(|w| order(w[0].part) <= order(w[1].part)));
        for part in [Part::Kicker, Part::Main, Part::Deck] {
            assert!(pieces.iter().filter(|p| p.part == part).count() <= 1);
        }
        assert!(pieces.iter().any(|p| p.part == Part::Paragraph), "an article has a body");
        for range in article.dateline.iter().chain(article.byline.iter().map(|b| &b.range)) {
            assert!(pieces.iter().any(|p| p.range.contains(*range)));
        }
        for byline in &article.byline {
            assert_eq!(page.slice(byline.range), byline.name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_scraps_obey_the_laws(raw in text()) {
        let page = check(&raw);
        prop_assert_eq!(&read_page("p", Issue::default(), &raw), &page);
    }

    #[test]
    fn any_string_obeys_the_laws(raw in any::<String>()) {
        check(&raw);
    }
}

/// Strings that would take minutes if any step were quadratic.
#[test]
fn size_does_not_matter() {
    let sentence = "全县各级干部深入田间地头，帮助果农解决技术难题。";
    let lines = "全县各级干部深入田间地头，\n帮助果农解决技术难题，大家\n都说好。\n河洮县推广果树新技术\n";
    for raw in [
        sentence.repeat(8_000),
        lines.repeat(6_000),
        " ".repeat(600_000),
        "\n".repeat(600_000),
        "。".repeat(200_000),
        "，\n".repeat(120_000),
        "■\n".repeat(120_000),
        "果\n".repeat(120_000),
        "（".repeat(200_000),
        "本报记者 王小川\n".repeat(20_000),
        "本报洮阳讯 果农增收。\n".repeat(20_000),
        "河洮县推广果树新技术\n".repeat(40_000),
        "a b ".repeat(100_000),
        "中 ".repeat(150_000),
        "果品 1 a，".repeat(60_000),
    ] {
        check_size(&raw);
    }
}

/// The count laws only: the map check of every character would itself take long.
fn check_size(raw: &str) {
    let page = read_page("p", Issue::default(), raw);
    let count = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
    assert_eq!(count(raw), count(&page.text) + page.repairs.removed_characters as usize);
    pieces_in_order(&page);
}

/// A page read again from its own clean text has the same bodies.
#[test]
fn clean_text_reads_the_same() {
    let raw = "河洮县推广果树新技术\n本报河洮讯（通讯员王小川）九月\n十日，河洮县在县城召开果业发展大\n会，总结三年来果品产业的经验，安\n排今冬明春的工作。\n会议指出，果业是全县农民增收的\n主要来源，要在品种、技术、市场三\n个方面下功夫。\n\n洮阳渔场迎来丰收\n本报洮阳讯（记者李山）连日来，洮阳县\n渔场的工人们起早贪黑，忙着拉网捕鱼。\n据介绍，今年渔场鲜鱼产量比去年增长两\n成，产品销往周边六个县市。\n";
    let page = check(raw);
    let again = check(&page.text);
    let bodies = |p: &Page| -> Vec<Vec<String>> {
        p.articles
            .iter()
            .map(|a| {
                p.pieces_of(a)
                    .iter()
                    .filter(|x| x.part == Part::Paragraph)
                    .map(|x| p.slice(x.range).to_owned())
                    .collect()
            })
            .collect()
    };
    assert_eq!(bodies(&page).len(), 2);
    assert_eq!(bodies(&page), bodies(&again));
}
