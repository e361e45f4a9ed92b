//! One short name for everything a pack says.

use sha2::{Digest, Sha256};

use crate::engine::locate::{Node, Value};

/// SHA-256 over the entries of all files, whatever their order, comments and
/// layout; 64 hexadecimal digits.
///
/// `topics` is left out: which file an entry stands in says nothing.
pub fn fingerprint(trees: &[Node]) -> String {
    let mut lines = Vec::new();
    for tree in trees {
        let Value::Entry(pairs) = &tree.value else {
            continue;
        };
        for (key, value) in pairs {
            let section = canonical(key);
            match &value.value {
                _ if section == "\"topics\"" => {}
                Value::List(items) => {
                    lines.extend(
                        items
                            .iter()
                            .map(|item| format!("{section}:{}", canonical(item))),
                    );
                }
                _ => lines.push(format!("{section}:{}", canonical(value))),
            }
        }
    }
    lines.sort_unstable();
    let digest = Sha256::digest(lines.join("\n").as_bytes());
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .filter_map(|digit| char::from_digit(digit.into(), 16))
        .collect()
}

fn canonical(node: &Node) -> String {
    match &node.value {
        Value::Nothing => "~".to_owned(),
        Value::Text { text, .. } => format!("{:?}", text.trim()),
        Value::List(items) => format!("[{}]", join(items.iter().map(canonical))),
        Value::Entry(pairs) => {
            let mut pairs: Vec<_> = pairs
                .iter()
                .map(|(k, v)| format!("{}:{}", canonical(k), canonical(v)))
                .collect();
            pairs.sort_unstable();
            format!("{{{}}}", join(pairs.into_iter()))
        }
    }
}

fn join(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::fingerprint;
    use crate::engine::locate;
    use crate::engine::source::Source;

    fn of(texts: &[&str]) -> String {
        let trees: Vec<_> = texts
            .iter()
            .map(|text| locate::read(0, &Source::new("x.yaml", text)).expect("YAML"))
            .collect();
        fingerprint(&trees)
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
}
