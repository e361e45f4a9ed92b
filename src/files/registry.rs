//! The inputs and outputs of one run; no file may be both, or two outputs.

use std::collections::BTreeMap;
use std::io;
use std::sync::Mutex;

use super::place::Place;
use super::{Existing, locked};
use crate::error::Error;

/// The files of this run, each with the name that the user gave it.
struct Registry {
    inputs: BTreeMap<Place, String>,
    outputs: BTreeMap<Place, (String, Existing)>,
}

static REGISTRY: Mutex<Registry> = Mutex::new(Registry {
    inputs: BTreeMap::new(),
    outputs: BTreeMap::new(),
});

/// Registers an input called `name`.
///
/// # Errors
///
/// If it is an output of this run, or if standard output goes to it.
pub fn reads(place: Place, name: &str) -> Result<(), Error> {
    if Place::behind(&io::stdout()).as_ref() == Some(&place) {
        return Err(Error::Usage {
            message: format!("standard output goes to `{name}`, which this command reads"),
            hint: "redirect it to another file".to_owned(),
        });
    }
    let mut registry = locked(&REGISTRY);
    match registry.outputs.get(&place) {
        Some((output, existing)) if *existing != Existing::Extended => {
            Err(read_and_written(output, name))
        }
        _ => {
            registry.inputs.entry(place).or_insert(name.to_owned());
            Ok(())
        }
    }
}

/// Registers `-` as an input.
///
/// # Errors
///
/// If another input has read it already.
pub fn reads_standard_input() -> Result<(), Error> {
    let before = locked(&REGISTRY)
        .inputs
        .insert(Place::StandardInput, "-".to_owned());
    match before {
        None => Ok(()),
        Some(_) => Err(Error::Usage {
            message: "two inputs cannot both be read from standard input".to_owned(),
            hint: "put one of them in a file, and name the file instead of `-`".to_owned(),
        }),
    }
}

/// Refuses an output, called `label` in the message, that this run already reads or writes.
///
/// # Errors
///
/// If it is an input that would lose content, or another output.
pub fn may_write(place: &Place, label: &str, existing: Existing) -> Result<(), Error> {
    let registry = locked(&REGISTRY);
    if let Some(input) = registry.inputs.get(place)
        && existing != Existing::Extended
    {
        return Err(read_and_written(label, input));
    }
    let other = match registry.outputs.get(place) {
        Some((other, _)) => other.as_str(),
        None if Place::behind(&io::stdout()).as_ref() == Some(place) => "standard output",
        None => return Ok(()),
    };
    let hint = match place {
        Place::Free(..) => {
            "give each output a file of its own; many systems see no difference between small and capital letters"
        }
        _ => "give each output a file of its own",
    };
    Err(Error::Usage {
        message: format!("{other} and {label} go to the same file"),
        hint: hint.to_owned(),
    })
}

/// Registers an output that [`may_write`] allowed.
pub fn writes(place: Place, label: String, existing: Existing) {
    locked(&REGISTRY).outputs.insert(place, (label, existing));
}

fn read_and_written(output: &str, input: &str) -> Error {
    Error::Usage {
        message: format!("{output} would replace `{input}`, which this command reads"),
        hint: "name another file for the output".to_owned(),
    }
}
