//! A reply, and what tests say about it.

use serde_json::Value;

/// One HTTP reply.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// `1.1` or `2`, as far as the client could tell.
    pub version: String,
    /// Header fields, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Reply {
    /// Reads a status line and header fields.
    pub fn parse_head(bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut lines = text.lines();
        let mut start = lines.next().unwrap_or_default().split_whitespace();
        let version = start
            .next()
            .and_then(|word| word.strip_prefix("HTTP/"))
            .unwrap_or_default()
            .to_owned();
        let status = start
            .next()
            .and_then(|word| word.parse().ok())
            .unwrap_or_else(|| panic!("not a reply: {text:?}"));
        let headers = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Self {
            status,
            version,
            headers,
            body: Vec::new(),
        }
    }

    /// The value of a header field.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("not JSON ({error}): {self}"))
    }

    /// Checks the status, and gives the reply back.
    pub fn expect(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{self}");
        self
    }

    /// Checks that this is the problem with this status and code, whole and consistent, and gives the document.
    pub fn expect_problem(&self, status: u16, code: &str) -> Value {
        assert_eq!(self.status, status, "{self}");
        let problem = self.json();
        assert_eq!(problem["code"], code, "{self}");
        assert_eq!(problem["status"], status, "{self}");
        for member in [
            "type",
            "title",
            "detail",
            "category",
            "what_to_do",
            "request_id",
            "timestamp",
        ] {
            assert!(
                problem[member].as_str().is_some_and(|text| !text.is_empty()),
                "no `{member}`: {self}"
            );
        }
        for member in ["retryable", "owner_action_required"] {
            assert!(problem[member].is_boolean(), "no `{member}`: {self}");
        }
        // Where a provider's envelope has a `type` of its own, the URI stands beside it.
        let uri = problem["problem_type"].as_str().or(problem["type"].as_str());
        let uri = uri.unwrap_or_default();
        assert!(
            uri.ends_with(&format!("/.well-known/lockgate/problems/{code}")),
            "{self}"
        );
        problem
    }
}

// === impl Display for Reply: what a failed assertion shows ===

impl std::fmt::Display for Reply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "HTTP/{} {}", self.version, self.status)?;
        self.headers
            .iter()
            .try_for_each(|(name, value)| writeln!(f, "{name}: {value}"))?;
        let shown: String = self.text().chars().take(4000).collect();
        write!(f, "\n{shown}")
    }
}
