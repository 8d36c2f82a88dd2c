//! `docs/rulebook/reference/`: what each file of a pack may hold, key by key.

use std::fmt::Write as _;

use super::kinds::{KINDS, Kind};
use super::shape::{Body, Field, Item, Shape, Shapes, basics};

/// The page of a kind of file.
///
/// # Errors
/// A sentence, when a type it is made of is not understood.
pub fn page(kind: &Kind, shapes: &Shapes) -> Result<String, String> {
    let mut page = format!(
        "# {} · {}\n\n`{}` · [schema](../schema/{}.json)\n\n{}\n",
        kind.zh, kind.en, kind.place, kind.name, kind.about_zh
    );
    let reached = shapes.reached(kind.root)?;
    for (nth, item) in reached.iter().enumerate() {
        if nth == 0 {
            let intro = shapes.intro(kind.intro);
            let said = if intro.is_empty() { &item.docs } else { intro };
            let _ = write!(page, "\n{said}\n");
            if !kind.one_of.is_empty() {
                let sets: Vec<String> = kind.one_of.iter().map(|set| listed(set)).collect();
                let _ = write!(page, "\nNeeded: {}.\n", sets.join("; or "));
            }
        } else {
            let _ = write!(page, "\n## {}\n\n{}\n", item.name, item.docs);
        }
        body(&mut page, item);
    }
    page.push_str(
        "\n---\n\nWritten by `cargo xtask codegen` from the types the files are read into.\n",
    );
    Ok(page)
}

/// The list of all pages.
pub fn index() -> String {
    let mut page = String::from(INDEX_HEAD);
    page.push_str("\n| file | 中文 | English | schema |\n|---|---|---|---|\n");
    for kind in KINDS {
        let Kind { name, place, zh, en, .. } = kind;
        let _ = writeln!(
            page,
            "| [`{place}`]({name}.md) | {zh} | {en} | [{name}.json](../schema/{name}.json) |"
        );
    }
    page.push_str(INDEX_TAIL);
    page.push_str(
        "\n## Values written as one text · 值的写法\n\n\
         | value | 中文 | how it is written | example |\n|---|---|---|---|\n",
    );
    for basic in basics::BASICS {
        let basics::Basic { word, zh, written, example, .. } = basic;
        let _ = writeln!(page, "| {word} | {zh} | {written} | `{example}` |");
    }
    page
}

const INDEX_HEAD: &str = "\
# The files of a pack · 制度包的文件

Written by `cargo xtask codegen` from the types the files are read into: what stands here is what is
read, and a key that does not stand here is refused with its line.
";

const INDEX_TAIL: &str = "
Beside these a pack has `standard.md` (the clauses), `catalog/*.csv` and `tables/*.csv` with
[these columns](csv.md), and `documents/*.html`; see [the overview](../README.md). What an
expression may name and call is in
[the language of conditions](../language.md), every code of a finding in
[the list of codes](../../errors.md).

## In an editor · 编辑器

`sanbao schema --into .` beside your packs writes the schemas to `schema/` and a `.taplo.toml` that
tells an editor which file has which. With [taplo](https://taplo.tamasfe.dev) or the extension *Even
Better TOML* of VS Code every key then has its explanation, words are offered as you type, and
what a pack cannot say is underlined. In this repository it is set up already. One file can also
name its schema itself, in its first line:

```toml
#:schema ../../schema/process.json
```

The editor sees shapes and words; what a rule names, and whether an expression can be computed, is
said by `sanbao check`.
";

fn listed(keys: &[&str]) -> String {
    keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>().join(", ")
}

fn body(page: &mut String, item: &Item) {
    match &item.body {
        Body::Table { fields, .. } => table(page, fields),
        Body::Words(words) => {
            page.push_str("\n| word | meaning |\n|---|---|\n");
            for word in words {
                let _ = writeln!(page, "| `{}` | {} |", word.key, cell(&word.docs));
            }
        }
        Body::Either(variants) => {
            for variant in variants {
                match &variant.body {
                    Ok(fields) => {
                        let name = fields.first().map_or("", |field| field.key.as_str());
                        let _ = write!(page, "\n### `{name}`\n\n{}\n", variant.docs);
                        table(page, fields);
                    }
                    Err(shape) => {
                        let _ = write!(page, "\n- {}: {}\n", kind_of(shape), cell(&variant.docs));
                    }
                }
            }
        }
    }
}

fn table(page: &mut String, fields: &[Field]) {
    page.push_str("\n| key | holds | needed | meaning |\n|---|---|---|---|\n");
    for field in fields {
        let needed = match (&field.default, field.needed) {
            (_, true) => "yes".to_owned(),
            (Some(default), _) if default != "false" => format!("else `{default}`"),
            _ => String::new(),
        };
        let docs = cell(&field.docs);
        let _ =
            writeln!(page, "| `{}` | {} | {needed} | {docs} |", field.key, kind_of(&field.shape));
    }
}

fn kind_of(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".into(),
        Shape::YesNo => "true, false".into(),
        Shape::Whole(_) => "whole number".into(),
        Shape::Number => "number".into(),
        Shape::Anything => "any value".into(),
        Shape::List(inner) => format!("list of {}", kind_of(inner)),
        Shape::Map(inner) => format!("keys with {}", kind_of(inner)),
        Shape::Named(name) => match basics::find(name) {
            Some(basic) => basic.word.to_owned(),
            None => format!("[{name}](#{})", name.to_lowercase()),
        },
    }
}

fn cell(docs: &str) -> String {
    docs.replace("\n\n", " ").replace('\n', " ").replace('|', "\\|")
}
