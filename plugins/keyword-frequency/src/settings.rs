//! What the suite may say.

use banmian_core::{Located, schemars::JsonSchema};
use serde::{Deserialize, Serialize};

/// Settings of `keyword-frequency`.
#[derive(Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Settings {
    /// Parts of speech to count, in jieba's tag set. A tag also means the tags that begin with it:
    /// `n` counts `nr` (persons), `ns` (places) and `nt` (organizations), too.
    pub parts_of_speech: Vec<Located<String>>,
    /// Fewest characters of a word.
    pub min_length: Located<u32>,
    /// Words that are not counted: files with one word a line, `#` for comments.
    pub stop_words: Vec<Located<String>>,
    /// Phrases that are kept whole however words are cut, tagged `l`: files with one phrase a line, `#` for comments.
    pub phrases: Vec<Located<String>>,
    /// The parts of the page to read. Empty: all.
    pub scope: Vec<Scope>,
    /// Fewest occurrences in the corpus for a word to have a row.
    pub min_count: Located<u32>,
    /// The parts of the corpus over which dispersion is measured: `issue` (paper and date), `month`, `year`,
    /// `paper`, `edition`, `place` (that of the dateline), `article`, or `meta.NAME` for any other column of the
    /// pages' metadata. Pages without a date share 100 parts by hash.
    pub part: Located<String>,
    /// What `keyness` compares with: `general` (the frequencies of jieba's dictionary), `rest` (all pages outside
    /// `target`), a slice of the corpus such as `year=2016..2018`, or a file: `words.csv` or `words.jsonl` of another run,
    /// or a list with a word and its count on each line. Empty: no such table.
    pub reference: Located<String>,
    /// The pages whose words `keyness` tells, as a slice such as `paper=临江日报; year=2019..2021`: conditions that
    /// must all hold, several values with `|` between, a range with `..`. Columns are paper, date, year, month, edition, place,
    /// article and `meta.NAME` for any other column of the pages' metadata. Empty: all.
    pub target: Located<String>,
    /// Tokens of the corpus that a reference file was counted in; 0: by its column per_10k, or the sum of its counts.
    pub reference_tokens: u64,
    /// Articles of that corpus, for comparison by articles; 0: none.
    pub reference_articles: u64,
    /// Two slices that the table `comparison` compares. Empty: no such table.
    pub compare: Vec<Located<String>>,
    /// Fewest occurrences for a word to be compared, in target and reference together (in the target, if the reference
    /// is a file or `general`).
    pub keyness_min_count: Located<u32>,
    /// Words of special interest: their collocations and trends, and the table `nodes`, which tells beside the words cut out
    /// also how often their characters stand anywhere. Empty: none of that table, and all words for the others.
    pub nodes: Vec<Located<String>>,
    /// Write the table `collocations`: words near the nodes, or near each counted word if there are none (costs memory, see
    /// `banmian check`).
    pub collocations: bool,
    /// Words to either side of a node that are near it, in its sentence; 0: the whole sentence.
    pub window: Located<u32>,
    /// Fewest occurrences of a pair.
    pub collocation_min_count: u32,
    /// Lengths of the runs of words to count in the table `ngrams`, such as [2, 3]; marks end a run. Costs memory.
    pub ngrams: Vec<Located<u32>>,
    /// Lengths of the runs of characters to count there.
    pub character_ngrams: Vec<Located<u32>>,
    /// Fewest occurrences of an n-gram.
    pub ngram_min_count: u32,
    /// Fewest parts of the corpus (see `part`) that an n-gram must occur in.
    pub ngram_min_range: u32,
    /// Periods of the tables `trends` and `trend_tests`: `month` or `year`. Empty: no such tables.
    pub trends: Located<String>,
    /// Fewest occurrences of a word there, if no nodes are named.
    pub trend_min_count: u32,
    /// Words to name for each article in the table `article_keywords`, by TextRank; 0: no such table.
    pub article_keywords: u32,
    /// The list of words in the forms of other programs, as files beside the tables.
    pub exports: Vec<Export>,
    /// Count a word that jieba's dictionary lacks, and that nearly always stands beside the same neighbour, for the longer
    /// word that both make: 邹广平 for 广平. Not with `phrases`. If false, words are told as they are cut.
    pub join_parts: bool,
    /// Count letters of either case as one: GDP and gdp are both gdp.
    pub fold_case: bool,
    /// Count Latin letters and digits of either width as one, the narrow one.
    pub fold_width: bool,
    /// Count every number written in digits as the word `#`; its part of speech is `m`.
    pub fold_numbers: bool,
}

/// A form of a list of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Export {
    /// `antconc_words.txt`: rank, frequency and word, as AntConc writes and reads it.
    Antconc,
    /// `sketch_engine_words.tsv`: word, frequency and articles.
    SketchEngine,
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Everything but bylines and furniture; the same as an empty list.
    All,
    /// Kickers, main headlines and decks.
    Headline,
    /// Kickers (引题) alone.
    Kicker,
    /// Main headlines (主题) alone.
    Main,
    /// Decks (副题) alone.
    Deck,
    /// Section headings (小标题).
    SectionHeading,
    /// Paragraphs.
    Body,
    /// Texts of pictures.
    Caption,
    /// Text that no article could be found for.
    Unattached,
}

impl Default for Settings {
    fn default() -> Self {
        let located = |names: &[&str]| names.iter().map(|n| (*n).to_owned().into()).collect();
        Settings {
            parts_of_speech: located(&["n", "v", "a", "i", "l", "j", "eng"]),
            min_length: 2.into(),
            stop_words: located(&["builtin:stop-words"]),
            phrases: Vec::new(),
            scope: Vec::new(),
            min_count: 1.into(),
            part: "issue".to_owned().into(),
            reference: String::new().into(),
            target: String::new().into(),
            reference_tokens: 0,
            reference_articles: 0,
            compare: Vec::new(),
            keyness_min_count: 3.into(),
            nodes: Vec::new(),
            collocations: false,
            window: 5.into(),
            collocation_min_count: 3,
            ngrams: Vec::new(),
            character_ngrams: Vec::new(),
            ngram_min_count: 3,
            ngram_min_range: 2,
            trends: String::new().into(),
            trend_min_count: 20,
            article_keywords: 0,
            exports: Vec::new(),
            join_parts: true,
            fold_case: false,
            fold_width: true,
            fold_numbers: false,
        }
    }
}
