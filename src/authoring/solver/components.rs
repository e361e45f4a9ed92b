//! Splits a search into components that can be solved separately.

use std::collections::BTreeMap;

use candidacy_engine::range::Part;

use super::constraints::Space;

/// Connected variables, and the constraints over them.
#[derive(Debug, Default)]
pub struct Component {
    /// The numbers of the variables.
    pub variables: Vec<usize>,
    /// The numbers of the constraints.
    pub constraints: Vec<usize>,
}

/// The components of a search. The medicines of one question are in one component, because one list
/// of names decides all of them.
pub fn components(space: &Space<'_>) -> Vec<Component> {
    let mut heads: Vec<usize> = (0..space.variables.len()).collect();
    let mut first_of = BTreeMap::new();
    for (number, variable) in space.variables.iter().enumerate() {
        if matches!(variable.part, Part::Group(_) | Part::Unrecognised) {
            join(
                &mut heads,
                *first_of.entry(variable.question).or_insert(number),
                number,
            );
        }
    }
    for constraint in &space.constraints {
        for pair in constraint.variables.windows(2) {
            if let [one, other] = pair {
                join(&mut heads, *one, *other);
            }
        }
    }
    let mut components: BTreeMap<usize, Component> = BTreeMap::new();
    for variable in 0..space.variables.len() {
        let component = components.entry(head(&mut heads, variable)).or_default();
        component.variables.push(variable);
    }
    let mut apart = Vec::new();
    for (number, constraint) in space.constraints.iter().enumerate() {
        match constraint.variables.first() {
            Some(variable) => {
                let component = components.entry(head(&mut heads, *variable)).or_default();
                component.constraints.push(number);
            }
            None => apart.push(Component {
                variables: Vec::new(),
                constraints: vec![number],
            }),
        }
    }
    apart.extend(components.into_values());
    apart
}

/// Joins two sets; the head of a set represents all its members.
fn join(heads: &mut [usize], one: usize, other: usize) {
    let (one, other) = (head(heads, one), head(heads, other));
    if let Some(place) = heads.get_mut(one.max(other)) {
        *place = one.min(other);
    }
}

/// The head of the set with `number`; shortens the path to it.
fn head(heads: &mut [usize], mut number: usize) -> usize {
    while let Some(above) = heads.get(number).copied().filter(|above| *above != number) {
        let next = heads.get(above).copied().unwrap_or(above);
        if let Some(place) = heads.get_mut(number) {
            *place = next;
        }
        number = next;
    }
    number
}

/// The variables for the medicines of one question.
pub fn medicines(space: &Space<'_>, question: usize) -> Vec<usize> {
    let variables = space.variables.iter().enumerate();
    variables
        .filter(|(_, variable)| {
            variable.question == question
                && matches!(variable.part, Part::Group(_) | Part::Unrecognised)
        })
        .map(|(number, _)| number)
        .collect()
}
