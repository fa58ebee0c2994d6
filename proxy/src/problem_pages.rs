//! The pages behind the URIs in a problem, on the gate itself, so that they resolve.

use lockgate_errors::{
    Document, EXCHANGES, Form, SCHEMA_PATH, catalogue, exchange, explain, index, negotiate, schema,
};

use crate::exchange::began;

/// The page at this path; `None` where the path is not one of ours, or names no problem.
pub(crate) fn find(method: &str, path: &str, accept: Option<&str>) -> Option<Document> {
    if !matches!(method, "GET" | "HEAD") {
        return None;
    }
    if path == SCHEMA_PATH {
        return Some(schema());
    }
    let form = negotiate(accept, Form::Json);
    if let Some(id) = path.strip_prefix(EXCHANGES) {
        return began(id).map(|began| exchange(id, began, form));
    }
    match path
        .strip_prefix(catalogue::PATH.trim_end_matches('/'))?
        .trim_matches('/')
    {
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
        assert!(find("GET", "/.well-known/lockgate/problem.schema.json", None).is_some());
        assert!(find("GET", "/.well-known/lockgate/problems", Some("text/html")).is_some());
        assert!(find("GET", "/.well-known/lockgate/problems/unheard_of", None).is_none());
        assert!(find("GET", "/.well-known/lockgate/problemsx", None).is_none());
        assert!(find("POST", "/.well-known/lockgate/problems", None).is_none());
    }

    #[test]
    fn an_instance_says_when_its_exchange_began() {
        let page = find(
            "GET",
            "/.well-known/lockgate/exchanges/179500000012345612345678",
            None,
        )
        .expect("a page");
        assert!(
            page.body.contains("\"began\": \"2026-11-18T11:06:40.123456Z\""),
            "{page:?}"
        );
        for strange in [
            "",
            "1",
            "17950000001234561234567x",
            "1795000000123456123456781",
            "../problems",
        ] {
            assert!(
                find("GET", &format!("{EXCHANGES}{strange}"), None).is_none(),
                "{strange}"
            );
        }
    }
}
