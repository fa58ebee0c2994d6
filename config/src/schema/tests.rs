use serde_json::Value;

use super::schema;
use crate::yaml::{self, Node};

/// Follows `$ref`, and the first alternative of an optional value.
fn resolve<'a>(root: &'a Value, mut part: &'a Value) -> &'a Value {
    loop {
        part = match (part.get("$ref").and_then(Value::as_str), part.get("anyOf")) {
            (Some(reference), _) => root.pointer(reference.trim_start_matches('#')).unwrap(),
            (None, Some(alternatives)) => &alternatives[0],
            (None, None) => return part,
        };
    }
}

/// Asserts that the schema describes every key of a tree.
fn describes(root: &Value, part: &Value, node: &Node, path: &str) {
    let part = resolve(root, part);
    match &node.value {
        yaml::Value::Map(entries) => {
            for (key, value) in entries {
                let path = format!("{path}.{}", key.text);
                let known = part["properties"]
                    .get(&key.text)
                    .or(part.get("additionalProperties"));
                let known = known.filter(|known| !known.is_boolean());
                describes(
                    root,
                    known.unwrap_or_else(|| panic!("{path} is not in the schema")),
                    value,
                    &path,
                );
            }
        }
        yaml::Value::List(items) => items
            .iter()
            .for_each(|item| describes(root, &part["items"], item, path)),
        _ => {}
    }
}

#[test]
fn every_key_of_the_example_is_described() {
    let schema = schema();
    describes(&schema, &schema, &yaml::parse(crate::QUICKSTART).unwrap(), "");
    let rules = schema.pointer("/$defs/RuleSet").unwrap();
    describes(&schema, rules, &yaml::parse(crate::DEFAULT_RULES).unwrap(), "");
}

#[test]
fn everything_has_a_description_and_nothing_else_is_allowed() {
    let schema = schema();
    let definitions = schema["$defs"].as_object().unwrap();
    for (name, part) in definitions.iter().chain([(&"Config".to_owned(), &schema)]) {
        for (key, property) in part["properties"].as_object().into_iter().flatten() {
            let described = property
                .get("description")
                .or(resolve(&schema, property).get("description"));
            assert!(described.is_some(), "{name}.{key} has no description");
        }
        if part.get("properties").is_some() {
            assert_eq!(part["additionalProperties"], false, "{name}");
        }
    }
    assert_eq!(schema["required"], serde_json::json!(["upstreams", "routes"]));
}

#[test]
fn units_are_patterns() {
    let schema = schema();
    insta::assert_json_snapshot!([&schema["$defs"]["Duration"], &schema["$defs"]["ByteSize"]], @r#"
    [
      {
        "description": "A length of time with its unit.",
        "examples": [
          "10s"
        ],
        "pattern": "^[0-9]+(ms|s|m|h)$",
        "type": [
          "string"
        ]
      },
      {
        "description": "A number of bytes.",
        "examples": [
          "4MiB"
        ],
        "pattern": "^[0-9]+(B|KiB|MiB|GiB)?$",
        "type": [
          "string",
          "integer"
        ]
      }
    ]
    "#);
}
