//! Medicine names that are easily confused, and names that are in no group.

use std::collections::{BTreeSet, HashMap};

use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::medicine::{is_one_slip, normalized_name};
use candidacy_engine::overlay::grades_of_group;
use candidacy_engine::pack::{Member, Pack};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Located;
use candidacy_engine::verdict::Grade;

type Warnings = Vec<Diagnostic>;

/// Minimum length of names to compare; shorter names are similar to too many others.
const FEWEST: usize = 5;

/// A name with the data of all its groups.
struct Name<'p> {
    written: &'p Located<String>,
    /// The most severe rule that reads one of its groups.
    grade: Option<Grade>,
    /// Whether a note or a question shows that the author considered the name.
    explained: bool,
    /// Whether its meaning depends on the form or on a question.
    open: bool,
}

/// Warns about names that may be read in a surprising way.
pub fn names(pack: &Pack, plan: &Plan, warnings: &mut Warnings) {
    let names = all(pack);
    longer(&names, warnings);
    near(&names, warnings);
    for line in &pack.table_lines {
        let unmapped = line.name_in_lexicon.generics.iter();
        let mut unmapped = unmapped.filter(|generic| !plan.medicines.knows_generic(generic));
        if let Some(generic) = unmapped.next() {
            let name = &line.name.value;
            let message = format!(
                "`{name}` has `{generic}` in it, which is in no group: it stays unrecognised"
            );
            warnings.push(
                Diagnostic::new(Code::UnmappedGeneric, line.name.place, message)
                    .help(format!("add `{generic}` to a group, under `generics`"))
                    .help("or write the generic as a group writes it"),
            );
        }
    }
}

fn all(pack: &Pack) -> HashMap<String, Name<'_>> {
    let mut grades: HashMap<&str, Option<Grade>> = HashMap::new();
    let mut names: HashMap<String, Name<'_>> = HashMap::new();
    for group in &pack.groups {
        let id = group.id.value.as_str();
        let grade = *grades.entry(id).or_insert_with(|| {
            let read = grades_of_group(pack, id);
            read.into_iter().map(|(_, grade)| grade).max()
        });
        for member in &group.members {
            for written in std::iter::once(&member.name).chain(&member.also) {
                let name = names
                    .entry(normalized_name(&written.value))
                    .or_insert(Name {
                        written,
                        grade: None,
                        explained: false,
                        open: false,
                    });
                name.grade = name.grade.max(grade);
                name.explained |= is_explained(member);
                name.open |= member.ask_route.is_some() || !member.forms.is_empty();
            }
        }
    }
    names
}

fn is_explained(member: &Member) -> bool {
    member.note.is_some() || member.ask_route.is_some() || !member.forms.is_empty()
}

/// Warns about a longer name that hides a more severe name inside it.
fn longer(names: &HashMap<String, Name<'_>>, warnings: &mut Warnings) {
    for (text, name) in names.iter().filter(|(_, name)| !name.explained) {
        let words: Vec<&str> = text.split(' ').collect();
        let runs = (1..words.len()).flat_map(|length| words.windows(length));
        let inside = runs.filter_map(|run| names.get(&run.join(" ")));
        let hidden = inside.filter(|inside| !inside.open && inside.grade > name.grade);
        if let Some(hidden) = hidden.max_by_key(|hidden| (hidden.grade, &hidden.written.value)) {
            let (own, other) = (&name.written.value, &hidden.written.value);
            let message = format!("`{own}` is less severe than `{other}`, which is inside it");
            warnings.push(
                Diagnostic::new(Code::LessSevereName, name.written.place, message)
                    .other(hidden.written.place, "the name inside it")
                    .note("if both match, the longer name counts")
                    .help(format!("add `{own}` to the groups of `{other}` as well"))
                    .help(
                        "or write a `note` at its own entry that says why it is another medicine",
                    ),
            );
        }
    }
}

/// Warns about a name that is one typing error away from a more severe one.
fn near(names: &HashMap<String, Name<'_>>, warnings: &mut Warnings) {
    let mut without_a_letter: HashMap<String, Vec<&str>> = HashMap::new();
    for text in names.keys().filter(|text| text.len() >= FEWEST) {
        let shorter = text.char_indices().map(|(at, letter)| {
            let (before, after) = text.split_at(at);
            format!("{before}{}", after.get(letter.len_utf8()..).unwrap_or(""))
        });
        let forms: BTreeSet<String> = shorter.chain([text.clone()]).collect();
        for form in forms {
            without_a_letter.entry(form).or_default().push(text);
        }
    }
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    for alike in without_a_letter.values() {
        for one in alike {
            let others = alike.iter().filter(|other| is_one_slip(one, other));
            pairs.extend(others.map(|other| (*one, *other)));
        }
    }
    for (text, other) in pairs {
        let (Some(name), Some(severe)) = (names.get(text), names.get(other)) else {
            continue;
        };
        if name.explained || name.grade >= severe.grade {
            continue;
        }
        let (own, other) = (&name.written.value, &severe.written.value);
        let message =
            format!("`{own}` is one typing error away from `{other}`, which is more severe");
        warnings.push(
            Diagnostic::new(Code::LookAlikeName, name.written.place, message)
                .other(severe.written.place, "the more severe name")
                .help("write a `note` at its own entry that says that both names are right, and what each of them is")
                .help("or ask which one is meant, with `ask_route`"),
        );
    }
}
