//! One spelling for one body: 白鹿县委 also for 中共白鹿县委员会.

use std::borrow::Cow;

/// Words for levels inside a name: 县 in 白鹿县委.
pub(crate) const LEVEL_WORDS: &[char] = &['省', '市', '县', '区', '州', '盟', '旗', '乡', '镇', '村'];

/// One name for one body: 中共白鹿县委员会 and 白鹿县委, 政协白鹿县第六届委员会 and 白鹿县政协.
pub(crate) fn normal_body(printed: &str) -> Cow<'_, str> {
    if !printed.starts_with(['中', '政', '人']) {
        return Cow::Borrowed(printed);
    }
    let bare = ["中国共产党", "中共"].iter().find_map(|p| printed.strip_prefix(p)).filter(|b| *b != "中央");
    if let Some(place) = bare.and_then(|b| b.strip_suffix("委员会")).map(without_term)
        && place.ends_with(['省', '市', '县', '区', '州'])
    {
        return Cow::Owned(format!("{place}委"));
    }
    let conference = ["中国人民政治协商会议", "人民政协", "政协"].iter().find_map(|p| printed.strip_prefix(p));
    if let Some(place) = conference.and_then(|c| c.strip_suffix("委员会")).map(without_term).filter(|p| !p.is_empty())
    {
        return Cow::Owned(format!("{place}政协"));
    }
    Cow::Borrowed(bare.filter(|b| !b.starts_with("中央")).unwrap_or(printed))
}

/// 洮阳市政府 for 洮阳市人民政府, and for 洮阳市 or 洮阳 where the post is 市长.
pub(crate) fn with_government(body: &str, base_post: &str) -> String {
    if let Some(place) = body.strip_suffix("人民政府") {
        return format!("{place}政府");
    }
    if body.ends_with("政府") {
        return body.to_owned();
    }
    let level =
        base_post.strip_suffix('长').filter(|l| matches!(*l, "省" | "市" | "县" | "区" | "州" | "旗" | "乡" | "镇"));
    match level {
        Some(level) if body.ends_with(level) => format!("{body}政府"),
        // 白鹿县长: the post holds the level.
        Some(level) if !body.is_empty() && !body.ends_with(LEVEL_WORDS) => format!("{body}{level}政府"),
        _ => body.to_owned(),
    }
}

/// 洮阳市 of 洮阳市第六届.
fn without_term(place: &str) -> &str {
    place.strip_suffix('届').and_then(|p| p.rfind('第').map(|at| &p[..at])).unwrap_or(place)
}

#[cfg(test)]
mod tests {
    use super::normal_body;

    #[test]
    fn one_name_for_one_body() {
        for (printed, normal) in [
            ("中共白鹿县委", "白鹿县委"),
            ("中共白鹿县委员会", "白鹿县委"),
            ("政协白鹿县委员会", "白鹿县政协"),
            ("政协白鹿县第六届委员会", "白鹿县政协"),
            ("白鹿县政协", "白鹿县政协"),
            ("中共中央", "中共中央"),
            ("政协", "政协"),
        ] {
            assert_eq!(normal_body(printed), normal);
        }
    }
}
