//! `rules doc`: the whole pack as one document, in both forms.

mod html;
mod program;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use candidacy::load;
use candidacy::report::doc;
use candidacy::report::doc::survey::survey;
use candidacy_engine::compile::compile;
use candidacy_engine::pack;
use candidacy_engine::pack::Pack;
use candidacy_engine::source::Source;
use html::{tags, values};
use program::{candidacy, run};

/// Signs that would be markup in HTML, Markdown or a style sheet.
const HOSTILE: &str = r#"
format: candidacy/1
pack: {id: demo, version: "1\"}</style><script>x()</script>", title: "<script>x()</script>", status: reviewed,
  reviewed_by: "Dr <i>C</i>", reviewed_on: 2026-11-20, procedure: "<s>laser", owner: "Dr <b>A</b> | B", review_by: 2040-06-30}
sources:
  - {id: "S\"1", cite: "<img src=x onerror=y>", publisher: "*bold*", url: "javascript:x()", strength: opinion,
     unverified: "<u>seen</u>"}
groups: [{id: thinner, label: "<i>thin</i>", members: [{name: "warf<in", also: ["a|b"]}]}]
questions:
  - {id: acne, ask: "<h1>How?</h1>", help: "| a | b |", type: choice, options: [{id: clear, text: "<td>"}, {id: sore, text: "`x`"}]}
  - {id: medicines, ask: Which?, type: medicines}
rules:
  - {id: acne, title: "<em>x", grade: absolute, when: acne is sore, why: "<p>why</p>", sources: ["S\"1"], unverified: "</main>"}
  - {id: thinner, grade: relative, when: medicines include thinner, why: "[x](y)", sources: ["S\"1"]}
"#;

fn both(sources: Vec<Source>) -> (String, String) {
    of(&pack::read(sources))
}

fn of(read: &Pack) -> (String, String) {
    let plan = compile(read.clone()).unwrap_or_else(|refusal| {
        let told = candidacy::report::diagnostic::refusal(&refusal, false);
        panic!("{told}")
    });
    let document = doc::document(&survey(read, &plan));
    (document.html(), document.markdown())
}

fn built_in() -> (String, String) {
    both(load::built_in_with_cases().sources)
}

/// The overlays that ship as examples.
fn overlays() -> Vec<Pack> {
    let mut found = Vec::new();
    for file in load::yaml_files(Path::new("rules/examples")).expect("the examples") {
        found.push(load::load(&file).expect("an overlay").read());
    }
    assert!(!found.is_empty());
    found
}

/// What is milder for a while is told with its reason; every rule has its
/// place once, however many forms it has.
#[test]
fn an_overlay_says_what_it_relaxes() {
    let mut relaxed = 0;
    for pack in overlays() {
        let (html, markdown) = of(&pack);
        let base = pack.under.as_ref().expect("a base");
        assert!(markdown.contains(&format!("**Laid over:** {}", base.header.id)));
        for one in &pack.overlay.relaxations {
            for form in [&html, &markdown] {
                assert!(form.contains(&one.owner) && form.contains(&one.until.value.in_words()));
            }
            assert!(markdown.contains(&one.reason), "{}", one.reason);
            relaxed += 1;
        }
    }
    assert!(relaxed > 0);
}

/// A manager reads first what is different from the pack below, in at most ten lines.
#[test]
fn an_overlay_begins_with_what_is_different() {
    #[track_caller]
    fn first(pack: &Pack) -> String {
        let (html, markdown) = of(pack);
        let title = "What is different here";
        let (_, rest) = markdown
            .split_once(&format!("## 1. {title}\n"))
            .expect("a section");
        let (section, _) = rest
            .split_once("## 2. Who is responsible")
            .expect("the next section");
        let points = section.lines().filter(|line| line.starts_with("* "));
        let points = points.count();
        assert!((1..=10).contains(&points), "{points} points\n{section}");
        assert!(html.contains(title));
        format!("{}\n", section.trim())
    }
    let clinics = [
        "rules/examples/skin-clinic.yaml",
        "rules/examples/studio.yaml",
        "tests/overlays/longer_waits.yaml",
        "tests/overlays/medicine_names.yaml",
        "tests/overlays/milder_for_a_while.yaml",
        "tests/overlays/questions_in_other_words.yaml",
        "tests/overlays/several_rules.yaml",
        "tests/overlays/with_a_letter.yaml",
        "tests/overlays/one_device.yaml",
        "tests/overlays/own_texts.yaml",
        "tests/overlays/another_condition.yaml",
    ];
    let mut told = String::new();
    for path in clinics {
        let pack = load::load(Path::new(path)).expect("an overlay").read();
        told.push_str(&format!("# {path}\n\n{}\n", first(&pack)));
    }
    insta::with_settings!({snapshot_path => "doc", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("what_is_different", told);
    });
    let (_, markdown) = built_in();
    assert!(!markdown.contains("What is different here"));
}

/// An overlay without a difference says so.
#[test]
fn an_overlay_without_a_difference_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("over.yaml");
    let text = "format: candidacy/1\nextends: microneedling\npack: {id: ours, version: 1.0.0, title: Ours, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\n";
    fs::write(&path, text).expect("a file");
    let (_, markdown) = of(&load::load(&path).expect("an overlay").read());
    assert!(markdown.contains("Nothing: these rules decide and say the same as microneedling "));
}

#[test]
fn the_page_is_whole_and_needs_nothing_else() {
    let mut pages = vec![built_in(), both(vec![Source::new("x.yaml", HOSTILE)])];
    pages.extend(overlays().iter().map(of));
    for (html, _) in pages {
        let tags = tags("rules doc", &html);
        for never in ["script", "img", "link", "iframe", "form", "b", "u", "em"] {
            assert!(!tags.iter().any(|tag| tag == never), "{never}");
        }
        assert!(values(&html, "src").is_empty());
        let style = html.split("</style>").next().expect("a style");
        assert!(!style.contains("url(") && !style.contains("@import"));
        assert_eq!(html.matches("</style>").count(), 1);

        let ids = values(&html, "id");
        let known: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(known.len(), ids.len(), "no id stands twice");
        for link in values(&html, "href") {
            match link.strip_prefix('#') {
                Some(id) => assert!(known.contains(id), "nothing is called {link}"),
                None => assert!(link.starts_with("http"), "{link}"),
            }
        }
    }
}

#[test]
fn nothing_in_a_pack_becomes_markup() {
    let (html, markdown) = both(vec![Source::new("x.yaml", HOSTILE)]);
    assert!(html.contains("&lt;h1&gt;How?&lt;/h1&gt;"));
    assert_eq!(html.matches("<h1>").count(), 1, "the title alone");
    assert!(!markdown.contains("<script") && !markdown.contains("<img"));
    assert!(markdown.contains("\\| a \\| b \\|"));
    assert!(markdown.contains("\\[x\\](y)"));
}

/// A reviewer signs what stands here: nothing the pack says of its rules may be left out.
#[test]
fn everything_is_in_both_forms() {
    let read = pack::read(load::built_in_with_cases().sources);
    let plan = compile(read.clone()).expect("the built-in rules");
    let (html, markdown) = built_in();
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    let unescaped = |text: &str| {
        text.replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&gt;", ">")
            .replace("&lt;", "<")
            .replace("&amp;", "&")
    };
    let forms = [html, markdown].map(|form| letters(&unescaped(&form)));
    let says = |text: &str| {
        for form in &forms {
            assert!(form.contains(&letters(text)), "{text:?} is left out");
        }
    };

    says(&plan.fingerprint);
    says(&plan.header.owner);
    for rule in &plan.rules {
        says(&rule.id);
        rule.title.iter().for_each(|title| says(title));
        says(&rule.why);
        rule.note.iter().for_each(|note| says(note));
        rule.clears.iter().for_each(|clears| says(clears));
        rule.unverified.iter().for_each(|text| says(text));
        says(&rule.icd10.join(" "));
    }
    for asked in &plan.questions {
        says(&asked.question.ask);
        asked.question.help.iter().for_each(|help| says(help));
        for choice in asked.question.kind.choices() {
            says(&choice.text);
            says(&choice.also.join(" "));
        }
    }
    for one in &plan.expectations {
        says(&one.title);
        says(&one.text);
        one.points.iter().for_each(|point| says(point));
    }
    for citation in &plan.citations {
        says(&citation.cite);
        says(&citation.url);
        citation.unverified.iter().for_each(|text| says(text));
    }
    for group in &read.groups {
        for member in &group.members {
            says(&member.name.value);
            member.also.iter().for_each(|name| says(&name.value));
        }
    }
    plan.advice.iter().for_each(|advice| says(&advice.text));
    plan.settings.iter().for_each(|(name, _)| says(name));
    plan.claims.iter().for_each(|claim| says(&claim.claim));
    plan.cases.iter().for_each(|case| says(&case.name));
    plan.closing.iter().for_each(|closing| says(&closing.text));
    plan.doubts.iter().for_each(|(label, _)| says(label));
    plan.override_reasons.iter().for_each(|one| says(&one.text));
}

#[test]
fn a_small_pack_as_markdown() {
    let manual = fs::read_to_string("docs/rules.md").expect("the manual");
    let demo = manual.split("```yaml pack\n").nth(1).expect("a pack");
    let demo = demo.split("```").next().expect("its end");
    let (_, markdown) = both(vec![Source::new("demo.yaml", demo)]);
    insta::with_settings!({snapshot_path => "doc", prepend_module_to_snapshot => false, omit_expression => true}, {
        insta::assert_snapshot!("demo", markdown);
    });
}

#[track_caller]
fn begins(text: &str, lead: &str) {
    assert!(text.starts_with(lead), "{text:.60}");
}

#[test]
fn the_ending_chooses_the_form() {
    let folder = tempfile::tempdir().expect("a folder");
    let small = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/small.yaml");
    let small = small.to_str().expect("a path");
    let doc = |words: &[&str]| {
        let words: Vec<&str> = ["rules", "doc", small]
            .iter()
            .chain(words)
            .copied()
            .collect();
        run(&mut candidacy(folder.path(), &words))
    };
    let file = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a file");

    begins(&doc(&[]).out, "# ");
    begins(&doc(&["--format", "html"]).out, "<!doctype html>");
    begins(&doc(&["-o", "-"]).out, "# ");
    let ended = doc(&["-o", "rules.html"]);
    assert_eq!(
        (ended.code, ended.err.as_str()),
        (0, "Written to rules.html.\n")
    );
    begins(&file("rules.html"), "<!doctype html>");
    doc(&["-o", "rules.md"]);
    begins(&file("rules.md"), "# ");
    doc(&["-o", "rules.txt", "--format", "markdown"]);
    begins(&file("rules.txt"), "# ");

    let ended = doc(&["-o", "rules.pdf"]);
    assert_eq!(ended.code, 2);
    assert_eq!(
        ended.err,
        "error: `rules.pdf` does not say which form to write\n\
         help: end the name in .html or .md, or add `--format html` or `--format markdown`\n"
    );
    assert!(!folder.path().join("rules.pdf").exists());
}
