//! Where a word that jieba hardly knows may be part of a longer one.
//!
//! Of a name that its dictionary lacks jieba often cuts off a character: 邹/广平, 强工兴/旅, 乌麓/县. One page cannot tell
//! whether 乌麓 is a word that happens to stand before 县. The corpus can: a part stands beside the same neighbour nearly
//! everywhere. So pages tell of such words what they stand beside, if it is of a kind that makes words longer, and
//! `fuller.rs` looks at the sums.

use std::sync::LazyLock;

use banmian_core::{Page, Rare, TextRange, Token, Words};

use crate::finding::{Both, Finding};
use crate::plan::Plan;
use crate::tallies::{Is, Tallies};

/// What stands where beside a rare word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Joint {
    /// The rare word, one that was guessed, is the first part.
    First = 1,
    /// The rare word, one that was guessed, is the last part.
    Last = 2,
    /// The same of a word that jieba's dictionary has.
    KnownFirst = 3,
    KnownLast = 4,
    /// The word, tagged as a person, stands before 县 and the like, perhaps the beginning of 县委.
    Place = 5,
    /// The word is none: pieces of others that stand side by side.
    Glued = 6,
    /// Only what stands behind the end of a date is the word: 日/湾庆县.
    WithDate = 7,
    /// Only what stands before the end of a dateline is the word: 洮阳/讯.
    WithDateline = 8,
}

impl Joint {
    fn of(guessed: bool, first: bool) -> Self {
        match (guessed, first) {
            (true, true) => Joint::First,
            (true, false) => Joint::Last,
            (false, true) => Joint::KnownFirst,
            (false, false) => Joint::KnownLast,
        }
    }

    /// The joint of a form, with the parts before and behind it.
    pub(crate) fn read(form: &str) -> Option<(Joint, &str, &str)> {
        let at = form.bytes().position(|b| b <= Joint::WithDateline as u8)?;
        let kinds = [
            Joint::First,
            Joint::Last,
            Joint::KnownFirst,
            Joint::KnownLast,
            Joint::Place,
            Joint::Glued,
            Joint::WithDate,
            Joint::WithDateline,
        ];
        let kind = kinds[usize::from(form.as_bytes()[at]).checked_sub(1)?];
        Some((kind, &form[..at], &form[at + 1..]))
    }

    /// True if a word of the dictionary is the part.
    pub(crate) fn is_of_known(self) -> bool {
        matches!(self, Joint::KnownFirst | Joint::KnownLast)
    }
}

/// Writes the form in which a joint is counted: both parts, and between them the number of its kind.
pub(crate) fn write_form(longer: &str, cut: u32, joint: u8, form: &mut String) {
    let (before, behind) = longer.split_at(cut as usize);
    form.clear();
    form.push_str(before);
    form.push(char::from(joint));
    form.push_str(behind);
}

/// Surnames, the commonest first.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪\
    范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤葛冉邢柳骆岳齐梅庄辛管祝左涂谷祁耿牟卜路詹关苗凌费\
    纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉\
    温倪殷申聂丛俞施芦季牛樊安易常乔赖文庞兰\
    張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蔣蘇魏呂盧鐘譚陸範賈韋鄒閻龍賀顧龔萬錢嚴湯歐項衛華車溫倫莊齊紀龐蘭賴喬";

/// Characters that are words of their own beside a name or a noun.
const OWN_WORDS: &str = "的了着过地得在是不也都和与及或把被将对向从到以于要会能可就还又很最更说称道有上下中内外前后里人这那我你他她它们个些\
    为因由之其所而且但并则兼时来去出入讲让使给请同跟该各每某本此处事话吗呢吧啊年月日等无没";

/// What no longer word begins or ends with, but for names: 从/医联体, 育圃/正为. 日 is the end of a date before it.
const AT_NO_END: &str = "的了着过在是和与及或把被将对向从到以于为也都就又还并而且正仍日月";

/// Ends of names of places.
const PLACES: &str = "县市镇乡村区州旗縣鎮鄉區";

/// Characters that foreign names are written with.
const FOREIGN: &str = "阿埃艾安奥巴贝本比波博布查达戴丹德迪蒂丁多杜厄恩尔法菲费弗福甘冈戈格根贡古哈海汉赫亨胡华怀霍基吉加杰金卡凯坎考科\
    克肯库夸奎拉莱兰朗劳勒雷里利莉林卢鲁伦罗洛马迈曼梅门蒙米密明莫姆穆拿娜纳南内尼宁纽努诺欧帕潘佩彭皮平普奇契乔切钦琼丘让热日荣萨塞桑瑟森\
    沙申圣施什史舒斯松苏索塔泰坦汤特腾提廷图托瓦万威韦维温文翁沃乌武西希锡夏香肖谢辛休雅亚扬耶叶伊因英尤于约泽扎詹珍朱兹佐·—";

/// What a character is, as bits: it is asked of every rare word and its neighbours.
static BITS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut bits = vec![0; 1 << 16];
    let lists = [
        (SURNAMES, SURNAME),
        (OWN_WORDS, OWN_WORD),
        (AT_NO_END, NO_END),
        (PLACES, PLACE),
        // 以/茶/会友, 三项/添: no verb begins so. 与会 and 处置 are in the dictionary.
        ("以与和及之而于把被由人处项个条", NO_VERB),
        // 更/大, 最/忌
        ("更最很较太", DEGREE),
        // 28/日三屏县
        ("日月", DATE),
        (FOREIGN, FOREIGN_NAME),
    ];
    lists.iter().for_each(|(list, bit)| list.chars().for_each(|c| bits[c as usize] |= bit));
    bits
});
const SURNAME: u8 = 1;
const OWN_WORD: u8 = 2;
const NO_END: u8 = 4;
const PLACE: u8 = 8;
const NO_VERB: u8 = 16;
const DEGREE: u8 = 32;
const DATE: u8 = 64;
const FOREIGN_NAME: u8 = 128;

fn is(c: Option<char>, bit: u8) -> bool {
    c.and_then(|c| BITS.get(c as usize)).is_some_and(|bits| bits & bit != 0)
}

/// True if a word ends as places do.
pub(crate) fn is_place(word: &str) -> bool {
    is(word.chars().next_back(), PLACE)
}

/// True if a character, alone in its text, is a surname.
pub(crate) fn is_surname(text: &str) -> bool {
    text.len() == 3 && begins_with_surname(text)
}

/// True if all characters are of those that foreign names are written with.
pub(crate) fn is_foreign(name: &str) -> bool {
    name.chars().all(|c| is(Some(c), FOREIGN_NAME))
}

fn begins_with_surname(word: &str) -> bool {
    is(word.chars().next(), SURNAME)
}

/// Characters of a word of three bytes each.
fn length(word: &str) -> usize {
    word.len() / 3
}

/// Of the marks of words, so many are told apart by the filter.
const N_SLOTS: usize = 4096;

/// A page as it is searched.
struct Search<'p> {
    page: &'p Page,
    tokens: &'p [Token],
    rare: &'p [Rare],
    /// The counted rare words: the [`mark`](Self::mark) of each, its place and its article.
    counted: Vec<(u32, TextRange, Option<u32>)>,
    /// Set for the mark of each of them.
    filter: [bool; N_SLOTS],
    /// The longer words: their places, where they are cut, and how.
    found: Vec<(TextRange, u32, Joint)>,
}

/// Appends what stands beside the rare words of the page, whose words are tallied.
pub(crate) fn find(plan: &Plan, tallies: &Tallies, page: &Page, words: &Words, out: &mut Vec<Finding>) {
    if !plan.joins {
        return;
    }
    let rare = words.rare();
    let (counted, found) = (Vec::with_capacity(rare.len()), Vec::with_capacity(rare.len()));
    let mut search = Search { page, tokens: words.tokens(), rare, counted, filter: [false; N_SLOTS], found };
    let mut sentence = 0;
    for (index, word) in rare.iter().enumerate() {
        while words.of_sentence(sentence).end <= word.token as usize {
            sentence += 1;
        }
        let piece = page.pieces[page.sentences[sentence].piece as usize];
        let own = words.tokens()[word.token as usize];
        let counts = || match tallies.what_is(own.number) {
            Is::Open => plan.counts_token(own.pos, page.slice(own.range)),
            is => is == Is::Counted,
        };
        if plan.reads(piece.part) && counts() {
            let mark = search.mark(own.range);
            search.counted.push((mark, own.range, piece.article));
            search.filter[mark as usize % N_SLOTS] = true;
            let of_sentence = words.of_sentence(sentence);
            let glued = word.guessed.then(|| search.glued(plan, word.token as usize, of_sentence.start)).flatten();
            if let Some((cut, joint)) = glued {
                search.found.push((own.range, cut, joint));
                continue;
            }
            if word.guessed || length(page.slice(own.range)) <= 3 {
                search.before(index, of_sentence.start);
                search.behind(index, of_sentence.end);
            }
        }
    }
    search.tell(out);
}

impl<'p> Search<'p> {
    fn text(&self, token: usize) -> &'p str {
        self.page.slice(self.tokens[token].range)
    }

    /// If what was guessed is no word, but single characters that jieba's model ran together, or a word with the end of a
    /// date or dateline: where it is to be cut, and how.
    fn glued(&self, plan: &Plan, token: usize, first: usize) -> Option<(u32, Joint)> {
        let (word, pos) = (self.text(token), self.tokens[token].pos);
        let begins = |with: u8| is(word.chars().next(), with);
        let before = (token > first).then(|| token - 1);
        let two = length(word) == 2;
        let (cut, joint) = match () {
            () if begins(DATE) && before.is_some_and(|t| self.tokens[t].pos.class() == b'm') => (3, Joint::WithDate),
            // 本报/洮阳讯
            () if word.ends_with('讯') && before.is_some_and(|t| self.text(t).ends_with(['报', '社', '刊', '网'])) => {
                (word.len() - 3, Joint::WithDateline)
            }
            () if two && pos.class() == b'v' && begins(NO_VERB) => (word.len(), Joint::Glued),
            () if two && matches!(pos.class(), b'v' | b'a' | b'd') && begins(DEGREE) => (word.len(), Joint::Glued),
            () => return None,
        };
        let kept = if joint == Joint::WithDate { &word[cut..] } else { &word[..cut] };
        match joint == Joint::Glued || (length(kept) > 1 && plan.counts_token(pos, kept)) {
            true => Some((cut as u32, joint)),
            false => Some((word.len() as u32, Joint::Glued)),
        }
    }

    /// Looks at what stands before a rare word, down to a token.
    fn before(&mut self, index: usize, first: usize) {
        let Rare { token, guessed } = self.rare[index];
        let (own, word) = (self.tokens[token as usize], self.text(token as usize));
        let mut at = token as usize;
        let mut step = || {
            let touches = at > first && self.tokens[at - 1].range.end == self.tokens[at].range.start;
            touches.then(|| {
                at -= 1;
                at
            })
        };
        let Some(mut other) = step() else { return };
        if !self.may_join(index.wrapping_sub(1), other) {
            return;
        }
        let joined = is_joiner(self.text(other));
        if joined {
            let Some(beyond) = step() else { return };
            other = beyond;
        }
        let text = self.text(other);
        let single = is_single(text);
        let longer = TextRange { start: self.tokens[other].range.start, end: own.range.end };
        let is_part = (own.pos.class() != b'v' && is_surname(text) && length(word) == 2)
            || (single && joined)
            || (self.is_rare(index.checked_sub(1), other, guessed) && self.may_be_word(longer))
            || self.are_foreign(own, other)
            || (single && guessed && self.is_noun_by(own, other) && self.may_be_word(longer));
        if is_part {
            self.found.push((longer, own.range.start - longer.start, Joint::of(guessed, false)));
        }
    }

    /// Looks at what stands behind a rare word, up to a token.
    fn behind(&mut self, index: usize, end: usize) {
        let Rare { token, guessed } = self.rare[index];
        let (own, word) = (self.tokens[token as usize], self.text(token as usize));
        if is_person(own) && is(self.page.text[own.range.end as usize..].chars().next(), PLACE) {
            self.found.push((own.range, own.range.end - own.range.start, Joint::Place));
        }
        let touches = |a: usize| a + 1 < end && self.tokens[a].range.end == self.tokens[a + 1].range.start;
        let mut other = token as usize;
        if !touches(other) {
            return;
        }
        other += 1;
        if !self.may_join(index + 1, other) {
            return;
        }
        let joined = is_joiner(self.text(other));
        if joined {
            if !touches(other) {
                return;
            }
            other += 1;
        }
        let text = self.text(other);
        let single = is_single(text);
        // 梁国/栋: jieba takes surname and half of the given name for a person or a place.
        let named = length(word) == 2 && begins_with_surname(word) && own.pos.class() == b'n';
        let longer = TextRange { start: own.range.start, end: self.tokens[other].range.end };
        let is_part = (single && named && (guessed || own.pos.bytes()[1] != 0))
            || (single && joined)
            || (self.is_rare(Some(index + 1), other, guessed) && self.may_be_word(longer))
            || self.are_foreign(own, other)
            || (single && guessed && self.is_noun_by(own, other) && self.may_be_word(longer));
        if is_part {
            self.found.push((longer, own.range.end - longer.start, Joint::of(guessed, true)));
        }
    }

    /// False for most neighbours, seen at a glance: words of several characters that are neither rare nor persons.
    #[inline]
    fn may_join(&self, index: usize, token: usize) -> bool {
        let range = self.tokens[token].range;
        range.end - range.start <= 3
            || self.rare.get(index).is_some_and(|r| r.token as usize == token)
            || is_person(self.tokens[token])
    }

    /// False for what begins or ends with a function word.
    fn may_be_word(&self, longer: TextRange) -> bool {
        let mut chars = self.page.slice(longer).chars();
        let ends = [chars.next(), chars.next_back()];
        // 洮阳/讯 is the end of a dateline.
        !ends.into_iter().any(|c| is(c, NO_END)) && ends[1] != Some('讯')
    }

    /// True if both seem to be foreign names, which jieba cuts anywhere.
    fn are_foreign(&self, own: Token, other: usize) -> bool {
        let other = self.tokens[other];
        let is_name = |token: Token| is_foreign(self.page.slice(token.range));
        is_person(own) && is_person(other) && is_name(own) && is_name(other)
    }

    /// True if a noun stands beside a word that is no verb: verbs have objects.
    fn is_noun_by(&self, own: Token, other: usize) -> bool {
        own.pos.class() != b'v' && is_noun(&self.tokens[other])
    }

    /// True if a token is the rare word with this index, and no number, and it or its neighbour was guessed.
    fn is_rare(&self, index: Option<usize>, token: usize, guessed: bool) -> bool {
        // Of four characters the dictionary has idioms and set phrases, which stand beside anything.
        let is_own = |r: &&Rare| r.token as usize == token && (r.guessed || (guessed && length(self.text(token)) <= 3));
        index.and_then(|i| self.rare.get(i)).filter(is_own).is_some() && self.tokens[token].pos.class() != b'm'
    }

    /// Appends the joints, each once.
    fn tell(self, out: &mut Vec<Finding>) {
        let page = self.page;
        // The first bytes as a number tell most words apart, and are in the order of the words.
        let first = |range: TextRange| page.slice(range).as_bytes().first_chunk().map_or(0, |b| u64::from_be_bytes(*b));
        let key = |&(first, longer, cut, joint): &(u64, TextRange, u32, Joint)| (first, page.slice(longer), cut, joint);
        let mut found: Vec<_> =
            self.found.iter().map(|&(range, cut, joint)| (first(range), range, cut, joint)).collect();
        found.sort_unstable_by(|a, b| {
            a.0.cmp(&b.0).then_with(|| key(a).cmp(&key(b))).then_with(|| a.1.start.cmp(&b.1.start))
        });
        for same in found.chunk_by(|a, b| a.0 == b.0 && key(a) == key(b)) {
            let (_, longer, cut, joint) = same[0];
            let before = TextRange { end: longer.start + cut, ..longer };
            let behind = TextRange { start: longer.start + cut, ..longer };
            // What is counted of the page, and for what it may be counted.
            let (own, whole) = match joint {
                Joint::First | Joint::KnownFirst => (before, longer),
                Joint::Last | Joint::KnownLast => (behind, longer),
                Joint::WithDate => (longer, behind),
                Joint::Place | Joint::Glued | Joint::WithDateline => (longer, before),
            };
            let both = match joint {
                Joint::Place | Joint::Glued => None,
                _ => self.together(whole, own),
            };
            out.push(Finding::Joint { longer, cut, joint: joint as u8, count: same.len() as u32, both });
        }
    }

    /// A number from length and ends of a word, the same for the same word, and seldom for two.
    fn mark(&self, word: TextRange) -> u32 {
        let bytes = &self.page.text.as_bytes()[word.bytes()];
        let number = |b: &[u8; 4]| u64::from(u32::from_le_bytes(*b));
        let (first, last) = (bytes.first_chunk().map_or(0, number), bytes.last_chunk().map_or(0, number));
        // Multiplied by the golden ratio: its upper half depends on all bits (Knuth, TAOCP 6.4).
        let mixed = (first << 32 | last).wrapping_add(bytes.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> 32) as u32
    }

    /// The articles with a counted rare word, printed as at this place.
    fn places_of(&self, word: TextRange) -> Vec<Option<u32>> {
        let (page, mark) = (self.page, self.mark(word));
        if !self.filter[mark as usize % N_SLOTS] {
            return Vec::new();
        }
        let same = self.counted.iter().filter(|&&(of, range, _)| of == mark && page.slice(range) == page.slice(word));
        same.map(|&(_, _, article)| article).collect()
    }

    /// What the page has of both a part and the longer word, cut whole there.
    fn together(&self, whole: TextRange, own: TextRange) -> Option<Box<Both>> {
        let mut wholes = self.places_of(whole);
        if wholes.is_empty() {
            return None;
        }
        let mut parts = self.places_of(own);
        if parts.is_empty() {
            return None;
        }
        let mut articles: Vec<_> = wholes.iter().filter(|a| parts.contains(a)).copied().collect();
        articles.sort_unstable();
        articles.dedup();
        if articles.is_empty() {
            articles.push(None);
        }
        wholes.append(&mut parts);
        wholes.sort_unstable();
        let most = wholes.chunk_by(|a, b| a == b).map(<[_]>::len).max().unwrap_or(0);
        Some(Box::new(Both { most: most as u32, articles }))
    }
}

/// True for what is tagged as a name of a person.
fn is_person(token: Token) -> bool {
    let tag = token.pos.bytes();
    tag[0] == b'n' && tag[1] == b'r'
}

/// True for a mark that joins parts of a foreign name.
fn is_joiner(text: &str) -> bool {
    matches!(text, "·" | "—" | "-" | "－" | "•" | "‧")
}

/// True for a Chinese character alone that is not usually a word of its own there.
fn is_single(text: &str) -> bool {
    text.len() == 3 && matches!(text.as_bytes()[0], 0xE4..=0xE9) && !is(text.chars().next(), OWN_WORD)
}

/// True for nouns, abbreviations, suffixes and morphemes.
fn is_noun(token: &Token) -> bool {
    let tag = token.pos.bytes();
    matches!(tag[0], b'n' | b'j' | b'k' | b'g') || (tag[1] == b'g' && tag[0] != b'u')
}
