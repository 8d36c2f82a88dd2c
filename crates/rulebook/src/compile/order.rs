//! Parents before children.

use crate::Finding;
use crate::load::Pack;
use std::collections::BTreeSet;

/// A pack's place in the order, with all its ancestors.
#[derive(Debug, Clone)]
pub(super) struct Ordered {
    /// Index among the packs given.
    pub pack: usize,
    /// Indexes of its parents, their parents and so on.
    pub ancestors: BTreeSet<usize>,
}

/// Orders packs parents first; a parent that is not there and a circle are findings.
pub(super) fn order(packs: &[Pack], findings: &mut Vec<Finding>) -> Vec<Ordered> {
    let mut sorter = Sorter { packs, findings, done: Vec::new(), open: Vec::new() };
    for (index, pack) in packs.iter().enumerate() {
        if let Some(other) = packs[..index].iter().find(|other| other.id == pack.id) {
            sorter.findings.push(Finding::error(
                "duplicate-pack",
                pack.places.of(&format!("pack/{}/id", pack.id)),
                format!("“{}”和“{}”都叫 {}", other.dir, pack.dir, pack.id),
                format!("`{}` and `{}` are both called {}", other.dir, pack.dir, pack.id),
            ));
        }
    }
    // The law stands below every company, so that the last pack is the company's own.
    let (laws, others): (Vec<usize>, Vec<usize>) =
        (0..packs.len()).partition(|index| packs[*index].law.is_some());
    for index in laws.into_iter().chain(others) {
        sorter.visit(index);
    }
    sorter.done
}

struct Sorter<'a> {
    packs: &'a [Pack],
    findings: &'a mut Vec<Finding>,
    done: Vec<Ordered>,
    open: Vec<usize>,
}

impl Sorter<'_> {
    /// Its ancestors; empty for a pack in a circle, which was reported.
    fn visit(&mut self, index: usize) -> BTreeSet<usize> {
        if let Some(done) = self.done.iter().find(|done| done.pack == index) {
            return done.ancestors.clone();
        }
        let pack = &self.packs[index];
        let at = || pack.places.of(&format!("pack/{}/extends", pack.id));
        if self.open.contains(&index) {
            self.findings.push(Finding::error(
                "parent-circle",
                at(),
                format!("{} 通过 extends 继承了自己", pack.id),
                format!("{} extends itself in a circle", pack.id),
            ));
            return BTreeSet::new();
        }
        self.open.push(index);
        let mut ancestors = BTreeSet::new();
        for parent in pack.info.iter().flat_map(|info| &info.extends) {
            let Some(found) = self.packs.iter().position(|other| other.id == *parent) else {
                self.findings.push(Finding::error(
                    "unknown-parent",
                    at(),
                    format!("继承的制度包“{parent}”不在旁边的文件夹里"),
                    format!("the parent pack `{parent}` is not among the folders beside this one"),
                ));
                continue;
            };
            ancestors.insert(found);
            ancestors.extend(self.visit(found));
        }
        self.open.pop();
        ancestors.remove(&index);
        self.done.push(Ordered { pack: index, ancestors: ancestors.clone() });
        ancestors
    }
}
