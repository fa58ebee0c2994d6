//! curl, as people use it: the system's where it speaks HTTP/2, or else libcurl from the Python package that set-up
//! brought, behind a script that takes the same arguments.

use std::fs::{self, File};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use tempfile::TempDir;

use crate::{Gate, Reply, workspace};

/// How a request travels to the gate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// HTTP/1.1 in the clear.
    Http1,
    /// HTTP/2 in the clear, with prior knowledge.
    H2c,
    /// HTTP/2 over TLS, agreed upon by ALPN.
    TlsH2,
}

/// How a body's length is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// In advance.
    Sized,
    /// By its end: chunked in HTTP/1.1, without content-length in HTTP/2.
    Unsized,
}

impl Version {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Http1, Self::H2c, Self::TlsH2];
}

impl Framing {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Sized, Self::Unsized];
}

/// One call of curl.
#[derive(Debug)]
pub struct Curl {
    command: Command,
    url: String,
    folder: TempDir,
}

impl Curl {
    /// A request for a path of the gate.
    pub fn new(gate: &Gate, version: Version, path: &str) -> Self {
        let mut command = program();
        command.args(["-sS", "--max-time", "60"]).stdin(Stdio::null());
        let (option, origin) = match version {
            Version::Http1 => ("--http1.1", format!("http://{}", gate.address)),
            Version::H2c => ("--http2-prior-knowledge", format!("http://{}", gate.address)),
            Version::TlsH2 => ("--http2", format!("https://localhost:{}", gate.tls.port())),
        };
        command.arg(option);
        if version == Version::TlsH2 {
            command.arg("--cacert").arg(gate.certificate());
        }
        Self {
            command,
            url: format!("{origin}{path}"),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// With a header line.
    #[must_use]
    pub fn header(mut self, line: &str) -> Self {
        self.command.args(["-H", line]);
        self
    }

    /// With a method.
    #[must_use]
    pub fn method(mut self, method: &str) -> Self {
        self.command.args(["-X", method]);
        self
    }

    /// A HEAD request.
    #[must_use]
    pub fn head(mut self) -> Self {
        self.command.arg("--head");
        self
    }

    /// With a body, sent by POST.
    #[must_use]
    pub fn post(self, body: &[u8], framing: Framing) -> Self {
        let file = self.folder.path().join("sent");
        fs::write(&file, body).unwrap();
        let mut this = self.method("POST");
        match framing {
            Framing::Sized => this
                .command
                .arg("--data-binary")
                .arg(format!("@{}", file.display())),
            Framing::Unsized => this.command.args(["-T", "-"]).stdin(File::open(file).unwrap()),
        };
        this
    }

    /// Sends it and reads the reply.
    pub fn send(mut self) -> Reply {
        let [head, body] = ["head", "body"].map(|name| self.folder.path().join(name));
        self.command
            .arg("-D")
            .arg(&head)
            .arg("-o")
            .arg(&body)
            .args(["-w", "%{http_version}"])
            .arg(&self.url);
        let done = self
            .command
            .output()
            .unwrap_or_else(|error| panic!("cannot run {:?}: {error}", self.command));
        let complaint = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{:?} failed: {complaint}", self.command);
        let heads = fs::read_to_string(head).unwrap();
        let last = heads.trim_end().rsplit("\r\n\r\n").next().unwrap_or_default();
        let mut reply = Reply::parse_head(last.as_bytes());
        reply.version = String::from_utf8_lossy(&done.stdout).into_owned();
        reply.body = fs::read(body).unwrap_or_default();
        reply
    }

    /// Sends it; the body of the reply comes on standard output, as it arrives.
    pub fn stream(mut self) -> Streaming {
        self.command.arg("-N").arg(&self.url).stdout(Stdio::piped());
        let process = self
            .command
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {:?}: {error}", self.command));
        Streaming {
            process,
            _folder: self.folder,
        }
    }
}

/// A curl that is still receiving. It is ended when it is dropped.
#[derive(Debug)]
pub struct Streaming {
    /// The process.
    pub process: Child,
    /// Where the body that it sends lies.
    _folder: TempDir,
}

impl Drop for Streaming {
    fn drop(&mut self) {
        let _already_ended = self.process.kill();
        let _status = self.process.wait();
    }
}

/// A shell that runs a command line as a person would type it, with a `curl` on every machine.
pub fn shell(line: &str) -> Command {
    let curl = program();
    let words = std::iter::once(curl.get_program()).chain(curl.get_args());
    let words: Vec<_> = words
        .map(|word| format!("'{}'", word.to_string_lossy()))
        .collect();
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!(
        "curl() {{ command {} \"$@\"; }}\n{line}",
        words.join(" ")
    ));
    shell.env("PYTHONPATH", crate::workspace::root().join(".runtime/python"));
    shell
}

fn program() -> Command {
    static SPEAKS_HTTP2: OnceLock<bool> = OnceLock::new();
    let system = *SPEAKS_HTTP2.get_or_init(|| {
        let version = Command::new("curl").arg("--version").output();
        version.is_ok_and(|done| String::from_utf8_lossy(&done.stdout).contains("HTTP2"))
    });
    if system && std::env::var_os("LOCKGATE_PYCURL").is_none() {
        return Command::new("curl");
    }
    let mut command = Command::new(workspace::python());
    command
        .arg(workspace::root().join("tests/sdk/python/curl.py"))
        .env("PYTHONPATH", workspace::runtime("python"));
    command
}
