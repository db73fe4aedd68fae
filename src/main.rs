//! Starts logging and hands over to the command line. No logic.

use std::process::ExitCode;

fn main() -> ExitCode {
    yuanhua::cli::run()
}
