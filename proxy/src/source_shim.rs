//! Until lockgate-errors says whose problem it is.
use lockgate_errors::Problem;
#[derive(PartialEq, Clone, Copy)]
pub(crate) enum Source {
    Gate,
    Upstream,
}
impl Source {
    pub(crate) fn as_str(self) -> &'static str {
        if self == Self::Gate { "gate" } else { "upstream" }
    }
}
pub(crate) trait HasSource {
    fn source(&self) -> Source;
}
impl HasSource for Problem {
    fn source(&self) -> Source {
        const ANSWERS: &[&str] = &[
            "bad_request",
            "unauthorized",
            "payment_required",
            "forbidden",
            "not_found",
            "too_large",
            "conflict",
            "rejected",
            "rate_limited",
            "overloaded",
            "failed",
            "gave_up",
            "unsupported",
        ];
        match self.code().strip_prefix("upstream_") {
            Some(rest) if ANSWERS.contains(&rest) => Source::Upstream,
            _ => Source::Gate,
        }
    }
}
