//! The parts that differ between operating systems: terminal mode and key bytes.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::{comes, on_quit, quiet, read, restore, suspend};
#[cfg(windows)]
pub use windows::{comes, on_quit, quiet, read, restore, suspend};
