//! The metadata that cells differ by, and the parts of the corpus that cells make up.

use banmian_core::{Fault, Page};

use crate::cells::CellKey;
use crate::settings::Settings;

/// Columns of metadata, those of cell keys first of all.
#[derive(Clone, Debug)]
pub(crate) struct Columns {
    columns: Vec<Column>,
    part: Grouping,
}

/// One value of a cell's key.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Paper,
    /// The date, or for pages without one a number by hash, behind `#`.
    Date,
    Edition,
    Place,
    Article,
    /// A column of metadata by its name.
    Other(String),
}

/// What the cells of a group have in common.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Grouping {
    /// Paper and date.
    Issue,
    /// So many first characters of the date: 4 of the year, 7 of the month.
    Date(usize),
    /// The values of one or two columns of the key.
    Columns(Vec<usize>),
}

/// Pages without a date are dealt out to so many parts.
const UNDATED_PARTS: u64 = 100;

impl Columns {
    /// The columns that the settings need.
    pub(crate) fn new(settings: &Settings, faults: &mut Vec<Fault>) -> Self {
        let mut columns = Columns { columns: vec![Column::Paper, Column::Date], part: Grouping::Issue };
        match columns.grouping(&settings.part) {
            Some(grouping) => columns.part = grouping,
            None => {
                let message = format!("`{}` is no part of a corpus", *settings.part);
                let help = "use issue, month, year, paper, edition, place, article or meta.NAME";
                faults.push(Fault::at(&settings.part, message).help(help));
            }
        }
        columns
    }

    /// The grouping by a name of the settings; what it needs becomes a column.
    pub(crate) fn grouping(&mut self, name: &str) -> Option<Grouping> {
        let column = match name {
            "issue" => return Some(Grouping::Issue),
            "month" => return Some(Grouping::Date(7)),
            "year" => return Some(Grouping::Date(4)),
            "paper" => Column::Paper,
            "date" => Column::Date,
            "edition" => Column::Edition,
            "place" => Column::Place,
            "article" => Column::Article,
            other => match other.strip_prefix("meta.") {
                Some(name) if !name.is_empty() => Column::Other(name.to_owned()),
                _ => return None,
            },
        };
        let index = self.columns.iter().position(|c| *c == column).unwrap_or_else(|| {
            self.columns.push(column);
            self.columns.len() - 1
        });
        Some(Grouping::Columns(vec![index]))
    }

    /// True if the articles of a page may lie in different cells.
    pub(crate) fn by_article(&self) -> bool {
        self.columns.iter().any(|c| matches!(c, Column::Place | Column::Article))
    }

    /// The key of the page's cell, or of that of one of its articles.
    pub(crate) fn key(&self, page: &Page, article: Option<u32>) -> CellKey {
        let value = |column: &Column| match column {
            Column::Paper => page.issue.paper.as_str().into(),
            Column::Date if page.issue.date.is_empty() => format!("#{:02}", hash(&page.id) % UNDATED_PARTS).into(),
            Column::Date => page.issue.date.as_str().into(),
            Column::Edition => page.issue.edition.as_str().into(),
            Column::Place => {
                let dateline = article.and_then(|a| page.articles[a as usize].dateline);
                dateline.map_or("", |range| place_of(page.slice(range))).into()
            }
            Column::Other(name) => page.issue.other.get(name).map_or("", String::as_str).into(),
            Column::Article => article.map_or_else(|| page.id.clone(), |a| format!("{}\t{a}", page.id)).into(),
        };
        self.columns.iter().map(value).collect()
    }

    /// The name of the part that a cell belongs to.
    pub(crate) fn part(&self, key: &CellKey) -> String {
        self.part.name(key)
    }

    /// The paper of a cell, or nothing.
    pub(crate) fn paper<'k>(&self, key: &'k CellKey) -> &'k str {
        &key[0]
    }
}

impl Grouping {
    /// The name of the group that a cell belongs to.
    pub(crate) fn name(&self, key: &CellKey) -> String {
        match self {
            Grouping::Issue => format!("{} {}", key[0], key[1]),
            Grouping::Date(length) => key[1].get(..*length).unwrap_or(&key[1]).to_owned(),
            Grouping::Columns(columns) => columns.iter().map(|&c| &*key[c]).collect::<Vec<_>>().join(" "),
        }
    }
}

/// The place of a dateline: of 本报嘉峪关讯 or 新华社北京1月29日电 what stands between the name of paper or
/// agency and date or last character.
fn place_of(dateline: &str) -> &str {
    let own = ["本报", "本刊", "本网"].iter().find_map(|p| dateline.strip_prefix(p));
    let behind = own.or_else(|| dateline.split_once('社').map(|(_, behind)| behind)).unwrap_or(dateline);
    let end =
        behind.find(|c: char| c.is_ascii_digit() || matches!(c, '讯' | '电' | '０'..='９')).unwrap_or(behind.len());
    behind[..end].trim()
}

/// A hash that stays the same from version to version (FNV-1a, 64 bits).
pub(crate) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}

#[cfg(test)]
mod tests {
    use super::place_of;

    #[test]
    fn the_place_of_a_dateline() {
        for (dateline, place) in
            [("本报嘉峪关讯", "嘉峪关"), ("新华社北京1月29日电", "北京"), ("本报讯", ""), ("据新华社兰州电", "兰州")]
        {
            assert_eq!(place_of(dateline), place);
        }
    }
}
