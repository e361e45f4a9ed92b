//! The program.

fn main() -> std::process::ExitCode {
    std::process::ExitCode::from(candidacy::cli::main() as u8)
}
