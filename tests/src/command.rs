//! `lockgate` as a command that ends by itself.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::workspace;

/// What a command printed and how it ended.
#[derive(Debug)]
pub struct Done {
    /// The exit code.
    pub code: Option<i32>,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
}

/// Runs `lockgate` in a folder, with this on its standard input.
pub fn lockgate(folder: &Path, arguments: &[&str], input: &str) -> Done {
    let mut command = Command::new(workspace::binary("lockgate"));
    command.args(arguments).current_dir(folder);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    // A command that reads no input may have ended before it is written.
    let _not_read = child
        .stdin
        .take()
        .map(|mut stdin| stdin.write_all(input.as_bytes()));
    let done = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Done {
        code: done.status.code(),
        stdout: text(&done.stdout),
        stderr: text(&done.stderr),
    }
}
