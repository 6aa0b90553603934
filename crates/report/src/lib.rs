//! The HTML report: one file that opens offline, made from what a run came to.
//!
//! It shows the first rows of every table, each with its meaning, says what failed, and switches
//! between English and Chinese. It states nothing that the tables do not hold.

mod html;
mod words;

use std::borrow::Cow;

use banmian_core::{Cell, Cells, ColumnType, TableSchema};
use banmian_engine::run::{AnalyzerDigest, Digest, TableDigest};

use html::{Html, escape};

/// The first columns of evidence that say what was found: person, role, organization.
const FOUND_COLUMNS: usize = 3;

/// Rows of a table of evidence that are shown; of other tables all that the digest holds.
const EVIDENCE_ROWS: usize = 60;

/// The report of a run as HTML.
pub fn html(digest: &Digest) -> String {
    let mut page = Html::default();
    page.raw(include_str!("head.html"));
    page.raw(&format!("<style>{}</style></head><body>", include_str!("report.css")));
    header(&mut page, digest);
    overview(&mut page, digest);
    for analyzer in &digest.analyzers {
        analyzer_section(&mut page, analyzer);
    }
    for table in &digest.tables {
        if table.schema.name != "failures" || table.n_rows > 0 {
            page.raw(&format!("<section id=\"{0}\">", table.schema.name));
            page.tag("h2", &[], words::table(table.schema.name));
            table_block(&mut page, table, "");
            page.raw("</section>");
        }
    }
    provenance(&mut page, digest);
    page.raw(&format!("<script>{}</script></body></html>\n", include_str!("report.js")));
    page.finish()
}

fn header(page: &mut Html, digest: &Digest) {
    page.raw("<header><h1>Banmian <span>版面</span></h1>");
    page.raw("<button id=\"language\" type=\"button\" lang=\"zh\">中文</button><nav>");
    for analyzer in &digest.analyzers {
        page.raw(&format!("<a href=\"#{0}\">{0}</a>", escape(&analyzer.name)));
    }
    for table in digest.tables.iter().filter(|t| t.n_rows > 0) {
        page.raw(&format!("<a href=\"#{}\">", table.schema.name));
        page.words(words::table(table.schema.name));
        page.raw("</a>");
    }
    page.raw("</nav></header><main>");
    if digest.sample {
        page.tag("p", &[("class", "sample")], words::SAMPLE);
    }
}

fn overview(page: &mut Html, digest: &Digest) {
    let counts = digest.counts;
    page.raw("<section class=\"cards\">");
    let cards = [
        (counts.pages, words::PAGES),
        (counts.articles, words::ARTICLES),
        (counts.characters, words::CHARACTERS),
        (counts.failures, words::FAILURES),
    ];
    for (number, label) in cards {
        page.raw(&format!("<div><b>{}</b>", grouped(number)));
        page.words(label);
        page.raw("</div>");
    }
    page.raw("</section>");
    if counts.skipped_files > 0 {
        page.raw(&format!("<p>{} ", grouped(counts.skipped_files)));
        page.words(words::SKIPPED);
        page.raw("</p>");
    }
}

fn analyzer_section(page: &mut Html, analyzer: &AnalyzerDigest) {
    page.raw(&format!("<section id=\"{0}\"><h2>{0}</h2>", escape(&analyzer.name)));
    page.raw(&format!("<p class=\"doc\">{}</p>", escape(analyzer.manifest.doc)));
    if let Some(message) = &analyzer.failed {
        page.raw("<p class=\"failed\">");
        page.words(words::FAILED);
        page.raw(&format!(" {}</p>", escape(message)));
    }
    // What is known of the corpus comes before the single finds it rests on.
    let (evidence, summary): (Vec<_>, Vec<_>) = analyzer.tables.iter().partition(|t| t.schema.evidence);
    for table in summary.into_iter().chain(evidence) {
        page.raw(&format!("<h3>{}</h3>", table.schema.name));
        table_block(page, table, &format!("{}/", analyzer.name));
    }
    page.raw("</section>");
}

fn table_block(page: &mut Html, table: &TableDigest, folder: &str) {
    page.raw(&format!("<p class=\"doc\">{} ", escape(table.schema.doc.trim())));
    let limit = if table.schema.evidence { EVIDENCE_ROWS } else { usize::MAX };
    let rows = &table.head[..table.head.len().min(limit)];
    page.raw(&format!("<span class=\"count\">{} / {} ", grouped(rows.len() as u64), grouped(table.n_rows)));
    page.words(words::ROWS_SHOWN);
    page.raw(&format!(" <code>{}{}</code></span></p>", escape(folder), table.schema.name));
    if rows.is_empty() {
        page.tag("p", &[("class", "empty")], words::NO_ROWS);
        return;
    }
    let columns = shown_columns(table.schema);
    let bar = bar_column(table.schema, &columns, rows);
    page.raw("<div class=\"table\"><table><thead><tr>");
    let mut names = Vec::new();
    for &i in &columns {
        let column = table.schema.all_columns().nth(i).expect("shown columns are columns");
        let class =
            if matches!(column.column_type, ColumnType::Integer | ColumnType::Float) { "number" } else { "text" };
        names.push(column.name);
        page.raw(&format!("<th class=\"{class}\" title=\"{}\">{}</th>", escape(column.doc.trim()), column.name));
    }
    page.raw("</tr></thead><tbody>");
    let columns: Vec<_> = columns.into_iter().zip(names).collect();
    for cells in rows {
        page.raw("<tr>");
        for &(i, name) in &columns {
            let share = bar.filter(|b| b.column == i).map(|b| b.share(&cells[i]));
            cell(page, name, &cells[i], found_text(cells), share);
        }
        page.raw("</tr>");
    }
    page.raw("</tbody></table></div>");
}

/// The columns shown: all of a summary table; of evidence what was found, the sentence that says
/// so, its other columns, page and line, since the rest repeats them for programs.
fn shown_columns(schema: &TableSchema) -> Vec<usize> {
    let own = schema.columns.len();
    let (found, rest): (Vec<usize>, Vec<usize>) = (0..own).partition(|&i| i < FOUND_COLUMNS);
    let place = |name| schema.all_columns().position(|c| c.name == name).filter(|&i| i >= own);
    let tail = ["page", "raw_line"].into_iter().flat_map(place);
    found.into_iter().chain(place("sentence")).chain(rest).chain(tail).collect()
}

/// A column of counts that is drawn as bars, and its largest value.
#[derive(Clone, Copy)]
struct Bar {
    column: usize,
    most: i64,
}

impl Bar {
    fn share(self, cell: &Cell) -> f64 {
        match cell {
            Cell::Integer(i) => *i as f64 * 100.0 / self.most as f64,
            _ => 0.0,
        }
    }
}

fn bar_column(schema: &TableSchema, columns: &[usize], rows: &[Cells]) -> Option<Bar> {
    let names = ["count", "mentions"];
    let named = |&i: &usize| schema.all_columns().nth(i).is_some_and(|c| names.contains(&c.name));
    let column = columns.iter().copied().find(named)?;
    let values = rows.iter().filter_map(|r| if let Cell::Integer(i) = r[column] { Some(i) } else { None });
    values.max().filter(|&most| most > 0).map(|most| Bar { column, most })
}

/// The cell of the column called `name` in a row that found `found`.
fn cell(page: &mut Html, name: &str, cell: &Cell, found: &str, share: Option<f64>) {
    let (class, text) = match cell {
        Cell::Text(text) => ("text", Cow::from(text)),
        Cell::Integer(i) => ("number", grouped_signed(*i).into()),
        Cell::Float(f) => ("number", f.to_string().into()),
        Cell::Boolean(b) => ("text", b.to_string().into()),
        Cell::Empty => ("text", "".into()),
    };
    if let Some(share) = share {
        page.raw(&format!("<td class=\"number bar\" style=\"--share:{share:.1}%\">"));
        page.text(&text);
    } else if name == "sentence" {
        page.raw("<td class=\"sentence\">");
        marked(page, &text, found);
    } else {
        let is_key = matches!(name, "page" | "date" | "first_date" | "last_date");
        page.raw("<td class=\"");
        page.raw(if is_key { "key" } else { class });
        // Words and names are not broken over lines; only long texts are.
        page.raw(if is_key || text.chars().count() > 14 { "\">" } else { " short\">" });
        page.text(&text);
    }
    page.raw("</td>");
}

/// What a row of evidence found, as its first column has it.
fn found_text(cells: &Cells) -> &str {
    match cells.first() {
        Some(Cell::Text(text)) => text,
        _ => "",
    }
}

/// The sentence with the found text marked where it first stands.
fn marked(page: &mut Html, sentence: &str, found: &str) {
    match sentence.split_once(found) {
        Some((before, after)) if !found.is_empty() => {
            page.text(before);
            page.raw("<mark>");
            page.text(found);
            page.raw("</mark>");
            page.text(after);
        }
        _ => page.text(sentence),
    }
}

fn provenance(page: &mut Html, digest: &Digest) {
    page.raw("<section id=\"provenance\">");
    page.tag("h2", &[], words::PROVENANCE);
    page.tag("p", &[("class", "doc")], words::PROVENANCE_DOC);
    let text = serde_json::to_string_pretty(&digest.manifest).expect("a manifest is plain data");
    page.raw(&format!(
        "<details><summary>manifest.json</summary><pre>{}</pre></details></section></main>",
        escape(&text)
    ));
}

fn grouped_signed(n: i64) -> String {
    let sign = if n < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(n.unsigned_abs()))
}

/// Digits in groups of three.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests;
