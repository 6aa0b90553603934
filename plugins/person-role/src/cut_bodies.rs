//! Bodies and places that the segmenter cuts: where the way left goes on that a word would end.

use crate::characters::is_han;
use crate::lexicons::Walk;
use crate::names;
use crate::scene::Scene;

/// Where the way left is stuck.
#[derive(Clone, Copy)]
pub(crate) struct Stuck {
    /// It may not go beyond this.
    pub(crate) least: usize,
    /// First character of the word that ends it.
    pub(crate) start: usize,
    /// One past that word.
    pub(crate) at: usize,
    /// First character of the role.
    pub(crate) right: usize,
    /// Right before the role stands the ending of a body.
    pub(crate) strong: bool,
}

/// Where the way goes on, if what it is stuck at is part of a body.
pub(crate) fn goes_on_at(scene: &Scene<'_>, stuck: Stuck) -> Option<usize> {
    let Stuck { least, start, at, right, strong } = stuck;
    let lower = || strong.then(|| lower_division(scene, least, at, right)).flatten();
    body_over(scene, least, start, at, right).or_else(|| listed_division(scene, least, at, right)).or_else(lower)
}

/// 分｜党组书记, 港｜大｜微生物学系: a body of the list is one word, however the segmenter cuts it. Its start, if it runs over `at`
/// or ends there.
fn body_over(scene: &Scene<'_>, least: usize, start: usize, at: usize, right: usize) -> Option<usize> {
    let chars = &scene.line.chars;
    let over = scene.lexicons.organizations.at(chars, start).map(|(len, ())| start + len);
    if over.is_some_and(|end| end > at && end <= right) {
        return Some(start);
    }
    let ending = scene.lexicons.organizations.ending(chars, least, at).map(|(len, ())| at - len);
    ending.filter(|&first| first < start && scene.line.is_word_start(first))
}

/// 平顺县｜西沟村: a listed division is a place, whatever its words are. Where it starts.
fn listed_division(scene: &Scene<'_>, least: usize, at: usize, right: usize) -> Option<usize> {
    const LONGEST: usize = 8;
    let chars = &scene.line.chars;
    let level = at > least && at < right && matches!(chars[at - 1], '省' | '市' | '县' | '区' | '州' | '盟' | '旗');
    let text = |start: usize| chars[start..at].iter().collect::<String>();
    let mut starts = (least.max(at.saturating_sub(LONGEST))..at.saturating_sub(2)).filter(|_| level);
    starts.find(|&start| scene.lexicons.divisions.holds(&text(start)))
}

/// 改则县｜这里玛｜乡党委: between a listed division and the end of a lower one stands a name, whatever its words are. Where
/// the division ends.
fn lower_division(scene: &Scene<'_>, least: usize, at: usize, right: usize) -> Option<usize> {
    const LONGEST: usize = 6;
    const LONGEST_DIVISION: usize = 8;
    let chars = &scene.line.chars;
    let lower = |c: char| matches!(c, '乡' | '镇' | '村' | '寨' | '屯');
    let ends = (at..right.min(at + LONGEST)).any(|i| lower(chars[i]) || scene.line.has(i, "街道"));
    // 理工大学｜拉惹勒南｜研究院: so does the name of what belongs to a body.
    let part = || scene.lexicons.organizations.ending(chars, at, right).is_some_and(|(len, ())| len > 1);
    let name = (least.max(at.saturating_sub(LONGEST))..at).rev().take_while(|&i| is_han(chars[i]));
    let mut bounds = name
        .filter(|&i| matches!(chars[i], '县' | '区' | '市' | '旗' | '州' | '镇' | '乡'))
        .map(|i| i + 1)
        .filter(|&end| end < at);
    let listed = |end: usize| {
        // A town is told by the county before it.
        let town = matches!(chars[end - 1], '镇' | '乡') && scene.line.is_word_start(end);
        let from = least.max(end.saturating_sub(LONGEST_DIVISION));
        let text = |start: usize| chars[start..end].iter().collect::<String>();
        town || (from..end - 1).any(|start| scene.lexicons.divisions.holds(&text(start)))
    };
    if ends {
        return bounds.find(|&end| listed(end));
    }
    let ends_body = |end: usize| {
        const BODIES: &[&str] = &["大学", "公司", "集团", "学院", "科学院", "医院"];
        let body = || BODIES.iter().any(|body| scene.line.has_before(end, body));
        at - end > 1 && matches!(scene.line.before(end), '学' | '司' | '团' | '院') && body()
    };
    let mut bodies = (least.max(at.saturating_sub(LONGEST))..at).rev().take_while(|&i| is_han(chars[i]));
    bodies.find(|&end| ends_body(end)).filter(|&end| {
        let plain = (end..at).all(|i| scene.lexicons.walk.at(chars, i).is_none_or(|(_, walk)| walk != Walk::Stop));
        part() && plain && names::starting_at(scene, end, false).is_none_or(|name| name.score < scene.min_score)
    })
}
