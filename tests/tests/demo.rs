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

/// The README's commands are the ones that the demo prints, and their outcome is the one that it shows; only ids, times and
/// scores differ from run to run.
#[test]
fn the_readme_shows_what_happens() {
    let gate = demo();
    let readme = fs::read_to_string(workspace::root().join("README.md")).expect("the README");
    let printed = gate.wait("three commands", || {
        Some(commands(&gate.output())).filter(|found| found.len() >= 3)
    });
    for (mark, command) in ["demo:harmless", "demo:injection", "demo:card"]
        .iter()
        .zip(&printed)
    {
        let (before, after) = readme.split_once(&format!("<!-- {mark} -->")).expect("the mark");
        let shown_command = before.rsplit("```sh\n").next().expect("a command");
        let shown_command = shown_command.split("```").next().expect("its end");
        assert_eq!(words(shown_command), words(&moved_back(command, &gate)), "{mark}");
        let block = after.split("```").nth(1).expect("a block");
        let shown = block.split_once('\n').expect("its language").1;
        assert_eq!(steady(shown), steady(&moved_back(&run(command), &gate)), "{mark}");
    }
}

/// With the port of the example in place of this run's.
fn moved_back(text: &str, gate: &Gate) -> String {
    text.replace(&gate.address.to_string(), "127.0.0.1:8080")
}

/// However the lines are broken.
fn words(command: &str) -> String {
    let joined = command.replace("\\\n", " ");
    joined.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Without the lines that differ from run to run, and without digits after a decimal point.
fn steady(text: &str) -> Vec<String> {
    let varies = |line: &&str| {
        ["instance:", "request_id:", "timestamp:", "score:"]
            .iter()
            .any(|key| line.starts_with(key))
    };
    let whole = |line: &str| {
        let mut pieces = line.split("scored 0.");
        let first = pieces.next().unwrap_or_default().to_owned();
        pieces.fold(first, |text, piece| {
            text + "scored " + piece.trim_start_matches(|c: char| c.is_ascii_digit())
        })
    };
    text.trim()
        .lines()
        .filter(|line| !varies(line))
        .map(whole)
        .collect()
}
