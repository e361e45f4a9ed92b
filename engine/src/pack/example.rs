//! Examples for help messages, filled with names from the pack, so that authors can copy them.

use crate::question::Names;
use crate::suggest::listed;

use super::{Citation, Group, Question};

/// The names that help messages for an entry can show.
pub struct Examples {
    /// The id of a source.
    pub source: String,
    /// A sentence.
    pub sentence: String,
}

impl Examples {
    /// Examples from what a pack has.
    pub fn of(citations: &[Citation], groups: &[Group], questions: &[Question]) -> Self {
        let named = |id: &&str| !id.is_empty();
        let mut sources = citations.iter().map(|source| source.id.value.as_str());
        let groups: Vec<&str> = groups.iter().map(|group| group.id.value.as_str()).collect();
        let asked = questions.iter().rev();
        let mut sentences = asked
            .filter(|question| question.whole)
            .flat_map(|question| sentences(question, &groups));
        Self {
            source: sources.rfind(named).unwrap_or("P4").to_owned(),
            sentence: sentences.next().unwrap_or_else(|| "acne is yes".to_owned()),
        }
    }
}

/// A help message with the sentences that a question allows.
#[must_use]
pub fn takes(question: &Question, groups: &[&str]) -> String {
    format!("it takes {}", listed(&sentences(question, groups)))
}

/// All sentences that a question allows, filled in; `groups` are those of the pack.
fn sentences(question: &Question, groups: &[&str]) -> Vec<String> {
    let id = &question.id.value;
    let options: Vec<&str> = question
        .options
        .iter()
        .map(|option| option.id.value.as_str())
        .collect();
    let names = Names {
        options: &options,
        unit: question.unit.as_ref().map(|unit| unit.value.as_str()),
        range: question.range.as_ref().map(|range| range.value.as_str()),
        groups,
        planned: question.planned,
    };
    let says = question.kind.sentences(&names).into_iter();
    says.map(|says| format!("{id} {says}")).collect()
}

#[cfg(test)]
mod tests {
    use super::sentences;
    use crate::compile::compile;
    use crate::pack;
    use crate::source::Source;

    fn read(text: &str) -> pack::Pack {
        pack::read(vec![Source::new("x.yaml", text)])
    }

    #[test]
    fn every_example_can_be_taken_over() {
        #[track_caller]
        fn case(kind: &str, more: &str, count: usize) {
            let pack = format!(
                "format: candidacy/1\n\
                 pack: {{id: x, version: 1, title: x, status: draft, owner: x, review_by: 2027-01-01}}\n\
                 sources: [{{id: P4, cite: x, publisher: x, url: x, strength: D}}]\n\
                 groups: [{{id: thinner, members: [{{name: apixaban}}]}}]\n\
                 questions: [{{id: q, ask: Q?, type: {kind}{more}}}]\n"
            );
            let examples = sentences(&read(&pack).questions[0], &["thinner"]);
            assert_eq!(examples.len(), count, "{kind}: {examples:?}");
            for when in examples {
                let rule = format!(
                    "{pack}rules: [{{id: r, grade: relative, when: {when}, why: x, sources: [P4]}}]\n"
                );
                let plan = compile(read(&rule));
                assert!(plan.is_ok(), "{when}: {:?}", plan.err().map(|r| r.problems));
            }
        }

        case("yes-no", "", 2);
        case(
            "choice",
            ", options: [{id: a, text: A}, {id: b, text: B}]",
            3,
        );
        case("choices", ", options: [{id: a, text: A}]", 3);
        case("number", ", unit: mm, range: 0.1 to 3", 5);
        case("number", "", 5);
        case("date", "", 1);
        case("event", "", 2);
        case("course", "", 4);
        case("medicines", "", 3);
    }
}
