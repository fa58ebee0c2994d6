//! Prints a problem as a caller would get it.
//!
//! `cargo run -p lockgate-errors --example problem_page -- upstream_timeout text/markdown`

use std::io::{self, Write};

use lockgate_errors::{Envelope, Form, Problem, catalogue, negotiate, render};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let code = arguments.next().unwrap_or_else(|| "prompt_injection".to_owned());
    let accept = arguments.next();

    // An unknown code is a problem, too.
    let problem = match catalogue::by_code(&code) {
        Some(kind) => Problem::new(kind),
        None => {
            Problem::new(&catalogue::NOT_FOUND).detail(format!("There is no problem with the code {code:?}."))
        }
    };
    let document = render(
        &problem.request_id("example-1"),
        negotiate(accept.as_deref(), Form::Json),
        Envelope::OpenAi,
    );

    let mut out = io::stdout().lock();
    writeln!(out, "HTTP/1.1 {}", document.status)?;
    writeln!(out, "content-type: {}", document.content_type)?;
    for (name, value) in &document.headers {
        writeln!(out, "{name}: {value}")?;
    }
    write!(out, "\n{}", document.body)
}
