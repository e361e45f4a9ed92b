//! Resolves paths, so that different spellings of one file are recognised.

#[cfg(unix)]
use std::fs::File;
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};

/// The location of a file, identical for every path that leads to it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// `-` as an input.
    StandardInput,
    /// `-` as an output.
    StandardOutput,
    /// A file that exists.
    File(Identity),
    /// A free name in this folder, in lower case, because many file systems ignore case.
    Free(Identity, String),
}

/// The unique identity of a file: its device and its number on the device.
#[cfg(unix)]
pub type Identity = (u64, u64);

/// The unique identity of a file on systems without file numbers.
#[cfg(not(unix))]
pub type Identity = PathBuf;

#[cfg(unix)]
fn identity(_: &Path, meta: &Metadata) -> Identity {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino())
}

#[cfg(not(unix))]
fn identity(path: &Path, _: &Metadata) -> Identity {
    let full = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    PathBuf::from(full.to_string_lossy().to_lowercase())
}

/// Whether the content could be lost; a device such as `/dev/null` keeps nothing.
#[cfg(unix)]
fn holds_something(meta: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    !meta.file_type().is_char_device()
}

#[cfg(not(unix))]
fn holds_something(_: &Metadata) -> bool {
    true
}

/// Whether standard output was closed when the program started. In that case the null device was
/// opened for reading and writing. Some programs discard the output of their children in the same
/// way; `> /dev/null` opens it only for writing.
#[cfg(unix)]
#[must_use]
pub fn output_is_lost() -> bool {
    use rustix::fs::{OFlags, fcntl_getfl, fstat, stat};
    let lost = || -> rustix::io::Result<bool> {
        let (out, null) = (fstat(io::stdout())?, stat("/dev/null")?);
        let same = (out.st_dev, out.st_ino) == (null.st_dev, null.st_ino);
        Ok(same && fcntl_getfl(io::stdout())?.contains(OFlags::RDWR))
    };
    lost().unwrap_or(false)
}

/// Always false on systems where writing to a closed standard output gives an error.
#[cfg(not(unix))]
#[must_use]
pub fn output_is_lost() -> bool {
    false
}

/// Standard input or output.
#[cfg(unix)]
pub use std::os::fd::AsFd as Stream;

#[cfg(not(unix))]
pub use io::IsTerminal as Stream;

/// The metadata of the file of a stream.
#[cfg(unix)]
fn behind(stream: &impl Stream) -> Option<Metadata> {
    let copy = stream.as_fd().try_clone_to_owned().ok()?;
    File::from(copy).metadata().ok()
}

#[cfg(not(unix))]
fn behind(_: &impl Stream) -> Option<Metadata> {
    None
}

impl Place {
    /// The location of the open file at `path`; none for a device, because it keeps nothing.
    pub fn of(path: &Path, meta: &Metadata) -> Option<Self> {
        holds_something(meta).then(|| Self::File(identity(path, meta)))
    }

    /// The file that standard input reads, or standard output writes.
    pub fn behind(stream: &impl Stream) -> Option<Self> {
        let meta = behind(stream).filter(Metadata::is_file)?;
        Self::of(Path::new("-"), &meta)
    }
}

/// The destination of an output path.
#[derive(Clone, Debug)]
pub enum Target {
    /// Standard output.
    Standard,
    /// A device, a pipe or an open descriptor, written directly.
    Direct(PathBuf),
    /// A file, existing or not.
    File(PathBuf),
}

impl Target {
    /// Resolves `path`; `-` is standard output.
    pub fn of(path: &Path) -> io::Result<Self> {
        if path == Path::new("-") {
            return Ok(Self::Standard);
        }
        let path = resolved(path)?;
        match descriptor(&path) {
            Some(1) => return Ok(Self::Standard),
            Some(_) => return Ok(Self::Direct(path)),
            None => {}
        }
        match fs::metadata(&path) {
            Ok(meta) if meta.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(meta) if !meta.is_file() => Ok(Self::Direct(path)),
            Ok(meta) if meta.permissions().readonly() => {
                Err(io::ErrorKind::PermissionDenied.into())
            }
            Ok(_) => Ok(Self::File(path)),
            Err(why) if why.kind() == io::ErrorKind::NotFound => Ok(Self::File(path)),
            Err(why) => Err(why),
        }
    }

    /// Its location; none for a device, because it keeps nothing.
    pub fn place(&self) -> Option<Place> {
        let path = match self {
            Self::Standard => return Some(Place::StandardOutput),
            Self::Direct(path) | Self::File(path) => path,
        };
        if let Ok(meta) = fs::metadata(path) {
            return Place::of(path, &meta);
        }
        let folder = folder_of(path);
        let name = path.file_name()?.to_string_lossy();
        let id = identity(folder, &fs::metadata(folder).ok()?);
        Some(Place::Free(id, name.to_lowercase()))
    }
}

/// Follows links, even to a name that does not exist yet. Stops at an open descriptor, such as
/// `/dev/fd/3`, because its file may be appended to.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    /// The limit that operating systems use.
    const MOST_LINKS: usize = 40;
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Some(name) = path.file_name() else {
            return fs::canonicalize(path);
        };
        let folder = fs::canonicalize(folder_of(&path))?;
        let full = folder.join(name);
        if descriptor(&full).is_some() {
            return Ok(full);
        }
        match fs::read_link(&full) {
            Ok(target) => path = folder.join(target),
            Err(_) => return Ok(full),
        }
    }
    Err(io::ErrorKind::NotFound.into())
}

/// The number of an open descriptor of this process, if the path names one.
pub fn descriptor(path: &Path) -> Option<u32> {
    let folder = path.parent()?.to_str()?;
    let of_process = folder
        .strip_prefix("/proc/")
        .is_some_and(|rest| rest.ends_with("/fd"));
    if folder == "/dev/fd" || of_process {
        path.file_name()?.to_str()?.parse().ok()
    } else {
        None
    }
}

pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}
