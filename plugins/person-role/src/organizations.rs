//! The way left from a role to the start of its organization.
//!
//! Word by word, until a mark, a word that no name of a body holds, or a name of a person. Right of
//! a strong ending (公司, 局) nearly every word may stand, for names of firms are made of anything.

use crate::characters::{is_han, is_letter, is_mark};
use crate::finding::Event;
use crate::lexicons::{PlaceKind, Walk};
use crate::line::WordSpan;
use crate::names;
use crate::roles::Phrase;
use crate::scene::Scene;

/// Longest organization, in characters.
const LONGEST: usize = 40;

/// Start of the organization of a role (the role's own start if there is none), and whether it is
/// one of another country. With `brand`, a name right before the role is that of a firm.
pub(crate) fn start(scene: &Scene<'_>, phrase: &Phrase, floor: usize, brand: bool) -> (usize, bool) {
    let right = phrase.role_start;
    let line = &scene.line;
    let mut at = walk(scene, phrase, floor, brand);
    at = strip(scene, at, right);
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
    if at == right && brand {
        at = item_start(scene, floor, right);
    }
    // 国际足球联合会: whoever speaks for it may be of any country.
    let world = || ["国际", "世界", "欧洲", "亚洲", "非洲", "南美"].iter().any(|word| line.has(at, word));
    let foreign = is_foreign(scene, at, right) || (at < right && world());
    (at, foreign)
}

/// 新希望董事长某某 as an item of a list: whatever short word stands before the role is a firm.
fn item_start(scene: &Scene<'_>, floor: usize, right: usize) -> usize {
    const LONGEST_BRAND: usize = 5;
    let line = &scene.line;
    let mut at = right;
    while at > floor && at > 0 && is_han(line.chars[at - 1]) && right - at <= LONGEST_BRAND {
        at -= 1;
    }
    let listed = line.before(at) == '、' && (2..=LONGEST_BRAND).contains(&(right - at));
    let mut i = at;
    while listed && i < right {
        let word = line.word(i);
        let text = line.slice(i, word.end.min(right));
        let grammar = matches!(word.pos[0], b'p' | b'c' | b'd' | b'u' | b'r' | b't');
        if grammar || scene.lexicons.walk.get(text) == Some(Walk::Stop) {
            return right;
        }
        i = word.end.max(i + 1);
    }
    if listed { at } else { right }
}

fn walk(scene: &Scene<'_>, phrase: &Phrase, floor: usize, brand: bool) -> usize {
    let line = &scene.line;
    let right = phrase.role_start;
    // 支社长: the body ends inside the role.
    let strong = scene.lexicons.organizations.ending(&line.chars, floor, right).is_some()
        || (phrase.head == right && ["支社", "分社"].iter().any(|body| line.has(right, body)));
    let least = floor.max(right.saturating_sub(LONGEST));
    let mut at = right;
    while at > least {
        let c = line.chars[at - 1];
        if is_mark(c) {
            match over_mark(scene, phrase, least, at) {
                Some(next) => at = next,
                None => break,
            }
            continue;
        }
        if c == '·' {
            at -= 1;
            continue;
        }
        let word = line.word(at - 1);
        let text = line.slice(word.start, at);
        let kept =
            level_only(line.before(word.start), text).or_else(|| without_former(line.before(word.start), word, text));
        let start = kept.map_or(word.start, |n| at - n).max(least);
        if start == at {
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
            break;
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

/// Organs inside a body, which are none by themselves: 党组, 党委.
fn is_body_word(text: &[char]) -> bool {
    matches!(text, ['党', '组' | '委'] | ['纪', '委'] | ['董' | '监', '事', '会'] | ['党', '总', '支'])
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
        return joins(scene, word, right, phrase.noun.ministry);
    }
    if phrase.noun.byline && matches!(text, ['本', '报' | '台' | '刊' | '社' | '网']) {
        return true;
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
    let verb_last = matches!(text.last(), Some('任')) && !matches!(text, ['主' | '责' | '信', '任']);
    if word.len() > 1 && walk.is_none() && (verb_last || (word.end == right && text.last() == Some(&'为'))) {
        return false;
    }
    let short = |c: &char| *c == '中' || matches!(scene.lexicons.places.get(&[*c]), Some(PlaceKind::Short));
    if strong && word.end < right && text.len() <= 2 && text.iter().all(short) && text.contains(&'中') && word.len() > 1
    {
        return true;
    }
    // 大韩民国, 大韩航空; 新华社某地分社.
    let agency = matches!(text, ['新', '华', '社'] | ['中', '新', '社'])
        && (line.slice(word.end, phrase.end).windows(2).any(|w| w == ['分', '社']));
    if agency || (text == ['大'] && line.at(word.end) == '韩') || (strong && text.ends_with(&['军', '某'])) {
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
        return !text.iter().all(char::is_ascii_digit)
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
        b'n' if word.is_name() => (strong || is_mark(line.before(word.start))) && at_body(scene, word, right),
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
        b'a' | b'z' => strong && word.len() >= 2 || word.pos[1] == b'n',
        b'm' | b'q' if counted(text) => strong,
        b'm' => numbers(scene, word) || (strong && is_brand(text)),
        b'f' => strong && word.end < right,
        b'd' | b't' | b'q' | b'r' => strong && word.len() >= 2 && word.end < right && word.pos[0] == b'd',
        _ => false,
    }
}

/// 鲁迅 in 鲁迅文学院 is part of a body's name, 白鹿 in 白鹿县政协 a place; 张立群 before 临江县委 is a
/// person.
fn at_body(scene: &Scene<'_>, word: WordSpan, right: usize) -> bool {
    let line = &scene.line;
    if word.end >= right {
        return false;
    }
    let level = matches!(line.at(word.end), '省' | '市' | '县' | '区' | '州' | '乡' | '镇' | '村' | '党');
    let place = line.word(word.end).pos == *b"ns"
        || scene.lexicons.places.at(&line.chars, word.end).is_some_and(|(len, _)| len > 1);
    !(place || (level && word.len() > 2))
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

/// 教育和科学部: 和 inside the name of one body.
fn joins(scene: &Scene<'_>, word: WordSpan, right: usize, of_ministry: bool) -> bool {
    let line = &scene.line;
    if (word.end >= right && !of_ministry) || word.start == 0 || is_mark(line.chars[word.start - 1]) {
        return false;
    }
    let left = line.word(word.start - 1);
    let last = line.chars[word.start - 1];
    let person = matches!(
        last,
        '委' | '府'
            | '会'
            | '部'
            | '局'
            | '院'
            | '者'
            | '员'
            | '长'
            | '处'
            | '厅'
            | '司'
            | '校'
            | '人'
            | '席'
            | '记'
            | '理'
    );
    let noun = matches!(left.pos[0], b'n' | b'j' | b'l' | b'i') || left.pos == *b"vn" || left.pos[0] == b'v';
    let next = line.word(word.end);
    let level = matches!(line.at(word.end), '省' | '市' | '县' | '区' | '州' | '乡' | '镇' | '村');
    let fresh =
        level || next.is_name() || next.pos == *b"ns" || scene.lexicons.places.at(&line.chars, word.end).is_some();
    let stop = scene.lexicons.walk.get(line.slice(left.start, left.end)) == Some(Walk::Stop);
    // 海洋事务部长: the body may end inside the role.
    let body = scene.lexicons.organizations.ending(&line.chars, word.end, right).is_some();
    let ministry = of_ministry || line.has(right, "部长") || line.has(right, "大臣");
    let fresh = fresh && !(ministry && next.pos == *b"ns" && !level);
    let body = body || ministry;
    noun && !left.is_name() && !person && !fresh && !stop && body && left.len() >= 2
}

/// Steps over brackets and quotation marks that belong to a name, and over the comma inside the
/// name of a ministry; none if the mark ends the way.
fn over_mark(scene: &Scene<'_>, phrase: &Phrase, least: usize, at: usize) -> Option<usize> {
    let line = &scene.line;
    let right = phrase.role_start;
    let find =
        |open: char, most: usize| (least.max(at.saturating_sub(most))..at).rev().find(|&i| line.chars[i] == open);
    match line.chars[at - 1] {
        // 天河集团（河洮）有限公司, 人民党（改革派）.
        '）' => {
            let open = find('（', 14)?;
            let plain = line.slice(open + 1, at - 1).iter().all(|&c| is_han(c) || c.is_ascii_alphanumeric());
            (plain && open > least && !is_mark(line.chars[open - 1])).then_some(open)
        }
        // “一带一路”办公室.
        '”' if at < right => {
            let open = find('“', 16)?;
            let plain = line.slice(open + 1, at - 1).iter().all(|&c| !matches!(c, '，' | '。' | '：' | '！' | '？'));
            plain.then_some(open)
        }
        // 《河洮文艺》主编.
        '》' if at == right && is_of_press(line.slice(phrase.head, phrase.end)) => {
            find('《', 16).filter(|&open| open > least || open == 0)
        }
        '、' => ministry(scene, phrase, least, at),
        // 夸祖鲁—纳塔尔省, 歼-20飞行员.
        '-' | '—' | '–' if at > least + 1 && line.before(at - 1).is_alphanumeric() && line.at(at).is_alphanumeric() => {
            Some(at - 1)
        }
        _ => None,
    }
}

/// Posts of a paper or journal, whose name stands before them in 《》.
fn is_of_press(head: &[char]) -> bool {
    matches!(head, ['主', '编'] | ['总', '编'] | ['总', '编', '辑'] | ['社', '长'] | ['编', '委'])
}

/// 环境、气候与通讯部长: a comma inside the name of one ministry, where a country stands before.
fn ministry(scene: &Scene<'_>, phrase: &Phrase, least: usize, at: usize) -> Option<usize> {
    let line = &scene.line;
    let head = line.slice(phrase.head, phrase.end);
    let of_body = phrase.noun.ministry
        || (head == ['部', '长'] || head == ['大', '臣'] || line.before(phrase.role_start) == '部');
    if !of_body {
        return None;
    }
    let mut i = at - 1;
    while i > least && (is_han(line.chars[i - 1]) || line.chars[i - 1] == '、') && at - i < 12 {
        if let Some((len, PlaceKind::Abroad)) = scene.lexicons.places.ending(&line.chars, least, i) {
            return (i < at - 1 && i - len >= least).then_some(i);
        }
        i -= 1;
    }
    None
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
        let word = line.word(at);
        let known_place = word.start == at && word.len() > 1;
        match scene.lexicons.walk.at(&line.chars, at) {
            Some((len, Walk::Strip | Walk::Stop))
                if at + len < right && !known_place && len == word.end - at && !matches!(c, '本' | '中' | '各') =>
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
