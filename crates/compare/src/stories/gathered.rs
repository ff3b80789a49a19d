//! Reports that hang together by chains, parted into stories.
//!
//! ```text
//! A – B – C    A and B alike, B and C alike, A and C not  →  A B · C, or all three if they are so on the whole
//! ```
//!
//! The two groups that are most alike become one, again and again, as long as they are one story on
//! the mean of all pairs. Only groups with a link between them are looked at, and the likeness of a
//! group grown is summed from what it grew from, so that two thousand reports take well under a
//! second. Of equals the earlier reports go first, so the order of reading changes nothing.

use super::alike::{Dot, Group, ONE};
use std::collections::{BTreeMap, BinaryHeap};

/// The groups of places in `reports`, by their first place; `linked` are pairs of places.
pub(super) fn gathered(reports: Vec<Group>, linked: &[(usize, usize)]) -> Vec<Vec<usize>> {
    let mut groups: Vec<Option<Group>> = reports.into_iter().map(Some).collect();
    let mut near: Vec<BTreeMap<usize, Dot>> = vec![BTreeMap::new(); groups.len()];
    let mut next: BinaryHeap<(i64, std::cmp::Reverse<(usize, usize)>)> = BinaryHeap::new();
    for &(a, b) in linked {
        let (a, b) = (a.min(b), a.max(b));
        let (Some(Some(x)), Some(Some(y))) = (groups.get(a), groups.get(b)) else { continue };
        let dot = x.dot(y);
        near[a].insert(b, dot);
        near[b].insert(a, dot);
        next.push((x.alike(y, dot), std::cmp::Reverse((a, b))));
    }
    while let Some((alike, std::cmp::Reverse((a, b)))) = next.pop() {
        if alike < ONE {
            break;
        }
        let (Some(x), Some(y)) = (&groups[a], &groups[b]) else { continue };
        let Some(&dot) = near[a].get(&b) else { continue };
        if x.alike(y, dot) != alike {
            continue;
        }
        let (Some(mut grown), Some(taken)) = (groups[a].take(), groups[b].take()) else { continue };
        let (of_a, of_b) = (std::mem::take(&mut near[a]), std::mem::take(&mut near[b]));
        let mut of_grown: BTreeMap<usize, Dot> = BTreeMap::new();
        let others = of_a.keys().chain(of_b.keys()).filter(|&&other| other != a && other != b);
        for &other in others {
            let Some(third) = &groups[other] else { continue };
            let dot = |known: &BTreeMap<usize, Dot>, group: &Group| {
                known.get(&other).copied().unwrap_or_else(|| group.dot(third))
            };
            of_grown.entry(other).or_insert_with(|| dot(&of_a, &grown).and(dot(&of_b, &taken)));
        }
        grown.take(taken, dot);
        // The grown group takes a new number, so that what was known of its parts is passed over.
        let number = groups.len();
        for (&other, &dot) in &of_grown {
            near[other].remove(&a);
            near[other].remove(&b);
            near[other].insert(number, dot);
            if let Some(third) = &groups[other] {
                next.push((third.alike(&grown, dot), std::cmp::Reverse((other, number))));
            }
        }
        groups.push(Some(grown));
        near.push(of_grown);
    }
    let mut gathered: Vec<Vec<usize>> = groups.into_iter().flatten().map(|g| g.members).collect();
    gathered.iter_mut().for_each(|members| members.sort_unstable());
    gathered.sort_unstable();
    gathered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stories::features::Feature;

    fn report(place: usize, words: &[u32]) -> Group {
        let weight = (1_000_000 / words.len() as i64).isqrt();
        let of = |&hash: &u32| Feature { hash, weight, is_name: true };
        Group::of(place, &words.iter().map(of).collect::<Vec<_>>(), None)
    }

    #[test]
    fn a_chain_alone_makes_no_story() {
        let reports: Vec<Group> = (0..6u32)
            .map(|n| report(n as usize, &[10 * n, 10 * n + 1, 10 * n + 10, 10 * n + 11]))
            .collect();
        let linked: Vec<(usize, usize)> = (0..5).map(|n| (n, n + 1)).collect();
        let gathered = gathered(reports, &linked);
        assert_eq!(gathered, [vec![0, 1], vec![2, 3], vec![4, 5]]);
    }

    #[test]
    fn a_large_family_is_gathered_soon() {
        let reports: Vec<Group> = (0..2_000u32)
            .map(|n| {
                let words: Vec<u32> = (0..60).map(|w| (n % 40) * 100 + (w * 7 + n) % 80).collect();
                report(n as usize, &words)
            })
            .collect();
        let linked: Vec<(usize, usize)> =
            (0..2_000).flat_map(|n| (1..33).map(move |m| (n, n + m * 40))).collect();
        assert_eq!(gathered(reports, &linked).len(), 40);
    }
}
