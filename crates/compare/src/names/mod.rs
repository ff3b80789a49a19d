//! Names.

/// Letters to change, put in or leave out to make the one word of the other.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut slant = row[0];
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let change = slant + usize::from(x != y);
            slant = row[j + 1];
            row[j + 1] = change.min(slant + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
