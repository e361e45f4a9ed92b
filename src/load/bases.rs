//! Finds the packs that an overlay extends, one after the other.

use std::path::{Component, Path, PathBuf};

use crate::error::Error;
use crate::files;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::{Outline, Taken};
use candidacy_engine::source::Located;
use candidacy_engine::suggest::nearest;

use super::built_in::{BuiltIn, PACKS};
use super::{Loaded, embedded, layer};

/// Adds the files of every base, from the head of the pack at `path` on. A base
/// that cannot be had is a problem of the pack that names it.
pub fn follow(path: &Path, head: Outline, loaded: &mut Loaded) {
    let mut path = path.to_owned();
    let mut met = vec![same_for_all(&path)];
    let mut next = head.extends;
    while let Some(extends) = next {
        if let Some(pack) = BuiltIn::named(&extends.value) {
            // Its cases are not run for an overlay; its personas may be used by one.
            add(embedded(pack, loaded.cases), loaded);
            return;
        }
        path = beside(&path, &extends.value);
        let known = same_for_all(&path);
        if met.contains(&known) {
            loaded.problems.push(round(&extends));
            return;
        }
        met.push(known);
        let (files, problems_before) = (loaded.sources.len(), loaded.problems.len());
        next = match layer(&path, loaded) {
            Ok(outline) => outline.extends,
            Err(error) => {
                loaded.sources.truncate(files);
                loaded.problems.truncate(problems_before);
                loaded.problems.push(no_base(&extends, &path, &error));
                return;
            }
        };
    }
}

/// Adds a built-in pack as the base. The packs it takes from come after it, and after all layers.
fn add(base: Loaded, loaded: &mut Loaded) {
    let first = loaded.sources.len();
    loaded.layers.extend(base.layers);
    loaded.sources.extend(base.sources);
    loaded.taken.extend(base.taken.into_iter().map(|one| Taken {
        by: first + one.by,
        from: one.from,
        files: first + one.files.start..first + one.files.end,
    }));
}

/// A path as it is seen from the pack at `from`.
pub fn beside(from: &Path, name: &str) -> PathBuf {
    let folder = if from.is_dir() {
        Some(from)
    } else {
        from.parent()
    };
    let mut path = folder.unwrap_or(Path::new("")).to_owned();
    for part in Path::new(name).components() {
        match part {
            Component::CurDir => {}
            // Keeps the path short.
            Component::ParentDir if ends_in_a_name(&path) => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path
}

fn ends_in_a_name(path: &Path) -> bool {
    matches!(path.components().next_back(), Some(Component::Normal(_)))
}

/// A pack's path, the same however it was reached.
pub fn same_for_all(path: &Path) -> PathBuf {
    let head = if path.is_dir() {
        path.join("pack.yaml")
    } else {
        path.to_owned()
    };
    head.canonicalize().unwrap_or(head)
}

/// The problem of packs that extend each other.
fn round(extends: &Located<String>) -> Diagnostic {
    let message = format!(
        "`{}` leads back to a pack that extends this one",
        extends.value
    );
    Diagnostic::new(Code::Cycle, extends.place, message)
        .help("the last pack must extend no other: a built-in one, or one of your own")
}

/// The problem of a base that cannot be read.
fn no_base(extends: &Located<String>, path: &Path, error: &Error) -> Diagnostic {
    unreadable(extends, path, error, Code::UnknownBase, "base")
}

/// The problem of a pack that `named` names and that cannot be read; `role` says what it is to the pack that names it.
pub fn unreadable(
    named: &Located<String>,
    path: &Path,
    error: &Error,
    code: Code,
    role: &str,
) -> Diagnostic {
    let name = &named.value;
    let why = match error {
        Error::File {
            path: file, why, ..
        } if file != path => {
            format!("`{}`: {why}", file.display())
        }
        Error::File { why, .. } => why.clone(),
        other => other.to_string(),
    };
    let message = format!("the {role} `{name}` cannot be read: {why}");
    let problem = Diagnostic::new(code, named.place, message);
    if let Some(hint) = error.hint().filter(|_| files::is_there(path)) {
        return problem.help(hint);
    }
    let ids = || PACKS.iter().map(|pack| pack.id);
    match nearest(name, ids()) {
        Some(id) => problem.help(format!("did you mean `{id}`, the built-in rules?")),
        None => problem.help(format!(
            "write {} for built-in rules, or the path of a pack as seen from this file, such as `../our-rules`",
            either(ids())
        )),
    }
}

/// `one`, `two` or `three`, each in backticks.
fn either<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
