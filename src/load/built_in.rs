//! The packs that are part of the program. The build script compiles them, too.

use candidacy_engine::pack;
use candidacy_engine::pack::Taken;
use candidacy_engine::source::Source;

/// A pack that is part of the program.
#[derive(Debug, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its id, which is also the name of its folder under `rules`.
    pub id: &'static str,
    /// Its files, the head first; a test compares the list with the folder.
    pub files: &'static [(&'static str, &'static str)],
    /// Its worked patients, read only by commands that run them.
    pub cases: &'static [(&'static str, &'static str)],
}

/// A pack with the names of its files, whose texts are embedded.
macro_rules! built_in {
    ($id:literal: $($file:literal)* ; $($case:literal)*) => {
        BuiltIn {
            id: $id,
            files: &[$(($file, include_str!(concat!("../../rules/", $id, "/", $file)))),*],
            cases: &[$(($case, include_str!(concat!("../../rules/", $id, "/cases/", $case)))),*],
        }
    };
}

/// The pack that is used if none is named.
pub const DEFAULT: &BuiltIn = &PACKS[0];

/// All of them.
pub static PACKS: [BuiltIn; 3] = [
    built_in! {
        "microneedling":
        "pack.yaml"
        "sources.yaml"
        "medicine-groups.yaml"
        "about-you.yaml"
        "skin-today.yaml"
        "medicines.yaml"
        "health.yaml"
        "scars-and-healing.yaml"
        "cancer-and-radiation.yaml"
        "recent-treatments.yaml"
        "expectations.yaml"
        ;
        "about-you.yaml"
        "always.yaml"
        "cancer-and-radiation.yaml"
        "combinations.yaml"
        "dates.yaml"
        "health.yaml"
        "medicine-names.yaml"
        "medicines.yaml"
        "names-in-two-groups.yaml"
        "people.yaml"
        "private.yaml"
        "recent-treatments.yaml"
        "scars-and-healing.yaml"
        "skin-today.yaml"
        "unanswered.yaml"
    },
    built_in! {
        "rf-microneedling":
        "pack.yaml"
        "about-you.yaml"
        "expectations.yaml"
        ;
        "about-you.yaml"
    },
    built_in! {
        "chemical-peel":
        "pack.yaml"
        "about-you.yaml"
        "skin.yaml"
        "health.yaml"
        "expectations.yaml"
        ;
        "illness.yaml"
        "peel.yaml"
    },
];

/// The files of a pack as they are read.
pub struct Files {
    /// Its own, the head first, and those of the packs it takes from.
    pub sources: Vec<Source>,
    /// How many are its own.
    pub own: usize,
    /// The packs it takes from.
    pub taken: Vec<Taken>,
}

impl BuiltIn {
    /// The pack called `id`.
    #[must_use]
    pub fn named(id: &str) -> Option<&'static Self> {
        PACKS.iter().find(|pack| pack.id == id)
    }

    /// Its files, each under `folder`, with its cases or without.
    #[must_use]
    pub fn read(&self, folder: &str, with_cases: bool) -> Files {
        let mut files = Files {
            sources: Vec::new(),
            own: 0,
            taken: Vec::new(),
        };
        self.add(folder, &mut files);
        let source = |(name, text): &(&str, &str)| {
            Source::new(format!("{folder}{}/cases/{name}", self.id), text)
        };
        files.own = files.sources.len();
        if with_cases {
            files.sources.extend(self.cases.iter().map(source));
            files.own = files.sources.len();
        }
        self.add_taken(folder, 0, &mut files);
        files
    }

    fn add(&self, folder: &str, files: &mut Files) {
        let source =
            |(name, text): &(&str, &str)| Source::new(format!("{folder}{}/{name}", self.id), text);
        files.sources.extend(self.files.iter().map(source));
    }

    /// Adds the packs from which this pack, with this index of its main file, takes topics.
    fn add_taken(&self, folder: &str, head: usize, files: &mut Files) {
        let Some(source) = files.sources.get(head) else {
            return;
        };
        let mut names: Vec<String> = Vec::new();
        for take in pack::outline(head, source).takes {
            if !names.contains(&take.from.value) {
                names.push(take.from.value);
            }
        }
        for from in names {
            // The build script fails if one of these packs is missing.
            let Some(other) = Self::named(&from).filter(|other| other.id != self.id) else {
                continue;
            };
            let start = files.sources.len();
            other.add(folder, files);
            let end = files.sources.len();
            files.taken.push(Taken {
                by: head,
                from,
                files: start..end,
            });
            other.add_taken(folder, start, files);
        }
    }
}
