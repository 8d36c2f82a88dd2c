//! "Did you mean": the nearest known names.

/// Ends of a sentence, Chinese and English, that name the known names nearest to `name`, or all of
/// them when they are few, or nothing.
pub(crate) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> (String, String) {
    let mut known: Vec<(usize, &str)> = known.map(|k| (distance(name, k), k)).collect();
    known.sort_unstable();
    let most = (name.chars().count() / 3).max(2);
    let near: Vec<&str> = known
        .iter()
        .filter(|(distance, k)| *distance <= most || k.contains(name) || name.contains(k))
        .map(|(_, k)| *k)
        .take(3)
        .collect();
    if !near.is_empty() {
        let list = near.join(", ");
        return (format!("；是不是 {list}？"), format!("; did you mean {list}?"));
    }
    if known.is_empty() || known.len() > 12 {
        return (String::new(), String::new());
    }
    known.sort_unstable_by_key(|(_, k)| *k);
    let list = known.iter().map(|(_, k)| *k).collect::<Vec<_>>().join(", ");
    (format!("；可用的有 {list}"), format!("; known are {list}"))
}

/// Levenshtein distance by characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let change = corner + usize::from(ca != *cb);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
