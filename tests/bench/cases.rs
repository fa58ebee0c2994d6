//! What is asked.

/// A kind of request.
pub(crate) struct Case {
    pub(crate) title: &'static str,
    method: &'static str,
    path: &'static str,
    prompt_bytes: usize,
}

/// The gate passes the first two on and scans the third; for the other proxies all three are alike.
pub(crate) const CASES: [Case; 3] = [
    Case {
        title: "GET, no body",
        method: "GET",
        path: "/plain",
        prompt_bytes: 0,
    },
    Case {
        title: "POST 2 KB of JSON, `scan: never`",
        method: "POST",
        path: "/unscanned/chat",
        prompt_bytes: 2000,
    },
    Case {
        title: "POST 2 KB chat, scanned without the model",
        method: "POST",
        path: "/v1/chat/completions",
        prompt_bytes: 2000,
    },
];

impl Case {
    /// The request as it is written.
    pub(crate) fn request(&self) -> Vec<u8> {
        let Self { method, path, .. } = self;
        if self.prompt_bytes == 0 {
            return format!(
                "{method} {path} HTTP/1.1\r\nhost: bench.test\r\naccept: application/json\r\n\r\n"
            )
            .into_bytes();
        }
        let words = "Please tell me about the history of canal locks and who built them. ";
        let prompt: String = words.chars().cycle().take(self.prompt_bytes).collect();
        let body = format!(r#"{{"model":"bench","messages":[{{"role":"user","content":"{prompt}"}}]}}"#);
        format!(
            "{method} {path} HTTP/1.1\r\nhost: bench.test\r\naccept: application/json\r\n\
             content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes()
    }
}
