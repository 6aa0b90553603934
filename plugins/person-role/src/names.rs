//! Names of persons: which stretches may be one, and the best that starts or ends at a place.
//!
//! Chinese names by surname and given characters; Japanese, Korean and Vietnamese ones by their
//! surnames; Tibetan, Uyghur and Mongol ones by their parts; others by characters used for sounds,
//! by the dot between parts, or by Latin letters.

use std::cell::Cell;

use crate::characters::{class, is_han, is_mark};
use crate::scene::Scene;
use crate::scores::{self, Start};

/// A stretch that reads as a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Name {
    /// First character.
    pub(crate) start: usize,
    /// One past the last.
    pub(crate) end: usize,
    /// Points, see `scores`.
    pub(crate) score: f32,
}

/// Longest name written by sound without a dot.
const LONGEST_SOUND: usize = 9;
/// Longest part of a dotted name.
const LONGEST_PART: usize = 9;
/// How far left a name can start.
const LONGEST_NAME: usize = 22;

/// All stretches from `start` that may be a name, with the points of what they are made of.
fn made_of(scene: &Scene<'_>, start: usize, foreign: bool, out: &mut impl FnMut(Name)) {
    let line = &scene.line;
    let first = line.at(start);
    if first.is_ascii_uppercase() {
        latin(scene, start, out);
    }
    if !is_han(first) {
        return;
    }
    if dotted(scene, start, out) {
        return;
    }
    let mut out = |mut name: Name| {
        let long = foreign || name.end - start > 3;
        if long && line.slice(start, name.end).iter().all(|&c| sounds(scene, c)) {
            name.score -= cut_short(scene, name.end);
        }
        out(name);
    };
    chinese(scene, start, foreign, &mut out);
    by_parts(scene, start, &mut out);
    by_sound(scene, start, foreign, &mut out);
    spaced(scene, start, &mut out);
    let word = line.word(start);
    // A name of the dictionary that no list of ours would make.
    if word.start == start && word.is_name() && (2..=6).contains(&word.len()) {
        let surname = scene.lexicons.characters.is(first, class::SURNAME | class::RARE_SURNAME);
        // 小梁, 老丁: a style and a surname.
        let styled = word.len() == 2
            && matches!(first, '小' | '老')
            && scene.lexicons.characters.is(line.at(start + 1), class::SURNAME | class::RARE_SURNAME);
        if styled {
            return;
        }
        let by_sound = (start..word.end).all(|i| sounds(scene, scene.line.chars[i]));
        if !surname && word.len() <= 3 || by_sound {
            out(Name { start, end: word.end, score: 1.6 });
        }
    }
}

fn han_run(scene: &Scene<'_>, start: usize, most: usize) -> usize {
    (start..scene.line.len().min(start + most)).take_while(|&i| is_han(scene.line.chars[i])).count()
}

fn chinese(scene: &Scene<'_>, start: usize, foreign: bool, out: &mut impl FnMut(Name)) {
    let lexicons = scene.lexicons;
    let chars = &scene.line.chars;
    let run = han_run(scene, start, 6);
    let c = chars[start];
    // 秀雄, 正一: Japanese given names end in few characters, numerals among them.
    let ends_japanese = |c: char| "一二三郎雄夫子己彦介男助吉树太朗治美司之次也平".contains(c);
    let mut with = |surname: usize, base: f32, most: usize, japanese: bool| {
        // The longer first: seldom has the shorter a chance against it.
        for n in (1..=most).rev() {
            let end = start + surname + n;
            if surname + n <= run {
                let usual = japanese && n == 2 && ends_japanese(chars[end - 1]);
                let pair = if n == 2 { 0.4 } else { 0.0 } + if usual { 1.2 } else { 0.0 };
                out(Name { start, end, score: base + pair + scores::given(scene, start + surname, end) });
            }
        }
    };
    if lexicons.characters.is(c, class::BEGINS) {
        if let Some((len, ())) = lexicons.compounds.at(chars, start) {
            with(len, 2.6, 2, false);
        }
        if let Some((len, ())) = lexicons.japanese.at(chars, start) {
            with(len, 2.2, 3, len > 1);
        }
    }
    let base = match c {
        // 和, 向, 同 after a role are words of grammar before they are surnames.
        '和' | '与' | '同' | '向' | '从' | '由' | '及' | '对' | '将' | '在' | '都' | '要' => -0.3,
        _ if lexicons.characters.is(c, class::SURNAME) => 2.0,
        _ if lexicons.characters.is(c, class::RARE_SURNAME) => 1.0,
        _ => return,
    };
    with(1, base, 2, false);
    if lexicons.characters.is(c, class::VIETNAMESE) && run >= 4 {
        // 阮氏某某: three given characters.
        let doubt = if foreign { 0.6 } else { 2.0 };
        out(Name { start, end: start + 4, score: base - doubt + scores::given(scene, start + 1, start + 4) });
    } else if run >= 4 && lexicons.characters.is(chars[start + 1], class::SURNAME) {
        // A married name of two surnames.
        out(Name { start, end: start + 4, score: base - 0.8 + scores::given(scene, start + 2, start + 4) });
    }
}

/// 罗　琼: a name of two characters, printed as wide as those of three.
fn spaced(scene: &Scene<'_>, start: usize, out: &mut impl FnMut(Name)) {
    let line = &scene.line;
    let (second, spaces) = line.skip_spaces(start + 1);
    let surname = scene.lexicons.characters.is(line.chars[start], class::SURNAME | class::RARE_SURNAME);
    if surname && (1..=3).contains(&spaces) && is_han(line.at(second)) && !is_han(line.at(second + 1)) {
        out(Name { start, end: second + 1, score: 2.2 + scores::given(scene, second, second + 1) });
    }
}

fn by_parts(scene: &Scene<'_>, start: usize, out: &mut impl FnMut(Name)) {
    let chars = &scene.line.chars;
    let mut end = start;
    let mut score = 1.6;
    while let Some((len, ())) = scene.lexicons.parts.at(chars, end) {
        end += len;
        score += if len > 2 { 1.2 } else { 0.9 };
        out(Name { start, end, score });
        // One more character of sound: 次仁拉姆 is listed, 次仁曲 is not.
        for more in 1..=2 {
            let fits = end + more <= chars.len() && chars[end..end + more].iter().all(|&c| sounds(scene, c));
            if fits {
                out(Name { start, end: end + more, score: score - 0.4 * f32::from(u8::from(more == 2)) });
            }
        }
        if end - start > 9 {
            break;
        }
    }
    // A surname before the part: 白玛 is none, but 布小林-like names are caught as Chinese ones.
}

fn sounds(scene: &Scene<'_>, c: char) -> bool {
    scene.lexicons.characters.is(c, class::SOUND)
}

fn by_sound(scene: &Scene<'_>, start: usize, foreign: bool, out: &mut impl FnMut(Name)) {
    let chars = &scene.line.chars;
    let mut score = if foreign { 1.3 } else { -0.2 };
    let mut strangers = 0;
    for end in start + 1..=chars.len().min(start + LONGEST_SOUND) {
        let c = chars[end - 1];
        if !is_han(c) {
            break;
        }
        if sounds(scene, c) {
            score += if end - start <= 6 { 0.4 } else { 0.1 };
        } else {
            // Where a foreign name is likely, up to two characters outside the list.
            strangers += 1;
            score -= 1.2;
            // 布鲁内托尼｜上赛季: none that begins a word that follows names.
            if scene.lexicons.followers.at(chars, end - 1).is_some_and(|(len, ())| len > 1) {
                break;
            }
            if strangers > if foreign { 2 } else { 0 } || end == start + 1 {
                break;
            }
        }
        let function = scene.lexicons.characters.is(c, class::FUNCTION | class::SOFT_FUNCTION) && !sounds(scene, c);
        if end > start + 1 && !function && (sounds(scene, c) || strangers == 0 || foreign && end - start > 2) {
            out(Name { start, end, score });
        }
    }
}

/// A name by sound does not end before a character that can only go on with it: 安德列｜夫.
fn cut_short(scene: &Scene<'_>, end: usize) -> f32 {
    let next = scene.line.at(end);
    let goes_on = sounds(scene, next) && scene.lexicons.followers.at(&scene.line.chars, end).is_none();
    if goes_on && !scene.role_starts[end] { 0.9 } else { 0.0 }
}

/// 弗拉基米尔·普京; true if a dot stands in the name, which settles its kind.
fn dotted(scene: &Scene<'_>, start: usize, out: &mut impl FnMut(Name)) -> bool {
    let line = &scene.line;
    let mut at = start;
    let mut parts = 0;
    loop {
        let part = (at..line.len().min(at + LONGEST_PART))
            .take_while(|&i| is_han(line.chars[i]) || line.chars[i].is_ascii_alphabetic())
            .count();
        // 迪亚斯-卡内尔: a hyphen joins two parts of a name by sound.
        let hyphen = part > 1
            && matches!(line.at(at + part), '-' | '—' | '–')
            && is_han(line.at(at + part + 1))
            && (at..at + part).chain([at + part + 1]).all(|i| sounds(scene, line.chars[i]));
        if part > 0 && (hyphen || line.at(at + part) == '·') && parts < 6 {
            at += part + 1;
            parts += 1;
            // 乔治·W·布什 and the like.
            continue;
        }
        if parts == 0 || part == 0 {
            return false;
        }
        for len in 1..=part {
            let last = line.chars[at + len - 1];
            let strange = line.chars[at..at + len].iter().filter(|&&c| !sounds(scene, c)).count();
            let function = scene.lexicons.characters.is(last, class::FUNCTION) || matches!(last, '均' | '皆' | '亦');
            // 哈桑当选: a guess of the segmenter may hide the verb.
            let verb = scene.lexicons.before_role.ending(&line.chars, at, at + len).is_some_and(|(len, _)| len > 1);
            let score = 3.2 + 0.25 * small(len.min(4))
                - 0.7 * small(strange)
                - if verb { 2.2 } else { 0.0 }
                - if function { 1.5 } else { 0.0 }
                - cut_short(scene, at + len);
            out(Name { start, end: at + len, score });
            // 胡安·卡洛斯一世.
            let end = at + len;
            if line.at(end + 1) == '世' && matches!(line.at(end), '一' | '二' | '三' | '四' | '五' | '六') {
                out(Name { start, end: end + 2, score: score + 1.0 });
            }
        }
        return true;
    }
}

fn small(n: usize) -> f32 {
    f32::from(u8::try_from(n).unwrap_or(u8::MAX))
}

/// Tim Cook, J. Smith.
fn latin(scene: &Scene<'_>, start: usize, out: &mut impl FnMut(Name)) {
    let line = &scene.line;
    if line.before(start).is_ascii_alphanumeric() {
        return;
    }
    let mut end = start;
    let mut words = 0;
    while line.at(end).is_ascii_uppercase() && words < 5 {
        let len = (end..line.len())
            .take_while(|&i| matches!(line.chars[i], 'A'..='Z' | 'a'..='z' | '.' | '\'' | '-'))
            .count();
        end += len;
        words += 1;
        if line.at(end).is_ascii_digit() {
            return;
        }
        let lower = line.chars[end - len..end].iter().any(char::is_ascii_lowercase);
        let score = if lower { 1.6 } else { 0.6 } + 0.9 * small(words);
        out(Name { start, end, score });
        if matches!(line.at(end), ' ' | '·') {
            end += 1;
        } else {
            break;
        }
    }
}

/// False if no name of a run begins here.
pub(crate) fn may_begin_run(scene: &Scene<'_>, at: usize) -> bool {
    let classes = class::SURNAME | class::RARE_SURNAME | class::BEGINS;
    scene.lexicons.characters.is(scene.line.at(at), classes)
}

/// Cuts a run of characters into names only: 张立群李望舒王五一, where print had spaces.
pub(crate) fn covering(scene: &Scene<'_>, start: usize, end: usize) -> Option<Vec<Name>> {
    const LONGEST_RUN: usize = 120;
    // Two names at least, so that one begins here and another further on.
    let begins = |i| may_begin_run(scene, i);
    if end - start > LONGEST_RUN || !begins(start) || !(start + 2..end - 1).any(begins) {
        return None;
    }
    // best[i]: the highest sum for start..start+i, with the last name.
    let mut best: Vec<Option<(f32, Name)>> = vec![None; end - start + 1];
    let mut names = Vec::new();
    let mut reach = start;
    for at in start..end {
        if at > reach {
            return None;
        }
        let so_far = match best[at - start] {
            Some((sum, _)) => sum,
            None if at == start => 0.0,
            None => continue,
        };
        names.clear();
        chinese(scene, at, false, &mut |name| names.push(name));
        by_parts(scene, at, &mut |name| names.push(name));
        let plain = scene.lexicons.characters.is(scene.line.chars[at], class::SURNAME);
        let from = Start::of(scene, at);
        for name in names.iter().filter(|n| {
            (plain || n.end - n.start > 3) && n.end <= end && n.score + scores::inside(scene, &from, n.end) >= 2.2
        }) {
            let sum = so_far + name.score - 2.0;
            reach = reach.max(name.end);
            let slot = &mut best[name.end - start];
            if slot.is_none_or(|(other, _)| sum > other) {
                *slot = Some((sum, *name));
            }
        }
    }
    let mut cut = Vec::new();
    let mut at = end;
    while at > start {
        let (_, name) = best[at - start]?;
        cut.push(Name { score: 4.0, ..name });
        at = name.start;
    }
    cut.reverse();
    Some(cut)
}

/// The best name that starts at `start`.
pub(crate) fn starting_at(scene: &Scene<'_>, start: usize, foreign: bool) -> Option<Name> {
    if let Some(&(start, end)) = scene.sure_names.iter().find(|(at, _)| *at == start) {
        return Some(Name { start, end, score: 5.0 });
    }
    if start >= scene.line.len() || !may_start(scene, start) {
        return None;
    }
    if let Some(known) = scene.memo.get(start, foreign) {
        return known;
    }
    let mut best = None;
    let mut reach = start;
    let from = Start::of(scene, start);
    made_of(scene, start, foreign, &mut |mut name: Name| {
        reach = reach.max(name.end);
        // Nothing that words and neighbours can say would lift it above the least score asked for,
        // or above the best.
        if name.score > least(best, scores::MOST_AFTER) {
            name.score += scores::witness(scene, &from, name.end, foreign) + scores::follow(scene, name.end);
            better(&mut best, name);
        }
    });
    scene.memo.put(start, foreign, reach, best);
    best
}

/// The best names that start at the places asked for last: the rules ask again and again.
pub(crate) struct Memo {
    slots: [Cell<Known>; Memo::SLOTS],
    /// Counts the lines, so that what was known of another is not taken for this one's.
    line: u32,
    /// Where roles were found to start, in the order in which they were.
    roles: Vec<usize>,
}

/// What starts at a place, and the last place that was looked at to know it.
#[derive(Clone, Copy)]
struct Known {
    line: u32,
    start: usize,
    foreign: bool,
    reach: usize,
    /// How many roles were known.
    roles: usize,
    name: Option<Name>,
}

impl Memo {
    const SLOTS: usize = 64;

    pub(crate) fn new() -> Memo {
        let empty = Known { line: 0, start: 0, foreign: false, reach: 0, roles: 0, name: None };
        Memo { slots: std::array::from_fn(|_| Cell::new(empty)), line: 1, roles: Vec::new() }
    }

    fn get(&self, start: usize, foreign: bool) -> Option<Option<Name>> {
        let known = self.slots[start % Memo::SLOTS].get();
        let same = known.start == start && known.line == self.line && known.foreign == foreign;
        // A role that starts in what was looked at changes the points.
        let touched = |&at: &usize| known.start < at && at <= known.reach;
        (same && !self.roles.get(known.roles..)?.iter().any(touched)).then_some(known.name)
    }

    fn put(&self, start: usize, foreign: bool, reach: usize, name: Option<Name>) {
        let known = Known { line: self.line, start, foreign, reach, roles: self.roles.len(), name };
        self.slots[start % Memo::SLOTS].set(known);
    }

    /// Forgets the names for which a role that starts at `at` counts.
    pub(crate) fn forget(&mut self, at: usize) {
        self.roles.push(at);
    }

    /// Turns to another line.
    pub(crate) fn forget_all(&mut self) {
        self.line += 1;
        self.roles.clear();
    }
}

/// The best name that ends at `end` and starts no earlier than `floor`.
pub(crate) fn ending_at(scene: &Scene<'_>, floor: usize, end: usize, foreign: bool) -> Option<Name> {
    if end <= floor || is_mark(scene.line.chars[end - 1]) {
        return None;
    }
    let mut best = None;
    for start in (end.saturating_sub(LONGEST_NAME).max(floor)..end).rev() {
        let c = scene.line.chars[start];
        if is_mark(c) && c != ' ' {
            break;
        }
        // Beyond the reach of plain names only a dotted or Latin one can still end here.
        if end - start > LONGEST_SOUND && !scene.line.chars[start..end].iter().any(|&c| c == '·' || c.is_ascii()) {
            break;
        }
        if !may_start(scene, start) {
            continue;
        }
        made_of(scene, start, foreign, &mut |mut name: Name| {
            if name.end == end && name.score > least(best, scores::MOST_BEFORE) {
                let from = Start::of(scene, start);
                name.score += scores::witness(scene, &from, end, foreign) + scores::lead(scene, start) + 1.0;
                better(&mut best, name);
            }
        });
    }
    best
}

/// False for what no name starts with; saves the work of finding that out.
fn may_start(scene: &Scene<'_>, start: usize) -> bool {
    let c = scene.line.chars[start];
    let classes = class::SURNAME | class::RARE_SURNAME | class::SOUND;
    let listed = || {
        let lexicons = scene.lexicons;
        [&lexicons.compounds, &lexicons.japanese, &lexicons.parts]
            .iter()
            .any(|set| set.at(&scene.line.chars, start).is_some())
    };
    c.is_ascii_uppercase()
        || scene.lexicons.characters.is(c, classes)
        || (scene.lexicons.characters.is(c, class::BEGINS) && listed())
        || (scene.line.word(start).start == start && scene.line.word(start).is_name())
}

/// The points that a stretch must be made of to have a chance against the best so far, if at most
/// so many are added.
fn least(best: Option<Name>, added: f32) -> f32 {
    best.map_or(-2.0, |best| f32::max(-2.0, best.score - added))
}

/// Keeps the higher score; of equals the longer name.
fn better(best: &mut Option<Name>, name: Name) {
    let beaten = best
        .is_some_and(|b| b.score > name.score || (b.score == name.score && b.end - b.start >= name.end - name.start));
    if !beaten {
        *best = Some(name);
    }
}
