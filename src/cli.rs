//! The command line: serve (the default), ask, check, eval. No retrieval here.

mod add;
mod ask;
mod check;
mod export;
mod manage;
mod messages;
mod open_library;
mod read_options;
mod signals;

use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, Subcommand};

use crate::config::{self, Admission, Config, DEFAULT_HOST, DEFAULT_PORT, Serving};
use crate::error::Error;
use crate::eval;
use crate::library::Shelf;
use crate::library::{self, Access};
use crate::retrieval::encoder::{Choice, Encoder};
use crate::terminal;
use crate::web::Server;

/// Ask your interviews a question, get the interviewees' exact words back.
#[derive(Debug, Parser)]
#[command(name = "yuanhua", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// A folder of transcripts, or one of them [default: your own folder and the bundled interview]
    #[arg(long, env = "YUANHUA_DATA", global = true, value_name = "PATH")]
    data: Option<PathBuf>,
    /// What finds the meaning: built-in, a model of fastembed's catalogue (fetched once), or a folder
    #[arg(long, env = "YUANHUA_ENCODER", global = true, default_value = "built-in", value_name = "NAME|DIR")]
    encoder: String,
    /// Address to serve on; one that others reach too asks them for the token in the link that is printed
    #[arg(long, env = "YUANHUA_HOST", global = true, default_value_t = DEFAULT_HOST)]
    host: IpAddr,
    /// Port to serve on
    #[arg(long, env = "YUANHUA_PORT", global = true, default_value_t = DEFAULT_PORT)]
    port: u16,
    /// A name that this machine is reached by, besides localhost and its addresses; several with commas
    #[arg(long, env = "YUANHUA_HOST_NAME", global = true, value_delimiter = ',', value_parser = config::host_name, value_name = "NAME")]
    host_name: Vec<String>,
    /// Let anybody on the network read everything: ask for no token
    #[arg(long, env = "YUANHUA_OPEN_TO_NETWORK", global = true, conflicts_with = "token")]
    open_to_network: bool,
    /// The token to ask for [default: a new one at each start, where others reach the address]
    #[arg(long, env = "YUANHUA_TOKEN", global = true, hide_env_values = true, value_parser = config::token, value_name = "TOKEN")]
    token: Option<String>,
    /// Seconds that a stop waits for what is in flight
    #[arg(long, env = "YUANHUA_GRACE_S", global = true, default_value_t = Serving::default().grace.as_secs(), value_name = "SECONDS")]
    grace_s: u64,
    #[command(flatten)]
    reading: read_options::Reading,
    #[command(flatten)]
    bounds: read_options::Bounds,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the chat page (what happens without a command)
    Serve,
    /// Ask one question in the terminal
    Ask(ask::Ask),
    /// Write quotes into a file: Markdown, CSV, DOCX, JSON, HTML or text, each with its citation
    Export(export::Export),
    /// Add transcripts: files, folders, or standard input
    Add(add::Add),
    /// List the transcripts there are
    List(manage::List),
    /// Call a transcript something else
    Rename(manage::Rename),
    /// Say who a speaker of a transcript is: who asks, another spelling, a pseudonym
    Speaker(manage::Speaker),
    /// Withdraw transcripts, or one interviewee's part in one, with a receipt
    Withdraw(manage::Withdraw),
    /// Read a transcript although it holds words that were withdrawn, because you looked at it
    Allow(manage::Allow),
    /// Show what is read from a transcript, and what was restored in it
    Check(check::Check),
    /// Measure retrieval on labelled queries
    Eval(eval::Options),
}

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    start_logging();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return told(&error),
    };
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that closed the pipe (`yuanhua ask … | head`) is no failure.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::tell(error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<()> {
    let place = open_library::place(cli.data);
    let limits = cli.bounds.limits();
    let reading = cli.reading.options(limits.source);
    let encoder = || encoder(&cli.encoder);
    match cli.command {
        None | Some(Command::Serve) => {
            let config = Config {
                address: SocketAddr::new(cli.host, cli.port),
                admission: admission(cli.host, cli.token, cli.open_to_network)?,
                host_names: cli.host_name,
                serving: Serving { grace: Duration::from_secs(cli.grace_s), ..Serving::default() },
            };
            serve(&config, open_library::to_serve(place, limits, reading, encoder)?)
        }
        Some(Command::Ask(ask)) => {
            ask.run(open_library::to_ask(place, limits, reading, encoder)?.corpus().load().as_ref())
        }
        Some(Command::Export(export)) => {
            let origin = format!("http://{}", SocketAddr::new(cli.host, cli.port));
            export.run(open_library::to_ask(place, limits, reading, encoder)?.corpus().load().as_ref(), &origin)
        }
        Some(Command::Add(add)) => add.run(place, limits, reading, encoder),
        Some(Command::List(list)) => list.run(open_library::stock(place, limits, reading, Access::ReadAtLeast)?),
        Some(Command::Rename(rename)) => rename.run(open_library::stock(place, limits, reading, Access::Write)?),
        Some(Command::Speaker(speaker)) => speaker.run(open_library::stock(place, limits, reading, Access::Write)?),
        Some(Command::Withdraw(withdraw)) => withdraw.run(open_library::stock(place, limits, reading, Access::Write)?),
        Some(Command::Allow(allow)) => allow.run(open_library::stock(place, limits, reading, Access::Write)?),
        Some(Command::Check(check)) => check.run(&place, limits, &reading, encoder),
        Some(Command::Eval(options)) => {
            let open = |encoder| Ok(open_library::to_ask(place, limits, reading, || Ok(encoder))?.corpus().load_full());
            eval::run(&options, encoder()?, open)
        }
    }
}

fn serve(config: &Config, shelf: Arc<Shelf>) -> anyhow::Result<()> {
    library::watch(Arc::downgrade(&shelf));
    let runtime = tokio::runtime::Runtime::new()?;
    let served = runtime.block_on(async {
        let server = Server::listen(config, shelf).await?;
        // A closed standard output is no reason not to serve.
        let _ = writeln!(terminal::out(), "{}", server.greeting());
        server.run(signals::asked(), stopping).await;
        Ok(())
    });
    // What was derived goes on at the next start; nothing that was acknowledged hangs on it.
    runtime.shutdown_background();
    served
}

fn stopping(in_flight: usize, grace: Duration) {
    match in_flight {
        0 => terminal::tell("stopped"),
        _ => terminal::tell(format_args!(
            "stopping: {} in flight, for {} s at most; once more ends at once",
            messages::count(in_flight, "request"),
            grace.as_secs()
        )),
    }
}

/// Who may read what is served at an address.
fn admission(host: IpAddr, token: Option<String>, open_to_network: bool) -> anyhow::Result<Admission> {
    Ok(match token {
        Some(token) => Admission::Token(token),
        None if open_to_network || config::is_only_here(host) => Admission::Anybody,
        None => Admission::Token(config::new_token()?),
    })
}

/// What clap has to say; it quotes what was typed.
fn told(error: &clap::Error) -> ExitCode {
    let plain = error.render().to_string();
    // Its colours, on a terminal, only where nothing that was typed could act there.
    if terminal::is_inert(&plain) {
        let _ = error.print();
    } else if error.use_stderr() {
        let _ = write!(terminal::err(), "{plain}");
    } else {
        let _ = write!(terminal::out(), "{plain}");
    }
    if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS }
}

/// Loads the encoder that was asked for.
fn encoder(name: &str) -> Result<Encoder, Error> {
    Encoder::open(&Choice::read(name)?, &config::fetched_models(), config::model_endpoint())
}

fn start_logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("YUANHUA_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("yuanhua=info,error"));
    tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(terminal::err).without_time().init();
    // A panic may quote what it failed on.
    std::panic::set_hook(Box::new(|panic| {
        terminal::tell(format_args!("{panic}; this is a bug in yuanhua, please report it"));
    }));
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<std::io::Error>().is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
