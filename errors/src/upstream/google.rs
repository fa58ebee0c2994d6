//! The `details` of Google's errors (google.rpc, error_details.proto): a list of objects with an `@type`.

use serde_json::Value;

use crate::retry;

/// The reasons of `ErrorInfo`, such as `API_KEY_INVALID`.
pub(super) fn reasons(details: Option<&Value>) -> Vec<Value> {
    of_type(details, "ErrorInfo")
        .filter_map(|detail| detail.get("reason").cloned())
        .collect()
}

/// The longest `retryDelay` of `RetryInfo`, in seconds.
pub(super) fn retry_delay(details: Option<&Value>) -> Option<f64> {
    of_type(details, "RetryInfo")
        .filter_map(|detail| retry::duration(detail.get("retryDelay")?.as_str()?))
        .reduce(f64::max)
}

/// Whether `QuotaFailure` names a quota of a day: `GenerateRequestsPerDayPerProjectPerModel-FreeTier`.
pub(super) fn day_is_spent(details: Option<&Value>) -> bool {
    of_type(details, "QuotaFailure")
        .filter_map(|detail| detail.get("violations")?.as_array())
        .flatten()
        .filter_map(|violation| violation.get("quotaId")?.as_str())
        .any(|id| id.contains("PerDay"))
}

fn of_type<'a>(details: Option<&'a Value>, name: &'static str) -> impl Iterator<Item = &'a Value> {
    let details = details.and_then(Value::as_array).into_iter().flatten();
    details.filter(move |detail| {
        let kind = detail.get("@type").and_then(Value::as_str).unwrap_or_default();
        kind.rsplit(['.', '/']).next() == Some(name)
    })
}
