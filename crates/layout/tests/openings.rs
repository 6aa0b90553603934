//! Where articles and sentences end and begin: lines that only look like a headline, and headlines that only look like
//! a line of text.
//!
//! The texts are invented.

mod common;

use banmian_core::{Issue, Page, Part};
use banmian_layout::read_page;

use common::set;

/// The articles of a page, each as its pieces on lines: `m main`, `d deck`, `s section heading`, `p` and the first and last
/// three characters of a paragraph.
fn articles(raw: &str) -> Vec<String> {
    let page: Page = read_page("p", Issue::default(), raw);
    let piece = |p: &banmian_core::Piece| {
        let text = page.slice(p.range);
        let ends = || -> String {
            let chars: Vec<char> = text.chars().collect();
            chars[..3].iter().chain(['…'].iter()).chain(&chars[chars.len() - 3..]).collect()
        };
        match p.part {
            Part::Main => Some(format!("m {text}")),
            Part::Kicker => Some(format!("k {text}")),
            Part::Deck => Some(format!("d {text}")),
            Part::SectionHeading => Some(format!("s {text}")),
            Part::Paragraph => Some(format!("p {}", ends())),
            _ => None,
        }
    };
    page.articles.iter().map(|a| page.pieces_of(a).iter().filter_map(piece).collect::<Vec<_>>().join("\n")).collect()
}

const DAM: [&str; 3] = [
    "沙河水库加固工程上月完工，库区十七个村今年不再为春灌发愁。工程队用了四个月，把坝坡重新砌了一遍，又换了三扇闸门。",
    "水库管理所所长汪宝山说，老闸门用了三十年，关不严，一年要漏掉半库水。换了以后，渠尾的村子也能浇上头茬水。",
    "工程款由县里和受益的村分摊，村里出的一份以工折抵，账目贴在坝头的墙上。",
];
const CHOIR: [&str; 2] = [
    "县文化馆、少年宫合办的少儿合唱比赛星期天在礼堂举行，十二支队伍登台，最小的队员只有六岁。合唱比赛不设奖金。",
    "评委耿素兰说，孩子们唱的都是自己家乡的歌，调子跑一点不要紧，有味道。",
];

/// Paragraphs as a text layer leaves them that lost its indents.
fn without_indents(paragraphs: &[&str], width: usize) -> String {
    set(paragraphs, width).replace("　　", "")
}

#[test]
fn a_line_as_wide_as_a_first_line_is_a_headline_if_the_text_below_says_it_again() {
    let page =
        |head: &str| format!("沙河水库加固完工\n{}{head}\n{}", without_indents(&DAM, 18), without_indents(&CHOIR, 18));
    for head in ["县文化馆少年宫星期天办少儿合唱赛", "县文化馆、少年宫合办少儿合唱比赛"]
    {
        let found = articles(&page(head));
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(found[1].starts_with(&format!("m {head}\n")), "{found:#?}");
    }
}

const KILN: [&str; 2] = [
    "昨夜，老窑口的炉火又亮了。封窑三十年以后，窑工贺老四的孙子领着六个年轻人添柴看火，一直守到天亮。",
    "头一窑出了二百只粗碗，碗底都有一个小小的贺字。镇上的人一早就来排队，一只碗卖五块钱。",
];

#[test]
fn a_text_that_opens_with_its_time_is_rather_a_new_one() {
    let blocks = |second: &str| {
        let kiln = [&format!("{second}{}", KILN[0].trim_start_matches("昨夜")), KILN[1]];
        let raw = format!("{}\n{}\n少儿合唱\n老窑\n", set(&CHOIR, 15), set(&kiln, 15));
        articles(&raw).len()
    };
    assert_eq!(blocks("昨夜"), 2);
    assert_eq!(blocks("后来"), 1);
}

#[test]
fn briefs_with_a_mark_are_not_the_end_of_the_text_above() {
    let briefs = "▲县邮局开办夜间投递，晚报当晚送\n到户。\n▲红旗街菜市场搬进新棚，摊位多了\n四十个。\n▲石坎乡通了班车，每天早晚各一趟。\n";
    let raw = format!("沙河水库加固完工\n{}{briefs}", set(&DAM, 16));
    let found = articles(&raw);
    assert!(found[0].ends_with("p 工程款…墙上。"), "{found:#?}");
}

const VETERAN: [&str; 4] = [
    "在石坎乡，提起老船工佟大江，没有人不晓得。他在渡口撑了四十年船，送过的人比全乡的人口还多几倍。",
    "佟大江今年六十八岁，十六岁跟着父亲上船。那时候河上没有桥，赶集、看病、娶亲，都要从他的船上过。",
    "渡口的灯是他自己出钱装的。夜里有人喊船，灯一亮，对岸的人心里就踏实了。",
    "大桥通车那天，他把竹篙靠在桥头的石栏上，站了很久。有人要拿去展览，他说等他走不动了再说。",
];

#[test]
fn a_short_line_in_a_feature_is_a_section_heading() {
    let text = |deck: &str| {
        format!(
            "渡口的灯\n{deck}{}夜里有人喊船\n{}靠在桥头的竹篙\n{}",
            set(&VETERAN[..2], 18),
            set(&VETERAN[2..3], 18),
            set(&VETERAN[3..], 18)
        )
    };
    let found = articles(&text("——记石坎乡老船工佟大江\n"));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("\ns 夜里有人喊船\n") && found[0].contains("\ns 靠在桥头的竹篙\n"), "{found:#?}");
}

#[test]
fn a_deck_speaks_for_the_headline_above_it() {
    // All headlines stand at the end; that of the feature has its words from the other text.
    let raw = format!("{}\n{}\n文化馆门前的老渡口\n——记石坎乡渡口老船工佟大江\n", set(&VETERAN, 18), set(&CHOIR, 15));
    let found = articles(&raw);
    assert!(found[0].starts_with("m 文化馆门前的老渡口\nd ——记石坎乡渡口老船工佟大江\n"), "{found:#?}");
}

#[test]
fn a_quotation_that_breaks_off_goes_on_where_it_is_closed() {
    let raw = format!(
        "渡口的灯\n{}“村里的人说一百句，不如自己先趟\n\n沙河水库加固完工\n{}\n一趟水。”这是佟大江常说的话，他自\n己也是这么做的，四十年没有变过。\n",
        without_indents(&VETERAN[..2], 18),
        without_indents(&DAM, 15)
    );
    let page: Page = read_page("p", Issue::default(), raw.as_str());
    assert!(page.text.contains("不如自己先趟一趟水。”这是佟大江"), "{}", page.text);
}

#[test]
fn the_deck_of_a_feature_is_not_given_to_a_report_from_elsewhere() {
    // The feature stands on another page; the one report here tells of a meeting in another county.
    let report = [
        "本报石坎讯（记者樊小满）石坎县政协昨天在渡口边开了一场协商会，摆渡人和商户说了各自的难处。",
        "县政协副主席时延年说，桥修通以前，渡口的灯和船都由县里出钱。",
    ];
    let raw = format!(
        "少儿合唱比赛人人都有歌\n{}{}石坎县政协把协商会开到渡口\n——青岭县推进基层治理纪实\n",
        set(&CHOIR, 16),
        set(&report, 16)
    );
    let found = articles(&raw);
    assert!(found[1].starts_with("m 石坎县政协把协商会开到渡口\np "), "{found:#?}");
}
