//! Finds the pack of a topic or cases file, because such a file is only valid within its pack.

use std::path::{Path, PathBuf};

use crate::files;

use super::{CASES, HEAD, source};

/// The folder of the pack that contains the file at `path`; `path` itself if the file is a whole pack.
pub fn pack_of(path: &Path) -> PathBuf {
    let around = around(path).filter(|folder| files::is_there(&folder.join(HEAD)));
    around
        .filter(|_| !heads_a_pack(path))
        .unwrap_or_else(|| path.to_owned())
}

/// The pack folder that a topic or a cases file would belong to.
fn around(path: &Path) -> Option<PathBuf> {
    if path == Path::new("-") || path.is_dir() {
        return None;
    }
    let folder = path.parent()?;
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    let whole = std::path::absolute(folder).ok()?;
    if whole.file_name().is_none_or(|name| name != CASES) {
        return Some(folder.to_owned());
    }
    match folder.parent() {
        Some(parent) if folder != Path::new(".") => Some(parent.to_owned()),
        _ => Some(PathBuf::from("..")),
    }
}

/// Whether the file is a whole pack, and not a topic or the main file of a folder with topics.
fn heads_a_pack(path: &Path) -> bool {
    // A file that cannot be read is reported under its own name.
    let Ok(source) = source(path) else {
        return true;
    };
    let has = |key: &str| source.text.lines().any(|line| line.starts_with(key));
    let is_head = path.file_name().is_some_and(|name| name == HEAD);
    has("format:") && !(is_head && has("topics:"))
}
