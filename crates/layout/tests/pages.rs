//! Pages in the manner of real ones, and the articles that must come out.
//!
//! The texts are invented; each case names the habit of print that it is about.

use banmian_core::{Issue, Page, Part};
use banmian_layout::{explain, read_page};
use expect_test::{Expect, expect};

/// The page as a reader would want it told, a line a piece.
fn told(page: &Page) -> String {
    let mut out = String::new();
    for article in &page.articles {
        let names: Vec<String> = article.byline.iter().map(|b| format!("{} {}", b.role, b.name)).collect();
        let dateline = article.dateline.map_or("", |d| page.slice(d));
        out.push_str(&format!("= {} [{}] [{dateline}]\n", article.kind.name(), names.join(", ")));
        for piece in page.pieces_of(article) {
            out.push_str(&format!("{}: {}\n", piece.part.name(), page.slice(piece.range)));
        }
    }
    for piece in page.pieces.iter().filter(|p| matches!(p.part, Part::Unattached | Part::Furniture)) {
        out.push_str(&format!("{}: {}\n", piece.part.name(), page.slice(piece.range)));
    }
    out
}

fn check(raw: &str, expected: Expect) {
    expected.assert_eq(&told(&read_page("p", Issue::default(), raw)));
}

const ORCHARD: [&str; 2] = [
    "本报河洮讯（通讯员罗川）九月十日，河洮县政协主席石新民带队视察果品产业。委员们走进果园和选果车间，听取了有关部门的情况介绍。",
    "视察组指出，要在良种、技术、市场三个方面下功夫，建好果库、打响品牌，让果品成为农民增收的主要来源。",
];
const POND: [&str; 2] = [
    "本报洮阳讯（通讯员周婷）九月八日，洮阳县政协召开渔业发展协商会。与会人员围绕池塘改造、鱼苗供应、产品销路提出意见建议二十条。",
    "会议要求，有关单位要把意见建议逐条研究，能办的马上办，一时难办的列入计划，件件有着落、事事有回音。",
];

/// Sets paragraphs in a column, the first line of each two characters short, as text layers have it
/// when the printed indent is lost.
fn set(paragraphs: &[&str], width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        let mut line = String::new();
        let mut room = width - 2;
        for c in paragraph.chars() {
            // Closing marks hang over the edge rather than begin a line.
            if room == 0 && !"，。、）".contains(c) {
                lines.push(std::mem::take(&mut line));
                room = width;
            }
            line.push(c);
            room = room.saturating_sub(1);
        }
        lines.push(line);
    }
    lines
}

#[test]
fn headlines_far_from_bodies_find_them() {
    check(
        &format!(
            "{}\n\n{}\n\n洮阳县政协召开渔业发展协商会\n\n河洮县政协视察果品产业\n\n件件有着落 事事有回音\n",
            set(&ORCHARD, 17).join("\n\n"),
            set(&POND, 15).join("\n\n"),
        ),
        expect![[r#"
            = news [通讯员 罗川] [本报河洮讯]
            main: 河洮县政协视察果品产业
            body: 本报河洮讯（通讯员罗川）九月十日，河洮县政协主席石新民带队视察果品产业。委员们走进果园和选果车间，听取了有关部门的情况介绍。
            body: 视察组指出，要在良种、技术、市场三个方面下功夫，建好果库、打响品牌，让果品成为农民增收的主要来源。
            = news [通讯员 周婷] [本报洮阳讯]
            kicker: 件件有着落 事事有回音
            main: 洮阳县政协召开渔业发展协商会
            body: 本报洮阳讯（通讯员周婷）九月八日，洮阳县政协召开渔业发展协商会。与会人员围绕池塘改造、鱼苗供应、产品销路提出意见建议二十条。
            body: 会议要求，有关单位要把意见建议逐条研究，能办的马上办，一时难办的列入计划，件件有着落、事事有回音。
        "#]],
    );
}

#[test]
fn a_body_cut_by_another_article_is_made_whole() {
    let (orchard, pond) = (set(&ORCHARD, 17), set(&POND, 14));
    let raw = format!(
        "河洮县政协视察果品产业\n{}\n洮阳县政协召开渔业发展协商会\n{}\n{}\n",
        orchard[..2].join("\n"),
        pond.join("\n"),
        orchard[2..].join("\n")
    );
    check(
        &raw,
        expect![[r#"
            = news [通讯员 罗川] [本报河洮讯]
            main: 河洮县政协视察果品产业
            body: 本报河洮讯（通讯员罗川）九月十日，河洮县政协主席石新民带队视察果品产业。委员们走进果园和选果车间，听取了有关部门的情况介绍。
            body: 视察组指出，要在良种、技术、市场三个方面下功夫，建好果库、打响品牌，让果品成为农民增收的主要来源。
            = news [通讯员 周婷] [本报洮阳讯]
            main: 洮阳县政协召开渔业发展协商会
            body: 本报洮阳讯（通讯员周婷）九月八日，洮阳县政协召开渔业发展协商会。与会人员围绕池塘改造、鱼苗供应、产品销路提出意见建议二十条。
            body: 会议要求，有关单位要把意见建议逐条研究，能办的马上办，一时难办的列入计划，件件有着落、事事有回音。
        "#]],
    );
}

#[test]
fn a_feature_has_section_headings_deck_and_byline() {
    check(
        "河洮日报\n2023年5月19日 星期五\n责编：石 新 校对：罗川\n老渠又唱新歌\n——河洮县农田水利建设见闻\n□ 本报记者 周 婷 罗大川\n　　河洮县的老渠修于六十年前，全长三\n十公里，灌溉着两岸五万亩农田。去年冬\n天，一场大修让它变了模样。\n修渠人回来了\n　　七十岁的马师傅当年参加过修渠。听\n说老渠要大修，他带着儿子报了名，在工\n地上一住就是三个月。\n渠水流进新果园\n　　水来了，果树也多了。沿渠六个村新\n栽果树两千亩，头一年就挂了果，乡亲们\n说这是渠水浇出来的甜。\n（下转第三版）\n",
        expect![[r#"
            = feature [记者 周婷, 记者 罗大川] []
            main: 老渠又唱新歌
            deck: ——河洮县农田水利建设见闻
            byline: □ 本报记者 周婷 罗大川
            body: 河洮县的老渠修于六十年前，全长三十公里，灌溉着两岸五万亩农田。去年冬天，一场大修让它变了模样。
            section-heading: 修渠人回来了
            body: 七十岁的马师傅当年参加过修渠。听说老渠要大修，他带着儿子报了名，在工地上一住就是三个月。
            section-heading: 渠水流进新果园
            body: 水来了，果树也多了。沿渠六个村新栽果树两千亩，头一年就挂了果，乡亲们说这是渠水浇出来的甜。
            furniture: 河洮日报
            furniture: 2023年5月19日 星期五
            furniture: 责编：石 新 校对：罗川
            furniture: （下转第三版）
        "#]],
    );
}

#[test]
fn traditional_page_with_captions_and_box() {
    check(
        "碼頭翻新趕及夏天啟用\n市政署昨日公布，東灣碼頭翻新工程下月\n完成，新碼頭設有候船室和觀景台，居民\n往返離島更方便。\n署方回應居民意見\n署方表示，曾三次諮詢居民，最多人要求\n加設座椅和上蓋，有關意見已全部採納。\n■東灣碼頭工程接近完成。\n",
        expect![[r#"
            = news [] []
            main: 碼頭翻新趕及夏天啟用
            body: 市政署昨日公布，東灣碼頭翻新工程下月完成，新碼頭設有候船室和觀景台，居民往返離島更方便。
            section-heading: 署方回應居民意見
            body: 署方表示，曾三次諮詢居民，最多人要求加設座椅和上蓋，有關意見已全部採納。
            caption: ■東灣碼頭工程接近完成。
        "#]],
    );
}

#[test]
fn old_page_with_bracketed_dateline() {
    check(
        "青溪公社提前完成春耕任務\n【本報訊】青溪公社社員在春耕中大\n干苦干，到三月底已完成水田翻耕四\n千畝，比去年提前十天。（李山攝）\n",
        expect![[r#"
            = news [攝 李山] [本報訊]
            main: 青溪公社提前完成春耕任務
            body: 【本報訊】青溪公社社員在春耕中大干苦干，到三月底已完成水田翻耕四千畝，比去年提前十天。（李山攝）
        "#]],
    );
}

#[test]
fn plain_text_is_one_article() {
    check(
        "县长石新民主持会议。\n副县长罗川作了说明\n",
        expect![[r#"
            = news [] []
            body: 县长石新民主持会议。
            body: 副县长罗川作了说明
        "#]],
    );
    check(
        "石新民任县长",
        expect![[r#"
        = news [] []
        body: 石新民任县长
    "#]],
    );
    check(
        "河洮县召开果业大会\n九月十日，河洮县召开果业发展大会，总结三年来果品产业的经验，安排今冬明春的工作。\n会议指出，果业是全县农民增收的主要来源，要在品种、技术、市场三个方面下功夫。\n",
        expect![[r#"
            = news [] []
            main: 河洮县召开果业大会
            body: 九月十日，河洮县召开果业发展大会，总结三年来果品产业的经验，安排今冬明春的工作。
            body: 会议指出，果业是全县农民增收的主要来源，要在品种、技术、市场三个方面下功夫。
        "#]],
    );
}

#[test]
fn spaces_go_and_stay() {
    check(
        "本报讯 2022 年 ，河洮县共有 1000 多人参加 Open Day 活动，发放\n资 料 三 千 多 份 ， 接 待 群 众 五 百 人 次 ，\n活动由县科协和 Hetao Science Cen-\ntre 共同举办。\n",
        expect![[r#"
            = news [] [本报讯]
            body: 本报讯2022年，河洮县共有1000多人参加Open Day活动，发放资料三千多份，接待群众五百人次，活动由县科协和Hetao Science Centre共同举办。
        "#]],
    );
}

#[test]
fn decisions_are_explained() {
    let raw =
        format!("{}\n{}\n洮阳县政协召开渔业发展协商会\n", set(&ORCHARD, 17).join("\n"), set(&POND, 15).join("\n"));
    let (page, decisions) = explain("p", Issue::default(), &raw);
    assert_eq!(page, read_page("p", Issue::default(), &raw));
    let headline = decisions.iter().find(|d| d.action == "headline").map(|d| d.reason.as_str());
    assert!(headline.is_some_and(|r| r.contains("names the place of the dateline")), "{decisions:?}");
}
