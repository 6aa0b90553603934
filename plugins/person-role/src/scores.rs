//! How likely a stretch of characters is a person's name: what it is made of, what the segmenter
//! says of it, what stands before and after.
//!
//! The weights are points; a name needs about three. What follows the name is the best witness,
//! then the surname, then the words of the segmenter.

use crate::characters::{class, is_han, is_mark};
use crate::lexicons::Walk;
use crate::line::{Line, WordSpan};
use crate::scene::Scene;

/// Points for the given characters `start..end` after a surname.
pub(crate) fn given(scene: &Scene<'_>, start: usize, end: usize) -> f32 {
    let characters = &scene.lexicons.characters;
    let mut score = 0.0;
    for i in start..end {
        let c = scene.line.chars[i];
        score += if characters.is(c, class::GIVEN) { 0.6 } else { -0.3 };
        let last = i + 1 == end;
        // 江大为和夫人: a word that wants an object ends no clause, and so it is none here.
        let hangs = last && end - start == 2 && wants_object(c) && ends_phrase(&scene.line, end);
        if hangs {
            score += 0.6;
        } else if characters.is(c, class::FUNCTION) {
            // 「说」 in 张三说 belongs to the sentence; inside a name it is rarer still.
            score -= if last { 2.2 } else { 1.6 };
        } else if characters.is(c, class::SOFT_FUNCTION) {
            score -= if last { 1.2 } else { 0.3 };
        } else if characters.is(c, class::BODY) {
            score -= if last { 1.5 } else { 0.9 };
        }
    }
    score
}

/// Prepositions and verbs that something must follow: 为, 任, 与.
fn wants_object(c: char) -> bool {
    matches!(c, '为' | '任' | '与' | '和' | '由' | '向' | '从' | '以' | '于' | '将' | '同')
}

/// True if a mark or a word that joins names stands at `at`.
fn ends_phrase(line: &Line, at: usize) -> bool {
    let next = line.at(at);
    is_mark(next) && !matches!(next, '“' | '《' | '：' | '（' | ' ')
        // 邱大任也: so is what a word for time and degree follows.
        || matches!(next, '和' | '与' | '等' | '及' | '也' | '都' | '还' | '又' | '则' | '已' | '均' | '曾' | '说' | '称')
}

/// A little more than [`witness`] and [`follow`] can add to the points of what a name is made of.
pub(crate) const MOST_AFTER: f32 = 3.5;
/// The same of [`witness`], [`lead`] and the point that goes with it.
pub(crate) const MOST_BEFORE: f32 = 4.5;

/// What is known of the place where a name may start, whatever its length.
pub(crate) struct Start {
    start: usize,
    /// The word over the first character.
    word: WordSpan,
    /// The length of the place that starts here.
    place: Option<usize>,
    /// A word of grammar starts here: 当天称, 曾任福成, 何时到.
    grammar: bool,
}

impl Start {
    pub(crate) fn of(scene: &Scene<'_>, start: usize) -> Start {
        let lexicons = scene.lexicons;
        let chars = &scene.line.chars;
        let grammar = lexicons.followers.at(chars, start).is_some_and(|(len, ())| len > 1)
            || lexicons.before_role.at(chars, start).is_some_and(|(len, _)| len > 1)
            || lexicons.walk.at(chars, start).is_some_and(|(len, walk)| len > 1 && walk == Walk::Stop);
        let place = lexicons.places.at(chars, start).map(|(len, _)| len);
        Start { start, word: scene.line.word(start), place, grammar }
    }
}

/// What the segmenter's words say of the stretch from a start to `end`.
pub(crate) fn witness(scene: &Scene<'_>, from: &Start, end: usize, foreign: bool) -> f32 {
    inside(scene, from, end) + by_words(scene, from, end, foreign)
}

fn by_words(scene: &Scene<'_>, from: &Start, end: usize, foreign: bool) -> f32 {
    let line = &scene.line;
    let (start, first) = (from.start, from.word);
    let last = line.word(end - 1);
    if first.start == start && first.end == end {
        if first.is_name() {
            // The segmenter's guesses take a verb or preposition in: 张立群为.
            let characters = &scene.lexicons.characters;
            let swallowed = characters.is(line.chars[end - 1], class::FUNCTION | class::SOFT_FUNCTION);
            // 龙舟队, 东屏社: a body.
            let body = first.len() > 2
                && matches!(
                    line.chars[end - 1],
                    '队' | '县' | '市' | '省' | '区' | '局' | '部' | '厅' | '处' | '厂' | '镇' | '乡' | '街' | '室'
                );
            return match () {
                () if body => -1.0,
                () if swallowed => 0.2,
                // 李望 in 李望舒: the segmenter likes to cut three characters after two.
                () if first.len() == 2 && follow(scene, end) < 1.0 => 0.8,
                () => 1.4,
            };
        }
        if first.is_unknown() {
            return 1.0;
        }
        // Where a foreign name is likely, a word of the dictionary may be one: 瑞安, 贝克.
        if foreign && first.pos[0] == b'n' {
            return -0.6;
        }
        // What the segmenter does not know it often takes for a place: 李阜乔.
        let plain = scene.lexicons.characters.is(line.chars[start], class::SURNAME)
            && !scene.lexicons.characters.is(line.chars[end - 1], class::BODY);
        if first.pos == *b"ns" {
            return match first.len() {
                3 if plain => -0.6,
                2 if plain && follow(scene, end) > 1.4 => -1.4,
                _ => -2.8,
            };
        }
        if line.chars[start].is_ascii_alphabetic() {
            return 0.0;
        }
        return match first.len() {
            2 => -2.2,
            3 => -1.6,
            _ => -2.0,
        };
    }
    let mut score = 0.0;
    if from.place.is_some_and(|len| len > 1 && len < end - start) {
        // 江苏之 in 省长江苏之行.
        score -= 1.8;
    }
    if first.start == start && last.end == end {
        score += 0.5;
        if last.len() >= 2 && !last.is_name() && end - start > 2 {
            // 于昨日, 和广大: a word of grammar and a word are no surname and given name.
            let grammar = first.len() == 1 && matches!(first.pos[0], b'p' | b'c' | b'd' | b'u');
            score -= match () {
                () if grammar => 1.6,
                () if foreign && last.start > start => 1.0,
                () if last.pos[0] == b'n' => 0.5,
                () => 0.3,
            };
        }
    }
    if last.end > end && scene.role_starts.get(end) != Some(&true) {
        // A word runs on beyond the name: 王毅 in 王毅力. Where a role begins, the word is a wrong guess: 白玉山｜摄.
        score -= match () {
            // 严格要求: a set phrase.
            () if last.len() > 3 && matches!(last.pos[0], b'l' | b'i') => 2.8,
            () if binds(line.at(end))
                || scene.lexicons.followers.at(&line.chars, end).is_some_and(|(len, ())| len > 1) =>
            {
                0.4
            }
            () if last.is_unknown() => 0.3,
            () if last.is_name() => 0.8,
            () => 1.3,
        };
    }
    if first.start < start && scene.role_ends.get(start) != Some(&true) {
        score -= match () {
            () if first.is_unknown() => 0.2,
            () if first.is_name() => 0.8,
            // 江经济 in 长江经济所.
            () => 1.4,
        };
    }
    score
}

/// Points against a stretch for the words in it: styles, places, words that begin a clause.
pub(crate) fn inside(scene: &Scene<'_>, from: &Start, end: usize) -> f32 {
    let line = &scene.line;
    let (start, first) = (from.start, from.word);
    let chars = &line.chars;
    let mut score = 0.0;
    // 刘先｜生 is a style, too.
    if is_styled(line, end) || line.at(end) == '生' && is_styled(line, end + 1) {
        score -= 5.0;
    }
    // 武阳小学: a body.
    if scene.lexicons.organizations.ending(chars, start, end).is_some_and(|(len, ())| len > 1) {
        score -= 3.0;
    }
    // 安心工作, 方便时: a word of the dictionary and a piece of the next.
    let word_and_piece = first.start == start && first.len() == 2 && end - start == 3 && first.end < end;
    if word_and_piece && !first.is_name() && first.pos != *b"ns" {
        score -= 1.0;
    }
    // 张某 hides a name.
    if chars[end - 1] == '某' {
        score -= 1.8;
    }
    if from.grammar {
        score -= 2.2;
    }
    // 时强调: a verb of saying at the end.
    let last = line.word(end - 1);
    if last.end == end && last.len() >= 2 && last.start > start {
        let text = line.slice(last.start, end);
        let lexicons = scene.lexicons;
        let verb = lexicons.followers.contains(text) || lexicons.before_role.contains(text);
        if verb || lexicons.walk.get(text) == Some(Walk::Stop) {
            score -= 2.2;
        }
    }
    if from.place.is_some_and(|len| len > 1 && start + len == end) {
        score -= 4.0;
    }
    // 叶青以: the last character is a word of its own.
    if last.end == end && end - start > 2 && (last.len() == 1 || last.is_name()) {
        let class = class::SOFT_FUNCTION | class::FUNCTION;
        if scene.lexicons.characters.is(chars[end - 1], class) {
            score -= 0.9;
        }
    }
    score
}

/// True if the stretch before `end` ends in a style or title: 先生, 老师.
fn is_styled(line: &Line, end: usize) -> bool {
    let Some(&[a, b]) = end.checked_sub(2).and_then(|start| line.chars.get(start..end)) else { return false };
    match b {
        '生' => a == '先' || a == '医',
        '士' => a == '女',
        '姐' => a == '小' || a == '大',
        '志' => a == '同',
        '人' => a == '夫' || a == '老',
        '师' => a == '老',
        '表' => a == '代',
        '汉' => a == '老',
        '爷' => a == '大' || a == '爷',
        '娘' | '妈' | '哥' | '叔' | '伯' => a == '大',
        '奶' => a == '奶',
        '傅' => a == '师',
        '姨' | '婆' => a == '阿',
        '授' => a == '教',
        '某' => a == '某',
        _ => false,
    }
}

/// Points for what follows a name that ends at `end`.
pub(crate) fn follow(scene: &Scene<'_>, end: usize) -> f32 {
    let line = &scene.line;
    let next = line.at(end);
    if scene.role_starts.get(end) == Some(&true) {
        return 1.0;
    }
    if let Some((len, ())) = scene.lexicons.after_name.at(&line.chars, end) {
        if len > 1 {
            return -4.0;
        }
        if line.is_word_start(end) {
            return -1.0;
        }
    }
    if next.is_ascii_digit() {
        return 1.6;
    }
    if next == '·' {
        return -4.0;
    }
    // 赵可｜为等: the word has no object, and so it is the end of the name.
    let hangs = wants_object(next) && !matches!(next, '与' | '和' | '同') && ends_phrase(line, end + 1);
    if hangs || matches!(next, '着' | '了' | '过') {
        return -1.0;
    }
    if is_mark(next) {
        return match next {
            '“' | '《' => 1.5,
            ' ' => 1.7,
            _ => 2.0,
        };
    }
    if !is_han(next) {
        return -0.5;
    }
    // 白玉山｜摄 under a picture.
    if next == '摄' && (is_mark(line.at(end + 1)) || line.has(end, "摄影")) {
        return 1.9;
    }
    let at_word = line.is_word_start(end);
    // 张颜和说: 和 before a verb of saying is the end of the name.
    let joins = matches!(next, '和' | '与' | '同');
    // 冉隆和｜主持: so is 和 before a verb.
    let verb = || {
        line.word(end + 1).pos[0] == b'v'
            && scene.lexicons.followers.at(&line.chars, end + 1).is_some_and(|(len, ())| len > 1)
    };
    if joins
        && (verb() || matches!(line.at(end + 1), '说' | '称' | '介' | '表' | '告' | '指') || is_styled(line, end + 3))
    {
        return -0.8;
    }
    // 高德三、: a numeral counts something, or else it is the end of the name.
    if matches!(next, '一' | '三' | '两') && ends_phrase(line, end + 1) {
        return -1.0;
    }
    // 孙工｜谈了: a verb.
    let past = matches!(line.at(end + 1), '了' | '过') && !matches!(line.at(end + 2), '解' | '去' | '问' | '程');
    if past && !matches!(next, '为' | '除' | '不') && !is_mark(line.at(end + 2)) {
        return 1.7;
    }
    if let Some((len, ())) = scene.lexicons.followers.at(&line.chars, end) {
        return match (len, at_word) {
            (1, true) if line.word(end).len() == 1 => 1.3,
            (1, true) => 0.9,
            // The segmenter's guesses swallow such words: 和王 in 李望舒和王五一.
            (1, false) if binds(next) => 1.2,
            (1, false) => 0.2,
            (_, true) => 1.9,
            (_, false) => 1.3,
        };
    }
    // 刘建国县委副书记: a body or place of two characters or more.
    let body = scene.lexicons.organizations.at(&line.chars, end).is_some_and(|(len, ())| len > 1)
        || scene.lexicons.places.at(&line.chars, end).is_some_and(|(len, _)| len > 1);
    if body && at_word {
        return 0.5;
    }
    if !at_word {
        return -1.2;
    }
    let next_given = scene.lexicons.characters.is(next, class::GIVEN);
    match line.word(end).pos[0] {
        // 舒作 is a guess of the segmenter; a verb of the dictionary is among the followers.
        b'v' | b'n' if next_given && line.word(end).len() <= 2 && line.word(end).pos != *b"nr" => 0.0,
        b'v' | b'p' | b'd' | b'c' | b't' | b'u' | b'r' | b'm' => 0.9,
        b'n' if line.word(end).is_name() => -0.9,
        _ => -0.3,
    }
}

/// Words of one character that join a name to what follows.
fn binds(c: char) -> bool {
    matches!(
        c,
        '和' | '与'
            | '及'
            | '在'
            | '任'
            | '为'
            | '对'
            | '向'
            | '将'
            | '等'
            | '说'
            | '的'
            | '是'
            | '曾'
            | '同'
            | '作'
            | '以'
            | '率'
            | '把'
            | '被'
            | '从'
            | '有'
            | '也'
            | '还'
            | '则'
            | '均'
            | '到'
            | '赴'
            | '当'
            | '就'
            | '给'
    )
}

/// Points for what stands before a name that starts at `start`.
pub(crate) fn lead(scene: &Scene<'_>, start: usize) -> f32 {
    let line = &scene.line;
    let previous = line.before(start);
    if previous == '·' {
        return -4.0;
    }
    if is_mark(previous) {
        return 1.9;
    }
    if scene.role_ends.get(start) == Some(&true) {
        return 1.6;
    }
    let verb = scene.lexicons.before_name.ending(&line.chars, 0, start).is_some_and(|(len, _)| len > 1);
    if verb {
        return 1.7;
    }
    if line.is_word_start(start) {
        let word = line.word(start - 1);
        if scene.lexicons.walk.get(line.slice(word.start, word.end)).is_some() {
            return 1.4;
        }
        return match word.pos[0] {
            b'v' | b'p' | b'd' | b'c' | b't' | b'u' | b'r' => 1.2,
            _ => 0.2,
        };
    }
    if scene.lexicons.characters.is(previous, class::FUNCTION | class::SOFT_FUNCTION) { 0.7 } else { -1.0 }
}
