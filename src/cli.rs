//! What can be asked of the program (a stand-in until the real one is merged).

pub mod batch;
pub mod template;

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::engine::date::Date;
use crate::error::{Error, Exit};

/// Pre-screens people for microneedling.
#[derive(Parser, Debug)]
struct Cli {
    /// Other rules
    #[arg(long, global = true)]
    rules: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Batch(Box<batch::BatchArgs>),
    /// A table with every column a batch understands.
    Template,
}

/// Runs the program.
pub fn main() -> Exit {
    match go(&Cli::parse()) {
        Ok(exit) => exit,
        Err(Error::Closed) => Exit::Done,
        Err(Error::Rules(refusal) | Error::Answers(refusal)) => {
            let text = crate::report::diagnostic::refusal(&refusal, false);
            let _ = std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes());
            Exit::Rules
        }
        Err(error) => {
            let hint = error
                .hint()
                .map(|hint| format!("\n  = help: {hint}"))
                .unwrap_or_default();
            let text = format!("error: {error}{hint}\n");
            let _ = std::io::Write::write_all(&mut std::io::stderr(), text.as_bytes());
            error.exit()
        }
    }
}

fn go(cli: &Cli) -> Result<Exit, Error> {
    let plan = crate::load::plan(cli.rules.as_deref())?;
    let today = Date::from_civil(jiff::Zoned::now().date());
    match &cli.command {
        Command::Batch(args) => batch::run(args, &plan, today),
        Command::Template => {
            let text = template::template(&plan);
            std::io::Write::write_all(&mut std::io::stdout(), text.as_bytes())
                .map_err(|why| Error::output(&why))?;
            Ok(Exit::Done)
        }
    }
}
