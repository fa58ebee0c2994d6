//! How a budget is divided when there is more to score than a call may cost.
//!
//! Nothing is cut off at the end: an attacker would put the attack there. What is left out lies between
//! the parts that are scored, and the answer says `truncated`.

/// `count` places spread evenly over `0..total`, with the first and the last among them.
pub(crate) fn spread(total: usize, count: usize) -> Vec<usize> {
    match (total, count) {
        (0, _) | (_, 0) => Vec::new(),
        (_, 1) => vec![0],
        (total, count) if count >= total => (0..total).collect(),
        (total, count) => (0..count).map(|i| i * (total - 1) / (count - 1)).collect(),
    }
}

/// Divides `budget` over `wants`: small wants are met in full, large ones share the rest equally.
pub(crate) fn share(wants: &[usize], budget: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..wants.len()).collect();
    order.sort_by_key(|&index| wants.get(index).copied().unwrap_or(0));
    let mut shares = vec![0; wants.len()];
    let (mut left, mut claimants) = (budget, wants.len());
    for index in order {
        let want = wants.get(index).copied().unwrap_or(0);
        let given = want.min(left.checked_div(claimants).unwrap_or(0));
        if let Some(share) = shares.get_mut(index) {
            *share = given;
        }
        left -= given;
        claimants -= 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_and_last_are_always_there() {
        assert_eq!(spread(10, 3), [0, 4, 9]);
        assert_eq!(spread(3, 10), [0, 1, 2]);
        assert_eq!(spread(5, 1), [0]);
        assert_eq!(spread(0, 4), [0usize; 0]);
        for total in 2..60 {
            for count in 2..total {
                let places = spread(total, count);
                assert_eq!(
                    (places.len(), places[0], places[count - 1]),
                    (count, 0, total - 1)
                );
                assert!(places.windows(2).all(|pair| pair[0] < pair[1]), "{places:?}");
            }
        }
    }

    #[test]
    fn small_wants_are_met_and_large_ones_share() {
        assert_eq!(share(&[1, 100, 2, 50], 23), [1, 10, 2, 10]);
        assert_eq!(share(&[5, 5], 100), [5, 5]);
        assert_eq!(share(&[0, 7, 0], 3), [0, 3, 0]);
        assert_eq!(share(&[], 3), [0usize; 0]);
    }

    #[test]
    fn a_budget_is_never_exceeded() {
        for budget in 0..40 {
            let shares = share(&[9, 3, 0, 30, 1], budget);
            assert_eq!(shares.iter().sum::<usize>(), budget.min(43));
        }
    }
}
