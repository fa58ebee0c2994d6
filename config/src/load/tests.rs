//! One test for each kind of mistake, with its whole message.

mod mistakes;
mod rate_limits;
mod secrets;

use proptest::prelude::*;

use crate::{Action, Config, parse};

/// What every configuration has to have; tests add the rest.
const BASE: &str = r#"upstreams: { demo: { url: "http://127.0.0.1:8081" } }
routes: [{ name: demo, upstream: demo }]
"#;

fn env(name: &str) -> Option<String> {
    match name {
        "SECRET" => Some("s3cret-value".to_owned()),
        "EVIL" => Some("x\nadmin: { token: y }".to_owned()),
        "SEVEN" => Some("7".to_owned()),
        _ => None,
    }
}

/// The error of a text after the base; the base has two lines.
fn fails(text: &str) -> String {
    fails_alone(&format!("{BASE}{text}"))
}

fn fails_alone(text: &str) -> String {
    parse(text, "lockgate.yaml", &env).unwrap_err().to_string()
}

fn works(text: &str) -> Config {
    parse(&format!("{BASE}{text}"), "lockgate.yaml", &env).unwrap()
}

#[test]
fn what_is_left_out_has_its_default() {
    let config = works("");
    assert_eq!(config.listen[0].address.to_string(), "127.0.0.1:8080");
    assert_eq!(config.limits, crate::Limits::default());
    assert_eq!(config.rules["default"], crate::RuleSet::default());
    assert_eq!(config.route("any", "/v1").unwrap().name, "demo");
    assert_eq!(
        config,
        works("limits: {}\nadmin: {}\nserver: {}\nscanner: { model: {} }\n")
    );
}

#[test]
fn the_built_in_rules_are_those_of_the_example() {
    let built_in = crate::RuleSet::default();
    assert_eq!(built_in.list.len(), 4);
    assert_eq!(built_in, Config::demo().unwrap().rules["default"]);
    assert_eq!(built_in.list[0].action, Action::Block);
}

#[test]
fn a_set_without_a_list_has_the_built_in_rules_and_an_empty_list_none() {
    let config = works("rules: { default: { on_error: closed }, none: { list: [] } }\n");
    assert_eq!(config.rules["default"].list, crate::RuleSet::default().list);
    assert!(config.rules["none"].list.is_empty());
}

#[test]
fn the_environment_gives_values_of_any_type_and_never_yaml() {
    let config = works(
        "server: { threads: \"${SEVEN}\" }\nadmin: { token: \"${EVIL:-}x\" }\n"
            .replace("EVIL", "NONE")
            .as_str(),
    );
    assert_eq!(config.server.threads, 7);
    let config = works("logging: { prompts: \"${NONE:-true}\" }\nlimits: { body_bytes: \"${SEVEN}KiB\" }\n");
    assert!(config.logging.prompts);
    assert_eq!(config.limits.body_bytes, crate::ByteSize::kib(7));
    // A line break from the environment stays inside its value.
    let error = fails("admin: { token: \"${EVIL}\" }\n");
    assert!(error.contains("visible ASCII"), "{error}");
}

#[test]
fn anchors_and_merges_work() {
    let config = works("listen: [&a { address: 127.0.0.1:1 }, { <<: *a, address: 127.0.0.1:2 }]\n");
    assert_eq!(config.listen.len(), 2);
}

#[test]
fn paths_are_relative_to_the_file() {
    let folder = std::env::temp_dir().join(format!("lockgate-config-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("lockgate.yaml");
    std::fs::write(
        &file,
        format!("{BASE}scanner: {{ model: {{ directory: m, library: /x/y.so }} }}\n"),
    )
    .unwrap();
    let model = crate::load(&file).unwrap().scanner.model;
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(model.directory, Some(folder.join("m")));
    assert_eq!(model.library, Some("/x/y.so".into()));
    assert!(
        crate::load(&file)
            .unwrap_err()
            .to_string()
            .contains("cannot be opened")
    );
}

proptest! {
    #[test]
    fn any_yaml_like_text_is_safe(text in "(upstreams|routes|rules|limits|when|&a|\\*a|<<|\\$\\{|[-:,\\[\\]{}'\"|>#%!?@`~\t\n é0-9a-c ]){0,60}") {
        let _ = parse(&text, "lockgate.yaml", &env);
    }

    #[test]
    fn any_value_is_safe(key in "(listen|admin|limits|scanner|rules|logging|discovery|server)", value in "\\PC{0,40}") {
        let _ = parse(&format!("{BASE}{key}: {value}\n"), "lockgate.yaml", &env);
    }
}
