//! `banmian kwic`: every place where a word, phrase or pattern stands, with what stands around it.

mod may_hold;
mod pattern;
mod tokens;

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use anyhow::{Result, bail};
use banmian_annotate::{Segmenter, split_sentences};
use banmian_core::{Page, Part, Row, TextRange, Words};
use banmian_corpus::{CorpusPath, Failure, Inputs, Metadata, RawPage, find};
use banmian_layout::RawText;
use banmian_output::{Encoded, Encoder, Format, header};
use rayon::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::Status;
use crate::args::{KwicArgs, KwicFormat, KwicSort};
use pattern::Pattern;

/// Pages read at once; told in order, so memory is bounded.
const BATCH: usize = 32;

banmian_core::table! {
    /// A place where the pattern stands.
    pub struct Hit as "kwic" {
        /// Name of the page.
        page: String,
        /// Number of the article on its page, from 1; empty in unattached text.
        article: Option<u32>,
        /// The part of the page: main, body, caption …
        part: String,
        /// Line of the first character in the page as it came, from 1.
        raw_line: u32,
        /// Column of the first character in that line, from 1.
        raw_column: u32,
        /// First character, from 0, in the clean text of the page.
        start: u32,
        /// One past the last character.
        end: u32,
        /// What stands before.
        left: String,
        /// What was found.
        hit: String,
        /// What stands behind.
        right: String,
    }
}

pub(crate) fn kwic(args: &KwicArgs) -> Result<Status> {
    let pattern = Pattern::read(&args.pattern)?;
    let path = |p: &String| CorpusPath { pattern: p.clone(), base: PathBuf::new() };
    let corpus = match find(&args.paths.iter().map(path).collect::<Vec<_>>()) {
        Ok(corpus) => corpus,
        Err(errors) => bail!("{}", errors.iter().map(|(_, e)| e.to_string()).collect::<Vec<_>>().join("; ")),
    };
    let segmenter = pattern.needs_words().then(|| Segmenter::new(&[]));
    let mut status = Status::Done;
    let mut tell = |failure: &Failure| {
        status = Status::Partial;
        crate::show::tell(&format!("{}: {}", failure.page, failure.error));
    };
    corpus.failures.iter().for_each(&mut tell);
    let mut out = Output::new(args);
    out.head()?;
    let mut inputs = Inputs::new(&corpus.sources);
    let mut kept = Vec::new();
    let limit = args.limit.unwrap_or(usize::MAX);
    let mut n_told = 0;
    while n_told < limit {
        let batch: Vec<_> = inputs.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        let read = |input: banmian_corpus::Input| {
            input.load(&Metadata::default()).map(|(raw, _)| hits_of(&raw, &pattern, segmenter.as_ref(), args.context))
        };
        let found: Vec<Result<Vec<Hit>, Failure>> = batch.into_par_iter().map(read).collect();
        for page in found {
            match page {
                Ok(hits) if args.sort == KwicSort::Page => {
                    let left = limit - n_told;
                    for hit in hits.into_iter().take(left) {
                        out.hit(&hit);
                        n_told += 1;
                    }
                }
                Ok(hits) => kept.extend(hits),
                Err(failure) => tell(&failure),
            }
        }
        out.flush()?;
    }
    // Sorted ones can be told only when all are known.
    match args.sort {
        KwicSort::Page => {}
        KwicSort::Left => kept.sort_by_cached_key(|hit| hit.left.chars().rev().collect::<String>()),
        KwicSort::Right => kept.sort_by(|a, b| (&a.hit, &a.right).cmp(&(&b.hit, &b.right))),
    }
    for hit in kept.iter().take(limit) {
        out.hit(hit);
    }
    out.flush()?;
    Ok(status)
}

/// The hits of one page. A page that cannot hold what is looked for is not rebuilt at all.
fn hits_of(raw: &RawPage, pattern: &Pattern, segmenter: Option<&Segmenter>, context: usize) -> Vec<Hit> {
    if !pattern.literals().iter().all(|literal| may_hold::may_hold(&raw.text, literal)) {
        return Vec::new();
    }
    let mut page = banmian_layout::read_page(
        &raw.page,
        raw.issue.clone(),
        RawText { text: &raw.text, print: raw.print.as_ref(), marks: raw.marks.as_ref() },
    );
    let words = match segmenter {
        Some(segmenter) => {
            split_sentences(&mut page);
            segmenter.words(&page)
        }
        None => Words::default(),
    };
    let mut places = Vec::new();
    for (index, piece) in page.pieces.iter().enumerate().filter(|(_, p)| p.part != Part::Furniture) {
        pattern.find(&page, index, &words, &mut |range| places.push((index, range)));
        debug_assert!(places.iter().all(|(i, r)| *i != index || piece.range.contains(*r)));
    }
    places.into_iter().map(|(piece, range)| hit(&page, piece, range, context)).collect()
}

fn hit(page: &Page, piece: usize, range: TextRange, context: usize) -> Hit {
    let own = page.pieces[piece];
    // What stands around is of the same article, or of the same piece of unattached text.
    let around = match own.article {
        Some(article) => {
            let pieces = page.pieces_of(&page.articles[article as usize]);
            pieces.first().zip(pieces.last()).map_or(own.range, |(a, b)| a.range.cover(b.range))
        }
        None => own.range,
    };
    let before = &page.text[around.start as usize..range.start as usize];
    let behind = &page.text[range.end as usize..around.end as usize];
    let from = before.char_indices().rev().take(context).last().map_or(before.len(), |(at, _)| at);
    let to = behind.char_indices().nth(context).map_or(behind.len(), |(at, _)| at);
    let (raw_line, raw_column) = page.source.raw_place(&page.text, range.start as usize);
    let in_one_line = |text: &str| text.replace('\n', " ");
    Hit {
        page: page.id.clone(),
        article: own.article.map(|a| a + 1),
        part: own.part.name().to_owned(),
        raw_line,
        raw_column,
        start: page.source.char_index(&page.text, range.start as usize),
        end: page.source.char_index(&page.text, range.end as usize),
        left: in_one_line(&before[from..]),
        hit: in_one_line(page.slice(range)),
        right: in_one_line(&behind[..to]),
    }
}

/// Where hits go: gathered, and told at every [`flush`](Self::flush).
struct Output {
    out: anstream::AutoStream<io::StdoutLock<'static>>,
    /// None for people.
    format: Option<Format>,
    encoder: Encoder,
    /// Rows for programs that are not told yet.
    rows: Encoded,
    /// Lines for people that are not told yet.
    lines: String,
    /// Colours of the place and of the hit; none where they would be taken out again.
    styles: [Style; 2],
    /// Columns of the terminal for either side: a Chinese character takes two.
    side: usize,
}

const SOFT: Style = AnsiColor::BrightBlack.on_default();
const ACCENT: Style = AnsiColor::Red.on_default().bold();

impl Output {
    fn new(args: &KwicArgs) -> Self {
        let format = match args.format {
            KwicFormat::Text => None,
            KwicFormat::Jsonl => Some(Format::Jsonl),
            KwicFormat::Csv => Some(Format::Csv),
        };
        let encoder = Encoder::new(Hit::SCHEMA, &format.into_iter().collect::<Vec<_>>());
        let stdout = io::stdout().lock();
        let plain = anstream::AutoStream::choice(&stdout) == anstream::ColorChoice::Never;
        // What is plain already need not be searched for colours.
        let (styles, out) = match plain {
            true => ([Style::new(); 2], anstream::AutoStream::always_ansi(stdout)),
            false => ([SOFT, ACCENT], anstream::AutoStream::auto(stdout)),
        };
        let (rows, lines) = (Encoded::default(), String::new());
        Output { out, format, encoder, rows, lines, styles, side: 2 * args.context }
    }

    fn head(&mut self) -> io::Result<()> {
        match self.format {
            Some(format) => self.out.write_all(&header(Hit::SCHEMA, format)),
            None => Ok(()),
        }
    }

    fn hit(&mut self, hit: &Hit) {
        if self.format.is_none() {
            let [soft, accent] = self.styles;
            let padding = " ".repeat(self.side.saturating_sub(hit.left.width()));
            let behind = " ".repeat(self.side.saturating_sub(hit.right.width()));
            let article = hit.article.map_or(String::new(), |a| format!(" article {a}"));
            writeln!(
                self.lines,
                "{padding}{} {accent}{}{accent:#} {}{behind}  {soft}{}:{}{article}{soft:#}",
                hit.left, hit.hit, hit.right, hit.page, hit.raw_line,
            )
            .expect("a string takes every line");
            return;
        }
        hit.write(&mut |cells| self.encoder.push(cells, &mut self.rows));
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.write_all(self.lines.as_bytes())?;
        self.lines.clear();
        for bytes in self.rows.files() {
            self.out.write_all(bytes)?;
        }
        self.rows.clear();
        self.out.flush()
    }
}
