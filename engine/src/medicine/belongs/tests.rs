use crate::medicine::{FormMeaning, Forms, Meaning, Recogniser};
use crate::truth::Truth;

/// Groups: 0 taken into the body, 1 skin cream, 2 ordinary.
fn recogniser() -> Recogniser {
    let form = |names: &str, group| FormMeaning {
        forms: names
            .split(' ')
            .filter_map(Forms::named)
            .fold(Forms::default(), Forms::with),
        groups: vec![group],
        ask_route: None,
    };
    let eye = vec![form("eye ear", 2)];
    let skin = vec![form("skin", 1)];
    let names = [
        ("prednisolone", 0, eye.clone()),
        ("dexamethasone", 0, eye.clone()),
        ("ciclosporin", 0, eye.clone()),
        ("neoral", 0, eye),
        ("budesonide", 0, vec![form("inhaled nose spray", 2)]),
        ("isotretinoin", 0, skin.clone()),
        ("isotretinoin gel", 1, Vec::new()),
        ("tacrolimus", 0, skin.clone()),
        ("tacrolimus ointment", 1, Vec::new()),
        ("hydrocortisone", 0, skin),
    ];
    let names = names.map(|(name, group, forms)| {
        let meaning = Meaning {
            group,
            generic: name.to_owned().into(),
            ask_route: None,
            forms,
        };
        (name.to_owned(), meaning)
    });
    Recogniser::new(3, names)
}

/// Whether the answer counts as taken into the body, and which words are unrecognised.
fn read(answer: &str) -> (bool, String) {
    let read = recogniser().read(answer, |_| false).expect("a list");
    let quoted = read.entries.iter();
    let quoted: Vec<&str> = quoted
        .filter_map(|entry| entry.unrecognised.as_deref())
        .collect();
    (read.groups[0] == Truth::Yes, quoted.join("|"))
}

#[test]
fn a_form_that_does_not_belong_to_the_name_decides_nothing() {
    #[track_caller]
    fn case(answer: &str, quoted: &str) {
        assert_eq!(read(answer), (true, quoted.to_owned()), "{answer}");
    }

    case(
        "prednisolone 40 mg by mouth with eye drops",
        "with eye drops",
    );
    case("prednisolone eye drops by mouth", "");
    case("prednisolone eye drops swallowed", "");
    case("prednisolone eye drops per os", "");
    case("prednisolone 40mg daily prescribed by eye doctor", "");
    case("dexamethasone from eye doctor", "");
    case("prednisolone eye clinic", "clinic");
    case("prednisolone 5 mg eye hospital", "hospital");
    case("prednisolone eye operation", "operation");
    case("eye doctor prednisolone", "");
    case("ciclosporin 100 mg bd with eye drops", "with eye drops");
    case("Neoral with eye drops", "with eye drops");
    case("prednisolone then eye drops", "then eye drops");
    case("prednisolone used to be eye drops", "be eye drops");
    case("prednisolone was eye drops", "was");
    case("prednisolone plus eye drops", "plus");
    case("prednisolone instead of eye drops", "instead");
    case("prednisolone before eye drops", "before eye drops");
    case("budesonide 9 mg with inhaler", "with inhaler");
    case(
        "isotretinoin 40mg daily with gel cleanser",
        "with gel cleanser",
    );
    case("isotretinoin 40mg gel cleanser", "");
    case("isotretinoin 40mg face wash", "");
    case("tacrolimus 1mg bd with cream", "with cream");
    case("hydrocortisone 20mg daily with cream", "with cream");
}

#[test]
fn a_form_beside_its_name_decides() {
    for answer in [
        "prednisolone eye drops",
        "prednisolone 1% eye drops from my doctor",
        "eye drops prednisolone",
        "prednisolone 10 MG/ML Ophthalmic Suspension",
        "prednisolone sodium phosphate 0.5% preservative free eye drops",
        "prednisolone 1 drop in each eye",
        "ciclosporin eye drops twice daily",
        "budesonide 200 micrograms inhaler, 2 puffs",
        "budesonide 200 micrograms dry powder inhaler",
        "120 ACTUAT budesonide 0.1 MG/ACTUAT Metered Dose Inhaler",
        "isotretinoin 0.05% gel",
        "isotretinoin gel, 0.05 %",
        "tacrolimus 0.1 % ointment, apply twice daily",
        "tacrolimus ointment, 1 mg/g",
        "hydrocortisone cream 1% to the face",
        "hydrocortisone cream 10 mg/g, 2 applications",
        "hydrocortisone cream 10mg/g",
        "hydrocortisone cream 30 g",
        "budesonide nasal spray 64 mcg",
        "ciclosporin eye drops, 1 mg/ml",
        "ciclosporin eye drops, 2 drops daily",
        "ciclosporin eye drops, 0.3 ml",
    ] {
        assert!(!read(answer).0, "{answer}");
    }
}

#[test]
fn a_dose_by_weight_after_a_cream_or_drops_is_another_form() {
    for answer in [
        "ciclosporin eye drops 100 mg bd",
        "isotretinoin gel 20 mg once daily",
        "ciclosporin eye drops, 100 mg bd",
        "ciclosporin eye drops, 100 mg/day",
        "ciclosporin eye drops, take 100 mg bd",
        "ciclosporin eye drops; twice daily; 100 mg",
        "ciclosporin eye drops and 100 mg bd",
        "hydrocortisone cream; 10 mg in the morning",
        "tacrolimus ointment, 1 mg bd",
        "tacrolimus 0.1% ointment, 500 mcg",
        "isotretinoin gel, 20 mg once daily",
        "budesonide nasal spray, 9 mg",
    ] {
        assert!(read(answer).0, "{answer}");
        let names = recogniser().explain(answer, |_| false);
        let names = names.iter().flat_map(|entry| &entry.names);
        let names: Vec<usize> = names.flat_map(|name| name.names.clone()).collect();
        let read = recogniser().read(answer, |_| false).expect("a list");
        assert_eq!(names, read.entries[0].names, "{answer}");
    }
}

/// Only a form of the same item, and a certain one, makes a medicine another one.
#[test]
fn a_form_of_another_item_or_a_doubtful_one_decides_nothing() {
    for answer in [
        "Eye drops. Prednisolone.",
        "Cream. Hydrocortisone 20 mg.",
        "Inhaler, 2 puffs. Budesonide",
        "Prednisolone | eye drops",
        "eye drops | prednisolone",
        "eye drops • prednisolone",
        "- eye drops - prednisolone",
        "1. Eye drops 2. Prednisolone",
        "1) eye drops 2) prednisolone",
        "1 eye drops 2 prednisolone",
        "eye drops\tprednisolone",
        "isotretinoin (cream?)",
        "isotretinoin gel?",
        "? isotretinoin gel",
        "isotretinoin 20mg gel",
        "prednisolone 20 mg eye drops",
        "ciclosporin 100mg eye drops",
        "budesonide (inhaler) 9 mg tablets",
    ] {
        assert!(read(answer).0, "{answer}");
    }
    for answer in [
        "prednisolone 1% eye drops",
        "prednisolone 5 mg/ml eye drops",
        "eye drops: prednisolone",
        "hydrocortisone 10 mg/g cream",
        "1. isotretinoin gel 2. hydrocortisone cream",
        "- isotretinoin gel\n- hydrocortisone cream 30 g",
    ] {
        assert!(!read(answer).0, "{answer}");
    }
}
