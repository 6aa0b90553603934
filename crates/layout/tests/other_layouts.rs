//! Pages set in other ways: headlines that found no article, interviews, verse, names between title and text.
//!
//! The texts are invented.

mod common;

use banmian_core::{Article, Issue, Page, Part};
use banmian_layout::read_page;

use common::set;

fn read(raw: &str) -> Page {
    read_page("p", Issue::default(), raw)
}

/// The pieces of some part of an article.
fn pieces<'a>(page: &'a Page, article: &Article, part: Part) -> Vec<&'a str> {
    page.pieces_of(article).iter().filter(|p| p.part == part).map(|p| page.slice(p.range)).collect()
}

const BEES: [&str; 3] = [
    "清早的柳沟，蜂箱在洋槐林边排成长龙。养蜂人丁有田揭开箱盖，蜂群嗡嗡地绕着他飞。今年花期长，柳沟的洋槐蜜比去年多收了三成。",
    "丁有田从两箱蜂养起，十年养到一百二十箱。他把取蜜的时辰、蜂箱的朝向都记在本子上，谁来问都肯讲。",
    "如今柳沟有四十户人家养蜂，合作社统一收蜜、统一装瓶，洋槐蜜卖到了南方的超市。",
];
const BRIDGE: [&str; 3] = [
    "下河湾的铁索桥换成了水泥桥。上周五，第一辆校车从新桥上开过，孩子们隔着车窗向修桥的工人招手。",
    "老桥建于七十年代，木板换过四茬，雨天湿滑，老人过桥要人搀。去年冬天，交通部门把新桥列入计划，工人们腊月里也没有停工。",
    "新桥宽六米，两边装了护栏和路灯。下河湾的菜农说，三轮车能直接开到地头，一天能多跑两趟集市。",
];

#[test]
fn a_headline_that_found_no_article_cuts_one_off() {
    let raw = format!("{}{}\n柳沟养蜂人收获洋槐蜜\n\n下河湾新桥通了校车\n", set(&BEES, 16), set(&BRIDGE, 16));
    let page = read(&raw);
    let mains: Vec<_> = page.articles.iter().flat_map(|a| pieces(&page, a, Part::Main)).collect();
    assert_eq!(mains, ["柳沟养蜂人收获洋槐蜜", "下河湾新桥通了校车"]);
    assert!(page.articles.iter().all(|a| pieces(&page, a, Part::Paragraph).len() == 3));
}

#[test]
fn labels_of_pictures_cut_nothing() {
    let raw = format!("柳沟养蜂人收获洋槐蜜\n{}\n合作社社长丁有田\n", set(&BEES, 16));
    let page = read(&raw);
    assert_eq!(page.articles.len(), 1);
    assert_eq!(pieces(&page, &page.articles[0], Part::Paragraph).len(), 3);
}

#[test]
fn who_speaks_opens_a_paragraph() {
    let page = read(
        "冬天怎样管好果树\n记者：今年雪大，果树要紧吗？\n王小川：雪大是好事，能压住虫，\n也能保住墒。要紧的是枝上的雪，\n厚了要轻轻摇下来。\n记者：剪枝什么时候开始？\n王小川：过了大寒就可以动手，先\n剪老树，再剪幼树。\n",
    );
    let paragraphs: Vec<_> = page.articles.iter().flat_map(|a| pieces(&page, a, Part::Paragraph)).collect();
    assert_eq!(paragraphs.len(), 4);
    assert_eq!(paragraphs[1], "王小川：雪大是好事，能压住虫，也能保住墒。要紧的是枝上的雪，厚了要轻轻摇下来。");
}

#[test]
fn an_author_stands_between_title_and_text() {
    let raw = format!("柳沟的洋槐开了\n丁小满\n{}\n河湾上的新桥\n吴大年\n{}", set(&BEES, 16), set(&BRIDGE, 18));
    let page = read(&raw);
    let names: Vec<_> = page.articles.iter().flat_map(|a| &a.byline).map(|b| b.name.as_str()).collect();
    assert_eq!(names, ["丁小满", "吴大年"]);
}

#[test]
fn verse_is_a_paragraph_a_line() {
    let verse =
        "扁担挑起两筐霜，\n脚印踩出一道梁。\n问声大爷哪里去，\n山那边有新学堂。\n书包压弯羊肠路，\n灯火照亮半面墙。\n";
    let page = read(&format!("柳沟养蜂人收获洋槐蜜\n{}\n山路\n\n{verse}", set(&BEES, 16)));
    let paragraphs: Vec<_> = page.articles.iter().flat_map(|a| pieces(&page, a, Part::Paragraph)).collect();
    assert!(verse.lines().all(|line| paragraphs.contains(&line)), "{paragraphs:?}");
}

#[test]
fn a_line_that_opens_with_a_preposition_goes_on() {
    let raw = format!("柳沟合作社洋槐蜜\n在南方超市俏销\n{}", set(&BEES, 16));
    let page = read(&raw);
    assert_eq!(pieces(&page, &page.articles[0], Part::Main), ["柳沟合作社洋槐蜜在南方超市俏销"]);
}

#[test]
fn the_headline_of_another_article_is_no_section_heading() {
    let raw = format!(
        "柳沟养蜂人收获洋槐蜜\n{}下河湾新桥通了校车\n{}\n{}",
        set(&BEES[..2], 16),
        set(&BEES[2..], 16),
        set(&BRIDGE, 20)
    );
    let page = read(&raw);
    let headings: Vec<_> = page.articles.iter().flat_map(|a| pieces(&page, a, Part::SectionHeading)).collect();
    assert!(headings.is_empty(), "{headings:?}");
}

#[test]
fn the_one_loose_end_finds_the_one_open_paragraph() {
    let raw = "柳沟养蜂人收获洋槐蜜\n　　清早的柳沟，蜂箱在洋槐林边排\n成长龙。养蜂人丁有田揭开箱盖，蜂\n群嗡嗡地绕着他飞，今年的洋槐蜜比\n\n下河湾新桥通了校车\n　　下河湾的铁索桥换成了水泥桥。上\n周五，第一辆校车从新桥上开过，孩子\n们向修桥的工人招手。\n\n去年多收了三成还要多。\n";
    let page = read(raw);
    let paragraphs: Vec<_> = page.articles.iter().flat_map(|a| pieces(&page, a, Part::Paragraph)).collect();
    assert!(paragraphs.iter().any(|p| p.ends_with("今年的洋槐蜜比去年多收了三成还要多。")), "{paragraphs:?}");
}

#[test]
fn a_note_on_the_author_ends_an_article() {
    let raw = format!("柳沟的洋槐开了\n{}（作者系柳沟村教师）\n\n{}", set(&BEES, 16), set(&BRIDGE, 16));
    let page = read(&raw);
    let sizes: Vec<_> = page.articles.iter().map(|a| pieces(&page, a, Part::Paragraph).len()).collect();
    assert_eq!(sizes, [3, 3]);
}

#[test]
fn balanced_halves_with_a_comma_are_a_section_heading() {
    let [a, b, c] = BEES;
    let column = |text: &str| set(&[text], 16).replace("　　", "");
    let raw = format!("柳沟的洋槐开了\n{}花开满沟，蜂来成群\n{}{}", column(a), column(b), column(c));
    let page = read(&raw);
    let headings: Vec<_> = page.articles.iter().flat_map(|a| pieces(&page, a, Part::SectionHeading)).collect();
    assert_eq!(headings, ["花开满沟，蜂来成群"]);
}

#[test]
fn lines_in_one_frame_are_one_headline_group() {
    let raw = format!(
        "柳沟的蜂箱满了\n秋风里听老人说今年的好收成\n\n{}\n新桥通车了\n孩子们挥挥手说一声早上好\n\n{}",
        set(&BEES, 16),
        set(&BRIDGE, 16)
    );
    let page = read(&raw);
    let groups: Vec<_> = page
        .articles
        .iter()
        .map(|a| {
            let pieces = page.pieces_of(a).iter().filter(|p| p.part.is_headline());
            pieces.map(|p| page.slice(p.range)).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(groups, [["柳沟的蜂箱满了", "秋风里听老人说今年的好收成"], ["新桥通车了", "孩子们挥挥手说一声早上好"]]);
}

#[test]
fn a_framed_headline_inside_a_sentence_is_no_part_of_it() {
    let bees = set(&BEES, 16);
    for (line, _) in bees.match_indices('\n').take(4) {
        let raw =
            format!("{}\n下河湾的铁索桥\n换成水泥桥\n\n{}\n{}", &bees[..=line], &bees[line + 1..], set(&BRIDGE, 16));
        let page = read(&raw);
        let bodies = page.articles.iter().flat_map(|a| pieces(&page, a, Part::Paragraph)).collect::<Vec<_>>();
        assert_eq!(bodies, [BEES, BRIDGE].concat(), "headline below {}", &bees[..line]);
    }
}

#[test]
fn a_headline_of_letters_set_apart_is_no_part_of_a_sentence() {
    let bees = set(&BEES, 16);
    for (line, _) in bees.match_indices('\n').take(10) {
        let raw = format!("{}吴大年\n新 桥 通 车 了\n{}{}", &bees[..=line], &bees[line + 1..], set(&BRIDGE, 16));
        let page = read(&raw);
        let bodies = page.articles.iter().flat_map(|a| pieces(&page, a, Part::Paragraph)).collect::<Vec<_>>();
        assert!(!bodies.concat().contains("新桥通车了"), "headline below {}", &bees[..line]);
    }
}
