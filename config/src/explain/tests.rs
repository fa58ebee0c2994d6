use super::explain;
use crate::{Config, parse};

#[test]
fn the_example_in_words() {
    let config = Config::demo().unwrap();
    assert_eq!(config.warnings(), []);
    insta::assert_snapshot!(explain(&config), @r#"
    Listens on 127.0.0.1:8080 (HTTP/1.1 and h2c, in the clear).
    Admin on 127.0.0.1:9090, without a token, from this machine only.

    Routes, the first match wins:
      1. demo: host *, path / -> demo (http://127.0.0.1:8081); scanned where it looks like a language model; rules `default`

    Rules `default`; an exchange whose scan fails passes:
      1. unreadable-body: when body.error != "", refuse it
      2. injection: when injection >= 0.9, refuse it
      3. pii: when pii.exists(c, c in ["CREDIT_CARD", "US_SSN", "IBAN_CODE"]), replace CREDIT_CARD, US_SSN, IBAN_CODE
      4. toxic: when toxic >= 0.9, note it in the log

    Limits and other settings are the defaults.
    "#);
}

#[test]
fn differences_and_doubts_are_told_and_secrets_are_not() {
    let text = r#"
admin: { address: "0.0.0.0:9090", token: "${TOKEN}" }
upstreams:
  a: { url: "http://${HOST}", headers: { authorization: "Bearer ${TOKEN}" } }
  b: { url: "https://b.example.com", tls: { verify: false } }
routes:
  - { name: one, upstream: a, host: "*.example.com" }
  - { name: two, upstream: a, host: a.example.com, path: /v1, scan: never, rules: strict, errors: { upstream: pass } }
limits: { body_bytes: 8MiB }
errors: { upstream: replace }
logging: { prompts: true }
rules:
  strict:
    on_error: closed
    list:
      - { name: watch, when: "toxic > 0.5", action: block, mode: monitor }
      - { name: stop, action: block }
      - { name: never, action: redact }
  spare: { list: [] }
"#;
    let env = |name: &str| match name {
        "TOKEN" => Some("s3cret".to_owned()),
        "HOST" => Some("internal.example".to_owned()),
        _ => None,
    };
    let config = parse(text, "lockgate.yaml", &env).unwrap();
    let words = explain(&config);
    let whole = format!(
        "{words}{config:?}{config:#?}{}",
        serde_json::to_string(&config).unwrap()
    );
    assert!(
        !whole.contains("s3cret") && !whole.contains("internal"),
        "{whole}"
    );
    assert_eq!(
        config.upstreams["a"].headers["authorization"].expose(),
        "Bearer s3cret"
    );
    assert_eq!(config.upstreams["a"].url.host(), "internal.example");
    insta::assert_snapshot!(words, @r#"
    Listens on 127.0.0.1:8080 (HTTP/1.1 and h2c, in the clear).
    Admin on 0.0.0.0:9090, with a token.

    Routes, the first match wins:
      1. one: host *.example.com, path / -> a (http://${HOST}); scanned where it looks like a language model; rules `default`
      2. two: host a.example.com, path /v1 -> a (http://${HOST}); scanned never; rules `strict`; errors of the upstream are passed as they are

    Rules `default`; an exchange whose scan fails passes:
      1. unreadable-body: when body.error != "", refuse it
      2. injection: when injection >= 0.9, refuse it
      3. pii: when pii.exists(c, c in ["CREDIT_CARD", "US_SSN", "IBAN_CODE"]), replace CREDIT_CARD, US_SSN, IBAN_CODE
      4. toxic: when toxic >= 0.9, note it in the log

    Rules `spare`; an exchange whose scan fails passes:
      none: every exchange passes

    Rules `strict`; an exchange whose scan fails is refused:
      1. watch: when toxic > 0.5, only log that it would refuse it
      2. stop: always, refuse it
      3. never: always, replace all that was found

    Not as by default:
      errors.upstream: replace (default enrich)
      limits.body_bytes: 8MiB (default 4MiB)
      logging.prompts: true (default false)

    Doubtful:
      lockgate.yaml:8:5: `routes[1]`: can never match: `one` takes all of it before
      lockgate.yaml:8:69: `routes[1].scan`: the rules of `strict` read scores, which `scan: never` leaves at 0
      lockgate.yaml:4:13: `upstreams.a.url`: its headers cross the network in the clear
      lockgate.yaml:5:3: `upstreams.b`: no route leads to this upstream
      lockgate.yaml:5:53: `upstreams.b.tls.verify`: anyone can pose as this upstream
      lockgate.yaml:19:3: `rules.spare`: no route uses this rule set
      lockgate.yaml:18:9: `rules.strict.list[2]`: is never reached: `stop` before it always applies
      lockgate.yaml:2:42: `admin.token`: shorter than 16 characters: it can be guessed
      lockgate.yaml:11:21: `logging.prompts`: the text of prompts is written to the log
    "#);
}
