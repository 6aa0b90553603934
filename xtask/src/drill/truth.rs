//! The truth of a page, as it stands beside the page in a file of JSON.
//!
//! An article of the truth has the fields that `banmian pages --format jsonl` gives an article, so
//! the answer of the layout is held in the same form: an answer that is perfect is the truth itself.
//! The form is told for writers of pages in `tests/drill/README.md`.

use anyhow::{Context, Result, ensure};
use banmian_core::ArticleKind;

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// What is true of a page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PageTruth {
    /// Name of the page: the stem of both of its files.
    pub(super) page: String,
    /// Whose words these are, and which kind of paper they imitate.
    #[serde(default)]
    pub(super) source: String,
    /// What its text layer is like.
    #[serde(default)]
    pub(super) layer: String,
    /// Text that may stand in a body or not, and is not counted: bylines on lines of their own,
    /// captions, tables, boxes.
    #[serde(default)]
    pub(super) neutral: Vec<String>,
    /// Its articles, in the order of their bodies.
    pub(super) articles: Vec<Article>,
    // Truth about other things, or said already by the name of the file: known, so that a misspelt
    // field is still refused, and not read.
    #[serde(default, rename = "constructed")]
    pub(super) _constructed: IgnoredAny,
    #[serde(default, rename = "paper")]
    pub(super) _paper: IgnoredAny,
    #[serde(default, rename = "date")]
    pub(super) _date: IgnoredAny,
    #[serde(default, rename = "persons")]
    pub(super) _persons: IgnoredAny,
    #[serde(default, rename = "not_persons")]
    pub(super) _not_persons: IgnoredAny,
    #[serde(default, rename = "slogans")]
    pub(super) _slogans: IgnoredAny,
}

/// An article, true or given in answer. Fields that only the truth has are empty in an answer.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Article {
    /// Its headline group.
    pub(crate) headline: Headline,
    /// Other readings of the group that are as good (truth alone).
    #[serde(default)]
    pub(crate) alt_headlines: Vec<Headline>,
    /// Who wrote or photographed it.
    #[serde(default)]
    pub(crate) byline: Vec<Byline>,
    /// Dateline (电头) as printed, without brackets, or empty.
    #[serde(default)]
    pub(crate) dateline: String,
    /// Other readings of the dateline that are as good (truth alone).
    #[serde(default)]
    pub(crate) alt_datelines: Vec<String>,
    /// Its genre, where known.
    pub(crate) kind: Option<ArticleKind>,
    /// Its section headings once more, for readers (truth alone).
    #[serde(default)]
    pub(crate) sections: Vec<String>,
    /// A remark for readers (truth alone).
    #[serde(default)]
    pub(crate) note: String,
    /// Paragraphs and section headings, in order.
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// A headline group; what is not printed is empty.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Headline {
    /// 引题
    #[serde(default)]
    pub(crate) kicker: String,
    /// 主题
    pub(crate) main: String,
    /// 副题
    #[serde(default)]
    pub(crate) deck: String,
}

/// One name of a byline.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Byline {
    /// As printed: 记者, 通讯员.
    #[serde(default)]
    pub(crate) role: String,
    /// The name, closed up.
    pub(crate) name: String,
}

/// A paragraph or a section heading.
#[derive(Clone, Debug, Default, Deserialize, Serialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paragraph {
    /// Its clean text.
    pub(crate) text: String,
    /// True for a section heading (小标题).
    #[serde(default)]
    pub(crate) heading: bool,
}

impl PageTruth {
    /// Reads the truth of the page `stem`.
    pub(super) fn read(stem: &str, json: &str) -> Result<PageTruth> {
        let truth: PageTruth = serde_json::from_str(json).with_context(|| format!("{stem}.json"))?;
        ensure!(truth.page == stem, "{stem}.json: it is the truth of a page `{}`", truth.page);
        for (n, article) in (1..).zip(&truth.articles) {
            let headings = article.paragraphs.iter().filter(|p| p.heading).map(|p| &p.text);
            ensure!(headings.eq(&article.sections), "{stem}.json: `sections` of article {n} are not its headings");
        }
        Ok(truth)
    }
}
