//! Roles of those who write and photograph, before and after their names, and the outlets they work for.

use std::sync::LazyLock;

use crate::glyphs::Glyph;
use crate::phrases::{contains, ends_with};

/// Most glyphs of a byline.
pub(crate) const LONGEST: usize = 60;

/// Roles that stand before names.
const BEFORE: &[&str] = &[
    "全媒体首席记者",
    "全媒体记者",
    "融媒体记者",
    "首席记者",
    "特约记者",
    "特派记者",
    "特派員",
    "见习记者",
    "實習記者",
    "实习记者",
    "驻京记者",
    "记者",
    "記者",
    "特约通讯员",
    "通讯员",
    "通訊員",
    "通信员",
    "特约撰稿人",
    "撰稿人",
    "撰稿",
    "特约评论员",
    "评论员",
    "評論員",
    "作者",
    "编译",
    "實習生",
    "实习生",
    "摄影记者",
    "摄影师",
    "攝影記者",
    "摄影",
    "攝影",
];

/// Roles that stand after names.
const AFTER: &[&str] = &[
    "摄影报道",
    "攝影報道",
    "图文报道",
    "摄影",
    "攝影",
    "摄制",
    "撰文",
    "供图",
    "供圖",
    "供稿",
    "整理",
    "综合",
    "报道",
    "報道",
    "报导",
    "報導",
    "文图",
    "文圖",
    "图文",
    "圖文",
    "作图",
    "制图",
    "绘图",
    "漫画",
    "书法",
    "专访",
    "專訪",
    "特写",
    "特寫",
    "特稿",
    "摄",
    "攝",
    "文",
    "图",
    "圖",
    "画",
    "畫",
];

/// True if the character closes a role before names, or is held by every such role.
pub(crate) fn in_role(c: char) -> bool {
    matches!(c, '者' | '员' | '員' | '稿' | '译' | '生' | '师' | '影')
}

/// True if the character closes a role after names.
pub(crate) fn closes_role(c: char) -> bool {
    matches!(
        c,
        '道' | '导'
            | '導'
            | '影'
            | '摄'
            | '攝'
            | '制'
            | '文'
            | '图'
            | '圖'
            | '稿'
            | '访'
            | '訪'
            | '写'
            | '寫'
            | '理'
            | '合'
            | '画'
            | '畫'
            | '法'
    )
}

/// Splits off a role that follows its name: how many glyphs stand before it, and the role. 文, 图 and 画 end
/// many given names, so they must stand alone.
pub(crate) fn after_role(text: &[Glyph]) -> Option<(usize, &'static str)> {
    if !text.last().is_some_and(|g| closes_role(g.c)) {
        return None;
    }
    let tail = *AFTER.iter().find(|r| ends_with(text, r))?;
    let chars = tail.chars().count();
    (chars == text.len() || chars > 1 || matches!(tail, "摄" | "攝")).then_some((text.len() - chars, tail))
}

/// A role before names.
struct Role {
    number: u32,
    name: &'static str,
    characters: Vec<char>,
}

/// The roles before names by the kind of their last character.
static BEFORE_ROLES: LazyLock<[Vec<Role>; 8]> = LazyLock::new(|| {
    let mut roles = <[Vec<Role>; 8]>::default();
    for (number, &name) in (0..).zip(BEFORE) {
        if let Some(kind) = name.chars().next_back().and_then(role_end) {
            roles[kind].push(Role { number, name, characters: name.chars().collect() });
        }
    }
    roles
});

/// Which of the last characters of roles before names a character is.
fn role_end(c: char) -> Option<usize> {
    match c {
        '人' => Some(0),
        '者' => Some(1),
        '员' | '員' => Some(2),
        '稿' => Some(3),
        '译' => Some(4),
        '生' => Some(5),
        '师' => Some(6),
        '影' => Some(7),
        _ => None,
    }
}

/// Splits off outlet and role at the start of a word of at most [`LONGEST`] glyphs: the role, and how many
/// glyphs to skip.
pub(crate) fn split_role(text: &[Glyph]) -> (Option<&'static str>, usize) {
    // Roles met further back where they did not fit, one bit each: they are not looked for again.
    let mut met = 0u64;
    for end in (1..=text.len().min(LONGEST)).rev() {
        let Some(kind) = role_end(text[end - 1].c) else { continue };
        let mut longest: Option<(usize, &'static str)> = None;
        for role in &BEFORE_ROLES[kind] {
            let size = role.characters.len();
            let before = || text[..end].iter().rev().zip(role.characters.iter().rev());
            if met >> role.number & 1 == 0 && size <= end && before().all(|(g, c)| g.c == *c) {
                met |= 1 << role.number;
                let fits = end - size <= 2 || is_outlet(&text[..end - size]);
                if fits && longest.is_none_or(|(known, _)| size > known) {
                    longest = Some((size, role.name));
                }
            }
        }
        if let Some((_, role)) = longest {
            return (Some(role), end);
        }
    }
    (None, 0)
}

/// True if a string looks like the name of a paper, agency or station.
pub(crate) fn is_outlet(text: &[Glyph]) -> bool {
    let named =
        |g: &Glyph| matches!(g.c, '报' | '報' | '社' | '台' | '臺' | '网' | '網' | '刊' | '媒' | '电' | '驻' | '本');
    text.len() <= 16 && (text.iter().any(named) || contains(text, "中心"))
}
