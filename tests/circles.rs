//! No two files import each other, directly or over others: what a file needs can be
//! read before it. A file may use its folder's own file, and that file its files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use regex::Regex;

/// A module's path, from the root of its crate.
type Module = Vec<String>;

/// Every module under `folder` with its text, comments and unit tests left out.
fn modules(folder: &Path, module: &[String], found: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_stem().expect("a name").to_string_lossy();
        let mut own = module.to_vec();
        if !(module.is_empty() && ["lib", "main"].contains(&name.as_ref())) {
            own.push(name.into_owned());
        }
        if path.is_dir() {
            modules(&path, &own, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).expect("text");
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or("");
            let lines = code
                .lines()
                .map(|line| line.split("//").next().unwrap_or(""));
            found.insert(own, lines.collect::<Vec<_>>().join("\n"));
        }
    }
}

/// The paths in a `use`, its braces multiplied out.
fn paths(tree: &str, before: &str) -> Vec<String> {
    let Some((head, rest)) = tree.split_once('{') else {
        return vec![format!("{before}{}", tree.trim())];
    };
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    let before = format!("{before}{}", head.trim());
    let mut depth = 0;
    inner
        .split(|sign| {
            depth += i32::from(sign == '{') - i32::from(sign == '}');
            sign == ',' && depth == 0
        })
        .filter(|part| !part.trim().is_empty())
        .flat_map(|part| paths(part, &before))
        .collect()
}

/// The module that a path in `module` names.
fn target(path: &str, module: &Module, known: &BTreeMap<Module, String>) -> Option<Module> {
    let mut words = path.split("::").map(str::trim).peekable();
    let mut from = module.clone();
    match *words.peek()? {
        "crate" => {
            words.next();
            from.clear();
        }
        "super" => {
            while words.next_if_eq(&"super").is_some() {
                from.pop();
            }
        }
        first => {
            let child = [module.as_slice(), &[first.to_owned()]].concat();
            known.get(&child)?;
        }
    }
    from.extend(words.map(str::to_owned));
    while !from.is_empty() && !known.contains_key(&from) {
        from.pop();
    }
    (!from.is_empty()).then_some(from)
}

/// Which modules each module names. Two do not count: a module's own folder, because every file may use what the files
/// around it share, and a file of the module that it only makes public.
fn imports(known: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<Module>> {
    let used = Regex::new(r"(\bpub(?:\([^)]*\))? )?\buse ([^;]+);").expect("a pattern");
    let named = Regex::new(r"\b[a-z]\w*(?:::\w+)+").expect("a pattern");
    let all = known.iter().map(|(module, code)| {
        let in_uses = used.captures_iter(code).flat_map(|one| {
            let public = one.get(1).is_some();
            let paths = paths(&one[2], "").into_iter();
            paths.map(move |path| (path, public))
        });
        let rest = used.replace_all(code, "");
        let in_code = named
            .find_iter(&rest)
            .map(|one| (one.as_str().to_owned(), false));
        let targets = in_uses
            .chain(in_code)
            .filter_map(|(path, public)| Some((target(&path, module, known)?, public)))
            .filter(|(other, public)| {
                let only_shown = *public && other.starts_with(module);
                !module.starts_with(other) && !only_shown
            })
            .map(|(other, _)| other);
        (module.clone(), targets.collect())
    });
    all.collect()
}

/// A circle that begins and ends at `module`.
fn circle(module: &Module, imports: &BTreeMap<Module, BTreeSet<Module>>) -> Option<Vec<Module>> {
    let mut seen = BTreeSet::new();
    let mut ways = vec![vec![module.clone()]];
    while let Some(way) = ways.pop() {
        for next in imports.get(way.last()?).into_iter().flatten() {
            if next == module {
                return Some(way);
            }
            if seen.insert(next.clone()) {
                ways.push([way.as_slice(), std::slice::from_ref(next)].concat());
            }
        }
    }
    None
}

/// Which modules under `root` each module names.
fn imports_under(root: &str) -> BTreeMap<Module, BTreeSet<Module>> {
    let mut known = BTreeMap::new();
    modules(Path::new(root), &[], &mut known);
    let imports = imports(&known);
    let count: usize = imports.values().map(BTreeSet::len).sum();
    assert!(count > 100, "{root}: {count} imports were found");
    imports
}

fn no_circles(imports: &BTreeMap<Module, BTreeSet<Module>>) {
    let circles: Vec<String> = imports
        .keys()
        .filter_map(|module| circle(module, imports))
        .map(|way| {
            let files = way.iter().map(|module| module.join("/"));
            files.collect::<Vec<_>>().join(" -> ")
        })
        .collect();
    assert_eq!(
        circles,
        Vec::<String>::new(),
        "move what both need to a third file"
    );
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    for root in ["src", "engine/src"] {
        no_circles(&imports_under(root));
    }
}

/// Each folder of the program, with the file beside it, taken as one place.
#[test]
fn no_folders_import_each_other_in_a_circle() {
    let folder = |module: &Module| module[..module.len().min(1)].to_vec();
    let mut folders: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
    for (module, named) in &imports_under("src") {
        let from = folder(module);
        let others = named.iter().map(folder).filter(|other| *other != from);
        folders.entry(from.clone()).or_default().extend(others);
    }
    no_circles(&folders);
}

#[test]
fn a_circle_is_found() {
    let texts = [
        ("a", "use crate::b::thing;"),
        ("b", "use super::{c::{One, Two}, d};"),
        ("c", "fn f() { crate::a::g(); }"),
        ("d", "use std::fs;"),
    ];
    let known = texts.map(|(name, text)| (vec![name.to_owned()], text.to_owned()));
    let imports = imports(&BTreeMap::from(known));
    let names =
        |module: &str| circle(&vec![module.to_owned()], &imports).map(|way| way.concat().concat());
    assert_eq!(names("a").as_deref(), Some("abc"));
    assert_eq!(names("d"), None);
}
