//! A graceful stop that takes no longer than the exchanges that are still running.
//!
//! On SIGTERM pingora 0.9.1 closes the listeners and then sleeps for the whole grace period, busy or not.
//! This service ends the process as soon as the last exchange is over.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use pingora::server::ShutdownWatch;
use pingora::services::background::BackgroundService;

/// How often the count is looked at, and how long the log gets for its last lines.
const LOOK: Duration = Duration::from_millis(50);

/// How many exchanges are running.
#[derive(Debug, Clone, Default)]
pub(crate) struct Running(Arc<AtomicUsize>);

/// One running exchange; counted until it is dropped.
#[derive(Debug)]
pub(crate) struct RunningOne(Running);

/// The service that waits for the last exchange.
pub(crate) struct Drain(pub(crate) Running);

// === impl Running ===

impl Running {
    /// Counts one more.
    pub(crate) fn enter(&self) -> RunningOne {
        self.0.fetch_add(1, Ordering::Relaxed);
        RunningOne(self.clone())
    }

    pub(crate) fn count(&self) -> usize {
        self.0.load(Ordering::Relaxed)
    }
}

impl Drop for RunningOne {
    fn drop(&mut self) {
        self.0.0.fetch_sub(1, Ordering::Relaxed);
    }
}

// === impl Drain ===

#[async_trait]
impl BackgroundService for Drain {
    async fn start(&self, mut shutdown: ShutdownWatch) {
        while !*shutdown.borrow() {
            if shutdown.changed().await.is_err() {
                return;
            }
        }
        // Two looks in a row: a connection may just have handed over its last request.
        let mut idle = 0;
        while idle < 2 {
            tokio::time::sleep(LOOK).await;
            idle = if self.0.count() == 0 { idle + 1 } else { 0 };
        }
        std::process::exit(0);
    }
}
