//! The sentences in which private rules of a pack read its questions. They are taken together with
//! a question that another pack takes, so that its answer stays private there.

use std::collections::HashSet;

use crate::sentence;
use crate::sentence::Says;
use crate::yaml::{Node, Value, text_of};

/// The keys of a rule with conditions behind them.
const CONDITIONS: [&str; 2] = ["when", "unless"];

/// The sentences about one of the `questions`, from the private rules in these trees and from
/// `known`.
pub fn sentences(trees: &[Node], known: &[Node], questions: &HashSet<String>) -> Vec<Node> {
    let mut found = Vec::new();
    let mut facts: HashSet<String> = HashSet::new();
    let mut open: Vec<&Node> = known.iter().collect();
    for rule in entries(trees, "rules") {
        let private = rule.get("private").and_then(text_of);
        if matches!(private, Some("yes" | "true")) {
            open.extend(CONDITIONS.iter().filter_map(|key| rule.get(key)));
        }
    }
    while let Some(node) = open.pop() {
        let read = match &node.value {
            Value::Text { text, .. } => sentence::read(text),
            Value::List(items) => {
                open.extend(items);
                continue;
            }
            Value::Entry(pairs) => {
                open.extend(pairs.iter().map(|(_, value)| value));
                continue;
            }
            Value::Nothing => continue,
        };
        let Ok(read) = read else {
            continue;
        };
        let subject = read.subject.text;
        if read.says == Says::Holds {
            if facts.insert(subject.to_owned()) {
                let mut known = entries(trees, "facts");
                let fact = known.find(|fact| fact.get("id").and_then(text_of) == Some(subject));
                open.extend(fact.and_then(|fact| fact.get("when")));
            }
        } else if questions.contains(subject) {
            found.push(node.clone());
        }
    }
    found
}

/// The entries of a section in these trees.
fn entries<'a>(trees: &'a [Node], section: &'a str) -> impl Iterator<Item = &'a Node> {
    let lists = trees.iter().filter_map(move |tree| tree.get(section));
    let lists = lists.filter_map(|node| match &node.value {
        Value::List(items) => Some(items),
        _ => None,
    });
    lists.flatten()
}
