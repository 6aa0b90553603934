//! How the sources of a corpus are read: the encoding of its texts, and the limits that keep one bad file from
//! taking all memory or all time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{PdfSettings, TextEncoding};

/// How sources are read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The encoding of all texts.
    pub encoding: TextEncoding,
    /// What is refused.
    pub limits: Limits,
    /// PDF files.
    pub pdf: PdfSettings,
}

/// `[corpus.limits]`: beyond these a page or file is not read; `failures` says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default, rename_all = "kebab-case")]
pub struct Limits {
    /// The most bytes that one page may hold. A newspaper page has about 30000; memory is bounded by the largest.
    /// Places on a page are 32-bit numbers, so 256 MiB is the most that may be allowed.
    #[schemars(range(min = 1, max = 268_435_456))]
    pub page_bytes: u64,
    /// The largest share of a page's characters that may be left undecoded (U+FFFD), from 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub replacement_share: f64,
    /// The most elements and stretches of text that an HTML page may hold. A page of a newspaper's site has a few thousand.
    #[schemars(range(min = 1))]
    pub html_elements: u64,
    /// The most entries of an archive, those of archives within it included.
    #[schemars(range(min = 1))]
    pub archive_entries: u64,
    /// The most bytes that an archive or packed file may unpack to, archives within it included.
    #[schemars(range(min = 1))]
    pub archive_bytes: u64,
    /// How many times its own size an archive or packed file may unpack to, archives within it included. Text packs to a
    /// third or a tenth. A file below 1 MiB counts as 1 MiB.
    #[schemars(range(min = 1))]
    pub archive_ratio: u64,
    /// How deep archives may lie in archives; 0: none within another. `.tar.gz` counts as one.
    pub archive_depth: u32,
    /// The most bytes of a zip within an archive, which is held in memory while it is read. PDF files in archives have
    /// `max-file-bytes` of `[corpus.pdf]`, pages `page-bytes`.
    #[schemars(range(min = 1))]
    pub inner_zip_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            page_bytes: 64 << 20,
            replacement_share: 0.01,
            html_elements: 200_000,
            archive_entries: 1_000_000,
            archive_bytes: 64 << 30,
            archive_ratio: 200,
            archive_depth: 3,
            inner_zip_bytes: 256 << 20,
        }
    }
}
