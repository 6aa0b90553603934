//! Settings with their place in the suite file, and the faults found in them.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, Range};
use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

/// A setting's value and where the suite file says it; no place for a default.
///
/// Reads as the plain value from any format; the engine's suite reader adds the place.
#[derive(Clone, Debug, Default)]
pub struct Located<T> {
    value: T,
    place: Option<PlaceInFile>,
}

/// A byte range in one of the suite's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceInFile {
    /// Which file, by its number in the engine's list (a suite may extend others).
    pub file: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl<T> Located<T> {
    /// The name under which the suite reader recognises a located value.
    pub const NAME: &'static str = "$banmian::Located";

    /// Where it stands; none for a default.
    pub fn place(&self) -> Option<PlaceInFile> {
        self.place
    }

    /// The value alone.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> Deref for Located<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> From<T> for Located<T> {
    fn from(value: T) -> Self {
        Located { value, place: None }
    }
}

impl<T: PartialEq> PartialEq for Located<T> {
    /// Equal values are equal wherever they stand.
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Serialize> Serialize for Located<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Located<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(Self::NAME, LocatedVisitor(PhantomData))
    }
}

struct LocatedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for LocatedVisitor<T> {
    type Value = Located<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        T::deserialize(deserializer).map(Located::from)
    }

    /// What the suite reader sends: file, start, end, value.
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let short = || de::Error::custom("a located value has four parts");
        let file = seq.next_element()?.ok_or_else(short)?;
        let start = seq.next_element()?.ok_or_else(short)?;
        let end = seq.next_element()?.ok_or_else(short)?;
        let value = seq.next_element()?.ok_or_else(short)?;
        Ok(Located { value, place: Some(PlaceInFile { file, start, end }) })
    }
}

impl<T: JsonSchema> JsonSchema for Located<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// Something wrong in a suite or in a file it names, told so that the user can mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, with the value given: lower case, no full stop, values in backquotes.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// Where.
    pub place: FaultPlace,
}

/// Where a fault lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultPlace {
    /// In the analyzer's settings as a whole.
    Settings,
    /// At a place in a suite file.
    Suite(PlaceInFile),
    /// In a word list or another file that the suite names.
    File {
        /// Its name as the suite gives it.
        name: String,
        /// Its text.
        text: Arc<str>,
        /// The bytes at fault.
        range: Range<usize>,
    },
}

impl Fault {
    /// A fault of the settings as a whole, such as two settings that contradict each other.
    pub fn new(message: impl Into<String>) -> Self {
        Fault { message: message.into(), help: None, place: FaultPlace::Settings }
    }

    /// A fault of one setting; without place (a default) it counts for the settings as a whole.
    pub fn at<T>(setting: &Located<T>, message: impl Into<String>) -> Self {
        let place = setting.place.map_or(FaultPlace::Settings, FaultPlace::Suite);
        Fault { message: message.into(), help: None, place }
    }

    /// Adds what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}
