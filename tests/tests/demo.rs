//! `lockgate demo`: the three commands that it prints do what the README shows.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "helpers of tests report by panicking"
)]

use std::fs;
use std::process::Command;

use lockgate_tests::gate::{Gate, free_port};
use lockgate_tests::workspace;

/// The example configuration on ports of our own: those of the example may be taken on this machine.
fn demo() -> Gate {
    let [address, upstream, admin] = [free_port(), free_port(), free_port()];
    let example =
        fs::read_to_string(workspace::root().join("examples/quickstart/lockgate.yaml")).expect("the example");
    let moved = example
        .replace("127.0.0.1:8080", &address.to_string())
        .replace("127.0.0.1:8081", &upstream.to_string())
        .replace("127.0.0.1:9090", &admin.to_string());
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("lockgate.yaml");
    fs::write(&file, moved).expect("a file");
    let mut command = Command::new(workspace::binary("lockgate"));
    command
        .arg("demo")
        .arg("--config")
        .arg(file)
        .current_dir(workspace::root());
    Gate::launch(command, folder, [address, address, admin])
}

/// The commands in what the demo printed, without the prompt that a person does not type either.
fn commands(output: &str) -> Vec<String> {
    let mut commands: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in output.lines().map(str::trim) {
        match commands.last_mut() {
            Some(command) if goes_on => *command += &format!("\n{line}"),
            _ if line.starts_with("curl ") => commands.push(line.to_owned()),
            _ => continue,
        }
        goes_on = line.ends_with('\\');
    }
    commands
}

fn run(command: &str) -> String {
    let done = lockgate_tests::curl::shell(command).output().expect("a shell");
    assert!(
        done.status.success(),
        "{command}: {}",
        String::from_utf8_lossy(&done.stderr)
    );
    String::from_utf8(done.stdout).expect("text")
}

#[test]
fn the_printed_commands_do_what_they_say() {
    let gate = demo();
    let printed = gate.wait("three commands", || {
        Some(commands(&gate.output())).filter(|found| found.len() >= 3)
    });
    let harmless = run(&printed[0]);
    assert!(
        harmless.contains("haiku") && harmless.contains("\"choices\""),
        "{harmless}"
    );
    let injection = run(&printed[1]);
    assert!(
        injection.contains("prompt_injection") && !injection.trim_start().starts_with('{'),
        "{injection}"
    );
    let card = run(&printed[2]);
    assert!(card.contains("[CREDIT_CARD]") && !card.contains("4242"), "{card}");
    gate.wait("the endpoint", || {
        let listed = gate.admin("/endpoints").json();
        let first = &listed["endpoints"][0];
        (first["path"] == "/v1/chat/completions" && first["label"] == "llm").then_some(())
    });
}
