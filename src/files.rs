//! The files of a batch. What was there before stays until the whole output stands.

use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

use crate::error::Error;

/// Unfinished files, to be swept away when the person breaks off.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes every unfinished file.
pub fn sweep() {
    let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    for path in unfinished.drain(..) {
        // There is nobody left to tell, and nothing else to do about it.
        let _ = fs::remove_file(path);
    }
}

/// Opens a table; `-` is standard input. Gives its size where it is known.
///
/// # Errors
///
/// When it is not there, may not be read, or is a folder.
pub fn input(path: &Path) -> Result<(Box<dyn Read + Send>, Option<u64>), Error> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin()), None));
    }
    let file = File::open(path).map_err(|why| Error::reading(path, &why))?;
    let meta = file.metadata().map_err(|why| Error::reading(path, &why))?;
    if meta.is_dir() {
        return Err(Error::reading(path, &io::ErrorKind::IsADirectory.into()));
    }
    let size = meta.is_file().then_some(meta.len());
    Ok((Box::new(file), size))
}

/// A small text file, such as that of `--map-file`.
///
/// # Errors
///
/// When it cannot be read.
pub fn source(path: &Path) -> Result<candidacy_engine::source::Source, Error> {
    crate::load::source(path)
}

/// Where `path` really stands, whether or not there is a file yet.
#[must_use]
pub fn place(path: &Path) -> PathBuf {
    let beside = || {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new("."))).ok()?;
        Some(folder.join(path.file_name()?))
    };
    if path == Path::new("-") {
        return path.to_owned();
    }
    let there = fs::canonicalize(path).ok();
    there.or_else(beside).unwrap_or_else(|| path.to_owned())
}

/// Where an output goes.
#[derive(Debug, Default)]
pub enum Output {
    /// Standard output, into a file or another program.
    Standard(io::Stdout),
    /// Standard output, before somebody's eyes.
    Terminal(io::Stdout),
    /// A device or a pipe, written as it comes.
    Direct(File, PathBuf),
    /// A file that takes its place when it is whole.
    Beside(NamedTempFile, PathBuf),
    /// Nowhere: only the counts are wanted.
    #[default]
    Nowhere,
}

impl Output {
    /// Opens an output; `-` is standard output.
    ///
    /// # Errors
    ///
    /// When no file can be made there.
    pub fn open(path: &Path) -> Result<Self, Error> {
        if path == Path::new("-") {
            let out = io::stdout();
            return Ok(if out.is_terminal() {
                Self::Terminal(out)
            } else {
                Self::Standard(out)
            });
        }
        // Through a link to where the file really stands.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let known = fs::metadata(&path).ok();
        if known.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(Error::writing(&path, &io::ErrorKind::IsADirectory.into()));
        }
        if known.as_ref().is_some_and(|meta| !meta.is_file()) {
            let file = File::options().write(true).open(&path);
            return file
                .map(|file| Self::Direct(file, path.clone()))
                .map_err(|why| Error::writing(&path, &why));
        }
        let temp = beside(&path, known).map_err(|why| Error::writing(&path, &why))?;
        let mut unfinished = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        unfinished.push(temp.path().to_owned());
        Ok(Self::Beside(temp, path))
    }

    /// Writes all of `bytes`.
    ///
    /// # Errors
    ///
    /// When the disk is full, the pipe is closed, and the like.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        match self {
            Self::Standard(out) => out.write_all(bytes).map_err(|why| Error::output(&why)),
            Self::Terminal(out) => {
                let text = harmless(&String::from_utf8_lossy(bytes));
                out.write_all(text.as_bytes())
                    .map_err(|why| Error::output(&why))
            }
            Self::Direct(file, path) => file.write_all(bytes).map_err(|why| failed(path, &why)),
            Self::Beside(file, path) => file.write_all(bytes).map_err(|why| failed(path, &why)),
            Self::Nowhere => Ok(()),
        }
    }

    /// Puts the whole output in its place.
    ///
    /// # Errors
    ///
    /// When it cannot be written out or put there.
    pub fn finish(self) -> Result<(), Error> {
        match self {
            Self::Standard(mut out) | Self::Terminal(mut out) => {
                out.flush().map_err(|why| Error::output(&why))
            }
            Self::Direct(mut file, path) => file.flush().map_err(|why| failed(&path, &why)),
            Self::Beside(temp, path) => {
                let synced = temp.as_file().sync_all();
                synced.map_err(|why| Error::writing(&path, &why))?;
                let placed = temp.persist(&path);
                placed.map_err(|why| Error::writing(&path, &why.error))?;
                Ok(())
            }
            Self::Nowhere => Ok(()),
        }
    }
}

fn failed(path: &Path, why: &io::Error) -> Error {
    if why.kind() == io::ErrorKind::BrokenPipe {
        return Error::Closed;
    }
    Error::writing(path, why)
}

/// A file beside `path`, with the permissions it will have there.
fn beside(path: &Path, known: Option<fs::Metadata>) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    builder.prefix(".candidacy-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        // What any new file gets; the system takes the umask off.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let temp = builder.tempfile_in(folder)?;
    if let Some(known) = known {
        if known.permissions().readonly() {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        temp.as_file().set_permissions(known.permissions())?;
    }
    Ok(temp)
}

/// Text that a terminal only shows: what could move its cursor or change its
/// colours is taken out. Files and pipes get every byte.
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
