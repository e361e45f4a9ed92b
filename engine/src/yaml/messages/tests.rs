use crate::source::Source;
use crate::yaml::read;

/// The marked text, and the message up to its first blank line.
#[track_caller]
fn case(text: &str, marked: &str, message: &str) {
    let problem = read(0, &Source::new("x.yaml", text)).expect_err(text);
    let bytes = problem.place.start..problem.place.end;
    assert_eq!(text.get(bytes), Some(marked), "{text}: {}", problem.message);
    assert!(
        problem.message.contains(message),
        "{text}: {}",
        problem.message
    );
}

#[test]
fn the_very_sign_is_marked() {
    case("a: \"x\nb: y\n", "\"", "not closed");
    case("a: \"x", "\"", "not closed");
    case("- {a: \"x, b: y}\n- {a: \"z\"}\n", "\"", "not closed");
    case("a: \"x\" y\n", "y", "behind its closing quote");
    case("a: 'What's new'\n", "s", "behind its closing quote");
    case("a: [x\nb: y\n", "[", "not closed");
    case("- {a: x\n- {a: y}\n", "{", "not closed");
    case("- {a: x]\n", "{", "another kind");
    case("a: [x]]\n", "]", "closes nothing");
    case("a: [x,, y]\n", ",", "before this comma");
    case("- {a: x: y}\n", ":", "a comma is missing");
    case("- {a: x [y]}\n", "[", "a comma is missing");
    case("a: x: y\n", ":", "a colon and a blank");
    case("a: x\n  b: y\n", "b", "indented deeper");
    case("a:\n  - b: x\n\tc: y\n", "\t", "a tab");
    case("a:\n  - b: x\n    c y\n", "c y", "a key and a colon");
    case("a:\n  - b: x\n    c:y\n", "c:y", "a blank is missing");
    case("a:\n  - b: x\n   c: y\n", "c", "indented like nothing");
    case("a: - x\n", "-", "a list cannot begin");
    case("a: &b x\n", "&b", "anchors");
    case("a: *b\n", "*b", "aliases");
    case("a: !b x\n", "!b", "tags");
    case("a: !!str x\n", "!!str", "tags");
    case("a: @b\n", "@", "may not begin with `@`");
    case("a: & b\n", "&", "may not begin with `&`");
    case("a: >2 b\n", ">", "may not begin with `>`");
    case("a: \"b\\qc\"\n", "\\q", "begins a special sign");
    case("a: \"b\u{7}c\"\n", "\u{7}", "cannot be seen");
    case("a: 1\n---\nb: 2\n", "---", "second document");
}
