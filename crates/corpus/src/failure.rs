//! What can be wrong with a page before anything is known of it.

use thiserror::Error;

use crate::{ArchiveError, PdfError};

/// A page that could not be read, or only in part, and why.
#[derive(Debug)]
pub struct Failure {
    /// Name of the page, or of the file if it has no pages.
    pub page: String,
    /// Why.
    pub error: ReadPageError,
}

/// Why a page could not be read. The texts are shown to users, in the table `failures`.
#[derive(Debug, Error)]
pub enum ReadPageError {
    /// The operating system refused.
    #[error("cannot be read: {0}")]
    Io(String),
    /// Nothing but spaces.
    #[error("the page is empty")]
    Empty,
    /// Holds NUL bytes.
    #[error("this is binary data, not text (a NUL byte at byte {0})")]
    Binary(usize),
    /// Much of it is in no encoding, or in another than was thought.
    #[error(
        "{undecoded} of its {all} characters cannot be decoded as {encoding}, the first on line {line}; \
         `replacement-share` allows {limit}: name the `encoding` in `[corpus]`, or convert the file to UTF-8"
    )]
    Undecodable {
        /// The encoding named or guessed.
        encoding: &'static str,
        /// Characters left undecoded.
        undecoded: u64,
        /// All characters but spaces.
        all: u64,
        /// Line of the first, from 1.
        line: usize,
        /// The largest share allowed.
        limit: f64,
    },
    /// Larger than a page may be.
    #[error("larger than {0} bytes, the most that a page may hold (`page-bytes` in `[corpus.limits]`)")]
    TooLarge(u64),
    /// A record of JSON Lines that is wrong, or part of it.
    #[error("line {line}: {message}")]
    Record {
        /// Its line in the file, from 1.
        line: u64,
        /// What is wrong, and what to write instead.
        message: String,
    },
    /// A second line of the same file with the same `page`.
    #[error("another line of this file has the same `page`; the first one is read")]
    SameName,
    /// A date in the page's name or metadata that the calendar does not have.
    #[error("`{0}` is not a date of the calendar and is passed over")]
    Date(String),
    /// An HTML page without running text.
    #[error(
        "no running text: a page of links or pictures, or one that scripts fill; save the page as a browser shows it, or \
         leave it out"
    )]
    NoArticle,
    /// An HTML page of too many tags.
    #[error(
        "more than {0} elements and stretches of text, the most that a page may hold (`html-elements` in \
         `[corpus.limits]`)"
    )]
    TooManyElements(u64),
    /// A PDF file, or a page of it.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// An archive or a packed file.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}
