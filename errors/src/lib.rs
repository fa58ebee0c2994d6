//! RFC 9457 problems: the catalogue of what can go wrong, and the forms in which a caller reads it.
//!
//! A [`Problem`] is one entry of the [`catalogue`] plus what is known about one exchange.
//! [`negotiate`] chooses the [`Form`] that the caller asked for, and [`render`] turns both into a
//! [`Document`]: status, headers and body, ready to be sent by any HTTP server.
//! On provider routes the same document also carries the provider's own error [`Envelope`], so that
//! an unmodified SDK raises its usual exception and retries only what is worth a retry.
//!
//! ```
//! use lockgate_errors::{Envelope, Form, Problem, catalogue, negotiate, render};
//!
//! let problem = Problem::new(&catalogue::PROMPT_INJECTION)
//!     .detail("The second message reads like an injection.")
//!     .request_id("0190f6ac-7d3a")
//!     .with("score", 0.97);
//! let form = negotiate(Some("text/markdown, */*"), Form::Json);
//! let document = render(&problem, form, Envelope::OpenAi);
//!
//! assert_eq!(document.status, 403);
//! assert_eq!(document.content_type, "text/markdown; charset=utf-8");
//! assert!(document.body.starts_with("---\ntype: "));
//! ```
//!
//! Whatever comes from the network is bounded and cleaned when it enters a `Problem`, and quoted
//! when it leaves: a detail can break out of none of the forms.

#![forbid(unsafe_code)]

pub mod catalogue;
pub mod client;
pub mod retry;
pub mod upstream;

mod bounds;
mod negotiate;
mod problem;
mod render;
mod schema;

#[cfg(test)]
mod docs;

pub use catalogue::{Category, ProblemType, Source};
pub use negotiate::{Form, negotiate};
pub use problem::{EXCHANGES, Kept, Problem};
pub use render::{
    Document, Envelope, Framing, exchange, explain, fields, frame, grpc, index, is_raised, render,
};
pub use schema::{SCHEMA_PATH, schema};

/// The examples of the README are tested with those of the code.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
