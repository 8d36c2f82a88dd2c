//! Knowledge articles (知识文章): read by everybody who works on cases, written by whoever keeps the
//! standard.

mod change;
mod helped;
mod list;
mod versions;

use crate::app::App;
use crate::problem::{Answer, Problem};
use base::Text;
use serde::{Deserialize, Serialize};
use store::article::{Article, ArticleText, Tags};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

/// Longest title, text and reason, in characters.
const TITLE: usize = 120;
const BODY: usize = 8_000;
const REASON: usize = 200;
/// Most keys of one kind.
const TAGS: usize = 20;

/// `/articles`.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, change::create))
        .routes(routes!(list::get, change::change))
        .routes(routes!(versions::versions))
        .routes(routes!(helped::helped))
}

/// What an article is about, by keys of the catalogue.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ArticleTags {
    models: Vec<String>,
    components: Vec<String>,
    faults: Vec<String>,
}

impl From<&Tags> for ArticleTags {
    fn from(tags: &Tags) -> Self {
        let Tags { models, components, faults } = tags.clone();
        Self { models, components, faults }
    }
}

/// An article as it stands.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Article)]
pub struct ArticleView {
    id: String,
    title: String,
    body: String,
    tags: ArticleTags,
    published: bool,
    version: i64,
    /// In how many cases somebody said that it helped.
    helped: i64,
    changed_at: String,
}

impl From<&Article> for ArticleView {
    fn from(article: &Article) -> Self {
        Self {
            id: article.id.to_string(),
            title: article.text.title.clone(),
            body: article.text.body.clone(),
            tags: (&article.text.tags).into(),
            published: article.text.published,
            version: article.version,
            helped: article.helped,
            changed_at: article.changed_at.to_string(),
        }
    }
}

/// An article to be written, or as it is to be.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ArticleBody {
    title: String,
    body: String,
    #[serde(default)]
    tags: ArticleTags,
    /// Whether it may be followed; false withdraws it.
    published: bool,
    /// Why it is written or changed.
    reason: String,
    /// The version that was changed; not for a new one.
    #[serde(default)]
    version: Option<i64>,
}

impl ArticleBody {
    /// What is to be kept, checked, with its reason.
    fn checked(&self, release: &rulebook::Release) -> Answer<(ArticleText, String)> {
        let title = said("title", &self.title, TITLE, ("标题", "title"))?;
        let body = said("body", &self.body, BODY, ("正文", "text"))?;
        let reason = said("reason", &self.reason, REASON, ("原因", "reason"))?;
        let catalog = &release.catalog;
        let known = |field: &str, keys: &[String], has: &dyn Fn(&str) -> bool| match keys
            .iter()
            .find(|key| !has(key))
        {
            Some(key) => Err(wrong(
                field,
                format!("目录里没有“{key}”"),
                format!("The catalogue has no `{key}`"),
            )),
            None if keys.len() > TAGS => {
                Err(wrong(field, format!("最多 {TAGS} 个"), format!("At most {TAGS}")))
            }
            None => Ok(()),
        };
        let ArticleTags { models, components, faults } = self.tags.clone();
        known("models", &models, &|key| catalog.models.iter().any(|one| one.id == key))?;
        known("components", &components, &|key| catalog.component(key).is_some())?;
        known("faults", &faults, &|key| catalog.fault(key).is_some())?;
        let tags = Tags { models, components, faults };
        Ok((ArticleText { title, body, tags, published: self.published }, reason))
    }
}

fn said(field: &str, text: &str, most: usize, (zh, en): (&str, &str)) -> Answer<String> {
    let text = text.trim();
    if (1..=most).contains(&text.chars().count()) {
        return Ok(text.to_owned());
    }
    Err(wrong(
        field,
        format!("请填写{zh}，最多 {most} 字"),
        format!("Give a {en} of {most} characters at most"),
    ))
}

fn wrong(field: &str, zh: String, en: String) -> Problem {
    Problem::new("form-invalid").field(field, "invalid", Text::new(zh, en))
}

/// The number of an article in an address.
fn number(id: &str) -> Answer<i64> {
    id.parse().map_err(|_| store::StoreError::NotFound("article").into())
}
