//! `docs/rulebook/language.md` from the tables that the checker and the engine themselves use.

use std::fmt::Write as _;

use rulebook::expr::{Builtin, Shape, builtins};
use rulebook::model::form::{LINE_FIELDS, PARTS_FIELDS};
use rulebook::model::law::LAW_FACTS;
use rulebook::model::scope::{CHILD_FACTS, FACTS, Fact, JUDGE_FACTS, PERSON_FACTS, VERDICT_FACTS};

const HEAD: &str = "\
# The language of conditions

Written by `cargo xtask codegen` from the tables the checker and the engine use; edit those.

An expression is a small, typed subset of FEEL. It is checked when the pack is read and cannot fail
when it runs: a fact that is missing is null, null spreads, and a condition that is null does not
hold. Only `x = null` and `is_null(x)` ask for it.
";

/// The whole page.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    facts(&mut page, "Facts every process can name", "", FACTS);
    page.push_str(
        "\nBeside these: `form.<field>` is what is being submitted, `data.<field>` what earlier \
         forms wrote, `params.<setting>` a setting of the pack, `case.tracks.<track>` where a \
         track stands.\n",
    );
    page.push_str(
        "\nA field of kind `org` reads like `org`: `form.station.kind`, `form.station.id`.\n",
    );
    facts(&mut page, "A person", "form.technician.", PERSON_FACTS);
    facts(&mut page, "A child that ended, in an action with `on_child`", "", CHILD_FACTS);
    page.push_str("\nBeside these `child.data.<field>`: its answers.\n");
    facts(&mut page, "The verdict", "data.verdict.", VERDICT_FACTS);
    facts(&mut page, "What the tables of a verdict test", "", JUDGE_FACTS);
    facts(&mut page, "What the floor of a law pack tests beside these", "", LAW_FACTS);
    rows(&mut page, "A line of an estimate or settlement", LINE_FIELDS);
    rows(&mut page, "A row of parts", PARTS_FIELDS);
    page.push_str(
        "\n## Functions\n\n| call | gives | 中文 | English | example |\n|---|---|---|---|---|\n",
    );
    for function in builtins() {
        page.push_str(&row(function));
    }
    page
}

fn facts(page: &mut String, title: &str, before: &str, facts: &[Fact]) {
    let _ = write!(page, "\n## {title}\n\n| path | kind | 中文 | English |\n|---|---|---|---|\n");
    for fact in facts {
        let Fact { path, kind, zh, en, .. } = fact;
        let _ = writeln!(page, "| `{before}{path}` | {kind} | {zh} | {en} |");
    }
}

fn rows(page: &mut String, title: &str, fields: &[(&str, &str)]) {
    let _ = write!(page, "\n## {title}\n\n| field | kind |\n|---|---|\n");
    for (name, kind) in fields {
        let _ = writeln!(page, "| `{name}` | {kind} |");
    }
}

fn row(function: &Builtin) -> String {
    let parameters: Vec<String> = function
        .params
        .iter()
        .map(|p| format!("{}{}: {}", p.name, if p.optional { "?" } else { "" }, shape(p.shape)))
        .collect();
    let (text, result) = function.example;
    format!(
        "| `{}({})` | {} | {} | {} | `{text}` = {result} |\n",
        function.name,
        parameters.join(", "),
        shape(function.result),
        function.zh,
        function.en
    )
}

const fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Any => "anything",
        Shape::Bool => "yes/no",
        Shape::Number => "number",
        Shape::Text => "text",
        Shape::Date => "day",
        Shape::DateLike => "day, instant or text of a day",
        Shape::Instant => "instant",
        Shape::NumberOrMoney => "number or money",
        Shape::Amount => "number, money or span",
        Shape::TextOrList => "text or list",
        Shape::List => "list",
        Shape::Bools => "list of yes/no",
        Shape::Amounts => "list of amounts",
        Shape::Numbers => "list of numbers",
        Shape::Texts => "list of texts",
        Shape::Lists => "list of lists",
        Shape::Ordered => "list with an order",
        Shape::Same => "as the first",
        Shape::Both => "what both can be",
        Shape::Item => "an item of the list",
    }
}
