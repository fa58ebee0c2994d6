//! Which of several readings of the same characters is kept.

use super::category::Candidate;

/// How often what lost against a loser gets another chance. Each round looks one candidate further, so a finding
/// depends only on the text within a few candidates' lengths.
const ROUNDS: usize = 4;

/// From this score on a reading is preferred to readings of parts of it.
const SURE: f64 = 0.85;

/// Keeps, of candidates that overlap, the better one. The result is sorted by place.
///
/// A candidate loses only against one that is kept, so that whatever was found stays covered. `beside` says which
/// categories stay beside what lies in them, as an address with a mail address in it does.
pub(super) fn settle(mut candidates: Vec<Candidate>, beside: impl Fn(u16) -> bool) -> Vec<Candidate> {
    if candidates.len() < 2 {
        return candidates;
    }
    candidates.sort_by(|a, b| {
        (a.span.start, b.span.end, a.category)
            .cmp(&(b.span.start, a.span.end, b.category))
            .then(b.score.total_cmp(&a.score))
    });
    candidates.dedup_by(|a, b| a.category == b.category && a.span == b.span);
    let mut fate = vec![Fate::Open; candidates.len()];
    for _ in 0..ROUNDS {
        let mut beaten = vec![false; candidates.len()];
        overlaps(&candidates, &fate, &beside, |one, other| {
            let loser = if is_better(at(&candidates, one), at(&candidates, other)) {
                other
            } else {
                one
            };
            if let Some(beaten) = beaten.get_mut(loser) {
                *beaten = true;
            }
        });
        for (fate, beaten) in fate.iter_mut().zip(&beaten) {
            if *fate == Fate::Open && !beaten {
                *fate = Fate::Kept;
            }
        }
        let mut lost = Vec::new();
        overlaps(&candidates, &fate, &beside, |one, other| {
            match (fate.get(one), fate.get(other)) {
                (Some(Fate::Kept), Some(Fate::Open)) => lost.push(other),
                (Some(Fate::Open), Some(Fate::Kept)) => lost.push(one),
                _ => {}
            }
        });
        for loser in &lost {
            if let Some(fate) = fate.get_mut(*loser) {
                *fate = Fate::Lost;
            }
        }
        if !fate.contains(&Fate::Open) {
            break;
        }
    }
    // What is still open after the last round is kept: rather twice than not at all.
    let mut fates = fate.iter();
    candidates.retain(|_| fates.next().is_none_or(|fate| *fate != Fate::Lost));
    candidates
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Open,
    Kept,
    Lost,
}

fn at(candidates: &[Candidate], place: usize) -> Option<&Candidate> {
    candidates.get(place)
}

/// Tells all pairs that overlap and of which neither has lost.
fn overlaps(
    candidates: &[Candidate],
    fate: &[Fate],
    beside: &impl Fn(u16) -> bool,
    mut tell: impl FnMut(usize, usize),
) {
    let is_out = |place: usize| fate.get(place) == Some(&Fate::Lost);
    for (one, candidate) in candidates.iter().enumerate() {
        if is_out(one) {
            continue;
        }
        let rest = candidates.iter().enumerate().skip(one + 1);
        for (other, next) in rest.take_while(|(_, next)| next.span.start < candidate.span.end) {
            let is_within = next.span.end <= candidate.span.end && candidate.category != next.category;
            let stays = is_within
                && (beside(candidate.category) || (beside(next.category) && next.span == candidate.span));
            if !stays && !is_out(other) {
                tell(one, other);
            }
        }
    }
}

/// Whether the first is the better reading: the one that holds the other if it is sure enough, then by score, by the
/// nearer word, by length, by the order of the table.
fn is_better(one: Option<&Candidate>, other: Option<&Candidate>) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        return one.is_some();
    };
    let holds = |outer: &Candidate, inner: &Candidate| {
        let is_longer = outer.span.len() > inner.span.len();
        is_longer
            && outer.span.start <= inner.span.start
            && inner.span.end <= outer.span.end
            && outer.score >= SURE
    };
    if holds(one, other) || holds(other, one) {
        return holds(one, other);
    }
    one.score
        .total_cmp(&other.score)
        .then(other.distance.cmp(&one.distance))
        .then(one.span.len().cmp(&other.span.len()))
        .then(other.category.cmp(&one.category))
        .is_gt()
}
