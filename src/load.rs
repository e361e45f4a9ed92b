//! Loads sources: a pack from its folder, from one file, or from the program itself.

use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use crate::error::Error;
use crate::files;
use candidacy_engine::compile::{compile, compile_on};
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::overlay;
use candidacy_engine::pack;
use candidacy_engine::pack::{Outline, Pack};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::{Located, Source};
use candidacy_engine::suggest::way_out;

mod bases;
mod built_in;
mod inside;
mod tables;
mod unlisted;

use bases::beside;

pub use built_in::{BUILT_IN, BUILT_IN_CASES};

/// The built-in pack without its cases, compiled by the build script.
const BUILT_IN_PLAN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/built-in.plan"));

/// Maximum size of a rule or answer file in bytes. A pack of ten thousand rules fits; a video file given by
/// mistake does not.
const LARGEST: u64 = 32 << 20;

/// The main file of a pack that is a folder.
const HEAD: &str = "pack.yaml";

/// The folder with the cases of a pack.
const CASES: &str = "cases";

/// The sources found for a path, and the problems with missing ones.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The sources, main file first; those of an extended pack come after the pack's own.
    pub sources: Vec<Source>,
    /// The number of sources of each pack, the top overlay first.
    pub layers: Vec<usize>,
    /// Problems with files that a main file names but that do not exist.
    pub problems: Vec<Diagnostic>,
    /// Whether to read the cases.
    cases: Cases,
}

/// Whether to read the cases of a pack, which only commands for authors run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Cases {
    #[default]
    Read,
    /// Leaves out cases, and personas, which only cases need.
    Skip,
}

impl Loaded {
    /// Parses the sources.
    #[must_use]
    pub fn read(self) -> Pack {
        let mut pack = overlay::read(self.sources, &self.layers);
        if self.cases == Cases::Skip {
            pack.cases.clear();
            pack.personas.clear();
        }
        if !self.problems.is_empty() {
            pack.unseen.anywhere();
        }
        pack.problems.extend(self.problems);
        pack
    }
}

/// The built-in microneedling pack, without its cases.
#[must_use]
pub fn built_in() -> Loaded {
    embedded(Cases::Skip)
}

/// The built-in microneedling pack with its cases.
#[must_use]
pub fn built_in_with_cases() -> Loaded {
    embedded(Cases::Read)
}

fn embedded(cases: Cases) -> Loaded {
    let files = BUILT_IN.iter().chain(match cases {
        Cases::Read => BUILT_IN_CASES,
        Cases::Skip => &[],
    });
    let source = |(name, text): &(&str, &str)| Source::new(format!("microneedling/{name}"), text);
    let sources: Vec<Source> = files.map(source).collect();
    Loaded {
        layers: vec![sources.len()],
        sources,
        problems: Vec::new(),
        cases,
    }
}

/// The pack under `path`: a file, `-` or a folder with `pack.yaml`; with its cases and the packs it extends.
///
/// # Errors
///
/// If a file cannot be read. A missing file of `topics`, or a missing base, is a problem of the pack, not an
/// error.
pub fn load(path: &Path) -> Result<Loaded, Error> {
    load_with(Cases::Read, path)
}

fn load_with(cases: Cases, path: &Path) -> Result<Loaded, Error> {
    let mut loaded = Loaded {
        cases,
        ..Loaded::default()
    };
    let path = &inside::pack_of(path);
    let head = layer(path, &mut loaded)?;
    bases::follow(path, head, &mut loaded);
    Ok(loaded)
}

/// Adds the files of one pack; returns what its main file refers to.
fn layer(path: &Path, loaded: &mut Loaded) -> Result<Outline, Error> {
    let first = loaded.sources.len();
    let outline = if path == Path::new("-") {
        alone(standard_input()?, loaded)
    } else if path.is_dir() {
        folder(path, loaded)?
    } else {
        alone(source(path)?, loaded)
    };
    tables::add(path, &outline, loaded)?;
    loaded.layers.push(loaded.sources.len() - first);
    Ok(outline)
}

/// Adds a pack that is a single file.
fn alone(source: Source, loaded: &mut Loaded) -> Outline {
    // Avoids parsing a large file twice if it has none of these keys.
    let named = ["extends", "topics", "lexicon"];
    let outline = if named.iter().any(|key| source.text.contains(key)) {
        pack::outline(loaded.sources.len(), &source)
    } else {
        Outline::default()
    };
    if let Some(topic) = outline.topics.first() {
        let message = format!(
            "`{}` is not read, because the pack was named by this file",
            topic.value
        );
        loaded.problems.push(
            Diagnostic::new(Code::UnlistedFile, topic.place, message)
                .help(format!(
                    "name the folder instead, with this file as its `{HEAD}`"
                ))
                .help("or take `topics` out"),
        );
    }
    loaded.sources.push(source);
    outline
}

/// Adds a pack that is a folder.
fn folder(path: &Path, loaded: &mut Loaded) -> Result<Outline, Error> {
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
                    .push(problem.help("or take it out of `topics`"));
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

/// The main file of the pack in a folder.
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
                hint: Some(
                    "rename this folder; `pack.yaml` is the file that heads a pack".to_owned(),
                ),
            },
            other => other,
        });
    }
    // Notepad and other programs change the extension.
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
        None => "a pack is one file, or a folder whose `pack.yaml` heads it".to_owned(),
    };
    Err(Error::File {
        doing: "read",
        path: folder.to_owned(),
        why: "the folder has no `pack.yaml`".to_owned(),
        hint: Some(hint),
    })
}

/// The problem of a missing topic, with the files that exist.
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
        .help("or take it out of `topics`"))
}

/// Parses and compiles what was loaded.
///
/// # Errors
///
/// The refusal, with all problems of all files.
pub fn compiled(loaded: Loaded) -> Result<Plan, Error> {
    compile(loaded.read()).map_err(Error::Rules)
}

/// The plan of the pack under `path`, or of the built-in pack if there is no path. It has no cases.
///
/// # Errors
///
/// If it cannot be read, or has problems.
pub fn plan(path: Option<&Path>) -> Result<Plan, Error> {
    compiled(without_cases(path)?)
}

/// The same for use on the day `today`.
///
/// # Errors
///
/// As for [`plan`], and if a day in it is too far from `today`.
pub fn plan_on(path: Option<&Path>, today: Date) -> Result<Plan, Error> {
    if path.is_none()
        && let Ok(plan) = Plan::from_bytes(BUILT_IN_PLAN)
        && plan.is_reviewed_by(today)
    {
        return Ok(plan);
    }
    compile_on(without_cases(path)?.read(), today).map_err(Error::Rules)
}

pub(crate) fn without_cases(path: Option<&Path>) -> Result<Loaded, Error> {
    path.map_or_else(|| Ok(built_in()), |path| load_with(Cases::Skip, path))
}

/// The YAML files of a folder, sorted by name; empty if the folder does not exist.
///
/// # Errors
///
/// If the folder cannot be listed, or is a file.
pub fn yaml_files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let listing = match fs::read_dir(folder) {
        Ok(listing) => listing,
        Err(_) if !files::is_there(folder) => return Ok(Vec::new()),
        Err(_) if folder.is_file() => {
            let name = folder.file_name().map_or(folder, Path::new).display();
            return Err(Error::File {
                doing: "read",
                path: folder.to_owned(),
                why: "it is a file, and a folder of YAML files is needed here".to_owned(),
                hint: Some(format!(
                    "rename it, make a folder `{name}` and move the file into it as `{name}/{name}.yaml`"
                )),
            });
        }
        Err(why) => return Err(files::not_read(folder, &why)),
    };
    let mut files: Vec<PathBuf> = listing
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| ends_in(path, &["yaml", "yml"]))
        .collect();
    files.sort();
    Ok(files)
}

/// Whether the file name has one of these extensions.
fn ends_in(path: &Path, endings: &[&str]) -> bool {
    path.extension().is_some_and(|extension| {
        endings
            .iter()
            .any(|ending| extension.eq_ignore_ascii_case(ending))
    })
}

/// The text of a file as a source with its path as name. Bytes that are not UTF-8 are a problem of the source.
///
/// # Errors
///
/// If it cannot be read, or is far too large.
pub fn source(path: &Path) -> Result<Source, Error> {
    let (mut file, meta) = files::open(path)?;
    let length = usize::try_from(meta.len().min(LARGEST)).unwrap_or(0);
    let bytes = bytes_of(&mut file, length).map_err(|why| Error::reading(path, &why))?;
    Ok(Source::from_bytes(
        path.to_string_lossy().replace('\\', "/"),
        bytes,
    ))
}

/// All of standard input, as a source.
///
/// # Errors
///
/// If it cannot be read.
pub fn standard_input() -> Result<Source, Error> {
    let input = files::standard_input()?;
    let bytes = bytes_of(&mut input.lock(), 0).map_err(|why| Error::input(&why))?;
    Ok(Source::from_bytes("(standard input)", bytes))
}

/// All bytes of `reader`; `length` is the expected number.
fn bytes_of(reader: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length);
    reader.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!(
            "it is larger than {} MiB",
            LARGEST >> 20
        )));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
