//! A fingerprint of everything in a pack that affects verdicts or texts.

use crate::yaml::text_of;
use sha2::{Digest, Sha256};

use crate::yaml::{Node, Value};

/// Keys without influence on the fingerprint: the file of an entry, and the tests of rules. A pack
/// read without its cases is the same pack. The base of an overlay counts with its content, not its
/// name. A new phone number of the clinic does not change the rules.
const LEFT_OUT: &[&str] = &[
    "clinic", "topics", "extends", "base", "personas", "cases", "always",
];

/// Keys of the main file that describe the review: signing a pack must not change the fingerprint
/// that was signed.
const OF_THE_REVIEW: &[&str] = &["status", "reviewed_by", "reviewed_on", "review_by"];

/// The content of the entries of one file, one line each, independent of order, comments and
/// layout.
pub fn lines(tree: &Node) -> Vec<String> {
    let mut lines = Vec::new();
    let Value::Entry(pairs) = &tree.value else {
        return lines;
    };
    for (key, value) in pairs {
        if text_of(key).is_some_and(|key| LEFT_OUT.contains(&key)) {
            continue;
        }
        let mut section = String::new();
        canonical(key, &mut section);
        match &value.value {
            Value::Entry(head) if text_of(key) == Some("pack") => {
                let counts = |(key, _): &&(Node, Node)| {
                    !text_of(key).is_some_and(|key| OF_THE_REVIEW.contains(&key))
                };
                entry(head.iter().filter(counts), &mut section);
                lines.push(section);
            }
            Value::List(items) => lines.extend(items.iter().map(|item| line(&section, item))),
            _ => lines.push(line(&section, value)),
        }
    }
    lines
}

/// SHA-256 of the lines of all files, in any order; 64 hexadecimal digits.
pub fn digest(mut lines: Vec<String>) -> String {
    lines.sort_unstable();
    let digest = Sha256::digest(lines.join("\n").as_bytes());
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

/// The fingerprint of an overlay with its base, from the fingerprints of both.
#[must_use]
pub fn both(over: &str, base: &str) -> String {
    digest(vec![format!("over:{over}"), format!("base:{base}")])
}

/// The beginning of a fingerprint, long enough to distinguish two of them.
#[must_use]
pub fn short(fingerprint: &str) -> &str {
    fingerprint.get(..12).unwrap_or(fingerprint)
}

/// The line of an entry in this section.
pub fn line(section: &str, node: &Node) -> String {
    let mut line = section.to_owned();
    canonical(node, &mut line);
    line
}

/// Writes a node so that equal output means equal content: texts with their length, and keys in
/// order.
fn canonical(node: &Node, out: &mut String) {
    match &node.value {
        Value::Nothing => out.push('~'),
        Value::Text { text, .. } => {
            let text = text.trim();
            out.push_str(&text.len().to_string());
            out.push(':');
            out.push_str(text);
        }
        Value::List(items) => {
            out.push('[');
            for item in items {
                canonical(item, out);
            }
            out.push(']');
        }
        Value::Entry(pairs) => entry(pairs.iter(), out),
    }
}

/// Writes keys and values, in order.
fn entry<'n>(pairs: impl Iterator<Item = &'n (Node, Node)>, out: &mut String) {
    let mut pairs: Vec<String> = pairs
        .map(|(key, value)| {
            let mut pair = String::new();
            canonical(key, &mut pair);
            canonical(value, &mut pair);
            pair
        })
        .collect();
    pairs.sort_unstable();
    out.push('{');
    out.push_str(&pairs.concat());
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::{digest, lines};
    use crate::source::Source;
    use crate::yaml;

    fn of(texts: &[&str]) -> String {
        let trees: Vec<_> = texts
            .iter()
            .map(|text| yaml::read(0, &Source::new("x.yaml", text)).expect("YAML"))
            .collect();
        digest(trees.iter().flat_map(lines).collect())
    }

    #[test]
    fn order_comments_and_layout_do_not_matter() {
        let one = of(&["rules:\n  - {id: a, why: x}\n  - {id: b, why: y}\n"]);
        assert_eq!(
            one,
            of(&[
                "# comment\nrules: [{why: 'y', id: b}]\n",
                "rules: [{id: a, why: x}]"
            ])
        );
        assert_ne!(one, of(&["rules: [{id: a, why: x}, {id: b, why: z}]"]));
    }

    #[test]
    fn who_has_reviewed_a_pack_does_not_matter() {
        let draft = of(&["pack: {id: a, version: 1, status: draft, review_by: 2027-01-01}"]);
        let reviewed = of(&[
            "pack: {id: a, version: 1, status: reviewed, reviewed_by: Dr A, reviewed_on: 2026-01-01, review_by: 2027-06-30}",
        ]);
        assert_eq!(draft, reviewed);
        assert_ne!(
            draft,
            of(&["pack: {id: a, version: 2, status: draft, review_by: 2027-01-01}"])
        );
    }

    #[test]
    fn how_rules_are_tried_out_does_not_matter() {
        let rules = "rules: [{id: a, why: x}]";
        let tried =
            format!("{rules}\npersonas: [{{id: p}}]\ncases: [{{name: c}}]\nalways: [{{claim: d}}]");
        assert_eq!(of(&[rules]), of(&[&tried]));
        assert_ne!(of(&[rules]), of(&[rules, "facts: [{id: b}]"]));
    }
}
