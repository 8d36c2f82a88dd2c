//! From Rust source to shapes: types that derive `Deserialize`, with their serde attributes.

use std::collections::BTreeMap;

use syn::punctuated::Punctuated;
use syn::{
    Attribute, Expr, ExprLit, Fields, GenericArgument, Lit, Meta, PathArguments, Token, Type,
};

use super::items::{Body, Field, Item, Shape, Variant, Word};

/// What a source file holds.
pub struct Found {
    /// Its head.
    pub intro: String,
    /// Its types by name; what is not understood is said when somebody asks for it.
    pub items: Vec<(String, Result<Item, String>)>,
}

/// Reads a source file.
pub fn file(text: &str) -> Result<Found, String> {
    let file = syn::parse_file(text).map_err(|error| error.to_string())?;
    let answers = answers(&file);
    let mut items = Vec::new();
    for item in &file.items {
        match item {
            syn::Item::Struct(found) if reads(&found.attrs) => {
                let made = table(found, &answers);
                items.push((found.ident.to_string(), made));
            }
            syn::Item::Enum(found) if reads(&found.attrs) => {
                items.push((found.ident.to_string(), choice(found, &answers)));
            }
            _ => {}
        }
    }
    Ok(Found { intro: docs(&file.attrs), items })
}

/// Functions that answer one word or number: what `default = "…"` names.
fn answers(file: &syn::File) -> BTreeMap<String, String> {
    let functions = file.items.iter().filter_map(|item| match item {
        syn::Item::Fn(function) => Some(function),
        _ => None,
    });
    let answer = |function: &syn::ItemFn| match function.block.stmts.as_slice() {
        [syn::Stmt::Expr(Expr::MethodCall(call), None)] => literal(&call.receiver),
        [syn::Stmt::Expr(expr, None)] => literal(expr),
        _ => None,
    };
    functions.filter_map(|f| Some((f.sig.ident.to_string(), answer(f)?))).collect()
}

fn literal(expr: &Expr) -> Option<String> {
    let Expr::Lit(ExprLit { lit, .. }) = expr else { return None };
    match lit {
        Lit::Str(text) => Some(text.value()),
        Lit::Bool(yes) => Some(yes.value.to_string()),
        Lit::Int(number) => Some(number.base10_digits().to_owned()),
        _ => None,
    }
}

fn table(found: &syn::ItemStruct, answers: &BTreeMap<String, String>) -> Result<Item, String> {
    let serde = Serde::of(&found.attrs)?;
    let body = match &found.fields {
        Fields::Named(_) => Body::Table {
            fields: fields(&found.fields, answers)?,
            closed: serde.has("deny_unknown_fields"),
        },
        _ => return Err("a type without keys is not understood".into()),
    };
    Ok(Item { name: found.ident.to_string(), docs: docs(&found.attrs), body })
}

fn choice(found: &syn::ItemEnum, answers: &BTreeMap<String, String>) -> Result<Item, String> {
    let serde = Serde::of(&found.attrs)?;
    let words = found.variants.iter().all(|variant| matches!(variant.fields, Fields::Unit));
    let body = if words {
        let word = |variant: &syn::Variant| -> Result<Word, String> {
            let own = Serde::of(&variant.attrs)?;
            let name = variant.ident.to_string();
            let key = match own.text("rename") {
                Some(key) => key.to_owned(),
                None => cased(&name, serde.text("rename_all")),
            };
            Ok(Word { key, docs: docs(&variant.attrs) })
        };
        Body::Words(found.variants.iter().map(word).collect::<Result<_, _>>()?)
    } else if serde.has("untagged") {
        let variant = |variant: &syn::Variant| -> Result<Variant, String> {
            let body = match &variant.fields {
                Fields::Unnamed(inner) if inner.unnamed.len() == 1 => {
                    Err(shape(&inner.unnamed[0].ty)?)
                }
                named => Ok(fields(named, answers)?),
            };
            Ok(Variant { docs: docs(&variant.attrs), body })
        };
        Body::Either(found.variants.iter().map(variant).collect::<Result<_, _>>()?)
    } else {
        return Err("only words and untagged shapes are understood".into());
    };
    Ok(Item { name: found.ident.to_string(), docs: docs(&found.attrs), body })
}

fn fields(found: &Fields, answers: &BTreeMap<String, String>) -> Result<Vec<Field>, String> {
    let mut made = Vec::new();
    for field in found {
        let serde = Serde::of(&field.attrs)?;
        if serde.has("skip") || serde.has("skip_deserializing") {
            continue;
        }
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        let (inner, optional) = match only_argument(&field.ty, "Option") {
            Some(inner) => (inner, true),
            None => (&field.ty, false),
        };
        let shape = shape(inner)?;
        let default = match serde.text("default") {
            Some(function) => answers.get(function).cloned(),
            None if serde.has("default") && !optional && shape == Shape::YesNo => {
                Some("false".to_owned())
            }
            _ => None,
        };
        made.push(Field {
            key: serde.text("rename").unwrap_or(name.trim_start_matches("r#")).to_owned(),
            alias: serde.text("alias").map(str::to_owned),
            docs: docs(&field.attrs),
            needed: !optional && !serde.has("default"),
            default,
            shape,
        });
    }
    Ok(made)
}

/// What a Rust type looks like in a file.
fn shape(of: &Type) -> Result<Shape, String> {
    let Type::Path(path) = of else { return Err("only named types are understood".into()) };
    let Some(last) = path.path.segments.last() else { return Err("a type without name".into()) };
    let arguments: Vec<&Type> = match &last.arguments {
        PathArguments::AngleBracketed(given) => given
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(inner) => Some(inner),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    };
    Ok(match (last.ident.to_string().as_str(), arguments.as_slice()) {
        // Words of the rules are texts that share their letters.
        ("String" | "Word", _) => Shape::Text,
        ("Clauses", _) => Shape::List(Box::new(Shape::Text)),
        ("bool", _) => Shape::YesNo,
        ("u8" | "u16" | "u32" | "u64" | "usize", _) => Shape::Whole(Some(0)),
        ("i8" | "i16" | "i32" | "i64", _) => Shape::Whole(None),
        ("f64", _) => Shape::Number,
        ("Json" | "Value", _) => Shape::Anything,
        ("Vec" | "BTreeSet", [inner]) => Shape::List(Box::new(shape(inner)?)),
        ("BTreeMap" | "Map", [_, inner]) => Shape::Map(Box::new(shape(inner)?)),
        ("Box", [inner]) => shape(inner)?,
        // The ledger leaves open what an expression is; the rulebook gives its own.
        ("E", []) => Shape::Named("Expr".into()),
        (name, _) => Shape::Named(name.to_owned()),
    })
}

fn only_argument<'a>(of: &'a Type, wrapper: &str) -> Option<&'a Type> {
    let Type::Path(path) = of else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == wrapper)?;
    let PathArguments::AngleBracketed(given) = &last.arguments else { return None };
    match given.args.first()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

fn reads(attributes: &[Attribute]) -> bool {
    attributes.iter().filter(|attribute| attribute.path().is_ident("derive")).any(|attribute| {
        let names = attribute.parse_args_with(Punctuated::<syn::Path, Token![,]>::parse_terminated);
        names.is_ok_and(|names| names.iter().any(|name| name.is_ident("Deserialize")))
    })
}

/// The doc comment, a line break where the source has an empty line; links to items become words.
fn docs(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => literal(&pair.value),
        _ => None,
    });
    let text = lines.map(|line| line.trim().to_owned()).collect::<Vec<_>>().join("\n");
    let text = text.replace("[`", "`").replace("`]", "`");
    // An item of another module is named by its last part.
    text.replace("super::", "").replace("base::calendar::", "").replace("ledger::", "")
}

fn cased(name: &str, case: Option<&str>) -> String {
    let between = match case {
        Some("snake_case") => "_",
        Some("kebab-case") => "-",
        Some("lowercase") => "",
        _ => return name.to_owned(),
    };
    let mut made = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !made.is_empty() {
            made.push_str(between);
        }
        made.extend(letter.to_lowercase());
    }
    made
}

/// Attributes that change what a file holds, and those that do not.
const KNOWN: [&str; 10] = [
    "deny_unknown_fields",
    "untagged",
    "skip",
    "skip_deserializing",
    "rename",
    "rename_all",
    "alias",
    "default",
    "skip_serializing_if",
    "bound",
];

/// What the serde attributes say: each name with its text.
#[derive(Default)]
struct Serde(BTreeMap<String, Option<String>>);

impl Serde {
    fn of(attributes: &[Attribute]) -> Result<Self, String> {
        let mut serde = Self::default();
        for attribute in attributes.iter().filter(|a| a.path().is_ident("serde")) {
            let metas = attribute
                .parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated)
                .map_err(|error| error.to_string())?;
            for meta in metas {
                let name = meta.path().get_ident().map(ToString::to_string).unwrap_or_default();
                if !KNOWN.contains(&name.as_str()) {
                    return Err(format!("the serde attribute `{name}` is not understood"));
                }
                let text = match &meta {
                    Meta::NameValue(pair) => literal(&pair.value),
                    _ => None,
                };
                serde.0.insert(name, text);
            }
        }
        Ok(serde)
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_deref()
    }
}
