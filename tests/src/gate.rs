//! The real binary before an [`Origin`](crate::Origin).

mod ports;
mod settings;

pub use ports::free_port;
pub use settings::Settings;

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::{Origin, PATIENCE, Reply, Wire};

/// A running gate. It is ended when it is dropped.
#[derive(Debug)]
pub struct Gate {
    /// Where it listens in the clear.
    pub address: SocketAddr,
    /// Where it listens with TLS; nothing listens there unless the settings ask for it.
    pub tls: SocketAddr,
    /// Where its admin port is.
    pub admin: SocketAddr,
    folder: TempDir,
    child: Child,
}

impl Gate {
    /// The settings of a gate that sends everything to this origin.
    pub fn before(origin: &Origin) -> Settings {
        Settings::new(&format!("http://{}", origin.address()))
    }

    /// The settings of a gate with two ways to this origin: over HTTP/1.1, and below `/h2` over HTTP/2.
    pub fn both_ways(origin: &Origin) -> Settings {
        let url = format!("http://{}", origin.address());
        let upstreams =
            format!("{{ one: {{ url: \"{url}\" }}, two: {{ url: \"{url}\", protocol: http2 }} }}");
        Self::before(origin).section("upstreams", upstreams).section(
            "routes",
            "[{ name: two, path: /h2, upstream: two }, { name: one, upstream: one }]",
        )
    }

    /// Runs `lockgate` with these arguments and waits until its admin port says that it is well.
    pub fn launch(mut command: Command, folder: TempDir, ports: [SocketAddr; 3]) -> Self {
        let [address, tls, admin] = ports;
        let file = |name| fs::File::create(folder.path().join(name)).unwrap();
        command
            .stdin(std::process::Stdio::null())
            .stdout(file("stdout"))
            .stderr(file("stderr"));
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
        let mut gate = Self {
            address,
            tls,
            admin,
            folder,
            child,
        };
        gate.wait_until_ready();
        gate
    }

    /// Sends a GET.
    pub fn get(&self, path: &str) -> Reply {
        get(self.address, path, "")
    }

    /// Sends a POST whose body is JSON, or says that it is.
    pub fn post(&self, path: &str, body: impl AsRef<[u8]>) -> Reply {
        self.post_with(path, "content-type: application/json\r\n", body)
    }

    /// Sends a POST with header lines of the caller's.
    pub fn post_with(&self, path: &str, headers: &str, body: impl AsRef<[u8]>) -> Reply {
        let body = body.as_ref();
        let mut wire = self.wire();
        wire.send(format!(
            "POST {path} HTTP/1.1\r\nhost: gate.test\r\n{headers}content-length: {}\r\n\r\n",
            body.len()
        ));
        wire.send(body);
        wire.reply()
    }

    /// Sends bytes as they are.
    pub fn raw(&self, bytes: impl AsRef<[u8]>) -> Reply {
        let mut wire = self.wire();
        wire.send(bytes);
        wire.reply()
    }

    /// Sends a GET to the admin port.
    pub fn admin(&self, path: &str) -> Reply {
        get(self.admin, path, "")
    }

    /// Sends a GET with header lines of the caller's to the admin port.
    pub fn admin_with(&self, path: &str, headers: &str) -> Reply {
        get(self.admin, path, headers)
    }

    /// Opens a connection to write on.
    pub fn wire(&self) -> Wire {
        Wire::connect(self.address)
    }

    /// The certificate that it shows, where the settings ask for TLS.
    pub fn certificate(&self) -> PathBuf {
        self.folder.path().join("certificate.pem")
    }

    /// What it has written so far.
    pub fn output(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        format!("{}{}", read("stdout"), read("stderr"))
    }

    /// Its log lines so far, those that are JSON.
    pub fn log(&self) -> Vec<Value> {
        self.output()
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok())
            .filter(Value::is_object)
            .collect()
    }

    /// Waits for a log line.
    pub fn wait_for_log(&self, wanted: impl Fn(&Value) -> bool) -> Value {
        self.wait("a log line", || self.log().into_iter().find(|line| wanted(line)))
    }

    /// Waits until something is there.
    pub fn wait<T>(&self, what: &str, look: impl Fn() -> Option<T>) -> T {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = look() {
                return found;
            }
            assert!(
                Instant::now() < deadline,
                "{what} never came; the gate wrote:\n{}",
                self.output()
            );
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// Checks that it still serves.
    pub fn assert_alive(&self) {
        let reply = self.get("/echo");
        assert_eq!(reply.status, 200, "{reply}\nthe gate wrote:\n{}", self.output());
    }

    /// Checks that the origin has heard nothing so far, and that the gate still serves.
    pub fn assert_shielded(&self, origin: &Origin) {
        origin.assert_unheard();
        self.assert_alive();
    }

    /// Tells the process to stop, gracefully.
    pub fn terminate(&self) {
        let sent = Command::new("kill").arg(self.pid().to_string()).status();
        assert!(sent.is_ok_and(|status| status.success()), "cannot send SIGTERM");
    }

    /// Waits until the process has ended.
    pub fn wait_for_end(&mut self) -> std::process::ExitStatus {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < deadline, "the gate goes on:\n{}", self.output());
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The number of the process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// The folder of its configuration.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn wait_until_ready(&mut self) {
        let deadline = Instant::now() + PATIENCE * 2;
        while !(is_well(self.admin) && TcpStream::connect(self.address).is_ok()) {
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("the gate ended at once ({status}):\n{}", self.output());
            }
            assert!(
                Instant::now() < deadline,
                "the gate is not ready:\n{}",
                self.output()
            );
            thread::sleep(Duration::from_millis(10));
        }
    }
}

// === impl Drop for Gate ===

impl Drop for Gate {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _status = self.child.wait();
        if thread::panicking() {
            eprintln!("--- the gate wrote:\n{}", self.output());
        }
    }
}

/// With a token the admin port may answer that it wants it: then it is there.
fn is_well(admin: SocketAddr) -> bool {
    TcpStream::connect(admin).is_ok() && matches!(get(admin, "/healthz", "").status, 200 | 401)
}

fn get(address: SocketAddr, path: &str, headers: &str) -> Reply {
    let mut wire = Wire::connect(address);
    wire.send(format!("GET {path} HTTP/1.1\r\nhost: gate.test\r\n{headers}\r\n"));
    wire.reply()
}
