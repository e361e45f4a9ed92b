//! Texts that are one typing error away from another: one extra, missing, wrong or swapped letter.

use std::collections::BTreeSet;

use fst::raw::{Fst, Node};

/// The names of the list that are one typing error away from this text, which must be ASCII. A typing
/// error is one extra, missing, wrong or swapped letter. Only branches of the tree that exist are followed.
pub(super) fn names_one_slip_from(names: &Fst<impl AsRef<[u8]>>, text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut node = names.root();
    for (at, letter) in text.char_indices() {
        let (before, after) = text.split_at(at);
        let rest = after.get(1..).unwrap_or("");
        let mut put = |letters: &str, node: Node<'_>, rest: &str| {
            let slip = || [before, letters, rest].concat();
            if ends_a_name(names, node, rest) {
                found.extend(Some(slip()).filter(|slip| slip != text));
            }
        };
        put("", node, rest);
        for branch in node.transitions() {
            let other = char::from(branch.inp);
            let letters = other.to_string();
            let next = names.node(branch.addr);
            put(&letters, next, after);
            put(&letters, next, rest);
            if let Some(behind) = rest.strip_prefix(other)
                && let Some(swapped) = step(names, next, letter)
            {
                put(&format!("{other}{letter}"), swapped, behind);
            }
        }
        match step(names, node, letter) {
            Some(next) => node = next,
            None => return found,
        }
    }
    for branch in node.transitions() {
        if names.node(branch.addr).is_final() {
            found.insert(format!("{text}{}", char::from(branch.inp)));
        }
    }
    found
}

/// The node after a letter.
fn step<'n>(names: &'n Fst<impl AsRef<[u8]>>, node: Node<'n>, letter: char) -> Option<Node<'n>> {
    let branch = node.find_input(u8::try_from(letter).ok()?)?;
    Some(names.node(node.transition(branch).addr))
}

/// Whether these letters lead from the node to the end of a name.
fn ends_a_name(names: &Fst<impl AsRef<[u8]>>, node: Node<'_>, letters: &str) -> bool {
    let mut letters = letters.chars();
    let end = letters.try_fold(node, |node, letter| step(names, node, letter));
    end.is_some_and(|node| node.is_final())
}
