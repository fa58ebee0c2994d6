//! The harness of the black-box tests: a recording [`Origin`], the real binary as a [`Gate`] before it, and the
//! clients that people use: SDKs ([`sdk`]), [`curl`], and a [`wire`] for what no client would send.
//!
//! Everything here reports by panicking, is bound to loopback, and waits for events instead of sleeping.
//!
//! ```no_run
//! use lockgate_tests::{Gate, Origin};
//!
//! let origin = Origin::start();
//! let gate = Gate::before(&origin).section("limits", "{ body_bytes: 1KiB }").start();
//! gate.post("/echo", &[b'x'; 2000]).expect_problem(413, "body_too_large");
//! assert_eq!(origin.connections(), 0);
//! ```
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "a harness reports by panicking"
)]

pub mod command;
pub mod curl;
pub mod faulty;
pub mod gate;
pub mod origin;
pub mod prompts;
pub mod sdk;
pub mod tap;
pub mod wire;
pub mod workspace;

pub use curl::{Curl, Framing, Version};
pub use faulty::{Act, Faulty};
pub use gate::Gate;
pub use origin::{Canned, Origin, Record};
pub use tap::Tap;
pub use wire::{Reply, Wire};

use std::time::Duration;

/// How long the harness waits for anything before it gives up: generous, for busy machines; no test relies on it.
pub const PATIENCE: Duration = Duration::from_secs(30);
