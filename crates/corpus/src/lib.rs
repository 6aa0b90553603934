//! Where pages come from: files, folders, globs and archives of text, JSON Lines, HTML and PDF.
//!
//! [`find()`] lists the sources of a corpus without reading them; [`Inputs`] turns them into
//! single pages; [`Input::load`] reads one. What cannot be read is a [`Failure`], never a stop.

mod archive;
mod encoding;
mod failure;
mod find;
mod html;
mod input;
mod issue;
mod json_lines;
mod marked_text;
mod metadata;
mod paragraphs;
mod pdf;
mod reading;
mod record;

pub use archive::{ArchiveError, ArchiveKind, Packing};
pub use encoding::{Decoded, TextEncoding, UnknownEncoding, decode};
pub use failure::{Failure, ReadPageError};
pub use find::{Corpus, CorpusPath, FindError, Origin, Source, SourceKind, find};
pub use input::{Input, Inputs, RawPage};
pub use issue::{PageName, PageNameError};
pub use metadata::{Metadata, Sidecar, Teller, Unused};
pub use pdf::{PdfError, PdfFile, PdfPage, PdfSettings};
pub use reading::{Limits, Reading};
