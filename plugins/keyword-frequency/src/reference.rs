//! What a corpus is compared with from outside: another run's table, a frequency list, jieba's dictionary.

use banmian_core::{Fault, FaultPlace, Resource};
use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use jieba_rs::Jieba;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// Counts of words elsewhere.
pub(crate) enum Outside {
    /// Counts from a file.
    Counts(Box<FileCounts>),
    /// The frequencies of jieba's dictionary, which knows simplified characters alone, and what makes such of
    /// traditional ones.
    Dictionary(Box<(Jieba, OpenCC)>),
}

/// Counts of a file.
pub(crate) struct FileCounts {
    pub(crate) name: String,
    words: FxHashMap<String, (u64, Option<u64>)>,
    pub(crate) tokens: u64,
    /// Articles, if they are told.
    pub(crate) articles: Option<u64>,
}

/// The sum of the frequencies of jieba's dictionary (version 0.11 of jieba-rs): what its counts are out of.
const DICTIONARY_TOKENS: u64 = 60_101_964;

impl Outside {
    /// The dictionary of jieba.
    pub(crate) fn dictionary() -> Self {
        let converter = OpenCC::from_config(BuiltinConfig::T2s).expect("the dictionaries ship with the library");
        Outside::Dictionary(Box::new((Jieba::new(), converter)))
    }

    /// Occurrences of a word, and the articles with it if they are known. jieba tells of a word the
    /// frequency that keeps it whole, which is that of its dictionary but for words that it would cut.
    pub(crate) fn count(&self, word: &str) -> (u64, Option<u64>) {
        match self {
            Outside::Counts(file) => file.words.get(word).copied().unwrap_or((0, file.articles.map(|_| 0))),
            Outside::Dictionary(tools) => {
                let (jieba, converter) = &**tools;
                let frequency = |word: &str| jieba.has_word(word).then(|| jieba.suggest_freq(word) as u64);
                (frequency(word).or_else(|| frequency(&converter.convert(word))).unwrap_or(0), None)
            }
        }
    }

    /// True if numbers may be told as one word.
    pub(crate) fn counts_numbers(&self) -> bool {
        matches!(self, Outside::Counts(_))
    }

    /// The words of a file that has its own, with their counts.
    pub(crate) fn words(&self) -> Vec<(&str, u64, Option<u64>)> {
        let Outside::Counts(file) = self else { return Vec::new() };
        let mut words: Vec<_> =
            file.words.iter().map(|(word, &(count, articles))| (word.as_str(), count, articles)).collect();
        words.sort_unstable();
        words
    }

    pub(crate) fn tokens(&self) -> u64 {
        match self {
            Outside::Counts(file) => file.tokens,
            Outside::Dictionary(_) => DICTIONARY_TOKENS,
        }
    }

    pub(crate) fn articles(&self) -> Option<u64> {
        match self {
            Outside::Counts(file) => file.articles,
            Outside::Dictionary(_) => None,
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Outside::Counts(file) => &file.name,
            Outside::Dictionary(_) => "general frequencies of jieba's dictionary",
        }
    }
}

/// A row of a table of words: `words` of another run, or any table with these columns.
#[derive(Deserialize)]
struct Row {
    word: String,
    count: u64,
    #[serde(default)]
    articles: Option<u64>,
    #[serde(default)]
    per_10k: Option<f64>,
}

/// The greatest count that is read, and that all may add up to: up to here whole numbers are exact as `f64`.
const MOST: u64 = 1 << 53;

impl Row {
    /// The row, if its numbers can be reckoned with.
    fn checked(self) -> Result<Row, String> {
        let great = self.count.max(self.articles.unwrap_or(0));
        if great > MOST {
            Err(format!("{great} is more than {MOST}, the greatest count that is read"))
        } else {
            Ok(self)
        }
    }
}

impl FileCounts {
    /// Reads `words.csv` or `words.jsonl` of another run, or a list: a word and its count on a line, with tab or
    /// space between. `tokens` and `articles` are the sizes of the corpus it was counted in; where they are not
    /// told, tokens are taken from the rates, or as the sum of the counts. Every wrong line is a fault.
    pub(crate) fn read(resource: &Resource, tokens: Option<u64>, articles: Option<u64>) -> Result<Self, Vec<Fault>> {
        let mut faults = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        let ends_with = |ending| resource.name.ends_with(ending);
        let mut start = 0;
        let mut fault = |range: std::ops::Range<usize>, message: String| {
            let place = FaultPlace::File { name: resource.name.clone(), text: resource.text.clone(), range };
            let help =
                "write a word and its count, with a tab between, or name a table with the columns word and count";
            faults.push(Fault { message, help: Some(help.to_owned()), place });
        };
        if ends_with(".csv") {
            let text = resource.text.trim_start_matches('\u{feff}');
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            for (row, number) in reader.deserialize::<Row>().zip(2..) {
                match row.map_err(|e| e.to_string()).and_then(Row::checked) {
                    Ok(row) => rows.push(row),
                    Err(e) => fault(0..0, format!("row {number} cannot be read: {e}")),
                }
            }
        } else {
            let json = ends_with(".jsonl") || ends_with(".ndjson");
            for line in resource.text.split_inclusive('\n') {
                let content = line.trim_start_matches('\u{feff}').trim();
                let range = start..start + line.trim_end().len();
                start += line.len();
                if content.is_empty() || (content.starts_with('#') && !json) {
                    continue;
                }
                let row = if json { serde_json::from_str(content).ok() } else { listed(content) };
                match row.ok_or_else(|| "no word with a count stands on this line".to_owned()).and_then(Row::checked) {
                    Ok(row) => rows.push(row),
                    Err(message) => fault(range, message),
                }
            }
        }
        let sum = rows.iter().map(|r| r.count).fold(0, u64::saturating_add);
        if sum > MOST {
            fault(0..0, format!("its counts add up to more than {MOST}"));
        }
        if !faults.is_empty() {
            // One is enough where a whole file is of another kind.
            faults.truncate(10);
            return Err(faults);
        }
        // The most frequent word has the rate with the most digits.
        let rated = rows.iter().filter_map(|r| Some((r.count, r.per_10k.filter(|&rate| rate > 0.0)?)));
        let by_rate = rated
            .max_by_key(|r| r.0)
            .map(|(count, rate)| (count as f64 * 10_000.0 / rate).round().min(MOST as f64) as u64);
        let mut words: FxHashMap<String, (u64, Option<u64>)> = FxHashMap::default();
        for row in rows {
            let known = words.entry(row.word).or_default();
            known.0 += row.count;
            known.1 = articles.map(|all| (known.1.unwrap_or(0) + row.articles.unwrap_or(0)).min(all));
        }
        let tokens = tokens.or(by_rate).unwrap_or(sum).max(sum);
        Ok(FileCounts { name: resource.name.clone(), words, tokens, articles })
    }
}

/// A word and its count, in either order, and perhaps a rank before them (as AntConc writes).
fn listed(line: &str) -> Option<Row> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let number = |i: usize| fields.get(i).and_then(|f: &&str| f.parse().ok());
    let row = |word: &str, count: u64| Some(Row { word: word.to_owned(), count, articles: None, per_10k: None });
    match (number(0), number(1)) {
        (_, Some(count)) if number(0).is_none() => row(fields[0], count),
        (Some(_), Some(count)) if fields.len() > 2 => row(fields[2], count),
        (Some(count), None) if fields.len() > 1 => row(fields[1], count),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use banmian_core::Resource;

    use super::FileCounts;

    fn faults(name: &str, text: &str) -> Vec<String> {
        let resource = Resource { name: name.to_owned(), text: Arc::from(text) };
        FileCounts::read(&resource, None, None).map_or_else(|f| f.into_iter().map(|f| f.message).collect(), |_| vec![])
    }

    #[test]
    fn counts_that_cannot_be_reckoned_with_are_faults() {
        let great = "18446744073709551615";
        let refused = format!("{great} is more than 9007199254740992, the greatest count that is read");
        assert_eq!(faults("list.tsv", &format!("会议\t12\n政协\t{great}\n")), std::slice::from_ref(&refused));
        let csv = format!("word,count,articles\n会议,12,{great}\n");
        assert_eq!(faults("words.csv", &csv), [format!("row 2 cannot be read: {refused}")]);
        let sum = "会议\t9007199254740992\n政协\t1\n";
        assert_eq!(faults("list.tsv", sum), ["its counts add up to more than 9007199254740992"]);
        assert_eq!(faults("list.tsv", "会议\t12\n政协\t3\n"), [""; 0]);
    }
}
