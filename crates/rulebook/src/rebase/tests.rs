use super::{Side, Three, merge};
use proptest::prelude::*;
use std::collections::BTreeMap;

const BASE: &str = "id,clause,a,→b\nx,C-1,1,2\n# kept\ny,C-2,3,4\nz,C-3,5,6\n";

fn three<'t>(base: &'t str, mine: &'t str, theirs: &'t str) -> Three<'t> {
    Three { base: Some(base), mine: Some(mine), theirs: Some(theirs) }
}

#[test]
fn different_rows_of_a_table_do_not_meet() {
    let mine = BASE.replace("3,4", "3,40") + "w,C-4,7,8\n";
    let theirs = BASE.replace("1,2", "1,20").replace("z,C-3,5,6\n", "");
    let merged = merge("tables/t.csv", three(BASE, &mine, &theirs), &BTreeMap::new());
    assert_eq!(merged.conflicts, []);
    let text = "id,clause,a,→b\nx,C-1,1,20\n# kept\ny,C-2,3,40\nw,C-4,7,8\n";
    assert_eq!(merged.text.as_deref(), Some(text));
}

#[test]
fn the_same_row_changed_twice_is_decided_by_a_person() {
    let (mine, theirs) = (BASE.replace("3,4", "3,40"), BASE.replace("3,4", "3,50"));
    let ask = |decided: &BTreeMap<String, Side>| {
        merge("tables/t.csv", three(BASE, &mine, &theirs), decided)
    };
    let open = ask(&BTreeMap::new());
    assert_eq!(open.conflicts.len(), 1);
    assert_eq!(open.conflicts[0].at, "y");
    assert_eq!(open.conflicts[0].mine.as_deref(), Some("y,C-2,3,40"));
    for (side, text) in [(Side::Mine, &mine), (Side::Theirs, &theirs)] {
        let merged = ask(&[("y".to_owned(), side)].into());
        assert_eq!((merged.text.as_ref(), merged.conflicts.len()), (Some(text), 0));
    }
}

#[test]
fn other_files_are_laid_together_line_by_line() {
    let base = "a\nb\nc\nd\ne\n";
    let check = |mine: &str, theirs: &str, text: &str, conflicts: usize| {
        let merged = merge("messages.toml", three(base, mine, theirs), &BTreeMap::new());
        assert_eq!(merged.conflicts.len(), conflicts, "{mine:?} {theirs:?}");
        assert_eq!(merged.text.as_deref(), Some(text), "{mine:?} {theirs:?}");
    };
    check("a\nB\nc\nd\ne\n", "a\nb\nc\nd\nE\n", "a\nB\nc\nd\nE\n", 0);
    check("a\nb\nx\nc\nd\ne\n", "b\nc\nd\ne\n", "b\nx\nc\nd\ne\n", 0);
    check("a\nB\nc\nd\ne\n", "a\nBB\nc\nd\ne\n", "a\nBB\nc\nd\ne\n", 1);
    check("a\nb\nc\n", "a\nb\nc\nd\ne\n", "a\nb\nc\n", 0);
}

#[test]
fn a_file_taken_away_and_changed_is_a_conflict_as_a_whole() {
    let texts = Three { base: Some("a\n"), mine: None, theirs: Some("b\n") };
    let merged = merge("messages.toml", texts, &BTreeMap::new());
    assert_eq!((merged.conflicts.len(), merged.text.as_deref()), (1, Some("b\n")));
    let merged = merge("messages.toml", texts, &[("*".to_owned(), Side::Mine)].into());
    assert_eq!((merged.conflicts.len(), merged.text), (0, None));
}

proptest! {
    #[test]
    fn who_changed_nothing_changes_nothing(
        base in "([ab]\n){0,8}", other in "([abc]\n){0,8}",
    ) {
        let none = BTreeMap::new();
        let theirs = merge("x.toml", three(&base, &base, &other), &none);
        prop_assert_eq!(theirs.text.as_deref(), Some(other.as_str()));
        let mine = merge("x.toml", three(&base, &other, &base), &none);
        prop_assert_eq!(mine.text.as_deref(), Some(other.as_str()));
        let both = merge("x.toml", three(&base, &other, &other), &none);
        prop_assert_eq!(both.text.as_deref(), Some(other.as_str()));
        prop_assert!(both.conflicts.is_empty());
    }

    #[test]
    fn any_three_texts_are_laid_together(
        base in "([ab]\n){0,8}", mine in "([abc]\n){0,8}", theirs in "([abd]\n){0,8}",
    ) {
        let merged = merge("x.toml", three(&base, &mine, &theirs), &BTreeMap::new());
        let decided = merged.conflicts.iter().map(|c| (c.at.clone(), Side::Mine)).collect();
        let merged = merge("x.toml", three(&base, &mine, &theirs), &decided);
        prop_assert!(merged.conflicts.is_empty());
        let text = merged.text.unwrap_or_default();
        let known = |line: &str| [&base, &mine, &theirs].iter().any(|t| t.contains(line));
        prop_assert!(text.split_inclusive('\n').all(known));
    }
}
