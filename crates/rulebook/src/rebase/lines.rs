//! Line by line: stretches between lines that all three texts share.

use super::{Conflict, Merged, Side};
use std::collections::BTreeMap;

/// Most pairs of lines compared; two texts further apart are a conflict as a whole.
const WORK: usize = 4_000_000;

/// Lays three texts together; `None` where they are too far apart to compare.
pub(super) fn merge(texts: [&str; 3], decided: &BTreeMap<String, Side>) -> Option<Merged> {
    let [base, mine, theirs] = texts.map(split);
    let (in_mine, in_theirs) = (matches(&base, &mine)?, matches(&base, &theirs)?);
    let mut merged = Merged { text: Some(String::new()), conflicts: Vec::new() };
    let (mut b, mut m, mut t) = (0, 0, 0);
    loop {
        // The next line that all three share.
        let shared = (b..base.len()).find_map(|at| Some((at, in_mine[at]?, in_theirs[at]?)));
        let (next_b, next_m, next_t) = shared.unwrap_or((base.len(), mine.len(), theirs.len()));
        let stretch = [&base[b..next_b], &mine[m..next_m], &theirs[t..next_t]];
        settle(stretch, b + 1, decided, &mut merged);
        let Some(text) = merged.text.as_mut().filter(|_| shared.is_some()) else { break };
        text.push_str(base[next_b]);
        (b, m, t) = (next_b + 1, next_m + 1, next_t + 1);
    }
    Some(merged)
}

fn split(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn settle(
    [base, mine, theirs]: [&[&str]; 3],
    line: usize,
    decided: &BTreeMap<String, Side>,
    merged: &mut Merged,
) {
    let at = line.to_string();
    let taken = if mine == base || mine == theirs {
        theirs
    } else if theirs == base {
        mine
    } else {
        match decided.get(&at) {
            Some(Side::Mine) => mine,
            Some(Side::Theirs) => theirs,
            None => {
                let shown = |lines: &[&str]| (!lines.is_empty()).then(|| lines.concat());
                merged.conflicts.push(Conflict {
                    at,
                    base: shown(base),
                    mine: shown(mine),
                    theirs: shown(theirs),
                });
                theirs
            }
        }
    };
    if let Some(text) = &mut merged.text {
        text.push_str(&taken.concat());
    }
}

/// For each line of `a` its partner in `b`, in order: a longest common subsequence.
fn matches(a: &[&str], b: &[&str]) -> Option<Vec<Option<usize>>> {
    let head = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let rest = a.len().min(b.len()) - head;
    let tail = a.iter().rev().zip(b.iter().rev()).take(rest).take_while(|(x, y)| x == y).count();
    let (inner_a, inner_b) = (&a[head..a.len() - tail], &b[head..b.len() - tail]);
    let width = inner_b.len() + 1;
    if (inner_a.len() + 1).checked_mul(width)? > WORK {
        return None;
    }
    let mut longest = vec![0_u32; (inner_a.len() + 1) * width];
    for (i, x) in inner_a.iter().enumerate().rev() {
        for (j, y) in inner_b.iter().enumerate().rev() {
            longest[i * width + j] = if x == y {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut partners: Vec<Option<usize>> = (0..head).map(Some).collect();
    let mut j = 0;
    for (i, x) in inner_a.iter().enumerate() {
        while j < inner_b.len()
            && inner_b[j] != *x
            && longest[i * width + j + 1] >= longest[(i + 1) * width + j]
        {
            j += 1;
        }
        if inner_b.get(j) == Some(x) {
            partners.push(Some(head + j));
            j += 1;
        } else {
            partners.push(None);
        }
    }
    partners.extend((b.len() - tail..b.len()).map(Some));
    Some(partners)
}
