//! Who wrote it and where it came from: bylines: 通讯员王小川, 李山摄, （记者 周婷）.
//!
//! Bylines are a closed form of newspaper language, so they are read by a small hand-written grammar:
//! words between gaps and marks, each a role, a name, or an outlet with role and name.

use std::sync::LazyLock;

use crate::datelines;
use crate::glyphs::{Class, Glyph};
use crate::phrases::{Charset, ends_with, find, starts_with};
use crate::roles::{LONGEST, after_role, closes_role, in_role, is_outlet, split_role};

/// A name of a byline, as places in the glyph slice it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// Role as printed, empty for a bare name.
    pub(crate) role: &'static str,
    /// First glyph of the name.
    pub(crate) start: usize,
    /// One past its last glyph.
    pub(crate) end: usize,
}

/// Common surnames, most of the Hundred Surnames, simplified and traditional.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边净阴闫南湛仇苟尚宗党瞿鹿敬桑晏谈全佟骆冀卓苑和褚臧楚窦丰艾井骞蒲娄蔺占候揭闻阚巩冷姬穆蓝吉代岑麦农商来敖沙门古占巴匡乐印费权栗劳连储扈卞池支鞠隆银张陳楊趙黃劉吳孫馬羅鄭謝韓馮許鄧蕭盧蔣賈葉閻鍾譚鄒陸顧龍萬錢湯賀賴龔龐蘭陶顏嚴溫蘆魯葛韋畢聶叢邢齊莊塗寧應費紀項歐遊陽衛單車邊陰闞鞏樂連儲區甯練勞虞尧咸荆郎岩蘇喬閔竇藺聞藍麥農來權栾欒婁习習豐駱談厉厲诸諸饶饒滕缪繆宫宮麻佘邝鄺屠冼晁逯迟遲荀符刁鄂";

/// Surnames of two characters, simplified and traditional.
const COMPOUND: &[&str] = &[
    "欧阳", "歐陽", "司马", "司馬", "上官", "诸葛", "諸葛", "皇甫", "尉迟", "尉遲", "公孙", "公孫", "慕容", "令狐",
    "司徒", "端木", "申屠", "夏侯", "宇文", "长孙", "長孫", "鲜于", "闻人", "南宫", "东方", "独孤", "呼延", "澹台",
];

fn opens_compound(glyphs: &[Glyph]) -> bool {
    COMPOUND.iter().any(|c| starts_with(glyphs, c))
}

/// True if the character opens many Chinese names.
pub(crate) fn is_surname(c: char) -> bool {
    static SET: LazyLock<Charset> = LazyLock::new(|| Charset::of(SURNAMES));
    SET.has(c)
}

/// Reads a slice that should be nothing but a byline: 本报记者 刘 洋 王小川/文. None if any part
/// of it is something else, or if neither role nor mark nor `bare` says that these are names.
pub(crate) fn byline(glyphs: &[Glyph], bare: bool) -> Option<Vec<Name>> {
    if glyphs.is_empty() || glyphs.len() > LONGEST {
        return None;
    }
    if !bare && !glyphs.iter().any(|g| in_role(g.c) || closes_role(g.c)) {
        return None;
    }
    let mut names: Vec<Name> = Vec::new();
    let mut role = "";
    let mut seen_role = false;
    let mut from_role = 0;
    let mut words = words(glyphs);
    words.close_padded(glyphs);
    for (start, end) in words.iter() {
        let text = &glyphs[start..end];
        if let Some((lead_chars, tail)) = after_role(text) {
            // 王小川摄, or 摄 alone after the names it belongs to.
            let (inner, name_start) = split_role(&text[..lead_chars]);
            if let Some(inner) = inner {
                role = inner;
            }
            let name_chars = lead_chars - name_start;
            // 記者林某／彰化報導 names the place, too.
            let place = !names.is_empty() && matches!(tail, "報導" | "报道" | "報道") && after_slash(glyphs, start);
            if name_chars > 0 && !place {
                if !push_names(glyphs, start + name_start, start + lead_chars, role, true, &mut names) {
                    return None;
                }
            } else if lead_chars == 0 && names.is_empty() && text.len() == 1 {
                // 文/图 before the names.
                role = tail;
                seen_role = true;
                continue;
            }
            for name in &mut names[from_role..] {
                if name.role.is_empty() || inner.is_none() && lead_chars > 0 && role.is_empty() {
                    name.role = tail;
                }
            }
            seen_role = true;
            from_role = names.len();
            continue;
        }
        let (inner, name_start) = split_role(text);
        if let Some(inner) = inner {
            role = inner;
            seen_role = true;
            from_role = names.len();
        } else if starts_with(text, "本报") || starts_with(text, "本報") {
            // 本报 刘洋: the outlet stands for the role.
            if text.len() == 2 {
                continue;
            }
            return None;
        } else if text.len() > 3 && is_outlet(text) {
            continue;
        }
        if start + name_start < end && !push_names(glyphs, start + name_start, end, role, seen_role, &mut names) {
            return None;
        }
    }
    let enough = !names.is_empty() && (seen_role || bare);
    enough.then_some(names)
}

fn after_slash(glyphs: &[Glyph], at: usize) -> bool {
    at > 0 && matches!(glyphs[at - 1].c, '/' | '／')
}

/// Reads a line that should be nothing but a byline; stricter than [`byline`], as any line may come here.
pub(crate) fn line_byline(glyphs: &[Glyph], bare: bool) -> Option<Vec<Name>> {
    let mut depth = 0i32;
    for g in glyphs {
        match g.class {
            Class::Open => depth += 1,
            Class::Close if depth == 0 => return None,
            Class::Close => depth -= 1,
            Class::Stop => return None,
            Class::Comma if !matches!(g.c, '、' | '，') && g.c != glyphs[glyphs.len() - 1].c => return None,
            _ => {}
        }
    }
    if datelines::dateline(glyphs).is_some() {
        return None;
    }
    let names = byline(glyphs, bare)?;
    let announced = || {
        glyphs[0].class == Class::Mark
            || starts_with(glyphs, "本报")
            || split_role(&glyphs[..glyphs.len().min(16)]).0.is_some()
    };
    (depth == 0 && (names.iter().all(|n| is_surname(glyphs[n.start].c)) || announced())).then_some(names)
}

/// True for a sentence with the photographer behind its full stop: 客运站前的雪。记者 李山 摄.
pub(crate) fn credited(glyphs: &[Glyph]) -> bool {
    let stop = glyphs.iter().rposition(|g| g.class == Class::Stop);
    stop.is_some_and(|at| at >= 4 && line_byline(&glyphs[at + 1..], false).is_some())
}

/// True for a line that is one remark in round brackets.
pub(crate) fn bracketed(glyphs: &[Glyph]) -> bool {
    let n = glyphs.len();
    let inside = |g: &Glyph| !matches!(g.class, Class::Open | Class::Close);
    n >= 4
        && matches!(glyphs[0].c, '（' | '(')
        && matches!(glyphs[n - 1].c, '）' | ')')
        && glyphs[1..n - 1].iter().all(inside)
}

/// A note in brackets on who wrote or drew: （作者系河洮县农技站站长）, （插图：李山）.
pub(crate) fn author_note(glyphs: &[Glyph]) -> bool {
    const OPENINGS: &[&str] = &["作者", "本文作者", "执笔", "插图", "插圖", "题图", "漫画", "漫畫", "资料图", "图片由"];
    let n = glyphs.len();
    (5..=40).contains(&n)
        && matches!(glyphs[0].c, '（' | '(')
        && matches!(glyphs[n - 1].c, '）' | ')')
        && OPENINGS.iter().any(|o| starts_with(&glyphs[1..], o))
}

/// True for a byline without a name: 本报评论员.
pub(crate) fn nameless(glyphs: &[Glyph]) -> bool {
    let role = || ends_with(glyphs, "评论员") || ends_with(glyphs, "評論員") || ends_with(glyphs, "编辑部");
    let paper =
        || ["本报", "本報", "本刊", "特约", "特約", "新华社", "人民日报"].iter().any(|p| starts_with(glyphs, p));
    glyphs.len() <= 10 && role() && paper()
}

/// The name at the end of a signature that says where its writer works or lives: 市食品厂 申屠某, 小河街居民黎某.
pub(crate) fn signature(glyphs: &[Glyph]) -> Option<Name> {
    const HOLDERS: &str = "民户员师生长兵人厂廠校院乡鄉村镇鎮县縣市局站司部社街室队隊班店所系会會委办辦处處科组組团團馆館署厅廳矿礦连連营營";
    static BEFORE: LazyLock<Charset> = LazyLock::new(|| Charset::of(HOLDERS));
    let n = glyphs.len();
    if !(5..=20).contains(&n) || glyphs.iter().any(|g| g.class != Class::Han) {
        return None;
    }
    let starts = |k: usize| {
        let name = &glyphs[n - k..];
        (is_surname(name[0].c) || k > 2 && opens_compound(name)) && BEFORE.has(glyphs[n - k - 1].c)
    };
    let gap = (2..=4).find(|&k| glyphs[n - k].gap > 0);
    let name = match gap {
        Some(k) => starts(k).then_some(k),
        None => [3, 2].into_iter().find(|&k| starts(k)),
    };
    name.map(|k| Name { role: "", start: n - k, end: n })
}

/// Words that stand behind a role where a name would.
const WORDS: &[&str] = &["单位", "單位", "提供", "均系", "系本", "均为", "分别"];

/// Adds the name or names in `start..end`. Names of more than four characters are cut where a
/// second surname stands.
fn push_names(
    glyphs: &[Glyph],
    start: usize,
    end: usize,
    role: &'static str,
    trusted: bool,
    names: &mut Vec<Name>,
) -> bool {
    let han = glyphs[start..end].iter().all(|g| g.class == Class::Han || g.c == '·');
    let n = end - start;
    // （作者单位：…）, 图片由作者提供: words, and no names.
    if WORDS.iter().any(|w| starts_with(&glyphs[start..end], w)) {
        return false;
    }
    let mut push = |a: usize, b: usize| names.push(Name { role, start: a, end: b });
    let known = is_surname(glyphs[start].c);
    match n {
        _ if !han => false,
        2..=3 if trusted || known => {
            push(start, end);
            true
        }
        4 => {
            let name = trusted || opens_compound(&glyphs[start..end]);
            if name {
                push(start, end);
            }
            name
        }
        5..=6 if known => {
            let Some(cut) = [3, 2].into_iter().find(|&c| (2..=3).contains(&(n - c)) && is_surname(glyphs[start + c].c))
            else {
                return false;
            };
            push(start, start + cut);
            push(start + cut, end);
            true
        }
        _ if n <= 12 && glyphs[start..end].iter().any(|g| g.c == '·') => {
            push(start, end);
            true
        }
        _ => false,
    }
}

/// Words of a byline, as places in its glyphs.
struct Words {
    places: [(u8, u8); LONGEST],
    count: usize,
}

impl Words {
    fn iter(&self) -> impl Iterator<Item = (usize, usize)> {
        self.places[..self.count].iter().map(|&(start, end)| (usize::from(start), usize::from(end)))
    }

    /// The word before the `n`th.
    fn last(&self, n: usize) -> Option<(usize, usize)> {
        n.checked_sub(1).map(|k| (usize::from(self.places[k].0), usize::from(self.places[k].1)))
    }

    /// Joins each word to the one before it where `joins` says so.
    fn merge(&mut self, joins: impl Fn((usize, usize), (usize, usize)) -> bool) {
        let mut kept = 0;
        for k in 0..self.count {
            let word = self.places[k];
            match self.last(kept) {
                Some(last) if joins(last, (usize::from(word.0), usize::from(word.1))) => {
                    self.places[kept - 1].1 = word.1;
                }
                _ => {
                    self.places[kept] = word;
                    kept += 1;
                }
            }
        }
        self.count = kept;
    }

    /// Closes up a name whose first character is printed close to its role: 通讯员罗 川.
    fn close_padded(&mut self, glyphs: &[Glyph]) {
        self.merge(|last, (start, end)| {
            let single = end - start == 1 && last.1 == start && glyphs[start].class == Class::Han;
            if !single || last.1 - last.0 < 3 || matches!(glyphs[start].c, '摄' | '攝') {
                return false;
            }
            let (role, name_start) = split_role(&glyphs[last.0..last.1]);
            role.is_some() && name_start + 1 == last.1 - last.0
        });
    }
}

/// The words of a byline: cut at gaps, slashes, commas, brackets and marks; two or three single
/// characters in a row are one padded name. There may be [`LONGEST`] glyphs.
fn words(glyphs: &[Glyph]) -> Words {
    let mut out = Words { places: [(0, 0); LONGEST], count: 0 };
    let mut push = |start: usize, end: usize| {
        out.places[out.count] = (start as u8, end as u8);
        out.count += 1;
    };
    let mut open = None;
    for (i, g) in glyphs.iter().enumerate() {
        let separator = matches!(g.class, Class::Comma | Class::Open | Class::Close | Class::Mark | Class::Stop)
            || matches!(g.c, '/' | '／' | '|' | '丨' | '—' | '-');
        if (separator || g.gap > 0)
            && let Some(start) = open.take()
        {
            push(start, i);
        }
        if !separator && open.is_none() {
            open = Some(i);
        }
    }
    if let Some(start) = open {
        push(start, glyphs.len());
    }
    // 刘 洋 and 首席记者 曹丽 娟 (cut by justification) stay apart only where a role stands alone.
    out.merge(|last, (start, end)| {
        let single = end - start == 1 && glyphs[start].class == Class::Han;
        let role_mark = matches!(glyphs[start].c, '摄' | '攝' | '文' | '图' | '圖');
        single && last.1 - last.0 == 1 && last.1 == start && glyphs[start].gap > 0 && !role_mark
    });
    out
}

/// Names in the lead, right after the dateline: （通讯员李 山） or 记者王小川、李山报道：.
pub(crate) fn lead_names(glyphs: &[Glyph], from: usize) -> Vec<Name> {
    let Some(next) = glyphs.get(from) else { return Vec::new() };
    let shift = |names: Vec<Name>, by: usize| {
        names.into_iter().map(|n| Name { start: n.start + by, end: n.end + by, ..n }).collect::<Vec<_>>()
    };
    // 【記者王小川／河洮報導】 names the reporter before the place.
    let ahead = glyphs[..from].iter().position(|g| matches!(g.c, '／' | '/'));
    if let Some(slash) = ahead.filter(|_| glyphs[0].class == Class::Open) {
        return byline(&glyphs[1..slash], false).map_or_else(Vec::new, |n| shift(n, 1));
    }
    if matches!(next.c, '（' | '(' | '【' | '〔') {
        let inside = &glyphs[from + 1..glyphs.len().min(from + 80)];
        let Some(end) = inside.iter().position(|g| matches!(g.c, '）' | ')' | '】' | '〕')) else {
            return Vec::new();
        };
        return byline(&inside[..end], false).map_or_else(Vec::new, |n| shift(n, from + 1));
    }
    let tail = &glyphs[from..glyphs.len().min(from + 60)];
    if !tail.iter().take(14).any(|g| matches!(g.c, '者' | '员' | '員')) {
        return Vec::new();
    }
    let Some(at) = ["记者", "記者", "通讯员", "通訊員"].iter().filter_map(|r| find(tail, r)).min() else {
        return Vec::new();
    };
    if at > 8 || at > 0 && !is_outlet(&tail[..at]) && !before_role(&tail[..at]) {
        return Vec::new();
    }
    // The names end before 报道, or before the verb that they are subject of (记者陈某从…获悉).
    let end = ["报道", "報道", "报导", "報導"].iter().filter_map(|r| find(tail, r)).min();
    if let Some(end) = end.filter(|&e| e <= 56)
        && let Some(names) = byline(&tail[..end], false)
    {
        return shift(names, from);
    }
    let stop = tail
        .iter()
        .position(|g| matches!(g.c, '从' | '從' | '在' | '，' | '：' | '于' | '近' | '日' | '今'))
        .unwrap_or(0);
    byline(&tail[..stop], false).map_or_else(Vec::new, |n| shift(n, from))
}

/// What may stand before the first role of a lead: an epithet of it (特约通讯员), or a name without one (王小川、记者李山报道).
fn before_role(glyphs: &[Glyph]) -> bool {
    const EPITHETS: &[&str] = &["特约", "特約", "首席", "见习", "实习", "實習", "全媒体", "融媒体"];
    let pause = glyphs.iter().position(|g| g.c == '、');
    let name = pause.is_none_or(|n| (2..=4).contains(&n) && is_surname(glyphs[0].c));
    let rest = &glyphs[pause.map_or(0, |n| n + 1)..];
    name && (rest.is_empty() || EPITHETS.iter().any(|e| rest.len() == e.chars().count() && starts_with(rest, e)))
}

/// Names in brackets at a paragraph's end: （杜某某 孙某某）, （新华社记者戴某摄）.
pub(crate) fn closing_names(glyphs: &[Glyph]) -> Vec<Name> {
    let Some((last, rest)) = glyphs.split_last() else { return Vec::new() };
    if !matches!(last.c, '）' | ')') {
        return Vec::new();
    }
    let reach = rest.len().saturating_sub(40);
    let Some(open) = rest[reach..].iter().rposition(|g| matches!(g.c, '（' | '(')) else { return Vec::new() };
    let open = reach + open;
    let settled = open.checked_sub(1).is_some_and(|i| matches!(rest[i].class, Class::Stop | Class::Close));
    let inside = &rest[open + 1..];
    let names = byline(inside, settled).or_else(|| signature(inside).filter(|_| settled).map(|name| vec![name]));
    let place = |n: Name| Name { start: n.start + open + 1, end: n.end + open + 1, ..n };
    names.map_or_else(Vec::new, |names| names.into_iter().map(place).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::Raw;

    fn names(text: &str, bare: bool) -> String {
        let raw = Raw::read(text);
        let show =
            |n: &Name| format!("{}:{}", n.role, raw.glyphs[n.start..n.end].iter().map(|g| g.c).collect::<String>());
        byline(&raw.glyphs, bare).map_or("-".to_owned(), |n| n.iter().map(show).collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn bylines() {
        assert_eq!(names("本报记者 刘 洋 王小川", false), "记者:刘洋 记者:王小川");
        assert_eq!(names("□ 通讯员 李山", false), "通讯员:李山");
        assert_eq!(names("通讯员 周婷婷 摄影报道", false), "通讯员:周婷婷");
        assert_eq!(names("本报记者 李敏/文 陈大/图", false), "记者:李敏 记者:陈大");
        assert_eq!(names("□河洮日报社全媒体首席记者\u{3000}张 强 摄", false), "全媒体首席记者:张强");
        assert_eq!(names("王小川摄", false), "摄:王小川");
        assert_eq!(names("记者 王小川 通讯员 李 山", false), "记者:王小川 通讯员:李山");
        assert_eq!(names("市政协召开会议", false), "-");
        assert_eq!(names("王小川", true), ":王小川");
        assert_eq!(names("王鸣李小强", true), ":王鸣 :李小强");
        assert_eq!(names("記者王小川／彰化報導", false), "記者:王小川");
        assert_eq!(names("記者王小川／專訪", false), "記者:王小川");
        assert_eq!(names("作者单位 河洮县农技站", false), "-");
    }

    #[test]
    fn notes_on_authors() {
        for line in ["（作者系河洮县农技站站长）", "（插图：李山）"] {
            assert!(author_note(&Raw::read(line).glyphs), "{line}");
        }
        assert!(!author_note(&Raw::read("作者来到河洮县").glyphs));
    }

    #[test]
    fn signatures_say_where_the_writer_works_or_lives() {
        let name = |text: &str| {
            let raw = Raw::read(text);
            signature(&raw.glyphs).map(|n| raw.glyphs[n.start..n.end].iter().map(|g| g.c).collect::<String>())
        };
        assert_eq!(name("市食品机械厂　申屠远"), Some("申屠远".to_owned()));
        assert_eq!(name("小河街居民黎小文"), Some("黎小文".to_owned()));
        assert_eq!(name("校团委 黎文"), Some("黎文".to_owned()));
        assert_eq!(name("排名不分先后"), None);
        assert_eq!(name("据河洮县气象局消息"), None);
    }

    fn lead(text: &str) -> String {
        let raw = Raw::read(text);
        let cut = |a: usize, b: usize| raw.glyphs[a..b].iter().map(|g| g.c).collect::<String>();
        let Some(d) = datelines::dateline(&raw.glyphs) else { return "-".to_owned() };
        let names = lead_names(&raw.glyphs, d.after);
        let names: Vec<String> = names.iter().map(|n| cut(n.start, n.end)).collect();
        format!("{} {}", cut(d.start, d.end), names.join(","))
    }

    #[test]
    fn datelines() {
        assert_eq!(lead("本报河洮讯（通讯员罗 川）1 月29日"), "本报河洮讯 罗川");
        assert_eq!(lead("【本报讯】（河洮日报社记者 王 晨 通讯员 李丁）近日"), "本报讯 王晨,李丁");
        assert_eq!(lead("据新华社北京12月30日电（记者王小川）中央"), "据新华社北京12月30日电 王小川");
        assert_eq!(lead("本报河洮1月1日电记者王小川、李山报道：新年"), "本报河洮1月1日电 王小川,李山");
        assert_eq!(lead("本报北京12月31日讯记者王小军从有关部门获悉"), "本报北京12月31日讯 王小军");
        assert_eq!(lead("晚报讯（记者王小川）昨天"), "晚报讯 王小川");
        assert_eq!(lead("河洮商报讯（实习生 李山）"), "河洮商报讯 李山");
        assert_eq!(lead("【記者王小川／河洮報導】河洮鎮公所昨天"), "河洮報導 王小川");
        assert_eq!(lead("本报讯　特约通讯员王小川、记者李山报道：近日"), "本报讯 王小川,李山");
        assert_eq!(lead("本报讯　王小川、记者李山报道：近日"), "本报讯 王小川,李山");
        assert_eq!(lead("通讯（试行）"), "-");
        assert_eq!(lead("本报电话已经改号"), "-");
        assert_eq!(lead("本报通讯员近日来到"), "-");
        assert_eq!(lead("【明報專訊】港府"), "明報專訊 ");
    }
}
