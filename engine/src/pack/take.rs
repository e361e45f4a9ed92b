//! Takes topics and questions from other packs, as trees that are read like those of the pack's own
//! files.
//!
//! A whole topic comes with all its entries except cases. A single question comes without the rules
//! that read it. The entries that these need are taken too: sources, advice, facts, settings, and
//! the medicine groups with their lexicon.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Problems};
use crate::source::{Located, Place, Source};
use crate::suggest::way_out;
use crate::yaml;
use crate::yaml::{Node, Value};

use super::needs::Needs;
use super::outline::outline;
use super::private_answers;
use super::topics::Take;

mod trees;

use trees::{
    entries, in_its_section, node, questions, settings, text_node, with_one_question, without,
};

/// The files of a pack from which another takes.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The index of the main file that takes from it.
    pub by: usize,
    /// The name of this pack in that main file.
    pub from: String,
    /// The indices of its own files, the main file first, without its cases.
    pub files: Range<usize>,
}

/// The result of one entry of `topics`.
#[derive(Debug)]
pub struct Brought {
    /// The number of files of the pack itself that are listed before it.
    pub after: usize,
    /// The topics.
    pub topics: Vec<Node>,
    /// The entries that they need, one in each tree.
    pub along: Vec<Node>,
    /// The files of the pack whose lexicon is taken, if medicine groups are taken.
    pub lexicon: Option<Range<usize>>,
    /// The sentences with which private rules of that pack read its questions.
    pub private: Vec<Node>,
}

/// Everything that the pack with this main file takes. `own` has the trees of its own files.
pub fn all(
    sources: &[Source],
    head: usize,
    taken: &[Taken],
    own: &[Node],
    problems: &mut Problems,
) -> Vec<Brought> {
    let Some(text) = sources.get(head) else {
        return Vec::new();
    };
    let mut met: HashSet<(&str, usize)> = HashSet::new();
    let mut asked: HashSet<String> = questions(own).map(|(id, _)| id.to_owned()).collect();
    let own_settings: HashSet<String> = settings(own).map(str::to_owned).collect();
    let wanted = outline(head, text).takes;
    let sources_named = sources_named(own);
    let mut brought = Vec::new();
    let mut read: Vec<(Brought, &Take, Needs)> = Vec::new();
    for take in &wanted {
        let by_it = |one: &&Taken| one.by == head && one.from == take.from.value;
        // If a pack cannot be read, this was reported when it was loaded.
        let Some(from) = taken.iter().find(by_it) else {
            continue;
        };
        let pack = Other::read(sources, from, taken);
        let mut chosen = pack.chosen(take, problems);
        chosen.needs.sources.extend(sources_named.iter().cloned());
        let taken_questions: HashSet<String> = questions(&chosen.trees)
            .map(|(id, _)| id.to_owned())
            .collect();
        let private = pack.private(&taken_questions, &mut chosen.needs);
        asked.extend(taken_questions);
        pack.along(&mut chosen);
        let mut kept = |trees: Vec<Node>| -> Vec<Node> {
            let mut is_new = |place: Place| {
                // The same file may have been read for two packs.
                let path = sources.get(place.source).map_or("", |source| &source.path);
                met.insert((path, place.start))
            };
            let trees = trees.into_iter();
            let trees = trees.filter_map(|tree| without(tree, &own_settings, &mut is_new));
            trees.collect()
        };
        let one = Brought {
            after: take.after,
            topics: kept(chosen.trees),
            along: kept(chosen.along),
            lexicon: chosen.needs.medicines.then(|| from.files.clone()),
            private,
        };
        read.push((one, take, chosen.needs));
    }
    for (one, take, needs) in read {
        problems.extend(unasked(take, &needs, &asked));
        brought.push(one);
    }
    brought
}

/// What an entry names, and what that needs.
#[derive(Default)]
struct Chosen {
    /// The topics, and single questions under the titles of their topics.
    trees: Vec<Node>,
    /// The files that are taken as a whole.
    whole: HashSet<usize>,
    /// The entries that are needed, one in each tree.
    along: Vec<Node>,
    /// The names that all of them use.
    needs: Needs,
}

/// A pack from which another takes.
struct Other {
    /// The trees of its own files, each with its path.
    files: Vec<(String, Node)>,
    /// All its trees: its own, and those that it takes itself.
    trees: Vec<Node>,
    /// The sentences of private rules that came to it with what it takes itself.
    private: Vec<Node>,
}

impl Other {
    fn read(sources: &[Source], from: &Taken, taken: &[Taken]) -> Self {
        let numbers = from.files.clone();
        let read = |number: usize| {
            let source = sources.get(number)?;
            let tree = yaml::read(number, source).ok()?;
            Some((source.path.clone(), tree))
        };
        let files: Vec<(String, Node)> = numbers.filter_map(read).collect();
        let own: Vec<Node> = files.iter().map(|(_, tree)| tree.clone()).collect();
        // Its own problems were reported when it was found. It never leads back to itself.
        let mut reported = Vec::new();
        let farther: Vec<Taken> = taken
            .iter()
            .filter(|one| one.by != from.by)
            .cloned()
            .collect();
        let brought = all(sources, from.files.start, &farther, &own, &mut reported);
        let (mut trees, mut private) = (own, Vec::new());
        for one in brought {
            trees.extend(one.topics);
            trees.extend(one.along);
            private.extend(one.private);
        }
        Self {
            files,
            trees,
            private,
        }
    }

    /// The sentences with which private rules read these questions. What they name is needed, too.
    fn private(&self, questions: &HashSet<String>, needs: &mut Needs) -> Vec<Node> {
        let found = private_answers::sentences(&self.trees, &self.private, questions);
        for node in &found {
            needs.add_sentences(node);
        }
        found
    }

    /// The named topics and questions, and the entries that they need.
    fn chosen(&self, take: &Take, problems: &mut Problems) -> Chosen {
        let mut chosen = Chosen::default();
        for file in &take.files {
            let end = format!("/{}", file.value);
            let is_it = |(path, _): &&(String, Node)| path.ends_with(&end);
            match self.files.iter().skip(1).find(is_it) {
                Some((_, tree)) => {
                    chosen.whole.insert(tree.place.source);
                    chosen.trees.push(tree.clone());
                }
                None => problems.push(self.no_file(take, file)),
            }
        }
        for question in &take.questions {
            let is_it = |(id, _): &(&str, &Node)| *id == question.value;
            let tree = self.trees.iter().find_map(|tree| {
                let (_, found) = questions(std::slice::from_ref(tree)).find(is_it)?;
                Some(with_one_question(tree, found))
            });
            match tree {
                Some(tree) => chosen.trees.push(tree),
                None => problems.push(self.no_question(take, question)),
            }
        }
        for tree in &chosen.trees {
            chosen.needs.add_file(tree);
        }
        chosen
    }

    /// Adds needed entries until nothing more is needed.
    fn along(&self, chosen: &mut Chosen) {
        let is_whole = |tree: &&Node| chosen.whole.contains(&tree.place.source);
        let others: Vec<&Node> = self.trees.iter().filter(|tree| !is_whole(tree)).collect();
        let mut met: HashSet<Place> = HashSet::new();
        loop {
            let before = met.len();
            for tree in &others {
                for (section, name, entry) in entries(tree) {
                    if chosen.needs.has(section, name) && met.insert(entry.place) {
                        chosen.needs.add_entry(section, &entry);
                        let key = text_node(section, entry.place);
                        let pair = vec![(key, in_its_section(section, entry))];
                        chosen.along.push(node(Value::Entry(pair), tree.place));
                    }
                }
            }
            if met.len() == before {
                return;
            }
        }
    }

    fn no_file(&self, take: &Take, file: &Located<String>) -> Diagnostic {
        let names = self
            .files
            .iter()
            .skip(1)
            .filter_map(|(path, _)| path.rsplit('/').next());
        let message = format!("`{}` has no topic `{}`", take.from.value, file.value);
        Diagnostic::new(Code::MissingFile, file.place, message).help(way_out(
            &file.value,
            "topic file",
            names,
        ))
    }

    fn no_question(&self, take: &Take, question: &Located<String>) -> Diagnostic {
        let ids = questions(&self.trees).map(|(id, _)| id);
        let message = format!("`{}` has no question `{}`", take.from.value, question.value);
        Diagnostic::new(Code::NotTaken, question.place, message).help(way_out(
            &question.value,
            "question",
            ids,
        ))
    }
}

/// The problems of taken sentences that read a question which this pack does not ask.
fn unasked(take: &Take, needs: &Needs, asked: &HashSet<String>) -> Vec<Diagnostic> {
    let mut listed: HashSet<&str> = HashSet::new();
    let mut problems = Vec::new();
    for (subject, place) in &needs.subjects {
        if asked.contains(subject) || needs.facts.contains(subject) || !listed.insert(subject) {
            continue;
        }
        let from = &take.from.value;
        let message = format!(
            "what is taken from `{from}` reads the question `{subject}`, which this pack does not ask"
        );
        problems.push(
            Diagnostic::new(Code::NotTaken, take.from.place, message)
                .other(*place, "it is read here")
                .help(format!("add `{subject}` to `questions` of this entry, or ask it yourself under the same id")),
        );
    }
    problems
}

/// The sources that the pack names but does not define.
fn sources_named(own: &[Node]) -> HashSet<String> {
    let mut needs = Needs::default();
    for tree in own {
        needs.add_file(tree);
    }
    for (section, id, _) in own.iter().flat_map(entries) {
        if section == "sources" {
            needs.sources.remove(id);
        }
    }
    needs.sources
}
