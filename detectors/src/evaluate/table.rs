//! What an evaluation says, as text.

use std::collections::BTreeSet;

use super::{Evaluation, LABELS, Labelled, Tally, places};
use crate::PiiMatch;

impl Evaluation {
    /// All figures as a table in Markdown.
    #[must_use]
    pub fn table(&self) -> String {
        let mut text =
            String::from("| label | labelled | precision | recall | F1 |\n|---|---:|---:|---:|---:|\n");
        let line = |name: &str, tally: &Tally| {
            let (precision, recall, f1) = (tally.precision(), tally.recall(), tally.f1());
            format!(
                "| {name} | {} | {precision:.4} | {recall:.4} | {f1:.4} |\n",
                tally.right + tally.missed
            )
        };
        let mut all = Tally::default();
        for (name, tally) in &self.labels {
            text += &line(name, tally);
            all.right += tally.right;
            all.wrong += tally.wrong;
            all.missed += tally.missed;
        }
        text += &line("all", &all);
        let seconds = self.took.as_secs_f64().max(1e-9);
        text += &format!(
            "\n{} texts, {:.1} MB: {:.0} texts and {:.1} MB a second on one core.\n",
            self.texts,
            self.bytes as f64 / 1e6,
            self.texts as f64 / seconds,
            self.bytes as f64 / 1e6 / seconds,
        );
        let join = |counts: Vec<String>| {
            if counts.is_empty() {
                "none".to_owned()
            } else {
                counts.join(", ")
            }
        };
        let unscored = self
            .unscored
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        let unlabelled = self
            .unlabelled
            .iter()
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        text += &format!(
            "\nLabels without a form: {}.\n\nFound, without a label: {}.\n",
            join(unscored),
            join(unlabelled)
        );
        text
    }
}

/// Where labels and findings of one label differ: `missed` or `excess`, and the text around it.
#[must_use]
pub fn differences(label: &str, labelled: &Labelled, found: &[PiiMatch]) -> Vec<String> {
    let places = places(&labelled.text);
    let byte = |place: usize| places.get(place).copied().unwrap_or(labelled.text.len());
    let categories = LABELS
        .iter()
        .find(|(known, _)| *known == label)
        .map_or(&[][..], |(_, categories)| categories);
    let labels: BTreeSet<_> = labelled
        .spans
        .iter()
        .filter(|one| one.name == label)
        .map(|one| (byte(one.start), byte(one.end)))
        .collect();
    let found: BTreeSet<_> = found
        .iter()
        .filter(|one| categories.contains(&one.category))
        .map(|one| (one.span.start, one.span.end))
        .collect();
    let show = |word: &str, (start, end): (usize, usize)| {
        let text = &labelled.text;
        let before = text
            .get(text.floor_char_boundary(start.saturating_sub(40))..start)
            .unwrap_or_default();
        let after = text
            .get(end..text.ceil_char_boundary((end + 20).min(text.len())))
            .unwrap_or_default();
        format!(
            "{word}: {before}«{}»{after}",
            text.get(start..end).unwrap_or_default()
        )
        .replace('\n', "⏎")
    };
    let missed = labels.difference(&found).map(|span| show("missed", *span));
    missed
        .chain(found.difference(&labels).map(|span| show("excess", *span)))
        .collect()
}
