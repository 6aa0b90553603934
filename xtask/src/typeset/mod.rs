//! `cargo xtask typeset`: newspaper pages in PDF, set from articles whose text is known, with the truth beside.
//!
//! What a page is like is told by its group (`plan`): headlines over a part of the columns, set downwards,
//! lead paragraphs over two columns, pictures and quotations in the text, boxes. How an article is set in its
//! cell is in `module`, how programs differ that draw pages in `pen`. `cargo xtask drill` measures the
//! layout on such a folder, and the bench reads one.

mod module;
mod pen;
mod plan;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use banmian_testkit::pdf::{Sheet, Writing, write_as};
use fastrand::Rng;
use serde_json::{Value as Json, json};

use self::plan::{GROUPS, Group};
use crate::drill::truth::Article;

/// Set articles as newspaper pages in PDF, with the truth about them beside
///
/// Writes GROUP-N.pdf and GROUP-N.json for each group of layouts, and groups.toml. The same arguments give the
/// same bytes.
#[derive(clap::Args)]
pub(crate) struct TypesetArgs {
    /// Where articles come from: a folder with truths of pages (STEM.json), or the truth.jsonl of a made corpus
    /// [default: tests/drill]
    #[arg(long, value_name = "PATH")]
    pub(crate) articles: Option<PathBuf>,
    /// Pages of each group
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) pages: usize,
    /// Another seed makes other pages
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub(crate) seed: u64,
    /// One group alone
    #[arg(long, value_name = "GROUP")]
    pub(crate) group: Option<String>,
    /// The folder to write to; made if it is not there
    #[arg(long, value_name = "DIR")]
    pub(crate) out: PathBuf,
}

/// Sets pages.
pub(crate) fn typeset(args: &TypesetArgs) -> Result<()> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/drill");
    let articles = articles(args.articles.as_deref().unwrap_or(&default))?;
    let wanted = |group: &&Group| args.group.as_deref().is_none_or(|name| name == group.name);
    let groups: Vec<&Group> = GROUPS.iter().filter(wanted).collect();
    let names: Vec<&str> = GROUPS.iter().map(|g| g.name).collect();
    ensure!(!groups.is_empty(), "there is no such group; there are {}", names.join(", "));
    fs::create_dir_all(&args.out).with_context(|| format!("`{}`", args.out.display()))?;
    let mut list = String::new();
    for (number, group) in groups.into_iter().enumerate() {
        let mut names = Vec::new();
        for page in 1..=args.pages {
            let mut rng = Rng::with_seed(args.seed << 32 | (number as u64) << 24 | page as u64);
            let stem = format!("{}-{page:03}", group.name);
            let (sheet, truth) = page_of(group, &articles, &stem, &mut rng);
            let path = |ending: &str| args.out.join(format!("{stem}.{ending}"));
            write(&path("pdf"), &[sheet])?;
            fs::write(path("json"), format!("{truth:#}\n"))?;
            names.push(format!("{stem:?}"));
        }
        list.push_str(&format!("[{}]\nabout = {:?}\npages = [{}]\n", group.name, group.about, names.join(", ")));
    }
    fs::write(args.out.join("groups.toml"), list)?;
    Ok(())
}

/// Writes PDF files of four pages each with headlines over their columns, as many pages as are asked for.
pub(crate) fn plain_files(source: &Path, pages: u64, out: &Path) -> Result<()> {
    let articles = articles(source)?;
    fs::create_dir_all(out).with_context(|| format!("`{}`", out.display()))?;
    let mut rng = Rng::with_seed(1);
    let mut left = pages;
    while left > 0 {
        let n = left.min(4);
        let sheets: Vec<Sheet> = (0..n).map(|_| page_of(&GROUPS[0], &articles, "", &mut rng).0).collect();
        left -= n;
        write(&out.join(format!("{left:06}.pdf")), &sheets)?;
    }
    Ok(())
}

fn write(path: &Path, sheets: &[Sheet]) -> Result<()> {
    let file = write_as(sheets, Writing { packed: true, ..Writing::default() });
    fs::write(path, file).with_context(|| format!("`{}`", path.display()))
}

/// A page and what is true of it.
fn page_of(group: &Group, articles: &[Article], stem: &str, rng: &mut Rng) -> (Sheet, Json) {
    let page = plan::page(group, articles, rng);
    let truth = json!({
        "page": stem, "constructed": true, "neutral": page.neutral, "articles": page.articles,
        "source": group.about, "layer": page.pen.told(),
    });
    (page.pen.draw(page.size, page.blocks, rng), truth)
}

/// Articles that can be set: with a headline and running text.
fn articles(path: &Path) -> Result<Vec<Article>> {
    let read = |path: &Path| fs::read_to_string(path).with_context(|| format!("`{}`", path.display()));
    let mut pages: Vec<Json> = Vec::new();
    if path.is_dir() {
        let mut files: Vec<PathBuf> = fs::read_dir(path)?.map(|e| Ok(e?.path())).collect::<Result<_>>()?;
        files.retain(|file| file.extension().is_some_and(|e| e == "json"));
        files.sort();
        for file in files {
            pages.push(serde_json::from_str(&read(&file)?)?);
        }
    } else {
        for line in read(path)?.lines() {
            pages.push(serde_json::from_str(line)?);
        }
    }
    let mut out = Vec::new();
    for mut article in pages.iter_mut().filter_map(|page| page["articles"].as_array_mut()).flatten().map(Json::take) {
        // What only the maker of a corpus knows.
        for key in ["captions", "topic", "reprint_of"] {
            article.as_object_mut().map(|object| object.remove(key));
        }
        let article: Article = serde_json::from_value(article)?;
        if module::can_be_set(&article) {
            out.push(article);
        }
    }
    // The font has neither of these.
    out.retain(|article| {
        let texts = article.paragraphs.iter().map(|p| &p.text).chain([&article.headline.main, &article.headline.deck]);
        !texts.into_iter().any(|text| text.contains(['·', '＋', '℃']))
    });
    ensure!(!out.is_empty(), "`{}` has no articles", path.display());
    Ok(out)
}
