//! What `docs/rules.md` says is so: its examples compile, or are refused as
//! it says; its tables name the keys, words and days that the program knows.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use candidacy::load::load;
use candidacy_engine::answer::{Event, Reply, Value};
use candidacy_engine::assess::assess;
use candidacy_engine::compile::compile;
use candidacy_engine::condition::Check;
use candidacy_engine::date::{Date, Days};
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::finding::Standing;
use candidacy_engine::overlay;
use candidacy_engine::pack;
use candidacy_engine::pack::Pack;
use candidacy_engine::period::Period;
use candidacy_engine::plan::{Case, Plan};
use candidacy_engine::source::Source;
use candidacy_engine::truth::Truth;

const MANUAL: &str = include_str!("../docs/rules.md");
const PACK: &str = "rules/microneedling";

/// A fenced block: the words behind the fence, and what stands in it.
struct Block {
    says: String,
    text: String,
}

fn blocks() -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut inside = false;
    for line in MANUAL.lines() {
        match line.strip_prefix("```") {
            Some(says) if !inside => blocks.push(Block {
                says: says.to_owned(),
                text: String::new(),
            }),
            None if inside => {
                if let Some(block) = blocks.last_mut() {
                    block.text.push_str(line);
                    block.text.push('\n');
                }
            }
            _ => {}
        }
        inside ^= line.starts_with("```");
    }
    blocks
}

fn block(says: &str) -> Block {
    let found = blocks().into_iter().find(|block| block.says == says);
    found.unwrap_or_else(|| panic!("the manual has no block marked `{says}`"))
}

/// The rows of every table, cells trimmed, under the heading they stand below.
fn rows() -> Vec<(String, Vec<String>)> {
    let mut heading = String::new();
    let mut rows = Vec::new();
    for line in MANUAL.lines() {
        if line.starts_with('#') {
            line.trim_start_matches(['#', ' ']).clone_into(&mut heading);
        } else if let Some(row) = line.strip_prefix('|') {
            let cells = row.trim_end_matches('|').split(" | ");
            let cells = cells.map(|cell| cell.trim().to_owned()).collect();
            rows.push((heading.clone(), cells));
        }
    }
    rows
}

/// The texts in backticks.
fn ticked(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The demonstration pack of the manual with `more` as a second file.
fn beside_demo(more: &str) -> Pack {
    pack::read(vec![
        Source::new("demo.yaml", &block("yaml pack").text),
        Source::new("more.yaml", more),
    ])
}

#[track_caller]
fn compiled(pack: Pack) -> Plan {
    compile(pack).unwrap_or_else(|refusal| {
        panic!(
            "{}",
            candidacy::report::diagnostic::refusal(&refusal, false)
        )
    })
}

#[track_caller]
fn problems(pack: Pack) -> Vec<Diagnostic> {
    compile(pack).expect_err("a refusal").problems
}

/// Holds a case against what it expects, as far as the manual's cases go.
#[track_caller]
fn holds(case: &Case, plan: &Plan) {
    let found = assess(plan, &case.answers, case.as_of);
    let applies = found
        .findings
        .iter()
        .filter(|finding| finding.standing == Standing::Applies);
    let because: BTreeSet<&str> = applies
        .map(|finding| plan.rules[finding.rule].id.as_str())
        .collect();
    let ids = |questions: &[usize]| -> Vec<String> {
        let id = |number: &usize| plan.questions[*number].question.id.clone();
        questions.iter().map(id).collect()
    };
    let (expect, name) = (&case.expect, &case.name);
    if let Some(promise) = expect.verdict {
        assert!(promise.keeps(found.verdict), "{name}: {:?}", found.verdict);
    }
    if let Some(rules) = &expect.because {
        let rules: BTreeSet<&str> = rules.iter().map(String::as_str).collect();
        assert_eq!(because, rules, "{name}");
    }
    if let Some(undecided) = &expect.undecided {
        assert_eq!(&ids(&found.undecided), undecided, "{name}");
    }
    if let Some(day) = expect.eligible_from {
        assert_eq!(found.eligible_from, day, "{name}");
    }
}

#[test]
fn every_example_is_marked_as_what_it_is() {
    for block in blocks() {
        let words: Vec<&str> = block.says.split(' ').collect();
        match words.as_slice() {
            ["yaml" | "text" | "diff"]
            | ["yaml", "pack" | "microneedling" | "overlay" | "takes"]
            | [
                "yaml",
                "overlay",
                "changes" | "hours" | "planned" | "not-asked" | "part-of-area" | "letter",
            ] => {}
            ["yaml", "refused", rest @ ..] if !rest.is_empty() => {}
            _ => panic!("no test knows a block marked `{}`", block.says),
        }
    }
}

#[test]
fn whole_packs_compile_and_their_cases_hold() {
    let whole: Vec<Block> = blocks()
        .into_iter()
        .filter(|block| block.says == "yaml pack")
        .collect();
    assert!(!whole.is_empty());
    for block in whole {
        let plan = compiled(pack::read(vec![Source::new("demo.yaml", &block.text)]));
        assert!(!plan.cases.is_empty());
        for case in &plan.cases {
            holds(case, &plan);
        }
    }
}

#[test]
fn a_pack_that_takes_topics_compiles_and_its_cases_hold() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("laser-hair.yaml");
    std::fs::write(&path, block("yaml takes").text).expect("a file");
    let plan = compiled(load(&path).expect("the pack").read());
    assert_eq!(plan.cases.len(), 2);
    for case in &plan.cases {
        holds(case, &plan);
    }
    assert_eq!(plan.procedure(), "laser hair removal");
}

#[test]
fn parts_compile_beside_the_demonstration_pack() {
    for block in blocks().iter().filter(|block| block.says == "yaml") {
        compiled(beside_demo(&block.text));
    }
}

#[test]
fn the_rule_of_the_five_minutes_fits_the_microneedling_pack() {
    let mut sources = load(Path::new(PACK)).expect("the pack").sources;
    sources.push(Source::new("more.yaml", &block("yaml microneedling").text));
    let plan = compiled(pack::read(sources));
    let own: Vec<&Case> = plan
        .cases
        .iter()
        .filter(|case| case.at.starts_with("more.yaml"))
        .collect();
    assert!(!own.is_empty());
    for case in own {
        holds(case, &plan);
    }
}

#[test]
fn the_overlays_are_some_and_their_cases_hold() {
    for (says, relaxations, cases) in [
        ("yaml overlay", 1, 1),
        ("yaml overlay changes", 0, 1),
        ("yaml overlay hours", 0, 1),
        ("yaml overlay planned", 0, 3),
        ("yaml overlay not-asked", 1, 2),
        ("yaml overlay part-of-area", 0, 2),
        ("yaml overlay letter", 1, 3),
    ] {
        let mut sources = vec![Source::new("our-clinic.yaml", &block(says).text)];
        let base = load(Path::new(PACK)).expect("the pack").sources;
        let layers = [1, base.len()];
        sources.extend(base);
        let plan = compiled(overlay::read(sources, &layers));
        assert_eq!(
            (plan.relaxations.len(), plan.cases.len()),
            (relaxations, cases)
        );
        for case in &plan.cases {
            holds(case, &plan);
        }
    }
}

#[test]
fn lines_to_be_changed_stand_in_the_microneedling_pack() {
    let sources = load(Path::new(PACK)).expect("the pack").sources;
    for block in blocks().iter().filter(|block| block.says == "diff") {
        for line in block.text.lines().filter_map(|l| l.strip_prefix('-')) {
            let stands = |source: &Source| source.text.lines().any(|other| other == line);
            assert!(sources.iter().any(stands), "no file has the line `{line}`");
        }
    }
}

#[test]
fn what_is_said_to_be_refused_is_refused_in_these_words() {
    for (at, block) in blocks().iter().enumerate() {
        let Some(codes) = block.says.strip_prefix("yaml refused ") else {
            continue;
        };
        if codes == "each" {
            continue;
        }
        let problems = problems(beside_demo(&block.text));
        let found: BTreeSet<&str> = problems.iter().map(|problem| problem.code.word()).collect();
        assert_eq!(found, codes.split(' ').collect());

        let shown = blocks().into_iter().nth(at + 1).expect("the complaint");
        for problem in problems {
            let title = format!("error[{}]: {}", problem.code.word(), problem.message);
            assert!(shown.text.contains(&title), "{title}");
            for help in problem.help {
                assert!(shown.text.contains(&help), "{help}");
            }
        }
    }
}

#[test]
fn each_line_that_is_said_to_be_refused_is() {
    for line in block("yaml refused each").text.lines() {
        let code = line.rsplit_once("# ").expect("a reason").1;
        let code = code.split(':').next().unwrap_or_default();
        let problems = problems(pack::read(vec![Source::new("line.yaml", line)]));
        let found: Vec<&str> = problems.iter().map(|problem| problem.code.word()).collect();
        assert!(found.contains(&code), "{line}: {found:?}");
    }
}

/// Asks the program which keys an entry has, by putting a bare word in its place.
fn keys(more: &str) -> BTreeSet<String> {
    let problems = if more.is_empty() {
        pack::read(vec![Source::new("x.yaml", "bare")]).problems
    } else if more.starts_with("pack:") || more.starts_with("clinic:") {
        pack::read(vec![Source::new("x.yaml", more)]).problems
    } else {
        problems(beside_demo(more))
    };
    let mut help = problems.iter().flat_map(|problem| &problem.help);
    let help = help
        .find(|help| help.contains(" has the keys "))
        .unwrap_or_else(|| panic!("`{more}` is no probe: {problems:?}"));
    let listed = help.split_once(" has the keys ").expect("keys").1;
    ticked(listed).into_iter().map(str::to_owned).collect()
}

#[test]
fn every_key_is_in_the_tables_and_no_other() {
    const PROBES: &[(&str, &str)] = &[
        ("A file", ""),
        ("pack", "pack: bare"),
        ("clinic", "clinic: bare"),
        ("sources", "sources: [bare]"),
        ("groups", "groups: [bare]"),
        ("members", "groups: [{id: x, members: [bare]}]"),
        ("questions", "questions: [bare]"),
        (
            "options",
            "questions: [{id: x, ask: X, type: choice, options: [bare]}]",
        ),
        ("facts", "facts: [bare]"),
        ("advice", "advice: [bare]"),
        ("rules", "rules: [bare]"),
        ("expectations", "expectations: [bare]"),
        ("closing", "closing: [bare]"),
        ("override_reasons", "override_reasons: [bare]"),
        ("personas", "personas: [bare]"),
        ("cases", "cases: [bare]"),
        (
            "expect",
            "cases: [{name: x, as_of: 2026-11-20, expect: bare}]",
        ),
        ("always", "always: [bare]"),
        ("change", "extends: x\nchange: [bare]"),
        ("relax", "extends: x\nrelax: [bare]"),
    ];

    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut inside = false;
    for (heading, cells) in rows() {
        if cells.iter().any(|cell| cell == "key") {
            inside = true;
        }
        let first = ticked(&cells[0]);
        if !inside || first.is_empty() {
            continue;
        }
        // In a table of several kinds of entries the first cell says which.
        let kinds = PROBES.iter().map(|(kind, _)| *kind);
        let several = heading.contains("and ") || heading.starts_with("The other");
        let (kind, names) = if several && kinds.clone().any(|kind| kind == first[0]) {
            (first[0], ticked(&cells[1]))
        } else {
            (heading.trim_matches('`'), first)
        };
        if kinds.clone().any(|known| known == kind) {
            let names = names.into_iter().map(str::to_owned);
            tables.entry(kind.to_owned()).or_default().extend(names);
        }
    }
    for (kind, probe) in PROBES {
        let table = tables.get(*kind).cloned().unwrap_or_default();
        assert_eq!(table, keys(probe), "the keys of `{kind}`");
    }

    let row = |key: &str| {
        let found = rows().into_iter().find(|(_, cells)| {
            cells[0] == "`expect`" && cells.get(1).is_some_and(|c| *c == format!("`{key}`"))
        });
        found.expect("a row").1.join(" ")
    };
    for (key, probe) in [("timeline", "timeline: [bare]"), ("range", "range: bare")] {
        let probe = format!("cases: [{{name: x, as_of: 2026-11-20, expect: {{{probe}}}}}]");
        for name in keys(&probe) {
            assert!(row(key).contains(&format!("`{name}`")), "{key}: {name}");
        }
    }
}

#[test]
fn every_sentence_in_the_tables_is_one() {
    let mut types = BTreeSet::new();
    for (_, cells) in rows()
        .into_iter()
        .filter(|(heading, _)| heading == "Types and their sentences")
    {
        types.extend(ticked(&cells[0]).into_iter().map(str::to_owned));
        for sentence in cells.get(2).map_or(Vec::new(), |cell| ticked(cell)) {
            compiled(beside_demo(&format!(
                "facts: [{{id: probe, label: x, when: {sentence}}}]"
            )));
        }
    }
    let help = problems(beside_demo("questions: [{id: x, ask: X, type: bare}]"));
    let known = help.iter().flat_map(|problem| &problem.help);
    let known: BTreeSet<String> = known
        .flat_map(|help| ticked(help).into_iter().map(str::to_owned))
        .collect();
    assert_eq!(types, known, "the types");
}

#[test]
fn every_wait_in_the_table_ends_on_its_day() {
    let mut count = 0;
    for (_, cells) in rows().into_iter().filter(|(heading, _)| heading == "Waits") {
        let [happened, wait, over] = cells.as_slice() else {
            panic!("three cells: {cells:?}");
        };
        let (Some(happened), Some(wait)) = (Date::from_iso(happened), Period::from_text(wait))
        else {
            continue;
        };
        assert_eq!(&wait.after(happened).to_string(), over, "{happened}");
        count += 1;
    }
    assert!(count > 5);
}

#[test]
fn every_day_in_the_table_is_read_as_it_says() {
    let plan = compiled(beside_demo("title: More"));
    let reader = plan.reader(Date::from_iso("2026-11-20").expect("a day"));
    let mut count = [0, 0];
    for (heading, cells) in rows() {
        let means = cells.last().expect("a cell");
        let (table, id) = match heading.as_str() {
            "What an answer may be" => (0, "date_of_birth"),
            "Days that may be planned" => (1, "vaccine_planned"),
            _ => continue,
        };
        if !means.starts_with("20") {
            continue;
        }
        let number = plan.question(id).expect("the question");
        let question = &plan.questions[number].question;
        for text in ticked(&cells[0]) {
            let reply = reader.reply(question, text).expect("a day");
            assert_eq!(&reply.in_words(question), means, "{text}");
            count[table] += 1;
        }
    }
    assert!(count.into_iter().all(|count| count > 8), "{count:?}");
}

#[test]
fn a_time_before_or_after_begins_and_ends_as_the_table_says() {
    let day = |text: &str| Date::from_iso(text);
    let mut count = 0;
    for (_, cells) in rows()
        .into_iter()
        .filter(|(heading, _)| heading == "Before or after a day")
    {
        let [planned, time, outside, begun, over] = cells.as_slice() else {
            panic!("five cells: {cells:?}");
        };
        let (Some(planned), Some(time)) = (day(planned), Period::from_text(time)) else {
            continue;
        };
        let answer = Value::Event(Event::Happened(Days::on(planned)));
        let truth = |on: Date| {
            let check = Check::WithinBeforeOrAfter(time);
            check.of(&Reply::Given(answer.clone()), false, on)
        };
        let [outside, begun, over] = [outside, begun, over].map(|text| day(text).expect("a day"));
        let days = [outside, begun, over.plus_days(-1), over];
        assert_eq!(
            days.map(truth),
            [Truth::No, Truth::Yes, Truth::Yes, Truth::No],
            "{planned}"
        );
        assert_eq!(outside.plus_days(1), begun);
        count += 1;
    }
    assert!(count > 3);
}

#[test]
fn every_code_is_explained() {
    let explained: BTreeSet<String> = rows()
        .into_iter()
        .filter(|(heading, _)| heading == "Errors" || heading == "Warnings")
        .flat_map(|(_, cells)| {
            let words = ticked(&cells[0]).into_iter().map(str::to_owned);
            words.collect::<Vec<_>>()
        })
        .collect();
    let known: BTreeSet<String> = Code::ALL
        .iter()
        .map(|code| code.word().to_owned())
        .collect();
    assert_eq!(explained, known);
}
