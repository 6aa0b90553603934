//! `cargo xtask drill`: how near layout comes to the truth on pages whose truth is known.
//!
//! Every page of a folder is read by layout and compared with the truth beside it (`pages`,
//! `truth`, `answer`). What is counted is told in `measures`, how text is compared in `fold` and
//! `align`, and which article with which in `comparison`. The pages are those of `tests/drill`,
//! unless another folder is named.

mod align;
mod answer;
mod calibration;
mod comparison;
mod counts;
mod differences;
mod floors;
mod fold;
mod measures;
mod pages;
mod table;
pub(crate) mod truth;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use self::pages::{Case, Group};
use self::table::Measured;

/// Measure layout on pages with truth
///
/// Prints a line a page, a line a group and a line for all. Lines of several pages add up the counts
/// of their pages; they are not means of the figures above them. Every figure is best at 1, but cer
/// and cer_ws at 0.
#[derive(clap::Args)]
pub(crate) struct DrillArgs {
    /// The folder of the truth, a file STEM.json a page [default: tests/drill]
    dir: Option<PathBuf>,
    /// Where the pages are, if not beside the truth: STEM.txt or STEM.pdf, or folders whose names are
    /// the parts of STEM (for tests/sample: config/sample)
    #[arg(long, value_name = "DIR")]
    pages: Option<PathBuf>,
    /// One page alone, and what differs from its truth
    #[arg(long, value_name = "STEM")]
    page: Option<String>,
    /// Print one object of JSON
    #[arg(long)]
    json: bool,
    /// Write today's figures, less a margin, to DIR/floors.toml, which a test keeps layout above
    #[arg(long, conflicts_with_all = ["page", "json"])]
    renew_floors: bool,
}

/// Measures, and prints what was asked for.
pub(crate) fn drill(args: &DrillArgs) -> Result<()> {
    let folder = args.dir.clone().unwrap_or_else(home);
    let mut groups = pages::groups(&folder, args.pages.as_deref().unwrap_or(&folder))?;
    if let Some(stem) = &args.page {
        return one_page(&groups, stem, args.json);
    }
    let calibration = calibration::Calibration::of(&groups);
    let measured: Vec<Measured> = groups.drain(..).map(|group| measure(&group)).collect();
    if args.renew_floors {
        floors::renew(&folder, &by_name(&measured)).context(floors::FILE)?;
    }
    if args.json {
        let mut object = table::json(&measured);
        object["calibration"] = calibration.json();
        println!("{object:#}")
    } else {
        print!("{}{calibration}", table::text(&measured))
    }
    Ok(())
}

/// The pages that come with Banmian.
fn home() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/drill")
}

fn measure(group: &Group) -> Measured {
    let counts = |case: &Case| measures::measure(&case.truth, &answer::answer(case));
    Measured {
        name: group.name.clone(),
        pages: group.cases.iter().map(|case| (case.stem.clone(), counts(case))).collect(),
    }
}

/// The counts of groups by their names.
fn by_name(groups: &[Measured]) -> BTreeMap<String, counts::Counts> {
    groups.iter().map(|group| (group.name.clone(), group.together())).collect()
}

fn one_page(groups: &[Group], stem: &str, json: bool) -> Result<()> {
    let found = groups.iter().find_map(|g| g.cases.iter().find(|c| c.stem == stem).map(|case| (g, case)));
    let (group, case) = found.with_context(|| format!("there is no page `{stem}`"))?;
    let answer = answer::answer(case);
    let differences = differences::differences(&case.truth, &answer);
    let counts = measures::measure(&case.truth, &answer);
    let measured = [Measured { name: group.name.clone(), pages: vec![(stem.to_owned(), counts)] }];
    if json {
        let mut object = table::json(&measured);
        object["differences"] = differences.into();
        return show(&format!("{object:#}\n"));
    }
    let truth = &case.truth;
    show(&format!("{}\n{}\n\n{}\n\n{}", truth.source, truth.layer, differences.join("\n"), table::text(&measured)))
}

/// Prints; a reader that has seen enough (`| head`) is no failure.
fn show(text: &str) -> Result<()> {
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
