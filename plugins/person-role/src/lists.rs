//! Lists of names after a role or before a verb: 副主席张三、李四和王五; 选举张三、李四为.

use crate::characters::is_mark;
use crate::names::{self, Name};
use crate::scene::Scene;
use crate::scores;

/// Most names of one list; roll calls of congresses run to several hundred.
const LONGEST_LIST: usize = 2000;

/// Words that may stand between a role and its names, longest first.
const GAPS: &[&str] = &[
    "的分别是",
    "分别是",
    "分别为",
    "分别由",
    "的有：",
    "有：",
    "为：",
    "是：",
    "的有",
    "的是",
    "还有",
    "有",
    "：",
    "由",
];

/// Notes in brackets between a role and its name: how the office is held, and the rank.
const NOTES: &[&str] = &[
    "（兼）",
    "（兼职）",
    "（挂职）",
    "（主持工作）",
    "（代）",
    "（正厅级）",
    "（副厅级）",
    "（正处级）",
    "（副处级）",
    "（正科级）",
    "（副科级）",
    "（正部级）",
    "（副部级）",
];

/// Styles after a name that do not end a list.
const STYLES: &[&str] = &["同志", "先生", "女士", "小姐"];

/// Names found in a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct NameList {
    /// The names, in printed order.
    pub(crate) names: Vec<Name>,
    /// The words between role and first name, if any.
    pub(crate) gap: &'static str,
    /// True if only spaces stand between role and first name.
    pub(crate) spaced: bool,
}

/// How far names may follow each other without a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Run {
    /// Not at all.
    None,
    /// Up to a mark: 副主席张立群李望舒 on a line of its own.
    ToMark,
    /// Up to a mark or the next role: 记者张立群李望舒通讯员王五一.
    ToRole,
}

/// What a list needs to know of the role it follows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    /// Points a name needs.
    pub(crate) score: f32,
    /// Names by sound are likely.
    pub(crate) foreign: bool,
    /// Names may follow each other without a mark, as in bylines whose spaces were closed.
    pub(crate) run: Run,
}

/// The names after a role that ends at `at`.
pub(crate) fn after(scene: &Scene<'_>, at: usize, wanted: Wanted) -> Option<NameList> {
    let Opening { first, run, gap, spaced } = opening(scene, at, wanted)?;
    let mut list = NameList { names: if run.is_empty() { vec![first] } else { run }, gap, spaced };
    extend(scene, wanted, &mut list.names);
    Some(list)
}

/// How a list begins.
pub(crate) struct Opening {
    /// The first name.
    pub(crate) first: Name,
    /// All names of the run that the list begins with, if it is one.
    run: Vec<Name>,
    /// The words between role and first name, if any.
    pub(crate) gap: &'static str,
    /// True if only spaces stand between role and first name.
    pub(crate) spaced: bool,
}

/// The first of the names after a role that ends at `at`.
pub(crate) fn first_after(scene: &Scene<'_>, at: usize, wanted: Wanted) -> Option<Name> {
    opening(scene, at, wanted).map(|opening| opening.first)
}

/// What stands between a role and its names.
#[derive(Clone, Copy)]
struct Gap {
    /// Where the names begin.
    end: usize,
    /// The words, if any.
    words: &'static str,
    /// Spaces stand before them or before the name.
    spaced: bool,
}

/// The gap after a role that ends at `at`; none if it is too wide.
fn gap(scene: &Scene<'_>, at: usize) -> Option<Gap> {
    let line = &scene.line;
    // Nothing else begins a gap.
    if !matches!(line.at(at), ' ' | '（' | '的' | '分' | '有' | '为' | '是' | '还' | '：' | '由') {
        return Some(Gap { end: at, words: "", spaced: false });
    }
    let mut i = at;
    if line.at(i) == '（'
        && let Some(note) = NOTES.iter().find(|note| line.has(i, note))
    {
        i += note.chars().count();
    }
    let (next, spaces) = line.skip_spaces(i);
    if spaces > 8 {
        return None;
    }
    i = next;
    // 常务委员（按姓氏笔画为序）：.
    if line.at(i) == '（' && matches!(line.at(i + 1), '按' | '以') {
        i = closing(scene, i).map_or(i, |close| close + 1);
    }
    let opens = matches!(line.at(i), '的' | '分' | '有' | '为' | '是' | '还' | '：' | '由');
    let words = GAPS.iter().find(|g| opens && line.has(i, g)).copied().unwrap_or("");
    if !words.is_empty() {
        i = line.skip_spaces(i + words.chars().count()).0;
        if line.at(i) == '：' {
            i = line.skip_spaces(i + 1).0;
        }
        if line.at(i) == '\n' && i < line.len() {
            i = line.skip_spaces(i + 1).0;
        }
    }
    Some(Gap { end: i, words, spaced: spaces > 0 })
}

/// The gap and the first name of a list, or the run of names that it begins with.
pub(crate) fn opening(scene: &Scene<'_>, at: usize, wanted: Wanted) -> Option<Opening> {
    let Gap { end: i, words: gap, spaced } = gap(scene, at)?;
    let far = if gap.ends_with('：') { Run::ToRole } else { wanted.run };
    if far != Run::None
        && let Some(run) = run_of_names(scene, i, far)
    {
        let first = *run.first()?;
        return Some(Opening { first, run, gap, spaced });
    }
    let wordy = !matches!(gap, "" | "：" | "有：" | "的有：");
    let first = names::starting_at(scene, i, wanted.foreign)?;
    if first.score < wanted.score + if wordy { 0.8 } else { 0.0 } || swallows_role(scene, &first) {
        return None;
    }
    Some(Opening { first, run: Vec::new(), gap, spaced })
}

/// Two or more names without anything between, up to a mark or the next role.
fn run_of_names(scene: &Scene<'_>, start: usize, far: Run) -> Option<Vec<Name>> {
    let line = &scene.line;
    if !names::may_begin_run(scene, start) {
        return None;
    }
    let end = (start..line.len()).find(|&i| is_mark(line.chars[i]) || (i > start && scene.role_starts[i]));
    let end = end.unwrap_or(line.len());
    // 副主席纪红梅当主持人: what goes on is a sentence.
    let cut = far == Run::ToMark && !is_mark(line.at(end));
    if end < start + 4 || cut {
        return None;
    }
    names::covering(scene, start, end).filter(|names| names.len() > 1)
}

/// A name that runs into the next role or is the start of its organization is none.
fn swallows_role(scene: &Scene<'_>, name: &Name) -> bool {
    let inside = (name.start + 1..name.end).any(|i| scene.role_starts[i]);
    let organization = scene.role_starts[name.start] && name.score < 5.0;
    inside || organization
}

fn extend(scene: &Scene<'_>, wanted: Wanted, names: &mut Vec<Name>) {
    let line = &scene.line;
    while names.len() < LONGEST_LIST {
        let end = names.last().map_or(0, |n| n.end);
        let at = after_note(scene, end);
        let (mut next, spaces) = line.skip_spaces(at);
        let mut spaced = false;
        // 总干事赖德同李克强总理: who is joined by a word and has a title of his own has not this one.
        let joined = matches!(line.at(next), '和' | '与' | '同' | '及');
        let needed = if let Some(len) = separator(scene, next) {
            let comma = line.at(next) == '、' || line.at(next) == '\n';
            next = line.skip_spaces(next + len).0;
            // 习近平和夫人: what follows 和 is less often a name than what follows 、.
            wanted.score - if comma { 0.4 } else { -0.3 }
        } else if spaces > 0 {
            spaced = true;
            wanted.score + 0.3
        } else {
            break;
        };
        if scene.role_starts.get(next) != Some(&false) {
            break;
        }
        match names::starting_at(scene, next, wanted.foreign || is_dotted(scene, names)) {
            // 张三、谷歌全球副总裁: what runs on into other words is no item of the list.
            // 曾某 阿里巴巴创办人: beyond a space, what touches a role is its organization.
            Some(name) if spaced && scene.role_starts[name.end] => break,
            Some(name) if joined && scene.role_starts[name.end] => break,
            // 、年木｜公社社长某某: so is what touches a role that has a name of its own behind it.
            Some(name) if scene.role_starts[name.end] && has_own_name(scene, name.end, wanted) => break,
            Some(name) if name.score >= needed + runs_on(scene, name.end) && !swallows_role(scene, &name) => {
                names.push(name)
            }
            _ => break,
        }
    }
}

/// True if a name stands right behind the role that starts at `start`.
fn has_own_name(scene: &Scene<'_>, start: usize, wanted: Wanted) -> bool {
    const LONGEST_ROLE: usize = 8;
    let end = (start + 1..scene.line.len().min(start + LONGEST_ROLE)).find(|&i| scene.role_ends[i]);
    let named = end.and_then(|end| names::starting_at(scene, end, wanted.foreign));
    named.is_some_and(|name| name.score >= wanted.score + 0.6)
}

fn runs_on(scene: &Scene<'_>, end: usize) -> f32 {
    // 、年木｜公社社长: what a body follows is the beginning of its name.
    if scores::follow(scene, end) < 0.55 { 1.2 } else { 0.0 }
}

fn is_dotted(scene: &Scene<'_>, names: &[Name]) -> bool {
    names.last().is_some_and(|n| scene.line.slice(n.start, n.end).contains(&'·'))
}

/// Skips a note in brackets and a style: （女，回族）, 同志.
fn after_note(scene: &Scene<'_>, end: usize) -> usize {
    let line = &scene.line;
    let mut at = end;
    loop {
        let styled = matches!(line.at(at), '同' | '先' | '女' | '小');
        if let Some(style) = STYLES.iter().find(|s| styled && line.has(at, s)) {
            at += style.chars().count();
        } else if let Some(close) = closing(scene, at) {
            at = close + 1;
        } else {
            return at;
        }
    }
}

/// The bracket that closes the one at `at`, if a short note is between.
fn closing(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let line = &scene.line;
    let open = at + usize::from(line.at(at) == ' ');
    (line.at(open) == '（').then(|| (open + 1..line.len().min(open + 26)).find(|&i| line.chars[i] == '）')).flatten()
}

fn separator(scene: &Scene<'_>, at: usize) -> Option<usize> {
    let line = &scene.line;
    match line.at(at) {
        '、' | '和' | '与' | '及' | '同' => Some(1),
        '以' if line.at(at + 1) == '及' => Some(2),
        // Names go on in the next line of a list.
        '\n' if at < line.len() => Some(1),
        _ => None,
    }
}

/// The names that end at `end`: 张三、李四（女）同志 before 为, 任, 当选.
pub(crate) fn before(scene: &Scene<'_>, floor: usize, end: usize, wanted: Wanted) -> Vec<Name> {
    let line = &scene.line;
    let mut names: Vec<Name> = Vec::new();
    let mut at = before_note(scene, floor, end);
    while names.len() < LONGEST_LIST {
        let Some(name) = names::ending_at(scene, floor, at, wanted.foreign) else { break };
        let needed = if names.is_empty() { wanted.score + 0.6 } else { wanted.score };
        if name.score < needed {
            break;
        }
        names.push(name);
        let start = name.start;
        at = match line.before(start) {
            '、' | '和' | '与' | '及' => before_note(scene, floor, trim_spaces(scene, floor, start - 1)),
            ' ' => {
                let at = trim_spaces(scene, floor, start);
                if is_mark(line.before(at)) && line.before(at) != '）' {
                    break;
                }
                before_note(scene, floor, at)
            }
            _ => break,
        };
        if at <= floor {
            break;
        }
    }
    names.reverse();
    names
}

fn trim_spaces(scene: &Scene<'_>, floor: usize, mut end: usize) -> usize {
    while end > floor && scene.line.before(end) == ' ' {
        end -= 1;
    }
    end
}

/// 等9人, 等十二名同志: where the words that say how many there are begin.
fn summed(scene: &Scene<'_>, end: usize) -> Option<usize> {
    const UNITS: &[&str] = &["名同志", "位同志", "名代表", "位代表", "名委员", "位委员", "个同志", "人", "位", "名"];
    let line = &scene.line;
    let unit = UNITS.iter().find(|unit| line.has_before(end, unit))?;
    let mut at = end - unit.chars().count();
    while line.before(at).is_ascii_digit() || "一二三四五六七八九十百余多几数两".contains(line.before(at))
    {
        at -= 1;
    }
    (line.before(at) == '等').then(|| at - 1)
}

/// Steps left over 同志, 等, 等五人, （女，回族）.
fn before_note(scene: &Scene<'_>, floor: usize, end: usize) -> usize {
    let line = &scene.line;
    let mut at = end;
    loop {
        let style =
            STYLES.iter().chain(&["等人", "等", "二人", "两人", "三人", "四人", "五人", "几人", "三位", "两位"]);
        if let Some(word) = style.into_iter().find(|s| line.has_before(at, s)) {
            at -= word.chars().count();
        } else if let Some(many) = summed(scene, at) {
            at = many;
        } else if line.before(at) == '）' {
            let least = floor.max(at.saturating_sub(26));
            match (least..at).rev().find(|&i| line.chars[i] == '（') {
                Some(open) => at = open,
                None => return at,
            }
        } else {
            return at;
        }
        if at <= floor {
            return floor;
        }
    }
}
