//! The organization of a role: from where the way left ends, with what the way cannot know.
//!
//! The way itself is in `walk`, the marks and joining words that it steps over in `joints`, what the segmenter cuts in `cut_bodies`.

use crate::characters::{is_han, is_letter, is_mark};
use crate::lexicons::{PlaceKind, Walk};
use crate::line::WordSpan;
use crate::roles::Phrase;
use crate::scene::Scene;
use crate::walk;

/// Start of the organization of a role (the role's own start if there is none), and whether it is
/// one of another country. With `brand`, a name right before the role is that of a firm.
pub(crate) fn start(scene: &Scene<'_>, phrase: &Phrase, floor: usize, brand: bool) -> (usize, bool) {
    let right = phrase.role_start;
    let line = &scene.line;
    let mut at = walk::walk(scene, phrase, floor, brand);
    at = strip(scene, at, right);
    at = with_orphan(scene, at, floor, right);
    // 集团总裁兼党委书记: the body of the second office.
    at += usize::from(at < right && matches!(line.chars[at], '兼' | '暨'));
    // 国家主席, 国务委员: the noun holds the body.
    if line.slice(at, right).iter().all(|&c| !is_letter(c)) {
        at = right;
    }
    // 以总理, 德外长, 以军方发言人: a state by one character.
    if at > floor && is_mark(line.before(at - 1)) && (phrase.noun.foreign || phrase.noun.ministry || at < right) {
        let short = scene.lexicons.places.ending(&line.chars, at - 1, at);
        let of_state = at == right
            || [
                "军方",
                "军",
                "外交部",
                "政府",
                "国防",
                "议会",
                "警方",
                "央行",
                "总理",
                "总统",
                "卫生",
                "内政",
                "财政",
                "众议院",
                "参议院",
            ]
            .iter()
            .any(|body| line.has(at, body));
        if matches!(short, Some((1, PlaceKind::Short))) && of_state {
            at -= 1;
        }
    }
    if brand {
        let item = item_start(scene, phrase, floor);
        if at == right || (item < at && !phrase.noun.weak && are_proper(scene, item, at)) {
            at = item;
        }
    }
    // 国际足球联合会: whoever speaks for it may be of any country.
    let world = || ["国际", "世界", "欧洲", "亚洲", "非洲", "南美"].iter().any(|word| line.has(at, word));
    let foreign = is_foreign(scene, at, right) || (at < right && world());
    (at, foreign)
}

/// ，白｜鹿市人大: what stands alone between a mark and the rest of a place is its first character.
fn with_orphan(scene: &Scene<'_>, at: usize, floor: usize, right: usize) -> usize {
    let line = &scene.line;
    let place = (at + 1..right.min(at + 3))
        .any(|i| matches!(line.chars[i], '省' | '市' | '县' | '区' | '州' | '旗' | '乡' | '镇' | '村'));
    if at >= right || at <= floor || at < 2 || !place || !is_mark(line.before(at - 1)) || !is_han(line.before(at)) {
        return at;
    }
    let word = line.word(at - 1);
    let listed = scene.lexicons.walk.get(line.slice(at - 1, at)).is_some();
    let part = matches!(word.pos[0], b'a' | b'n' | b'x' | b'z' | b'g' | b'b' | b'j');
    if part && !listed && word.len() == 1 && !matches!(line.before(at), '原' | '前' | '时' | '现' | '新') {
        at - 1
    } else {
        at
    }
}

/// 上海韦尔 before 半导体: only places, names and words that the dictionary does not hold.
fn are_proper(scene: &Scene<'_>, start: usize, end: usize) -> bool {
    let line = &scene.line;
    let proper = |word: WordSpan| word.is_name() || word.is_unknown() || word.pos == *b"ns";
    !matches!(line.chars[start], '原' | '前') && (start..end).all(|i| !is_mark(line.chars[i]) && proper(line.word(i)))
}

/// 新希望董事长某某 in a list, 宁夏共享董事长某某 under a picture: whatever short words stand between a mark and the role are a firm.
fn item_start(scene: &Scene<'_>, phrase: &Phrase, floor: usize) -> usize {
    const LONGEST_BRAND: usize = 8;
    let line = &scene.line;
    let right = phrase.role_start;
    let mut at = right;
    while at > floor && at > 0 && is_letter(line.chars[at - 1]) && right - at <= LONGEST_BRAND {
        at -= 1;
    }
    let listed =
        matches!(line.before(at), '、' | '\n' | '■' | '▲' | '●') && (2..=LONGEST_BRAND).contains(&(right - at));
    let verb = |word: WordSpan| word.pos[0] == b'v' && word.pos[1] != b'n';
    // 、年木｜公社社长: before a role that holds the end of the body.
    let embedded = right == phrase.head
        && right - at <= 4
        && scene.lexicons.organizations.at(&line.chars, right).is_some_and(|(len, ())| len > 1);
    if !listed || verb(line.word(at)) {
        return right;
    }
    let mut i = at;
    while i < right {
        let word = line.word(i);
        let text = line.slice(i, word.end.min(right));
        let grammar = matches!(word.pos[0], b'p' | b'c' | b'd' | b'u' | b'r' | b't' | b'm');
        // 希望 and 共享 are verbs of a brand, and 新 may begin it; 出席 and 对 do not.
        let brand = verb(word) && word.end >= right && i > at || text == ['新'] && word.end < right;
        if grammar && !embedded || scene.lexicons.walk.get(text) == Some(Walk::Stop) && !brand {
            return right;
        }
        i = word.end.max(i + 1);
    }
    at
}

/// Drops what is no part of the organization at its front: 任, 原, 由.
fn strip(scene: &Scene<'_>, mut at: usize, right: usize) -> usize {
    let line = &scene.line;
    while at < right {
        let c = line.chars[at];
        if is_mark(c) && !matches!(c, '“' | '（' | '《') {
            at += 1;
            continue;
        }
        // 作者系河洮大学教授.
        if line.has(at, "作者系") {
            at += 3;
            continue;
        }
        // （原系河洮市某局局长）.
        if line.has(at, "原系") && is_mark(line.before(at)) && at + 2 < right {
            at += 2;
            continue;
        }
        let word = line.word(at);
        let known_place = word.start == at && word.len() > 1;
        match scene.lexicons.walk.at(&line.chars, at) {
            Some((len, Walk::Strip | Walk::Stop))
                if at + len < right
                    && !known_place
                    && len == word.end - at
                    && !matches!(c, '本' | '中' | '各' | '某') =>
            {
                at += len;
            }
            _ => break,
        }
    }
    at
}

fn is_foreign(scene: &Scene<'_>, start: usize, end: usize) -> bool {
    let chars = &scene.line.chars;
    let mut at = start;
    while at < end {
        match scene.lexicons.places.at(chars, at) {
            Some((_, PlaceKind::Abroad)) => return true,
            Some((1, PlaceKind::Short)) if at == start && end - start <= 5 => return true,
            Some((len, _)) => at += len,
            None => at += 1,
        }
    }
    false
}
