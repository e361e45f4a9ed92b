//! t
fn main() {
    let path = std::env::args().nth(1);
    match candidacy::load::plan(path.as_deref().map(std::path::Path::new)) {
        Ok(plan) => println!(
            "{} questions {} rules {} names",
            plan.questions.len(),
            plan.rules.len(),
            plan.medicines.names().len()
        ),
        Err(candidacy::error::Error::Rules(r)) => {
            print!("{}", candidacy::report::diagnostic::refusal(&r, false))
        }
        Err(e) => println!("{e}"),
    }
}
