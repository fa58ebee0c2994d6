//! Reads a request body on standard input, writes its verdict and the redacted body to standard output.
//!
//! ```sh
//! echo '{"model": "m", "prompt": "My card is 4111 1111 1111 1111"}' | cargo run -p lockgate-detectors --example scan
//! ```

use std::io::{Read, Write};

use lockgate_detectors::{ExtractLimits, Input, Needs, Scanner, ScannerOptions, extract, redact};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut body = Vec::new();
    std::io::stdin().take(4 << 20).read_to_end(&mut body)?;

    let input = Input {
        method: "POST",
        path: "/",
        content_type: None,
        body: &body,
    };
    let prompts = extract(&input, &ExtractLimits::default())?;

    // Without a guard model: what goes by form. With one, `Scanner::scan` asks it as well.
    let scanner = Scanner::new(ScannerOptions::default(), None)?;
    let verdict = scanner.scan_text(&prompts, &Needs::ALL);

    let mut out = std::io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &verdict)?;
    out.write_all(b"\n\n")?;
    let personal = verdict
        .findings
        .iter()
        .filter(|finding| finding.detector == "pii");
    out.write_all(&redact(&body, &prompts, personal))?;
    Ok(())
}
