//! `docs/errors.md` from `errors.toml`: what a code means and what to do about it.

use std::fmt::Write as _;

/// The page for the registry's text.
pub fn page(registry: &str) -> Result<String, String> {
    let table: toml::Table = registry.parse().map_err(|error| format!("errors.toml: {error}"))?;
    let mut page = String::from(
        "# Codes\n\nWritten by `cargo xtask codegen` from `errors.toml`. A code never changes its \
         meaning; its sentences may become better.\n",
    );
    for (section, entries) in &table {
        let Some(entries) = entries.as_table() else {
            return Err(format!("errors.toml: `{section}` is not a table of codes"));
        };
        let _ = write!(
            page,
            "\n## {section}\n\n| code | status | 中文 | English |\n|---|---|---|---|\n"
        );
        for (code, entry) in entries {
            let text = |key: &str| {
                entry.get(key).and_then(toml::Value::as_str).unwrap_or("").replace('|', "\\|")
            };
            let status = entry.get("status").map(ToString::to_string).unwrap_or_default();
            let _ = writeln!(page, "| `{code}` | {status} | {} | {} |", text("zh"), text("en"));
        }
    }
    Ok(page)
}
