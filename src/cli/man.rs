//! `candidacy man`: the manual page of the program, or of one command.

use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use crate::error::{Error, Exit};

/// What `candidacy man` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  candidacy man | man -l -
  candidacy man rules check | man -l -")]
pub struct ManArgs {
    /// The command, such as `batch` or `rules check`; by default the whole program
    command: Vec<String>,
}

/// Prints a manual page.
pub fn man(args: &ManArgs) -> Result<Exit, Error> {
    let mut root = super::command();
    root.build();
    let mut command = &root;
    for name in &args.command {
        command = command.find_subcommand(name).ok_or_else(|| {
            let names: Vec<&str> = listed(command).map(clap::Command::get_name).collect();
            let hint = match names.as_slice() {
                [] => format!("`{}` has no commands of its own", words(command)),
                names => format!("`{}` has the commands {}", words(command), names.join(", ")),
            };
            Error::Usage {
                message: format!("there is no command `{} {name}`", words(command)),
                hint,
            }
        })?;
    }
    let page = page(command).map_err(|why| Error::output(&why))?;
    super::print(&String::from_utf8_lossy(&page))
}

/// The words that call a command.
fn words(command: &clap::Command) -> &str {
    command.get_bin_name().unwrap_or("candidacy")
}

/// The commands within a command that have their own page.
fn listed(command: &clap::Command) -> impl Iterator<Item = &clap::Command> {
    let all = command.get_subcommands();
    all.filter(|inner| !inner.is_hide_set() && inner.get_name() != "help")
}

/// The page of a command. Pages of commands within it are named by the words that print them,
/// because no page is installed.
fn page(command: &clap::Command) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    let mut commands = Roff::new();
    commands.control("SH", ["COMMANDS"]);
    let mut any = false;
    for inner in listed(command) {
        any = true;
        let about = inner.get_about().map(ToString::to_string);
        let called = words(inner).strip_prefix("candidacy ").unwrap_or_default();
        commands.control("TP", []);
        commands.text([bold(words(inner))]);
        commands.text([
            roman(about.unwrap_or_default()),
            roman(format!(" (its page: candidacy man {called})")),
        ]);
    }
    if any {
        commands.to_writer(&mut page)?;
    }
    man.render_extra_section(&mut page)?;
    if command.get_version().is_some() {
        man.render_version_section(&mut page)?;
    }
    Ok(page)
}
