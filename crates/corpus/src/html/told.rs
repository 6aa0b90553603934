//! What a page tells of its article beside the text: title, author, source and date, in its head, in the comment of
//! the publishing system, and in the line below the headline.

use std::sync::LazyLock;

use banmian_core::{Issue, calendar_date};
use regex::Regex;

use super::blocks::Block;
use super::tree::{Id, PROPERTY, Tree};
use crate::marked_text::squeezed;

/// What the head of the page, or the comment before a text, tells.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) kicker: String,
    pub(super) title: String,
    pub(super) deck: String,
    pub(super) author: String,
    pub(super) source: String,
    pub(super) keywords: String,
    /// `<title>` as it is.
    page_title: String,
    date: String,
}

impl Told {
    /// What the head of the page tells.
    pub(super) fn by_head(tree: &Tree) -> Told {
        let mut told = Told::default();
        let mut name = String::new();
        let tell = |place: &mut String, value: &str| {
            if place.is_empty() {
                value.trim().clone_into(place);
            }
        };
        for id in 0..tree.nodes.len() {
            let Some(element) = tree.element(id) else { continue };
            match (element.name.as_str(), element.property.as_str()) {
                ("title", _) => tell(&mut name, &tree.all_text(id)),
                ("meta", "og:title" | "twitter:title" | "articletitle" | "headline") => {
                    tell(&mut told.title, &element.content)
                }
                ("meta", "author" | "article:author") => tell(&mut told.author, &element.content),
                ("meta", "source" | "contentsource") => tell(&mut told.source, &element.content),
                ("meta", "keywords") => tell(&mut told.keywords, &element.content),
                (
                    "meta" | "time",
                    "pubdate"
                    | "publishdate"
                    | "publish_date"
                    | "publish-date"
                    | "publishtime"
                    | "publication_date"
                    | "datepublished"
                    | "article:published_time"
                    | "og:release_date"
                    | "weibo:article:create_at"
                    | "date"
                    | "dc.date"
                    | "dc.date.issued",
                ) => tell(&mut told.date, &date(&element.content).unwrap_or_default()),
                _ => {}
            }
        }
        tell(&mut told.title, &name);
        told.page_title = name;
        told.title = without_site(&told.title).to_owned();
        told
    }

    /// What the comment of Founder's publishing system tells that stands before a text, if one does.
    pub(super) fn by_comment(tree: &Tree, before: std::ops::Range<Id>) -> Option<Told> {
        let found = before.rev().filter_map(|id| tree.element(id)).find(|e| e.name == PROPERTY)?;
        // The title is markup, too; in the element of that name it would be none.
        let text = found.content.replace("<title>", "<main>").replace("</title>", "</main>");
        let inner = Tree::parse(&text, 1000).ok()?;
        let of = |name: &str| {
            let id = (0..inner.nodes.len()).find(|&id| inner.element(id).is_some_and(|e| e.name == name));
            id.map_or(String::new(), |id| inner.all_text(id))
        };
        Some(Told {
            kicker: of("introtitle"),
            title: of("main"),
            deck: of("subtitle"),
            author: of("author"),
            keywords: of("keyword"),
            date: date(&of("date")).unwrap_or_default(),
            source: String::new(),
            page_title: String::new(),
        })
    }

    /// This, with what `other` tells where this tells nothing.
    pub(super) fn or(self, other: &Told) -> Told {
        let first = |own: String, other: &String| if own.is_empty() { other.clone() } else { own };
        Told {
            kicker: self.kicker,
            deck: self.deck,
            title: first(self.title, &other.title),
            author: first(self.author, &other.author),
            source: first(self.source, &other.source),
            keywords: first(self.keywords, &other.keywords),
            page_title: first(self.page_title, &other.page_title),
            date: first(self.date, &other.date),
        }
    }

    /// Paper, date and edition, as head, comment and the short lines around the texts tell them.
    pub(super) fn issue<'b>(&self, around: impl Iterator<Item = &'b Block> + Clone) -> Issue {
        let short = || around.clone().filter(|block| block.inked <= 100).map(|block| &*block.text);
        let printed = std::iter::once(&*self.page_title).chain(short()).find_map(|line| PRINTED.captures(line));
        let group = |name| printed.as_ref().and_then(|c| c.name(name)).map(|m| m.as_str());
        let source =
            if self.source.is_empty() { short().find_map(source).unwrap_or_default() } else { self.source.clone() };
        let mut issue = Issue { date: self.date.clone(), ..Issue::default() };
        if let Some(paper) = group("paper") {
            paper.clone_into(&mut issue.paper);
        } else if source.ends_with('报') {
            issue.paper = source.trim_matches(['《', '》']).to_owned();
        }
        // The line of the paper dates the issue; the page may be dated by when it was put on line.
        if let Some(date) =
            group("date").and_then(date).or_else(|| short().find_map(dated).filter(|_| issue.date.is_empty()))
        {
            issue.date = date;
        }
        // Other editions stand in links.
        let unlinked = around.clone().filter(|block| block.inked <= 20 && block.linked == 0);
        let mut editions =
            unlinked.filter_map(|block| EDITION.captures(&block.text).and_then(|c| c.get(1))).map(|m| m.as_str());
        let only = editions.next().filter(|first| editions.all(|other| other == *first));
        issue.edition = group("edition").or(only).unwrap_or_default().trim_start_matches('0').to_owned();
        let others = [("source", &source), ("keywords", &self.keywords)];
        issue.other =
            others.into_iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| (k.to_owned(), v.clone())).collect();
        issue
    }
}

/// A date of the calendar in a text, as `YYYY-MM-DD`.
fn date(text: &str) -> Option<String> {
    let found = DATE.captures(text)?;
    let number = |k: usize| found.get(k).and_then(|m| m.as_str().parse::<u32>().ok());
    calendar_date(number(1)?, number(2)?, number(3)?)
}

/// The date of a line that tells when and whence the text came.
fn dated(line: &str) -> Option<String> {
    date(line).filter(|_| is_about(line))
}

/// The source that a line names: 来源：临江日报.
fn source(line: &str) -> Option<String> {
    SOURCE.captures(line).map(|found| found[1].to_owned())
}

/// The author that a line about the text names: 作者：王小川.
pub(super) fn author(line: &str) -> Option<String> {
    AUTHOR.captures(line).map(|found| found[1].trim().to_owned())
}

/// True for a line that tells of the text (when, whence, how large to show it) and is none of it.
pub(super) fn is_about(line: &str) -> bool {
    if line.len() > 600 {
        return false;
    }
    let ink = squeezed(line);
    let dated = DATE.is_match(line);
    let words = [
        "来源",
        "发布",
        "时间",
        "字号",
        "字体",
        "浏览",
        "点击",
        "阅读",
        "打印",
        "编辑",
        "》",
        "稿源",
        "作者",
        "分享",
        "日期",
        "本报记者",
        "通讯员",
    ];
    let bare = dated && DATE.replace(&ink, "").chars().filter(|c| c.is_alphabetic()).count() <= 6;
    let opens = ["来源", "发布", "字号", "字体", "稿源", "浏览", "点击", "打印", "日期", "时间："];
    ink.chars().count() <= 100
        && !ink.ends_with('。')
        && (bare
            || EDITION.is_match(line)
            || dated && words.iter().any(|w| ink.contains(w))
            || opens.iter().any(|w| ink.starts_with(w)))
}

/// True for the line that names the site's editors: （责编：王小川）.
pub(super) fn is_imprint(line: &str) -> bool {
    let ink = squeezed(line);
    ink.chars().count() <= 60 && IMPRINT.is_match(&ink)
}

/// The title of a page without the name of its site: 春灌开闸_临江日报, 春灌开闸--农业--临江网.
fn without_site(title: &str) -> &str {
    const SITES: &[&str] =
        &["报", "报社", "网", "数字报", "电子报", "电子版", "数字报纸", "在线", "频道", "新闻", "首页"];
    let marks = [" - ", "--", " – ", " — ", "－", "_", "|", "｜"];
    let mut parts = vec![title];
    for mark in marks {
        parts = parts.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    let mut parts = parts.into_iter().map(str::trim).filter(|part| !part.is_empty());
    let first = parts.clone().next().unwrap_or_default();
    parts.find(|part| !SITES.iter().any(|site| part.ends_with(site))).unwrap_or(first)
}

static DATE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"((?:19|20)\d{2})\s*[-/.年]?\s*(\d{1,2})\s*[-/.月]?\s*(\d{1,2})日?"));
/// 《临江日报》（2023年02月03日 第 01 版）
static PRINTED: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"《?(?P<paper>\p{Han}{2,10}报)》?\s*[（(]?\s*(?P<date>\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)(?:\s*星期.)?\s*(?:第\s*(?P<edition>[A-D]?\d{1,3})\s*版)?",
    )
});
/// 第03版：综合
static EDITION: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*第\s*([A-D]?\d{1,3})\s*版(?:$|[\s：:　\u{a0}])"));
static SOURCE: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?:来源|稿源)\s*[：:]\s*《?([^\s《》|，,；;　\u{a0}（(]{2,20})"));
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"(?:作者\s*[：:]|本报记者)[\s　]*(\p{Han}[\p{Han}·、\s]{0,30}?)(?:$|[\s\u{a0}　]{2}|[\s\u{a0}　]*(?:来源|编辑|责编|责任|时间|发布|字号|[|（(\d]))",
    )
});
static IMPRINT: LazyLock<Regex> = LazyLock::new(|| {
    regex(
        r"^(?:[【\[]?纠错[】\]]?)?[（(【\[]?(?:本[文版]|新媒体)?(?:责任编辑|责编|编辑|校对|审核|审校|值班编委|监制|网络编辑)[：:]",
    )
});

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_about_the_text_are_known() {
        for line in [
            "2023-02-03 来源：临江日报 作者：苗青 字号：大 中 小",
            "《临江日报》（2023年02月03日 第 01 版）",
            "2023年2月3日 08:15",
            "来源：临江日报",
            "2023-02-03　本报记者 苗青",
            "第2版：综合新闻",
        ] {
            assert!(is_about(line), "{line}");
        }
        for line in ["2023年2月3日，东干渠开闸放水。", "春灌开闸放水", "三月二日的来源"] {
            assert!(!is_about(line), "{line}");
        }
        assert_eq!(author("2023-02-03 作者：苗青 来源：临江日报").as_deref(), Some("苗青"));
        assert_eq!(author("2023-02-03　本报记者 苗青").as_deref(), Some("苗青"));
        assert_eq!(source("2023-02-03 来源：《临江日报》").as_deref(), Some("临江日报"));
        assert!(
            is_imprint("（责编：袁小川、赵小山）")
                && is_imprint("【纠错】 【责任编辑：袁小川】")
                && !is_imprint("编辑部来信")
        );
    }

    #[test]
    fn the_name_of_the_site_is_no_title() {
        for title in [
            "春灌开闸放水_临江日报",
            "临江日报数字报 - 春灌开闸放水",
            "春灌开闸放水--农业--临江网",
            "春灌开闸放水 - 临江新闻网",
            "春灌开闸放水|要闻",
        ] {
            assert_eq!(without_site(title), "春灌开闸放水");
        }
        assert_eq!(without_site("走进田间——春灌见闻"), "走进田间——春灌见闻");
    }
}
