//! `rules init`: creates a folder with a first pack.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::authoring::starter::{OVERLAY, SCHEMA, SCHEMA_FILE, SMALL, with_schema};
use crate::error::{Error, Exit};
use crate::load::BuiltIn;
use crate::report::phrases::{count, heading};

use super::super::{Context, print_beside};

/// The arguments of `rules init`.
#[derive(Debug, clap::Args)]
pub struct InitArgs {
    /// The folder: new or empty
    dir: PathBuf,
    /// Start with an overlay, which contains only your changes to the built-in rules; the default
    #[arg(long, conflicts_with_all = ["copy", "empty"])]
    overlay: bool,
    /// Start with a copy of the built-in rules and their cases
    #[arg(long, conflicts_with = "empty")]
    copy: bool,
    /// Start with a small pack of three questions, to be finished
    #[arg(long)]
    empty: bool,
    /// The treatment that the small pack is about, in words
    #[arg(long, value_name = "WORDS", requires = "empty", value_parser = procedure)]
    procedure: Option<String>,
}

/// Reads the name of a treatment.
fn procedure(text: &str) -> Result<String, String> {
    const LONGEST: usize = 60;
    let text = text.trim();
    if text.is_empty() || text.chars().count() > LONGEST || text.chars().any(char::is_control) {
        return Err(format!(
            "write the name of the treatment, at most {LONGEST} letters, such as `laser hair removal`"
        ));
    }
    Ok(text.to_owned())
}

/// The initial content of a folder.
#[derive(Clone, Copy)]
enum Form {
    Overlay,
    Copy,
    Empty,
}

impl InitArgs {
    fn form(&self) -> Form {
        match (self.copy, self.empty) {
            (true, _) => Form::Copy,
            (_, true) => Form::Empty,
            _ => Form::Overlay,
        }
    }
}

/// The file that makes a folder a pack; it is put in place last.
const HEAD: &str = "pack.yaml";

/// Writes the folder.
pub fn init(args: &InitArgs, around: &Context) -> Result<Exit, Error> {
    let files = match args.form() {
        Form::Overlay => overlay(around.pack),
        Form::Copy => copy(around.pack),
        Form::Empty => small(args.procedure.as_deref()),
    };
    let there = args.dir.is_dir();
    if fs::symlink_metadata(&args.dir).is_ok() && (!there || !is_empty(&args.dir)?) {
        return Err(Error::Usage {
            message: format!("there is something in `{}` already", args.dir.display()),
            hint: "name a new folder; existing files are never overwritten".to_owned(),
        });
    }
    let written = if there {
        fill(&args.dir, &files)
    } else {
        make(&args.dir, &files)
    };
    written.map_err(|why| Error::writing(&args.dir, &why))?;
    print_beside(&message(args, files.len()))
}

/// File names with their contents.
type Files = Vec<(String, String)>;

fn overlay(pack: &BuiltIn) -> Files {
    let mut files = with_schemas(OVERLAY.iter().copied());
    for (_, text) in &mut files {
        *text = text.replace("BASE", pack.id);
    }
    files
}

/// The small pack, about a named treatment if one is given.
fn small(procedure: Option<&str>) -> Files {
    let mut files = with_schemas(SMALL.iter().copied());
    let Some(procedure) = procedure else {
        return files;
    };
    for (_, text) in &mut files {
        let title = format!("{}, before the first appointment", heading(procedure));
        *text = text
            .replace(
                "\"Our clinic, before the first appointment\"",
                &quoted(&title),
            )
            .replace(
                "procedure: treatment",
                &format!("procedure: {}", quoted(procedure)),
            );
    }
    files
}

/// A text as YAML takes it in double quotes.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn copy(pack: &BuiltIn) -> Files {
    let cases: Vec<(String, &str)> = pack
        .cases
        .iter()
        .map(|(name, text)| (format!("cases/{name}"), *text))
        .collect();
    let own = pack.files.iter().copied();
    let cases = cases.iter().map(|(name, text)| (name.as_str(), *text));
    let mut files = with_schemas(own.chain(cases));
    if let Some((_, head)) = files.iter_mut().find(|(name, _)| name == HEAD) {
        let begun = format!(
            "# A copy of the rules built into candidacy {}. Make it yours: change `id` and `title`, name the `owner`, raise\n\
             # `version` with every change, and keep `status: draft` until the owner has read every rule.\n#\n",
            env!("CARGO_PKG_VERSION")
        );
        let line = head.find('\n').map_or(0, |at| at + 1);
        head.insert_str(line, &begun);
    }
    files
}

fn with_schemas<'a>(files: impl Iterator<Item = (&'a str, &'a str)>) -> Files {
    let rules = files.map(|(name, text)| (name.to_owned(), with_schema(name, text)));
    let schema = (SCHEMA_FILE.to_owned(), SCHEMA.to_owned());
    rules.chain([schema]).collect()
}

fn is_empty(folder: &Path) -> Result<bool, Error> {
    let mut listing = fs::read_dir(folder).map_err(|why| Error::reading(folder, &why))?;
    Ok(listing.next().is_none())
}

/// Creates a new folder: writes a temporary folder next to it, then renames that.
fn make(folder: &Path, files: &Files) -> io::Result<()> {
    let parent = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty());
    let beside = beside(parent.unwrap_or(Path::new(".")))?;
    write(beside.path(), files)?;
    fs::rename(beside.path(), folder)?;
    // The folder was renamed, so nothing must be removed.
    let _ = beside.keep();
    Ok(())
}

/// Fills an existing folder: everything is written to a temporary folder within, then put in place.
/// The main file comes last, so that an interruption leaves no incomplete pack.
fn fill(folder: &Path, files: &Files) -> io::Result<()> {
    let beside = beside(folder)?;
    write(beside.path(), files)?;
    let mut names: Vec<&str> = files
        .iter()
        .map(|(name, _)| name.split('/').next().unwrap_or(name))
        .collect();
    names.sort_unstable_by_key(|name| (*name == HEAD, *name));
    names.dedup();
    for name in names {
        fs::rename(beside.path().join(name), folder.join(name))?;
    }
    Ok(())
}

/// A temporary folder with the permissions of a normal one; removed with its handle.
fn beside(folder: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".candidacy-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // The system applies the umask.
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(folder)
}

fn write(folder: &Path, files: &Files) -> io::Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&path, text)?;
    }
    Ok(())
}

/// A message about what was written, and what to do next.
fn message(args: &InitArgs, files: usize) -> String {
    let folder = args.dir.display();
    let what = match args.form() {
        Form::Overlay => "an overlay over the built-in rules, with one longer wait as an example",
        Form::Copy => "a copy of the built-in rules with their cases",
        Form::Empty => {
            "a small pack as a start; until you finish it, a doctor has to agree to every patient"
        }
    };
    format!(
        "{folder}: {}, {what}.\n\nNext:\n  \
         {:33} put your clinic's name in it\n  \
         candidacy rules check {folder:11} say what is wrong, after every change\n  \
         candidacy screen --rules {folder:8} screen a patient with it\n",
        count(files, "file"),
        args.dir.join(HEAD).display().to_string(),
    )
}
