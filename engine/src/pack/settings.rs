//! Reads named waiting periods, the only section keyed by name.

use crate::diagnostic::Problems;
use crate::diagnostic::{Code, Diagnostic};
use crate::period::Period;
use crate::source::Located;
use crate::yaml::{Node, Value};
use crate::yaml::{text_of, visible};

use super::map_reader::{check_id, text};
use super::{Setting, UnreadNames};

/// Adds the settings of one entry to `all`.
pub fn settings(
    node: &Node,
    all: &mut Vec<Setting>,
    unseen: &mut UnreadNames,
    problems: &mut Problems,
) {
    let Value::Entry(pairs) = &node.value else {
        let message = "`settings` is a list of names, each with a length of time";
        let example = "write for example `settings: {isotretinoin_wait: 6 months}`";
        problems
            .push(Diagnostic::new(Code::WrongShape, visible(node.place), message).help(example));
        unseen.in_section("settings");
        return;
    };
    for (key, value) in pairs {
        let Some(name) = text_of(key) else {
            continue;
        };
        let name = Located {
            value: name.to_owned(),
            place: key.place,
        };
        check_id(&name, problems);
        let mut settings = all.iter();
        if let Some(earlier) = settings.find(|other| other.name.value == name.value) {
            let message = format!("two settings are called `{}`", name.value);
            problems.push(
                Diagnostic::new(Code::DuplicateKey, name.place, message)
                    .other(earlier.name.place, "the first one")
                    .help("rename one of them"),
            );
            continue;
        }
        let written = text(value, &name.value, problems);
        if let (Value::Nothing, Some(problem)) = (&value.value, problems.last_mut()) {
            problem.place = key.place;
            problem.help = vec![format!("write for example `{}: 14 days`", name.value)];
        }
        let period = written.and_then(|written| {
            let period = Period::from_text(&written.value);
            if period.is_none() {
                problems.push(not_a_period(&written));
            }
            period
        });
        all.push(Setting {
            name,
            // Its name is known, even if its length is wrong.
            period: period.unwrap_or(Period::DAY),
            place: visible(value.place),
            strict: None,
        });
    }
}

/// The problem of a length of time that cannot be read.
pub fn not_a_period(written: &Located<String>) -> Diagnostic {
    Diagnostic::new(
        Code::BadValue,
        written.place,
        format!("`{}` is not a length of time", written.value),
    )
    .help("write a whole number and a unit: `14 days`, `4 weeks`, `6 months` or `1 year`")
}
