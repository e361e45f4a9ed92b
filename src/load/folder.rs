//! A pack that is a folder: its head, the topics that the head lists, and its cases.

use std::fs;
use std::path::{Component, Path};

use crate::error::Error;
use crate::files;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack;
use candidacy_engine::pack::Outline;
use candidacy_engine::source::{Located, Source};
use candidacy_engine::suggest::way_out;

use super::{CASES, Cases, HEAD, Loaded, source, unlisted, yaml_files};

/// Adds a pack that is a folder.
pub fn add(path: &Path, loaded: &mut Loaded) -> Result<Outline, Error> {
    let head = head(path)?;
    let outline = pack::outline(loaded.sources.len(), &head);
    loaded.sources.push(head);
    let mut read = vec![path.join(HEAD)];
    for topic in &outline.topics {
        let name = Path::new(&topic.value);
        let inside = name
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        if !inside {
            loaded.problems.push(
                Diagnostic::new(
                    Code::MissingFile,
                    topic.place,
                    format!("`{}` is outside the folder of the pack", topic.value),
                )
                .help("move the file into the folder, and write its name alone"),
            );
            continue;
        }
        let file = path.join(name);
        read.push(file.clone());
        match source(&file) {
            Ok(source) => loaded.sources.push(source),
            Err(Error::File { .. }) if !files::is_there(&file) => {
                loaded.problems.push(no_such_topic(path, topic)?);
            }
            Err(Error::File { why, hint, .. }) => {
                let message = format!("`{}` cannot be read: {why}", topic.value);
                let problem = Diagnostic::new(Code::MissingFile, topic.place, message);
                let problem = if file.is_dir() {
                    problem.help(format!(
                        "`topics` names files: write those in the folder one by one, such as `{}/acne.yaml`",
                        topic.value
                    ))
                } else {
                    hint.into_iter().fold(problem, Diagnostic::help)
                };
                loaded
                    .problems
                    .push(problem.help("or remove it from `topics`"));
            }
            Err(other) => return Err(other),
        }
    }
    for case in yaml_files(&path.join(CASES))? {
        match loaded.cases {
            Cases::Read => loaded.sources.push(source(&case)?),
            Cases::Skip => drop(files::open(&case)?), // so that no output takes its place
        }
        read.push(case);
    }
    let unlisted = unlisted::problems(path, &outline, &read)?;
    loaded.problems.extend(unlisted);
    Ok(outline)
}

/// The file that heads the pack in a folder.
fn head(folder: &Path) -> Result<Source, Error> {
    let path = folder.join(HEAD);
    if files::is_there(&path) {
        return source(&path).map_err(|error| match error {
            Error::File {
                doing, path, why, ..
            } if path.is_dir() => Error::File {
                doing,
                path,
                why,
                hint: Some("rename this folder; `pack.yaml` is the main file of a pack".to_owned()),
            },
            other => other,
        });
    }
    // Notepad and other programs change the end of a name.
    let listing = fs::read_dir(folder).map_err(|why| files::not_read(folder, &why))?;
    let names = listing.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = names
        .filter(|name| {
            let name = name.to_lowercase();
            let stem = name.strip_suffix(".txt").unwrap_or(&name);
            matches!(stem, "pack.yaml" | "pack.yml")
        })
        .collect();
    names.sort();
    let hint = match names.first() {
        Some(name) => format!("rename `{name}` to `pack.yaml`"),
        None => "a pack is one file, or a folder with a main file `pack.yaml`".to_owned(),
    };
    Err(Error::File {
        doing: "read",
        path: folder.to_owned(),
        why: "the folder has no `pack.yaml`".to_owned(),
        hint: Some(hint),
    })
}

/// A topic that is not there, and the files that are.
fn no_such_topic(folder: &Path, topic: &Located<String>) -> Result<Diagnostic, Error> {
    let files = yaml_files(folder)?;
    let names = files
        .iter()
        .filter(|file| file.is_file())
        .filter_map(|file| file.file_name()?.to_str())
        .filter(|name| *name != HEAD);
    let message = format!("there is no file `{}` beside `pack.yaml`", topic.value);
    Ok(Diagnostic::new(Code::MissingFile, topic.place, message)
        .help(way_out(&topic.value, "topic file", names))
        .help("or remove it from `topics`"))
}
