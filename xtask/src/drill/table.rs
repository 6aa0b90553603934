//! The figures as a table for the terminal and as JSON.

use serde_json::{Map, Value as Json, json};
use unicode_width::UnicodeWidthStr as _;

use super::counts::{Counts, MEASURES, Measure};

/// A group and its pages, measured.
pub(super) struct Measured {
    pub(super) name: String,
    pub(super) pages: Vec<(String, Counts)>,
}

impl Measured {
    /// The counts of all its pages.
    pub(super) fn together(&self) -> Counts {
        self.pages.iter().map(|&(_, counts)| counts).sum()
    }
}

/// The label of the last line.
const ALL: &str = "all";

/// A line a page, a line a group, and one for all.
pub(super) fn text(groups: &[Measured]) -> String {
    let labels = groups.iter().flat_map(|g| g.pages.iter().map(|(stem, _)| stem.width() + 2));
    let width = labels.chain([20]).max().unwrap_or_default();
    let mut text = row("", width, |measure| measure.head.to_owned());
    let mut line = |label: &str, counts: &Counts| {
        text.push_str(&row(label, width, |measure| {
            (measure.of)(counts).map_or("–".to_owned(), |figure| format!("{figure:.3}"))
        }));
    };
    for group in groups {
        for (stem, counts) in &group.pages {
            line(&format!("  {stem}"), counts);
        }
        line(&format!("{}, {}", group.name, pages(group.pages.len())), &group.together());
    }
    if groups.len() > 1 {
        let n = groups.iter().map(|g| g.pages.len()).sum();
        line(&format!("{ALL}, {}", pages(n)), &groups.iter().map(Measured::together).sum());
    }
    text
}

/// A label and a cell for each figure, under the heads of the columns.
fn row(label: &str, width: usize, cell: impl Fn(&Measure) -> String) -> String {
    let mut row = format!("{label}{}", " ".repeat(width.saturating_sub(label.width())));
    for measure in &MEASURES {
        // Room for a figure of three decimals, whatever the head.
        row.push_str(&format!("  {:>w$}", cell(measure), w = measure.head.len().max(5)));
    }
    row.push('\n');
    row
}

fn pages(n: usize) -> String {
    if n == 1 { "1 page".to_owned() } else { format!("{n} pages") }
}

/// The same as one object: pages, groups and all.
pub(super) fn json(groups: &[Measured]) -> Json {
    let pages = groups.iter().flat_map(|group| {
        group
            .pages
            .iter()
            .map(|(stem, counts)| json!({ "page": stem, "group": group.name, "figures": figures(counts) }))
    });
    let by_group: Map<String, Json> = groups.iter().map(|g| (g.name.clone(), figures(&g.together()))).collect();
    let all = groups.iter().map(Measured::together).sum();
    json!({ "pages": pages.collect::<Vec<_>>(), "groups": by_group, ALL: figures(&all) })
}

/// All figures by name, to four decimals; null where there is nothing to tell of.
fn figures(counts: &Counts) -> Json {
    let round = |figure: f64| (figure * 1e4).round() / 1e4;
    MEASURES.iter().map(|m| (m.name.to_owned(), json!((m.of)(counts).map(round)))).collect::<Map<_, _>>().into()
}

#[cfg(test)]
mod tests {
    use super::super::counts::Share;
    use super::*;

    #[test]
    fn columns_stand_under_their_names() {
        let counts = Counts { mains: Share { part: 1, whole: 2 }, ..Counts::default() };
        let group = |name: &str, page: &str| Measured { name: name.to_owned(), pages: vec![(page.to_owned(), counts)] };
        let groups = [group("one", "a"), group("two", "临江日报")];
        let told = text(&groups);
        // Measured in columns of the terminal, where a character of Chinese takes two.
        let ends = |line: &str, cell: &str| line.find(cell).map(|at| line[..at + cell.len()].width());
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(lines.len(), 6, "{told}");
        assert!(lines[1..].iter().all(|l| ends(l, "0.500") == ends(lines[0], "main")), "{told}");
        assert!(lines[2].starts_with("one, 1 page ") && lines[5].starts_with("all, 2 pages "), "{told}");
        let json = json(&groups);
        assert_eq!(json["pages"][1]["page"], "临江日报");
        assert_eq!(json["all"]["main_exact"], 0.5);
        assert!(json["groups"]["two"]["cer"].is_null());
    }
}
