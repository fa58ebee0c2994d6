//! What the users of unmodified SDKs see of errors: the gate's own, those of the upstream, and streams that break off.
//! The tables of `docs/sdks.md` are what is seen here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    reason = "helpers of tests report by panicking"
)]

use std::time::Duration;

use lockgate_tests::origin::{AFTERWARDS, LIMITED, PAGE_TEXT, REFUSED};
use lockgate_tests::prompts::{HARMLESS, INJECTION};
use lockgate_tests::sdk::{ALL, Api, Job, Outcome, Sdk, named, page};
use lockgate_tests::tap::{Seen, Tap};
use lockgate_tests::{Gate, Origin};

/// How the gate's own words begin or end in each case, whatever the rest.
const BLOCKED: &str = "the rule 'injection' blocks it.";
const OF_UPSTREAM: &str = "The upstream 'origin'";

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// The gate refuses the prompt.
    Blocked,
    BlockedStream,
    /// The upstream says 429 and how long to wait: once, or always.
    LimitedOnce,
    Limited,
    /// The upstream refuses in its own words, with the gate between and without.
    Refused,
    RefusedWithoutGate,
    /// Something before the upstream answers with a page in HTML.
    Page,
    /// The upstream closes the connection instead of answering.
    HungUp,
    /// The stream ends in the middle.
    Cut,
}

impl Case {
    const ALL: [Self; 9] = [
        Self::Blocked,
        Self::BlockedStream,
        Self::LimitedOnce,
        Self::Limited,
        Self::Refused,
        Self::RefusedWithoutGate,
        Self::Page,
        Self::HungUp,
        Self::Cut,
    ];

    /// The segment of the path that makes the origin do it.
    fn mishap(self) -> &'static str {
        match self {
            Self::Blocked | Self::BlockedStream => "",
            Self::LimitedOnce => "/limited-once",
            Self::Limited => "/limited",
            Self::Refused | Self::RefusedWithoutGate => "/refused",
            Self::Page => "/page",
            Self::HungUp => "/hang-up",
            Self::Cut => "/cut",
        }
    }

    fn job(self, number: usize, gate: &Tap, origin: &Tap, sdk: &Sdk, api: &Api) -> Job {
        let address = match self {
            Self::RefusedWithoutGate => origin.address(),
            _ => gate.address(),
        };
        let prompt = match self {
            Self::Blocked | Self::BlockedStream => INJECTION,
            _ => HARMLESS,
        };
        let mistral = if sdk.name.contains("mistral") {
            "/mistral"
        } else {
            ""
        };
        Job {
            url: format!("http://{address}/{number}{}{mistral}", self.mishap()),
            api: api.name,
            stream: matches!(self, Self::BlockedStream | Self::Cut),
            prompt: prompt.to_owned(),
            // How often they try again is shown by others; here it would only take time.
            retries: (self == Self::Page).then_some(0),
        }
    }
}

/// A gate before an origin, with a tap before each.
struct Bench {
    origin: Origin,
    before_origin: Tap,
    gate: Gate,
    before_gate: Tap,
}

impl Bench {
    fn start() -> Self {
        let origin = Origin::start();
        let routes = "[{ name: all, path: /, upstream: origin, scan: always }]";
        let gate = Gate::before(&origin)
            .with_model()
            .section("routes", routes)
            .start();
        let before_origin = Tap::before(origin.address());
        let before_gate = Tap::before(gate.address);
        Self {
            origin,
            before_origin,
            gate,
            before_gate,
        }
    }

    /// The requests of this number that came to the gate, or straight to the origin, without those by which a
    /// session of MCP is kept up.
    fn requests(&self, number: usize) -> Vec<Seen> {
        let prefix = format!("/{number}/");
        let mut seen = self.before_gate.requests(&prefix);
        seen.extend(self.before_origin.requests(&prefix));
        seen.retain(|request| {
            !request.path.ends_with("/mcp") || request.holds(HARMLESS) || request.holds(INJECTION)
        });
        seen
    }

    /// The shortest pause between two requests of this number.
    fn pause(&self, number: usize) -> Option<Duration> {
        let seen = self.requests(number);
        seen.windows(2).map(|pair| pair[1].at - pair[0].at).min()
    }

    fn injection_reached_origin(&self, number: usize) -> bool {
        let prefix = format!("/{number}/");
        self.origin
            .records()
            .iter()
            .any(|record| record.path.starts_with(&prefix) && record.text().contains(INJECTION))
    }
}

/// Runs every case with every API of an SDK, and checks what its user sees of it and what the page says of it.
fn shows_what_the_page_says(name: &str) {
    let sdk = named(name);
    if let Some(reason) = sdk.missing() {
        eprintln!("skipped: {reason}");
        return;
    }
    let bench = Bench::start();
    let asked: Vec<_> = sdk
        .apis
        .iter()
        .flat_map(|api| Case::ALL.map(|case| (api, case)))
        .collect();
    let jobs: Vec<_> = asked
        .iter()
        .enumerate()
        .map(|(number, (api, case))| case.job(number, &bench.before_gate, &bench.before_origin, sdk, api))
        .collect();
    let seen: Vec<_> = sdk.run(&jobs).into_iter().map(Outcome).collect();
    for (group, api) in seen.chunks(Case::ALL.len()).zip(sdk.apis) {
        let first = sdk.apis.iter().position(|known| known.name == api.name).unwrap() * Case::ALL.len();
        let of = |case: Case| {
            let at = Case::ALL.iter().position(|known| *known == case).unwrap();
            (first + at, &group[at])
        };
        let sections = [
            (
                "The gate refuses",
                blocked(&bench, api, of(Case::Blocked), of(Case::BlockedStream)),
            ),
            (
                "The upstream limits the rate",
                limited(&bench, of(Case::LimitedOnce), of(Case::Limited)),
            ),
            (
                "The upstream refuses",
                refused(&bench, of(Case::Refused), of(Case::RefusedWithoutGate)),
            ),
            ("A page in HTML", page_of_html(of(Case::Page).1)),
            ("The upstream hangs up", hung_up(&bench, api, of(Case::HungUp))),
            ("The stream breaks off", cut(api, of(Case::Cut).1)),
        ];
        for (heading, cells) in sections {
            page::check_row(heading, &[sdk.language(), sdk.name, api.name], &cells);
        }
        for seen in group {
            goes_on(api, seen);
        }
    }
}

/// A final verdict: the SDK's own exception with the gate's words in it, the same when streamed, asked for once, and
/// the origin has heard of neither.
fn blocked(bench: &Bench, api: &Api, plain: (usize, &Outcome), stream: (usize, &Outcome)) -> Vec<String> {
    for (number, seen) in [plain, stream] {
        assert_eq!(bench.requests(number).len(), 1, "{seen:?}");
        assert!(!bench.injection_reached_origin(number), "{seen:?}");
        assert!(seen.exception().is_some() && seen.text().is_empty(), "{seen:?}");
        // What the owner finds in the log. LiteLLM has a place for it and leaves it empty on some routes.
        let id = ["request_id", "requestID"]
            .iter()
            .find_map(|name| seen.0.get(name));
        let known = id.is_none_or(|id| id.as_str().is_some_and(|id| !id.is_empty()));
        assert!(known || seen.message().starts_with("litellm."), "{seen:?}");
        if api.path == "/mcp" {
            assert_eq!(seen.0["data"]["code"], "prompt_injection", "{seen:?}");
        }
    }
    let [plain, stream] = [plain.1, stream.1].map(|seen| with_place(seen, BLOCKED));
    let cells = plain.iter().zip(&stream).map(|(plain, stream)| {
        if plain == stream {
            plain.clone()
        } else {
            format!("{plain}; streamed: {stream}")
        }
    });
    cells.collect()
}

/// A refusal that ends: the SDK tries again as often as it does, never before the announced second is over.
fn limited(bench: &Bench, once: (usize, &Outcome), always: (usize, &Outcome)) -> Vec<String> {
    for (number, seen) in [once, always] {
        assert_waited(bench.pause(number), Duration::from_secs(1), seen);
    }
    let [once_requests, requests] = [once.0, always.0].map(|number| bench.requests(number).len());
    let (once, always) = (once.1, always.1);
    if requests > 1 {
        assert_eq!(once_requests, 2, "{once:?}");
        assert_eq!(once.text(), format!("You said: {HARMLESS}"), "{once:?}");
    } else {
        assert_eq!(once_requests, 1, "{once:?}");
    }
    assert!(always.place_of(LIMITED).is_some(), "{always:?}");
    with_cell(always, tries(requests))
}

fn tries(requests: usize) -> String {
    match requests {
        1 => "1".to_owned(),
        more => format!("{more}, each after the announced wait"),
    }
}

/// The announcement came after the first request, so that the pause is longer than it; timers may be a little early.
fn assert_waited(pause: Option<Duration>, announced: Duration, seen: &Outcome) {
    let least = announced.saturating_sub(Duration::from_millis(10));
    assert!(pause.is_none_or(|pause| pause >= least), "{pause:?}: {seen:?}");
}

/// The upstream's own refusal: what was seen without the gate is seen with it.
fn refused(bench: &Bench, with: (usize, &Outcome), without: (usize, &Outcome)) -> Vec<String> {
    let requests = [with.0, without.0].map(|number| bench.requests(number).len());
    assert_eq!(requests, [1, 1], "{:?}", with.1);
    let (with, without) = (with.1, without.1);
    assert_eq!(with.cells(), without.cells(), "{with:?}\n{without:?}");
    let places = [with, without].map(|seen| seen.place_of(REFUSED));
    assert!(places[0].is_some(), "{with:?}");
    assert_eq!(places[0], places[1], "{with:?}\n{without:?}");
    let difference = if with.message() == without.message() {
        "none"
    } else {
        "the message prints more than the provider's words, the gate's among it"
    };
    with_cell(with, difference.to_owned())
}

/// A page in HTML: its words in the gate's, and no markup.
fn page_of_html(seen: &Outcome) -> Vec<String> {
    assert!(seen.exception().is_some(), "{seen:?}");
    for markup in ["<html", "<center", "alert(1)"] {
        assert_eq!(seen.place_of(markup), None, "{seen:?}");
    }
    with_place(seen, PAGE_TEXT)
}

/// No answer at all: the gate's own problem with the gate's own wait, which the SDK obeys.
fn hung_up(bench: &Bench, api: &Api, (number, seen): (usize, &Outcome)) -> Vec<String> {
    let problem = bench.gate.post(&format!("/hang-up{}", api.path), "{}");
    let announced = problem
        .header("retry-after")
        .and_then(|seconds| seconds.parse().ok());
    let requests = bench.requests(number).len();
    assert!(requests == 1 || announced > Some(0), "{problem}");
    assert_waited(
        bench.pause(number),
        Duration::from_secs(announced.unwrap_or(0)),
        seen,
    );
    let mut cells = with_place(seen, OF_UPSTREAM);
    cells.push(tries(requests));
    cells
}

/// A stream that breaks off: some text, then an exception; never an end that looks like one.
fn cut(api: &Api, seen: &Outcome) -> Vec<String> {
    assert!(seen.exception().is_some(), "{seen:?}");
    // MCP streams no text, only how far the call is.
    assert!(api.path == "/mcp" || seen.text().starts_with("You"), "{seen:?}");
    with_place(seen, OF_UPSTREAM)
}

/// Whatever became of one call of an agent's session, the next one works.
fn goes_on(api: &Api, seen: &Outcome) {
    if api.path == "/mcp" {
        assert_eq!(seen.then().text(), format!("You said: {AFTERWARDS}"), "{seen:?}");
    }
}

/// The exception, its attributes, and where the gate's words stand.
fn with_place(seen: &Outcome, words: &str) -> Vec<String> {
    with_cell(seen, seen.place_of(words).unwrap_or("nowhere").to_owned())
}

fn with_cell(seen: &Outcome, cell: String) -> Vec<String> {
    let mut cells = seen.cells().to_vec();
    cells.push(cell);
    cells
}

/// One test for each SDK, so that they run side by side.
macro_rules! shows_what_the_page_says {
    ($($test:ident: $name:literal,)*) => {
        $(
            #[test]
            fn $test() {
                shows_what_the_page_says($name);
            }
        )*

        #[test]
        fn every_sdk_has_a_test() {
            assert_eq!(ALL.map(|sdk| sdk.name).as_slice(), [$($name),*]);
        }
    };
}

shows_what_the_page_says! {
    openai_python_3: "openai 3.54.0",
    openai_python_2: "openai 2.54.0",
    openai_npm_7: "openai 7.57.0",
    openai_npm_6: "openai 6.49.0",
    anthropic_python: "anthropic 2.12.0",
    anthropic_npm: "@anthropic-ai/sdk 1.12.0",
    vercel_npm: "ai 6.0.326",
    litellm_python: "litellm 1.106.2",
    google_python: "google-genai 3.4.0",
    google_npm: "@google/genai 3.1.0",
    cohere_python: "cohere 7.3.1",
    cohere_npm: "cohere-ai 8.1.0",
    mistral_python: "mistralai 3.7.0",
    mistral_npm: "@mistralai/mistralai 2.7.0",
    ollama_python: "ollama 0.6.3",
    ollama_npm: "ollama 0.6.4",
    mcp_python: "mcp 2.3.0",
    mcp_npm: "@modelcontextprotocol/sdk 1.32.2",
    a2a_python: "a2a-sdk 1.3.0",
    a2a_npm: "@a2a-js/sdk 1.3.0",
}
