//! Checks the keys of an entry: they must be known and not repeated.

use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use crate::suggest::{a, meant, way_out};
use crate::yaml::{Node, Value};
use crate::yaml::{text_of, visible};

/// Reports keys that are not in `known` or are repeated. Returns the known keys that misspelled
/// ones were probably meant to be.
pub fn check(
    pairs: &[(Node, Node)],
    what: &str,
    known: &[&'static str],
    problems: &mut Problems,
) -> Vec<&'static str> {
    let mut meant_keys = Vec::new();
    for (index, (key, value)) in pairs.iter().enumerate() {
        let Some(name) = text_of(key) else {
            let problem = Diagnostic::new(
                Code::WrongShape,
                visible(key.place),
                "a key is expected before this colon",
            );
            problems.push(problem.help("write a key, a colon and a space before the value"));
            continue;
        };
        let earlier = pairs.iter().take(index);
        let first = earlier
            .clone()
            .find(|(other, _)| text_of(other) == Some(name));
        if let Some((first, _)) = first {
            problems.push(twice(name, key.place, first.place, what));
            if is_name(name) {
                // A new entry without its dash: all further keys would be reported as repeated.
                break;
            }
        } else if !known.contains(&name) {
            meant_keys.extend(meant(name, known));
            problems.push(unknown(
                name,
                key.place,
                value,
                what,
                known,
                &mut meant_keys,
            ));
        }
    }
    meant_keys
}

/// Whether the value of this key is the name of its entry.
fn is_name(key: &str) -> bool {
    matches!(key, "id" | "name" | "claim")
}

fn twice(name: &str, place: Place, first: Place, what: &str) -> Diagnostic {
    let help = match what {
        "file" => format!("put the entries of both under one `{name}:`"),
        _ if is_name(name) => {
            format!("if the next entry begins here, put `- ` before it; else keep one `{name}`")
        }
        _ => "keep one of them".to_owned(),
    };
    let message = format!("`{name}` is twice in one {what}");
    Diagnostic::new(Code::DuplicateKey, place, message)
        .other(first, "the first one")
        .help(help)
}

fn unknown(
    name: &str,
    place: Place,
    value: &Node,
    what: &str,
    known: &[&'static str],
    meant_keys: &mut Vec<&'static str>,
) -> Diagnostic {
    let message = format!("{} has no key `{name}`", a(what));
    let problem = Diagnostic::new(Code::UnknownKey, place, message);
    let glued = name
        .split_once(':')
        .and_then(|(key, text)| Some((*known.iter().find(|known| **known == key)?, text)));
    if let Some((key, text)) = glued {
        meant_keys.push(key);
        return problem.help(format!(
            "a space is missing after the colon: `{key}: {text}`"
        ));
    }
    if matches!(value.value, Value::Nothing) && name.contains(' ') {
        return problem.help(
            "a comma begins the next key here: put a text that contains one in double quotes",
        );
    }
    let problem = problem.help(way_out(name, "key", known.iter().copied()));
    if meant(name, known).is_some() {
        return problem;
    }
    problem.help("or leave it out: write a comment of your own after `# `")
}
