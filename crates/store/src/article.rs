//! Knowledge articles (知识文章): written and changed by people with a reason, every version kept,
//! found in Chinese by pairs of characters.

mod grams;

use crate::exec::cell::{cells, print};
use crate::exec::{Cell, Rollback, Row, Write, places};
use crate::journal::{Aggregate, Chain, stored_hash};
use crate::{Result, Store, StoreError};
use base::{CaseId, Instant, PersonId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::fmt::Write as _;

/// Most articles of one answer.
const PAGE: u32 = 50;
/// How often a write of an article is tried when somebody writes of it at the same moment.
const TRIES: u32 = 5;
/// Most versions shown of one article.
const MOST_VERSIONS: i64 = 200;
const COLUMNS: &str = "a.id, a.title, a.body, a.tags, a.state, a.version, a.helped, a.changed_at";

/// What an article is about: keys of the catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tags {
    /// Models (车型).
    pub models: Vec<String>,
    /// Components (部件).
    pub components: Vec<String>,
    /// Faults (故障).
    pub faults: Vec<String>,
}

/// What an article says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleText {
    /// Its title.
    pub title: String,
    /// Its text, paragraphs by empty lines.
    pub body: String,
    /// What it is about.
    pub tags: Tags,
    /// Whether it may be followed; a withdrawn one is read only by its link.
    pub published: bool,
}

/// An article as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Number.
    pub id: i64,
    /// What it says.
    pub text: ArticleText,
    /// Rises by one with every change.
    pub version: i64,
    /// In how many cases somebody said that it helped.
    pub helped: i64,
    /// When it was last changed.
    pub changed_at: Instant,
}

/// A version that stands or stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleVersion {
    /// Its number, from 1.
    pub version: i64,
    /// What it said.
    pub text: ArticleText,
    /// Why it was written.
    pub reason: String,
    /// Who wrote it.
    pub person: PersonId,
    /// When.
    pub at: Instant,
}

impl Store {
    /// Writes an article.
    pub async fn add_article(
        &self,
        text: &ArticleText,
        reason: &str,
        person: PersonId,
        now: Instant,
    ) -> Result<Article> {
        let id = self.new_id(now);
        let mut chain = Chain::begin(Aggregate::Article, id);
        let body = json!({ "version": 1, "reason": reason });
        chain.push(self.plain_entry("written", Some(person), &body, now), now);
        let mut writes = vec![Write::one(
            "INSERT INTO articles (id, title, body, tags, state, version, helped, changed_at, \
             journal_seq, journal_head) VALUES ($1, $2, $3, $4, $5, 1, 0, $6, $7, $8)",
            cells![
                id,
                &text.title,
                &text.body,
                print(&text.tags)?,
                state(text.published),
                now,
                chain.seq,
                chain.hash
            ],
        )];
        writes.append(&mut chain.inserts());
        writes.push(version_row(id, 1, text, reason, (person, now))?);
        writes.extend(gram_rows(id, text));
        self.exec().write(writes).await?;
        self.article(id).await
    }

    /// Changes, publishes or withdraws an article; another version than `version` is
    /// [`StoreError::Stale`].
    pub async fn change_article(
        &self,
        (id, version): (i64, i64),
        text: &ArticleText,
        reason: &str,
        person: PersonId,
        now: Instant,
    ) -> Result<Article> {
        for _ in 0..TRIES {
            let sql = "SELECT version, journal_seq, journal_head FROM articles WHERE id = $1";
            let row = self.exec().row(sql, cells![id]).await?;
            let mut row = row.ok_or(StoreError::NotFound("article"))?;
            let current = row.int()?;
            if current != version {
                return Err(StoreError::Stale { current });
            }
            let (seq, head) = (row.int()?, stored_hash(row.bytes()?)?);
            let mut chain = Chain::at(Aggregate::Article, id, seq, head);
            let body =
                json!({ "version": version + 1, "reason": reason, "published": text.published });
            chain.push(self.plain_entry("changed", Some(person), &body, now), now);
            let mut writes = vec![Write::one(
                "UPDATE articles SET title = $2, body = $3, tags = $4, state = $5, \
                 version = version + 1, changed_at = $6 WHERE id = $1 AND version = $7",
                cells![
                    id,
                    &text.title,
                    &text.body,
                    print(&text.tags)?,
                    state(text.published),
                    now,
                    version
                ],
            )];
            writes.append(&mut chain.writes());
            writes.push(version_row(id, version + 1, text, reason, (person, now))?);
            writes.push(Write::any("DELETE FROM article_grams WHERE article = $1", cells![id]));
            writes.extend(gram_rows(id, text));
            match self.exec().write(writes).await {
                // With the version unchanged it only helped somebody in between.
                Err(Rollback::Guard(_)) => {}
                done => {
                    done?;
                    return self.article(id).await;
                }
            }
        }
        Err(StoreError::Moved)
    }

    /// One article, also a withdrawn one.
    pub async fn article(&self, id: i64) -> Result<Article> {
        let sql = format!("SELECT {COLUMNS} FROM articles a WHERE a.id = $1");
        let row = self.exec().row(sql, cells![id]).await?;
        read(&mut row.ok_or(StoreError::NotFound("article"))?)
    }

    /// Every version of an article, the latest first.
    pub async fn article_versions(&self, id: i64) -> Result<Vec<ArticleVersion>> {
        let sql = "SELECT version, title, body, tags, state, reason, person, at \
                   FROM article_versions WHERE article = $1 ORDER BY version DESC LIMIT $2";
        let read = |mut row: Row| {
            Ok(ArticleVersion {
                version: row.int()?,
                text: read_text(&mut row)?,
                reason: row.text()?,
                person: PersonId(row.int()?),
                at: row.instant()?,
            })
        };
        self.exec().rows(sql, cells![id, MOST_VERSIONS]).await?.into_iter().map(read).collect()
    }

    /// The articles changed last; withdrawn ones only where they are asked for.
    pub async fn latest_articles(&self, withdrawn: bool, limit: u32) -> Result<Vec<Article>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM articles a WHERE a.state = 'published' OR $2 = 1 \
             ORDER BY a.changed_at DESC, a.id DESC LIMIT $1"
        );
        let rows =
            self.exec().rows(sql, cells![limit.clamp(1, PAGE), i64::from(withdrawn)]).await?;
        rows.into_iter().map(|mut row| read(&mut row)).collect()
    }

    /// Published articles by what somebody says and what it is about, the most telling first: rare
    /// words weigh more than common ones, a title more than a text.
    pub async fn find_articles(&self, said: &str, tags: &Tags, limit: u32) -> Result<Vec<Article>> {
        let asked = grams::asked(said, tags);
        if asked.is_empty() {
            return Ok(vec![]);
        }
        let list = places(1, asked.len());
        let params: Vec<Cell> = asked.iter().map(|gram| gram.as_str().into()).collect();
        let counts =
            format!("SELECT gram, COUNT(*) FROM article_grams WHERE gram IN {list} GROUP BY gram");
        let mut rarity = Vec::new();
        for mut row in self.exec().rows(counts, params.clone()).await? {
            let (gram, count) = (row.text()?, row.int()?);
            rarity.push((gram, grams::rarity(count)));
        }
        if rarity.is_empty() {
            return Ok(vec![]);
        }
        // The weights are numbers of our own, not text of anybody's.
        let mut cases = String::new();
        for (at, (_, weight)) in rarity.iter().enumerate() {
            let _ = write!(cases, " WHEN ${} THEN {weight}", at + 1);
        }
        let list = places(1, rarity.len());
        let sql = format!(
            "SELECT {COLUMNS} FROM articles a JOIN (SELECT article, \
             SUM((weight + 4) * (CASE gram{cases} ELSE 0 END)) AS score FROM article_grams \
             WHERE gram IN {list} GROUP BY article ORDER BY score DESC, article DESC \
             LIMIT {}) f ON f.article = a.id ORDER BY f.score DESC, a.helped DESC, a.id DESC",
            limit.clamp(1, PAGE)
        );
        let params = rarity.into_iter().map(|(gram, _)| Cell::from(gram)).collect();
        let rows = self.exec().rows(sql, params).await?;
        rows.into_iter().map(|mut row| read(&mut row)).collect()
    }

    /// Says that an article helped with a case; whether that was new. Each case counts once.
    pub async fn article_helped(
        &self,
        id: i64,
        case: CaseId,
        person: PersonId,
        now: Instant,
    ) -> Result<bool> {
        for _ in 0..TRIES {
            let sql = "SELECT journal_seq, journal_head FROM articles WHERE id = $1";
            let row = self.exec().row(sql, cells![id]).await?;
            let mut row = row.ok_or(StoreError::NotFound("article"))?;
            let (seq, head) = (row.int()?, stored_hash(row.bytes()?)?);
            let mut chain = Chain::at(Aggregate::Article, id, seq, head);
            let body = json!({ "case": case.to_string() });
            chain.push(self.plain_entry("helped", Some(person), &body, now), now);
            let mut writes = vec![
                Write::one(
                    "INSERT INTO article_helped (article, case_id, person, at) \
                     VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                    cells![id, case, person, now],
                ),
                Write::one("UPDATE articles SET helped = helped + 1 WHERE id = $1", cells![id]),
            ];
            writes.append(&mut chain.writes());
            match self.exec().write(writes).await {
                Err(Rollback::Guard(0)) => return Ok(false),
                // Somebody else wrote of the same article at the same moment.
                Err(Rollback::Guard(_)) => {}
                done => return Ok(done.map(|_| true)?),
            }
        }
        Err(StoreError::Moved)
    }
}

fn state(published: bool) -> &'static str {
    if published { "published" } else { "withdrawn" }
}

fn version_row(
    id: i64,
    version: i64,
    text: &ArticleText,
    reason: &str,
    (person, now): (PersonId, Instant),
) -> Result<Write> {
    Ok(Write::one(
        "INSERT INTO article_versions (article, version, title, body, tags, state, reason, \
         person, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        cells![
            id,
            version,
            &text.title,
            &text.body,
            print(&text.tags)?,
            state(text.published),
            reason,
            person,
            now
        ],
    ))
}

fn gram_rows(id: i64, text: &ArticleText) -> Vec<Write> {
    if !text.published {
        return vec![];
    }
    let grams = grams::of(&text.title, &text.body, &text.tags);
    let rows = grams.into_iter().map(|(gram, weight)| cells![gram, id, weight]).collect();
    Write::rows("INSERT INTO article_grams (gram, article, weight) VALUES", rows, "")
}

fn read_text(row: &mut Row) -> Result<ArticleText> {
    Ok(ArticleText {
        title: row.text()?,
        body: row.text()?,
        tags: row.json()?,
        published: row.text()? == "published",
    })
}

fn read(row: &mut Row) -> Result<Article> {
    Ok(Article {
        id: row.int()?,
        text: read_text(row)?,
        version: row.int()?,
        helped: row.int()?,
        changed_at: row.instant()?,
    })
}
