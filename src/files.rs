//! All files named by the user: reading, writing and replacing them.
//!
//! An output must not be an input or another output of the same run, however the paths are written:
//! see `registry`. An old file is kept until the new one is complete. While a new file is being
//! written, only its owner can read it: see `draft`.

use std::fs::{self, File, Metadata};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::error::Error;

pub use draft::sweep;
pub use links::{is_there, not_read};

use draft::{Draft, remove_leftovers, settle};
pub use place::output_is_lost;
use place::{Place, Target, descriptor, folder_of};

mod draft;
mod links;
mod place;
mod registry;

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a write beyond the system's limit on file sizes fail with an error. The default signal
/// would end the program without a message.
pub fn report_size_limit() {
    #[cfg(unix)]
    {
        use nix::sys::signal::{SigSet, Signal};
        let mut signals = SigSet::empty();
        signals.add(Signal::SIGXFSZ);
        // Threads that start later inherit this. If it fails, only the message is missing.
        let _ = signals.thread_block();
    }
}

/// Opens an input that is a file.
///
/// # Errors
///
/// If it does not exist, may not be read, is a folder, or is also an output.
pub fn open(path: &Path) -> Result<(File, Metadata), Error> {
    let failed = |why: io::Error| not_read(path, &why);
    let file = File::open(path).map_err(failed)?;
    let meta = file.metadata().map_err(failed)?;
    if meta.is_dir() {
        return Err(failed(io::ErrorKind::IsADirectory.into()));
    }
    if let Some(place) = Place::of(path, &meta) {
        registry::reads(place, &path.display().to_string())?;
    }
    Ok((file, meta))
}

/// Standard input as an input of this run.
///
/// # Errors
///
/// If another input has already read it, or if it comes from a file that is also an output.
pub fn standard_input() -> Result<io::Stdin, Error> {
    registry::reads_standard_input()?;
    let input = io::stdin();
    if let Some(place) = Place::behind(&input) {
        registry::reads(place, "(standard input)")?;
    }
    Ok(input)
}

/// Opens a table; `-` is standard input. Returns its size in bytes if it is known.
///
/// # Errors
///
/// As for [`open`].
pub fn input(path: &Path) -> Result<(Box<dyn Read + Send>, Option<u64>), Error> {
    if path == Path::new("-") {
        return Ok((Box::new(standard_input()?), None));
    }
    let (file, meta) = open(path)?;
    let size = meta.is_file().then_some(meta.len());
    Ok((Box::new(file), size))
}

/// Whether two paths lead to the same file; `-` is standard input.
#[must_use]
pub fn same(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| match path.to_str() {
        Some("-") => Place::behind(&io::stdin()),
        _ => Target::of(path).ok()?.place(),
    };
    place(one).is_some_and(|one| place(other) == Some(one))
}

/// What happens if the file of an output exists already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// The file is kept, and the output is refused.
    Refused,
    /// The file is replaced, unless it is an input or another output of this run.
    Replaced,
    /// The file is replaced by one that keeps its content, so it may also be an input.
    Extended,
}

impl Existing {
    /// The setting for commands that replace a file only with `--force`.
    #[must_use]
    pub fn unless_forced(force: bool) -> Self {
        if force { Self::Replaced } else { Self::Refused }
    }
}

/// An output of this run whose place is checked; nothing is written yet.
#[derive(Debug)]
pub struct Destination {
    /// The path as the user gave it.
    path: PathBuf,
    target: Target,
    existing: Existing,
    private: bool,
}

impl Destination {
    /// Claims `path` for the output named by `flag`; `-` is standard output.
    ///
    /// # Errors
    ///
    /// If the place is an input or another output. If it has a file that must not be replaced, or
    /// cannot be written to.
    pub fn claim(flag: &str, path: &Path, existing: Existing) -> Result<Self, Error> {
        let failed = |why: io::Error| Error::writing(path, &why);
        let target = Target::of(path).map_err(failed)?;
        let label = match flag {
            "" => format!("`{}`", path.display()),
            flag => format!("`{flag} {}`", path.display()),
        };
        let place = target.place();
        if let Some(place) = &place {
            registry::may_write(place, &label, existing)?;
        }
        if let Target::File(real) = &target {
            if existing == Existing::Refused && fs::symlink_metadata(real).is_ok() {
                return Err(taken(path));
            }
            remove_leftovers(folder_of(real));
            Draft::new(folder_of(real)).map_err(failed)?;
        }
        if let Some(place) = place {
            registry::writes(place, label, existing);
        }
        Ok(Self {
            path: path.to_owned(),
            target,
            existing,
            private: false,
        })
    }

    /// Makes the file readable only by its owner, if `wanted`.
    #[must_use]
    pub fn private(mut self, wanted: bool) -> Self {
        self.private = wanted;
        self
    }

    /// Starts writing.
    ///
    /// # Errors
    ///
    /// If no file can be created there.
    pub fn open(&self) -> Result<Output, Error> {
        let failed = |why: io::Error| Error::writing(&self.path, &why);
        Ok(match &self.target {
            Target::Standard if output_is_lost() => return Err(Error::output_lost()),
            Target::Standard if io::stdout().is_terminal() => Output::Terminal(io::stdout()),
            Target::Standard => Output::Standard(io::stdout()),
            Target::Direct(real) => {
                let file = direct(real).map_err(failed)?;
                Output::Direct(file, self.path.clone())
            }
            Target::File(real) => Output::Whole(Whole {
                draft: Draft::new(folder_of(real)).map_err(failed)?,
                real: real.clone(),
                path: self.path.clone(),
                existing: self.existing,
                private: self.private,
            }),
        })
    }

    /// Writes the whole `text`; may be called several times.
    ///
    /// # Errors
    ///
    /// If it cannot be written; the old content is kept in that case.
    pub fn put(&mut self, text: &[u8]) -> Result<(), Error> {
        let mut output = self.open()?;
        output.write(text)?;
        output.finish()?;
        // From now on, the file there was written by this run.
        self.existing = Existing::Replaced;
        Ok(())
    }
}

/// Opens a path that is written directly, without a draft.
fn direct(path: &Path) -> io::Result<File> {
    match descriptor(path) {
        // Standard error has other writers too, which share its position.
        #[cfg(unix)]
        Some(2) => {
            use std::os::fd::AsFd;
            io::stderr().as_fd().try_clone_to_owned().map(File::from)
        }
        Some(_) => File::options().append(true).open(path),
        None => File::options().write(true).open(path),
    }
}

fn taken(path: &Path) -> Error {
    Error::File {
        doing: "write",
        path: path.to_owned(),
        why: "there is a file of that name already".to_owned(),
        hint: Some("choose another name, or overwrite it with `--force`".to_owned()),
    }
}

/// An open output.
#[derive(Debug, Default)]
pub enum Output {
    /// Standard output to a file or another program.
    Standard(io::Stdout),
    /// Standard output to a terminal.
    Terminal(io::Stdout),
    /// A device or a pipe, written directly.
    Direct(File, PathBuf),
    /// A file that is put in its place when it is complete.
    Whole(Whole),
    /// Memory, for outputs that can only be written as a whole.
    Memory(Vec<u8>),
    /// Nothing is written; only the counts are needed.
    #[default]
    Nowhere,
}

/// A file that is put in its place when it is complete.
#[derive(Debug)]
pub struct Whole {
    draft: Draft,
    /// Its final path.
    real: PathBuf,
    /// The path as the user gave it.
    path: PathBuf,
    existing: Existing,
    private: bool,
}

impl Output {
    /// Writes all `bytes`.
    ///
    /// # Errors
    ///
    /// If, for example, the disk is full or the pipe is closed.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Standard(out) => out.write_all(bytes).map_err(|why| Error::output(&why)),
            Self::Terminal(out) => {
                let text = harmless(&String::from_utf8_lossy(bytes));
                out.write_all(text.as_bytes())
                    .map_err(|why| Error::output(&why))
            }
            Self::Direct(file, path) => file.write_all(bytes).map_err(|why| failed(path, &why)),
            Self::Whole(whole) => {
                let written = whole.draft.file().write_all(bytes);
                written.map_err(|why| failed(&whole.path, &why))
            }
            Self::Memory(kept) => {
                kept.extend_from_slice(bytes);
                Ok(())
            }
            Self::Nowhere => Ok(()),
        }
    }

    /// Puts the complete output in its place.
    ///
    /// # Errors
    ///
    /// If it cannot be written or moved there.
    pub fn finish(self) -> Result<(), Error> {
        match self {
            Self::Standard(mut out) | Self::Terminal(mut out) => {
                out.flush().map_err(|why| Error::output(&why))
            }
            Self::Direct(mut file, path) => file.flush().map_err(|why| failed(&path, &why)),
            Self::Whole(whole) => whole.finish(),
            Self::Memory(_) | Self::Nowhere => Ok(()),
        }
    }
}

impl Whole {
    fn finish(self) -> Result<(), Error> {
        let old = fs::metadata(&self.real).ok();
        let file = self.draft.file();
        let ready = settle(file, old.as_ref(), self.private).and_then(|()| file.sync_all());
        ready.map_err(|why| Error::writing(&self.path, &why))?;
        let replace = self.existing != Existing::Refused;
        match self.draft.place(&self.real, replace) {
            Err(why) if why.kind() == io::ErrorKind::AlreadyExists => Err(taken(&self.path)),
            placed => placed.map_err(|why| Error::writing(&self.path, &why)),
        }
    }
}

fn failed(path: &Path, why: &io::Error) -> Error {
    if why.kind() == io::ErrorKind::BrokenPipe {
        return Error::Closed;
    }
    Error::writing(path, why)
}

/// Text for a terminal, without characters that could move the cursor or change colours. Files and
/// pipes get all bytes.
fn harmless(text: &str) -> String {
    let shown = |c: char| {
        if c.is_control() && !matches!(c, '\n' | '\t') {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    text.chars().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn nothing_in_a_cell_steers_a_terminal() {
        let text = "A\u{1b}[2J\u{9b}31m,\u{7f}\0é\tB\n";
        assert_eq!(
            harmless(text),
            "A\u{fffd}[2J\u{fffd}31m,\u{fffd}\u{fffd}é\tB\n"
        );
    }
}
