//! `candidacy rules …`: commands for rule authors.

mod check;
mod diff;
mod diff_patients;
mod doc;
mod init;
mod list;
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
    /// Check rule files: errors, warnings and test cases
    #[command(
        after_help = "Examples:\n  candidacy rules check\n  candidacy rules check rules/microneedling\n  candidacy rules check rules/microneedling --deny-warnings --format github"
    )]
    Check(CheckArgs),
    /// Run the test cases; measure how well they cover the rules
    #[command(
        after_help = "Examples:\n  candidacy rules test\n  candidacy rules test rules/microneedling --coverage\n  candidacy rules test rules/microneedling --mutate --threshold 95"
    )]
    Test(TestArgs),
    /// Check the claims for all possible patients; print a counterexample if one fails
    #[command(
        after_help = "Examples:\n  candidacy rules prove\n  candidacy rules prove our-clinic --write our-clinic/cases/claims.yaml"
    )]
    Prove(ProveArgs),
    /// Compare two versions of rules: which rules and which verdicts change
    #[command(
        after_help = "Examples:\n  candidacy rules diff rules/microneedling.before rules/microneedling\n  candidacy rules diff OLD NEW --forbid-milder\n  candidacy rules diff OLD NEW --patients patients.csv --id chart_number"
    )]
    Diff(Box<DiffArgs>),
    /// Print the fingerprint: it changes when the content of the rules changes, not with the layout
    #[command(
        after_help = "Examples:\n  candidacy rules fingerprint\n  candidacy rules fingerprint rules/microneedling"
    )]
    Fingerprint {
        /// A file, or a folder with a `pack.yaml`; by default `--rules`, otherwise the built-in rules
        path: Option<PathBuf>,
    },
    /// List the rules, questions, settings and groups of medicines with their ids
    #[command(
        after_help = "Examples:\n  candidacy rules list\n  candidacy rules list our-clinic.yaml --format json"
    )]
    List(list::ListArgs),
    /// Show a rule, a question, a setting or a group of medicines with everything about it
    #[command(
        after_help = "Examples:\n  candidacy rules show isotretinoin\n  candidacy rules show isotretinoin_wait\n  candidacy rules show acne rules/microneedling\n  candidacy rules show --origin our-clinic.yaml"
    )]
    Show {
        /// The id of a rule, question, setting or group; with --origin also of a fact, or no id
        #[arg(required_unless_present = "origin")]
        id: Option<String>,
        /// A file, or a folder with a `pack.yaml`; by default `--rules`, otherwise the built-in rules
        path: Option<PathBuf>,
        /// Show which file of which pack it comes from, and who changed or relaxed it
        #[arg(long)]
        origin: bool,
    },
    /// Write the whole pack as one document, to review and sign
    #[command(
        after_help = "Examples:\n  candidacy rules doc -o rules.html\n  candidacy rules doc rules/microneedling -o rules.md"
    )]
    Doc(doc::DocArgs),
    /// Print the JSON Schema of rule files, for completion and error marks in an editor
    #[command(after_help = "Example:\n  candidacy rules schema > rules-schema.json")]
    Schema,
    /// Create a folder of your own rules
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
    /// with `--rules`, otherwise with the built-in rules
    old: PathBuf,
    /// The version after
    new: Option<PathBuf>,
    /// End with exit code 3 when some patient gets a less severe verdict than before
    #[arg(long)]
    forbid_milder: bool,
    /// The output format
    #[arg(long, value_enum, default_value_t = DiffFormat::Text, conflicts_with = "patients")]
    format: DiffFormat,
    /// Also count how the verdicts of the patients in this table change; `-` reads standard input
    #[arg(long, value_name = "FILE.csv")]
    patients: Option<PathBuf>,
    /// The column that identifies patients; by default the line number
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
    /// A file, or a folder with a `pack.yaml`; by default `--rules`, otherwise the built-in rules
    path: Option<PathBuf>,
    /// Write the counterexamples to this new file, as cases whose expected verdict is that of the claim
    #[arg(long, value_name = "FILE")]
    write: Option<PathBuf>,
}

/// What `rules test` takes.
#[derive(Debug, clap::Args)]
pub struct TestArgs {
    /// A file, or a folder with a `pack.yaml`; by default `--rules`, otherwise the built-in rules
    path: Option<PathBuf>,
    /// List the rules that no test case depends on
    #[arg(long)]
    coverage: bool,
    /// Make many small changes in the rules, and list those that no test case notices
    #[arg(long)]
    mutate: bool,
    /// End with exit code 3 if the percentage is smaller
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
        RulesCommand::List(args) => list::list(args, around),
        RulesCommand::Schema => super::print(starter::SCHEMA),
        RulesCommand::Init(args) => init::init(args, around),
        RulesCommand::Doc(args) => doc::doc(args, around),
        RulesCommand::Prove(args) => prove::prove(args, around),
    }
}

/// A pack and its plan.
struct Read {
    /// The pack as written.
    pack: Pack,
    /// The compiled plan.
    plan: Plan,
}

/// Reads the pack under `path`; without a path, the chosen pack or the built-in one.
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

/// The word for a change of verdicts.
fn label(kind: severity::Change, around: &Context) -> String {
    let (role, word) = match kind {
        severity::Change::LessSevere => (Role::Wrong, "LESS SEVERE"),
        severity::Change::Settled => (Role::Right, "settled"),
        severity::Change::MoreSevere => (Role::Right, "more severe"),
        severity::Change::Same => (Role::Right, "the same"),
    };
    around.out.paint(role, word)
}
