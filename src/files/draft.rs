//! A file while it is being written: readable only by its owner, and removed if the run dies.

use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use tempfile::NamedTempFile;

use super::locked;
#[cfg(target_os = "linux")]
use super::place::folder_of;

/// Files with a temporary name, which are removed if the user interrupts the run.
static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Removes every unfinished file.
pub fn sweep() {
    for path in std::mem::take(&mut *locked(&UNFINISHED)) {
        // The run ends here, so an error is ignored.
        let _ = fs::remove_file(path);
    }
}

/// A file that is written in its target folder, readable only by its owner.
///
/// It is locked, so that other runs can distinguish it from leftovers of a crashed run.
#[derive(Debug)]
pub enum Draft {
    /// A file without a name, so that nothing can be left behind.
    #[cfg(target_os = "linux")]
    Nameless(File),
    /// A file with a temporary name.
    Named(NamedTempFile),
}

impl Draft {
    /// Creates a draft in `folder`.
    pub fn new(folder: &Path) -> io::Result<Self> {
        #[cfg(target_os = "linux")]
        if let Some(file) = nameless(folder) {
            return Ok(Self::Nameless(file));
        }
        Self::named(folder)
    }

    /// Creates a named draft, if files without a name are not possible.
    fn named(folder: &Path) -> io::Result<Self> {
        loop {
            let temp = temporary().tempfile_in(folder)?;
            locked(&UNFINISHED).insert(temp.path().to_owned());
            // If files cannot be locked, no run removes them as leftovers.
            let ours = match temp.as_file().try_lock() {
                Err(fs::TryLockError::WouldBlock) => false,
                _ => temp.path().exists(),
            };
            if ours {
                return Ok(Self::Named(temp));
            }
            // Another run removed the file between the two steps.
            locked(&UNFINISHED).remove(temp.path());
        }
    }

    /// The file to write to.
    pub fn file(&self) -> &File {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => file,
            Self::Named(temp) => temp.as_file(),
        }
    }

    /// Gives the file the name `path`. Without `replace`, an existing file is an error.
    pub fn place(self, path: &Path, replace: bool) -> io::Result<()> {
        match self {
            #[cfg(target_os = "linux")]
            Self::Nameless(file) => match link(&file, path) {
                Err(why) if replace && why.kind() == io::ErrorKind::AlreadyExists => {
                    let temp = temporary().make_in(folder_of(path), |name| link(&file, name))?;
                    temp.persist(path).map(drop).map_err(|why| why.error)
                }
                linked => linked,
            },
            Self::Named(temp) => {
                let name = temp.path().to_owned();
                let placed = if replace {
                    temp.persist(path)
                } else {
                    temp.persist_noclobber(path)
                };
                locked(&UNFINISHED).remove(&name);
                placed.map(drop).map_err(|why| why.error)
            }
        }
    }
}

const PREFIX: &str = ".candidacy-";
const SUFFIX: &str = ".tmp";
const RANDOM: usize = 12;

/// The pattern of this program's temporary names, which differs from that of other programs.
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX).rand_bytes(RANDOM);
    builder
}

fn is_temporary(name: &str) -> bool {
    let random = name
        .strip_prefix(PREFIX)
        .and_then(|rest| rest.strip_suffix(SUFFIX));
    random.is_some_and(|random| {
        random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Creates a file without a name, if `folder` supports this and can name it later.
#[cfg(target_os = "linux")]
fn nameless(folder: &Path) -> Option<File> {
    use rustix::fs::{Mode, OFlags, open};
    let make = || -> Option<File> {
        let flags = OFlags::TMPFILE | OFlags::RDWR | OFlags::CLOEXEC;
        let file = File::from(open(folder, flags, Mode::RUSR | Mode::WUSR).ok()?);
        file.try_lock().ok()?;
        Some(file)
    };
    // Such a file can be linked only once, so a second file tests whether linking works.
    let trial = make()?;
    temporary()
        .make_in(folder, |name| link(&trial, name))
        .ok()?;
    make()
}

#[cfg(target_os = "linux")]
fn link(file: &File, name: &Path) -> io::Result<()> {
    use rustix::fs::{AtFlags, CWD, linkat};
    use std::os::fd::AsRawFd;
    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    Ok(linkat(CWD, open, CWD, name, AtFlags::SYMLINK_FOLLOW)?)
}

/// Removes files that killed runs left in `folder`. A live run holds a lock on its own files.
pub fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_str().is_some_and(is_temporary) {
            continue;
        }
        let path = entry.path();
        let ours = |meta: &Metadata| meta.is_file() && is_own(meta);
        if !fs::symlink_metadata(&path).is_ok_and(|meta| ours(&meta)) {
            continue;
        }
        // An error while removing a leftover does not stop the run.
        if let Ok(file) = File::open(&path)
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg(unix)]
fn is_own(meta: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    meta.uid() == rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_own(_: &Metadata) -> bool {
    true
}

/// Sets the owner and the permissions of a complete file: those of the file it replaces, or the
/// defaults for new files.
#[cfg(unix)]
pub fn settle(file: &File, old: Option<&Metadata>, private: bool) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, fchown};
    let mut mode = old.map_or_else(mode_of_new_files, |old| old.mode() & 0o777);
    if let Some(old) = old {
        let own = file.metadata()?;
        if own.uid() != old.uid() {
            // Only the administrator can change the owner.
            let _ = fchown(file, Some(old.uid()), None);
        }
        if own.gid() != old.gid() && fchown(file, None, Some(old.gid())).is_err() {
            // Permissions of the old group must not apply to another group.
            mode &= !0o070;
        }
    }
    let mode = if private { 0o600 } else { mode };
    file.set_permissions(fs::Permissions::from_mode(mode))
}

/// Windows gives a new file the permissions of its folder.
#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, reason = "it can fail on Unix")]
pub fn settle(_: &File, _: Option<&Metadata>, _: bool) -> io::Result<()> {
    Ok(())
}

#[cfg(unix)]
fn mode_of_new_files() -> u32 {
    use rustix::fs::Mode;
    // The mask can only be read by setting it; no other thread creates files now.
    let mask = rustix::process::umask(Mode::RWXG | Mode::RWXO);
    rustix::process::umask(mask);
    // The type of a mode differs between systems.
    #[allow(clippy::useless_conversion, reason = "it is `u16` on macOS")]
    let mask = u32::from(mask.bits());
    0o666 & !mask
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;
    use std::path::Path;

    use super::{Draft, is_temporary, remove_leftovers};

    const KINDS: [fn(&Path) -> std::io::Result<Draft>; 2] = [Draft::new, Draft::named];

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("the folder");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        entries
            .map(|entry| name(entry.expect("an entry")))
            .collect()
    }

    #[test]
    fn a_draft_is_for_its_owner_and_takes_its_place_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("out");
        for replace in [false, true] {
            for kind in KINDS {
                let draft = kind(folder.path()).expect("a draft");
                let mode = draft
                    .file()
                    .metadata()
                    .expect("a file")
                    .permissions()
                    .mode();
                assert_eq!(mode & 0o777, 0o600);
                draft.file().write_all(b"new").expect("it is written");
                fs::write(&path, "old").expect("it is written");
                let placed = draft.place(&path, replace);
                let text = fs::read_to_string(&path).expect("a file");
                assert_eq!((placed.is_ok(), text == "new"), (replace, replace));
                assert_eq!(names(folder.path()), ["out"]);
                fs::remove_file(&path).expect("it is removed");
            }
            for kind in KINDS {
                let draft = kind(folder.path()).expect("a draft");
                draft.place(&path, replace).expect("the name is free");
                fs::remove_file(&path).expect("it is removed");
            }
        }
    }

    #[test]
    fn only_what_dead_runs_left_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        let alive = Draft::named(folder.path()).expect("a draft");
        let dead = folder.path().join(".candidacy-abcDEF012345.tmp");
        let others = [
            ".candidacy-abcdef.tmp",
            ".candidacy-abcDEF01234/.tmp",
            ".candidacy-abcDEF012345.csv",
            "notes.tmp",
        ];
        for name in others.into_iter().filter(|name| !name.contains('/')) {
            fs::write(folder.path().join(name), "").expect("it is written");
        }
        assert!(!others.into_iter().any(is_temporary));
        fs::create_dir(folder.path().join(".candidacy-aaaaaaaaaaaa.tmp")).expect("a folder");
        fs::write(&dead, "").expect("it is written");
        let before = names(folder.path()).len();
        remove_leftovers(folder.path());
        assert!(!dead.exists());
        assert_eq!(names(folder.path()).len(), before - 1);
        drop(alive);
    }
}
