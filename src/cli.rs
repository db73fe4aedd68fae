//! The command line: reads flags and runs commands. It holds no retrieval.

mod add;
mod arguments;
mod ask;
mod bench;
mod check;
mod disclosure;
mod doctor;
mod eval;
mod export;
mod generate;
mod logging;
mod manage;
mod mcp;
mod open_library;
mod output;
mod progress_line;
mod read_options;
mod report;
mod running;
mod saved;
mod serve;
mod signals;
mod value_enums;
mod verdict;
mod verify;

use std::io::Write as _;
use std::net::SocketAddr;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser as _};

use crate::config;
use crate::library::Access;
use crate::terminal;
use arguments::{Cli, Command};
use open_library::LibraryOptions;

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    logging::report_panics();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return print_usage(&error),
    };
    logging::start(cli.log_format);
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that closed the pipe (`yuanhua ask … | head`) is no failure.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        // The findings have been printed.
        Err(error) if error.is::<verify::QuotationsFail>() => ExitCode::from(verify::QUOTATIONS_FAIL),
        Err(error) if error.is::<disclosure::CluesFound>() => ExitCode::from(disclosure::CLUES_FOUND),
        Err(error) => {
            terminal::message(error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<()> {
    let address = SocketAddr::new(cli.host, cli.port);
    let origin = format!("http://{address}");
    let limits = cli.limits.limits();
    let library = LibraryOptions {
        location: open_library::location(cli.data, cli.store.as_ref(), cli.store_nearest_from)?,
        limits,
        reading: cli.reading.options(limits.source),
        encoder: cli.encoder,
    };
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => {
            let admission = serve::admission(cli.host, cli.token, cli.open_to_network)?;
            serve::run(address, admission, cli.host_name, cli.grace_s, &library)
        }
        Command::Mcp => mcp::run(&library.to_serve()?, origin),
        Command::Ask(ask) => ask.run(&library),
        Command::Export(export) => export.run(library.to_ask()?.corpus().load().as_ref(), &origin),
        Command::Add(add) => add.run(&library),
        Command::List(list) => list.run(library.store(Access::ReadAtLeast)?),
        Command::Rename(rename) => rename.run(library.store(Access::Write)?),
        Command::Speaker(speaker) => speaker.run(library.store(Access::Write)?),
        Command::Withdraw(withdraw) => withdraw.run(library.store(Access::Write)?),
        Command::Allow(allow) => allow.run(library.store(Access::Write)?),
        Command::Check(check) => check.run(&library),
        Command::Verify(verify) => verify.run(&library.store(Access::ReadAtLeast)?.holdings()?, &origin, limits.source),
        Command::Saved(saved) => saved.run(&library.to_ask()?),
        Command::Report(report) => report.run(&library.to_ask()?, &origin, &library.encoder),
        Command::Disclosure(disclosure) => {
            disclosure.run(&library.store(Access::ReadAtLeast)?.holdings()?, limits.source)
        }
        Command::Eval(eval) => eval.run(&library),
        Command::Bench(bench) => bench.run(library.to_ask()?.corpus().load().as_ref()),
        Command::Doctor(doctor) => {
            config::raise_open_file_limit();
            if doctor.asks_running() {
                return doctor.run_on(address);
            }
            doctor.run(library.store(Access::ReadAtLeast), library.encoder(), address)
        }
        Command::Completions(completions) => completions.run(Cli::command()),
        Command::Man(man) => man.run(Cli::command()),
    }
}

/// Prints a message of clap, which may be the help, the version or an error.
fn print_usage(error: &clap::Error) -> ExitCode {
    let plain = error.render().to_string();
    // An error quotes what was typed, so clap colours it only if nothing in it could act on the terminal.
    if terminal::is_inert(&plain) {
        let _ = error.print();
    } else if error.use_stderr() {
        let _ = write!(terminal::err(), "{plain}");
    } else {
        let _ = write!(terminal::out(), "{plain}");
    }
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
