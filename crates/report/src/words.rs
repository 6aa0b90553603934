//! The report's own texts in English and Chinese.

/// A text in both languages.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    pub(crate) en: &'static str,
    pub(crate) zh: &'static str,
}

const fn words(en: &'static str, zh: &'static str) -> Words {
    Words { en, zh }
}

pub(crate) const SAMPLE: Words = words(
    "This is the sample corpus that comes with the program: pages of two invented newspapers, all persons invented.",
    "这是程序自带的样本语料：两份虚构报纸的版面，人物均为虚构。",
);
pub(crate) const PAGES: Words = words("pages", "版面");
pub(crate) const ARTICLES: Words = words("articles", "稿件");
pub(crate) const CHARACTERS: Words = words("characters", "字");
pub(crate) const FAILURES: Words = words("failures", "失败");
pub(crate) const SKIPPED: Words = words("files of other kinds were passed over.", "个其他类型的文件被略过。");
pub(crate) const FAILED: Words = words("This analyzer failed and has no tables:", "该分析器出错，没有结果表：");
pub(crate) const ROWS_SHOWN: Words = words("rows shown; all of them are in", "行（已显示／总数），全部见");
pub(crate) const NO_ROWS: Words = words("No rows.", "无数据。");
pub(crate) const PROVENANCE: Words = words("How this was made", "来源与设置");
pub(crate) const PROVENANCE_DOC: Words = words(
    "Program version, suite with all settings, hashes of corpus and lexicons: the same corpus and suite give the same bytes.",
    "程序版本、全部设置、语料与词表的散列值：同样的语料和设置得到逐字节相同的结果。",
);

/// The title of one of the engine's own tables.
pub(crate) fn table(name: &str) -> Words {
    match name {
        "pages" => words("Pages", "版面"),
        "articles" => words("Articles", "稿件"),
        _ => words("Failures", "失败"),
    }
}
