//! How well medicines are recognised: `cargo run --release --example medicines_figures`.
//!
//! Dresses names that nobody chose as records, prescriptions and people write them, and counts what is read as severely
//! as the list proposes (or in a group that the pack did not have then), less severely, and not at all. Entries as the
//! desk types them are read as they are. `-v` shows what is not right.
//!
//! `… -- names FILE` and `… -- entries FILE` do the same with a list of yours: on each line a name or an entry, a tab,
//! and the groups that it should be in, or `?` where it should not be recognised, or `none`.

#![allow(clippy::print_stdout, reason = "printing is what it is for")]

use candidacy::load;
use candidacy_engine::answer::{Reply, Value};
use candidacy_engine::date::Date;
use candidacy_engine::medicine::Medicines;
use candidacy_engine::plan::Plan;
use candidacy_engine::question::Kind;
use candidacy_engine::truth::Truth;

/// The groups made for what the list calls `-`.
const NEW_GROUPS: [&str; 6] = [
    "infection-medicine",
    "strong-painkiller",
    "antipsychotic",
    "antithyroid",
    "skin-illness-cream",
    "medicine-to-ask-about",
];

/// The groups of which every member goes to the dermatologist.
const REVIEWED: [&str; 12] = [
    "isotretinoin",
    "systemic-retinoid",
    "anticoagulant",
    "antiplatelet",
    "immunosuppressant",
    "cancer-medicine",
    "steroid",
    "heart-medicine",
    "clotting-treatment",
    "antiviral-blood-borne",
    "skin-illness-cream",
    "medicine-to-ask-about",
];

/// Names that were drawn at random. What is wrong in the second list was never looked at.
const HELD_OUT: [&str; 2] = [
    include_str!("../tests/data/medicines/held_out.tsv"),
    include_str!("../tests/data/medicines/held_out_unseen.tsv"),
];

/// Entries as the desk, records and patients write them.
const DESK: &str = include_str!("../tests/data/medicines/desk.tsv");

/// A way to write a name, and what it is called.
type Style = (&'static str, fn(&str) -> String);

const STYLES: [Style; 6] = [
    ("record", |name| format!("{name} 20 MG Oral Tablet")),
    ("record, longer", |name| {
        format!("24 HR {name} 12.5 MG Extended Release Oral Tablet")
    }),
    ("prescription", |name| {
        format!("Tab. {} 5 mg 1-0-1 x 5 days p.c.", capital(name))
    }),
    ("prescription, longer", |name| {
        format!("{} 10mg PO BID prn #30", name.to_uppercase())
    }),
    ("spoken", |name| format!("I take {name} twice a day")),
    ("bare", str::to_owned),
];

fn main() {
    let mut words: Vec<String> = std::env::args().skip(1).collect();
    let verbose = words.iter().any(|word| word == "-v");
    words.retain(|word| word != "-v");
    let plan = load::compiled(load::built_in_with_cases()).expect("the built-in rules");
    match &words[..] {
        [] => {
            for list in HELD_OUT {
                names(&plan, list, verbose);
            }
            entries(&plan, DESK, verbose);
            records(&plan, verbose);
        }
        [what, path] => {
            let list = std::fs::read_to_string(path).expect("a file that can be read");
            match what.as_str() {
                "names" => names(&plan, &list, verbose),
                "entries" => entries(&plan, &list, verbose),
                _ => panic!("say `names FILE` or `entries FILE`"),
            }
        }
        _ => panic!("say `names FILE` or `entries FILE`"),
    }
}

/// The lines of a list: a text, and the groups that it should be in.
fn lines(list: &str) -> Vec<(&str, &str)> {
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).collect()
}

/// Names in every style.
fn names(plan: &Plan, list: &str, verbose: bool) {
    let names = lines(list);
    println!("{} names", names.len());
    for (style, dressed) in STYLES {
        let dressed = names
            .iter()
            .map(|(name, groups)| (dressed(name), (*groups).to_owned()));
        count(plan, style, dressed, verbose);
    }
}

/// Entries as they are.
fn entries(plan: &Plan, list: &str, verbose: bool) {
    let entries = lines(list);
    println!("{} entries", entries.len());
    let as_typed = entries
        .iter()
        .map(|(entry, groups)| ((*entry).to_owned(), (*groups).to_owned()));
    count(plan, "as typed", as_typed, verbose);
}

fn count(plan: &Plan, style: &str, entries: impl Iterator<Item = (String, String)>, verbose: bool) {
    let mut sums = Sums::default();
    for (entry, groups) in entries {
        let verdict = compare(plan, &entry, &groups);
        if verbose && verdict != Read::Right {
            println!("  {verdict:?}: {entry} (list: {groups})");
        }
        sums.add(verdict);
    }
    println!("{style:22}{}", sums.line());
}

/// Entries of electronic records, alone and as the lists of synthetic adults.
fn records(plan: &Plan, verbose: bool) {
    let list = include_str!("../tests/data/medicines/records.txt");
    let entries: Vec<&str> = list.lines().filter(|line| !line.starts_with('#')).collect();
    let unknown =
        |entry: &&&str| read(plan, entry).is_none_or(|read| read.unrecognised != Truth::No);
    let unread: Vec<&&str> = entries.iter().filter(unknown).collect();
    if verbose {
        for entry in &unread {
            println!("  not recognised: {entry}");
        }
    }
    println!(
        "{} entries of records: {:.1} % not recognised",
        entries.len(),
        percent(unread.len(), entries.len())
    );
    // Adults with one to eight medicines each, drawn by a fixed sequence.
    let mut state: u64 = 20_261_128;
    let mut draw = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or(0) % below
    };
    let (adults, mut only_unknown) = (10_000, 0);
    for _ in 0..adults {
        let count = 1 + draw(8);
        let list: Vec<&str> = (0..count)
            .filter_map(|_| entries.get(draw(entries.len())).copied())
            .collect();
        let read = read(plan, &list.join("; ")).expect("a list of medicines");
        let reviewed = |group: &&&str| is(plan, &read, group);
        let other = REVIEWED.iter().filter(reviewed).count();
        only_unknown += usize::from(read.unrecognised == Truth::Yes && other == 0);
    }
    println!(
        "{adults} drawn adults: {:.1} % reviewed only for an unknown name",
        percent(only_unknown, adults)
    );
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Read {
    Right,
    Unknown,
    Stricter,
    TooMild,
}

#[derive(Default)]
struct Sums([usize; 4]);

impl Sums {
    fn add(&mut self, read: Read) {
        self.0[read as usize] += 1;
    }

    fn line(&self) -> String {
        let all = self.0.iter().sum();
        let [right, unknown, stricter, mild] = self.0.map(|count| percent(count, all));
        format!(
            "right {right:5.1} %   unknown {unknown:4.1} %   stricter {stricter:4.1} %   too mild {mild:4.1} %"
        )
    }
}

/// How severe the groups are: 2 for the dermatologist, 1 for a precaution, 0 for none.
fn severity<'g>(groups: impl Iterator<Item = &'g str>) -> usize {
    let of = |group: &str| match group {
        "ordinary" | "-" => 0,
        group if REVIEWED.contains(&group) => 2,
        _ => 1,
    };
    groups.map(of).max().unwrap_or(0)
}

fn compare(plan: &Plan, entry: &str, groups: &str) -> Read {
    let Some(read) = read(plan, entry) else {
        // It is not known, or refused and asked again.
        return match groups {
            "?" => Read::Right,
            "none" => Read::Stricter,
            _ => Read::Unknown,
        };
    };
    let ids = plan.groups.iter().map(|group| group.id.as_str());
    let found: Vec<&str> = ids.filter(|group| is(plan, &read, group)).collect();
    let nothing = found.is_empty() && read.unrecognised == Truth::No && !read.open;
    match groups {
        // It says that nothing is taken.
        "none" if nothing => return Read::Right,
        "none" if read.unrecognised == Truth::No => return Read::Stricter,
        // It must not be taken for something that is known.
        "?" if read.unrecognised == Truth::No => return Read::TooMild,
        "?" => return Read::Right,
        _ => {}
    }
    if nothing {
        return Read::TooMild;
    }
    if read.unrecognised != Truth::No {
        return Read::Unknown;
    }
    let wanted = severity(groups.split(' '));
    let severity = severity(found.iter().copied());
    if severity < wanted {
        Read::TooMild
    } else if severity == wanted || found.iter().any(|group| NEW_GROUPS.contains(group)) {
        Read::Right
    } else {
        Read::Stricter
    }
}

/// The medicines that an answer names; none where it does not say, or cannot be read.
fn read(plan: &Plan, answer: &str) -> Option<Medicines> {
    let mut asked = plan.questions.iter().map(|asked| &asked.question);
    let question = asked.find(|question| matches!(question.kind, Kind::Medicines))?;
    match plan.reader(Date::LATEST).reply(question, answer) {
        Ok(Reply::Given(Value::Medicines(medicines))) => Some(medicines),
        _ => None,
    }
}

fn is(plan: &Plan, read: &Medicines, group: &str) -> bool {
    let mut groups = plan.groups.iter().zip(&read.groups);
    groups.any(|(one, truth)| one.id == group && *truth == Truth::Yes)
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn percent(part: usize, all: usize) -> f64 {
    100.0 * part as f64 / all.max(1) as f64
}
