//! Ports that nobody listens on.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

/// Below the range from which the system gives ports to clients, so that no connection takes one away meanwhile.
const FIRST: u16 = 10_000;
const COUNT: u16 = 20_000;

/// A loopback address to listen on. Each process of the test run begins to look somewhere else.
pub fn free_port() -> SocketAddr {
    static TAKEN: AtomicU16 = AtomicU16::new(0);
    let start = u64::from(std::process::id()) * 37 % u64::from(COUNT);
    for _ in 0..COUNT {
        let offset = (start + u64::from(TAKEN.fetch_add(1, Ordering::Relaxed))) % u64::from(COUNT);
        let port = FIRST + u16::try_from(offset).unwrap_or_default();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpListener::bind(address).is_ok() {
            return address;
        }
    }
    panic!("no free port between {FIRST} and {}", FIRST + COUNT);
}
