//! Loads sources: a pack from its folder, from one file, or from the program itself.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::files;
use candidacy_engine::compile::{compile, compile_on};
use candidacy_engine::date::Date;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::overlay;
use candidacy_engine::pack;
use candidacy_engine::pack::{Outline, Pack, Taken};
use candidacy_engine::plan::Plan;
use candidacy_engine::source::Source;

mod bases;
mod built_in;
mod folder;
mod inside;
mod plans;
mod tables;
mod takes;
mod unlisted;

use bases::beside;

pub use built_in::{BuiltIn, DEFAULT, PACKS};

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
    /// The packs from which topics are taken; their files come after those of all layers.
    pub taken: Vec<Taken>,
    /// Files that a head names but that are not there.
    pub problems: Vec<Diagnostic>,
    /// The heads that take topics from other packs, until those are added.
    takers: Vec<takes::Taker>,
    /// Whether it extends another pack.
    extends: bool,
    /// Whether the cases are wanted.
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
        let mut pack = overlay::read_with(self.sources, &self.layers, &self.taken);
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

/// The built-in pack that is used where none is named, without its cases.
#[must_use]
pub fn built_in() -> Loaded {
    embedded(DEFAULT, Cases::Skip)
}

/// The same with its cases.
#[must_use]
pub fn built_in_with_cases() -> Loaded {
    embedded(DEFAULT, Cases::Read)
}

/// A built-in pack with its cases.
#[must_use]
pub fn with_cases(pack: &BuiltIn) -> Loaded {
    embedded(pack, Cases::Read)
}

fn embedded(pack: &BuiltIn, cases: Cases) -> Loaded {
    let files = pack.read("", cases == Cases::Read);
    Loaded {
        layers: vec![files.own],
        sources: files.sources,
        taken: files.taken,
        cases,
        ..Loaded::default()
    }
}

/// The pack under `path`: a file, `-` or a folder with `pack.yaml`; with its cases and the packs it extends.
///
/// # Errors
///
/// If a file cannot be read. A missing file of `topics`, or a missing base, is a problem of the pack, not an
/// error.
pub fn load(path: &Path) -> Result<Loaded, Error> {
    load_with(Cases::Read, path, &[])
}

/// The same; `chain` are the packs that led here, each of which takes from the next.
fn load_with(cases: Cases, path: &Path, chain: &[PathBuf]) -> Result<Loaded, Error> {
    let mut loaded = Loaded {
        cases,
        ..Loaded::default()
    };
    let path = &inside::pack_of(path);
    let head = layer(path, &mut loaded)?;
    loaded.extends = head.extends.is_some();
    bases::follow(path, head, &mut loaded);
    takes::follow(chain, &mut loaded);
    Ok(loaded)
}

/// Adds the files of one pack; returns what its main file refers to.
fn layer(path: &Path, loaded: &mut Loaded) -> Result<Outline, Error> {
    let first = loaded.sources.len();
    let outline = if path == Path::new("-") {
        alone(standard_input()?, loaded)
    } else if path.is_dir() {
        folder::add(path, loaded)?
    } else {
        alone(source(path)?, loaded)
    };
    tables::add(path, &outline, loaded)?;
    loaded.layers.push(loaded.sources.len() - first);
    if !outline.takes.is_empty() {
        loaded.takers.push(takes::Taker {
            head: first,
            path: path.to_owned(),
            takes: outline.takes.clone(),
        });
    }
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
                .help("or remove `topics`"),
        );
    }
    loaded.sources.push(source);
    outline
}

/// Reads and compiles what was loaded.
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
    match path {
        None => plan_of(DEFAULT, today),
        Some(path) => {
            let loaded = without_cases(Some(path))?;
            compile_on(loaded.read(), today).map_err(Error::Rules)
        }
    }
}

/// The plan of a built-in pack for use on the day `today`. Only this one is opened.
///
/// # Errors
///
/// When one of its days is too far from `today`.
pub fn plan_of(pack: &BuiltIn, today: Date) -> Result<Plan, Error> {
    if let Ok(plan) = Plan::from_bytes(plans::of(pack))
        && plan.is_reviewed_by(today)
    {
        return Ok(plan);
    }
    compile_on(embedded(pack, Cases::Skip).read(), today).map_err(Error::Rules)
}

pub(crate) fn without_cases(path: Option<&Path>) -> Result<Loaded, Error> {
    path.map_or_else(|| Ok(built_in()), |path| load_with(Cases::Skip, path, &[]))
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
