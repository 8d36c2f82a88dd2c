//! `docs/errors.md` from `errors.toml`: what a code means and what to do about it.

use std::fmt::Write as _;

/// The page for the registry's text: one table per kind of code (`[[problem]]`, `[[finding]]`…).
pub fn page(registry: &str) -> Result<String, String> {
    let table: toml::Table = registry.parse().map_err(|error| format!("errors.toml: {error}"))?;
    let mut page = String::from(
        "# Codes\n\nWritten by `cargo xtask codegen` from `errors.toml`. A code never changes its \
         meaning; its sentences may become better.\n",
    );
    for (kind, entries) in &table {
        let Some(entries) = entries.as_array() else {
            return Err(format!("errors.toml: `{kind}` is not a list of codes: write [[{kind}]]"));
        };
        let _ = write!(
            page,
            "\n## {kind}\n\n| code | 中文 | 怎么办 | English | what to do |\n\
                |---|---|---|---|---|\n"
        );
        for entry in entries {
            page.push_str(&row(kind, entry)?);
        }
    }
    Ok(page)
}

fn row(kind: &str, entry: &toml::Value) -> Result<String, String> {
    let Some(code) = entry.get("code").and_then(toml::Value::as_str) else {
        return Err(format!("errors.toml: a [[{kind}]] has no `code`"));
    };
    // A problem's status is what a program goes by, so it stands with the code.
    let status = entry.get("status").map(|status| format!(" ({status})")).unwrap_or_default();
    let said = |key: &str, language: &str| {
        let text = entry.get(key).and_then(|said| said.get(language));
        text.and_then(toml::Value::as_str)
            .filter(|text| !text.trim().is_empty())
            .map(|text| text.replace('|', "\\|"))
            .ok_or_else(|| format!("errors.toml: `{code}` has no {key} in `{language}`"))
    };
    let (zh, en) = (said("title", "zh")?, said("title", "en")?);
    let (remedy_zh, remedy_en) = (said("remedy", "zh")?, said("remedy", "en")?);
    Ok(format!("| `{code}`{status} | {zh} | {remedy_zh} | {en} | {remedy_en} |\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_has_both_languages() {
        let check = |entry: &str, expect: Result<&str, &str>| {
            let got = page(&format!("[[problem]]\n{entry}"));
            let last = got.as_deref().map(|page| page.lines().last().unwrap_or_default());
            assert_eq!(last.map_err(String::as_str), expect, "{entry}");
        };
        let title = "code = \"gone\"\nstatus = 410\ntitle = { zh = \"没了\", en = \"Gone\" }";
        check(
            &format!("{title}\nremedy = {{ zh = \"再找\", en = \"Look again\" }}"),
            Ok("| `gone` (410) | 没了 | 再找 | Gone | Look again |"),
        );
        check(title, Err("errors.toml: `gone` has no remedy in `zh`"));
        check(
            "code = \"gone\"\ntitle = { en = \"Gone\" }",
            Err("errors.toml: `gone` has no title in `zh`"),
        );
        check("status = 410", Err("errors.toml: a [[problem]] has no `code`"));
    }
}
