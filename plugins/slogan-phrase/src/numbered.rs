//! Numbered formulations that no lexicon has: a number and what it counts.
//!
//! In quotation marks nearly every number with a short tail is a coinage (“三个下沉”); without them only
//! 个 with a coined tail is (三个确保), since 三个小时 and 四个方面 are plain counting.

use crate::finding::Kind;
use crate::fixed::is_numeral;
use crate::found::Found;
use crate::text::{HAN, View};
use crate::vocabulary::Role;

/// Tails of 大 that are coinages also without quotation marks, in the official register.
const GREAT: [&str; 9] = ["攻坚战", "战役", "法宝", "变革", "改造", "作风", "纪律", "行动", "战略"];

/// Last characters of dates, addresses, ranks and sums: “十一路”, “八级”.
const COUNTED: [char; 23] = [
    '年', '月', '日', '届', '号', '岁', '后', '元', '万', '亿', '路', '院', '级', '点', '时', '分', '名', '人', '天',
    '楼', '会', '中', '节',
];

/// True for what in quotation marks is a numbered formulation: 三个下沉, 五大行动, 六个年, 三农.
pub(crate) fn is_quoted(text: &str) -> bool {
    let mut characters = text.chars();
    let (Some(first), Some(second)) = (characters.next(), characters.next()) else { return false };
    let length = text.len() / HAN;
    let last = text.chars().next_back().unwrap_or(first);
    if !(2..=9).contains(&length) || !(is_numeral(first) || first == '双' || first == '多') || COUNTED.contains(&last)
    {
        return false;
    }
    // 九大 is a congress.
    if length == 2 && second == '大' {
        return false;
    }
    // 十大名菜 is a choice of the best, not a formulation.
    if first == '十' && second == '大' {
        return GREAT.iter().any(|g| text.ends_with(g));
    }
    // 一 counts nothing but in pairs: 一村一品, not 一把手 or 一条龙.
    if first == '一' {
        return length >= 4 && text.chars().skip(1).any(is_numeral);
    }
    // 双 and 多 need a short tail: 双减, 双培养; 多规合一.
    if first == '双' || first == '多' {
        return length <= 4 && second != '方';
    }
    // 十五大 and 十四五 are a congress and a plan; 五四, 七一, 三八 are days.
    !is_numeral(second) || length >= 4 && first != '十'
}

/// Adds numbered formulations that stand without quotation marks, from the places of a numeral with its
/// measure.
pub(crate) fn find(view: &View<'_>, numbers: &[usize], dense: &[bool], out: &mut Vec<Found>) {
    for &start in numbers {
        let at = view.segments.partition_point(|s| s.end <= start);
        let Some(segment) = view.segments.get(at).filter(|s| s.han && s.start <= start) else { continue };
        // 第三个, 二十三个, 几大: another number.
        let before = view.text[segment.start..start].chars().next_back();
        if before.is_some_and(|c| matches!(c, '第' | '几' | '百' | '千' | '万') || is_numeral(c)) {
            continue;
        }
        let measure = start + HAN;
        let tail = &view.text[measure + HAN..segment.end.max(measure + HAN)];
        let length = if view.text[measure..].starts_with('个') {
            view.vocabulary.starts_with(tail, Role::Coined)
        } else if dense[segment.piece] {
            GREAT.iter().find(|g| tail.starts_with(**g)).map(|g| g.len())
        } else {
            None
        };
        let Some(length) = length else { continue };
        // What follows must end the phrase: 三个确保， or 三个确保要求, but 三个代表团 and 两个满意的答案.
        let rest = &tail[length..];
        let host = || view.vocabulary.starts_with(rest, Role::Host).is_some();
        if rest.is_empty() || rest.starts_with(['和', '与']) || host() {
            out.push(Found::new(Kind::Numbered, start, measure + HAN + length));
        }
    }
}
