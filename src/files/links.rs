//! Error messages for unreadable inputs; broken links are named.

use std::fs;
use std::io;
use std::path::Path;

use crate::error::Error;

/// Whether a path has a file, a folder or a link, even a broken one.
#[must_use]
pub fn is_there(path: &Path) -> bool {
    match fs::symlink_metadata(path) {
        Ok(_) => true,
        Err(why) => why.kind() != io::ErrorKind::NotFound,
    }
}

/// The error for an input that cannot be read. It mentions broken links and link loops.
#[must_use]
pub fn not_read(path: &Path, why: &io::Error) -> Error {
    let mut parts: Vec<&Path> = path.ancestors().filter(|part| part.is_symlink()).collect();
    parts.reverse();
    let broken = parts.into_iter().find_map(|part| {
        let error = fs::metadata(part).err()?;
        let to = fs::read_link(part).ok()?;
        Some((part, to, error.kind()))
    });
    let Some((part, to, kind)) = broken else {
        return Error::reading(path, why);
    };
    let it = if part == path {
        "it".to_owned()
    } else {
        format!("`{}`", part.display())
    };
    let to = to.display();
    let why = match kind {
        io::ErrorKind::NotFound => format!("{it} is a link to `{to}`, and nothing is there"),
        io::ErrorKind::PermissionDenied => {
            format!("{it} is a link to `{to}`: permission denied")
        }
        _ => format!("{it} is a link to `{to}`, which leads back to the link"),
    };
    Error::File {
        doing: "read",
        path: path.to_owned(),
        why,
        hint: Some("remove the link, or let it lead to the file that is meant".to_owned()),
    }
}
