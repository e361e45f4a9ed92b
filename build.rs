//! Compiles the built-in packs, and gives the program the commit and the target of the build.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use candidacy_engine::compile::compile;
use candidacy_engine::overlay;

#[path = "src/load/built_in.rs"]
mod built_in;
#[expect(dead_code, reason = "the build shows no warnings about rules")]
#[path = "src/report/diagnostic.rs"]
mod diagnostic;

fn main() {
    compile_built_in();
    say_what_is_built();
}

/// Writes the compiled packs, or stops the build with every problem of one at its place.
fn compile_built_in() {
    for pack in &built_in::PACKS {
        let files = pack.read("rules/", true);
        let read = overlay::read_with(files.sources, &[files.own], &files.taken);
        let plan = compile(read).unwrap_or_else(|refusal| {
            eprintln!("{}", diagnostic::refusal(&refusal, false));
            std::process::exit(1);
        });
        let bytes = plan.to_bytes().expect("a compiled plan can be written");
        let name = format!("{}.plan", pack.id);
        let path = PathBuf::from(env::var("OUT_DIR").unwrap_or_default()).join(name);
        fs::write(&path, bytes).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        if pack == built_in::DEFAULT {
            let fingerprint: String = plan.fingerprint.chars().take(12).collect();
            let (header, status) = (&plan.header, plan.status().word());
            println!(
                "cargo::rustc-env=CANDIDACY_RULES={} {} ({fingerprint}), {status}",
                header.id, header.version
            );
        }
    }
}

fn say_what_is_built() {
    println!("cargo::rerun-if-changed=build.rs");
    let of = |name: &str| env::var(name).unwrap_or_default();
    let target = of("TARGET");
    let folder = PathBuf::from(of("CARGO_MANIFEST_DIR"));
    // A development build would be made anew after every commit.
    let from = if of("PROFILE") != "release" {
        "development build".to_owned()
    } else if let Some(commit) = packaged(&folder).or_else(|| checked_out(&folder)) {
        format!("commit {commit}")
    } else {
        "commit not known".to_owned()
    };
    println!("cargo::rustc-env=CANDIDACY_BUILD={from}, target {target}");
}

/// The commit that `cargo package` noted, in a source archive without a repository.
fn packaged(folder: &Path) -> Option<String> {
    let note = fs::read_to_string(folder.join(".cargo_vcs_info.json")).ok()?;
    let (_, rest) = note.split_once("\"sha1\"")?;
    let commit = rest.split('"').nth(1)?;
    let changed = note.contains("\"dirty\": true");
    Some(named(commit, changed))
}

/// The commit that is checked out here. An archive unpacked within another
/// repository is none of it.
fn checked_out(folder: &Path) -> Option<String> {
    let git = |words: &[&str]| {
        let mut git = Command::new("git");
        let ended = git.arg("-C").arg(folder).args(words).output().ok()?;
        let said = String::from_utf8(ended.stdout).ok()?;
        ended.status.success().then(|| said.trim().to_owned())
    };
    let root = git(&["rev-parse", "--show-toplevel"])?;
    if fs::canonicalize(root).ok()? != fs::canonicalize(folder).ok()? {
        return None;
    }
    let branch = git(&["symbolic-ref", "-q", "HEAD"]);
    for path in ["HEAD", "packed-refs"].into_iter().chain(branch.as_deref()) {
        let path = folder.join(git(&["rev-parse", "--git-path", path])?);
        if path.exists() {
            println!("cargo::rerun-if-changed={}", path.display());
        }
    }
    for path in ["src", "engine", "rules", "Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={path}");
    }
    let changes = git(&["status", "--porcelain", "--untracked-files=no"])?;
    Some(named(&git(&["rev-parse", "HEAD"])?, !changes.is_empty()))
}

fn named(commit: &str, changed: bool) -> String {
    let short: String = commit.chars().take(12).collect();
    let changed = if changed { " with changes" } else { "" };
    format!("{short}{changed}")
}
