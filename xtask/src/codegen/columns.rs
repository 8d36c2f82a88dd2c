//! `docs/rulebook/reference/csv.md`: which columns each CSV of a pack has, read from the loader.
//!
//! The loader says which columns a sheet needs and may have (`rows`), and which words a column
//! takes (`word`); the type a row is read into says what a column means. A column that no key of
//! the type explains is a sentence, never a page that says less.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use syn::visit::Visit;

use super::shape::{Body, Field, Shapes};

/// Where the sheets are read.
const LOADER: &str = "crates/rulebook/src/load/catalog.rs";

/// Columns that stand for a key of another name: column, key.
const OTHER_NAMES: [(&str, &str); 4] = [
    ("title_zh", "title"),
    ("title_en", "title"),
    ("component", "components"),
    ("fault", "faults"),
];

/// Columns that no key holds.
const NO_KEYS: [(&str, &str); 3] = [
    ("before", "Of a pack that inherits the table: the row before which a new one is placed."),
    ("status", "`holds`, `verify` (shown, never deciding), or a yes/no setting of the law's pack."),
    ("source", "Law, article and the day of the wording that was read."),
];

/// Rows that are another with more columns.
const LIKE: [(&str, &str); 1] = [("LawTerm", "TermRow")];

/// What a function of the loader reads.
#[derive(Debug, Default)]
struct Sheet {
    /// The file, as the comment of the function says it.
    file: String,
    /// The type of a row.
    row: String,
    needed: Vec<String>,
    more: Vec<String>,
    /// Closed words by column.
    words: BTreeMap<String, Vec<String>>,
    /// Lists of texts by the name they were given.
    named: BTreeMap<String, Vec<String>>,
}

/// The page.
///
/// # Errors
/// A sentence, when the loader or a type it reads is not understood.
pub fn page(root: &Path, shapes: &Shapes) -> Result<String, String> {
    let text = fs::read_to_string(root.join(LOADER)).map_err(|e| format!("{LOADER}: {e}"))?;
    let file = syn::parse_file(&text).map_err(|e| format!("{LOADER}: {e}"))?;
    let mut page = String::from(HEAD);
    let functions = file.items.iter().filter_map(|item| match item {
        syn::Item::Impl(found) => Some(&found.items),
        _ => None,
    });
    for function in functions.flatten() {
        let syn::ImplItem::Fn(function) = function else { continue };
        let Some(mut sheet) = begin(function) else { continue };
        sheet.visit_block(&function.block);
        if sheet.needed.is_empty() {
            return Err(format!("{LOADER}: `{}` names no columns", function.sig.ident));
        }
        write(&mut page, &sheet, shapes)?;
    }
    page.push_str(TAIL);
    Ok(page)
}

const HEAD: &str = "\
# The columns of a pack's CSV files · CSV 各列

The first line names the columns, in any order. Lists are separated by `|`; an empty cell says
nothing; UTF-8, as Excel saves it with *CSV UTF-8*. A column that does not stand here is refused.

第一行是列名，次序不限；多个值用 `|` 分开；空格子表示没有；用 UTF-8（Excel 选“CSV UTF-8”）。
";

const TAIL: &str = "
The other files below `tables/` are decision tables: their columns are the facts they test and,
behind `→`, what they answer; see [tables](../tables.md).

---

Written by `cargo xtask codegen` from the code that reads the files.
";

/// A function whose comment begins with the file it reads: `` `parts.csv`. ``
fn begin(function: &syn::ImplItemFn) -> Option<Sheet> {
    let docs = function.attrs.iter().find_map(|attribute| match &attribute.meta {
        syn::Meta::NameValue(pair) if pair.path.is_ident("doc") => text(&pair.value),
        _ => None,
    })?;
    let file = docs.trim().strip_prefix('`')?.split('`').next()?;
    file.strip_suffix(".csv")?;
    let place = if file.contains('/') { file.to_owned() } else { format!("catalog/{file}") };
    Some(Sheet { file: place, row: row_type(&function.sig.output)?, ..Sheet::default() })
}

/// `Part` of `-> Vec<Part>`.
fn row_type(output: &syn::ReturnType) -> Option<String> {
    let syn::ReturnType::Type(_, kind) = output else { return None };
    let syn::Type::Path(path) = kind.as_ref() else { return None };
    let syn::PathArguments::AngleBracketed(inner) = &path.path.segments.last()?.arguments else {
        return None;
    };
    let syn::GenericArgument::Type(syn::Type::Path(row)) = inner.args.first()? else { return None };
    Some(row.path.segments.last()?.ident.to_string())
}

impl<'a> Visit<'a> for Sheet {
    fn visit_local(&mut self, local: &'a syn::Local) {
        if let (syn::Pat::Ident(name), Some(init)) = (&local.pat, &local.init)
            && let Some(texts) = self.texts(&init.expr)
        {
            self.named.insert(name.ident.to_string(), texts);
        }
        syn::visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'a syn::ExprMethodCall) {
        let given: Vec<&syn::Expr> = call.args.iter().collect();
        match (call.method.to_string().as_str(), given.as_slice()) {
            ("rows", [_, _, needed, more]) => {
                self.needed = self.texts(needed).unwrap_or_default();
                self.more = self.texts(more).unwrap_or_default();
            }
            ("word", [_, column, words]) => {
                if let (Some(column), Some(words)) = (text(column), self.texts(words)) {
                    self.words.insert(column, words);
                }
            }
            ("flag", [_, column]) => {
                if let Some(column) = text(column) {
                    self.words.insert(column, ["yes", "no"].map(str::to_owned).to_vec());
                }
            }
            _ => {}
        }
        syn::visit::visit_expr_method_call(self, call);
    }
}

impl Sheet {
    /// A list of texts, written out or by its name.
    fn texts(&self, expr: &syn::Expr) -> Option<Vec<String>> {
        match expr {
            syn::Expr::Reference(inner) => self.texts(&inner.expr),
            syn::Expr::Array(array) => array.elems.iter().map(text).collect(),
            syn::Expr::Path(path) => self.named.get(&path.path.get_ident()?.to_string()).cloned(),
            _ => None,
        }
    }
}

fn text(expr: &syn::Expr) -> Option<String> {
    let syn::Expr::Lit(literal) = expr else { return None };
    let syn::Lit::Str(text) = &literal.lit else { return None };
    Some(text.value())
}

fn write(page: &mut String, sheet: &Sheet, shapes: &Shapes) -> Result<(), String> {
    let like = LIKE.iter().find(|(row, _)| *row == sheet.row);
    let item = shapes.item(like.map_or(sheet.row.as_str(), |(_, like)| like))?;
    let Body::Table { fields, .. } = &item.body else {
        return Err(format!("{LOADER}: `{}` has no keys", sheet.row));
    };
    let first = item.docs.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let _ = write!(page, "\n## `{}`\n\n{first}\n\n", sheet.file);
    page.push_str("| column | needed | words | meaning |\n|---|---|---|---|\n");
    let needed = sheet.needed.iter().map(|column| (column, "yes"));
    for (column, must) in needed.chain(sheet.more.iter().map(|column| (column, ""))) {
        let field = field(fields, column);
        let fixed = NO_KEYS.iter().find(|(name, _)| name == column).map(|(_, docs)| *docs);
        let docs = field.map(|field| field.docs.as_str()).or(fixed).ok_or_else(|| {
            format!("{LOADER}: no key of `{}` explains the column `{column}`", sheet.row)
        })?;
        let words = match (sheet.words.get(column), field) {
            (Some(words), _) => words.clone(),
            (None, Some(field)) => words_of(field, shapes),
            _ => Vec::new(),
        };
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        let tongue = match column.as_str() {
            "title_zh" => " Chinese.",
            "title_en" => " English.",
            _ => "",
        };
        let docs = docs.replace('\n', " ").replace('|', "\\|");
        let _ = writeln!(page, "| `{column}` | {must} | {} | {docs}{tongue} |", words.join(", "));
    }
    Ok(())
}

fn field<'f>(fields: &'f [Field], column: &str) -> Option<&'f Field> {
    let by = |name: &str| fields.iter().find(|field| field.key == name);
    by(column).or_else(|| {
        let (_, key) = OTHER_NAMES.iter().find(|(other, _)| *other == column)?;
        by(key)
    })
}

/// The closed words of a key that is one.
fn words_of(field: &Field, shapes: &Shapes) -> Vec<String> {
    let item = field.shape.name().and_then(|name| shapes.item(name).ok());
    match item.map(|item| &item.body) {
        Some(Body::Words(words)) => words.iter().map(|word| word.key.clone()).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sheet_has_its_columns_and_their_words() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the repository");
        let shapes = Shapes::read(root).expect("the model is understood");
        let page = page(root, &shapes).expect("the loader is understood");
        let has = |line: &str| assert!(page.contains(line), "{line}\n{page}");
        for file in ["components", "faults", "causes", "models", "parts", "prices", "labour"] {
            has(&format!("## `catalog/{file}.csv`"));
        }
        has("## `tables/term.csv`");
        has("## `tables/floor_term.csv`");
        has("| `class` | yes | `main`, `wearing`, `consumable` |");
        has("| `tracked` | yes | `yes`, `no` |");
        has("| `reorder_point` |  |  |");
    }
}
