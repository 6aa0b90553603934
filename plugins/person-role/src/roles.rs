//! Roles in a line: which hits of role nouns are roles, what modifies them, which organization they
//! belong to, and which of them touch or follow each other.

use crate::characters::{class, is_han, is_mark, sight};
use crate::lexicons::{Modifier, RoleNoun, Walk};
use crate::line::Line;
use crate::lists;
use crate::names::{self, Name};
use crate::organizations;
use crate::scene::{Hit, Pattern, Scene};

/// A role with its organization.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    /// First character of organization or role.
    pub(crate) start: usize,
    /// First character of the role, modifiers included.
    pub(crate) role_start: usize,
    /// First character of the role noun: 主席 in 副主席.
    pub(crate) head: usize,
    /// One past the role.
    pub(crate) end: usize,
    /// What the lexicon says of the noun.
    pub(crate) noun: RoleNoun,
    /// The text says that the office is over: 原, 前.
    pub(crate) former: bool,
    /// A foreign state, union or role: names by sound are likely.
    pub(crate) foreign: bool,
    /// The person named just before: 王毅外长.
    pub(crate) name_before: Option<Name>,
}

impl Phrase {
    /// True if an organization is printed before the role.
    pub(crate) fn has_organization(&self) -> bool {
        self.start < self.role_start
    }
}

/// The roles of a line, in order. `hits` are the role nouns found in it, by character.
pub(crate) fn phrases(scene: &mut Scene<'_>, hits: &[Hit]) -> Vec<Phrase> {
    let mut phrases: Vec<Phrase> = Vec::with_capacity(hits.len());
    for hit in hits {
        if let Some(phrase) = role(scene, hit).filter(|_| !is_in_name(scene, hit)) {
            scene.mark_role(phrase.role_start);
            scene.role_ends[phrase.end] = true;
            phrases.push(phrase);
        }
    }
    let mut floor = 0;
    let mut abroad = false;
    for i in 0..phrases.len() {
        let before = i.checked_sub(1).map(|i| phrases[i].end);
        let phrase = &mut phrases[i];
        if let Some(start) = before.filter(|&end| is_named_by_rank(scene, phrase, end)) {
            scene.sure_names.push((start, phrase.role_start));
            floor = phrase.role_start;
        }
        place(scene, phrase, floor);
        // 伊朗总统甲和外交部长乙: the second is of the same state.
        abroad = phrase.foreign || abroad && !phrase.has_organization();
        phrase.foreign |= abroad && phrase.noun.ministry;
        // 苏联专家组组长甲和工程师乙: so are those of one list, where no Chinese name stands behind the role.
        let listed = matches!(scene.line.before(phrase.start), '、' | '和' | '与' | '及');
        phrase.foreign |= abroad
            && listed
            && !phrase.has_organization()
            && names::starting_at(scene, phrase.end, false).is_none_or(|name| name.score < scene.min_score);
        // Names of the role before are no part of the next role's organization: 记者张三通讯员李四.
        let sure = if phrase.noun.byline { 0.0 } else { 0.8 };
        let wanted = lists::Wanted { score: scene.min_score + sure, foreign: phrase.foreign, run: lists::Run::None };
        floor = lists::first_after(scene, phrase.end, wanted).map_or(phrase.end, |name| name.end);
    }
    join_touching(scene, phrases)
}

/// The role of a hit, without its organization; none if it is no role.
fn role(scene: &Scene<'_>, hit: &Hit) -> Option<Phrase> {
    let line = &scene.line;
    let Pattern::Noun(noun) = hit.pattern else { return None };
    let (mut head, end) = (hit.start, hit.end);
    // 集选｜区议员: the constituency is the body.
    if line.has(head, "区议员") && line.has_before(head, "选") {
        head += 1;
    }
    if cut_by_word(scene, head, end, noun) || is_trapped(scene, end, noun) || in_title(line, head) {
        return None;
    }
    let mut phrase = Phrase {
        start: head,
        role_start: head,
        head,
        end,
        noun,
        former: false,
        foreign: noun.foreign,
        name_before: None,
    };
    while let Some((len, modifier)) = scene.lexicons.modifiers.ending(&line.chars, 0, phrase.role_start) {
        let start = phrase.role_start - len;
        if len == 1 && line.chars[start] != '副' && !stands_alone(scene, start) {
            break;
        }
        // 当选总统某某 is a president elect, 某某当选总统 an election.
        let elect =
            line.has(start, "当选") && names::starting_at(scene, end, true).is_none_or(|n| n.score < scene.min_score);
        if modifier == Modifier::Drop || elect {
            break;
        }
        phrase.role_start = start;
        phrase.former |= modifier == Modifier::Former;
    }
    phrase.start = phrase.role_start;
    Some(phrase)
}

/// 主席奈温将军, 旅长叶飞鹏大校: nothing but two to six characters of a name between a role and a rank.
fn is_named_by_rank(scene: &Scene<'_>, rank: &Phrase, end: usize) -> bool {
    let line = &scene.line;
    let (start, end) = (end, rank.role_start);
    if !(rank.noun.rank || rank.noun.degree) || !(start + 2..=start + 6).contains(&end) {
        return false;
    }
    let body = scene.lexicons.organizations.ending(&line.chars, start, end).is_some();
    // 卢某向获上将军衔的: words of a sentence, or a name that ends sooner.
    let stop = (start..end).any(|i| {
        let word = line.word(i);
        scene.lexicons.walk.get(line.slice(word.start, word.end)) == Some(Walk::Stop)
            || scene.lexicons.characters.is(line.chars[i], class::FUNCTION)
    });
    let sooner =
        names::starting_at(scene, start, rank.foreign).is_some_and(|n| n.end < end && n.score >= scene.min_score);
    !body
        && !stop
        && !sooner
        && line.slice(start, end).iter().all(|&c| is_han(c))
        && !matches!(line.at(start), '和' | '与' | '及' | '兼')
}

/// 董事长崔｜保安｜作报告: a given name that is a calling, right behind a role.
fn is_in_name(scene: &Scene<'_>, hit: &Hit) -> bool {
    let Pattern::Noun(noun) = hit.pattern else { return false };
    let Some(surname) = hit.start.checked_sub(1).filter(|&at| noun.weak && !noun.after && scene.role_ends[at]) else {
        return false;
    };
    let named = names::starting_at(scene, surname, false);
    hit.end - hit.start == 2 && named.is_some_and(|name| name.end == hit.end && name.score >= scene.min_score + 0.8)
}

/// 「前」 in 日前主席 and 「原」 in 太原市长 are parts of other words.
fn stands_alone(scene: &Scene<'_>, at: usize) -> bool {
    scene.line.is_word_start(at)
}

/// 「市长」 in 武汉市长江大桥: a word of the dictionary runs over the end of the noun, and what follows is
/// no clear name. 「任何」 in 主任何文远 and 「长久」 in 外长久里奇 are no such words.
fn cut_by_word(scene: &Scene<'_>, head: usize, end: usize, noun: RoleNoun) -> bool {
    let line = &scene.line;
    let last = line.word(end - 1);
    if noun.weak && !noun.byline && line.word(head).pos[0] == b'v' && line.word(head).pos[1] != b'n' {
        // 现场指挥: a verb, unless a name follows.
        return names::starting_at(scene, end, false).is_none_or(|n| n.score < scene.min_score + 0.8);
    }
    // 城建局局长沙某: the body says the first character of the noun.
    if head > 0 && line.chars[head - 1] == line.chars[head] {
        return false;
    }
    // 总裁兼: a guess of the segmenter.
    // 部长职务 is one word of the dictionary.
    if last.end <= end
        || matches!(line.at(end), '兼' | '暨')
        || line.has(end, "职务")
        || last.is_name()
        || end - head > 2
        || last.len() < 2
    {
        return false;
    }
    let any = line.slice(last.start, last.end) == ['任', '何'];
    let needed = if any || noun.foreign { 2.4 } else { 3.1 };
    names::starting_at(scene, end, noun.foreign).is_none_or(|n| n.score < needed)
}

/// 主席团, 市长热线: what follows makes it something else, unless a clear name follows.
fn is_trapped(scene: &Scene<'_>, end: usize, noun: RoleNoun) -> bool {
    let line = &scene.line;
    let Some((len, ())) = scene.lexicons.after_role.at(&line.chars, end) else { return false };
    if (line.has(end, "职务") || line.has(end, "一职") || line.has(end, "之职"))
        && (scene.carried.is_some() || names_an_event(line, end))
    {
        return false;
    }
    let needed = if len == 1 { 4.0 } else { 5.2 };
    names::starting_at(scene, end, noun.foreign).is_none_or(|name| name.score < needed || name.end < end + len)
}

/// True if one of 任 免 辞 撤 stands within forty characters before.
fn names_an_event(line: &Line, end: usize) -> bool {
    line.slice(end.saturating_sub(60), end)
        .iter()
        .any(|c| matches!(c, '任' | '免' | '辞' | '撤' | '罢' | '解' | '接' | '卸'))
}

/// Inside 《…》 a role is part of a title.
pub(crate) fn in_title(line: &Line, at: usize) -> bool {
    if !line.sees(sight::TITLE) {
        return false;
    }
    let least = at.saturating_sub(40);
    let inside = line.slice(least, at).iter().rev().find(|c| matches!(c, '《' | '》' | '〈' | '〉'));
    matches!(inside, Some('《' | '〈')) && (at..line.len().min(at + 40)).any(|i| matches!(line.chars[i], '》' | '〉'))
}

/// Finds the organization before a role, or the name.
fn place(scene: &mut Scene<'_>, phrase: &mut Phrase, floor: usize) {
    let floor = floor.min(phrase.role_start);
    // 比亚迪董事长王某: with a name after the role, what reads as a name before it is a firm.
    let wanted = lists::Wanted { score: scene.min_score + 0.6, foreign: phrase.foreign, run: lists::Run::None };
    let after = lists::opening(scene, phrase.end, wanted).filter(|list| list.gap.is_empty() && !list.spaced);
    let own = after.is_some_and(|list| !scene.role_starts[list.first.end]);
    if !own {
        phrase.name_before = name_before(scene, phrase, floor);
        if phrase.name_before.is_some() {
            return;
        }
    }
    let (start, foreign) = organizations::start(scene, phrase, floor, own);
    phrase.foreign |= foreign;
    phrase.start = start;
    // 原国家建设部副部长: the office is over, said before the organization.
    let line = &scene.line;
    let said_former = |before: char| match line.before(start) {
        // 对原县政协主席: the segmenter joins the words. 太原市市长 is no such.
        '原' => {
            is_mark(before)
                || matches!(before, '对' | '由' | '向' | '与' | '和' | '及' | '将' | '被' | '为' | '是' | '的')
        }
        '前' => is_mark(before),
        _ => false,
    };
    phrase.former |= said_former(start.checked_sub(1).map_or('\n', |at| line.before(at)));
    let inside = |organ: &&str| {
        let before = phrase.role_start.saturating_sub(organ.chars().count());
        // Not the first character of all, which was looked at above.
        matches!(line.before(before), c @ ('原' | '前') if line.slice(start, phrase.role_start).first() != Some(&c))
            && line.has_before(phrase.role_start, organ)
    };
    // 某公司原党组书记.
    if matches!(line.before(phrase.role_start), '组' | '委' | '会' | '支') {
        phrase.former |= ["党组", "党委", "纪委", "董事会", "监事会", "党总支"].iter().any(inside);
    }
    scene.mark_role(start);
}

/// 王毅外长, 习近平主席: a name right before the role, without an organization between.
fn name_before(scene: &Scene<'_>, phrase: &Phrase, floor: usize) -> Option<Name> {
    let line = &scene.line;
    let end = phrase.role_start;
    if (phrase.noun.weak && !phrase.noun.after)
        || phrase.noun.ministry && !phrase.noun.foreign
        || phrase.noun.byline
        || end == floor
    {
        return None;
    }
    // 苏梅市市长: a place before the head of a place. 谢明任副主席: the verb is no part of the name.
    let place = matches!(line.before(end), '省' | '市' | '县' | '区' | '州' | '旗' | '乡' | '镇' | '村');
    if (phrase.noun.level && place) || matches!(line.before(end), '任' | '为' | '是' | '系' | '兼') {
        return None;
    }
    // 姜文主演, 张三翻译: a verb.
    if ["主演", "指挥", "翻译", "策划", "监制", "主持", "编译", "解说"].iter().any(|verb| line.has(phrase.head, verb))
    {
        return None;
    }
    let name = names::ending_at(scene, floor, end, phrase.foreign)?;
    let word = line.word(end - 1);
    let exact = word.start == name.start && word.end == end && (word.is_name() || word.is_unknown());
    let body = scene.lexicons.organizations.ending(&line.chars, name.start, end);
    let like_body = body.is_some_and(|(len, ())| len > 1) || (body.is_some() && !exact);
    // 县长, 市长: an unknown word before them is rather a place than a person.
    let doubt = if like_body { 3.0 } else { 0.0 }
        + if phrase.noun.after { 0.8 } else { 0.0 }
        + if phrase.noun.level && word.is_unknown() { 0.6 } else { 0.0 };
    let place = scene.lexicons.places.ending(&line.chars, name.start, end).is_some_and(|(len, _)| len > 1);
    (name.score >= scene.min_score + 0.9 + doubt && !place).then_some(name)
}

/// Roles that touch: the first is part of the second's organization (总统新闻秘书) or the two are
/// titles of one person (教授博士生导师).
fn join_touching(scene: &Scene<'_>, phrases: Vec<Phrase>) -> Vec<Phrase> {
    if phrases.windows(2).all(|pair| pair[0].end != pair[1].start) {
        return phrases;
    }
    let mut joined: Vec<Phrase> = Vec::with_capacity(phrases.len());
    for mut phrase in phrases {
        if let Some(previous) = joined.last() {
            let touches = previous.end == phrase.start && phrase.name_before.is_none();
            let titles = previous.noun.title && !phrase.has_organization();
            if touches && !titles {
                let wanted =
                    lists::Wanted { score: scene.min_score + 0.3, foreign: previous.foreign, run: lists::Run::None };
                let named = phrase.has_organization() && lists::first_after(scene, previous.end, wanted).is_some();
                if !named && previous.name_before.is_none() {
                    phrase.start = previous.start;
                    phrase.foreign |= previous.foreign;
                    joined.pop();
                }
            }
        }
        joined.push(phrase);
    }
    joined
}
