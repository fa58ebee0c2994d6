use super::*;

fn sample() -> serde_json::Value {
    let hash = "0".repeat(64);
    serde_json::json!({
        "name": "guard", "version": "1", "license": "Apache-2.0", "encoder": "none",
        "files": {
            "guard.onnx": { "sha256": hash, "bytes": 3 },
            "tokenizer.json": { "sha256": hash, "bytes": 2 },
        },
        "inputs": ["input_ids", "attention_mask"], "output": "logits",
        "window": { "tokens": 128, "overlap": 32 },
        "labels": [{ "name": "injection", "temperature": 1.5, "threshold": 0.9 }],
        "training": { "anything": ["goes", 1] },
    })
}

fn parse(value: &serde_json::Value) -> Result<Manifest, String> {
    Manifest::parse(value.to_string().as_bytes())
}

#[test]
fn a_whole_manifest_is_read() {
    let manifest = parse(&sample()).unwrap();
    assert_eq!(manifest.labels.len(), 1);
    assert_eq!(
        manifest.window,
        WindowSize {
            tokens: 128,
            overlap: 32
        }
    );
}

#[test]
fn what_is_wrong_is_named() {
    let cases: [(&str, serde_json::Value, &str); 11] = [
        ("/extra", serde_json::json!(1), "unknown field `extra`"),
        (
            "/files/guard.onnx/sha256",
            serde_json::json!("ABC"),
            "sha256 of guard.onnx",
        ),
        (
            "/files/..%2Fguard",
            serde_json::json!({"sha256": "0".repeat(64), "bytes": 1}),
            "plain file name",
        ),
        ("/inputs", serde_json::json!(["input_ids"]), "`inputs` names 1"),
        (
            "/window/tokens",
            serde_json::json!(4096),
            "`window.tokens` is 4096",
        ),
        (
            "/window/overlap",
            serde_json::json!(100),
            "`window.overlap` is 100",
        ),
        ("/labels", serde_json::json!([]), "`labels` has 0"),
        (
            "/labels/0/temperature",
            serde_json::json!(0.0),
            "temperature of injection",
        ),
        (
            "/labels/0/threshold",
            serde_json::json!(1.5),
            "threshold of injection",
        ),
        ("/labels/0/name", serde_json::json!(""), "is empty or used twice"),
        ("/name", serde_json::Value::Null, "invalid type: null"),
    ];
    for (pointer, value, expected) in cases {
        let mut manifest = sample();
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match manifest.pointer_mut(parent).unwrap() {
            serde_json::Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
            object => object[key] = value,
        }
        let message = parse(&manifest).unwrap_err();
        assert!(message.contains(expected), "{pointer}: {message}");
    }
}

#[test]
fn a_file_name_cannot_leave_the_folder() {
    for name in ["../guard.onnx", "a/b", "a\\b", "..", ".hidden", "c:x", ""] {
        assert!(!is_plain_name(name), "{name}");
    }
    assert!(is_plain_name("guard.onnx"));
}

#[test]
fn a_probability_is_the_sigmoid_of_the_scaled_logit() {
    let label = Label {
        name: "x".to_owned(),
        temperature: 2.0,
        threshold: 0.5,
    };
    assert!((label.probability(0.0) - 0.5).abs() < 1e-7);
    assert!((label.probability(2.0) - 0.731_058_6).abs() < 1e-6);
    assert!(label.probability(-1e30) >= 0.0 && label.probability(1e30) <= 1.0);
}
