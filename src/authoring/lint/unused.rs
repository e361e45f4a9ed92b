//! Entries that nothing reads, names, cites or gives.
//!
//! If some sentence says `include unrecognised`, a group of medicines that no sentence names still
//! has an effect: its names are known and therefore not unrecognised. One such group is probably
//! intended; the largest one is assumed.

use std::collections::HashSet;

use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::{Group, Pack};
use candidacy_engine::sentence::{Says, Wait};
use candidacy_engine::source::Located;

use super::usages::{By, Usages};

type Warnings = Vec<Diagnostic>;

/// Warns about unused settings, sources, advice, facts and groups, and about questions that nothing
/// reads.
pub fn names(pack: &Pack, said: &Usages<'_>, warnings: &mut Warnings) {
    settings(pack, said, warnings);
    sources(pack, warnings);
    advice(pack, warnings);
    facts(pack, said, warnings);
    groups(pack, said, warnings);
    questions(pack, said, warnings);
}

fn warning(code: Code, id: &Located<String>, message: String, help: &str) -> Diagnostic {
    Diagnostic::new(code, id.place, message).help(help)
}

fn settings(pack: &Pack, said: &Usages<'_>, warnings: &mut Warnings) {
    let waits = said.0.iter().filter_map(|one| one.says.wait());
    let named: HashSet<&str> = waits
        .filter_map(|wait| match wait {
            Wait::Named(name) => Some(name.text),
            Wait::Counted(..) => None,
        })
        .collect();
    for setting in &pack.settings {
        let name = &setting.name;
        if !named.contains(name.value.as_str()) {
            let message = format!("no sentence names the setting `{}`", name.value);
            let help = format!(
                "write it into a sentence, as in `within {}`, or remove it: changing it has no effect",
                name.value
            );
            warnings.push(warning(Code::UnusedSetting, name, message, &help));
        }
    }
}

fn sources(pack: &Pack, warnings: &mut Warnings) {
    let rules = pack.rules.iter().flat_map(|rule| &rule.sources);
    let expectations = pack.expectations.iter().flat_map(|one| &one.sources);
    let cited: HashSet<&str> = rules
        .chain(expectations)
        .map(|id| id.value.as_str())
        .collect();
    for citation in &pack.citations {
        let id = &citation.id;
        if !cited.contains(id.value.as_str()) {
            let message = format!("nothing cites the source `{}`", id.value);
            let help = "name it under `sources` of the rule that is based on it, or remove it";
            warnings.push(warning(Code::UnusedSource, id, message, help));
        }
    }
}

fn advice(pack: &Pack, warnings: &mut Warnings) {
    let given = pack.rules.iter().flat_map(|rule| &rule.advice);
    let given: HashSet<&str> = given.map(|id| id.value.as_str()).collect();
    for advice in &pack.advice {
        let id = &advice.id;
        if !given.contains(id.value.as_str()) {
            let message = format!("no rule gives the advice `{}`", id.value);
            let help = "name it under `advice` of the rule it belongs to, or remove it";
            warnings.push(warning(Code::UnusedAdvice, id, message, help));
        }
    }
}

fn facts(pack: &Pack, said: &Usages<'_>, warnings: &mut Warnings) {
    let facts = said.0.iter().filter(|one| one.says == Says::Holds);
    let named: HashSet<&str> = facts.map(|one| one.subject).collect();
    for fact in &pack.facts {
        let id = &fact.id;
        if !fact.doubtful && !named.contains(id.value.as_str()) {
            let message = format!("no condition names the fact `{}`", id.value);
            let help = format!(
                "write `{} holds` where it matters, or remove it; if it describes an unlikely combination, add `doubtful: yes`",
                id.value
            );
            warnings.push(warning(Code::UnusedFact, id, message, &help));
        }
    }
}

fn groups(pack: &Pack, said: &Usages<'_>, warnings: &mut Warnings) {
    let mut named: HashSet<&str> = HashSet::new();
    for one in said.bearing() {
        if let Says::Take(words) = &one.says {
            named.extend(words.iter().map(|word| word.text));
        }
    }
    let unnamed: Vec<&Group> = pack
        .groups
        .iter()
        .filter(|group| !named.contains(group.id.value.as_str()))
        .collect();
    let known = named.contains("unrecognised");
    let largest = unnamed.iter().max_by_key(|group| group.members.len());
    let harmless = largest.filter(|_| known).map(|group| &group.id);
    for group in unnamed.iter().filter(|group| Some(&group.id) != harmless) {
        let id = &group.id;
        let message = format!("no sentence names the group of medicines `{}`", id.value);
        let help = format!(
            "let a rule say `include {}`: until then its medicines have no effect",
            id.value
        );
        let mut found = warning(Code::UnusedGroup, id, message, &help);
        if let Some(harmless) = harmless {
            found = found
                .other(harmless.place, "the group of medicines without effect")
                .help(format!(
                    "or move its medicines to `{}`, if they are",
                    harmless.value
                ));
        }
        warnings.push(found);
    }
}

fn questions(pack: &Pack, said: &Usages<'_>, warnings: &mut Warnings) {
    let read: HashSet<&str> = said.bearing().map(|one| one.subject).collect();
    let claimed = |id: &str| {
        let mut claims = said.0.iter().filter(|one| one.by == By::Claim);
        claims.any(|one| one.subject == id)
    };
    for question in &pack.questions {
        let id = &question.id;
        if read.contains(id.value.as_str()) {
            continue;
        }
        let message = format!("nothing reads the answer to `{}`", id.value);
        let help = "write the rule it was meant for, or do not ask";
        let mut found = warning(Code::UnreadQuestion, id, message, help)
            .note("no answer to it changes a verdict or a report");
        if claimed(&id.value) {
            found = found.note("a claim under `always` names it, but a claim decides nothing");
        }
        warnings.push(found);
    }
}
