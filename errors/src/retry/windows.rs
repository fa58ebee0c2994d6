//! What several windows of a rate limit say together.

/// The waits of all windows, summed up as they are read.
#[derive(Debug, Default)]
pub(super) struct Windows {
    /// The longest wait for a window of which nothing remains.
    spent: Option<f64>,
    /// The shortest wait for a window that does not say what remains.
    unknown: Option<f64>,
    /// Whether some window says what remains.
    told: bool,
}

impl Windows {
    /// A window that ends in `reset` seconds, with so much of it left.
    pub(super) fn add(&mut self, reset: f64, remaining: Option<f64>) {
        match remaining {
            Some(remaining) => {
                self.told = true;
                if remaining <= 0.0 {
                    self.spent = Some(self.spent.map_or(reset, |longest| longest.max(reset)));
                }
            }
            None => self.unknown = Some(self.unknown.map_or(reset, |shortest| shortest.min(reset))),
        }
    }

    /// Seconds to wait, if the windows say it.
    pub(super) fn wait(&self) -> Option<f64> {
        self.spent.or(self.unknown.filter(|_| !self.told))
    }
}
