//! A list of medicines: its pieces, and what all of them come to.

use std::rc::Rc;

use crate::answer::{is_no_medicine, is_no_medicine_beside_others, is_no_more_medicines};
use crate::truth::Truth;

use super::belongs::{BEFORE_DOSE, is_dose};
use super::find::ReadEntry;
use super::forms::Forms;
use super::{Entry, Medicines, Recogniser, split};

/// What one piece of a list of medicines says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    none: bool,
    open: bool,
    ignored: bool,
    entries: Vec<Entry>,
    about: About,
    /// The dose that it says of the medicine before it.
    dose: Dose,
    /// The form that its last entry says.
    forms: Forms,
}

/// A dose of the medicine before a piece of a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Dose {
    /// None, or one that says nothing of the form: `2 drops`.
    #[default]
    InNoWeight,
    /// By weight: `100 mg`.
    ByWeight,
}

/// What a piece of a list is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum About {
    /// Medicines of its own.
    #[default]
    Itself,
    /// It names none, and goes on about the medicine before a comma if there is one.
    TheOneBefore,
}

/// A part of a piece: what comes between `/`, `+`, `&` and "and".
pub(super) enum Part<'t> {
    /// It says that there are no medicines.
    None(&'t str),
    /// It says that the rest is not known.
    NotSure(&'t str),
    /// It has strengths and frequencies only.
    Amounts(&'t str),
    /// It goes on about the part before it.
    GoesOn(&'t str),
    /// An entry of its own.
    Entry(ReadEntry),
}

impl Part<'_> {
    /// The dose by weight that it says, where it names no medicine of its own.
    pub fn dose(&self) -> Option<&str> {
        let text = match self {
            Self::Amounts(text) | Self::GoesOn(text) => text,
            Self::Entry(read) if read.entry.names.is_empty() => read.entry.text.as_str(),
            Self::Entry(_) | Self::None(_) | Self::NotSure(_) => return None,
        };
        is_dose(text).then_some(text)
    }
}

/// What comes before a piece: whether it can go on about that.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Before {
    /// Whether an entry comes before it, behind which only commas and full stops came.
    entry: bool,
    /// The form that this entry says.
    forms: Forms,
}

impl Before {
    /// Whether the next piece goes on about the entry before it.
    pub fn goes_on_with(&mut self, part: split::Piece<'_>, piece: &Piece) -> bool {
        self.entry &= part.goes_on;
        // Capsules go on about no gel.
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
    /// `none` beside a name.
    NoneAndSome,
}

impl Recogniser {
    /// Reads an answer; `not_sure` tells the words that leave the rest open.
    ///
    /// # Errors
    ///
    /// When it says both that there are none and which.
    pub fn read(
        &self,
        answer: &str,
        not_sure: impl Fn(&str) -> bool,
    ) -> Result<Medicines, MedicineListError> {
        self.read_by(answer, &mut |piece| Rc::new(self.piece(piece, &not_sure)))
    }

    /// The same, where `piece` tells what each piece of a list says: what
    /// [`Self::piece`] does, or remembers.
    ///
    /// # Errors
    ///
    /// When it says both that there are none and which.
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
        // A strength beside `none` says neither that there is a medicine nor that there is none.
        let open = all.open || (all.none && all.ignored);
        Ok(self.evaluate(all.entries, open, all.none))
    }

    /// What one piece of a list says.
    #[must_use]
    pub fn piece(&self, piece: &str, not_sure: impl Fn(&str) -> bool) -> Piece {
        let mut said = Piece::default();
        if is_no_medicine(piece) {
            said.none = true;
            return said;
        }
        if not_sure(piece) {
            said.open = true;
            return said;
        }
        let mut goes_on = true;
        for part in self.parts(piece, not_sure) {
            if let Some(dose) = part.dose() {
                match said.entries.last_mut() {
                    Some(last) => self.open_form(last, dose),
                    None => said.dose = Dose::ByWeight,
                }
            }
            match part {
                Part::None(_) => said.none = true,
                Part::NotSure(_) => said.open = true,
                Part::Amounts(_) => said.ignored = true,
                Part::GoesOn(_) => {}
                Part::Entry(read) => {
                    said.forms = read.forms;
                    goes_on &= read.goes_on && said.entries.is_empty();
                    said.entries.push(read.entry);
                }
            }
        }
        if goes_on && !said.entries.is_empty() && !said.none && !said.open {
            said.about = About::TheOneBefore;
        }
        said
    }

    /// The parts of a piece, and what each of them is.
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

    /// The entries of a piece. A combination of which only the last part says the form is one entry:
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

    /// The answer that was once split into these `entries`; `open` when there may
    /// be more. An entry in which nothing is left to look at leaves it open too.
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

    /// What the entries come to; `open` when there may be more, `none` when an answer without entries says that
    /// there are no medicines.
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
        // What a misspelt name is near to may be taken.
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
