use crate::source::Source;
use crate::yaml::read;

/// Checks the marked text, and the message up to its first blank line.
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
    case("a: \"x\" y\n", "y", "after its closing quote");
    case("a: 'What's new'\n", "s", "after its closing quote");
    case("a: [x\nb: y\n", "[", "not closed");
    case("- {a: x\n- {a: y}\n", "{", "not closed");
    case("- {a: x]\n", "{", "another kind");
    case("a: [x]]\n", "]", "closes nothing");
    case("a: [x,, y]\n", ",", "before this comma");
    case("- {a: x: y}\n", ":", "add a comma before it");
    case("- {a: x [y]}\n", "[", "add a comma before it");
    case("a: x: y\n", ":", "a colon and a space");
    case("a: x\n  b: y\n", "b", "indented deeper");
    case("a:\n  - b: x\n\tc: y\n", "\t", "a tab");
    case("a:\n  - b: x\n    c y\n", "c y", "a key and a colon");
    case("a:\n  - b: x\n    c:y\n", "c:y", "a space is missing");
    case("a:\n  - b: x\n   c: y\n", "c", "indented unlike any line");
    case("a: - x\n", "-", "a list cannot begin");
    case("a: &b x\n", "&b", "anchors");
    case("a: *b\n", "*b", "aliases");
    case("a: !b x\n", "!b", "tags");
    case("a: !!str x\n", "!!str", "tags");
    case("a: @b\n", "@", "may not begin with `@`");
    case("a: & b\n", "&", "may not begin with `&`");
    case("a: >2 b\n", ">", "may not begin with `>`");
    case("a: \"b\\qc\"\n", "\\q", "begins a special character");
    case("a: \"b\u{7}c\"\n", "\u{7}", "it is invisible");
    case("a: 1\n---\nb: 2\n", "---", "second document");
    case("- {a: x}\n{a: y}\n", "{", "a `- ` is missing");
    case("a:\n  - {b: x}\n  {b: y}\n", "{", "a `- ` is missing");
    case("a: \"x\n---\ny\"\n", "\"", "not closed");
    case("a: [x]#y\n", "#", "a comment begins here");
    case("a: [- x]\n", "-", "a dash does not begin");
    case("a: [-, x]\n", "-", "a dash does not begin");
    case("{a:[x]}\n", ":", "a space is missing");
    case(
        "{a: x}\nb: y\n",
        "b",
        "outside of what the file begins with",
    );
    case("a: {b: x} y\n", "y", "after its closing bracket");
    case("a: , x\n", ",", "may not begin with `,`");
    case("a x\nb: y\n", "a x", "a key and a colon");
    case("a:x\n# c\n\nb: y\n", "a:x", "a space is missing");
    case("- a:x\n  b: y\n", "a:x", "a space is missing");
    case("- a x\n  b: y\n", "a x", "a key and a colon");
}

#[test]
fn what_yaml_has_and_rule_files_do_not_use_is_marked() {
    #[track_caller]
    fn feature(text: &str, marked: &str, message: &str) {
        case(text, marked, message);
        let problem = read(0, &Source::new("x.yaml", text)).expect_err(text);
        assert_eq!(problem.code.word(), "yaml-feature", "{text}");
    }

    for tag in [
        "!!bool",
        "!!int",
        "!!float",
        "!!binary",
        "!!null",
        "!!seq",
        "!!map",
        "!!set",
        "!!timestamp",
        "!!str",
        "!x",
        "!<tag:x>",
        "!e!x",
        "!",
    ] {
        feature(&format!("a:\n  b: {tag} no\n"), tag, "tags");
        feature(&format!("- {tag} [no]\n"), tag, "tags");
        feature(&format!("{{a: {tag} {{b: c}}}}\n"), tag, "tags");
        feature(&format!("{tag} a: \"b\n"), tag, "tags");
    }
    feature("a: !!bool no # x\nb: 'c'\n", "!!bool", "tags");
    feature("a: &b x\nc: *b\n", "&b", "anchors");
    feature("a: [&b x, *b]\n", "&b", "anchors");
    feature("- &b\n  a: x\n", "&b", "anchors");
    feature("a: [x, *b]\n", "*b", "aliases");
    feature("*b : x\n", "*b", "aliases");
    feature("<<: {a: b}\n", "<<", "merge keys");
    feature("a: {<<: *b}\n", "<<", "merge keys");
    feature("? a\n: b\n", "?", "complex keys");
    feature("- ? a\n  : b\n", "?", "complex keys");
    feature("?\n  a\n: b\n", "?", "complex keys");
    feature("{? a: b}\n", "?", "complex keys");
    feature("? [a]\n: b\n", "[", "complex keys");
    feature("[a, b]: c\n", "[", "complex keys");
    feature("{a: b}: c\n", "{", "complex keys");
    feature("a: b\n...\nc: d\n", "...", "second document");
    feature("a: b\n... c\n", "...", "second document");
    feature("a: b\n...\n---\nc: d\n", "---", "second document");
    feature("---\na: b\n---\nc: d\n", "---", "second document");

    for text in [
        "a: b!\n",
        "a: \"!x\"\n",
        "a: b !c\n",
        "---\na: b\n...\n",
        "a: Is it?\nb: c\n",
    ] {
        assert!(read(0, &Source::new("x.yaml", text)).is_ok(), "{text}");
    }
}
