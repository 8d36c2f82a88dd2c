//! What no single file can show: names that nothing answers to, states nobody reaches, conditions
//! of the wrong type.

use crate::compile::Draft;

/// Checks a draft; everything wrong goes to its findings.
pub(crate) fn check(draft: &mut Draft) {
    let _ = draft;
}
