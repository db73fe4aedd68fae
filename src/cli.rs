//! The command line: reads flags and runs commands. It holds no retrieval.

mod add;
mod ask;
mod bench;
mod check;
mod disclosure;
mod doctor;
mod export;
mod generate;
mod language;
mod logging;
mod manage;
mod mcp;
mod open_library;
mod read_options;
mod running;
mod saved;
mod signals;
mod verdict;
mod verify;

use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::{CommandFactory as _, Parser, Subcommand};

use crate::config::{self, Admission, Config, DEFAULT_HOST, DEFAULT_PORT, Serving, StoreAddress, flags};
use crate::error::Error;
use crate::eval;
use crate::i18n::en::count::count;
use crate::library::Library;
use crate::library::{self, Access};
use crate::retrieval::encoder::{Encoder, EncoderChoice};
use crate::search;
use crate::terminal;
use crate::web::Server;
use logging::LogFormat;

/// Ask your interviews a question, get the interviewees' exact words back
///
/// Without a command, the chat page opens on port 8080 of this machine. No network is used, and no file of yours is
/// modified. `yuanhua help COMMAND` explains each command and its options.
#[derive(Debug, Parser)]
#[command(name = "yuanhua", version, about, after_long_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// A folder of transcripts, or one transcript [default: your own library and the bundled interview]
    #[arg(long = flags::DATA, env = "YUANHUA_DATA", global = true, value_name = "PATH")]
    data: Option<PathBuf>,
    /// A library in a database that several servers share: mysql://USER:PASSWORD@HOST:PORT/DATABASE
    ///
    /// It takes the place of --data. Others on this machine can see what is typed here, so set `YUANHUA_STORE` where the
    /// password matters. The connection is not encrypted.
    #[arg(
        long = flags::STORE,
        env = "YUANHUA_STORE",
        global = true,
        hide_env_values = true,
        conflicts_with = "data",
        value_name = "ADDRESS"
    )]
    store: Option<StoreAddress>,
    /// From this number of passages on, the database of --store looks for the nearest, and a server builds no graph
    #[arg(long, env = "YUANHUA_STORE_NEAREST_FROM", global = true, default_value_t = config::STORE_NEAREST_FROM, value_name = "PASSAGES")]
    store_nearest_from: usize,
    /// The encoder: built-in, a folder, or the name of a model
    ///
    /// A folder (with a / in its path) holds model.onnx and tokenizer.json as sentence-transformers exports them. A name is
    /// a model of fastembed's catalogue. It is downloaded once, and needs `cargo build --release --features catalogue`.
    #[arg(long, env = "YUANHUA_ENCODER", global = true, default_value = "built-in", value_name = "NAME|DIR")]
    encoder: String,
    /// The address of the page
    ///
    /// Only this machine can read a loopback address. At any other address, readers need the token in the link
    /// that is printed at the start.
    #[arg(long = flags::HOST, env = "YUANHUA_HOST", global = true, default_value_t = DEFAULT_HOST)]
    host: IpAddr,
    /// The port of the page
    #[arg(long = flags::PORT, env = "YUANHUA_PORT", global = true, default_value_t = DEFAULT_PORT)]
    port: u16,
    /// A host name that the page answers to, besides localhost and numeric addresses; separate several with commas
    #[arg(long = flags::HOST_NAME, env = "YUANHUA_HOST_NAME", global = true, value_delimiter = ',', value_parser = config::host_name, value_name = "NAME")]
    host_name: Vec<String>,
    /// Ask for no token: anybody on the network can read everything
    #[arg(long, env = "YUANHUA_OPEN_TO_NETWORK", global = true, conflicts_with = "token")]
    open_to_network: bool,
    /// The token that readers need, at least 16 letters or digits [default: a new one at each start, unless the address is loopback]
    #[arg(long, env = "YUANHUA_TOKEN", global = true, hide_env_values = true, value_parser = config::token, value_name = "TOKEN")]
    token: Option<String>,
    /// How long a stop waits for requests in flight, in seconds
    #[arg(long, env = "YUANHUA_GRACE_S", global = true, default_value_t = Serving::default().grace.as_secs(), value_name = "SECONDS")]
    grace_s: u64,
    /// The form of the log on standard error; `YUANHUA_LOG` says what is logged
    #[arg(long, env = "YUANHUA_LOG_FORMAT", global = true, value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
    #[command(flatten)]
    reading: read_options::ReadArgs,
    #[command(flatten)]
    bounds: read_options::LimitArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the chat page (the default)
    Serve,
    /// Serve an assistant over MCP on standard input and output
    ///
    /// The assistant can ask, list interviews and read answers, and gets exact quotes with citations.
    Mcp,
    /// Ask one question in the terminal
    ///
    /// The reply is a verdict and verbatim quotes, each with its source.
    Ask(ask::AskCommand),
    /// Write quotes to a file, each with its citation and permalink
    ///
    /// The file holds the quotes for your queries, or all answers of one transcript.
    Export(export::ExportCommand),
    /// Add transcripts to the library
    ///
    /// A transcript is safe on disk once `added` is printed. A file that cannot be read is named and skipped.
    Add(add::AddCommand),
    /// List the transcripts, with their problems and near-duplicates
    List(manage::ListCommand),
    /// Show a transcript under another title
    Rename(manage::RenameCommand),
    /// Decide who a speaker is: an interviewer, another spelling, a pseudonym
    Speaker(manage::SpeakerCommand),
    /// Withdraw transcripts, or one interviewee's part, and print a receipt
    ///
    /// The words leave replies, pages, index, cache and exports at once, and are held back when they appear again. This
    /// cannot be undone. A file that you put into the folder yourself is not deleted; the receipt names it.
    Withdraw(manage::WithdrawCommand),
    /// Read a transcript although it holds withdrawn words, because somebody else said them
    Allow(manage::AllowCommand),
    /// Show what is read from a transcript, and what was restored
    ///
    /// The output lists speakers, questions and answers, the words that were set apart with the reason, restorations and
    /// problems. It adds nothing to the library.
    Check(check::CheckCommand),
    /// Check every quotation of a report against the interviews
    ///
    /// The output says which quotations are exact, and shows the words that differ in the others. The exit status is 0 if every
    /// quotation holds, 3 if some do not, and 1 if the report or the library cannot be read.
    Verify(verify::Verify),
    /// List the questions that are kept, and who is new or lost in their replies
    ///
    /// A question is kept with permalinks of its quotes, not with their words.
    Saved(saved::Saved),
    /// Write a report of the questions that are kept
    ///
    /// By question: how many answers of how many speak to it, with their quotes; then how it was made. `yuanhua verify` checks
    /// every quote of it.
    Report(saved::ReportCommand),
    /// Find what in a text could tell who somebody is, before you hand it on
    ///
    /// The output lists names, numbers, addresses, employers and places with what stands around them, and what could stand
    /// for each. The exit status is 0 if nothing is found, 3 if something is. `yuanhua export --replace` replaces.
    Disclosure(disclosure::Disclosure),
    /// Measure retrieval and verdicts on labelled queries
    Eval(eval::EvalArgs),
    /// Measure how fast a search is, from a thousand vectors to a million, against what the machine can do
    Bench(bench::Bench),
    /// Check that everything works, and say what to do where it does not
    Doctor(doctor::Doctor),
    /// Print completions for a shell
    Completions(generate::Completions),
    /// Print the man page, or write one for each command
    Man(generate::Man),
}

const EXAMPLES: &str = "\
Examples:
  yuanhua                                    open the page over your library and the bundled interview
  yuanhua --data interviews/                 open it over a folder
  yuanhua check interview.docx               see how a file is read
  yuanhua add interview.docx                 add it to your library
  yuanhua ask \"Who likes running?\"          ask in the terminal
  yuanhua export \"谁喜欢跑步？\" --as docx --out quotes.docx";

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    logging::tell_of_panics();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return told(&error),
    };
    logging::start(cli.log_format);
    match dispatch(cli) {
        Ok(()) => ExitCode::SUCCESS,
        // A reader that closed the pipe (`yuanhua ask … | head`) is no failure.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        // The findings have been printed.
        Err(error) if error.is::<verify::Unsound>() => ExitCode::from(verify::UNSOUND),
        Err(error) if error.is::<disclosure::Disclosing>() => ExitCode::from(disclosure::DISCLOSING),
        Err(error) => {
            terminal::tell(error);
            ExitCode::FAILURE
        }
    }
}

fn dispatch(cli: Cli) -> anyhow::Result<()> {
    let place = open_library::place(cli.data, cli.store.as_ref(), cli.store_nearest_from)?;
    let limits = cli.bounds.limits();
    let reading = cli.reading.options(limits.source);
    let encoder = || encoder(&cli.encoder);
    match cli.command {
        None | Some(Command::Serve) => {
            config::allow_connections();
            let config = Config {
                address: SocketAddr::new(cli.host, cli.port),
                admission: admission(cli.host, cli.token, cli.open_to_network)?,
                host_names: cli.host_name,
                serving: Serving { grace: Duration::from_secs(cli.grace_s), ..Serving::default() },
            };
            serve(&config, open_library::to_serve(&place, limits, reading, encoder)?)
        }
        Some(Command::Mcp) => {
            let origin = format!("http://{}", SocketAddr::new(cli.host, cli.port));
            mcp::run(&open_library::to_serve(&place, limits, reading, encoder)?, origin)
        }
        Some(Command::Ask(ask)) => {
            warm();
            let library = if ask.is_at_once() {
                open_library::to_ask_at_once(place, limits, reading, encoder)?
            } else {
                open_library::to_ask(place, limits, reading, encoder)?
            };
            ask.run(library.corpus().load().as_ref())
        }
        Some(Command::Export(export)) => {
            let origin = format!("http://{}", SocketAddr::new(cli.host, cli.port));
            export.run(open_library::to_ask(place, limits, reading, encoder)?.corpus().load().as_ref(), &origin)
        }
        Some(Command::Add(add)) => add.run(place, limits, reading, encoder),
        Some(Command::List(list)) => list.run(open_library::store(place, limits, reading, Access::ReadAtLeast)?),
        Some(Command::Rename(rename)) => rename.run(open_library::store(place, limits, reading, Access::Write)?),
        Some(Command::Speaker(speaker)) => speaker.run(open_library::store(place, limits, reading, Access::Write)?),
        Some(Command::Withdraw(withdraw)) => withdraw.run(open_library::store(place, limits, reading, Access::Write)?),
        Some(Command::Allow(allow)) => allow.run(open_library::store(place, limits, reading, Access::Write)?),
        Some(Command::Check(check)) => check.run(&place, limits, &reading, encoder),
        Some(Command::Bench(bench)) => {
            bench.run(open_library::to_ask(place, limits, reading, encoder)?.corpus().load().as_ref())
        }
        Some(Command::Doctor(doctor)) => {
            config::allow_connections();
            let address = SocketAddr::new(cli.host, cli.port);
            if doctor.asks_running() {
                return doctor.run_on(address);
            }
            doctor.run(open_library::store(place, limits, reading, Access::ReadAtLeast), encoder(), address)
        }
        Some(Command::Completions(completions)) => completions.run(Cli::command()),
        Some(Command::Man(man)) => man.run(Cli::command()),
        Some(Command::Verify(verify)) => {
            let origin = format!("http://{}", SocketAddr::new(cli.host, cli.port));
            let holdings = open_library::store(place, limits, reading, Access::ReadAtLeast)?.holdings()?;
            verify.run(&holdings, &origin, limits.source)
        }
        Some(Command::Saved(saved)) => saved.run(&open_library::to_ask(place, limits, reading, encoder)?),
        Some(Command::Report(report)) => {
            let origin = format!("http://{}", SocketAddr::new(cli.host, cli.port));
            report.run(&open_library::to_ask(place, limits, reading, encoder)?, &origin, &cli.encoder)
        }
        Some(Command::Disclosure(disclosure)) => {
            let holdings = open_library::store(place, limits, reading, Access::ReadAtLeast)?.holdings()?;
            disclosure.run(&holdings, limits.source)
        }
        Some(Command::Eval(options)) => {
            let open = |encoder| Ok(open_library::to_ask(place, limits, reading, || Ok(encoder))?.corpus().load_full());
            eval::run(&options, encoder()?, open)
        }
    }
}

fn serve(config: &Config, library: Arc<Library>) -> anyhow::Result<()> {
    library::watch(Arc::downgrade(&library));
    warm();
    let runtime = tokio::runtime::Runtime::new()?;
    let served = runtime.block_on(async {
        let server = Server::listen(config, Arc::clone(&library)).await?;
        // The greeting says who can read everything, so it comes first. A closed standard output is no
        // reason not to serve.
        let _ = writeln!(terminal::out(), "{}", server.greeting());
        open_library::warn_of_unread(&library);
        drop(library);
        server.run(signals::asked(), stopping).await;
        Ok(())
    });
    // Unfinished derived data is made at the next start. Nothing that was acknowledged depends on it.
    runtime.shutdown_background();
    served
}

/// Loads the models that load at first use beside other work, so that no query waits for them.
fn warm() {
    std::thread::spawn(|| {
        if let Err(error) = search::warm() {
            tracing::warn!("{error}");
        }
    });
}

fn stopping(in_flight: usize, grace: Duration) {
    match in_flight {
        0 => terminal::tell("stopped"),
        _ => terminal::tell(format_args!(
            "stopping: waiting up to {1} s for {0}; a second signal stops at once",
            count(in_flight, "request"),
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

/// Prints a message of clap, which quotes what was typed.
fn told(error: &clap::Error) -> ExitCode {
    let plain = error.render().to_string();
    // clap colours it on a terminal only if nothing that was typed could act there.
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
    Encoder::open(&EncoderChoice::read(name)?, &config::fetched_models(), config::model_endpoint())
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
