//! Checks names in an overlay's own table: whether one could make a verdict less severe.
//!
//! A name that the base knows has the meanings from both, so it is never less severe. Any other name was
//! unrecognised in the base, and its groups must be at least as severe as that.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::medicine::normalized_name;
use crate::pack::{Member, Pack, TableLine};
use crate::source::Place;

use super::medicine_names::{as_severe, grades, silences};

/// Reports names in the tables of an overlay that could be less severe than in `base`. Also reports the built-in
/// lexicon, named at `built_in`, if the base has none. `pack` has the rules and groups of both.
pub fn check(
    base: &Pack,
    lines: &[TableLine],
    built_in: Option<Place>,
    pack: &Pack,
    problems: &mut Vec<Diagnostic>,
) {
    if let Some(place) = built_in.filter(|_| !base.lexicon.has_built_in()) {
        let message = "the base does not use the built-in lexicon";
        problems.push(
            Diagnostic::new(Code::Weakening, place, message)
                .help("leave `built-in` out, and name only tables of your own"),
        );
    }
    if lines.is_empty() {
        return;
    }
    let known = names(base);
    let meant = names(pack);
    let unrecognised = grades(base, "unrecognised");
    let mut as_severe = as_severe(pack);
    for line in lines {
        let name = &line.name_in_lexicon;
        let in_base = base.lexicon.generics_of(&name.name).next().is_some();
        if in_base || known.contains_key(&name.name) {
            continue;
        }
        let parts = name.generics.iter().map(|generic| groups(&meant, generic));
        let parts: Vec<Vec<&str>> = parts.collect();
        // A part that is in no group makes the name unrecognised.
        if parts.iter().any(Vec::is_empty) {
            continue;
        }
        for (question, grade) in &unrecognised {
            let mut all = parts.iter().flatten();
            let severe = parts.iter().any(|part| {
                let mut groups = part.iter();
                groups.all(|group| as_severe(question, group, *grade))
            });
            if let Some(group) = all.next().filter(|_| !severe) {
                problems.push(silences(&line.name, group, question, *grade));
            }
        }
    }
}

/// The medicines of a pack by every name, with their groups.
fn names(pack: &Pack) -> HashMap<String, Vec<(&str, &Member)>> {
    let mut names: HashMap<String, Vec<(&str, &Member)>> = HashMap::new();
    for group in &pack.groups {
        for member in &group.members {
            for name in std::iter::once(&member.name).chain(&member.also) {
                let known = names.entry(normalized_name(&name.value)).or_default();
                known.push((&group.id.value, member));
            }
        }
    }
    names
}

/// The groups that a generic name can be in. `hydrocortisone cream` can be in every group of hydrocortisone.
fn groups<'p>(names: &HashMap<String, Vec<(&'p str, &'p Member)>>, generic: &str) -> Vec<&'p str> {
    let folded = normalized_name(generic);
    let mut words = folded.as_str();
    loop {
        if let Some(known) = names.get(words) {
            let forms = known.iter().flat_map(|(_, member)| &member.forms);
            let forms = forms.flat_map(|form| &form.groups);
            let of_forms = forms.map(|group| group.value.as_str());
            let own = known.iter().map(|(group, _)| *group);
            return own.chain(of_forms).collect();
        }
        match words.rsplit_once(' ') {
            Some((shorter, _)) => words = shorter,
            None => return Vec::new(),
        }
    }
}
