//! Typed settings out of a tree, with the place of every value that asks for it.
//!
//! [`Located`] asks by the name of its newtype; it is sent its file, start, end and value.

use std::fmt;

use banmian_core::{Located, PlaceInFile};
use serde::de::value::{StrDeserializer, U32Deserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::node::{Entry, Node, Value};

/// Why a value does not fit its type, and where.
#[derive(Debug)]
pub(crate) struct Misfit {
    pub(crate) message: String,
    pub(crate) place: Option<PlaceInFile>,
}

impl de::Error for Misfit {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Misfit { message: message.to_string(), place: None }
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Misfit {}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Misfit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let result = match &self.value {
            Value::Text(s) => visitor.visit_borrowed_str(s),
            Value::Integer(i) => visitor.visit_i64(*i),
            Value::Float(f) => visitor.visit_f64(*f),
            Value::Boolean(b) => visitor.visit_bool(*b),
            Value::Array(items) => visitor.visit_seq(Items(items.iter())),
            Value::Table(table) => visitor.visit_map(Entries { rest: table.entries.iter(), value: None }),
        };
        // The innermost value that does not fit is the one to show.
        result.map_err(|e| Misfit { place: e.place.or(Some(self.place)), ..e })
    }

    /// A key that is there has a value; one that is not is never asked.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Misfit> {
        if name == Located::<()>::NAME {
            visitor.visit_seq(LocatedParts { node: self, next: 0 })
        } else {
            visitor.visit_newtype_struct(self)
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match &self.value {
            Value::Text(s) => visitor.visit_enum(IntoDeserializer::<Misfit>::into_deserializer(&**s)),
            _ => Err(de::Error::custom(format!("{}, expected a string", self.kind()))),
        }
        .map_err(|e: Misfit| Misfit { place: e.place.or(Some(self.place)), ..e })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Items<'de>(std::slice::Iter<'de, Node>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }
}

struct Entries<'de> {
    rest: std::collections::btree_map::Iter<'de, String, Entry>,
    value: Option<&'de Entry>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Misfit;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Misfit> {
        let Some((name, entry)) = self.rest.next() else { return Ok(None) };
        self.value = Some(entry);
        let key = StrDeserializer::<Misfit>::new(name);
        seed.deserialize(key).map(Some).map_err(|e| Misfit { place: Some(entry.key), ..e })
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let entry = self.value.take().expect("serde asks for a key before its value");
        seed.deserialize(&entry.node)
    }
}

struct LocatedParts<'de> {
    node: &'de Node,
    next: u8,
}

impl<'de> SeqAccess<'de> for LocatedParts<'de> {
    type Error = Misfit;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Misfit> {
        let place = self.node.place;
        self.next += 1;
        match self.next {
            1 => seed.deserialize(U32Deserializer::new(place.file)).map(Some),
            2 => seed.deserialize(U32Deserializer::new(place.start)).map(Some),
            3 => seed.deserialize(U32Deserializer::new(place.end)).map(Some),
            4 => seed.deserialize(self.node).map(Some),
            _ => Ok(None),
        }
    }
}
