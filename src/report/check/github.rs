//! Findings as workflow commands: GitHub shows each one at the line it refers to.

use super::{Check, Finding, Other};

/// One line for each finding.
#[must_use]
pub fn lines(check: &Check) -> String {
    check.findings.iter().map(line).collect()
}

fn line(finding: &Finding) -> String {
    let at = &finding.at;
    // GitHub accepts columns only if the annotation is within one line.
    let stretch = if at.line == at.end_line {
        format!(
            "line={},col={},endColumn={}",
            at.line, at.column, at.end_column
        )
    } else {
        format!("line={},endLine={}", at.line, at.end_line)
    };
    format!(
        "::{} file={},{stretch},title={}::{}\n",
        finding.level,
        property(&at.file),
        property(finding.code),
        escaped(&(finding.lines() + &other(finding.other.as_ref())))
    )
}

/// The second place on a separate line, because an annotation has only one place.
fn other(other: Option<&Other>) -> String {
    other.map_or_else(String::new, |other| {
        format!(
            "\nnote: {}:{}: {}",
            other.at.file, other.at.line, other.label
        )
    })
}

/// Escapes a text for the part of a command after the second `::`.
fn escaped(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a text for the properties of a command.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::{escaped, property};

    #[test]
    fn nothing_in_a_text_ends_the_command() {
        assert_eq!(escaped("50 %\r\nmore: a, b"), "50 %25%0D%0Amore: a, b");
        assert_eq!(property("C:\\a,b\n"), "C%3A\\a%2Cb%0A");
    }
}
