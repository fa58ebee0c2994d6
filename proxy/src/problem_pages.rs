//! The pages behind the `type` of every problem, on the gate itself, so that the URI in a document resolves.

use lockgate_errors::{Document, Form, catalogue, explain, index, negotiate};

/// The page at this path; `None` where the path is not one of ours, or names no problem.
pub(crate) fn find(method: &str, path: &str, accept: Option<&str>) -> Option<Document> {
    let below = path.strip_prefix(catalogue::PATH.trim_end_matches('/'))?;
    if !matches!(method, "GET" | "HEAD") {
        return None;
    }
    let form = negotiate(accept, Form::Json);
    match below.trim_matches('/') {
        "" => Some(index(form)),
        code => catalogue::by_code(code).map(|kind| explain(kind, form)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_uri_of_every_problem_resolves() {
        for kind in catalogue::ALL {
            let page = find("GET", &kind.uri(), None).expect(kind.code);
            assert_eq!((page.status, page.content_type), (200, "application/json"));
        }
        assert!(find("GET", "/.well-known/lockgate/problems", Some("text/html")).is_some());
        assert!(find("GET", "/.well-known/lockgate/problems/unheard_of", None).is_none());
        assert!(find("GET", "/.well-known/lockgate/problemsx", None).is_none());
        assert!(find("POST", "/.well-known/lockgate/problems", None).is_none());
    }
}
