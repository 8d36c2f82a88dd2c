//! A type as a file of a pack sees it.

/// A named type.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name in the source.
    pub name: String,
    /// Its doc comment, links taken out.
    pub docs: String,
    /// What it looks like.
    pub body: Body,
}

/// What a type looks like in a file.
#[derive(Debug, Clone)]
pub enum Body {
    /// Keys with values.
    Table {
        /// Its keys, in order.
        fields: Vec<Field>,
        /// Whether other keys are refused.
        closed: bool,
    },
    /// One of some words.
    Words(Vec<Word>),
    /// One of several shapes, told apart by looking.
    Either(Vec<Variant>),
}

/// A word of a closed list.
#[derive(Debug, Clone)]
pub struct Word {
    /// As it is written.
    pub key: String,
    /// What it means.
    pub docs: String,
}

/// One of several shapes.
#[derive(Debug, Clone)]
pub struct Variant {
    /// What it means.
    pub docs: String,
    /// Its keys; of one without keys, what it is.
    pub body: Result<Vec<Field>, Shape>,
}

/// A key of a table.
#[derive(Debug, Clone)]
pub struct Field {
    /// As it is written.
    pub key: String,
    /// Another name that is read as well.
    pub alias: Option<String>,
    /// What it means.
    pub docs: String,
    /// Whether it must stand.
    pub needed: bool,
    /// What holds when it does not stand, where that is a word or a number.
    pub default: Option<String>,
    /// What it holds.
    pub shape: Shape,
}

/// What a key holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// `true` or `false`.
    YesNo,
    /// A whole number, not below that.
    Whole(Option<i64>),
    /// A number.
    Number,
    /// Anything.
    Anything,
    /// Keys of any name, each with such a value.
    Map(Box<Shape>),
    /// A list.
    List(Box<Shape>),
    /// A type by name.
    Named(String),
}

impl Shape {
    /// The named type in it.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Named(name) => Some(name),
            Self::Map(inner) | Self::List(inner) => inner.name(),
            _ => None,
        }
    }
}

impl Item {
    /// Named types it is made of, in order.
    pub fn names(&self) -> Vec<String> {
        let of = |fields: &[Field]| -> Vec<String> {
            fields.iter().filter_map(|f| f.shape.name().map(str::to_owned)).collect()
        };
        match &self.body {
            Body::Table { fields, .. } => of(fields),
            Body::Words(_) => Vec::new(),
            Body::Either(variants) => variants
                .iter()
                .flat_map(|variant| match &variant.body {
                    Ok(fields) => of(fields),
                    Err(shape) => shape.name().map(str::to_owned).into_iter().collect(),
                })
                .collect(),
        }
    }
}
