//! Errors that end a run, with a hint for each.

use std::path::{Path, PathBuf};

use candidacy_engine::diagnostic::Refusal;

/// A failure that ends the run, each with its exit code.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("cannot {doing} {}: {why}", named(doing, path))]
    File {
        /// `read`, `write`.
        doing: &'static str,
        /// The path.
        path: PathBuf,
        /// The system's reason, in plain words.
        why: String,
        /// How to fix it.
        hint: Option<String>,
    },
    /// Standard input or output failed.
    #[error("cannot {doing}: {why}")]
    Stream {
        /// `write the output`, `read standard input`.
        doing: &'static str,
        /// The system's reason.
        why: String,
    },
    /// The reader of the output has ended, so no message can reach it.
    #[error("the output was closed")]
    Closed,
    /// The terminal cannot be used.
    #[error("the terminal was closed: {0}")]
    Terminal(String),
    /// There is no user to ask.
    #[error("there is no terminal to ask on")]
    NoTerminal,
    /// The user interrupted the program.
    #[error("interrupted; nothing was saved")]
    BrokenOff,
    /// The user interrupted the program after the verdict was shown.
    #[error("interrupted; the verdict was shown")]
    AfterVerdict,
    /// The user stopped before the verdict. The message does not call this an error.
    #[error("Stopped. No verdict was given, and no answers were saved.")]
    Stopped,
    /// A script gave too few answers.
    #[error("the answers ended before the questions did; no verdict was given")]
    Ended,
    /// An interview ended early; what was answered is in a file.
    #[error("{}the answers so far are saved in `{}`", early(cause), path.display())]
    Saved {
        /// Why it ended.
        cause: Box<Error>,
        /// Where the answers are saved.
        path: PathBuf,
        /// How to continue with them.
        hint: String,
    },
    /// The command line asks for something that is not possible.
    #[error("{message}")]
    Usage {
        /// What is wrong.
        message: String,
        /// What to write instead.
        hint: String,
    },
    /// Answers given in a file cannot be read.
    #[error("the answers cannot be read")]
    Answers(Refusal),
    /// Answers given by `--set` cannot be read.
    #[error("the answers cannot be read")]
    Settings(Refusal),
    /// A file is not a record, or was changed after it was written.
    #[error("the record cannot be used")]
    Record(Refusal),
    /// The rules have problems.
    #[error("the rules have problems")]
    Rules(Refusal),
}

/// Why an interview ended early, if its answers are saved.
fn early(cause: &Error) -> String {
    match cause {
        Error::BrokenOff => "interrupted; ".to_owned(),
        Error::Stopped => "Stopped. No verdict was given, and ".to_owned(),
        cause => format!("{cause}; "),
    }
}

/// The name of a file in a message; `-` is standard input or output.
fn named(doing: &str, path: &Path) -> String {
    match (path.as_os_str() == "-", doing) {
        (true, "read") => "standard input".to_owned(),
        (true, _) => "standard output".to_owned(),
        (false, _) => format!("`{}`", path.display()),
    }
}

/// The system's reason, without its error number.
fn plain(why: &std::io::Error) -> String {
    let text = why.to_string();
    match (why.raw_os_error(), text.rsplit_once(" (os error ")) {
        (Some(_), Some((words, _))) => words.to_owned(),
        _ => text,
    }
}

/// Why no more can be written.
fn no_room(kind: std::io::ErrorKind) -> &'static str {
    match kind {
        std::io::ErrorKind::FileTooLarge => {
            "it would be larger than the system allows (see `ulimit -f`)"
        }
        std::io::ErrorKind::QuotaExceeded => "your share of the disk is full",
        _ => "the disk is full",
    }
}

/// The exit codes. Scripts rely on the numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Finished, with any verdicts.
    Done = 0,
    /// Could not finish: file, terminal, disk.
    Unfinished = 1,
    /// The command line was wrong, or there is no terminal to ask on.
    Usage = 2,
    /// The rules have problems, or a case fails or a record cannot be reproduced.
    Rules = 3,
    /// A batch or a comparison finished, but some rows could not be read.
    Unreadable = 4,
    /// The verdict of `--fail-on` occurred.
    FailOn = 5,
    /// The person broke off.
    BrokenOff = 130,
    /// The reader of the output ended early; the code that a shell uses for SIGPIPE.
    Closed = 141,
}

impl Error {
    /// The exit code for this error.
    #[must_use]
    pub fn exit(&self) -> Exit {
        match self {
            Self::File { .. }
            | Self::Stream { .. }
            | Self::Terminal(_)
            | Self::Ended
            | Self::Answers(_)
            | Self::Record(_) => Exit::Unfinished,
            Self::Closed => Exit::Closed,
            Self::NoTerminal | Self::Usage { .. } | Self::Settings(_) => Exit::Usage,
            Self::BrokenOff | Self::AfterVerdict | Self::Stopped => Exit::BrokenOff,
            Self::Saved { cause, .. } => cause.exit(),
            Self::Rules(_) => Exit::Rules,
        }
    }

    /// Whether the user stopped on purpose, which is not an error.
    #[must_use]
    pub fn is_stop(&self) -> bool {
        match self {
            Self::Saved { cause, .. } => cause.is_stop(),
            other => matches!(other, Self::Stopped),
        }
    }

    /// Whether the error is about the content of files or arguments.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Answers(_) | Self::Settings(_) | Self::Rules(_))
    }

    /// How to fix it, if known.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::File { hint, .. } => hint.as_deref(),
            Self::Usage { hint, .. } | Self::Saved { hint, .. } => Some(hint),
            Self::NoTerminal => Some(
                "give the answers with `candidacy screen --answers FILE` (or `--set ID=VALUE`), or screen a table with `candidacy batch IN.csv`",
            ),
            _ => None,
        }
    }

    /// A file that could not be read.
    #[must_use]
    pub fn reading(path: impl Into<PathBuf>, why: &std::io::Error) -> Self {
        Self::file("read", path.into(), why)
    }

    /// A file that could not be written.
    #[must_use]
    pub fn writing(path: impl Into<PathBuf>, why: &std::io::Error) -> Self {
        Self::file("write", path.into(), why)
    }

    fn file(doing: &'static str, path: PathBuf, why: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let (why, hint) = match why.kind() {
            ErrorKind::NotFound => (
                "there is no such file or folder".to_owned(),
                Some("check the name and the folder you are in"),
            ),
            ErrorKind::PermissionDenied => {
                ("permission denied".to_owned(), Some("check who owns it"))
            }
            ErrorKind::NotADirectory => (
                "a part of this path is a file, not a folder".to_owned(),
                Some("check the names in the path"),
            ),
            ErrorKind::IsADirectory => (
                "it is a folder, and a file is needed here".to_owned(),
                Some("name a file in it"),
            ),
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => (
                no_room(why.kind()).to_owned(),
                Some("make room and run it again; nothing was overwritten"),
            ),
            ErrorKind::ReadOnlyFilesystem => (
                "nothing can be written to this disk".to_owned(),
                Some("name a file on another one"),
            ),
            _ => (plain(why), None),
        };
        Self::File {
            doing,
            path,
            why,
            hint: hint.map(str::to_owned),
        }
    }

    /// Standard input could not be read.
    #[must_use]
    pub fn input(why: &std::io::Error) -> Self {
        let why = match why.kind() {
            std::io::ErrorKind::IsADirectory => {
                "it is a folder, and a file is needed here".to_owned()
            }
            _ => plain(why),
        };
        Self::Stream {
            doing: "read standard input",
            why,
        }
    }

    /// Standard output was closed, and the run has no other result.
    #[must_use]
    pub fn output_lost() -> Self {
        Self::Stream {
            doing: "write the output",
            why: "standard output is closed; if you do not want it, write `> /dev/null`".to_owned(),
        }
    }

    /// Standard output could not be written. A closed pipe is not an error.
    #[must_use]
    pub fn output(why: &std::io::Error) -> Self {
        if why.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        let why = match why.kind() {
            kind @ (std::io::ErrorKind::StorageFull
            | std::io::ErrorKind::QuotaExceeded
            | std::io::ErrorKind::FileTooLarge) => no_room(kind).to_owned(),
            _ => plain(why),
        };
        Self::Stream {
            doing: "write the output",
            why,
        }
    }
}
