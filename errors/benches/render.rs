//! What a problem costs from the catalogue to the body, in each form: part of `make bench`.
//!
//! `cargo bench -p lockgate-errors --bench render`

use std::hint::black_box;
use std::time::{Duration, SystemTime};

use criterion::{Criterion, criterion_group, criterion_main};
use http::HeaderMap;
use lockgate_errors::{Envelope, Form, Problem, catalogue, negotiate, render, upstream};

/// What the limiter tells a client.
fn rate_limited() -> Problem {
    Problem::new(&catalogue::RATE_LIMITED)
        .detail("60 requests per 1m for client_ip are used up.")
        .exchange("179500000012345612345678")
        .host("api.example.com")
        .wait(Duration::from_millis(11_400))
        .with("limit", 60)
        .with("window", 60)
        .with("rule", "per-client")
}

/// What becomes of an upstream's page.
fn bad_gateway() -> Problem {
    const PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n\
        <center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.31.3</center>\r\n</body>\r\n</html>\r\n";
    let head = upstream::from_head("backend", 502, &HeaderMap::new(), SystemTime::now());
    head.map_or_else(rate_limited, |problem| {
        upstream::with_body(problem, Some("text/html"), PAGE.as_bytes(), true)
            .exchange("179500000012345612345678")
            .host("api.example.com")
    })
}

fn forms(criterion: &mut Criterion) {
    let forms = [
        ("json", Form::Json, Envelope::None),
        ("json_openai", Form::Json, Envelope::OpenAi),
        ("json_gemini", Form::Json, Envelope::Gemini),
        ("json_rpc", Form::Json, Envelope::JsonRpc),
        ("markdown", Form::Markdown, Envelope::None),
        ("html", Form::Html, Envelope::None),
    ];
    for (name, form, envelope) in forms {
        criterion.bench_function(&format!("rate_limited/{name}"), |bench| {
            bench.iter(|| render(black_box(&rate_limited()), form, envelope));
        });
    }
    for (name, form, envelope) in [forms[1], forms[4]] {
        criterion.bench_function(&format!("bad_gateway/{name}"), |bench| {
            bench.iter(|| render(black_box(&bad_gateway()), form, envelope));
        });
    }
    criterion.bench_function("negotiate/browser", |bench| {
        let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8";
        bench.iter(|| negotiate(black_box(Some(accept)), Form::Json));
    });
}

criterion_group!(benches, forms);
criterion_main!(benches);
