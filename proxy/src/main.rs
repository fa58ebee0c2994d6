//! Lockgate: the gate in front of LLM applications.

mod admin;
mod budget;
mod caller;
mod commands;
mod demo_upstream;
mod discovery;
mod door;
mod drain;
mod edge;
mod encoding;
mod exchange;
mod failing;
mod failure;
mod gate;
mod json_rpc;
mod path;
mod pipeline;
mod problem_pages;
mod protocol_hint;
mod rate_limit;
mod respond;
mod scanning;
mod server;
mod telemetry;
mod upstream;
mod verdict_problem;

use std::process::ExitCode;

use clap::Parser as _;

// Measured with a bare pingora proxy: about a quarter less CPU per request than with glibc's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    commands::Cli::parse().run()
}
