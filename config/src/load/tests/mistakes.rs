//! The message of each kind of mistake.

use super::{fails, fails_alone};

#[test]
fn an_unknown_key() {
    insta::assert_snapshot!(fails("listen:\n  - adress: 127.0.0.1:8080\n"), @"
    lockgate.yaml:4:5: unknown key `adress` in `listen[0]`; did you mean `address`? Known keys: address, tls
    ");
}

#[test]
fn an_unknown_key_that_is_like_no_other() {
    insta::assert_snapshot!(fails("zzz: 1\n"), @"
    lockgate.yaml:3:1: unknown key `zzz`; known keys: listen, admin, upstreams, routes, limits, errors, scanner, rules, logging, discovery, server
    ");
}

#[test]
fn an_unknown_value() {
    insta::assert_snapshot!(fails("scanner: { model: { engine: onyxruntime } }\n"), @"
    lockgate.yaml:3:29: `scanner.model.engine`: unknown value `onyxruntime`; did you mean `onnxruntime`? Known values: auto, onnxruntime, rten
    ");
}

#[test]
fn a_missing_key() {
    insta::assert_snapshot!(fails_alone("upstreams:\n  demo:\n    protocol: http1\nroutes: []\n"), @"
    lockgate.yaml:3:5: missing key `url` in `upstreams.demo`
    ");
}

#[test]
fn an_empty_file() {
    insta::assert_snapshot!(fails_alone("# nothing\n"), @"
    lockgate.yaml: is empty: a configuration needs `upstreams` and `routes`
    ");
}

#[test]
fn a_list_where_a_mapping_belongs() {
    insta::assert_snapshot!(fails("admin: []\n"), @"
    lockgate.yaml:3:8: `admin`: found a list, expected a mapping of keys to values
    ");
}

#[test]
fn a_mapping_where_a_list_belongs() {
    insta::assert_snapshot!(fails("listen: { address: 127.0.0.1:1 }\n"), @"
    lockgate.yaml:3:9: `listen`: found a mapping, expected a list
    ");
}

#[test]
fn a_key_that_is_there_twice() {
    insta::assert_snapshot!(fails("server: { threads: 4 }\nserver: { threads: 5 }\n"), @"
    lockgate.yaml:4:1: the key `server` is there twice
    ");
}

#[test]
fn a_bad_address() {
    insta::assert_snapshot!(fails("listen:\n  - address: localhost:8080\n"), @"
    lockgate.yaml:4:14: `listen[0].address`: found the text `localhost:8080`, expected an IP address with a port, such as 127.0.0.1:8080 or [::]:443
    ");
}

#[test]
fn a_duration_without_a_unit() {
    insta::assert_snapshot!(fails("limits:\n  body_timeout: 10\n"), @"
    lockgate.yaml:4:17: `limits.body_timeout`: a duration needs its unit: ms, s, m or h
    ");
}

#[test]
fn a_bad_size() {
    insta::assert_snapshot!(fails("limits:\n  body_bytes: 4MB\n"), @"
    lockgate.yaml:4:15: `limits.body_bytes`: expected a byte size such as 4MiB, 64KiB, 512B or 4096
    ");
}

#[test]
fn a_negative_number() {
    insta::assert_snapshot!(fails("limits: { segments: -3 }\n"), @"
    lockgate.yaml:3:21: `limits.segments`: found the number -3, expected a whole number, not negative
    ");
}

#[test]
fn a_missing_variable() {
    insta::assert_snapshot!(fails("admin:\n  token: \"abc ${MISSING} def\"\n"), @"
    lockgate.yaml:4:15: `admin.token`: the environment variable `MISSING` is not set; set it, or give a default with ${MISSING:-...}
    ");
}

#[test]
fn a_malformed_variable() {
    insta::assert_snapshot!(fails("admin:\n  token: ${SECRET\n"), @"
    lockgate.yaml:4:10: `admin.token`: `${` begins a variable, written ${NAME} or ${NAME:-default}; `$$` is a plain `$`
    ");
}

#[test]
fn an_unquoted_variable_between_braces() {
    insta::assert_snapshot!(fails("admin: { token: ${SECRET} }\n"), @"
    lockgate.yaml:3:18: while parsing a flow mapping, did not find expected ',' or '}'; between `{` and `}`, put a text with ${NAME} in quotes
    ");
}

#[test]
fn a_value_from_the_environment_that_does_not_fit() {
    insta::assert_snapshot!(fails("logging:\n  level: ${SECRET}\n"), @"
    lockgate.yaml:4:10: `logging.level`: unknown value `${SECRET}`; known values: error, warn, info, debug, trace
    ");
}

#[test]
fn a_token_that_is_a_number() {
    insta::assert_snapshot!(fails("admin: { token: 12345 }\n"), @"
    lockgate.yaml:3:17: `admin.token`: found a value that is not text, expected a text, in quotes where it could be read as a number
    ");
}

#[test]
fn an_open_admin_port_without_a_token() {
    insta::assert_snapshot!(fails("admin:\n  address: 0.0.0.0:9090\n"), @"
    lockgate.yaml:4:12: `admin.address`: an address that is not loopback needs `admin.token`, as anyone could reach it
    ");
}

#[test]
fn an_admin_port_that_is_listened_on() {
    insta::assert_snapshot!(fails("admin: { address: 127.0.0.1:8080 }\n"), @"
    lockgate.yaml:3:19: `admin.address`: this address is one of `listen`; the admin port is its own
    ");
}

#[test]
fn limits_that_do_not_fit() {
    insta::assert_snapshot!(fails("limits:\n  body_bytes: 1GiB\n  json_depth: 100000\n  segments: 0\nerrors: { body_bytes: 0 }\n"), @"
    lockgate.yaml:4:15: `limits.body_bytes`: one body may not be larger than `limits.buffered_bytes` (256MiB)
    lockgate.yaml:5:15: `limits.json_depth`: has to be from 1 to 512
    lockgate.yaml:6:13: `limits.segments`: has to be more than nothing
    lockgate.yaml:7:23: `errors.body_bytes`: has to be more than nothing
    ");
}

#[test]
fn names_that_are_not_there_or_twice() {
    insta::assert_snapshot!(fails_alone("upstreams:\n  demo: { url: http://127.0.0.1:8081 }\nroutes:\n  - name: a\n    upstream: dmeo\n  - name: a\n    upstream: demo\n    rules: strict\n"), @"
    lockgate.yaml:5:15: `routes[0].upstream`: there is no upstream `dmeo`; did you mean `demo`? Known: demo
    lockgate.yaml:6:11: `routes[1].name`: an earlier route has this name already
    lockgate.yaml:8:12: `routes[1].rules`: there is no rule set `strict`; known: default
    ");
}

#[test]
fn an_upstream_url_of_another_kind() {
    insta::assert_snapshot!(fails_alone("upstreams:\n  demo:\n    url: ftp://example.com\nroutes: []\n"), @"
    lockgate.yaml:3:10: `upstreams.demo.url`: an upstream URL begins with http:// or https://
    ");
}

#[test]
fn headers_that_cannot_be() {
    insta::assert_snapshot!(fails_alone("upstreams:\n  demo:\n    url: http://127.0.0.1:8081\n    headers:\n      x-a: ${EVIL}\n      Host: a\n      b c: d\nroutes: [{ name: demo, upstream: demo }]\n"), @"
    lockgate.yaml:5:12: `upstreams.demo.headers.x-a`: the value has a character that no header may hold, such as a line break
    lockgate.yaml:6:13: `upstreams.demo.headers.Host`: is a header that the gate sets itself
    lockgate.yaml:7:12: `upstreams.demo.headers.b c`: is not a name that a header can have
    ");
}

#[test]
fn a_rule_with_an_unknown_action() {
    insta::assert_snapshot!(fails("rules: { default: { list: [{ name: a, action: blok }] } }\n"), @"
    lockgate.yaml:3:47: `rules.default.list[0].action`: unknown value `blok`; did you mean `block`? Known values: allow, log, redact, block, rate_limit
    ");
}

#[test]
fn personal_data_that_is_not_known_or_not_allowed_so() {
    insta::assert_snapshot!(fails("scanner:\n  pii:\n    categories: [EMAIL_ADDRES, URL]\n    allow: ['*.example.com', 'a*b', '--', '*.']\n    alow: []\n"), @"
    lockgate.yaml:7:5: unknown key `alow` in `scanner.pii`; did you mean `allow`? Known keys: categories, allow
    ");
    insta::assert_snapshot!(fails("scanner:\n  pii:\n    categories: [EMAIL_ADDRES, URL]\n    allow: ['*.example.com', 'a*b', '--', '*.']\n"), @"
    lockgate.yaml:5:18: `scanner.pii.categories[0]`: there is no category `EMAIL_ADDRES`; did you mean `EMAIL_ADDRESS`? docs/detectors.md lists all
    lockgate.yaml:6:30: `scanner.pii.allow[1]`: `*` may only stand as `*.` in front of a host
    lockgate.yaml:6:37: `scanner.pii.allow[2]`: has neither letters nor digits, so it allows nothing
    lockgate.yaml:6:43: `scanner.pii.allow[3]`: has neither letters nor digits, so it allows nothing
    ");
}

#[test]
fn categories_that_do_not_fit() {
    insta::assert_snapshot!(fails("rules:\n  default:\n    list:\n      - name: a\n        action: redact\n        categories: [CREDIT_CRAD]\n      - name: a\n        action: log\n        categories: [US_SSN]\n"), @"
    lockgate.yaml:8:22: `rules.default.list[0].categories[0]`: there is no category `CREDIT_CRAD`; did you mean `CREDIT_CARD`? docs/detectors.md lists all
    lockgate.yaml:9:15: `rules.default.list[1].name`: an earlier rule of the set has this name already
    lockgate.yaml:11:9: `rules.default.list[1].categories`: only a rule with `action: redact` has categories
    ");
}

#[test]
fn a_condition_with_an_unknown_variable() {
    insta::assert_snapshot!(fails("rules:\n  default:\n    list:\n      - name: a\n        when: toxic > 0.1 && injecton >= 0.9\n        action: block\n"), @"
    lockgate.yaml:7:30: `rules.default.list[0].when`: unknown variable `injecton`; did you mean `injection`? Known: injection, toxic, pii, signatures, request, route, endpoint, body, prompt
    ");
}

#[test]
fn a_condition_over_several_lines() {
    insta::assert_snapshot!(fails("rules:\n  default:\n    list:\n      - name: a\n        when: |\n          toxic > 0.1\n          && injecton >= 0.9\n        action: block\n"), @"
    lockgate.yaml:9:14: `rules.default.list[0].when`: unknown variable `injecton`; did you mean `injection`? Known: injection, toxic, pii, signatures, request, route, endpoint, body, prompt
    ");
}

#[test]
fn a_condition_that_is_no_cel() {
    insta::assert_snapshot!(fails("rules: { default: { list: [{ name: a, when: \"injection >=\", action: block }] } }\n"), @"
    lockgate.yaml:3:58: `rules.default.list[0].when`: not a CEL expression: it ends too early
    ");
}

#[test]
fn a_condition_with_types_that_do_not_fit() {
    insta::assert_snapshot!(fails("rules: { default: { list: [{ name: a, when: \"injection >= 'high'\", action: block }] } }\n"), @"
    lockgate.yaml:3:45: `rules.default.list[0].when`: the types do not fit: `>=` does not take (double, string)
    ");
}

#[test]
fn a_condition_with_a_variable_of_the_environment() {
    insta::assert_snapshot!(fails("rules: { default: { list: [{ name: a, when: \"route == '${SECRET}'\", action: block }] } }\n"), @"
    lockgate.yaml:3:56: `rules.default.list[0].when`: a condition is not filled in from the environment: `${` has no meaning here
    ");
}

#[test]
fn broken_yaml() {
    insta::assert_snapshot!(fails("listen: [\n"), @"
    lockgate.yaml:3:9: unclosed bracket '['
    ");
}

#[test]
fn a_tab() {
    insta::assert_snapshot!(fails("\tlisten: []\n"), @"
    lockgate.yaml:3:2: while parsing a block mapping, did not find expected key
    ");
}

#[test]
fn two_documents() {
    insta::assert_snapshot!(fails("---\nserver: {}\n"), @"
    lockgate.yaml:3:1: more than one document: a configuration is one
    ");
}

#[test]
fn a_tag() {
    insta::assert_snapshot!(fails("server: !!python/object {}\n"), @"
    lockgate.yaml:3:25: unsupported tag `!!python/object`
    ");
}

#[test]
fn an_alias_bomb() {
    insta::assert_snapshot!(fails("a: &a [x,x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d,*d]\n"), @"
    lockgate.yaml:7:14: more values, anchors or aliases than any configuration needs
    ");
}

#[test]
fn deep_nesting() {
    insta::assert_snapshot!(fails(&format!("a: {}\n", "[".repeat(100))), @"
    lockgate.yaml:3:36: nested too deep
    ");
}
