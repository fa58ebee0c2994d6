//! The policy for services of the crate tower, behind the feature `tower`.

use http::{Request, Response};
use tokio::time::{Instant, Sleep, sleep};

use super::{Answer, Decision, Policy, Tries};
use crate::retry;

/// A [`Policy`] for [`tower::retry`] that decides by the head of the answer and by the method of the request.
///
/// tower decides before the body is read, so the problem in it is not looked at. That loses little: Lockgate
/// writes its verdict and the wait into the head too, as `x-should-retry` and `retry-after`. Only a JSON-RPC
/// error, which comes with a status of success, is never sent again.
///
/// A request counts as idempotent by its method, or if it has an `Idempotency-Key`. It runs on tokio's clock.
///
/// ```
/// use http::{Request, Response};
/// use lockgate_errors::client::{Policy, tower::HeadPolicy};
/// use tower::{ServiceBuilder, retry::RetryLayer, service_fn};
///
/// # let http_client = service_fn(async |_: Request<String>| Ok::<_, std::io::Error>(Response::new(())));
/// let client = ServiceBuilder::new()
///     .layer(RetryLayer::new(HeadPolicy::new(Policy::default())))
///     .service(http_client);
/// ```
#[derive(Debug, Clone)]
pub struct HeadPolicy {
    policy: Policy,
    idempotent: bool,
    /// tower gives each request a clone of its own, in which these two move.
    made: u32,
    started: Option<Instant>,
}

impl HeadPolicy {
    /// Follows this policy.
    pub fn new(policy: Policy) -> Self {
        Self {
            policy,
            idempotent: false,
            made: 0,
            started: None,
        }
    }

    /// Takes every request for idempotent: for a service that only asks models, whose answers change nothing.
    #[must_use]
    pub fn all_idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }
}

impl<B: Clone, R, E> tower::retry::Policy<Request<B>, Response<R>, E> for HeadPolicy {
    type Future = Sleep;

    fn retry(&mut self, request: &mut Request<B>, result: &mut Result<Response<R>, E>) -> Option<Sleep> {
        self.made += 1;
        let elapsed = self.started.map(|started| started.elapsed()).unwrap_or_default();
        let idempotent = self.idempotent
            || retry::is_idempotent(request.method())
            || request.headers().contains_key("idempotency-key");
        let tries = Tries::new(self.made, elapsed, idempotent);
        let decision = match result {
            Ok(response) => {
                let answer = Answer::new(response.status(), response.headers(), None);
                self.policy.decide(&tries, &answer)
            }
            Err(_) => self.policy.decide_unanswered(&tries),
        };
        match decision {
            Decision::Retry(wait) => Some(sleep(wait)),
            Decision::Stop(_) => None,
        }
    }

    fn clone_request(&mut self, request: &Request<B>) -> Option<Request<B>> {
        if self.made == 0 {
            self.started = Some(Instant::now());
        }
        Some(request.clone())
    }
}

#[cfg(test)]
mod tests;
