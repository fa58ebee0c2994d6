use std::sync::Mutex;

use lockgate_models::{Label, Score, Scores};
use proptest::prelude::*;

use super::*;

/// Says 0.95 for texts with "attack", 0.8 for those with "rude", 0.1 for all others.
pub(crate) struct Fake {
    pub(crate) labels: Vec<Label>,
    pub(crate) error: Option<ModelError>,
    pub(crate) truncated: bool,
    /// Every text that it was asked for.
    pub(crate) asked: Mutex<Vec<String>>,
}

impl Fake {
    pub(crate) fn new() -> Self {
        let label = |name: &str, threshold| Label {
            name: name.to_owned(),
            temperature: 1.0,
            threshold,
        };
        let labels = vec![label("injection", 0.5), label("toxic", 0.8)];
        Self {
            labels,
            error: None,
            truncated: false,
            asked: Mutex::default(),
        }
    }

    pub(crate) fn score(&self, texts: &[String]) -> Result<Vec<Scores>, ModelError> {
        self.asked.lock().unwrap().extend(texts.iter().cloned());
        if let Some(error) = &self.error {
            return Err(error.clone());
        }
        let label = |name: &str, word: &str, high: f32, text: &String| Score {
            label: name.to_owned(),
            score: if text.contains(word) { high } else { 0.1 },
            span: 0..text.len(),
        };
        let of_text = |text| Scores {
            labels: vec![
                label("injection", "attack", 0.95, text),
                label("toxic", "rude", 0.8, text),
            ],
            windows: 1,
            truncated: self.truncated,
        };
        Ok(texts.iter().map(of_text).collect())
    }
}

#[test]
fn the_threshold_lies_at_nine_tenths() {
    for threshold in [0.05, 0.3, 0.5, 0.73, 0.9, 0.987_654, 1.0] {
        assert!(calibrate(threshold, threshold) >= 0.9, "{threshold}");
        assert!(calibrate(threshold.next_down(), threshold) < 0.9, "{threshold}");
    }
    assert_eq!(calibrate(0.0, 0.5), 0.0);
    assert_eq!(calibrate(0.25, 0.5), 0.45);
    assert_eq!(calibrate(0.75, 0.5), 0.95);
    assert_eq!(calibrate(1.0, 0.5), 1.0);
    assert_eq!(calibrate(0.0, 0.0), 0.9);
    assert_eq!(calibrate(f32::NAN, 0.5), 1.0);
}

#[test]
fn every_failure_has_a_code() {
    assert_eq!(
        failure(&ModelError::QueueFull { capacity: 1 }).code,
        "model_queue_full"
    );
    assert_eq!(failure(&ModelError::Deadline).code, "model_deadline");
    assert_eq!(
        failure(&ModelError::Tokenizer("x".to_owned())).code,
        "model_failed"
    );
}

proptest! {
    #[test]
    fn calibration_keeps_the_order(a in 0.0f32..=1.0, b in 0.0f32..=1.0, threshold in 0.0f32..=1.0) {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        prop_assert!(calibrate(low, threshold) <= calibrate(high, threshold));
        prop_assert!((0.0..=1.0).contains(&calibrate(a, threshold)));
    }
}
