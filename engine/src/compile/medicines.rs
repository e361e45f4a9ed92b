//! Resolves medicine names with their groups.

use crate::diagnostic::Diagnostic;
use crate::medicine::{FormMeaning, Forms, Meaning, Recogniser};
use crate::pack::{Member, Pack};
use crate::text::Text;

use super::symbols::{GROUP, Symbols, unknown};

/// The recogniser for a pack. A form with a group that does not exist is reported and left out.
pub fn resolve(pack: &Pack, names: &Symbols<'_>, problems: &mut Vec<Diagnostic>) -> Recogniser {
    let mut meanings = Vec::new();
    for (group, written) in pack.groups.iter().enumerate() {
        for member in &written.members {
            let forms = forms(member, names, problems);
            for name in std::iter::once(&member.name).chain(&member.also) {
                let meaning = Meaning {
                    group,
                    generic: member.name.value.clone().into(),
                    ask_route: member.ask_route.clone().map(Text::from),
                    forms: forms.clone(),
                };
                meanings.push((name.value.clone(), meaning));
            }
        }
    }
    Recogniser::new(pack.groups.len(), meanings).with_lexicon(pack.lexicon.clone())
}

/// The meanings of a medicine in the forms that the pack names.
fn forms(member: &Member, names: &Symbols<'_>, problems: &mut Vec<Diagnostic>) -> Vec<FormMeaning> {
    let mut forms = Vec::new();
    for written in &member.forms {
        let mut groups = Vec::new();
        for group in &written.groups {
            match names.groups.get(group.value.as_str()) {
                Some(number) => groups.push(*number),
                None => problems.push(unknown(
                    &group.value,
                    group.place,
                    &GROUP,
                    names.groups.keys().copied(),
                )),
            }
        }
        let said = written
            .forms
            .iter()
            .filter_map(|form| Forms::named(&form.value));
        forms.push(FormMeaning {
            forms: said.fold(Forms::default(), Forms::with),
            groups,
            ask_route: written.ask_route.clone().map(Text::from),
        });
    }
    forms.retain(|form| !form.groups.is_empty());
    forms
}
