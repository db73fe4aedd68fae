//! Starts the command line, which also sets up logging. There is no logic here.

use std::process::ExitCode;

fn main() -> ExitCode {
    yuanhua::cli::run()
}
