//! Kicker, main headline, deck: the job of each unit of a headline group.
//!
//! Every unit is tried as the main one; the others are kicker or deck. Form speaks first (a dash opens
//! a deck, 强调 closes a kicker), then how much of the lead the unit restates, then length and order.

use std::sync::LazyLock;

use banmian_core::Part;

use crate::assign::{Group, is_kicker_form};
use crate::glyphs::{Class, Glyph, Raw};
use crate::phrases::{Charset, contains, ends_with, find, starts_with};
use crate::units::Unit;

/// The part of each unit of a group, in the group's order.
pub(crate) fn types(raw: &Raw, group: &Group, units: &[Unit]) -> Vec<Part> {
    let n = group.units.len();
    let of = |k: usize| &units[group.units[k]];
    if n == 1 {
        // What was urged is missing, or stands where it could not be told for this article's.
        return vec![if opens_speech(&of(0).glyphs) { Part::Kicker } else { Part::Main }];
    }
    let sizes = Sizes::of(raw, group, units);
    let speech = (0..n).any(|k| is_kicker_form(&of(k).glyphs));
    let mut best = (f32::MAX, Vec::new());
    for main in 0..n {
        let mut parts = vec![Part::Main; n];
        let mut kickers = 0;
        let mut cost = main_cost(of(main), group.leads[main] * if group.before { 0.5 } else { 1.0 }, n);
        cost += sizes.as_ref().map_or(0.0, |s| s.smaller(main));
        if group.anchor == Some(group.units[main]) {
            cost -= 0.3;
        }
        for k in (0..n).filter(|&k| k != main) {
            // Printed above or below, where the two stand together on the page.
            let together = of(k).run == of(main).run;
            let above = if !together {
                0.4
            } else if k < main {
                0.0
            } else {
                1.1
            };
            let below = if !together {
                0.7
            } else if k > main {
                0.0
            } else {
                1.5
            };
            let kicker = kicker_cost(of(k)) + above;
            // Right above a body the lines come in printed order, and a plain first line is a kicker.
            let deck = deck_cost(of(k), of(main)) + below + if group.before && together { 0.2 } else { 0.0 };
            // Below 王某某强调 two lines are one headline; a second kicker is none.
            let alike = sizes.as_ref().is_none_or(|s| s.alike(k, main));
            let goes_on = if together && k.abs_diff(main) == 1 && alike {
                goes_on_cost(of(k), of(main), kickers, speech)
            } else {
                f32::MAX
            };
            let (kicker, deck) = sizes.as_ref().map_or((kicker, deck), |s| s.sides(k, main, kicker, deck));
            let second = if kickers > 0 && k < main { 1.0 } else { 0.0 };
            let (least, part) = [(kicker + second, Part::Kicker), (deck, Part::Deck), (goes_on, Part::Main)]
                .into_iter()
                .fold((f32::MAX, Part::Kicker), |a, b| if b.0 < a.0 { b } else { a });
            parts[k] = part;
            kickers += usize::from(part == Part::Kicker);
            cost += least;
        }
        if cost < best.0 {
            best = (cost, parts);
        }
    }
    best.1
}

/// The sizes of type of a group, where they are known, and where its units stand.
struct Sizes {
    size: Vec<i32>,
    top: Vec<i32>,
}

impl Sizes {
    fn of(raw: &Raw, group: &Group, units: &[Unit]) -> Option<Sizes> {
        let geometry = raw.geometry.as_ref()?;
        let line = |&u: &usize| geometry.line(raw, units[u].lines[0].0);
        let size = group.units.iter().map(|u| line(u).size).collect();
        Some(Sizes { size, top: group.units.iter().map(|u| line(u).place.top).collect() })
    }

    /// What a line costs the more as main line for each tenth that it is smaller than the largest.
    fn smaller(&self, unit: usize) -> f32 {
        let largest = self.size.iter().copied().max().unwrap_or(1).max(1);
        (10.0 * (1.0 - self.size[unit] as f32 / largest as f32)).min(6.0)
    }

    fn alike(&self, a: usize, b: usize) -> bool {
        let (a, b) = (self.size[a], self.size[b]);
        (a - b).abs() * 20 <= a.max(b)
    }

    /// The costs of a line in smaller type as kicker and as deck: above the main line it is the one, below it the other.
    fn sides(&self, unit: usize, main: usize, kicker: f32, deck: f32) -> (f32, f32) {
        if self.alike(unit, main) || self.size[unit] > self.size[main] {
            (kicker, deck)
        } else if self.top[unit] < self.top[main] {
            (kicker, deck + 4.0)
        } else {
            (kicker + 4.0, deck)
        }
    }
}

/// True for a line that only says who urged something, not what: 王某某在调研时强调.
fn opens_speech(glyphs: &[Glyph]) -> bool {
    const ENDS: &[&str] = &["强调", "強調", "指出"];
    ENDS.iter().any(|e| ends_with(glyphs, e))
}

fn dash(glyphs: &[Glyph]) -> bool {
    matches!(glyphs[0].c, '—' | '─' | '―')
}

/// A bracketed rest: （第三十批）.
fn bracketed(glyphs: &[Glyph]) -> bool {
    glyphs[0].class == Class::Open
        && glyphs[glyphs.len() - 1].class == Class::Close
        && !matches!(glyphs[0].c, '“' | '「' | '《')
}

/// What a deck without dash says of its article: …纪实, 记….
fn tells_kind(g: &[Glyph]) -> bool {
    const ENDS: &[&str] = &[
        "纪实", "紀實", "侧记", "側記", "见闻", "見聞", "扫描", "掃描", "综述", "綜述", "回访", "纪事", "紀事", "札记",
        "走笔", "巡礼", "之一", "之二", "之三", "事迹", "事跡", "经过", "經過",
    ];
    g.len() >= 7 && (matches!(g[0].c, '记' | '記') || ENDS.iter().any(|e| ends_with(g, e)))
}

/// True for a line that urges, and names nobody who acts: 加快…, 以…助力…. It is a headline or a motto, no deck.
fn urges(g: &[Glyph]) -> bool {
    const OPENINGS: &[&str] = &[
        "以",
        "把",
        "让",
        "深耕",
        "深化",
        "深入",
        "推进",
        "推動",
        "推动",
        "加快",
        "加强",
        "加強",
        "全面",
        "全力",
        "全方位",
        "坚持",
        "堅持",
        "坚决",
        "堅決",
        "打造",
        "助力",
        "聚焦",
        "奋力",
        "努力",
        "扎实",
        "着力",
        "携手",
        "认真",
        "認真",
        "切实",
        "大力",
        "积极",
        "凝聚",
        "构建",
        "筑牢",
        "守牢",
        "激发",
        "赋能",
        "擦亮",
        "争当",
        "争做",
        "抓好",
        "抓紧",
        "做好",
        "做优",
        "做强",
        "不断",
        "进一步",
        "发扬",
        "学习",
        "牢记",
        "勇担",
        "强化",
    ];
    OPENINGS.iter().any(|o| starts_with(g, o))
}

/// True for a line that names who or where, and after a colon what: 县农办：先把渠修通.
fn announces(g: &[Glyph]) -> bool {
    g.iter().skip(1).take(g.len().saturating_sub(2)).any(|x| matches!(x.c, '：' | ':'))
}

/// True for a line that says who speaks on what: 外交部发言人谈…, 县长就…答记者问. What is said is the headline.
fn speaks(g: &[Glyph]) -> bool {
    const SPEAKERS: &[&str] = &[
        "发言人",
        "發言人",
        "负责人",
        "負責人",
        "部长",
        "部長",
        "主任",
        "省长",
        "市长",
        "县长",
        "书记",
        "局长",
        "厅长",
    ];
    const VERBS: &[&str] = &["谈", "談", "就", "答", "解读", "回应", "回應", "介绍"];
    static SAYS: LazyLock<Charset> = LazyLock::new(|| Charset::of("谈談就答解回介"));
    if !g.iter().any(|g| SAYS.has(g.c)) {
        return false;
    }
    let speaker = SPEAKERS.iter().find_map(|s| find(g, s).map(|at| at + s.chars().count()));
    speaker.is_some_and(|at| at + 3 <= g.len() && VERBS.iter().any(|v| starts_with(&g[at..], v)))
}

/// What such a line costs the more as the main one of two.
const SPEAKS: f32 = 2.2;

/// True for a line that tells of a meeting: …召开常务会议, …举行记者招待会.
fn meets(g: &[Glyph]) -> bool {
    const ENDS: &[&str] =
        &["会议", "會議", "招待会", "招待會", "座谈会", "座談會", "发布会", "全会", "全會", "例会", "会谈", "會談"];
    const VERBS: &[&str] = &["召开", "召開", "举行", "舉行", "主持", "出席"];
    ENDS.iter().any(|e| ends_with(g, e)) && VERBS.iter().any(|v| contains(g, v))
}

/// True for a line that tells what a meeting did, and names no one: 讨论通过…, 研究部署…. The meeting is its kicker.
fn resolves(g: &[Glyph]) -> bool {
    const OPENINGS: &[&str] = &[
        "阐述",
        "闡述",
        "讨论",
        "討論",
        "研究",
        "听取",
        "聽取",
        "审议",
        "審議",
        "部署",
        "传达",
        "傳達",
        "通过",
        "通過",
        "决定",
        "決定",
        "专题研究",
        "原则通过",
        "表决",
        "号召",
        "就",
    ];
    OPENINGS.iter().any(|o| starts_with(g, o))
}

/// What such a line costs the more as a deck.
const URGE: f32 = 1.0;

/// True for a short line that says who was there: 王某某出席, 李某某主持会议.
fn attends(g: &[Glyph]) -> bool {
    const VERBS: &[&str] = &["出席", "主持", "致辞", "讲话", "参加", "陪同", "講話", "致辭", "參加"];
    g.len() <= 10 && VERBS.iter().any(|v| contains(&g[g.len().min(2)..g.len().min(7)], v))
}

/// What a line that tells the kind has the more for being a deck.
const KIND: f32 = 1.0;

fn main_cost(unit: &Unit, lead: f32, n: usize) -> f32 {
    if n == 1 {
        return 0.0;
    }
    let g = &unit.glyphs;
    let mut cost = -1.6 * lead.min(1.0);
    let length = g.len() as f32;
    cost += (length - 17.0).max(0.0) * 0.1 + (9.0 - length).max(0.0) * 0.25;
    if dash(g) || bracketed(g) {
        cost += 5.0;
    }
    if is_kicker_form(g) {
        cost += 3.0;
    }
    if n == 2 && attends(g) {
        cost += KIND;
    }
    if n == 2 && speaks(g) {
        cost += SPEAKS;
    }
    if g.iter().any(|x| x.c == '，') {
        cost += 0.8;
    }
    // 县农办：先把渠修通 quotes a speaker, which main lines do.
    if announces(g) {
        cost -= 0.4;
    }
    // A couplet that tells the event is a headline; one that does not is a motto.
    if unit.couplet && lead < 0.4 {
        cost += 0.5;
    }
    cost
}

fn kicker_cost(unit: &Unit) -> f32 {
    let g = &unit.glyphs;
    let mut cost = 0.6;
    if is_kicker_form(g) {
        cost -= 2.0;
    }
    if dash(g) || bracketed(g) {
        cost += 5.0;
    }
    if unit.couplet || speaks(g) {
        cost -= 0.6;
    }
    // 新征程——代表委员议国事: the title of a series.
    if g.windows(2).skip(1).any(|w| w[0].c == '—' && w[1].c == '—') {
        cost -= 0.6;
    }
    cost + (g.len() as f32 - 24.0).max(0.0) * 0.1
}

/// The cost of a line as part of the main headline that stands right above or below it.
fn goes_on_cost(unit: &Unit, main: &Unit, kickers: usize, below_speech: bool) -> f32 {
    let g = &unit.glyphs;
    if dash(g) || bracketed(g) || is_kicker_form(g) || g.iter().any(|x| x.c == '，') {
        return f32::MAX;
    }
    let apart = g.len().abs_diff(main.glyphs.len());
    // A kicker or a deck in smaller type holds more characters than the headline.
    let tells = |u: &Unit| u.couplet || speaks(&u.glyphs) || meets(&u.glyphs);
    let even = apart <= 2 && g.len().max(main.glyphs.len()) <= MOST_EVEN && !tells(unit) && !tells(main);
    GOES_ON + 0.15 * apart as f32
        - if even { EVEN } else { 0.0 }
        - if below_speech {
            1.0
        } else if kickers > 0 {
            0.6
        } else {
            0.0
        }
}

/// Most characters of lines of large type, and what two of one length have the more for being one headline.
const MOST_EVEN: usize = 11;
const EVEN: f32 = 1.0;

/// Characters from which on a line is rather a deck.
const LONG_DECK: usize = 20;

/// The cost of two lines of one length being one headline.
const GOES_ON: f32 = 1.6;

fn deck_cost(unit: &Unit, main: &Unit) -> f32 {
    let g = &unit.glyphs;
    let mut cost = 0.8;
    if dash(g) || bracketed(g) {
        cost -= 3.0;
    }
    if is_kicker_form(g) {
        cost += 2.0;
    }
    // Large type holds few characters: what is much longer than the main line stands below it.
    if g.len() * 10 >= main.glyphs.len() * 17 {
        cost -= 0.6;
    }
    // Decks tell more than the main line, and may run on with a comma.
    if g.len() >= main.glyphs.len() + 5 {
        cost -= 0.5;
    }
    // Hardly any kicker, and few main lines, are as long as that.
    if g.len() >= LONG_DECK {
        cost -= 0.5;
    }
    if g.iter().any(|x| x.c == '，') {
        cost -= 0.7;
    }
    if attends(g) {
        cost -= KIND;
    }
    if urges(g) || announces(g) || speaks(g) || resolves(g) && meets(&main.glyphs) {
        cost += URGE;
    }
    if tells_kind(g) {
        cost -= KIND;
    }
    if g.iter().skip(2).any(|x| x.c == '等') {
        cost -= 0.5;
    }
    if unit.couplet {
        cost += 0.5;
    }
    cost
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyphs::Raw;

    fn parts(lines: &[(&str, f32)]) -> String {
        let units: Vec<Unit> = lines
            .iter()
            .enumerate()
            .map(|(i, (text, _))| {
                let mut raw = Raw::read(text);
                let looks = crate::lines::look_at(&mut raw);
                let couplet = crate::units::is_couplet(&raw.glyphs, &looks[0]);
                let glyphs = raw.glyphs.clone().into();
                Unit { lines: [(i as u32, false)].into_iter().collect(), blocks: (i, i), run: 0, glyphs, couplet }
            })
            .collect();
        let group = Group {
            units: (0..units.len()).collect(),
            anchor: None,
            before: false,
            score: 0.0,
            ahead: 0.0,
            leads: lines.iter().map(|l| l.1).collect(),
        };
        types(&Raw::read(""), &group, &units).iter().map(|p| p.name().chars().next().unwrap_or('?')).collect()
    }

    #[test]
    fn groups_are_typed() {
        assert_eq!(parts(&[("转变观念提信心 对标对表促发展", 0.0), ("河洮市政协召开专题学习会", 0.8)]), "km");
        assert_eq!(parts(&[("河洮市政协召开专题学习会", 0.8), ("转变观念提信心 对标对表促发展", 0.0)]), "mk");
        assert_eq!(parts(&[("牢记使命 主动作为", 0.1), ("——河洮县政协创新工作扫描", 0.3)]), "md");
        assert_eq!(parts(&[("王小川在乡村调研时强调", 0.6), ("动员各方力量办好民生实事", 0.3)]), "km");
        assert_eq!(parts(&[("果农又迎丰收年", 0.5)]), "m");
        // Who urged something is no main headline, even alone.
        assert_eq!(parts(&[("王小川在乡村调研时强调", 0.6)]), "k");
        // What a deck says of its article, and who was there.
        assert_eq!(parts(&[("三代人守着一片林", 0.3), ("河洮林场护林队见闻", 0.5)]), "md");
        assert_eq!(parts(&[("河洮县第三届果品节昨日开幕", 0.5), ("王小川出席", 0.3)]), "md");
        // A line of twenty characters below a plain one tells more of it.
        assert_eq!(
            parts(&[("河洮县山区群众度过雪灾难关", 0.6), ("全县干部分头下乡把粮油煤炭送到每一户人家", 0.6)]),
            "md"
        );
        // Below a kicker two lines are one headline; a line that urges is no deck.
        assert_eq!(parts(&[("王小川在调研时强调", 0.5), ("抓好春耕备耕", 0.2), ("确保粮食丰收", 0.3)]), "kmm");
        assert_eq!(parts(&[("河洮县办起农民夜校", 0.5), ("以技术下乡助力全县秋收秋种", 0.4)]), "km");
        // Two short lines of one length are one headline.
        assert_eq!(parts(&[("末班车司机昨退休", 0.5), ("老街坊排队来相送", 0.3)]), "mm");
        // What is said or resolved is the headline, who speaks or meets its kicker, in either order.
        assert_eq!(parts(&[("县水务局发言人谈抗旱", 0.6), ("千方百计保住果园", 0.1)]), "km");
        assert_eq!(parts(&[("千方百计保住果园", 0.1), ("县水务局发言人谈抗旱工作", 0.6)]), "mk");
        assert_eq!(parts(&[("县政府举行常务会议", 0.6), ("研究秋收后农田水利", 0.3)]), "km");
        // A place or a speaker before a colon opens a headline, and no deck.
        assert_eq!(parts(&[("走基层看变化", 0.0), ("河洮县：先把水渠修通再说", 0.4)]), "km");
    }
}
