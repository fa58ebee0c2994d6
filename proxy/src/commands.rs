//! The command line.

mod check;
mod demo;
mod eval;
mod run;
mod scan;
mod schema;

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

/// The gate in front of LLM applications.
#[derive(Debug, Parser)]
#[command(name = "lockgate", version, about, propagate_version = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the gate under a configuration file.
    Run {
        /// The configuration file.
        #[arg(short, long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Run the gate under the example configuration, with a small upstream behind it.
    Demo {
        /// Another configuration than the example's; it must have an upstream `demo` on this machine.
        #[arg(short, long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Check a configuration file and explain it.
    Check {
        /// The configuration file.
        #[arg(short, long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Read a text or a request body on standard input and print the verdict as JSON.
    Scan(scan::Args),
    /// Say how well personal data is found in labelled texts: precision, recall and F1 for each category.
    Eval(eval::Args),
    /// Print the JSON Schema of the configuration file.
    Schema,
}

// === impl Cli ===

impl Cli {
    /// Runs the command; what goes wrong is one message on standard error.
    pub(crate) fn run(self) -> ExitCode {
        let result = match self.command {
            Command::Run { config } => run::run(&config),
            Command::Demo { config } => demo::run(config.as_deref()),
            Command::Check { config } => check::run(&config),
            Command::Scan(args) => scan::run(&args),
            Command::Eval(args) => eval::run(&args),
            Command::Schema => schema::run(),
        };
        match result {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                tell(&format!("lockgate: {error:#}"));
                ExitCode::FAILURE
            }
        }
    }
}

/// The log of the process itself goes to standard error; `RUST_LOG` overrides the level.
fn start_log(level: &str) {
    let filter = EnvFilter::try_from_default_env()
        // pingora's own lines are for those who debug pingora.
        .unwrap_or_else(|_| EnvFilter::new(format!("warn,lockgate={level},lockgate_models={level},pingora_core=error,pingora_core::connectors=off,pingora_proxy=error")));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_target(false);
    let log = log.with_ansi(std::io::stderr().is_terminal());
    // Only fails when a log is already set.
    let _ = log.try_init();
    // The message of a panic may quote what was being worked on, such as a prompt; the place never does.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(
            place,
            "a bug: please report this place; the exchange failed, the gate goes on"
        );
    }));
}

#[expect(clippy::print_stdout, reason = "the output of a command")]
fn say(text: &str) {
    println!("{text}");
}

#[expect(clippy::print_stderr, reason = "errors of a command")]
fn tell(text: &str) {
    eprintln!("{text}");
}
