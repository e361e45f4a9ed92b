//! `candidacy rules …`: for those who write rules.

mod check;
mod diff;
mod diff_patients;
mod doc;
mod init;
mod overlay;
mod prove;
mod show;
mod test;
mod write_cases;

use std::path::{Path, PathBuf};

use crate::authoring::starter;
use crate::error::{Error, Exit};
use crate::load;
use crate::report::style::Role;
use candidacy_engine::compile::compile_on;
use candidacy_engine::date::Date;
use candidacy_engine::pack::Pack;
use candidacy_engine::plan::Plan;
use candidacy_engine::severity;

use super::Context;
use super::batch::reading::ReadingArgs;

use check::CheckArgs;

/// What can be done with rules.
#[derive(Debug, clap::Subcommand)]
pub enum RulesCommand {
    /// Tell every problem, else every warning, and run the cases: may these rules be used?
    #[command(
        after_help = "Examples:\n  candidacy rules check\n  candidacy rules check rules/microneedling\n  candidacy rules check rules/microneedling --deny-warnings --format github"
    )]
    Check(CheckArgs),
    /// Run the cases and name each; tell how good they are
    #[command(
        after_help = "Examples:\n  candidacy rules test\n  candidacy rules test rules/microneedling --coverage\n  candidacy rules test rules/microneedling --mutate --threshold 95"
    )]
    Test(TestArgs),
    /// Decide what is claimed of every patient: proved, or somebody of whom it is not true
    #[command(
        after_help = "Examples:\n  candidacy rules prove\n  candidacy rules prove our-clinic --write our-clinic/cases/claims.yaml"
    )]
    Prove(ProveArgs),
    /// Compare two versions of rules: for which patients does the verdict change?
    #[command(
        after_help = "Examples:\n  candidacy rules diff rules/microneedling.before rules/microneedling\n  candidacy rules diff OLD NEW --forbid-milder\n  candidacy rules diff OLD NEW --patients patients.csv --id chart_number"
    )]
    Diff(Box<DiffArgs>),
    /// Print the fingerprint: the same however files are laid out, another when anything they say is
    #[command(
        after_help = "Examples:\n  candidacy rules fingerprint\n  candidacy rules fingerprint rules/microneedling"
    )]
    Fingerprint {
        /// A file, or a folder with a `pack.yaml`; `--rules`, else the built-in rules, when absent
        path: Option<PathBuf>,
    },
    /// Show a rule or a question with everything about it, in plain words
    #[command(
        after_help = "Examples:\n  candidacy rules show isotretinoin\n  candidacy rules show acne rules/microneedling\n  candidacy rules show --origin our-clinic.yaml"
    )]
    Show {
        /// The id of a rule or a question; with --origin also of a setting, a fact and so on, or none at all
        #[arg(required_unless_present = "origin")]
        id: Option<String>,
        /// A file, or a folder with a `pack.yaml`; `--rules`, else the built-in rules, when absent
        path: Option<PathBuf>,
        /// Tell which file of which pack it comes from, and who changed or relaxed it
        #[arg(long)]
        origin: bool,
    },
    /// Write the whole pack as one document for whoever reviews and signs it
    #[command(
        after_help = "Examples:\n  candidacy rules doc -o rules.html\n  candidacy rules doc rules/microneedling -o rules.md"
    )]
    Doc(doc::DocArgs),
    /// Print the JSON Schema of rule files, for completion and red lines in an editor
    #[command(after_help = "Example:\n  candidacy rules schema > rules-schema.json")]
    Schema,
    /// Begin a folder of your own rules
    #[command(
        after_help = "Examples:\n  candidacy rules init our-clinic\n  candidacy rules init our-rules --copy\n  candidacy rules init our-rules --empty"
    )]
    Init(init::InitArgs),
}

/// What `rules diff` takes.
#[derive(Debug, clap::Args)]
pub struct DiffArgs {
    /// The version before: a file, or a folder with a `pack.yaml`. Without NEW this is the
    /// version after: an overlay is compared with the pack it extends, any other pack
    /// with `--rules`, else with the built-in rules
    old: PathBuf,
    /// The version after
    new: Option<PathBuf>,
    /// End with exit code 3 when some patient gets a less severe verdict than before
    #[arg(long)]
    forbid_milder: bool,
    /// How the differences are written
    #[arg(long, value_enum, default_value_t = DiffFormat::Text, conflicts_with = "patients")]
    format: DiffFormat,
    /// Tell too how many patients of this table change, from what to what; `-` reads standard input
    #[arg(long, value_name = "FILE.csv")]
    patients: Option<PathBuf>,
    /// The column whose cells name patients; they are named by their lines when left out
    #[arg(long, value_name = "COLUMN", requires = "patients")]
    id: Option<String>,
    #[command(flatten)]
    reading: ReadingArgs,
}

/// How `rules diff` writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum DiffFormat {
    /// For a person at a screen
    Text,
    /// For a document: a table of old and new
    Markdown,
    /// For a program
    Json,
}

/// What `rules prove` takes.
#[derive(Debug, clap::Args)]
pub struct ProveArgs {
    /// A file, or a folder with a `pack.yaml`; `--rules`, else the built-in rules, when absent
    path: Option<PathBuf>,
    /// Write the patients of whom a claim is not true to this new file, as cases that expect what it promises
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

/// What `rules test` takes.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    /// A file, or a folder with a `pack.yaml`; `--rules`, else the built-in rules, when absent
    path: Option<PathBuf>,
    /// Tell which rules no case would miss
    #[arg(long)]
    coverage: bool,
    /// Make one small change after another in the rules and tell which no case notices
    #[arg(long)]
    mutate: bool,
    /// End with exit code 3 when fewer in a hundred are covered, or noticed
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    threshold: Option<u8>,
    /// Write the cases that would notice to this new file
    #[arg(long, value_name = "FILE", requires = "mutate")]
    write: Option<PathBuf>,
}

/// Does it.
pub fn run(command: &RulesCommand, around: &Context) -> Result<Exit, Error> {
    match command {
        RulesCommand::Check(args) => check::check(args, around),
        RulesCommand::Test(args) => test::test(args, around),
        RulesCommand::Diff(args) => diff::diff(args, around),
        RulesCommand::Fingerprint { path } => {
            let plan = read(path.as_deref(), around)?.plan;
            super::print(&format!("{}\n", plan.fingerprint))
        }
        RulesCommand::Show { id, path, origin } => {
            show::show(id.as_deref(), path.as_deref(), *origin, around)
        }
        RulesCommand::Schema => super::print(starter::SCHEMA),
        RulesCommand::Init(args) => init::init(args, around),
        RulesCommand::Doc(args) => doc::doc(args, around),
        RulesCommand::Prove(args) => prove::prove(args, around),
    }
}

/// A pack as written and as run.
struct Read {
    /// As written.
    pack: Pack,
    /// As run.
    plan: Plan,
}

/// The pack under `path`; the chosen one, or the built-in one, without a path.
fn read(path: Option<&Path>, around: &Context) -> Result<Read, Error> {
    read_on(path, around, around.today)
}

/// The same for use on the day `today`.
fn read_on(path: Option<&Path>, around: &Context, today: Date) -> Result<Read, Error> {
    let loaded = match path.or(around.rules.as_deref()) {
        Some(path) => load::load(path)?,
        None => load::with_cases(around.pack),
    };
    let pack = loaded.read();
    let plan = compile_on(pack.clone(), today).map_err(Error::Rules)?;
    Ok(Read { pack, plan })
}

/// How verdicts change, in words.
fn label(kind: severity::Change, around: &Context) -> String {
    let (role, word) = match kind {
        severity::Change::LessSevere => (Role::Wrong, "LESS SEVERE"),
        severity::Change::Settled => (Role::Right, "settled"),
        severity::Change::MoreSevere => (Role::Right, "more severe"),
        severity::Change::Same => (Role::Right, "the same"),
    };
    around.out.paint(role, word)
}
