//! Reads a list of medicines: its pieces, and their combined result.

use std::rc::Rc;

use crate::answer::{is_no_medicine, is_no_medicine_beside_others, is_no_more_medicines};
use crate::truth::Truth;

use super::belongs::is_dose;
use super::find::ReadEntry;
use super::forms::Forms;
use super::meaning::BEFORE_DOSE;
use super::{Entry, Medicines, Recogniser, split};

/// The content of one piece of a list of medicines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    none: bool,
    open: bool,
    ignored: bool,
    entries: Vec<Entry>,
    about: About,
    /// The dose it gives for the previous medicine.
    dose: Dose,
    /// The form stated by its last entry.
    forms: Forms,
}

/// A dose for the medicine before a piece of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Dose {
    /// None, or one that says nothing about the form: `2 drops`.
    #[default]
    InNoWeight,
    /// By weight: `100 mg`.
    ByWeight,
}

/// The subject of a piece of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum About {
    /// Its own medicines.
    #[default]
    Itself,
    /// It names no medicine, and continues the one before a comma if there is one.
    TheOneBefore,
}

/// A part of a piece, between `/`, `+`, `&` and "and".
pub(super) enum Part<'t> {
    /// It says that there are no medicines.
    None(&'t str),
    /// It says that the rest is not known.
    NotSure(&'t str),
    /// It contains only strengths and frequencies.
    Amounts(&'t str),
    /// It continues the previous part.
    GoesOn(&'t str),
    /// A separate entry.
    Entry(ReadEntry),
}

impl Part<'_> {
    /// The dose by weight in it, if it names no medicine.
    pub fn dose(&self) -> Option<&str> {
        let text = match self {
            Self::Amounts(text) | Self::GoesOn(text) => text,
            Self::Entry(read) if read.entry.names.is_empty() => read.entry.text.as_str(),
            Self::Entry(_) | Self::None(_) | Self::NotSure(_) => return None,
        };
        is_dose(text).then_some(text)
    }
}

/// The state before a piece, which decides whether the piece can continue an entry.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    /// Whether there is an earlier entry, followed only by commas and full stops.
    entry: bool,
    /// The form that this entry states.
    forms: Forms,
}

impl Before {
    /// Whether the next piece continues the earlier entry.
    pub fn goes_on_with(&mut self, part: split::Piece<'_>, piece: &Piece) -> bool {
        self.entry &= part.goes_on;
        // Capsules do not continue a gel.
        let other_form =
            !piece.forms.is_empty() && !self.forms.is_empty() && !piece.forms.meets(self.forms);
        if self.entry && !other_form && piece.about == About::TheOneBefore {
            return true;
        }
        if !piece.entries.is_empty() {
            self.entry = true;
            self.forms = piece.forms;
        }
        false
    }
}

/// Why an answer about medicines cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MedicineListError {
    /// `none` together with a name.
    NoneAndSome,
}

impl Recogniser {
    /// Reads an answer; `not_sure` recognises texts that leave the rest open.
    ///
    /// # Errors
    ///
    /// If the answer contains both `none` and a medicine.
    pub fn read(
        &self,
        answer: &str,
        not_sure: impl Fn(&str) -> bool,
    ) -> Result<Medicines, MedicineListError> {
        self.read_by(answer, &mut |piece| Rc::new(self.piece(piece, &not_sure)))
    }

    /// The same, with a function `piece` that reads each piece of a list. It must return the same as
    /// [`Self::piece`], but may use a cache.
    ///
    /// # Errors
    ///
    /// If the answer contains both `none` and a medicine.
    pub fn read_by(
        &self,
        answer: &str,
        piece: &mut dyn FnMut(&str) -> Rc<Piece>,
    ) -> Result<Medicines, MedicineListError> {
        let mut all = Piece::default();
        let mut before = Before::default();
        for part in split::pieces(answer) {
            let piece = piece(part.text);
            all.none |= piece.none;
            all.open |= piece.open;
            all.ignored |= piece.ignored;
            if piece.dose == Dose::ByWeight
                && let Some(last) = all.entries.last_mut()
            {
                self.open_form(last, part.text);
            }
            if !before.goes_on_with(part, &piece) {
                all.entries.extend_from_slice(&piece.entries);
            }
        }
        if all.none && (all.open || !all.entries.is_empty()) {
            return Err(MedicineListError::NoneAndSome);
        }
        // A strength together with `none` does not decide whether there is a medicine.
        let open = all.open || (all.none && all.ignored);
        Ok(self.evaluate(all.entries, open, all.none))
    }

    /// Reads one piece of a list.
    #[must_use]
    pub fn piece(&self, piece: &str, not_sure: impl Fn(&str) -> bool) -> Piece {
        let mut result = Piece::default();
        if is_no_medicine(piece) {
            result.none = true;
            return result;
        }
        if not_sure(piece) {
            result.open = true;
            return result;
        }
        let mut goes_on = true;
        for part in self.parts(piece, not_sure) {
            if let Some(dose) = part.dose() {
                match result.entries.last_mut() {
                    Some(last) => self.open_form(last, dose),
                    None => result.dose = Dose::ByWeight,
                }
            }
            match part {
                Part::None(_) => result.none = true,
                Part::NotSure(_) => result.open = true,
                Part::Amounts(_) => result.ignored = true,
                Part::GoesOn(_) => {}
                Part::Entry(read) => {
                    result.forms = read.forms;
                    goes_on &= read.goes_on && result.entries.is_empty();
                    result.entries.push(read.entry);
                }
            }
        }
        if goes_on && !result.entries.is_empty() && !result.none && !result.open {
            result.about = About::TheOneBefore;
        }
        result
    }

    /// The parts of a piece, with their kinds.
    pub(super) fn parts<'t>(
        &self,
        piece: &'t str,
        not_sure: impl Fn(&str) -> bool,
    ) -> impl Iterator<Item = Part<'t>> {
        let mut counted = false;
        let mut forms = Forms::default();
        self.entries_of(piece).into_iter().map(move |text| {
            if is_no_medicine_beside_others(text) {
                return Part::None(text);
            }
            if not_sure(text) {
                return Part::NotSure(text);
            }
            if is_no_more_medicines(text) {
                return Part::GoesOn(text);
            }
            let Some(read) = self.entry(text) else {
                return Part::Amounts(text);
            };
            // `2 tablets in the morning and 1 tablet at night`, but not `1 drop and 2 tablets`
            let same_form = read.forms.is_empty() || forms.is_empty() || read.forms.meets(forms);
            if read.goes_on && counted && same_form {
                return Part::GoesOn(text);
            }
            counted = read.counted;
            forms = read.forms;
            Part::Entry(read)
        })
    }

    /// The entries of a piece. A combination in which only the last part has a form is one entry:
    /// `fluticasone/salmeterol Diskus`.
    fn entries_of<'t>(&self, piece: &'t str) -> Vec<&'t str> {
        let mut entries: Vec<&str> = Vec::new();
        let mut parts = split::entries(piece).into_iter();
        while let Some(first) = parts.next() {
            let mut whole = first.clone();
            let mut end = first.end;
            let mut ahead = parts.clone();
            while let Some(next) = ahead.next() {
                let sign = piece.get(end..next.start).unwrap_or("").trim();
                let text = piece.get(first.start..next.end).unwrap_or("");
                if !matches!(sign, "/" | "+") {
                    break;
                }
                end = next.end;
                if self.is_combination(text) {
                    whole.end = end;
                    parts = ahead.clone();
                }
            }
            entries.extend(piece.get(whole));
        }
        entries
    }

    /// Restores an answer from its `entries`; `open` if there may be more. An entry without recognisable
    /// content also leaves the answer open.
    #[must_use]
    pub fn of_entries<'t>(
        &self,
        entries: impl IntoIterator<Item = &'t str>,
        open: bool,
    ) -> Medicines {
        let read = |text: &str| {
            let (name, dose) = match text.rsplit_once(BEFORE_DOSE) {
                Some((name, dose)) if is_dose(dose) => (name, Some(dose)),
                _ => (text, None),
            };
            let mut entry = self.entry(name)?.entry;
            if let Some(dose) = dose {
                self.open_form(&mut entry, dose);
            }
            Some(entry)
        };
        let read: Vec<Option<Entry>> = entries.into_iter().map(read).collect();
        let open = open || read.iter().any(Option::is_none);
        self.evaluate(read.into_iter().flatten().collect(), open, !open)
    }

    /// Combines the entries. `open` means that there may be more, and `none` that an answer without entries
    /// says that there are no medicines.
    #[must_use]
    pub fn evaluate(&self, entries: Vec<Entry>, open: bool, none: bool) -> Medicines {
        let open = open || (entries.is_empty() && !none);
        let otherwise = if open { Truth::Unknown } else { Truth::No };
        let mut groups = vec![otherwise; self.groups];
        for meaning in entries.iter().flat_map(|entry| self.meanings(entry)) {
            if let Some(group) = groups.get_mut(meaning.group) {
                *group = Truth::Yes;
            }
        }
        // The medicine with a similar name may be taken.
        let near = entries.iter().flat_map(|entry| &entry.near);
        let near = near.filter_map(|number| self.names.get(*number));
        for meaning in near.flat_map(|name| &name.means) {
            if let Some(group) = groups.get_mut(meaning.group)
                && *group == Truth::No
            {
                *group = Truth::Unknown;
            }
        }
        let quoted = entries.iter().any(|entry| entry.unrecognised.is_some());
        let unrecognised = if quoted { Truth::Yes } else { otherwise };
        Medicines {
            entries,
            groups,
            unrecognised,
            open,
        }
    }
}
