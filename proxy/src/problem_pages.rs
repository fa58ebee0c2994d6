//! The pages behind the URIs in a problem, on the gate itself, so that they resolve.

use lockgate_errors::{
    Document, EXCHANGES, Form, Problem, SCHEMA_PATH, catalogue, exchange, explain, index, negotiate, schema,
};

use crate::exchange::began;

/// What stands below it belongs to the gate.
const OURS: &str = "/.well-known/lockgate";
/// The methods by which a page can be read.
pub(crate) const METHODS: &str = "GET, HEAD";

/// The page at this path, or why there is none; `None` where the path is not one of the gate's.
pub(crate) fn find(method: &str, path: &str, accept: Option<&str>) -> Option<Result<Document, Problem>> {
    let below = path.strip_prefix(OURS)?;
    if !below.is_empty() && !below.starts_with('/') {
        return None;
    }
    if !matches!(method, "GET" | "HEAD") {
        let problem = Problem::new(&catalogue::METHOD_NOT_ALLOWED);
        return Some(Err(problem.detail("The pages of the gate can only be read.")));
    }
    let page = page(path, negotiate(accept, Form::Json))
        .ok_or_else(|| Problem::new(&catalogue::NOT_FOUND).detail(format!("The gate has no page '{path}'.")));
    Some(page)
}

fn page(path: &str, form: Form) -> Option<Document> {
    if path == SCHEMA_PATH {
        return Some(schema());
    }
    if let Some(id) = path.strip_prefix(EXCHANGES) {
        return began(id).map(|began| exchange(id, began, form));
    }
    let code = match path.strip_prefix(catalogue::PATH) {
        Some(code) => code.trim_end_matches('/'),
        None if path == catalogue::PATH.trim_end_matches('/') => "",
        None => return None,
    };
    match code {
        "" => Some(index(form)),
        code => catalogue::by_code(code).map(|kind| explain(kind, form)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code of the problem, `page` where there is one, `none` where the path is the upstream's.
    fn found(method: &str, path: &str) -> &'static str {
        match find(method, path, None) {
            Some(Ok(page)) => {
                assert_eq!(page.status, 200);
                "page"
            }
            Some(Err(problem)) => problem.code(),
            None => "none",
        }
    }

    #[test]
    fn what_is_a_page() {
        for kind in catalogue::ALL {
            assert_eq!(found("GET", &kind.uri()), "page", "{}", kind.code);
        }
        for (method, path, expected) in [
            ("GET", "/.well-known/lockgate/problem.schema.json", "page"),
            ("GET", "/.well-known/lockgate/problems", "page"),
            ("GET", "/.well-known/lockgate/problems/", "page"),
            ("HEAD", "/.well-known/lockgate/problems/internal_error/", "page"),
            ("GET", "/.well-known/lockgate/problems/unheard_of", "not_found"),
            ("GET", "/.well-known/lockgate/problemsinternal_error", "not_found"),
            ("GET", "/.well-known/lockgate", "not_found"),
            ("POST", "/.well-known/lockgate/problems", "method_not_allowed"),
            ("GET", "/.well-known/lockgates", "none"),
            ("GET", "/.well-known/openid-configuration", "none"),
        ] {
            assert_eq!(found(method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn an_instance_says_when_its_exchange_began() {
        let path = "/.well-known/lockgate/exchanges/179500000012345612345678";
        let page = find("GET", path, None).expect("a page").expect("a page");
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
            assert_eq!(
                found("GET", &format!("{EXCHANGES}{strange}")),
                "not_found",
                "{strange}"
            );
        }
    }
}
