//! The shape of a YAML text, as the parser gives it.

use std::fmt;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_yaml::{
    Spanned,
    options::{DuplicateKeyPolicy, MergeKeyPolicy, NonFiniteFloatPolicy},
};

/// The most levels a file may nest, and values it may hold: far more than any
/// pack needs, so that a hostile file ends in a message.
const DEEPEST: usize = 32;
const LARGEST: usize = 400_000;

/// Parses a text.
///
/// # Errors
///
/// What the parser refuses, and what does not fit the type.
pub fn parse<T: DeserializeOwned>(
    text: &str,
    duplicate_keys: DuplicateKeyPolicy,
) -> Result<T, serde_yaml::Error> {
    let options = serde_yaml::options! {
        strict_booleans: true,
        duplicate_keys: duplicate_keys,
        merge_keys: MergeKeyPolicy::Error,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        reject_unsupported_tags: true,
        with_snippet: false,
        budget: serde_yaml::budget! {
            max_aliases: 0,
            max_anchors: 0,
            max_depth: DEEPEST,
            max_nodes: LARGEST,
            max_documents: 1,
        },
    };
    serde_yaml::from_str_with_options(text, options)
}

/// What the parser hands over: only the shape matters, the text is cut from the file.
pub enum Raw {
    /// Nothing was written.
    Nothing,
    /// A text; none where it is what stands in the file.
    Text(Option<String>),
    /// A list.
    List(Vec<Item>),
    /// Keys and values.
    Entry(Vec<(Item, Item)>),
}

/// A value and the bytes it stands in; a quarter of the room that [`Spanned`] takes.
pub struct Item {
    /// The shape.
    pub raw: Raw,
    /// The first byte.
    pub start: usize,
    /// How many bytes.
    pub length: usize,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Raw>::deserialize(deserializer)?;
        let span = spanned.referenced.span();
        let at = |part: Option<u64>| part.and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        Ok(Item {
            raw: spanned.value,
            start: at(span.byte_offset()),
            length: at(span.byte_len()),
        })
    }
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Raw, E> {
        Ok(Raw::Text(Some(text.to_owned())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_i128<E>(self, _: i128) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_u128<E>(self, _: u128) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Raw, E> {
        Ok(Raw::Text(None))
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Raw, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Raw::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Raw, A::Error> {
        let mut pairs = Vec::new();
        while let Some(key) = map.next_key()? {
            pairs.push((key, map.next_value()?));
        }
        Ok(Raw::Entry(pairs))
    }
}
