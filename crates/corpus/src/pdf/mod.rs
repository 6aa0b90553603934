//! Newspaper pages from PDF files, by hayro: text with the place of every line.
//!
//! A file is opened once ([`PdfFile`]) and its pages are read one by one. What a damaged or hostile
//! file can cost is bounded by counts ([`PdfSettings`]), never by time, so that the same file gives the
//! same result everywhere. A panic of a library loses the page, not the run.

mod budget;
mod cids;
mod device;
mod doubles;
mod forms;
mod locked;
mod order;
mod place;
mod segments;
mod stories;
mod strips;
mod unpacked;
mod upright;
mod zones;

use std::panic::{AssertUnwindSafe, catch_unwind};

use banmian_core::{Print, PrintLine};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError};
use hayro_interpret::hayro_syntax::{Pdf, page::Page};
use hayro_interpret::kurbo::Rect;
use hayro_interpret::{Context, InterpreterCache, InterpreterSettings, TransformExt, interpret_page};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use device::{Sight, Sign, Stopped};
use place::{Place, hundredths};

/// `[corpus.pdf]`: how PDF files are read.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct PdfSettings {
    /// Passwords tried on encrypted files, in this order. The environment variable
    /// `BANMIAN_PDF_PASSWORD` is tried after them. The manifest tells how many there are, not which.
    pub passwords: Vec<String>,
    /// Most bytes of a file.
    #[schemars(range(min = 1))]
    pub max_file_bytes: u64,
    /// Most pages of a file; a file with more is not read.
    #[schemars(range(min = 1))]
    pub max_pages: u32,
    /// Most things drawn on a page: runs of text, lines, pictures, clips.
    #[schemars(range(min = 1))]
    pub max_objects: u64,
    /// Most characters on a page.
    #[schemars(range(min = 1, max = 50_000_000))]
    pub max_characters: u32,
    /// Most bytes that the compressed parts of a file may unpack to, each by itself, and that the content of a page may
    /// have, its forms counted as often as they are drawn.
    #[schemars(range(min = 1))]
    pub max_decoded_bytes: u64,
}

impl PdfSettings {
    /// The same, fit to be shown: passwords are told by their number alone.
    #[must_use]
    pub fn without_secrets(&self) -> PdfSettings {
        PdfSettings { passwords: vec!["(hidden)".to_owned(); self.passwords.len()], ..self.clone() }
    }
}

impl Default for PdfSettings {
    fn default() -> Self {
        PdfSettings {
            passwords: Vec::new(),
            max_file_bytes: 512 << 20,
            max_pages: 10_000,
            max_objects: 1_000_000,
            max_characters: 200_000,
            max_decoded_bytes: 64 << 20,
        }
    }
}

/// Why a PDF file or a page of it cannot be read. The texts are shown to users.
#[derive(Debug, Error, Clone, PartialEq, Eq)]
pub enum PdfError {
    /// Not a PDF, or damaged beyond reading.
    #[error("not a PDF that can be read: it is damaged, cut off, or something else")]
    Damaged,
    /// Encrypted, and no password fits.
    #[error(
        "encrypted: no password given opens it (`passwords` in `[corpus.pdf]`, or the environment variable \
         `BANMIAN_PDF_PASSWORD`)"
    )]
    Password,
    /// Encrypted in a way that is not known.
    #[error("encrypted in a way that cannot be read")]
    Encryption,
    /// Without pages.
    #[error("the PDF has no pages")]
    NoPages,
    /// Above a limit of the settings.
    #[error("more than {most} {what}, the most allowed (`{key}` in `[corpus.pdf]`)")]
    Limit {
        /// What is limited.
        what: &'static str,
        /// The limit.
        most: u64,
        /// Its setting.
        key: &'static str,
    },
    /// A picture of a page.
    #[error("a scanned page without a text layer: {0}")]
    Scanned(&'static str),
    /// Nothing at all.
    #[error("the page is empty")]
    Empty,
    /// Text in fonts that do not tell what it says.
    #[error("its fonts do not say which characters they show: the text cannot be read without a machine that reads")]
    Unreadable,
    /// A library failed.
    #[error("the page is damaged: reading it failed ({0})")]
    Panic(String),
}

/// A page of a PDF: text in reading order, and where its lines stand.
#[derive(Debug, PartialEq, Eq)]
pub struct PdfPage {
    /// The lines, each ended by a line feed.
    pub text: String,
    /// Their places.
    pub print: Print,
}

/// An open PDF file.
pub struct PdfFile {
    pdf: Pdf,
    pages: usize,
}

impl std::fmt::Debug for PdfFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PdfFile").field("pages", &self.pages).finish_non_exhaustive()
    }
}

impl PdfFile {
    /// Opens a file that is in memory.
    pub fn read(bytes: Vec<u8>, settings: &PdfSettings) -> Result<PdfFile, PdfError> {
        if bytes.len() as u64 > settings.max_file_bytes {
            return Err(file_too_large(settings));
        }
        if bytes.is_empty() {
            return Err(PdfError::Damaged);
        }
        let too_much = || {
            let (most, what) = (settings.max_decoded_bytes, "bytes unpacked");
            PdfError::Limit { what, most, key: "max-decoded-bytes" }
        };
        if !budget::within(&bytes, settings.max_decoded_bytes) {
            return Err(too_much());
        }
        let bytes = std::sync::Arc::new(bytes);
        let locked = locked::Locked::of(&bytes);
        let from_outside = std::env::var("BANMIAN_PDF_PASSWORD").ok();
        let passwords = settings.passwords.iter().map(String::as_str).chain(from_outside.as_deref());
        let mut result = Err(PdfError::Damaged);
        for password in std::iter::once("").chain(passwords) {
            if let Some(locked) = &locked
                && !guarded(|| locked.within(password, settings.max_decoded_bytes))?
            {
                return Err(too_much());
            }
            result = guarded(|| Pdf::new_with_password(bytes.clone(), password))?.map_err(|e| match e {
                LoadPdfError::Decryption(DecryptionError::PasswordProtected) => PdfError::Password,
                LoadPdfError::Decryption(_) => PdfError::Encryption,
                LoadPdfError::Invalid => PdfError::Damaged,
            });
            if !matches!(result, Err(PdfError::Password)) {
                break;
            }
        }
        let pdf = result?;
        if !guarded(|| unpacked::within(&pdf, settings.max_decoded_bytes))? {
            return Err(too_much());
        }
        let pages = guarded(|| pdf.pages().len())?;
        if pages == 0 {
            return Err(PdfError::NoPages);
        }
        if pages > settings.max_pages as usize {
            let most = u64::from(settings.max_pages);
            return Err(PdfError::Limit { what: "pages", most, key: "max-pages" });
        }
        Ok(PdfFile { pdf, pages })
    }

    /// Number of pages, at least 1.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// Reads a page, counted from 0.
    pub fn page(&self, number: usize, settings: &PdfSettings) -> Result<PdfPage, PdfError> {
        let seen = guarded(|| self.pdf.pages().get(number).map(|page| look(page, settings)))?;
        let seen = seen.ok_or(PdfError::Damaged)??;
        if seen.signs.iter().all(|s| s.c.is_whitespace()) {
            return Err(match seen.pictures.is_empty() {
                true => PdfError::Empty,
                false => PdfError::Scanned("let a machine read it first (OCR)"),
            });
        }
        // A page in fonts that tell nothing would be read as noise.
        if 2 * seen.unknown > seen.signs.len() {
            return Err(PdfError::Unreadable);
        }
        Ok(compose(seen))
    }
}

/// More bytes than the settings allow.
pub(crate) fn file_too_large(settings: &PdfSettings) -> PdfError {
    PdfError::Limit { what: "bytes", most: settings.max_file_bytes, key: "max-file-bytes" }
}

/// What a library does not survive is an error of the page.
fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, PdfError> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let told = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        PdfError::Panic(told.unwrap_or("an unknown panic").lines().next().unwrap_or_default().to_owned())
    })
}

/// What is seen on a page.
struct Seen {
    signs: Vec<Sign>,
    unknown: usize,
    rules: Vec<Rect>,
    frames: Vec<Rect>,
    pictures: Vec<Rect>,
}

fn look(page: &Page<'_>, settings: &PdfSettings) -> Result<Seen, PdfError> {
    if forms::drawn(page, settings.max_decoded_bytes) > settings.max_decoded_bytes {
        let (most, what) =
            (settings.max_decoded_bytes, "bytes of content on the page, forms counted as often as drawn");
        return Err(PdfError::Limit { what, most, key: "max-decoded-bytes" });
    }
    let (width, height) = page.render_dimensions();
    let box_ = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let cache = InterpreterCache::new();
    let interpreter = InterpreterSettings::default();
    let mut context = Context::new(page.initial_transform(true).to_kurbo(), box_, &cache, page.xref(), interpreter);
    let most = settings.max_characters as usize;
    let mut sight = Sight::new(cids::Cids::new(page.resources().clone()), settings.max_objects, most);
    let done = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut sight)));
    if let Err(panic) = done {
        match panic.downcast::<Stopped>() {
            Ok(stopped) => {
                let (what, most, key) = match stopped.0 {
                    "characters" => ("characters on the page", u64::from(settings.max_characters), "max-characters"),
                    _ => ("things drawn on the page", settings.max_objects, "max-objects"),
                };
                return Err(PdfError::Limit { what, most, key });
            }
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    let Sight { signs, unknown, rules, frames, pictures, .. } = sight;
    // What stands off the page is not printed.
    let shown = box_.inflate(2.0, 2.0);
    let signs = signs.into_iter().filter(|s| shown.contains((f64::from(s.x), f64::from(s.y)))).collect();
    let signs = doubles::once(signs);
    Ok(Seen { signs, unknown, rules, frames, pictures })
}

/// Puts what was seen together to text.
fn compose(mut seen: Seen) -> PdfPage {
    let turn = |r: &Rect| Place { x0: r.x0 as f32, x1: r.x1 as f32, y0: r.y0 as f32, y1: r.y1 as f32 };
    let [mut rules, mut frames, mut pictures] =
        [&seen.rules, &seen.frames, &seen.pictures].map(|list| list.iter().map(turn).collect::<Vec<Place>>());
    for sign in &mut seen.signs {
        sign.size = sign.size.max(0.1);
    }
    let mut turned = |place: fn(&Place) -> Place| {
        for list in [&mut rules, &mut frames, &mut pictures] {
            list.iter_mut().for_each(|p| *p = place(p));
        }
    };
    // Text that lies on its side: the page is turned by what most of it does.
    let mut turns = [0usize; 4];
    seen.signs.iter().for_each(|s| turns[usize::from(s.turns)] += 1);
    let most = (0..4).max_by_key(|&t| (turns[t], 4 - t)).unwrap_or(0);
    for _ in 0..most {
        // A quarter turn back, anticlockwise: right becomes up.
        seen.signs.iter_mut().for_each(|s| (s.x, s.y, s.turns) = (s.y, -s.x, (s.turns + 3) % 4));
        turned(|p| Place { x0: p.y0, x1: p.y1, y0: -p.x1, y1: -p.x0 });
    }
    // The rest is read where it stands, as if it were not turned: marginal notes, mostly.
    // A page set downwards is read with its columns laid on their side.
    let mut upright = upright::upright(&seen.signs);
    if 2 * upright.iter().filter(|u| **u).count() > seen.signs.len() {
        for s in &mut seen.signs {
            (s.x, s.y, s.advance) = (s.y - 0.88 * s.size, -(s.x + s.advance - 0.88 * s.size), s.size);
            s.vertical = false;
        }
        turned(|p| Place { x0: p.y0, x1: p.y1, y0: -p.x1, y1: -p.x0 });
        upright = upright::upright(&seen.signs);
    }
    let (down, across): (Vec<Place>, Vec<Place>) = rules.iter().partition(|r| r.height() > r.width());
    let segments = segments::segments(&seen.signs, &upright, &down);
    let frames = useful(frames, &segments);
    let zones =
        zones::zones(&segments, &zones::Drawn { across: &across, down: &down, frames: &frames, pictures: &pictures });
    let mut page = PdfPage { text: String::new(), print: Print::default() };
    for (number, (z, strip)) in order::order(&zones, &frames).into_iter().enumerate() {
        let zone = &zones.all[z];
        for &line in &zone.lines {
            let segment = &segments[line];
            page.text.push_str(&segment.text);
            page.text.push('\n');
            page.print.lines.push(PrintLine {
                place: segment.place.print(),
                size: hundredths(segment.size),
                zone: number as u32,
                strip: strip as u32,
                frame: zone.frame as u32,
                upright: segment.upright,
            });
        }
    }
    page.print.rules = rules.iter().map(Place::print).collect();
    page.print.pictures = pictures.iter().map(Place::print).collect();
    page
}

/// Frames around a part of the text, each once.
fn useful(frames: Vec<Place>, segments: &[segments::Segment]) -> Vec<Place> {
    let mut out: Vec<Place> = Vec::new();
    for frame in frames {
        let near = |o: &Place| {
            [o.x0 - frame.x0, o.x1 - frame.x1, o.y0 - frame.y0, o.y1 - frame.y1].iter().all(|d| d.abs() < 4.0)
        };
        if out.len() >= MOST_FRAMES || out.iter().any(near) {
            continue;
        }
        let inside = segments.iter().filter(|s| frame.holds(&s.place)).count();
        // Several lines, and not nearly all of the page.
        if inside >= 3 && 10 * inside < 9 * segments.len() {
            out.push(frame);
        }
    }
    out
}

/// Frames of a page that are looked at.
const MOST_FRAMES: usize = 100;
