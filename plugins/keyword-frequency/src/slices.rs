//! Slices of the corpus by metadata: `paper=临江日报; year=2019..2021`.

use banmian_core::{Fault, Located};

use crate::cells::CellKey;
use crate::columns::{Columns, Grouping};

/// Some cells of the corpus.
#[derive(Clone, Debug)]
pub(crate) enum Slice {
    /// All of it.
    All,
    /// The cells that fulfil every condition.
    Where { text: String, conditions: Vec<Condition> },
    /// The cells that are not in another slice.
    Rest(Box<Slice>),
}

/// One column has one of some values.
#[derive(Clone, Debug)]
pub(crate) struct Condition {
    grouping: Grouping,
    values: Vec<(String, String)>,
}

impl Slice {
    /// Reads a slice; columns that it needs are added.
    pub(crate) fn read(setting: &Located<String>, columns: &mut Columns, faults: &mut Vec<Fault>) -> Slice {
        let text = setting.trim();
        if text.is_empty() || text == "all" {
            return Slice::All;
        }
        let mut conditions = Vec::new();
        for part in text.split(';').map(str::trim).filter(|p| !p.is_empty()) {
            let condition = part.split_once('=').and_then(|(name, values)| {
                let values = values.split('|').map(str::trim).map(|value| {
                    value.split_once("..").map_or((value.to_owned(), value.to_owned()), |(a, b)| {
                        (a.trim().to_owned(), b.trim().to_owned())
                    })
                });
                Some(Condition { grouping: columns.grouping(name.trim())?, values: values.collect() })
            });
            match condition {
                Some(condition) => conditions.push(condition),
                None => {
                    let help = "write column=value, as in `paper=临江日报; year=2019..2021`; columns are paper, date, year, month, \
                                edition, place, article and meta.NAME; several values with | between";
                    faults.push(Fault::at(setting, format!("`{part}` is no condition on pages")).help(help));
                }
            }
        }
        Slice::Where { text: text.to_owned(), conditions }
    }

    /// True if the cell lies in it.
    pub(crate) fn holds(&self, key: &CellKey) -> bool {
        match self {
            Slice::All => true,
            Slice::Where { conditions, .. } => conditions.iter().all(|c| c.holds(key)),
            Slice::Rest(other) => !other.holds(key),
        }
    }

    /// As it is told in tables.
    pub(crate) fn name(&self) -> String {
        match self {
            Slice::All => "all".to_owned(),
            Slice::Where { text, .. } => text.clone(),
            Slice::Rest(other) => format!("all but {}", other.name()),
        }
    }
}

impl Condition {
    fn holds(&self, key: &CellKey) -> bool {
        let own = self.grouping.name(key);
        // A range ends with all that begins like its end: 2019..2021 holds 2021-12-31.
        self.values.iter().any(|(from, to)| {
            own.as_str() >= from.as_str() && (own <= *to || own.starts_with(to.as_str()) && from != to)
        })
    }
}
