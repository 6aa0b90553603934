//! The way left from a role to the start of its organization.
//!
//! Word by word, until a mark, a word that no name of a body holds, or a name of a person. Right of
//! a strong ending (公司, 局) nearly every word may stand, for names of firms are made of anything.

use crate::characters::{is_han, is_mark};
use crate::cut_bodies::{self, Stuck};
use crate::finding::Event;
use crate::joints;
use crate::lexicons::{PlaceKind, Walk};
use crate::line::{Line, WordSpan};
use crate::names;
use crate::roles::Phrase;
use crate::scene::Scene;

/// Longest organization, in characters.
const LONGEST: usize = 40;

/// The way left from a role, word by word: where its organization starts before anything is dropped at its front.
pub(crate) fn walk(scene: &Scene<'_>, phrase: &Phrase, floor: usize, brand: bool) -> usize {
    let line = &scene.line;
    let right = phrase.role_start;
    // 支社长: the body ends inside the role.
    // “硬骨头连”连长: the quoted end of a name is one, too.
    let end = if right > floor && line.before(right) == '”' { right - 1 } else { right };
    let strong = scene.lexicons.organizations.ending(&line.chars, floor, end).is_some()
        || (phrase.head == right && ["支社", "分社"].iter().any(|body| line.has(right, body)));
    let least = floor.max(right.saturating_sub(LONGEST));
    let mut at = right;
    while at > least {
        let c = line.chars[at - 1];
        if is_mark(c) {
            match joints::over_mark(scene, phrase, least, at) {
                Some(next) => at = next,
                None => break,
            }
            continue;
        }
        if c == '·' {
            at -= 1;
            continue;
        }
        if matches!(c, '讯' | '电') && ends_dateline(line, at) {
            break;
        }
        let word = line.word(at - 1);
        let text = line.slice(word.start, at);
        let kept =
            level_only(line.before(word.start), text).or_else(|| without_former(line.before(word.start), word, text));
        let start = kept.map_or(word.start, |n| at - n).max(least);
        // 蔡冠｜深为｜会长: of a word that holds the end of a name the verb is left.
        let verb_left = start > word.start && matches!(line.slice(start, at), ['为' | '任' | '是' | '当']);
        if start == at || verb_left && kept.is_none() {
            break;
        }
        // 该校工会: the body that was spoken of.
        if matches!(text, ['该' | '本', rest @ ..] if scene.lexicons.organizations.contains(rest)) {
            at = word.start.max(least);
            break;
        }
        // 某公司原党组副书记: the word for an office that is over stands inside.
        let over = at == start + 1 && at < right && matches!(line.chars[start], '原' | '前');
        let body = || scene.lexicons.organizations.ending(&line.chars, least, start).is_some();
        if over && start > least && body() && is_body_word(line.slice(at, right)) {
            at = start;
            continue;
        }
        if let Some(end) = named_by_verb(scene, start, right) {
            at = end.max(least);
            break;
        }
        // 山本健太郎和｜防卫大臣: right behind the name of the role before.
        if start == least && floor > 0 && matches!(line.slice(start, at), ['和' | '与' | '及']) {
            break;
        }
        let first_name = brand && at == right && word.is_name();
        let cut = start > word.start;
        if !cut && !first_name && !goes_on(scene, phrase, WordSpan { start, end: at, ..word }, strong) {
            match cut_bodies::goes_on_at(scene, Stuck { least, start, at, right, strong }) {
                Some(end) => at = end,
                None => break,
            }
            continue;
        }
        at = start;
        if start > word.start {
            break;
        }
        // 本公司, 本报: the body that speaks; 该校: the one spoken of.
        if at > least
            && matches!(line.chars[at - 1], '本' | '该')
            && line.word(at - 1).len() == 1
            && line.is_word_start(at)
            && scene.lexicons.organizations.at(&line.chars, at).is_some()
        {
            at -= 1;
            break;
        }
    }
    at
}

/// True if the text before `at` is 本报洮阳讯, whose space to the body was closed.
fn ends_dateline(line: &Line, at: usize) -> bool {
    const LONGEST: usize = 14;
    let least = at.saturating_sub(LONGEST);
    let clause = (least..at).rev().take_while(|&i| !is_mark(line.chars[i])).last().unwrap_or(at);
    clause + 3 <= at && ["本报", "新华社", "据新华社", "中新社"].iter().any(|paper| line.has(clause, paper))
}

/// Organs inside a body, which are none by themselves: 党组, 党委.
fn is_body_word(text: &[char]) -> bool {
    matches!(
        text,
        ['党', '组' | '委']
            | ['纪', '委']
            | ['董' | '监', '事', '会']
            | ['党', '总', '支']
            | ['书', '记', '处']
            | ['党', '工', '委']
            | ['党', '支', '部']
            | ['常', '委', '会']
            | ['革', '委', '会']
            | ['机', '关', '党', '委']
            | ['纪', '检', '组']
    )
}

/// 「任省」 and 「为市」 are guesses of the segmenter: only the level belongs to the organization.
fn level_only(before: char, word: &[char]) -> Option<usize> {
    let verb = |c| {
        matches!(
            c,
            '为' | '任'
                | '由'
                | '在'
                | '与'
                | '的'
                | '了'
                | '是'
                | '对'
                | '向'
                | '从'
                | '将'
                | '把'
                | '被'
                | '兼'
                | '及'
                | '以'
                | '其'
                | '据'
                | '经'
        )
    };
    match word {
        [first, '省' | '市' | '县' | '区' | '州' | '盟' | '旗' | '乡' | '镇' | '村'] if verb(*first) => {
            Some(1)
        }
        // 有｜华为: the verb of a list.
        ['有', second, ..] if !matches!(second, '限' | '色' | '线' | '机' | '关') => Some(word.len() - 1),
        // 对｜原中国足协.
        [first, '原' | '前' | '时' | '现'] if verb(*first) => Some(0),
        // 同志｜任河洮: a guess of the segmenter, unless it is a word.
        ['任', second, ..] if !"务何命期职免用教意由丘县城性劳".contains(*second) => {
            Some(word.len() - 1)
        }
        // 丁世文｜为江｜城市人民政府: the same of the verb that gives a role.
        ['为', second] if is_han(before) && !"了什何此止主首人期难民生由所数谋伍害限例准荣".contains(*second) => {
            Some(1)
        }
        // 曾｜任安凯.
        // 1993年9月｜中体产业.
        ['月' | '日', '中'] if before.is_ascii_digit() => Some(1),
        ['任', ..]
            if word.len() > 1
                && matches!(before, '曾' | '历' | '现' | '兼' | '升' | '调' | '改' | '转' | '连' | '担' | '出') =>
        {
            Some(word.len() - 1)
        }
        _ => None,
    }
}

/// 原｜白鹿, 原｜市: the segmenter joins the word for an office that is over to the place behind it. How many
/// characters are left.
fn without_former(before: char, word: WordSpan, text: &[char]) -> Option<usize> {
    let joined = match text {
        ['原' | '前', '省' | '市' | '县' | '区' | '乡' | '镇' | '村'] => true,
        ['原', _, ..] => word.is_name() || word.is_unknown(),
        _ => false,
    };
    (joined && is_mark(before)).then(|| text.len() - 1)
}

/// Whether the word belongs to the organization.
fn goes_on(scene: &Scene<'_>, phrase: &Phrase, word: WordSpan, strong: bool) -> bool {
    let line = &scene.line;
    let text = line.slice(word.start, word.end);
    let right = phrase.role_start;
    if matches!(text, ['和' | '与' | '及'] | ['以', '及']) {
        return joints::joins(scene, word, right, phrase.noun.ministry);
    }
    if phrase.noun.byline && matches!(text, ['本', '报' | '台' | '刊' | '社' | '网']) {
        return true;
    }
    // 青年突击队: a word for time to the segmenter.
    if text == ['青', '年'] && word.end < right {
        return true;
    }
    // 教育部兼家庭发展部: two ministries that share a post.
    if text == ['兼'] && line.before(word.start) == '部' && word.end < right && line.before(right) == '部' {
        return true;
    }
    // 热轧厂一分厂: a number between two bodies.
    if text == ['一'] && strong && word.end < right && word.start > 0 {
        let before = scene.lexicons.organizations.ending(&line.chars, 0, word.start).is_some();
        return before && scene.lexicons.organizations.at(&line.chars, word.end).is_some();
    }
    // 促进会, 研修班: whatever the dictionary takes them for.
    let whole = word.end == right && word.len() >= 3 && word.pos[0] == b'v';
    if whole && matches!(text.last(), Some('会' | '院' | '局' | '队' | '社' | '团' | '站' | '所' | '室' | '处' | '办'))
    {
        return true;
    }
    // 安乐里社区.
    if text == ['里'] && ["社区", "居委", "小区", "街道", "党支部"].iter().any(|next| line.has(word.end, next))
    {
        return true;
    }
    // 群众艺术馆, 有组织犯罪调查科: of these words names are made, too.
    let inside = match text {
        ['群', '众'] => ["艺术", "文化", "体育", "工作", "团体", "来信"].iter().any(|next| line.has(word.end, next)),
        ['有'] => line.has(word.end, "组织"),
        // 某团政委, 某部六连指导员.
        ['某'] => matches!(line.at(word.end), '团' | '部' | '师' | '旅' | '军' | '连' | '营' | '舰' | '艇'),
        // 香港新鸿达集团.
        ['新'] => {
            strong && word.start > 0 && line.word(word.start - 1).pos == *b"ns" && !is_complete(scene, word.end, right)
        }
        _ => false,
    };
    if inside && (word.end < right || text == ['某']) {
        return true;
    }
    // 免去霍建平同志市委副秘书长职务.
    if matches!(text, ['同', '志'] | ['先', '生'] | ['女', '士']) {
        return false;
    }
    let walk = scene.lexicons.walk.get(text);
    // 「会」 right before the role ends the name of a body: 立法会主席.
    if word.end == right && scene.lexicons.organizations.contains(text) {
        return true;
    }
    if scene.lexicons.places.get(text).is_some() && word.len() > 1 {
        return true;
    }
    // 李望舒任: the segmenter takes the verb for the end of a word.
    let verb_last = matches!(text.last(), Some('任')) && !matches!(text, [.., '主' | '责' | '信' | '常', '任']);
    if word.len() > 1 && walk.is_none() && (verb_last || (word.end == right && text.last() == Some(&'为'))) {
        return false;
    }
    let short = |c: &char| *c == '中' || matches!(scene.lexicons.places.get(&[*c]), Some(PlaceKind::Short));
    if strong && word.end < right && text.len() <= 2 && text.iter().all(short) && text.contains(&'中') && word.len() > 1
    {
        return true;
    }
    // 大韩民国, 大韩航空, 大中国区; 新华社某地分社.
    let agency = matches!(text, ['新', '华', '社'] | ['中', '新', '社'])
        && (line.slice(word.end, phrase.end).windows(2).any(|w| w == ['分', '社']));
    if agency
        || (text == ['大'] && matches!(line.at(word.end), '韩' | '中' | '华'))
        || (strong && text.ends_with(&['军', '某']))
    {
        return true;
    }
    // 空军某团, 现代汽车公司, 总工会.
    if strong && word.end < right && matches!(text, ['某'] | ['总'] | ['现' | '当', '代'] | ['未', '来']) {
        return true;
    }
    // 决定孙立民代理｜白鹿县人民政府县长, but 专利代理公司.
    if text == ['代', '理'] && word.end < right && is_complete(scene, word.end, right) {
        return false;
    }
    if walk == Some(Walk::Stop) || text == ['日'] {
        // 中俄友协, 中日友协, 各国议会联盟.
        let states =
            (text == ['中'] && short(&line.at(word.end))) || (text == ['日'] && line.before(word.start) == '中');
        let all = matches!(text, ['各'] | ['各', '国'] | ['特', '别'] | ['某']);
        return strong && word.end < right && (states || all);
    }
    if text.first() == Some(&'某') && (word.len() > 1 || strong) {
        return true;
    }
    if text == ['各', '国'] && strong && word.end < right {
        return true;
    }
    // 「县」 is tagged as all kinds of things.
    if scene.lexicons.organizations.contains(text) {
        return true;
    }
    if text.iter().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '&')) {
        // 101中学, TCL集团; but not 2023年.
        let next = line.at(word.end);
        // 3216钻井队.
        let unit = || {
            let unit = line.word(word.end);
            unit.len() > 1 && scene.lexicons.organizations.ending(&line.chars, word.end, unit.end).is_some()
        };
        return !text.iter().all(char::is_ascii_digit)
            || strong && word.end < right && (next.is_ascii_digit() || unit())
            || matches!(
                next,
                '中' | '医'
                    | '师'
                    | '团'
                    | '旅'
                    | '军'
                    | '院'
                    | '厂'
                    | '队'
                    | '连'
                    | '营'
                    | '所'
                    | '局'
                    | '小'
                    | '届'
                    | '煤'
                    | '部'
                    | '号'
            );
    }
    // The segmenter cuts what is printed in traditional characters singly: 促|進|會.
    let single = line.is_traditional() && word.len() == 1 && matches!(word.pos[0], b'a' | b'v' | b'z');
    if single && strong && word.end < right {
        return true;
    }
    match word.pos[0] {
        b'n' if word.is_name() => {
            reads_as_village(text)
                || (strong || is_mark(line.before(word.start))) && at_body(scene, word, right)
                || is_in_division(scene, word, right)
        }
        b'n' | b'j' | b'l' | b'i' | b's' | b'b' | b'g' | b'h' | b'k' | b'e' | b'x' => true,
        b'v' if word.pos[1] == b'n' || walk == Some(Walk::Pass) => true,
        // In the middle of a firm's name any verb may stand, but not before a body that is complete:
        // 交到｜商务部. At the very start of a list item it belongs to the name: 、查违办公室.
        b'v' => {
            strong
                && word.end < right
                && (word.len() >= 2 && !is_complete(scene, word.end, right)
                    || matches!(line.before(word.start), '、' | '兼'))
        }
        // 土｜特产贸易公司: what the dictionary has as a single character only.
        b'z' if word.pos[1] == b'g' => strong && word.end < right,
        b'a' | b'z' => strong && word.len() >= 2 || word.pos[1] == b'n',
        b'm' | b'q' if counted(text) => strong,
        b'm' => numbers(scene, word) || (strong && is_brand(text)),
        b'f' => strong && word.end < right,
        b'd' | b't' | b'q' | b'r' => strong && word.len() >= 2 && word.end < right && word.pos[0] == b'd',
        _ => false,
    }
}

/// 小湖村, 大石头乡: the segmenter takes places for persons.
fn reads_as_village(text: &[char]) -> bool {
    text.len() >= 3 && matches!(text.last(), Some('村' | '镇' | '乡' | '屯' | '寨' | '湾' | '庄'))
}

/// 鲁迅 in 鲁迅文学院 is part of a body's name, 白鹿 in 白鹿县政协 a place; 张立群 before 临江县委 is a
/// person.
fn at_body(scene: &Scene<'_>, word: WordSpan, right: usize) -> bool {
    let line = &scene.line;
    if word.end >= right {
        return false;
    }
    let level = matches!(line.at(word.end), '省' | '市' | '县' | '区' | '州' | '乡' | '镇' | '村' | '党');
    // 江苏金越春山公司: right behind a place no person is named.
    let of_place = word.start > 0 && line.word(word.start - 1).pos == *b"ns" && !is_mark(line.before(word.start));
    let place = !of_place && line.word(word.end).pos == *b"ns"
        || scene.lexicons.places.at(&line.chars, word.end).is_some_and(|(len, _)| len > 1);
    !(place || (level && word.len() > 2))
}

/// 塔什库尔干 in 塔什库尔干县县长: with what follows, and perhaps with what stands before, it is a division of the list.
fn is_in_division(scene: &Scene<'_>, word: WordSpan, right: usize) -> bool {
    const LONGEST: usize = 10;
    let text = |start: usize, end: usize| scene.line.slice(start, end).iter().collect::<String>();
    let ends = (word.end + 1..=right.min(word.end + 3))
        .filter(|&end| matches!(scene.line.chars[end - 1], '省' | '市' | '县' | '区' | '州' | '盟' | '旗'));
    let mut names = ends.flat_map(|end| (end.saturating_sub(LONGEST)..=word.start).map(move |start| (start, end)));
    names.any(|(start, end)| scene.lexicons.divisions.holds(&text(start, end)))
}

/// A name right after a verb of appointment or removal is a person: 免去张三市财政局局长职务. The end
/// of the name.
fn named_by_verb(scene: &Scene<'_>, start: usize, right: usize) -> Option<usize> {
    let line = &scene.line;
    let (len, event) = scene.lexicons.before_name.ending(&line.chars, 0, start).filter(|(len, _)| *len > 1)?;
    // 拟任白鹿县委常委: a verb that a role may follow as well.
    if event == Event::Appointed
        && scene.lexicons.before_role.ending(&line.chars, 0, start).is_some_and(|(other, _)| other >= len)
    {
        return None;
    }
    let name = names::starting_at(scene, start, false)?;
    (name.end < right && name.score >= scene.min_score - 0.5).then_some(name.end)
}

/// 四方, 三一: numerals as a firm's name.
fn is_brand(text: &[char]) -> bool {
    text.len() >= 2
        && !matches!(
            text.last(),
            Some('个' | '位' | '名' | '年' | '月' | '日' | '次' | '人' | '种' | '多' | '余' | '家' | '岁')
        )
        && text.iter().all(|&c| is_han(c))
}

/// True if what starts at `start` is a whole body already: it begins with a place or is one word.
fn is_complete(scene: &Scene<'_>, start: usize, right: usize) -> bool {
    let line = &scene.line;
    let word = line.word(start);
    let place = word.pos == *b"ns"
        || word.pos == *b"nt"
        || scene.lexicons.places.at(&line.chars, start).is_some_and(|(len, _)| len > 1);
    let level = matches!(line.at(start), '省' | '市' | '县' | '区' | '州' | '国' | '中');
    // 商务部 is a body by its name alone; 委员会 in 治丧委员会 is not.
    let text = line.slice(word.start, word.end.min(right));
    let generic = scene.lexicons.organizations.contains(text) && !matches!(text.last(), Some('部' | '院' | '署'));
    place || level || (word.end >= right && !generic)
}

/// 十四届, 一次: the number of a meeting.
fn counted(text: &[char]) -> bool {
    let numeral = |c: &char| "第一二三四五六七八九十百届次0123456789".contains(*c);
    text.iter().all(numeral)
}

/// 第十届, 第一: counted meetings and schools; a plain count ends the way.
fn numbers(scene: &Scene<'_>, word: WordSpan) -> bool {
    let line = &scene.line;
    let ordinal = line.at(word.start) == '第' || line.has(word.end, "届");
    ordinal || scene.lexicons.organizations.at(&line.chars, word.end).is_some() && line.at(word.end) != '位'
}
