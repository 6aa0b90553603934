//! Where one undated article ends and the next begins: by the measure of the columns, by empty lines, by how texts open.
//!
//! The texts are invented.

mod common;

use banmian_core::{Issue, Page, Part};
use banmian_layout::read_page;

use common::set;

/// How many paragraphs each article of a page has.
fn paragraphs(raw: &str) -> Vec<usize> {
    let page: Page = read_page("p", Issue::default(), raw);
    let count = |a| page.pieces_of(a).iter().filter(|p| p.part == Part::Paragraph).count();
    page.articles.iter().map(count).collect()
}

const SURVEYORS: [&str; 3] = [
    "全县测绘队员走遍十二个乡，给每一座水库、每一条水渠量了身高体长。队员们背着仪器，踩着露水出门，顶着星星回来，水渠边的石头都认得他们。",
    "测绘队长常守田说，水库有多深，水渠有多长，过去全凭老人的记性。如今图上一看便知，哪一段水渠该修，哪一座水库该加固，心里有了底。",
    "队员们还教会了各乡的水管员看图。水管员说，有了图，放水的时候不再吵架。",
];
const KEEPERS: [&str; 3] = [
    "全县的水管员坐到一起，比一比谁管的水渠漏水少、谁家的水库存水多。比下来，石坎乡的水管员韩秋菊得了头名，奖品是一把铁锹。",
    "韩秋菊管着两条水渠、一座水库。她把水渠分成三十段，每一段都编了号，哪一段漏水，乡亲们喊一声号码她就知道该往哪里跑。",
    "散会的时候，别的乡的水管员围着她问个不停。她说，水渠和人一样，要天天看，不能等它病了才管。",
];

#[test]
fn one_character_more_in_every_line_is_another_column() {
    let raw = format!("{}韩秋菊夺得管水头名好不威风\n{}", set(&SURVEYORS, 11), set(&KEEPERS, 12));
    assert_eq!(paragraphs(&raw), [3, 3]);
    // The same words in one column: a section heading.
    let raw = format!("{}韩秋菊夺得管水头名好不威风\n{}", set(&SURVEYORS, 11), set(&KEEPERS, 11));
    assert_eq!(paragraphs(&raw), [6]);
}

const NURSERY: [&str; 2] = [
    "青岭林场的苗圃里，四十万株云杉苗一片新绿。工人们蹲在垄沟边拔草，手指头染得发青，谁也不肯先起来歇一歇。",
    "场长樊玉山说，云杉苗长得慢，一年只高一拃，可是栽下去就能活一百年，急不得，也省不得。",
];
const BAKERY: [&str; 2] = [
    "本月二十日一早，老街口的烧饼铺重新点起炉火。掌柜的孙女魏小兰辞了省城的差事，回来接下这门手艺，头一炉烧饼不收钱。",
    "街坊们端着豆浆来捧场，都说还是原来的味道。魏小兰说，炉子是爷爷砌的，火候也是爷爷教的。",
];

#[test]
fn an_empty_line_parts_articles_where_none_parts_paragraphs() {
    let raw = format!("{}\n{}\n百年树\n热炉子\n", set(&NURSERY, 16), set(&BAKERY, 16));
    assert_eq!(paragraphs(&raw), [2, 2]);
    // Where an empty line stands below every paragraph, it tells nothing.
    let raw = format!("{}\n百年树\n", set(&NURSERY, 16).replace("。\n", "。\n\n"));
    assert_eq!(paragraphs(&raw), [2]);
}

#[test]
fn a_speaker_who_goes_on_opens_a_paragraph_of_the_same_text() {
    let raw = "东干渠两岸收成好\n东干渠今年春天清淤三十里，\n两岸的村庄户户出工，水管员韩\n秋菊每天沿渠走一遍，哪里漏水\n就地补好。\n他又说，新渠修通\n以后旱地成了水地，亩产能翻一番，明年打\n算把果园也浇上水，让山上山下的人家一起\n增收，再把果子卖到省城去。\n";
    assert_eq!(paragraphs(raw), [2]);
}

#[test]
fn confidence_falls_with_the_evidence() {
    let confidence = |raw: &str| -> Vec<u8> {
        let page: Page = read_page("p", Issue::default(), raw);
        page.articles.iter().map(|a| a.confidence).collect()
    };
    let dated =
        ["本报青岭讯（记者樊小满）青岭林场今年育云杉苗四十万株，比去年多出一成，可供全县明春造林之用。", NURSERY[0]];
    let sure = confidence(&format!("青岭林场育云杉苗四十万株\n{}", set(&dated, 16)));
    let unsure = confidence(&format!("{}\n{}\n百年树\n热炉子\n", set(&NURSERY, 16), set(&BAKERY, 16)));
    assert!(sure.len() == 1 && sure[0] >= 90, "{sure:?}");
    assert!(unsure.iter().all(|c| *c <= 70), "{unsure:?}");
    // What says itself what it is leaves no doubt.
    assert_eq!(confidence("── p · 1 article ──\n\n── 1 · news ──\nmain: 育苗\n　　林场育苗四十万株。\n"), [100]);
}

#[test]
fn repairs_are_counted() {
    let page = read_page(
        "p",
        Issue::default(),
        "青岭林场育苗忙\n　　青岭林场今年育苗四十万\n株 ， 比 去 年 多 一 成 ，\n可供全县明春造林用。\n",
    );
    let repairs = page.repairs;
    assert_eq!((repairs.joined_lines, repairs.spaced_lines, repairs.resumed_paragraphs), (1, 1, 0));
    assert!(repairs.closed_spaces >= 8, "{repairs:?}");
}

#[test]
fn a_text_goes_on_with_its_own_rest_and_not_with_what_an_empty_line_puts_below_it() {
    let fair = "　　青岭县赶集云平台昨日开通，头一\n天就有四百户农家把核桃、蜂蜜、粉\n条、山菌、酸枣挂上了网，忙得打包";
    let fair_rest = "的小伙子没顾上吃饭，县里派去帮忙\n的干部也跟着干到半夜才歇。\n";
    let ward =
        "　　石坎乡卫生院从昨天起每逢周日\n照常看病，赶集的老人不用再为量一回\n血压多跑一趟，后山的人也走得到，说";
    let ward_rest = "这才像个卫生院，四位大夫轮班，药房\n里也留人值守到太阳落山。\n";
    let raw = format!(
        "青岭县赶集云平台开通\n{fair}\n\n石坎乡卫生院周日看病\n{ward}\n\n{fair_rest}\n{ward_rest}\n　　院长时延年说，开门头一天来\n了六十二位病人。\n\n测绘队员走遍十二个乡\n{}\n水管员比一比\n{}",
        set(&SURVEYORS, 17),
        set(&KEEPERS, 17)
    );
    let page: Page = read_page("p", Issue::default(), &raw);
    let text = page.text.as_str();
    assert!(text.contains("忙得打包的小伙子没顾上吃饭"), "{text}");
}

#[test]
fn a_paragraph_across_an_empty_line_is_whole_and_no_repair() {
    let page = |text: &str| read_page("p", Issue::default(), text);
    let whole = format!("测绘队员走遍十二个乡\n{}水管员比一比\n{}", set(&SURVEYORS, 17), set(&KEEPERS, 17));
    let mut lines: Vec<&str> = whole.lines().collect();
    lines.insert(2, "");
    let (whole, parted) = (page(&whole), page(&lines.join("\n")));
    assert_eq!((parted.text.as_str(), parted.repairs.resumed_paragraphs), (whole.text.as_str(), 0));
}

#[test]
fn briefs_below_a_title_of_their_own_are_an_article() {
    let raw = format!(
        "青岭林场育云杉苗\n{}街头巷尾\n▲乡供销社昨起在十二个村代收电费，不\n收跑腿钱。\n▲老街口的烧饼铺重新点火，头一炉烧饼\n送给街坊。\n▲青岭小学换了新课桌二百套，旧的修好\n送到山里教学点。\n",
        set(&NURSERY, 18)
    );
    assert_eq!(paragraphs(&raw), [2, 3]);
}
