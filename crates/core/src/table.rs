//! Tables: named, typed, documented columns of rows, declared once with [`table!`](crate::table!).

use std::borrow::Cow;

use crate::Place;

/// Name, meaning and columns of a table.
#[derive(Debug, PartialEq)]
pub struct TableSchema {
    /// File name without ending, in snake case: `mentions`.
    pub name: &'static str,
    /// What a row is.
    pub doc: &'static str,
    /// Its own columns, in order.
    pub columns: &'static [Column],
    /// True if rows also carry the columns of [`Place`] after their own.
    pub evidence: bool,
}

/// One column of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Name in snake case.
    pub name: &'static str,
    /// Meaning and unit.
    pub doc: &'static str,
    /// Type of its cells.
    pub column_type: ColumnType,
    /// True if a cell may be empty (JSON `null`, CSV nothing).
    pub optional: bool,
}

/// Type of the cells of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8 text.
    Text,
    /// A whole number that fits 64 signed bits.
    Integer,
    /// A 64-bit floating-point number.
    Float,
    /// True or false.
    Boolean,
}

/// One value of a row, kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A floating-point number; never NaN or infinite.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// No value.
    Empty,
}

/// The cells of one row, in the order of [`TableSchema::all_columns`].
pub type Cells = Vec<Cell>;

/// One value of a row on its way: a [`Cell`] whose text belongs to the row. Most rows are written
/// and forgotten, and nothing of them is copied until it is among the bytes of a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum CellRef<'r> {
    /// Text.
    Text(&'r str),
    /// A whole number.
    Integer(i64),
    /// A floating-point number; never NaN or infinite.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// No value.
    Empty,
}

impl CellRef<'_> {
    /// The value to keep.
    pub fn to_cell(self) -> Cell {
        match self {
            CellRef::Text(text) => Cell::Text(text.to_owned()),
            CellRef::Integer(number) => Cell::Integer(number),
            CellRef::Float(number) => Cell::Float(number),
            CellRef::Boolean(value) => Cell::Boolean(value),
            CellRef::Empty => Cell::Empty,
        }
    }
}

const fn column(name: &'static str, column_type: ColumnType, optional: bool, doc: &'static str) -> Column {
    Column { name, doc, column_type, optional }
}

/// The columns that every evidence table ends with.
const PLACE_COLUMNS: &[Column] = &[
    column("page", ColumnType::Text, false, "Name of the page."),
    column(
        "article",
        ColumnType::Integer,
        true,
        "Number of the article on its page, from 1; empty in unattached text.",
    ),
    column("paper", ColumnType::Text, false, "Name of the paper, if known."),
    column("date", ColumnType::Text, false, "Date of the issue as YYYY-MM-DD, if known."),
    column("edition", ColumnType::Text, false, "Edition (版次), if known."),
    column("start", ColumnType::Integer, false, "First character, from 0, in the clean text of the page."),
    column("end", ColumnType::Integer, false, "One past the last character."),
    column("raw_line", ColumnType::Integer, false, "Line of the first character in the page as it came, from 1."),
    column("raw_column", ColumnType::Integer, false, "Column of the first character in that line, from 1."),
    column("sentence", ColumnType::Text, false, "The whole sentence."),
    column(
        "sentence_key",
        ColumnType::Text,
        false,
        "64-bit hash of the sentence without punctuation and spaces, in hexadecimal: equal in reprints.",
    ),
];

impl TableSchema {
    /// Own columns, then those of the place if this is an evidence table.
    pub fn all_columns(&self) -> impl Iterator<Item = &'static Column> {
        let place = if self.evidence { PLACE_COLUMNS } else { &[] };
        self.columns.iter().chain(place)
    }
}

/// A row struct declared with [`table!`](crate::table!).
pub trait Row {
    /// The table it belongs to.
    const SCHEMA: &'static TableSchema;
    /// Hands its cells to `take`, in the order of [`TableSchema::all_columns`].
    fn write(&self, take: &mut dyn FnMut(&[CellRef<'_>]));
    /// Its cells, to keep.
    fn cells(&self) -> Cells {
        let mut kept = Cells::new();
        self.write(&mut |cells| kept.extend(cells.iter().map(|c| c.to_cell())));
        kept
    }
}

/// Where analyzers write rows; what becomes of them is the engine's business.
pub struct TableSink<'a> {
    write: &'a mut WriteRow<'a>,
}

/// Takes the cells of a row of a table.
pub type WriteRow<'a> = dyn FnMut(&'static TableSchema, &[CellRef<'_>]) + 'a;

impl<'a> TableSink<'a> {
    /// A sink that hands every row to `write`.
    pub fn new(write: &'a mut WriteRow<'a>) -> Self {
        TableSink { write }
    }

    /// Writes one row.
    pub fn row<R: Row>(&mut self, row: R) {
        row.write(&mut |cells| (self.write)(R::SCHEMA, cells));
    }
}

/// A type that may stand in a column.
pub trait ColumnValue {
    /// Type of the column.
    const TYPE: ColumnType;
    /// True if the cell may be empty.
    const OPTIONAL: bool = false;
    /// The value as a cell.
    fn cell(&self) -> CellRef<'_>;
}

impl ColumnValue for String {
    const TYPE: ColumnType = ColumnType::Text;
    fn cell(&self) -> CellRef<'_> {
        CellRef::Text(self)
    }
}

impl ColumnValue for &str {
    const TYPE: ColumnType = ColumnType::Text;
    fn cell(&self) -> CellRef<'_> {
        CellRef::Text(self)
    }
}

impl ColumnValue for Cow<'_, str> {
    const TYPE: ColumnType = ColumnType::Text;
    fn cell(&self) -> CellRef<'_> {
        CellRef::Text(self)
    }
}

impl ColumnValue for u32 {
    const TYPE: ColumnType = ColumnType::Integer;
    fn cell(&self) -> CellRef<'_> {
        CellRef::Integer(i64::from(*self))
    }
}

impl ColumnValue for u64 {
    const TYPE: ColumnType = ColumnType::Integer;
    fn cell(&self) -> CellRef<'_> {
        CellRef::Integer(i64::try_from(*self).expect("counts stay below 2^63"))
    }
}

impl ColumnValue for i64 {
    const TYPE: ColumnType = ColumnType::Integer;
    fn cell(&self) -> CellRef<'_> {
        CellRef::Integer(*self)
    }
}

impl ColumnValue for f64 {
    const TYPE: ColumnType = ColumnType::Float;
    fn cell(&self) -> CellRef<'_> {
        assert!(self.is_finite(), "a cell must be a finite number");
        CellRef::Float(*self)
    }
}

impl ColumnValue for bool {
    const TYPE: ColumnType = ColumnType::Boolean;
    fn cell(&self) -> CellRef<'_> {
        CellRef::Boolean(*self)
    }
}

impl<T: ColumnValue> ColumnValue for Option<T> {
    const TYPE: ColumnType = T::TYPE;
    const OPTIONAL: bool = true;
    fn cell(&self) -> CellRef<'_> {
        self.as_ref().map_or(CellRef::Empty, T::cell)
    }
}

impl Place<'_> {
    /// The place's cells; `key` is that of the sentence, written out by [`Place::key_digits`].
    #[doc(hidden)]
    pub fn cells<'r>(&'r self, key: &'r [u8; 16]) -> [CellRef<'r>; 11] {
        [
            self.page.cell(),
            self.article.cell(),
            self.paper.cell(),
            self.date.cell(),
            self.edition.cell(),
            self.start.cell(),
            self.end.cell(),
            self.raw_line.cell(),
            self.raw_column.cell(),
            self.sentence.cell(),
            CellRef::Text(std::str::from_utf8(key).expect("hexadecimal digits are ASCII")),
        ]
    }

    /// The key of the sentence in hexadecimal.
    #[doc(hidden)]
    pub fn key_digits(&self) -> [u8; 16] {
        let digit = |half: u8| if half < 10 { b'0' + half } else { b'a' - 10 + half };
        // Each byte stands twice, since it has two digits.
        let bytes = self.sentence_key.to_be_bytes();
        std::array::from_fn(|i| digit(if i % 2 == 0 { bytes[i / 2] >> 4 } else { bytes[i / 2] & 15 }))
    }
}

/// Declares a table: a row struct whose fields are the columns, with their docs as the columns'
/// docs.
///
/// A column of `&'a str` saves a copy of its text; the row is then declared with the lifetime, as
/// `pub struct NameCount<'a> as …`.
///
/// `… as "name" at place { … }` makes an evidence table: the struct gets a field `place:`
/// [`Place<'p>`](Place) and its rows end with the columns of the place. Its columns may be
/// `&'p str`, too.
///
/// ```
/// banmian_core::table! {
///     /// How often a name stood beside a role.
///     pub struct NameCount as "names" {
///         /// The name as printed.
///         person: String,
///         /// Mentions counted.
///         mentions: u64,
///     }
/// }
/// use banmian_core::Row;
/// assert_eq!(NameCount::SCHEMA.columns[1].name, "mentions");
/// ```
#[macro_export]
macro_rules! table {
    ($(#[doc = $doc:literal])+ pub struct $row:ident as $name:literal at place {
        $($(#[doc = $column_doc:literal])+ $column:ident: $type:ty),* $(,)?
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $row<'p> {
            $($(#[doc = $column_doc])+ pub $column: $type,)*
            /// Where it stands.
            pub place: $crate::Place<'p>,
        }
        impl<'p> $crate::Row for $row<'p> {
            $crate::table!(@schema $name, true, [$($doc)+], [$($column, $type, [$($column_doc)+];)*]);
            fn write(&self, take: &mut dyn FnMut(&[$crate::CellRef<'_>])) {
                let key = self.place.key_digits();
                let [page, article, paper, date, edition, start, end, line, column, sentence, key] =
                    self.place.cells(&key);
                take(&[
                    $($crate::ColumnValue::cell(&self.$column),)*
                    page, article, paper, date, edition, start, end, line, column, sentence, key,
                ]);
            }
        }
    };
    ($(#[doc = $doc:literal])+ pub struct $row:ident $(<$life:lifetime>)? as $name:literal {
        $($(#[doc = $column_doc:literal])+ $column:ident: $type:ty),* $(,)?
    }) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $row $(<$life>)? {
            $($(#[doc = $column_doc])+ pub $column: $type,)*
        }
        impl $(<$life>)? $crate::Row for $row $(<$life>)? {
            $crate::table!(@schema $name, false, [$($doc)+], [$($column, $type, [$($column_doc)+];)*]);
            fn write(&self, take: &mut dyn FnMut(&[$crate::CellRef<'_>])) {
                take(&[$($crate::ColumnValue::cell(&self.$column),)*]);
            }
        }
    };
    (@schema $name:literal, $evidence:literal, [$($doc:literal)+],
     [$($column:ident, $type:ty, [$($column_doc:literal)+];)*]) => {
        const SCHEMA: &'static $crate::TableSchema = &$crate::TableSchema {
            name: $name,
            doc: concat!($($doc),+),
            columns: &[$($crate::Column {
                name: stringify!($column),
                doc: concat!($($column_doc),+),
                column_type: <$type as $crate::ColumnValue>::TYPE,
                optional: <$type as $crate::ColumnValue>::OPTIONAL,
            },)*],
            evidence: $evidence,
        };
    };
}
