//! The other side of the wire: what a caller does with a problem that it got.
//!
//! [`parse`] reads an answer in whichever form it came: `application/problem+json`, JSON with a
//! provider's envelope around or beside it, or Markdown; [`parse_event`] reads the last piece of a
//! broken stream. What comes out is a [`Reported`] problem, of Lockgate or of any other server that
//! speaks RFC 9457. A [`Policy`] then says whether the same request is worth another try, and when.
//!
//! ```
//! use std::time::Duration;
//! use http::{HeaderMap, HeaderValue, StatusCode};
//! use lockgate_errors::client::{Answer, Decision, Policy, Stop, Tries, parse};
//!
//! let mut fields = HeaderMap::new();
//! fields.insert("content-type", HeaderValue::from_static("application/problem+json"));
//! let body = br#"{"type": "https://example.org/out-of-stock", "title": "Out of stock", "retryable": false}"#;
//!
//! let problem = parse(StatusCode::SERVICE_UNAVAILABLE, &fields, body);
//! assert_eq!(problem.as_ref().and_then(|problem| problem.title.as_deref()), Some("Out of stock"));
//!
//! // 503 alone would be worth another try; the problem says that it is not.
//! let answer = Answer::new(StatusCode::SERVICE_UNAVAILABLE, &fields, problem.as_ref());
//! let tries = Tries::new(1, Duration::ZERO, true);
//! assert_eq!(Policy::default().decide(&tries, &answer), Decision::Stop(Stop::Final));
//! ```
//!
//! HTML is not read: it is what people get, and a program that did not ask for JSON still has the
//! header fields, from which alone the [`Policy`] decides well.
//! The same design stands in Python and TypeScript under `errors/clients/`.

pub use answer::{Answer, Tries};
pub use parse::{LONGEST_BODY, parse, parse_event};
pub use policy::{Decision, Policy, Stop};
pub use reported::Reported;

mod answer;
mod front_matter;
mod members;
mod parse;
mod policy;
mod reported;
#[cfg(feature = "tower")]
pub mod tower;

#[cfg(test)]
mod tests;
