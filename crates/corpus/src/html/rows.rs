//! Rows of tables that hold figures and names, not the parts of a page.
//!
//! Old sites lay out whole pages by tables. A row of data has several cells of a few words each, no table, picture or
//! heading inside, and few links.

use super::tree::{Id, Kind, Tree};

/// Most characters of a cell of data.
const CELL: usize = 40;

/// Rows of data: where each begins and ends.
pub(super) struct Rows(Vec<(Id, Id)>);

impl Rows {
    pub(super) fn of(tree: &Tree) -> Rows {
        let is_row = |id: &Id| tree.element(*id).is_some_and(|e| e.name == "tr") && is_data(tree, *id);
        Rows((0..tree.nodes.len()).filter(is_row).map(|id| (id, tree.nodes[id].end)).collect())
    }

    /// True for what stands inside such a row.
    pub(super) fn has_inside(&self, id: Id) -> bool {
        let before = self.0.partition_point(|row| row.0 < id);
        before.checked_sub(1).is_some_and(|row| id < self.0[row].1)
    }
}

fn is_data(tree: &Tree, row: Id) -> bool {
    let mut cells: Vec<(usize, usize)> = Vec::new();
    let mut link_ends = row;
    for id in row + 1..tree.nodes.len().min(tree.nodes[row].end) {
        match &tree.nodes[id].kind {
            Kind::Element(element) => match element.name.as_str() {
                "td" | "th" => cells.push((0, 0)),
                "a" => link_ends = tree.nodes[id].end,
                "table" | "tr" | "img" | "picture" | "br" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return false,
                _ => {}
            },
            Kind::Text(_) => {
                let Some(cell) = cells.last_mut() else { continue };
                let inked = tree.text(id).chars().filter(|c| !c.is_whitespace()).count();
                cell.0 += inked;
                cell.1 += if id < link_ends { inked } else { 0 };
            }
        }
        if cells.last().is_some_and(|cell| cell.0 > CELL) {
            return false;
        }
    }
    let (inked, linked) = cells.iter().fold((0, 0), |sum, cell| (sum.0 + cell.0, sum.1 + cell.1));
    cells.iter().filter(|cell| cell.0 > 0).count() >= 2 && 2 * linked < inked
}
