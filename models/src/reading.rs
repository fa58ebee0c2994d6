//! One call: texts in, scores out. A plain function, so that it can be tested without threads.

use crate::{
    Label, ModelError, Score, Scorer, Scores, WindowSize,
    budget::{share, spread},
    pieces::sample,
    tokens::{Run, TextTokenizer},
    windows::{cut, window},
};
use std::{iter, ops::Range};

/// Bytes of a part, where a text is too long to be tokenized as a whole: about one window.
const PART: usize = 512;

/// What it takes to read a text, but for the engine.
pub(crate) struct Reader {
    pub(crate) tokenizer: TextTokenizer,
    pub(crate) size: WindowSize,
    pub(crate) labels: Vec<Label>,
    pub(crate) max_windows: usize,
    pub(crate) max_bytes: usize,
}

/// A text on its way through a call.
struct Reading {
    runs: Vec<Run>,
    /// Windows as (run, tokens).
    windows: Vec<(usize, Range<usize>)>,
    scores: Scores,
}

impl Reader {
    /// Scores texts within the budgets; `go_on` is asked before each piece of work and ends the call by an error.
    pub(crate) fn score(
        &self,
        scorer: &mut dyn Scorer,
        texts: &[String],
        go_on: &dyn Fn() -> Result<(), ModelError>,
    ) -> Result<Vec<Scores>, ModelError> {
        let mut readings = self.tokenize(texts, go_on)?;
        let wants: Vec<usize> = readings.iter().map(|reading| reading.windows.len()).collect();
        for (reading, count) in readings.iter_mut().zip(share(&wants, self.max_windows)) {
            reading.scores.truncated |= count < reading.windows.len();
            for index in spread(reading.windows.len(), count) {
                let Some((run, place)) = reading.windows.get(index).cloned() else {
                    continue;
                };
                let Some(run) = reading.runs.get(run) else {
                    continue;
                };
                go_on()?;
                let window = window(&self.tokenizer, run, place);
                // One window at a time: an int8 model scales its activations over the whole batch, so the
                // score of a text would depend on its neighbours.
                let rows = scorer.score(std::slice::from_ref(&window))?;
                let row = rows.first().map_or(&[] as &[f32], Vec::as_slice);
                self.note(&mut reading.scores, row, &window.span, scorer.name())?;
            }
        }
        Ok(readings.into_iter().map(|reading| reading.scores).collect())
    }

    /// Tokens of as much of the texts as the budget of bytes allows, cut into windows.
    fn tokenize(
        &self,
        texts: &[String],
        go_on: &dyn Fn() -> Result<(), ModelError>,
    ) -> Result<Vec<Reading>, ModelError> {
        let filled: Vec<usize> = (0..texts.len())
            .filter(|&i| texts.get(i).is_some_and(|t| !t.is_empty()))
            .collect();
        // No text gets less than one window, so with more texts than windows some are left out whole.
        let chosen: Vec<usize> = spread(filled.len(), self.max_windows)
            .into_iter()
            .filter_map(|i| filled.get(i).copied())
            .collect();
        let lengths: Vec<usize> = chosen
            .iter()
            .map(|&i| texts.get(i).map_or(0, String::len))
            .collect();
        let mut shares = vec![0; texts.len()];
        for (&index, bytes) in chosen.iter().zip(share(&lengths, self.max_bytes)) {
            if let Some(share) = shares.get_mut(index) {
                *share = bytes;
            }
        }
        texts
            .iter()
            .zip(shares)
            .map(|(text, bytes)| self.read(text, bytes, go_on))
            .collect()
    }

    fn read(
        &self,
        text: &str,
        bytes: usize,
        go_on: &dyn Fn() -> Result<(), ModelError>,
    ) -> Result<Reading, ModelError> {
        let parts = match bytes {
            0 => Vec::new(),
            whole if whole >= text.len() => iter::once(0..text.len()).collect(),
            // Never fewer than two, so that the end is among them.
            some => {
                let count = (some / PART).max(2);
                sample(text, count, some / count)
            }
        };
        let special = self.tokenizer.before.len() + self.tokenizer.after.len();
        let (mut runs, mut windows) = (Vec::new(), Vec::new());
        for part in parts {
            let run = self.tokenizer.encode(text, part, go_on)?;
            let index = runs.len();
            windows.extend(
                cut(run.ids.len(), self.size, special)
                    .into_iter()
                    .map(|place| (index, place)),
            );
            runs.push(run);
        }
        let nothing = |label: &Label| Score {
            label: label.name.clone(),
            score: 0.0,
            span: 0..0,
        };
        let labels = self.labels.iter().map(nothing).collect();
        Ok(Reading {
            runs,
            windows,
            scores: Scores {
                labels,
                windows: 0,
                truncated: bytes < text.len(),
            },
        })
    }

    /// Keeps the highest probability of each label.
    fn note(
        &self,
        scores: &mut Scores,
        logits: &[f32],
        span: &Range<usize>,
        engine: &'static str,
    ) -> Result<(), ModelError> {
        if logits.len() != self.labels.len() || logits.iter().any(|logit| logit.is_nan()) {
            let message = format!(
                "expected {} numbers from the model, got {logits:?}",
                self.labels.len()
            );
            return Err(ModelError::Engine { engine, message });
        }
        for ((best, label), &logit) in scores.labels.iter_mut().zip(&self.labels).zip(logits) {
            let probability = label.probability(logit);
            if scores.windows == 0 || probability > best.score {
                best.score = probability;
                best.span = span.clone();
            }
        }
        scores.windows += 1;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
