//! How deep a document of XML is nested: who walks it by calling itself asks first.

use roxmltree::Document;

/// Deeper than anything an editor writes; far from what a stack holds.
pub(crate) const DEEPEST: usize = 200;

/// Whether elements stand deeper in each other than [`DEEPEST`].
pub(crate) fn is_too_deep(document: &Document<'_>) -> bool {
    // Nodes are numbered as they are met, so that a parent's depth is known before its child's.
    let mut depths: Vec<usize> = Vec::new();
    document.root().descendants().any(|node| {
        let above = node.parent().and_then(|parent| depths.get(parent.id().get_usize()));
        let depth = above.map_or(0, |depth| depth + 1);
        depths.push(depth);
        depth > DEEPEST
    })
}
