//! Finds rule files in a pack's folder that are not read. They are neither listed in `topics` nor
//! cases.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use candidacy_engine::diagnostic::{Code, Diagnostic};
use candidacy_engine::pack::Outline;
use candidacy_engine::source::Place;
use candidacy_engine::suggest::nearest;

use super::{CASES, HEAD, beside, ends_in};

/// Problems about the rule files in `folder` that are not read. `read` lists those that are.
///
/// # Errors
///
/// If a folder cannot be listed.
pub fn problems(
    folder: &Path,
    outline: &Outline,
    read: &[PathBuf],
) -> Result<Vec<Diagnostic>, Error> {
    // A main file that cannot be read is reported first.
    let Some(place) = outline.listing else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    find_files(folder, Path::new(""), &mut found)?;
    found.retain(|name| !read.contains(&folder.join(name)));
    if !found.is_empty() {
        // A file may be read under another name.
        let mut read: Vec<PathBuf> = read.iter().map(|path| real(path)).collect();
        if let Some(base) = &outline.extends {
            read.push(real(&beside(folder, &base.value)));
        }
        found.retain(|name| !read.contains(&real(&folder.join(name))));
    }
    found.sort();
    // A misspelled topic has its own problem.
    let missing = |topic: &&str| !folder.join(topic).exists();
    let topics = outline.topics.iter().map(|topic| topic.value.as_str());
    let missing: Vec<&str> = topics.filter(missing).collect();

    let mut problems = Vec::new();
    let mut folders: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for name in &found {
        let shown = name.to_string_lossy().replace('\\', "/");
        match shown.rsplit_once('/') {
            Some((inside, _)) => folders.entry(inside.to_owned()).or_default().push(shown),
            None if nearest(&shown, missing.iter().copied()).is_some() => {}
            None => problems.push(file(&shown, outline, place)),
        }
    }
    // A folder that is listed as a topic has its own problem too.
    let topics: Vec<&str> = outline
        .topics
        .iter()
        .map(|topic| topic.value.as_str())
        .collect();
    let others = folders
        .iter()
        .filter(|(name, _)| !topics.contains(&name.as_str()));
    problems.extend(others.map(|(name, files)| inner(name, files, place)));
    Ok(problems)
}

/// The same path for all spellings.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Adds the rule files in the folder `inside` of `pack` and below it. Hidden files belong to other
/// programs, and a folder with a main file is a separate pack.
fn find_files(pack: &Path, inside: &Path, found: &mut Vec<PathBuf>) -> Result<(), Error> {
    let folder = pack.join(inside);
    let listing = fs::read_dir(&folder).map_err(|why| Error::reading(&folder, &why))?;
    for entry in listing {
        let entry = entry.map_err(|why| Error::reading(&folder, &why))?;
        let name = entry.file_name();
        let path = entry.path();
        if name.to_string_lossy().starts_with('.') {
            continue;
        }
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        if !path.is_dir() {
            if holds_rules(&name.to_string_lossy()) {
                found.push(inside.join(name));
            }
        } else if is_link {
            // A link may lead anywhere, so its subfolders are not searched.
            let files = super::yaml_files(&path)?;
            let names = files.iter().filter_map(|file| file.file_name());
            found.extend(names.map(|file| inside.join(&name).join(file)));
        } else if !path.join(HEAD).exists() {
            find_files(pack, &inside.join(name), found)?;
        }
    }
    Ok(())
}

/// Whether a file with this name holds rules; some editors add `.txt` to the name.
fn holds_rules(name: &str) -> bool {
    let name = without_txt(name).unwrap_or(name);
    ends_in(Path::new(name), &["yaml", "yml"])
}

/// The file name without the `.txt` that an editor added.
fn without_txt(name: &str) -> Option<&str> {
    let (stem, _) = name.rsplit_once('.')?;
    ends_in(Path::new(name), &["txt"]).then_some(stem)
}

fn file(name: &str, outline: &Outline, place: Place) -> Diagnostic {
    let message = format!("`{name}` is not read, because `topics` does not list it");
    let problem = Diagnostic::new(Code::UnlistedFile, place, message);
    let problem = match without_txt(name) {
        Some(right) => problem.help(format!("rename it to `{right}` and add it to `topics`")),
        None if outline.topics.is_empty() => problem.help(format!("write `topics: [{name}]`")),
        None => problem.help(format!("add `{name}` to `topics`")),
    };
    problem.help("or move it out of the folder of the pack")
}

/// A problem about the files of a folder in the pack.
fn inner(folder: &str, files: &[String], place: Place) -> Diagnostic {
    let first = files.first().map_or("", String::as_str);
    let which = match files.len() {
        1 => format!("`{first}` is"),
        2 => format!("`{first}` and another file in `{folder}` are"),
        more => format!("`{first}` and {} other files in `{folder}` are", more - 1),
    };
    let problem = |why: &str| {
        Diagnostic::new(
            Code::UnlistedFile,
            place,
            format!("{which} not read, because {why}"),
        )
    };
    if folder == CASES || folder.starts_with(&format!("{CASES}/")) {
        let own = files.iter().find_map(|file| without_txt(file));
        let problem = problem(if own.is_some() {
            "the name of a file with cases ends in `.yaml`"
        } else {
            "cases are read from the folder `cases` itself"
        });
        return match own {
            Some(right) => problem.help(format!("rename it to `{right}`")),
            None => problem.help("move it to `cases`, or out of the folder of the pack"),
        };
    }
    let problem = problem(match files.len() {
        1 => "`topics` does not list it",
        _ => "`topics` does not list them",
    });
    let problem = match nearest(folder, [CASES]) {
        Some(_) => problem.help(format!(
            "did you mean `{CASES}`? Then rename the folder `{folder}`"
        )),
        None => problem.help(format!("add `{first}` to `topics`")),
    };
    problem.help("or move it out of the folder of the pack")
}

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::load;

    const TOPICS: &str = "format: candidacy/1\n\
        pack: {id: demo, version: 0.1.0, title: Demonstration, status: draft, owner: Dr A. Example, review_by: 2027-06-30}\n\
        topics: [skin.yaml, more/scars.yaml]\n";

    #[test]
    fn which_files_are_not_read() {
        #[track_caller]
        fn case(files: &[&str], expected: &[&str]) {
            let folder = tempfile::tempdir().expect("a folder");
            let listed = ["skin.yaml", "more/scars.yaml", "cases/skin.yaml"];
            for name in listed.iter().chain(files) {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                fs::write(path, "title: More\n").expect("a file");
            }
            fs::write(folder.path().join("pack.yaml"), TOPICS).expect("a file");
            let loaded = load::load(folder.path()).expect("a pack");
            let reported: Vec<&str> = loaded
                .problems
                .iter()
                .map(|problem| problem.message.as_str())
                .collect();
            assert_eq!(reported, expected, "{files:?}");
        }

        case(&[], &[]);
        // Files without rules, hidden files, and other packs.
        case(
            &[
                "README.md",
                "rules-schema.json",
                "lexicon/names.csv",
                "lexicon/README.md",
                ".yamllint.yaml",
                ".github/ci.yml",
                "skin.yaml~",
                "skin.yaml.bak",
                "base/pack.yaml",
                "base/skin.yaml",
            ],
            &[],
        );
        case(
            &["scars.yaml"],
            &["`scars.yaml` is not read, because `topics` does not list it"],
        );
        case(
            &["Scars.YML"],
            &["`Scars.YML` is not read, because `topics` does not list it"],
        );
        case(
            &["scars.yaml.txt"],
            &["`scars.yaml.txt` is not read, because `topics` does not list it"],
        );
        case(
            &["pack.yml"],
            &["`pack.yml` is not read, because `topics` does not list it"],
        );
        case(
            &["more/keloids.yaml"],
            &["`more/keloids.yaml` is not read, because `topics` does not list it"],
        );
        case(
            &["casess/a.yaml", "casess/b.yaml", "casess/c.yaml"],
            &[
                "`casess/a.yaml` and 2 other files in `casess` are not read, because `topics` does not list them",
            ],
        );
        case(
            &["cases/old/a.yaml"],
            &[
                "`cases/old/a.yaml` is not read, because cases are read from the folder `cases` itself",
            ],
        );
        case(
            &["cases/a.yaml.txt"],
            &[
                "`cases/a.yaml.txt` is not read, because the name of a file with cases ends in `.yaml`",
            ],
        );
        // Cases are read whatever the case of their extension.
        case(&["cases/a.YAML"], &[]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_looked_at_but_not_followed_out_of_the_pack() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        write(
            "pack/pack.yaml",
            "format: candidacy/1\ntopics: [skin.yaml]\n",
        );
        write("elsewhere/skin.yaml", "title: Skin\n");
        write("elsewhere/deep/more.yaml", "title: More\n");
        let link = |to: &str, name: &str| {
            std::os::unix::fs::symlink(folder.path().join(to), folder.path().join(name))
                .expect("a link");
        };
        link("elsewhere/skin.yaml", "pack/skin.yaml");
        link("elsewhere", "pack/linked");
        link("pack", "pack/round");
        let loaded = load::load(&folder.path().join("pack")).expect("a pack");
        assert_eq!(loaded.problems, []);
        write("elsewhere/other.yaml", "title: Other\n");
        let loaded = load::load(&folder.path().join("pack")).expect("a pack");
        let reported: Vec<&str> = loaded
            .problems
            .iter()
            .map(|problem| problem.message.as_str())
            .collect();
        assert_eq!(
            reported,
            ["`linked/other.yaml` is not read, because `topics` does not list it"]
        );
    }
}
