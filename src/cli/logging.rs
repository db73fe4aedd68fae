//! The log. It goes to standard error as lines or as JSON, and holds no word of a transcript or a query.

use clap::ValueEnum;
use tracing_subscriber::EnvFilter;

use crate::terminal;

/// What is logged if `YUANHUA_LOG` says nothing.
const DEFAULT_FILTER: &str = "yuanhua=info,error";
/// Parts of other crates that would log what was asked or what was replied.
const SILENT_DIRECTIVES: [&str; 2] = ["rmcp=off", "axum::rejection=off"];

/// The form of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum LogFormat {
    /// Lines for people
    Text,
    /// One JSON object a line, with its time, for programs
    Json,
}

/// Starts the log. Before that, nothing is logged.
pub(super) fn start(format: LogFormat) {
    let filter = EnvFilter::try_from_env("YUANHUA_LOG").unwrap_or_else(|_| EnvFilter::new(DEFAULT_FILTER));
    let silent = SILENT_DIRECTIVES.iter().filter_map(|directive| directive.parse().ok());
    let filter = silent.fold(filter, EnvFilter::add_directive);
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false);
    match format {
        LogFormat::Text => log.with_writer(terminal::err).without_time().init(),
        LogFormat::Json => {
            log.json().flatten_event(true).with_span_list(false).with_writer(terminal::json_err).init();
        }
    }
}

/// Reports panics by their place alone. Their messages may quote any text, such as the words that were cut.
pub(super) fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        terminal::message(format_args!("it failed at {place}; this is a bug in yuanhua, please report it"));
    }));
}
