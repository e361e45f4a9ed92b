//! Cases added to a file that has some, or none, with everything else left as it is.
//!
//! The lines are put behind the last case, set in as the first one is, and the
//! file is read again: when it then holds anything but the old entries and the
//! new cases, nothing is given.

use candidacy_engine::diagnostic::Diagnostic;
use candidacy_engine::pack;
use candidacy_engine::source::Source;
use candidacy_engine::yaml;
use candidacy_engine::yaml::{Node, Value};

use super::sentences::Line;

/// Why cases cannot be added to a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AppendError {
    /// It cannot be read.
    Unreadable(Box<Diagnostic>),
    /// Its cases do not stand on lines of their own.
    InBrackets,
    /// The text would come to say something else.
    Unsafe,
}

/// The text of `source` with `lines` behind its last case.
///
/// # Errors
///
/// When they cannot be added without touching what is there.
pub fn append(source: &Source, lines: &[Line]) -> Result<String, AppendError> {
    let text = &source.text;
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (at, indent, head) = place(source)?;
    let (before, after) = text.split_at_checked(at).ok_or(AppendError::Unsafe)?;
    let mut added = String::new();
    if !before.is_empty() && !before.ends_with('\n') {
        added.push_str(end);
    }
    if head {
        added.push_str(if before.is_empty() { "" } else { end });
        added.push_str(&format!("cases:{end}"));
    }
    for line in lines {
        added.push_str(&format!("{indent}{line}{end}"));
    }
    let whole = format!("{before}{added}{after}");
    if is_only_longer(source, &whole, lines.len()) {
        Ok(whole)
    } else {
        Err(AppendError::Unsafe)
    }
}

/// Where new cases go, how far they are set in, and whether `cases:` is missing.
fn place(source: &Source) -> Result<(usize, String, bool), AppendError> {
    let text = &source.text;
    if text
        .lines()
        .all(|line| line.trim().is_empty() || line.starts_with('#'))
    {
        return Ok((text.len(), "  ".to_owned(), true));
    }
    let node = yaml::read(0, source).map_err(AppendError::Unreadable)?;
    let Some((key, cases)) = section(&node) else {
        return Ok((text.len(), "  ".to_owned(), true));
    };
    let line = text.get(key..).and_then(|rest| rest.lines().next());
    let inline = line
        .and_then(|line| line.split_once(':'))
        .map_or("", |(_, rest)| rest.trim());
    if !inline.is_empty() && !inline.starts_with('#') {
        return Err(AppendError::InBrackets);
    }
    let first = match &cases.value {
        Value::List(items) => items.first(),
        _ => None,
    };
    let indent = first.map_or_else(
        || "  ".to_owned(),
        |first| indent_of(text, first.place.start),
    );
    Ok((end_of(text, key), indent, false))
}

/// The byte at which the key `cases` stands, and what stands behind it.
fn section(node: &Node) -> Option<(usize, &Node)> {
    let Value::Entry(pairs) = &node.value else {
        return None;
    };
    pairs.iter().find_map(|(key, value)| match &key.value {
        Value::Text { text, .. } if text == "cases" => Some((key.place.start, value)),
        _ => None,
    })
}

/// What stands before the dash of the item that begins at `at`.
fn indent_of(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let blanks = line.chars().take_while(|c| *c == ' ').count();
    " ".repeat(blanks)
}

/// The byte behind the last line that belongs to the section whose key stands at `key`.
fn end_of(text: &str, key: usize) -> usize {
    let mut at = key;
    let mut end = key;
    let rest = text.get(key..).unwrap_or_default();
    for (number, line) in rest.split_inclusive('\n').enumerate() {
        let content = line.trim_end();
        let item = content.starts_with("- ") || content == "-";
        if number > 0 && !content.is_empty() && !content.starts_with([' ', '#']) && !item {
            break;
        }
        at += line.len();
        if !content.is_empty() && !content.starts_with('#') {
            end = at;
        }
    }
    end
}

/// Whether `whole` says what `source` did, and `more` cases.
fn is_only_longer(source: &Source, whole: &str, more: usize) -> bool {
    let other = Source::new(source.path.clone(), whole);
    let nothing = Node {
        value: Value::Entry(Vec::new()),
        place: candidacy_engine::source::Place {
            source: 0,
            start: 0,
            end: 0,
        },
        comment: None,
    };
    let old = yaml::read(0, source).unwrap_or(nothing);
    let Ok(new) = yaml::read(0, &other) else {
        return false;
    };
    let items = |node: &Node| match section(node).map(|(_, cases)| &cases.value) {
        Some(Value::List(items)) => items.iter().map(said).collect(),
        _ => Vec::new(),
    };
    let (before, after) = (items(&old), items(&new));
    let rest = |node: &Node| match &node.value {
        Value::Entry(pairs) => pairs
            .iter()
            .map(|(key, value)| (said(key), said(value)))
            .filter(|(key, _)| key != "\"cases\"")
            .collect(),
        _ => Vec::new(),
    };
    let problems = |source: &Source| {
        let head = Source::new("pack.yaml", "format: candidacy/1\n");
        pack::read(vec![head, source.clone()]).problems.len()
    };
    after.len() == before.len() + more
        && after.starts_with(&before)
        && rest(&old) == rest(&new)
        && problems(source) >= problems(&other)
}

/// What a node says, wherever it stands.
fn said(node: &Node) -> String {
    match &node.value {
        Value::Nothing => "~".to_owned(),
        Value::Text { text, .. } => format!("{text:?}"),
        Value::List(items) => {
            let items: Vec<String> = items.iter().map(said).collect();
            format!("[{}]", items.join(","))
        }
        Value::Entry(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(key, value)| format!("{}:{}", said(key), said(value)))
                .collect();
            format!("{{{}}}", pairs.join(","))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{AppendError, append};
    use crate::authoring::sentences::Line;
    use candidacy_engine::source::Source;

    fn lines() -> Vec<Line> {
        vec![Line {
            name: "new".to_owned(),
            rest: "as_of: 2026-11-20, expect: {verdict: eligible}".to_owned(),
        }]
    }

    const NEW: &str = "- {name: new, as_of: 2026-11-20, expect: {verdict: eligible}}";

    #[track_caller]
    fn case(text: &str, expected: &str) {
        let written = append(&Source::new("cases.yaml", text), &lines());
        assert_eq!(written.as_deref(), Ok(expected));
    }

    #[test]
    fn a_case_goes_behind_the_last() {
        let old = "- {name: old, as_of: 2026-11-20, expect: {verdict: deferred}}";
        case(
            &format!("# Head.\ncases:\n    {old}\n\n# Claims.\nalways: []\n"),
            &format!("# Head.\ncases:\n    {old}\n    {NEW}\n\n# Claims.\nalways: []\n"),
        );
        case(
            &format!("cases:\n{old}"),
            &format!("cases:\n{old}\n{NEW}\n"),
        );
        case(
            &format!("cases:\r\n  {old}\r\nalways: []\r\n"),
            &format!("cases:\r\n  {old}\r\n  {NEW}\r\nalways: []\r\n"),
        );
    }

    #[test]
    fn a_case_of_several_lines_is_left_whole() {
        let old =
            "cases:\n  - name: old\n    as_of: 2026-11-20\n    expect:\n      verdict: deferred\n";
        case(old, &format!("{old}  {NEW}\n"));
    }

    #[test]
    fn where_there_are_none_the_section_is_begun() {
        case("", &format!("cases:\n  {NEW}\n"));
        case(
            "# Only a remark.\n",
            &format!("# Only a remark.\n\ncases:\n  {NEW}\n"),
        );
        case("always: []", &format!("always: []\n\ncases:\n  {NEW}\n"));
        case(
            "cases:\nalways: []\n",
            &format!("cases:\n  {NEW}\nalways: []\n"),
        );
    }

    #[test]
    fn what_cannot_be_added_to_is_left_alone() {
        let refused = |text: &str| append(&Source::new("cases.yaml", text), &lines()).err();
        assert_eq!(refused("cases: []\n"), Some(AppendError::InBrackets));
        assert_eq!(refused("{always: []}\n"), Some(AppendError::Unsafe));
        assert_eq!(refused("just words\n"), Some(AppendError::Unsafe));
        assert!(matches!(
            refused("cases: [\n"),
            Some(AppendError::Unreadable(_))
        ));
    }
}
