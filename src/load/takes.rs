//! The packs from which a pack takes topics.

use std::path::{Path, PathBuf};

use candidacy_engine::compile::compile;
use candidacy_engine::diagnostic::{Code, Diagnostic, Refusal};
use candidacy_engine::pack::{Take, Taken};
use candidacy_engine::source::Located;

use super::bases::{beside, same_for_all, unreadable};
use super::built_in::{BuiltIn, Files};
use super::{Cases, Loaded, load_with};

/// The head of a loaded pack that takes topics from others.
#[derive(Clone, Debug)]
pub struct Taker {
    /// The number of the head.
    pub head: usize,
    /// Where the pack is.
    pub path: PathBuf,
    /// What it takes.
    pub takes: Vec<Take>,
}

/// Adds the files of the packs that are taken from. `chain` are the packs that led here: each takes from the next.
pub fn follow(chain: &[PathBuf], loaded: &mut Loaded) {
    for taker in std::mem::take(&mut loaded.takers) {
        let mut chain = chain.to_vec();
        chain.push(same_for_all(&taker.path));
        let mut met: Vec<&str> = Vec::new();
        for take in &taker.takes {
            let name = take.from.value.as_str();
            if met.contains(&name) {
                continue;
            }
            met.push(name);
            let found = match BuiltIn::named(name) {
                Some(pack) => Ok(pack.read("", false)),
                None => other(&beside(&taker.path, name), &take.from, &chain),
            };
            match found {
                Ok(files) => add(files, taker.head, name, loaded),
                Err(problem) => loaded.problems.push(*problem),
            }
        }
    }
}

fn add(files: Files, head: usize, name: &str, loaded: &mut Loaded) {
    let first = loaded.sources.len();
    loaded.sources.extend(files.sources);
    loaded.taken.push(Taken {
        by: head,
        from: name.to_owned(),
        files: first..first + files.own,
    });
    let moved = files.taken.into_iter().map(|one| Taken {
        by: first + one.by,
        from: one.from,
        files: first + one.files.start..first + one.files.end,
    });
    loaded.taken.extend(moved);
}

/// The files of the pack at `path`, or why nothing can be taken from it.
fn other(path: &Path, from: &Located<String>, chain: &[PathBuf]) -> Result<Files, Box<Diagnostic>> {
    let name = &from.value;
    if chain.contains(&same_for_all(path)) {
        let message = format!("`{name}` leads back to a pack that takes from it");
        let problem = Diagnostic::new(Code::Cycle, from.place, message);
        return Err(Box::new(problem.help(
            "take from one of the two only, or move what both need into a third pack",
        )));
    }
    let loaded = load_with(Cases::Skip, path, chain)
        .map_err(|error| Box::new(unreadable(from, path, &error, Code::UnknownPack, "pack")))?;
    if loaded.layers.len() > 1 || loaded.extends {
        let message = format!("`{name}` extends another pack, and nothing can be taken from it");
        let problem = Diagnostic::new(Code::UnknownPack, from.place, message);
        return Err(Box::new(problem.help("take from the pack that it extends")));
    }
    let files = Files {
        sources: loaded.sources.clone(),
        own: loaded.layers.iter().sum(),
        taken: loaded.taken.clone(),
    };
    compile(loaded.read()).map_err(|refusal| with_problems(from, path, &refusal))?;
    Ok(files)
}

/// A complaint about a pack that has problems itself.
fn with_problems(from: &Located<String>, path: &Path, refusal: &Refusal) -> Box<Diagnostic> {
    let message = format!(
        "nothing can be taken from `{}`, because it has problems",
        from.value
    );
    let mut problem = Diagnostic::new(Code::FaultyPack, from.place, message);
    if let Some(first) = refusal.problems.first()
        && let Some(source) = refusal.sources.get(first.place.source)
    {
        let (line, column) = source.position(first.place.start);
        problem = problem.note(format!(
            "{}:{line}:{column}: {}",
            source.path, first.message
        ));
    }
    let check = format!(
        "run `candidacy rules check {}` and correct them",
        path.display()
    );
    Box::new(problem.help(check))
}
