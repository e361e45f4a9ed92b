//! Parts of the trees from which a pack takes: entries by their section and name.

use std::collections::HashSet;

use crate::source::Place;
use crate::yaml::{Node, Value, text_of};

/// The sections of a topic that are not taken: they only test the other pack.
const NOT_TAKEN: &[&str] = &["personas", "cases", "always"];

/// The sections whose single entries are taken if they are needed.
const ALONG: &[&str] = &["sources", "groups", "settings", "facts", "advice"];

/// The ids and entries of the questions in these trees.
pub fn questions(trees: &[Node]) -> impl Iterator<Item = (&str, &Node)> {
    let lists = trees
        .iter()
        .filter_map(|tree| match &tree.get("questions")?.value {
            Value::List(items) => Some(items),
            _ => None,
        });
    lists
        .flatten()
        .filter_map(|entry| Some((text_of(entry.get("id")?)?, entry)))
}

/// The names of the settings in these trees.
pub fn settings(trees: &[Node]) -> impl Iterator<Item = &str> {
    let pairs = trees
        .iter()
        .filter_map(|tree| match &tree.get("settings")?.value {
            Value::Entry(pairs) => Some(pairs),
            _ => None,
        });
    pairs.flatten().filter_map(|(name, _)| text_of(name))
}

/// The entries that can come along, by section and name. A setting is an entry of one pair.
pub fn entries(tree: &Node) -> Vec<(&'static str, &str, Node)> {
    let mut found = Vec::new();
    for section in ALONG {
        match tree.get(section).map(|node| &node.value) {
            Some(Value::List(items)) => {
                for entry in items {
                    let id = entry.get("id").and_then(text_of);
                    found.extend(id.map(|id| (*section, id, entry.clone())));
                }
            }
            Some(Value::Entry(pairs)) => {
                for pair in pairs {
                    let entry = node(Value::Entry(vec![pair.clone()]), pair.0.place);
                    found.extend(text_of(&pair.0).map(|name| (*section, name, entry)));
                }
            }
            _ => {}
        }
    }
    found
}

/// The section as it holds this one entry.
pub fn in_its_section(section: &str, entry: Node) -> Node {
    let place = entry.place;
    match section {
        "settings" => entry,
        _ => node(Value::List(vec![entry]), place),
    }
}

/// A file with its title and this one question.
pub fn with_one_question(tree: &Node, question: &Node) -> Node {
    let Value::Entry(pairs) = &tree.value else {
        return tree.clone();
    };
    let title = pairs
        .iter()
        .filter(|(key, _)| text_of(key) == Some("title"));
    let mut kept: Vec<(Node, Node)> = title.cloned().collect();
    let key = text_node("questions", question.place);
    kept.push((key, in_its_section("questions", question.clone())));
    node(Value::Entry(kept), tree.place)
}

/// The tree without cases, without settings that the pack sets itself, and without entries that came already.
pub fn without(
    tree: Node,
    own_settings: &HashSet<String>,
    is_new: &mut impl FnMut(Place) -> bool,
) -> Option<Node> {
    let Value::Entry(pairs) = tree.value else {
        return None;
    };
    let mut kept = Vec::new();
    for (key, value) in pairs {
        let Some(section) = text_of(&key) else {
            continue;
        };
        if NOT_TAKEN.contains(&section) {
            continue;
        }
        let is_settings = section == "settings";
        let left = match value.value {
            Value::List(items) => {
                let new = items.into_iter().filter(|item| is_new(item.place));
                Value::List(new.collect())
            }
            Value::Entry(pairs) if is_settings => {
                let is_own =
                    |name: &Node| text_of(name).is_some_and(|name| own_settings.contains(name));
                let new = pairs.into_iter();
                let new = new.filter(|(name, _)| !is_own(name) && is_new(name.place));
                Value::Entry(new.collect())
            }
            other => other,
        };
        let is_left = match &left {
            Value::List(items) => !items.is_empty(),
            Value::Entry(pairs) => !pairs.is_empty(),
            _ => true,
        };
        if is_left {
            kept.push((key, node(left, value.place)));
        }
    }
    let holds_more = kept.iter().any(|(key, _)| text_of(key) != Some("title"));
    holds_more.then(|| node(Value::Entry(kept), tree.place))
}

/// A value at a place.
pub fn node(value: Value, place: Place) -> Node {
    Node {
        value,
        place,
        comment: None,
    }
}

/// A text at a place.
pub fn text_node(text: &str, place: Place) -> Node {
    let value = Value::Text {
        text: text.to_owned(),
        verbatim: None,
    };
    node(value, place)
}
