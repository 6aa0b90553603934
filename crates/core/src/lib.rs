//! The page model and the contract of an analyzer.
//!
//! Everything else in Banmian leans on this crate and it leans on nothing of Banmian: no I/O, no
//! threads, no segmenter. A plugin author needs this crate alone. Read [`Analyzer`] first.

mod analyzer;
mod by_hand;
mod date;
mod document;
mod lexicon;
mod marks;
mod page;
mod place;
mod print;
mod resources;
mod settings;
mod source_map;
mod table;
mod text_range;
mod words;

pub use analyzer::{Analyzer, Manifest, Needs, Summary};
pub use by_hand::{OfficeCorrection, PersonCorrection};
pub use date::calendar_date;
pub use document::{DocumentSink, WriteText};
pub use lexicon::{Lexicon, LexiconRow};
pub use marks::{Mark, MarkedArticle, MarkedName, Marks};
pub use page::{Article, ArticleKind, Byline, Issue, Page, Part, Piece, Repairs, Sentence};
pub use place::{Place, sentence_key};
pub use print::{Print, PrintBox, PrintLine};
pub use resources::{Resource, ResourceReader, Resources};
pub use settings::{Fault, FaultPlace, Located, PlaceInFile};
pub use source_map::{Run, SourceMap};
pub use table::{Cell, CellRef, Cells, Column, ColumnType, ColumnValue, Row, TableSchema, TableSink, WriteRow};
pub use text_range::TextRange;
pub use words::{Pos, Rare, Token, Words};

/// What the [`table!`] macro and plugin settings need by path.
pub use schemars;
