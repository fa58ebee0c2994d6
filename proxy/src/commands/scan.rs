//! `lockgate scan`

use std::io::Read as _;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::{Context as _, bail};
use lockgate_config::Config;
use lockgate_detectors::{ExtractLimits, Input, Needs, Prompts};
use serde_json::json;

use super::{say, start_log};
use crate::scanning;

/// Options of `lockgate scan`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Take scanner and limits from this configuration file.
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The path that a request body is for, where its shape alone is not clear.
    #[arg(long, default_value = "/")]
    path: String,
    /// Take the input as one text, even where it is JSON.
    #[arg(long)]
    text: bool,
}

/// Reads a text or a request body and prints the verdict.
pub(super) fn run(args: &Args) -> anyhow::Result<()> {
    let config = match &args.config {
        Some(path) => lockgate_config::load(path)?,
        None => lockgate_config::parse(lockgate_config::QUICKSTART, "the example configuration", &|_| {
            None
        })?,
    };
    start_log("warn");
    let input = read_input(&config)?;
    let prompts = prompts(args, &config, &input)?;
    let (scanner, engine) = scanning::start(&config.scanner)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let needs = Needs {
        model: config.scanner.model.enabled,
        ..Needs::ALL
    };
    let deadline = Instant::now() + config.scanner.deadline.get();
    let verdict = runtime.block_on(scanner.scan(&prompts, &needs, deadline));
    let segments: Vec<_> = prompts
        .segments
        .iter()
        .map(|segment| json!({ "role": segment.role, "pointer": segment.pointer, "bytes": segment.text.len() }))
        .collect();
    let report =
        json!({ "protocol": prompts.protocol, "segments": segments, "verdict": verdict, "scorer": engine });
    say(&serde_json::to_string_pretty(&report)?);
    Ok(())
}

fn read_input(config: &Config) -> anyhow::Result<Vec<u8>> {
    let limit = config.limits.body_bytes;
    let mut input = Vec::new();
    let most = limit.bytes().saturating_add(1);
    std::io::stdin()
        .lock()
        .take(most)
        .read_to_end(&mut input)
        .context("cannot read standard input")?;
    if input.len() as u64 > limit.bytes() {
        bail!("the input is larger than {limit} (limits.body_bytes)");
    }
    Ok(input)
}

fn prompts(args: &Args, config: &Config, input: &[u8]) -> anyhow::Result<Prompts> {
    let json = matches!(
        input.iter().find(|byte| !byte.is_ascii_whitespace()),
        Some(b'{' | b'[')
    );
    if args.text || !json {
        let text = std::str::from_utf8(input).context("the input is not UTF-8")?;
        return Ok(Prompts::from_text(text));
    }
    let limits = ExtractLimits {
        max_depth: config.limits.json_depth,
        max_segments: config.limits.segments,
        max_nodes: config.limits.json_nodes,
    };
    let input = Input {
        method: "POST",
        path: &args.path,
        content_type: Some("application/json"),
        body: input,
    };
    Ok(lockgate_detectors::extract(&input, &limits)?)
}
