//! Finds entries of an overlay that nothing reads. Usually the name of a base entry is misspelled,
//! so that the intended period or medicine keeps its old meaning.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::pack::{Condition, Group, Overlay, Pack, Rule, Sentence, Setting};
use crate::sentence::{self, Says, Wait};
use crate::source::{Located, Place};
use crate::suggest::way_out;

/// Reports the settings of an overlay that nothing reads. For its groups that nothing reads, gives the problem and the
/// places of their names. `pack` is the base with what the overlay adds.
pub fn entries(pack: &Pack, over: &Pack, problems: &mut Problems) -> Vec<(Vec<Place>, Diagnostic)> {
    let read = Read::of(pack, &over.rules, &over.overlay);
    read.settings(&over.settings, problems);
    for one in &over.overlay.relaxations {
        // A period that does not exist at all is reported where it is relaxed.
        let exists = |wait: &&Setting| {
            let mut known = pack.settings.iter().chain(&over.settings);
            known.any(|known| known.name.value == wait.name.value)
        };
        read.settings(one.settings.iter().filter(exists), problems);
    }
    read.groups(&over.groups, &pack.groups)
}

/// The names that sentences read.
struct Read<'a> {
    settings: HashSet<&'a str>,
    groups: HashSet<&'a str>,
    /// The words of unreadable sentences.
    unclear: HashSet<&'a str>,
    /// Whether a part of the files could not be read and may read any name.
    partly: bool,
}

impl<'a> Read<'a> {
    /// The names that a pack reads, including the rules that an overlay adds and changes.
    fn of(pack: &'a Pack, added: &'a [Rule], over: &'a Overlay) -> Self {
        let sections = [Code::UnknownRule, Code::UnknownFact, Code::UnknownQuestion];
        let mut read = Self {
            settings: HashSet::new(),
            groups: HashSet::new(),
            unclear: HashSet::new(),
            partly: sections.iter().any(|code| pack.unseen.may_have(*code)),
        };
        let relaxed = over.relaxations.iter().flat_map(|one| &one.changes);
        let changes = over.changes.iter().chain(relaxed);
        let rules = pack.rules.iter().chain(added);
        let conditions = rules
            .flat_map(Rule::conditions)
            .chain(changes.flat_map(|change| change.when.iter().chain(&change.unless)))
            .chain(pack.facts.iter().map(|fact| &fact.when))
            .chain(
                pack.questions
                    .iter()
                    .filter_map(|one| one.ask_when.as_ref()),
            )
            .chain(pack.expectations.iter().filter_map(|one| one.when.as_ref()))
            .chain(pack.claims.iter().map(|claim| &claim.condition));
        for sentence in conditions.flat_map(Condition::sentences) {
            read.sentence(sentence);
        }
        read
    }

    fn sentence(&mut self, sentence: &'a Sentence) {
        let Ok(read) = sentence::read(&sentence.text) else {
            self.unclear.extend(sentence.text.split_whitespace());
            return;
        };
        if let Some(Wait::Named(name)) = read.says.wait() {
            self.settings.insert(name.text);
        }
        if let Says::Take(words) = read.says {
            self.groups.extend(words.iter().map(|word| word.text));
        }
    }

    fn misses(&self, read: &HashSet<&str>, name: &str) -> bool {
        !self.partly && !read.contains(name) && !self.unclear.contains(name)
    }

    /// Reports periods that no sentence names.
    fn settings<'s>(&self, own: impl IntoIterator<Item = &'s Setting>, problems: &mut Problems) {
        for setting in own {
            let name = &setting.name;
            if self.misses(&self.settings, &name.value) {
                let message = format!("nothing reads the setting `{}`", name.value);
                let help = format!(
                    "or write a rule that names it, as in `within {}`",
                    name.value
                );
                problems.push(unread(
                    Code::UnknownSetting,
                    name,
                    message,
                    "setting",
                    &self.settings,
                    help,
                ));
            }
        }
    }

    /// The problems of groups that are not in the base and that no sentence names.
    fn groups(&self, own: &[Group], base: &[Group]) -> Vec<(Vec<Place>, Diagnostic)> {
        let of_base = |id: &str| base.iter().any(|group| group.id.value == id);
        let misses = own
            .iter()
            .filter(|group| !of_base(&group.id.value))
            .filter(|group| self.misses(&self.groups, &group.id.value));
        let complaint = |group: &Group| {
            let id = &group.id;
            let message = format!("nothing reads the group of medicines `{}`", id.value);
            let help = format!("or write a rule that says `include {}`", id.value);
            let kind = "group of medicines";
            let problem = unread(Code::UnknownGroup, id, message, kind, &self.groups, help);
            let names = group.members.iter().map(|member| member.name.place);
            (names.collect(), problem)
        };
        misses.map(complaint).collect()
    }
}

fn unread(
    code: Code,
    name: &Located<String>,
    message: String,
    kind: &str,
    read: &HashSet<&str>,
    help: String,
) -> Diagnostic {
    let mut known: Vec<&str> = read.iter().copied().collect();
    known.sort_unstable();
    Diagnostic::new(code, name.place, message)
        .help(way_out(&name.value, kind, known.into_iter()))
        .help(help)
}
