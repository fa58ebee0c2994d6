//! Checks a configuration file and says in words what it does.
//!
//!     cargo run -p lockgate-config --example explain -- examples/quickstart/lockgate.yaml

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use lockgate_config::{Condition, Facts, explain, load};

fn main() -> ExitCode {
    let path = std::env::args()
        .nth(1)
        .unwrap_or_else(|| "examples/quickstart/lockgate.yaml".to_owned());
    match run(&path) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(path: &str) -> Result<(), Box<dyn std::error::Error>> {
    let config = load(Path::new(path))?;
    let mut out = std::io::stdout();
    writeln!(out, "{}", explain(&config))?;

    // A condition can also be used alone.
    let condition = Condition::parse("pii.exists(c, c == \"CREDIT_CARD\") && injection < 0.9")?;
    let mut facts = Facts::new();
    facts.set("pii", ["CREDIT_CARD", "EMAIL_ADDRESS"])?;
    facts.set("injection", 0.12)?;
    writeln!(out, "{condition}: {}", condition.eval(&facts)?)?;
    Ok(())
}
