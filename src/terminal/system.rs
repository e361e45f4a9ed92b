//! What the terminal of each system does in its own way: its mode, and the bytes of its keys.

#[cfg(unix)]
mod unix;
#[cfg(windows)]
mod windows;

#[cfg(unix)]
pub use unix::{comes, on_quit, quiet, read, restore, suspend};
#[cfg(windows)]
pub use windows::{comes, on_quit, quiet, read, restore, suspend};
