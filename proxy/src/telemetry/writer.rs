//! The thread that writes the log, so that a slow reader of standard output never holds up an exchange.

use std::io::Write as _;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use prometheus::IntCounter;

/// Lines that may wait; more are dropped and counted.
const QUEUE: usize = 8192;

/// How long lines are gathered before they are written: under load one system call then serves many exchanges.
const GATHER: std::time::Duration = std::time::Duration::from_millis(10);

/// Hands lines to the thread.
pub(super) struct Writer {
    lines: SyncSender<String>,
    lost: IntCounter,
}

impl Writer {
    pub(super) fn start(lost: IntCounter) -> std::io::Result<Self> {
        let (lines, queue) = sync_channel(QUEUE);
        std::thread::Builder::new()
            .name("log".into())
            .spawn(move || run(&queue))?;
        Ok(Self { lines, lost })
    }

    pub(super) fn write(&self, line: String) {
        if self.lines.try_send(line).is_err() {
            self.lost.inc();
        }
    }
}

/// Writes until the last sender is gone; flushes whenever the queue is empty.
fn run(queue: &Receiver<String>) {
    let mut out = std::io::BufWriter::new(std::io::stdout());
    while let Ok(line) = queue.recv() {
        let _ = out.write_all(line.as_bytes());
        std::thread::sleep(GATHER);
        while let Ok(line) = queue.try_recv() {
            let _ = out.write_all(line.as_bytes());
        }
        let _ = out.flush();
    }
}
