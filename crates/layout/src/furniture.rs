//! Lines that belong to no article: paper name, date, edition, editors, addresses; and jump lines.
//!
//! Everything here is a closed form of the trade, the same in every paper. Weak forms (a bare date,
//! the name of a paper) count only near the top or the bottom of a page.

use std::sync::LazyLock;

use crate::characters::{Count, Tally, hint};
use crate::glyphs::{Class, Glyph};
use crate::imprint::{imprint_word, is_section, opens_imprint};
use crate::phrases::{Charset, contains, ends_with, starts_with};

/// What a line might be, by its single characters; saves the dear tests for the few that need them.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    /// A colon, slash or bar, which every imprint has, or words that only an imprint has.
    print: bool,
    /// A digit or Chinese numeral.
    digit: bool,
    /// 版 or 期.
    edition: bool,
    /// 月, or figures parted by slashes.
    month: bool,
    /// A point or an @.
    web: bool,
    /// A character that a role holds, or a mark that bylines use.
    pub(crate) role: bool,
    /// A gap.
    pub(crate) gap: bool,
    /// A Chinese character.
    han: bool,
    /// What names of licences and numbers of papers hold.
    licence: bool,
    /// What lunar dates hold.
    lunar: bool,
}

impl Hints {
    /// What a line might be by its glyphs, which are added up, and gaps, if it has any.
    pub(crate) fn of(glyphs: &[Glyph], tally: &Tally, gapped: bool) -> Hints {
        let noted = |hints: u32| tally.hints & hints != 0;
        Hints {
            print: noted(hint::PRINT),
            digit: noted(hint::DIGIT),
            edition: noted(hint::EDITION),
            month: noted(hint::MONTH),
            web: noted(hint::WEB),
            role: glyphs[0].class == Class::Mark
                || glyphs[0].c == '本'
                || noted(if glyphs.len() <= 12 { hint::ROLE | hint::SHORT_ROLE } else { hint::ROLE }),
            gap: gapped && glyphs[1..].iter().any(|g| g.gap > 0),
            han: (tally.of(Count::NoHan) as usize) < glyphs.len(),
            licence: noted(hint::LICENCE),
            lunar: noted(hint::LUNAR),
        }
    }
}

/// What a furniture test sees of a line.
pub(crate) struct Candidate<'a> {
    /// Its glyphs.
    pub(crate) glyphs: &'a [Glyph],
    /// True near the top or the bottom of the page.
    pub(crate) edge: bool,
    /// What its characters allow.
    pub(crate) hints: &'a Hints,
}

/// True for a line of a weather forecast: 最高气温9℃, 今天夜间：晴转多云, 偏南风3级.
pub(crate) fn is_forecast(g: &[Glyph]) -> bool {
    const TITLES: &[&str] = &["今日天气", "今明天气", "天气预报", "今日天氣", "天氣預報"];
    const TIMES: &[&str] =
        &["今天白天", "今天夜间", "今日白天", "今夜", "今晚", "明天白天", "明日白天", "今天", "明天"];
    const SKIES: &[&str] = &["晴", "阴", "多云", "有雨", "小雨", "中雨", "阵雨", "小雪", "转"];
    let has = |word: &str| contains(g, word);
    let figures = || g.iter().any(|x| x.class == Class::Digit);
    let says = |list: &[&str]| list.iter().any(|w| has(w));
    let temperature =
        || starts_with(g, "最高气温") || starts_with(g, "最低气温") || has("相对湿度") || has("风") && has("级");
    g.len() <= MOST_FORECAST
        && (figures() && temperature()
            || TITLES.iter().any(|t| starts_with(g, t) && g.len() <= 6)
            || TIMES.iter().any(|t| starts_with(g, t)) && says(SKIES) && says(&["：", "风", "℃"])
            || starts_with(g, "气象台") && ends_with(g, "预报"))
}

/// Most characters of a line of a forecast.
const MOST_FORECAST: usize = 24;

/// Furniture, by one look at a line without comma and full stop.
pub(crate) fn is_furniture(line: &Candidate<'_>, text: &mut String) -> bool {
    let n = line.glyphs.len();
    let hints = line.hints;
    let dated = hints.month && (hints.digit || line.edge);
    let named = line.edge && n <= 9 && matches!(line.glyphs[n - 1].c, '报' | '報');
    let latin = !hints.han;
    if !(n <= 8 || hints.print || hints.digit || hints.web || hints.edition || dated || named || latin) {
        return false;
    }
    let imprint_like = (hints.print || hints.digit) && (hints.licence || words(line.glyphs).any(opens_imprint));
    let edition_like = (hints.edition || hints.digit) && n <= 12;
    let lunar = line.edge && n <= 16 && hints.lunar;
    if hints.edition && page_note(line.glyphs) {
        return true;
    }
    if n <= 8 || imprint_like || hints.web || edition_like || dated || named || lunar {
        text.clear();
        text.extend(line.glyphs.iter().filter(|g| g.class != Class::Mark).map(|g| g.c));
        let han = || line.glyphs.iter().filter(|g| g.class == Class::Han).count();
        if n <= 8 && is_section(text)
            || imprint_like && imprint(text, line.glyphs, hints.licence)
            || hints.web && web(text, han())
            || edition_like && edition(text, line.edge)
            || dated && date(text, han(), line.edge)
            || named && paper_name(text, n)
            || lunar && lunar_line(text)
        {
            return true;
        }
    }
    latin && (capitals(line.glyphs) || line.edge && slogan_latin(line.glyphs, 0))
}

/// The Chinese characters that stand at the start of a line, after a gap, or after a mark that parts words.
fn words(glyphs: &[Glyph]) -> impl Iterator<Item = char> {
    let after =
        |g: &Glyph| matches!(g.class, Class::Mark | Class::Comma | Class::Close) || matches!(g.c, '/' | '|' | '·');
    let bound = move |i: usize| i == 0 || glyphs[i].gap > 0 || after(&glyphs[i - 1]);
    let han = glyphs.iter().enumerate().filter(|(_, g)| g.class == Class::Han);
    han.filter(move |(i, _)| bound(*i)).map(|(_, g)| g.c)
}

/// A note on all of a page: 本版插图均由作者提供, 本版言论仅代表作者观点.
fn page_note(glyphs: &[Glyph]) -> bool {
    const OF_A_PAGE: &[&str] = &[
        "人物", "图片", "圖片", "照片", "插图", "插圖", "题图", "题字", "漫画", "绘图", "摄影", "文章", "文字", "稿件",
        "言论", "言論", "内容", "內容", "资料", "資料", "数据", "报道", "報道", "所载", "所刊", "所用",
    ];
    // What the note says holds for all: 本版文章写得实在 may be a line of a letter.
    const OF_ALL: &[&str] = &["均", "皆", "仅", "僅", "不代表", "除署名"];
    let glyphs = &glyphs[usize::from(glyphs[0].class == Class::Open)..];
    glyphs.len() <= MOST_NOTE
        && starts_with(glyphs, "本版")
        && OF_A_PAGE.iter().any(|w| starts_with(&glyphs[2..], w))
        && OF_ALL.iter().any(|w| contains(glyphs, w))
}

/// Most characters of a note on a page.
const MOST_NOTE: usize = 24;

/// A lunar date alone: 農曆癸卯年十月二十日.
fn lunar_line(text: &str) -> bool {
    text.contains("农历") || text.contains("農曆") || sexagenary(text)
}

/// 责编：…, 社址 …, 电话 8159000.
fn imprint(text: &str, glyphs: &[Glyph], licence: bool) -> bool {
    let mut hits = 0;
    let mut strong = false;
    let mut at = 0;
    // The words stand at the start or after a gap.
    for (i, g) in glyphs.iter().enumerate() {
        let bound = i == 0
            || g.gap > 0
            || matches!(glyphs[i - 1].class, Class::Mark | Class::Comma | Class::Close)
            || matches!(glyphs[i - 1].c, '/' | '|' | '·');
        if bound && g.class == Class::Han && hits < 4 {
            let rest = &text[at.min(text.len())..];
            if let Some(word) = imprint_word(rest) {
                hits += 1;
                let next = rest[word.len()..].chars().next();
                let follows = i + word.chars().count();
                let gap = glyphs.get(follows).is_some_and(|g| g.gap > 0);
                let mark = matches!(next, Some('：' | ':' | '/' | '／' | '|' | '∶'));
                let number = next.is_some_and(|c| c.is_ascii_digit() || matches!(c, '(' | '（'));
                strong |= i <= 1
                    && (mark
                        || number && word.chars().count() >= 2 && word != "今日" && word != "全年" && word != "出版")
                    || mark && hits >= 2;
                if i == 0 && gap && glyphs.len() <= 14 && !matches!(word, "今日" | "全年" | "本期" | "综合") {
                    strong |= glyphs[follows..].len() <= 4 && hits >= 2;
                }
            }
        }
        if g.class != Class::Mark {
            at += g.c.len_utf8();
        }
    }
    let licences = ["国内统一刊号", "国内统一连续出版物号", "邮发代号", "广告经营许可证"];
    strong || licence && licences.iter().any(|w| text.contains(w))
}

/// E-mail and web addresses with little around them.
fn web(text: &str, han: usize) -> bool {
    han <= 14
        && (text.contains("www.")
            || text.contains("http")
            || text.contains('@')
            || text.contains(".com")
            || text.contains(".cn"))
}

/// 第 1 版, A03, 时事|A03, 2 要闻, 今日4版: a short line.
fn edition(text: &str, edge: bool) -> bool {
    static NUMERALS: LazyLock<Charset> =
        LazyLock::new(|| Charset::of("0123456789０１２３４５６７８９一二三四五六七八九十"));
    let numeral = |c: char| NUMERALS.has(c);
    if let Some(rest) = text.strip_prefix('第') {
        let after = rest.trim_start_matches(numeral);
        if after.len() < rest.len() && (after == "版" || after == "期" || edge && after.is_empty()) {
            return true;
        }
    }
    let issue = ["本报今日", "今日", "今天", "本期"].iter().find_map(|p| text.strip_prefix(p));
    if let Some(rest) = issue.map(|rest| rest.trim_start_matches('共')) {
        let after = rest.trim_start_matches(numeral);
        if after.len() < rest.len() && matches!(after, "版" | "张" | "張") {
            return true;
        }
    }
    let code = text.trim_start_matches(|c: char| c.is_ascii_uppercase()).trim_end_matches('版');
    if edge && !code.is_empty() && code.len() <= 2 && code.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let name = text.trim_matches(|c: char| {
        c.is_ascii_digit()
            || c.is_ascii_uppercase()
            || matches!(c, '|' | '丨' | '·' | '-' | '版' | '/' | '第' | '．' | '.')
    });
    name.len() < text.len() && is_section(name)
}

/// A date with weekday, lunar date, issue number or paper name; a bare date at the edge.
fn date(text: &str, han: usize, edge: bool) -> bool {
    let n = text.chars().count();
    if !(4..=60).contains(&n) {
        return false;
    }
    let slashes = text.bytes().filter(|b| *b == b'/' || *b == b'-' || *b == b'.').count() == 2
        && text.bytes().filter(u8::is_ascii_digit).count() >= 5;
    let month_day = text.contains('月') && (text.contains('日') || text.contains('号'));
    let full = month_day && text.contains('年');
    if !slashes && !month_day {
        return false;
    }
    let weekday =
        || ["星期", "周一", "周二", "周三", "周四", "周五", "周六", "周日", "禮拜"].iter().any(|w| text.contains(w));
    let lunar = || ["农历", "農曆", "夏历", "農历"].iter().any(|w| text.contains(w));
    if (full || slashes || month_day && edge) && han <= 30 && weekday() {
        return true;
    }
    if month_day && lunar() || edge && month_day && sexagenary(text) {
        return n <= 40;
    }
    // A bare date, with at most a few characters of paper name or number around it.
    let plain = text
        .chars()
        .filter(|c| !c.is_ascii_digit() && !"年月日第期总版零〇○一二三四五六七八九十０１２３４５６７８９".contains(*c))
        .count();
    edge && (full && plain <= 2 || slashes && plain <= 6 && han <= 3)
}

/// A sexagenary year: 乙巳年, 癸卯年.
fn sexagenary(text: &str) -> bool {
    let (mut a, mut b) = (' ', ' ');
    for c in text.chars().take(12) {
        if c == '年' && "甲乙丙丁戊己庚辛壬癸".contains(a) && "子丑寅卯辰巳午未申酉戌亥".contains(b)
        {
            return true;
        }
        (a, b) = (b, c);
    }
    false
}

/// 河洮日报 and the like, alone on a line.
fn paper_name(text: &str, n: usize) -> bool {
    const ENDS: &[&str] = &[
        "日报",
        "日報",
        "晚报",
        "晚報",
        "晨报",
        "晨報",
        "时报",
        "時報",
        "商报",
        "商報",
        "早报",
        "早報",
        "都市报",
        "周报",
        "週報",
        "青年报",
        "工人报",
        "农民报",
        "政协报",
        "法制报",
        "法治报",
        "教育报",
        "导报",
        "導報",
        "快报",
        "公报",
        "战报",
    ];
    (3..=9).contains(&n) && ENDS.iter().any(|e| text.ends_with(e))
}

/// Capitals or pinyin alone: YAO WEN, HEADLINE NEWS.
fn slogan_latin(glyphs: &[Glyph], han: usize) -> bool {
    let letters = glyphs.iter().filter(|g| g.class == Class::Letter).count();
    han == 0 && letters >= 3 && letters + 4 >= glyphs.len() && letters <= 40
}

/// Capitals alone, as page heads print them: YAO WEN.
fn capitals(glyphs: &[Glyph]) -> bool {
    (4..=24).contains(&glyphs.len()) && glyphs.iter().all(|g| g.c.is_ascii_uppercase())
}

/// True if a jump line may end with this glyph.
pub(crate) fn closes_jump(g: &Glyph) -> bool {
    matches!(g.class, Class::Close | Class::Digit) || matches!(g.c, '版' | '页' | '頁')
}

/// How many glyphs of a jump line stand at the start: 下转第三版, （上接第一版）, 詳刊P4. None if there is none.
#[inline]
pub(crate) fn jump(glyphs: &[Glyph]) -> Option<usize> {
    static OPENINGS: LazyLock<Charset> = LazyLock::new(|| Charset::of("下上紧緊转轉详詳"));
    let opens = |g: &Glyph| match g.class {
        Class::Han => OPENINGS.has(g.c),
        class => matches!(class, Class::Open | Class::Mark),
    };
    if glyphs.first().is_some_and(opens) { jump_after(glyphs) } else { None }
}

/// The same where the first glyph may open one.
fn jump_after(glyphs: &[Glyph]) -> Option<usize> {
    let skip = glyphs.iter().take(2).take_while(|g| matches!(g.class, Class::Open | Class::Mark)).count();
    let bracket = skip > 0 && glyphs[skip - 1].class == Class::Open;
    let at = |i: usize| glyphs.get(skip + i).map_or(' ', |g| g.c);
    let known = matches!(
        (at(0), at(1)),
        ('下', '转' | '轉') | ('上' | '紧' | '緊', '接') | ('转' | '轉', '第') | ('详' | '詳', '见' | '見' | '刊')
    );
    if !known {
        return None;
    }
    // It names a page: a number and 版, or a page code.
    let reach = &glyphs[skip..glyphs.len().min(skip + 14)];
    let version = reach.iter().position(|g| matches!(g.c, '版' | '页' | '頁'));
    let code = reach
        .iter()
        .position(|g| g.c.is_ascii_uppercase())
        .filter(|&i| i <= 4 && reach.get(i + 1).is_some_and(|g| g.class == Class::Digit));
    let mut end = match (version, code) {
        (Some(v), _) => v + 1,
        (None, Some(c)) => c + 1 + reach[c + 1..].iter().take_while(|g| g.class == Class::Digit).count(),
        (None, None) => return None,
    };
    let numeral = |g: &Glyph| {
        g.class == Class::Digit || "一二三四五六七八九十".contains(g.c) || g.class == Class::Letter || g.c == '本'
    };
    if !reach[..end].iter().any(numeral) {
        return None;
    }
    end +=
        reach[end.min(reach.len())..].iter().take_while(|g| g.class == Class::Close).count().min(usize::from(bracket));
    Some(skip + end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characters::Sorts;
    use crate::glyphs::Raw;

    fn test(text: &str, edge: bool) -> bool {
        let raw = Raw::read(text);
        let hints = Hints::of(&raw.glyphs, &Sorts::table().tally(&raw.glyphs, 400), true);
        is_furniture(&Candidate { glyphs: &raw.glyphs, edge, hints: &hints }, &mut String::new())
    }

    #[test]
    fn furniture() {
        for line in [
            "责编：王小川 版式：李 山 校对：周婷",
            "2023年2月2日 星期四",
            "2  要闻",
            "第 1 版",
            "今日4版",
            "本期共十二版",
            "时事|A03",
            "要 闻",
            "社址：河洮市白塔路1号 电话：81234",
            "□编辑/王小川 □视觉/李山",
            "国内统一刊号：CN11—0001 代号1—1",
            "E-mail:hetao@126.com",
            "02/12/2023　星期六",
            "1998年1月1日 星期四 农历丁丑年十二月初三",
            "本版插图均由作者提供",
            "（本版言论仅代表作者观点）",
        ] {
            assert!(test(line, true), "{line}");
        }
        assert!(test("河洮日报", true) && !test("河洮日报", false));
        for line in [
            "编辑部设在县城东关",
            "全年共植树三千亩",
            "今日上午开幕",
            "第三版块内容丰富",
            "他从2023年1月1日起",
            "出版新书三十种",
            "市政协召开会议",
            "本版将刊登读者的来信",
            "本版文章写得实在",
        ] {
            assert!(!test(line, true), "{line}");
        }
    }

    #[test]
    fn jumps() {
        let end = |t: &str| jump(&Raw::read(t).glyphs);
        assert_eq!(end("（下转第三版）"), Some(7));
        assert_eq!(end("下转A3版"), Some(5));
        assert_eq!(end("（上接第一版）各地"), Some(7));
        assert_eq!(end("詳刊P4"), Some(4));
        assert_eq!(end("上接天气下接地气"), None);
    }
}
