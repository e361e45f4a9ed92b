//! Findings as SARIF 2.1.0, the exchange format of code scanners.

use serde::Serialize;

use candidacy_engine::diagnostic::Code;

use super::{At, CASE, Check, Finding, Other};

/// The address of the SARIF schema, for `$schema`.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// A log with one run.
#[derive(Debug, Serialize)]
pub struct Log<'a> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'a>; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'a> {
    tool: Tool,
    invocations: [Invocation; 1],
    column_kind: &'static str,
    results: Vec<Outcome<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
}

#[derive(Debug, Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Kind>,
}

/// A kind of finding.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Kind {
    id: &'static str,
    short_description: Message,
    default_configuration: Configuration,
}

#[derive(Debug, Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    rule_index: usize,
    level: &'a str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
}

#[derive(Debug, Serialize)]
struct Message {
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Debug, Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The findings of a check.
#[must_use]
pub fn log(check: &Check) -> Log<'_> {
    let kinds = kinds(check);
    let outcome = |finding| outcome(finding, &kinds);
    Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            results: check.findings.iter().map(outcome).collect(),
            tool: Tool {
                driver: Driver {
                    name: "candidacy",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: kinds,
                },
            },
            invocations: [Invocation {
                execution_successful: true,
            }],
            column_kind: "unicodeCodePoints",
        }],
    }
}

/// The kinds of findings in a check, each once.
fn kinds(check: &Check) -> Vec<Kind> {
    let met = |word: &str| check.findings.iter().any(|finding| finding.code == word);
    let codes = Code::ALL
        .iter()
        .map(|code| (code.word(), code.meaning(), code.level().word()));
    let case = (
        CASE,
        "A test patient does not get the expected verdict.",
        "error",
    );
    let kind = |(id, meaning, level): (&'static str, &str, &'static str)| Kind {
        id,
        short_description: Message {
            text: meaning.to_owned(),
        },
        default_configuration: Configuration { level },
    };
    codes
        .chain([case])
        .filter(|(word, ..)| met(word))
        .map(kind)
        .collect()
}

fn outcome<'a>(finding: &'a Finding, kinds: &[Kind]) -> Outcome<'a> {
    let related = |other: &Other| Location {
        message: Some(Message {
            text: other.label.clone(),
        }),
        ..location(&other.at)
    };
    Outcome {
        rule_id: finding.code,
        rule_index: kinds
            .iter()
            .position(|kind| kind.id == finding.code)
            .unwrap_or(0),
        level: finding.level,
        message: Message {
            text: finding.lines(),
        },
        locations: [location(&finding.at)],
        related_locations: finding.other.iter().map(related).collect(),
    }
}

fn location(at: &At) -> Location {
    Location {
        physical_location: Physical {
            artifact_location: Artifact { uri: uri(&at.file) },
            region: Region {
                start_line: at.line,
                start_column: at.column,
                end_line: at.end_line,
                end_column: at.end_column,
            },
        },
        message: None,
    }
}

/// A path as a URI; a relative path stays relative. Characters that need escaping become `%` and
/// two digits.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    if path.starts_with('/') {
        uri.push_str("file://");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn a_path_is_an_address() {
        assert_eq!(
            uri("rules/our clinic/é.yaml"),
            "rules/our%20clinic/%C3%A9.yaml"
        );
        assert_eq!(uri("/tmp/p.yaml"), "file:///tmp/p.yaml");
        assert_eq!(uri("(standard input)"), "%28standard%20input%29");
    }
}
