//! The normal form of an office: base post and modifier, system, level and division.
//!
//! All of it is read from the role and the organization put back, by tables that users can edit; what they do
//! not tell stays empty.

use serde::{Deserialize, Serialize};

use crate::bodies::{LEVEL_WORDS, normal_body, with_government};
use crate::divisions::{Found, Origin};
use crate::lexicons::{Lexicons, Modifier, PlaceKind};

/// Which part of public life an office belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "their names in tables say it")]
pub enum System {
    Party,
    Congress,
    Government,
    Conference,
    Discipline,
    Military,
    Court,
    Procuratorate,
    MassOrganization,
    Enterprise,
    Academia,
    Media,
    Other,
}

impl System {
    const NAMES: [(System, &'static str); 13] = [
        (System::Party, "党委"),
        (System::Congress, "人大"),
        (System::Government, "政府"),
        (System::Conference, "政协"),
        (System::Discipline, "纪委监委"),
        (System::Military, "军队"),
        (System::Court, "法院"),
        (System::Procuratorate, "检察院"),
        (System::MassOrganization, "群团"),
        (System::Enterprise, "企业"),
        (System::Academia, "高校科研"),
        (System::Media, "媒体"),
        (System::Other, "其他"),
    ];
    /// For messages.
    pub(crate) const ALL: &'static str = "党委 人大 政府 政协 纪委监委 军队 法院 检察院 群团 企业 高校科研 媒体 其他";

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        System::NAMES.iter().find(|(s, _)| *s == self).map_or("", |(_, name)| name)
    }

    /// The system of that name.
    pub(crate) fn from_name(name: &str) -> Option<System> {
        System::NAMES.iter().find(|(_, n)| *n == name).map(|(s, _)| *s)
    }

    /// True if bodies of this system belong to a territory, whose level is theirs.
    pub(crate) fn is_territorial(self) -> bool {
        !matches!(self, System::Enterprise | System::Academia | System::Media | System::Other)
    }
}

/// Level of the territory that a body belongs to, the highest first. Not the rank of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[allow(missing_docs, reason = "their names in tables say it")]
pub enum Level {
    Nation,
    Province,
    Prefecture,
    County,
    Township,
    GrassRoots,
}

impl Level {
    const NAMES: [(Level, &'static str); 6] = [
        (Level::Nation, "国家"),
        (Level::Province, "省"),
        (Level::Prefecture, "地"),
        (Level::County, "县"),
        (Level::Township, "乡"),
        (Level::GrassRoots, "基层"),
    ];
    /// For messages.
    pub(crate) const ALL: &'static str = "国家 省 地 县 乡 基层";

    /// The name used in tables.
    pub fn name(self) -> &'static str {
        Level::NAMES.iter().find(|(l, _)| *l == self).map_or("", |(_, name)| name)
    }

    /// The level of that name.
    pub(crate) fn from_name(name: &str) -> Option<Level> {
        Level::NAMES.iter().find(|(_, n)| *n == name).map(|(l, _)| *l)
    }
}

/// What the level rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LevelBasis {
    /// Nothing: the level is not known.
    #[default]
    Unknown,
    /// The place in the organization is a division of the list.
    Division,
    /// A word for a level or a national body stands in the organization.
    Word,
    /// The post is one of a level: 县长.
    Post,
}

impl LevelBasis {
    /// The name used in tables; empty where nothing is known.
    pub fn name(self) -> &'static str {
        match self {
            LevelBasis::Unknown => "",
            LevelBasis::Division => "division",
            LevelBasis::Word => "word",
            LevelBasis::Post => "post",
        }
    }
}

/// The normal form of an office.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Office {
    /// The organization put back, in one spelling: 白鹿县政协 also for 政协白鹿县委员会. As printed where nothing is put back.
    pub organization: String,
    /// The role without modifiers: 主席 of 副主席.
    pub base_post: String,
    /// The modifiers as printed: 原常务副.
    pub modifier: String,
    /// The base post with the modifiers that make it an office of its own: 副主席 of 原副主席.
    pub post: String,
    /// Which part of public life it belongs to.
    pub system: Option<System>,
    /// Level of the territory.
    pub level: Option<Level>,
    /// What the level rests on.
    pub level_basis: LevelBasis,
    /// GB/T 2260 code of the lowest division that the organization names; 0 if it names none, or one of several.
    pub division: u32,
    /// The organization is known in full: its place, or a name of its own.
    pub whole: bool,
}

/// What a line of person-posts says.
#[derive(Clone, Debug)]
pub(crate) struct Post {
    /// Empty for the post itself.
    pub(crate) base: String,
    pub(crate) system: Option<System>,
    pub(crate) level: Option<Level>,
}

/// What a line of person-bodies says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Body {
    pub(crate) place: BodyPlace,
    pub(crate) system: Option<System>,
    pub(crate) level: Option<Level>,
    /// Number of its line: the least decides.
    pub(crate) rank: u16,
}

/// Where the word must stand in the name of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BodyPlace {
    Any,
    End,
    Whole,
}

/// What is read of a body.
#[derive(Clone, Copy, Debug, Default)]
struct Reading {
    place: Option<Found>,
    system: Option<System>,
    /// The level that a word of its name tells, below the place.
    word: Option<Level>,
}

impl Office {
    /// The office of a role in an organization, both as printed or put back; `group` is the system of the noun's group.
    /// True beside it if where the text is from counts.
    pub(crate) fn of(
        lexicons: &Lexicons,
        role: &str,
        organization: &str,
        group: Option<System>,
        origin: Origin,
    ) -> (Office, bool) {
        let mut office = posts(lexicons, role);
        let post = lexicons.posts.get(office.base_post.as_str()).or_else(|| lexicons.posts.get(role));
        office.organization = with_government(&normal_body(organization), &office.base_post);
        let organization = office.organization.as_str();
        let mut chars: Vec<char> = Vec::with_capacity(organization.len());
        chars.extend(organization.chars().map(|c| lexicons.characters.fold(c)));
        let body = read_body(lexicons, organization, &chars, origin);
        office.system = body.system.or_else(|| post.map_or(group, |p| p.system));
        let abroad = is_abroad(lexicons, &chars, &body);
        if let Some(found) = body.place {
            office.division = found.code;
        }
        if !abroad {
            let territorial = office.system.is_none_or(System::is_territorial);
            let place = body.place.filter(|f| territorial && !(f.short && chars.len() == f.len)).and_then(|f| f.level);
            let word = body.word.filter(|&l| territorial || l == Level::GrassRoots || l == Level::Nation);
            (office.level, office.level_basis) = match (place, word, post.and_then(|p| p.level)) {
                (Some(place), Some(word), _) if word > place => (Some(word), LevelBasis::Word),
                (Some(place), _, _) => (Some(place), LevelBasis::Division),
                (None, Some(word), _) => (Some(word), LevelBasis::Word),
                (None, None, Some(post)) => (Some(post), LevelBasis::Post),
                (None, None, None) => (None, LevelBasis::Unknown),
            };
        }
        office.whole = is_whole(lexicons, &chars, &body, abroad);
        if let Some(base) = post.map(|p| p.base.as_str()).filter(|b| !b.is_empty()) {
            if let Some(kept) = office.post.strip_suffix(office.base_post.as_str()) {
                office.post = format!("{kept}{base}");
            }
            office.base_post = base.to_owned();
        }
        (office, body.place.is_some())
    }
}

/// The role taken apart: 原 + 副 + 主席. A role that person-posts lists is not taken apart.
fn posts(lexicons: &Lexicons, role: &str) -> Office {
    let mut chars: Vec<char> = Vec::with_capacity(role.len());
    chars.extend(role.chars().map(|c| lexicons.characters.fold(c)));
    let mut folded = String::with_capacity(role.len());
    folded.extend(&chars);
    // Of a character and of its first byte.
    let (mut at, mut byte) = (0, 0);
    let mut kept = String::with_capacity(folded.len());
    while let Some((len, modifier)) = lexicons.modifiers.at(&chars, at) {
        let listed = || lexicons.posts.contains_key(&folded[byte..]);
        if chars.len() - at - len < 2 || modifier == Modifier::Drop || listed() {
            break;
        }
        let end = byte + chars[at..at + len].iter().map(|c| c.len_utf8()).sum::<usize>();
        if modifier == Modifier::Keep {
            kept.push_str(&folded[byte..end]);
        }
        (at, byte) = (at + len, end);
    }
    let mut modifier = folded[..byte].to_owned();
    let mut base = folded;
    base.drain(..byte);
    kept.push_str(&base);
    // 外交副部长: the modifier stands inside.
    let inside = base.find('副').filter(|&i| i > 0 && i + '副'.len_utf8() < base.len());
    if let Some(i) = inside.filter(|_| !lexicons.posts.contains_key(&base)) {
        base.remove(i);
        modifier.push('副');
    }
    Office { post: kept, base_post: base, modifier, ..Office::default() }
}

/// Place, system and level words of a body.
fn read_body(lexicons: &Lexicons, organization: &str, chars: &[char], origin: Origin) -> Reading {
    if chars.is_empty() {
        return Reading::default();
    }
    let place = lexicons.divisions.start_of(organization, origin);
    let after = place.map_or(0, |f| f.len);
    let (mut system, mut word) = ((u16::MAX, None), (u16::MAX, None));
    let mut at = 0;
    while at < chars.len() {
        let Some((len, body)) = lexicons.bodies.at(chars, at) else {
            at += 1;
            continue;
        };
        let end = at + len;
        let fits = match body.place {
            BodyPlace::Any => true,
            BodyPlace::End => end == chars.len(),
            BodyPlace::Whole => at == 0 && end == chars.len(),
        };
        // The letters of a place say nothing: 镇 in 景德镇市. The last may begin a body: 市委.
        if fits && end > after {
            if body.system.is_some() && body.rank < system.0 {
                system = (body.rank, body.system);
            }
            if body.level.is_some() && body.rank < word.0 && (at >= after) {
                word = (body.rank, body.level);
            }
        }
        at = if fits || body.place == BodyPlace::Any { end } else { at + 1 };
    }
    Reading { place, system: system.1, word: word.1 }
}

fn is_abroad(lexicons: &Lexicons, chars: &[char], body: &Reading) -> bool {
    match lexicons.places.at(chars, 0) {
        Some((_, PlaceKind::Abroad)) => true,
        // 俄外交部; but 白 in 白鹿区 is no Belarus.
        Some((_, PlaceKind::Short)) => {
            body.place.is_none() && lexicons.organizations.at(chars, 1).is_some_and(|b| b.0 > 1)
        }
        _ => false,
    }
}

/// Levels that stand for the place an item is about, and words for the body that speaks.
const PARTIAL: &[char] =
    &['省', '市', '县', '区', '州', '盟', '旗', '乡', '镇', '村', '地', '团', '我', '本', '该', '全'];

/// True if the name alone says which body is meant.
fn is_whole(lexicons: &Lexicons, chars: &[char], body: &Reading, abroad: bool) -> bool {
    let Some(first) = chars.first() else { return false };
    if abroad || body.place.is_some() || body.word == Some(Level::Nation) {
        return true;
    }
    let national = lexicons.places.at(chars, 0).is_some_and(|(len, _)| len > 1) || chars.starts_with(&['全', '国']);
    if national {
        return true;
    }
    if PARTIAL.contains(first) {
        return false;
    }
    // 白鹿县委, 大樟村党支部: a place that no list holds.
    let placed = chars.iter().take(9).skip(2).any(|c| LEVEL_WORDS.contains(c)) && !lexicons.starts_with_body(chars);
    // 人民日报, 兰州大学; firms and schools need more letters to be one of a kind.
    let least = match body.system {
        Some(System::Media) => 3,
        Some(System::Academia) if chars.ends_with(&['大', '学']) => 4,
        Some(System::Enterprise | System::Academia) => 6,
        _ => usize::MAX,
    };
    placed || (chars.len() >= least && !lexicons.starts_with_body(chars))
}
