//! Headlines on several lines, in heaps, in the wrong order; what only looks like one.
//!
//! The texts are invented.

mod common;

use banmian_core::{Issue, Page, Part};
use banmian_layout::read_page;

use common::set;

/// The headline group of each article of a page, each part with its first letter: `k kicker m main d deck`.
fn headlines(raw: &str) -> Vec<String> {
    let page: Page = read_page("p", Issue::default(), raw);
    let group = |a| {
        let parts = page.pieces_of(a).iter().filter(|p| matches!(p.part, Part::Kicker | Part::Main | Part::Deck));
        let parts: Vec<String> = parts.map(|p| format!("{} {}", &p.part.name()[..1], page.slice(p.range))).collect();
        parts.join(" ")
    };
    page.articles.iter().map(group).collect()
}

/// The paragraphs of each article.
fn paragraphs(raw: &str) -> Vec<Vec<String>> {
    let page: Page = read_page("p", Issue::default(), raw);
    let texts = |a| {
        let parts = page.pieces_of(a).iter().filter(|p| p.part == Part::Paragraph);
        parts.map(|p| page.slice(p.range).to_owned()).collect()
    };
    page.articles.iter().map(texts).collect()
}

const FAIR: [&str; 2] = [
    "青岭县赶集云平台昨日开通，头一天就有四百户农家把核桃、蜂蜜、粉条挂上了网，忙得发货的小伙子没顾上吃饭。",
    "平台由县供销社办，不收摊位费。主任霍双全说，先让山货走出山，再谈挣钱。",
];
const CLINIC: [&str; 2] = [
    "本报石坎讯（记者樊小满）石坎乡卫生院从昨天起每逢周日照常看病，赶集的老人再不用为量一回血压多跑一趟。",
    "院长时延年说，四位大夫轮班，药房也留人。开门头一天来了六十二位病人，一半是从后山下来的。",
];

#[test]
fn a_headline_may_say_on_its_second_line_what_the_first_does() {
    let page = |head: &str| format!("{head}\n{}", set(&FAIR, 15));
    assert_eq!(headlines(&page("赶集云平台\n上线头一天")), ["m 赶集云平台上线头一天"]);
    assert_eq!(headlines(&page("深山里的\n赶集云平台")), ["m 深山里的赶集云平台"]);
    assert_eq!(headlines(&page("二〇一九年“赶集云平台”\n走进四百户农家")), ["m 二〇一九年“赶集云平台”走进四百户农家"]);
}

#[test]
fn a_signature_in_brackets_is_no_headline() {
    let raw = format!(
        "青岭县赶集云平台开通\n{}（县供销社　霍文）\n石坎乡卫生院周日看病\n{}",
        set(&FAIR, 15),
        set(&CLINIC, 15)
    );
    assert_eq!(headlines(&raw), ["m 青岭县赶集云平台开通", "m 石坎乡卫生院周日看病"]);
}

const BRIDGE: &str =
    "本报青岭讯（通讯员孟广田）青岭县城西的老石桥上月修好，青石栏杆照原样补了十一根，桥面铺平，桥下清出淤泥三百方。";
const SCHOOL: &str =
    "本报南溪讯（通讯员柳絮）南溪小学的孩子们这学期有了菜园，三个年级各管两垄，豆角爬架，黄瓜开花，收成送进食堂。";
const STATION: &str =
    "本报后山讯（通讯员窦青）后山气象站新装一台雨量计，整点向县里报数，沿河十四个村汛期可提早两个钟头得到消息。";
const LIBRARY: &str =
    "本报东关讯（通讯员苗圃）东关书屋的门这个月开到夜里九点，下了夜班的纺织女工也能坐下来翻几页书，借走一本小说。";

#[test]
fn the_last_headline_belongs_to_the_last_article() {
    let heads = "青岭老石桥修旧如旧\n南溪小学孩子有了菜园\n后山气象站新装雨量计\n孩子夜里有书读\n";
    let raw = format!("{}\n{heads}", set(&[BRIDGE, SCHOOL, STATION, LIBRARY], 18));
    let last = headlines(&raw).pop();
    assert_eq!(last.as_deref(), Some("m 孩子夜里有书读"));
    // Said of no article, it stays alone.
    let raw = raw.replace("孩子夜里有书读", "祝贺本报创刊十载");
    assert_eq!(headlines(&raw).pop().as_deref(), Some(""));
}

#[test]
fn a_kicker_in_a_heap_goes_to_the_article_it_says_most_of() {
    let heads = "修桥补路便民心 清淤铺石保平安\n后山气象站新装雨量计\n菜园飘香添课堂 劳动育人润心田\n青岭老石桥修旧如旧\n东关书屋亮灯到九点\n南溪小学孩子有了菜园\n";
    let raw = format!("{}\n{heads}", set(&[BRIDGE, SCHOOL, STATION, LIBRARY], 18));
    let found = headlines(&raw);
    assert!(found.contains(&"k 菜园飘香添课堂 劳动育人润心田 m 南溪小学孩子有了菜园".to_owned()), "{found:?}");
}

/// Paragraphs in a column whose text layer has lost the indents.
fn set_without_indents(paragraphs: &[&str], width: usize) -> String {
    set(paragraphs, width).replace("　　", "")
}

#[test]
fn a_paragraph_cut_by_a_headline_goes_on_where_its_column_comes_back() {
    let cut = "青岭县赶集云平台由县供销社办，不收\n摊位费，赶集的人不出门就能看看价钱。\n头一天就有四百户农家把核桃、蜂蜜、\n粉条、山菌、酸枣挂上了网，这赶集平台开";
    let rest = "通的消息传遍了七乡十二村，赶集的个个说，\n往后背篓可以轻一些，县里派去帮忙的干部\n也跟着打包到半夜。\n";
    let raw = format!("青岭县赶集云平台开通\n{cut}\n石坎乡卫生院周日看病\n{}{rest}", set_without_indents(&CLINIC, 13));
    let articles = paragraphs(&raw);
    assert_eq!(articles.len(), 2, "{articles:?}");
    assert!(articles[0].iter().any(|p| p.contains("平台开通的消息传遍了")), "{articles:?}");
}

#[test]
fn a_headline_below_its_text_is_no_first_line_of_the_next() {
    let raw = format!(
        "{}石坎乡卫生院周日看病\n{}",
        set_without_indents(&CLINIC, 14),
        set_without_indents(&[FAIR[0], FAIR[1]], 14)
    );
    let articles = paragraphs(&raw);
    assert!(articles.iter().flatten().all(|p| !p.starts_with("石坎乡卫生院周日")), "{articles:?}");
}

#[test]
fn a_row_of_prices_is_no_headline() {
    let market = [
        "南溪菜市场的黄瓜这几天便宜了，白菜也便宜了，一公斤黄瓜两元出头，提篮子的人比上周多了一倍。",
        "管市场的苗秀禾说，大棚黄瓜集中上市，价钱还要往下走。",
    ];
    let raw = format!("{}\n南溪白菜0.62元/公斤\n南溪黄瓜2.10元/公斤\n", set(&market, 15));
    assert_eq!(headlines(&raw), [""]);
}

#[test]
fn a_break_that_tears_a_word_parts_no_headline() {
    // 发货 is torn, 平台 is not; both stand in the text.
    let page = |head: &str| format!("{head}\n{}", set(&FAIR, 15));
    assert_eq!(headlines(&page("四百户农家忙发\n货顾不上吃午饭")), ["m 四百户农家忙发货顾不上吃午饭"]);
}

#[test]
fn a_verb_is_followed_by_its_object() {
    let raw = format!("石坎乡卫生院推出\n赶集日门诊\n{}", set(&CLINIC, 15));
    assert_eq!(headlines(&raw), ["m 石坎乡卫生院推出赶集日门诊"]);
}

#[test]
fn a_forecast_and_a_wrapped_caption_head_nothing() {
    let raw = format!(
        "青岭县赶集云平台开通\n{}石坎乡卫生院周日看病\n{}护士在卫生院门口给赶集的老\n人量血压。　本报记者　樊小满　摄\n今天白天：晴转多云\n最高气温9℃\n",
        set(&FAIR, 15),
        set(&CLINIC, 15)
    );
    assert_eq!(headlines(&raw), ["m 青岭县赶集云平台开通", "m 石坎乡卫生院周日看病"]);
}

#[test]
fn the_name_of_a_column_is_a_kicker_and_a_greeting_opens_the_letter() {
    let raw = format!(
        "青岭县赶集云平台开通\n{}后山杂谈\n卫生院周日该不该看病\n编辑同志：\n{}",
        set(&FAIR, 15),
        set(&CLINIC_LETTER, 15)
    );
    assert_eq!(headlines(&raw), ["m 青岭县赶集云平台开通", "k 后山杂谈 m 卫生院周日该不该看病"]);
    assert_eq!(paragraphs(&raw)[1][0], "编辑同志：");
}

const CLINIC_LETTER: [&str; 2] = [
    "我们后山的老人赶一回集要走三个钟头，石坎乡卫生院周日该不该看病，大家议论了好久。",
    "卫生院的大夫也要休息，可是病人等不得，能不能轮班，请你们替我们问一问。",
];
