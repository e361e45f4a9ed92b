//! The clinic that patients may call: its name, phone number and address.

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::source::{Located, Source};
use crate::yaml;
use crate::yaml::{Node, Value, text_of};

use super::header::is_name_of_person;
use super::map_reader::MapReader;

/// The clinic as named on the patient's page.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Clinic {
    /// Its name.
    pub name: String,
    /// The phone number, as people write it.
    pub phone: String,
    /// The address, in one line.
    pub address: Option<String>,
}

const KEYS: &[&str] = &["name", "phone", "address"];

/// Minimum number of digits of a phone number.
const SHORTEST: usize = 3;

/// Reads a separate clinic file, with its keys at the top level or under `clinic`.
#[must_use]
pub fn clinic_file(index: usize, source: &Source, problems: &mut Problems) -> Option<Clinic> {
    let node = match yaml::read(index, source) {
        Ok(node) => node,
        Err(problem) => {
            problems.push(*problem);
            return None;
        }
    };
    let under = match &node.value {
        Value::Entry(pairs) => pairs.iter().any(|(key, _)| text_of(key) == Some("clinic")),
        Value::Nothing => {
            problems.push(
                Diagnostic::new(Code::EmptyFile, node.place, "this file is empty").help(
                    "write `name: Example Clinic` and, on the next line, `phone: +44 20 7946 0000`",
                ),
            );
            return None;
        }
        _ => false,
    };
    if !under {
        return clinic(&node, problems);
    }
    let fields = MapReader::of(&node, "file", &["clinic"], problems)?;
    clinic(fields.get("clinic")?, problems)
}

/// The entry `clinic`.
pub fn clinic(node: &Node, problems: &mut Problems) -> Option<Clinic> {
    let problems_before = problems.len();
    let fields = MapReader::of(node, "clinic", KEYS, problems)?;
    let name = fields.need("name", "Example Clinic", problems);
    let phone = fields.need("phone", "+44 20 7946 0000", problems);
    let address = fields.text("address", problems);
    if let Some(name) = name.as_ref().filter(|name| !is_name_of_person(&name.value)) {
        let message = format!("`{}` names no clinic", name.value);
        problems.push(
            Diagnostic::new(Code::BadValue, name.place, message)
                .help("write the name that patients know, for example `name: Example Clinic`"),
        );
    }
    if let Some(phone) = phone.as_ref().filter(|phone| !can_be_called(&phone.value)) {
        let message = format!("`{}` is not a number that can be called", phone.value);
        problems.push(
            Diagnostic::new(Code::BadValue, phone.place, message)
                .help("write it as people dial it, for example `phone: +44 20 7946 0000`"),
        );
    }
    let clinic = Clinic {
        name: in_a_line(&name?, " "),
        phone: in_a_line(&phone?, " "),
        address: address.map(|address| in_a_line(&address, ", ")),
    };
    (problems.len() == problems_before).then_some(clinic)
}

/// Whether a text is a phone number: digits, separators, and possibly an extension.
fn can_be_called(phone: &str) -> bool {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let words: String = phone
        .chars()
        .map(|c| if c.is_alphabetic() { c } else { ' ' })
        .collect();
    let extension = |word: &str| ["ext", "x"].contains(&word.to_lowercase().as_str());
    let signs = |c: char| c.is_alphanumeric() || c.is_whitespace() || "+()-./,".contains(c);
    digits >= SHORTEST && words.split_whitespace().all(extension) && phone.chars().all(signs)
}

/// A text of several lines, joined into one.
fn in_a_line(text: &Located<String>, between: &str) -> String {
    let lines = text
        .value
        .lines()
        .map(|line| line.trim().trim_end_matches(','));
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(between)
}

#[cfg(test)]
mod tests {
    use super::{Clinic, can_be_called, clinic_file};
    use crate::source::Source;

    #[test]
    fn a_number_can_be_called() {
        for phone in [
            "112",
            "+44 20 7946 0000",
            "(020) 79.46-00/12 ext. 4",
            "0 20, x12",
        ] {
            assert!(can_be_called(phone), "{phone}");
        }
        for phone in [
            "12",
            "call us",
            "+44 TBD 000",
            "555-CALL",
            "<020 7946>",
            "n/a 000",
        ] {
            assert!(!can_be_called(phone), "{phone}");
        }
    }

    #[test]
    fn a_file_names_one_clinic() {
        #[track_caller]
        fn case(text: &str, expected: Option<&str>) {
            let mut problems = Vec::new();
            let found = clinic_file(0, &Source::new("clinic.yaml", text), &mut problems);
            let line = |one: Clinic| {
                format!(
                    "{}|{}|{}",
                    one.name,
                    one.phone,
                    one.address.unwrap_or_default()
                )
            };
            assert_eq!(found.map(line).as_deref(), expected, "{problems:?}");
            assert_eq!(problems.is_empty(), expected.is_some(), "{text}");
        }

        case(
            "name: A Clinic\nphone: 020 7946",
            Some("A Clinic|020 7946|"),
        );
        case(
            "clinic:\n  name: A\u{20}B\n  phone: 020 7946\n  address: |\n    1 High Street,\n    London\n",
            Some("A B|020 7946|1 High Street, London"),
        );
        case("clinic: {name: A Clinic, phone: TBD}", None);
        case("name: TBD\nphone: 020 7946", None);
        case("name: A Clinic", None);
        case("name: A Clinic\nphone: 020 7946\nfax: 1", None);
        case("", None);
        case("- A Clinic", None);
        case("name: [", None);
    }
}
