//! Lines of CSV as a pack holds them: quotes only where they are needed, so that a change of one
//! cell is a change of one line.

/// One line with its end. A cell is one line of text.
pub(crate) fn csv_line<C: AsRef<str>>(cells: impl IntoIterator<Item = C>) -> String {
    let mut line = String::new();
    for (nth, cell) in cells.into_iter().enumerate() {
        let cell = cell.as_ref().replace(['\r', '\n'], " ");
        if nth > 0 {
            line.push(',');
        }
        if cell.contains(['"', ',']) || cell != cell.trim() {
            line.push('"');
            line.push_str(&cell.replace('"', "\"\""));
            line.push('"');
        } else {
            line.push_str(&cell);
        }
    }
    line.push('\n');
    line
}
