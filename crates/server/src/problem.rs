//! Problem details (RFC 9457): every refusal of the API, with code, sentence, clauses and fields.
//!
//! A handler returns `Err(Problem)`; the sentence exists in both languages until the middleware
//! `http::language` writes the body in the caller's.

use crate::registry;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base::{Lang, Text};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

/// A refusal on its way to the caller.
#[derive(Debug, Clone)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Inner {
    code: String,
    detail: Option<Text>,
    clauses: Vec<Json>,
    fields: Vec<(String, String, Text)>,
    remedy: Option<Text>,
    rule: Option<String>,
    grade: Option<Json>,
    extra: Map<String, Json>,
    retry_after: Option<i64>,
}

impl Problem {
    /// A problem of a registered code.
    pub fn new(code: &str) -> Self {
        Self(Box::new(Inner { code: code.to_owned(), ..Inner::default() }))
    }

    /// A problem of a code the engine gave; one that is not registered is still answered.
    pub fn of_code(code: &str) -> Self {
        if !registry::problems().contains_key(code) {
            tracing::error!(code, "a refusal has a code that errors.toml does not list");
        }
        Self(Box::new(Inner { code: code.to_owned(), ..Inner::default() }))
    }

    /// What is wrong here and what would be right.
    #[must_use]
    pub fn detail(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.0.detail = Some(Text::new(zh, en));
        self
    }

    /// What is wrong, as a text.
    #[must_use]
    pub fn sentence(mut self, text: Text) -> Self {
        self.0.detail = Some(text);
        self
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn field(mut self, field: &str, code: &str, sentence: Text) -> Self {
        self.0.fields.push((field.to_owned(), code.to_owned(), sentence));
        self
    }

    /// A clause, as `{id, number, text}`.
    #[must_use]
    pub fn clause(mut self, clause: Json) -> Self {
        self.0.clauses.push(clause);
        self
    }

    /// What would make it pass.
    #[must_use]
    pub fn remedy(mut self, remedy: Option<Text>) -> Self {
        self.0.remedy = remedy;
        self
    }

    /// The rule and its grade.
    #[must_use]
    pub fn rule(mut self, rule: &str, grade: Option<Json>) -> Self {
        self.0.rule = (!rule.is_empty()).then(|| rule.to_owned());
        self.0.grade = grade;
        self
    }

    /// A further member of the body.
    #[must_use]
    pub fn with(mut self, key: &str, value: Json) -> Self {
        self.0.extra.insert(key.to_owned(), value);
        self
    }

    /// When to try again, in seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: i64) -> Self {
        self.0.retry_after = Some(seconds);
        self
    }

    /// As kept under an idempotency key, in both languages.
    pub fn to_kept(&self) -> String {
        serde_json::to_string(&*self.0).unwrap_or_default()
    }

    /// As kept under an idempotency key.
    pub fn from_kept(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok().map(|inner| Self(Box::new(inner)))
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.0.code
    }

    /// The fields with a sentence of their own.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.0.fields.iter().map(|(field, _, _)| field.as_str())
    }

    /// A further member of the body.
    pub fn extra(&self, key: &str) -> Option<&Json> {
        self.0.extra.get(key)
    }

    /// The HTTP status of the code.
    pub fn status(&self) -> StatusCode {
        registry::problems()
            .get(&self.0.code)
            .and_then(|p| StatusCode::from_u16(p.status).ok())
            .unwrap_or(StatusCode::UNPROCESSABLE_ENTITY)
    }

    /// The body in one language.
    pub fn body(&self, lang: Lang, request_id: &str) -> Json {
        let inner = &*self.0;
        let registered = registry::problems().get(&inner.code);
        let title = registered.map_or(inner.code.as_str(), |p| p.title.get(lang));
        let detail = inner.detail.as_ref().map_or(title, |t| t.get(lang));
        let fields: Vec<Json> = inner
            .fields
            .iter()
            .map(|(field, code, text)| {
                json!({ "field": field, "code": code, "detail": text.get(lang) })
            })
            .collect();
        let mut body = json!({
            "type": format!("/problems/{}", inner.code),
            "title": title,
            "status": self.status().as_u16(),
            "code": inner.code,
            "detail": detail,
            "clauses": inner.clauses.iter().map(|c| in_language(c, lang)).collect::<Vec<_>>(),
            "fields": fields,
            "remedy": inner.remedy.as_ref().map(|t| t.get(lang)),
            "rule": inner.rule,
            "grade": inner.grade,
            "request_id": request_id,
        });
        if let Json::Object(map) = &mut body {
            map.extend(inner.extra.clone());
        }
        body
    }

    /// What is wrong and what would make it pass, in both languages.
    pub fn words(&self) -> Text {
        let inner = &*self.0;
        let registered = registry::problems().get(&inner.code).map(|p| p.title.clone());
        let said = inner.detail.clone().or(registered).unwrap_or_default();
        match &inner.remedy {
            Some(remedy) => Text::new(
                format!("{}；{}", said.zh, remedy.zh),
                format!("{}; {}", said.en, remedy.en),
            ),
            None => said,
        }
    }

    /// The finished response in one language.
    pub fn respond(&self, lang: Lang, request_id: &str) -> Response {
        let body = self.body(lang, request_id).to_string();
        let mut response = (self.status(), body).into_response();
        let headers = response.headers_mut();
        headers.insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/problem+json; charset=utf-8"),
        );
        if let Some(seconds) = self.0.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds.max(1)));
        }
        response
    }
}

/// Picks the caller's language in a clause kept as `{id, number, text: {zh, en}}`.
fn in_language(clause: &Json, lang: Lang) -> Json {
    let mut clause = clause.clone();
    let key = if lang == Lang::Zh { "zh" } else { "en" };
    if let Some(text) = clause.get("text").and_then(|t| t.get(key)).cloned() {
        clause["text"] = text;
    }
    clause
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The answer of a handler.
pub type Answer<T> = Result<T, Problem>;

/// What is not there, or not for this person: the answer does not tell which.
fn not_found(what: &str) -> Problem {
    let zh = match what {
        "case" => "案件",
        "unit" => "车辆",
        "customer" => "客户",
        "document" => "单据",
        "file" => "文件",
        "person" => "人员",
        "org" => "机构",
        "import" => "导入",
        "draft" => "草稿",
        "article" => "文章",
        "release" => "版本",
        "token" => "有效的令牌",
        "message" => "消息",
        _ => "内容",
    };
    Problem::new("not-found").detail(
        format!("没有这个{zh}，或不在您的可见范围内"),
        format!("There is no such {what}, or it lies outside what you may see"),
    )
}

/// A number, name or thing that another record holds already.
fn taken(what: &str) -> Problem {
    let conflict = Problem::new("conflict");
    match what {
        "card_no" => conflict
            .detail(
                "这张保修卡已用于另一辆车，或已作废；一车一卡，请换一张新卡",
                "This card belongs to another vehicle or is void; each vehicle has a card of its \
                 own",
            )
            .field("new_card", "taken", Text::new("卡号已用", "the card is taken")),
        "exchanged_for" => conflict
            .detail(
                "换给用户的这辆车已登记给别人，或曾经退回；请换一辆没有售出的新车",
                "The vehicle to give belongs to somebody or was returned once; give a new one \
                 that is not sold",
            )
            .field(
                "new_frame_no",
                "taken",
                Text::new("这辆车不能换给用户", "this vehicle cannot be given"),
            ),
        "org_code" => Problem::new("form-invalid")
            .detail(
                "另一个单位已用这个代码，或曾经用过；请换一个",
                "Another unit has or had this code; choose a different one",
            )
            .field("station_code", "taken", Text::new("代码已用", "the code is taken")),
        "nameplate" => Problem::new("form-invalid")
            .detail(
                "这块铭牌已经发给另一个网点；一块铭牌一个编号，不重复使用，请核对铭牌",
                "This nameplate was issued to another station; a number is used once only, so look \
                 at the plate",
            )
            .field("nameplate_no", "taken", Text::new("铭牌编号已用", "the number is taken")),
        "exchanged_for_held" => conflict
            .detail(
                "换给用户的这辆车有未完成的召回或服务活动；先做完，或换另一辆",
                "A campaign is not done on the vehicle to give; have it done first, or give \
                 another one",
            )
            .field(
                "new_frame_no",
                "taken",
                Text::new("这辆车的召回未完成", "its campaign is not done"),
            ),
        what => conflict
            .detail(
                format!("{what} 已被占用，请核对后重填"),
                format!("Another record already holds this {what}; please check it"),
            )
            .field(what, "taken", Text::new("已被占用", "already taken")),
    }
}

impl From<store::StoreError> for Problem {
    fn from(error: store::StoreError) -> Self {
        use store::StoreError as E;
        match error {
            E::Stale { current } => {
                Self::new("stale-version").with("current_version", current.into())
            }
            E::Moved => Self::new("books-moved").retry_after(1),
            E::NotFound(what) => not_found(what),
            E::TooMany(_) => Self::new("locked-out").detail(
                "今天已经发了五次验证码，不能再发；请当面核对证件，或明天再试",
                "Five codes were sent today, which is enough; look at a document in person, or try \
                 again tomorrow",
            ),
            E::Taken(what) => taken(what),
            E::Invalid(why) => Self::new("form-invalid")
                .detail(format!("内容无法保存：{why}"), format!("It cannot be stored: {why}")),
            E::Nul => Self::new("form-invalid").detail(
                "文字里夹有看不见的空字符（NUL），无法保存或查找；请重新输入这段文字",
                "A text holds the invisible character NUL, which cannot be kept or looked for; \
                 please type it again",
            ),
            E::Cursor(given) => Self::new("cursor-unreadable").detail(
                format!("翻页位置“{given}”不是列表给出的；请用上一页的 next，或不填从头读起"),
                format!(
                    "The cursor `{given}` is none that a list gave; send the `next` of the page \
                     before, or none to begin at the start"
                ),
            ),
            E::KeyReused => Self::new("idempotency-mismatch"),
            E::Sealed(why) => {
                tracing::warn!(why, "personal data cannot be read");
                Self::new("not-found").detail(
                    "这份个人资料已删除，不能再读取",
                    "This personal data was erased and can no longer be read",
                )
            }
            E::Full(why) => {
                tracing::error!(why, "the database takes no more writes");
                Self::new("read-only").detail(
                    "磁盘已满或数据库只读：可以查看，暂不能保存。请联系管理员腾出空间",
                    "The disk is full or the database read-only: looking works, saving does not. \
                     Ask the administrator to free some space",
                )
            }
            E::Unavailable(why) => {
                tracing::error!(why, "the database cannot be reached");
                Self::new("database-away").retry_after(5).detail(
                    "数据库暂时连不上：填写的内容还在，请稍后重试；一直如此请告诉管理员",
                    "The database cannot be reached at the moment: what you filled in is kept, \
                     please try again; tell the administrator if it lasts",
                )
            }
            E::Damaged(why) | E::Database(why) => {
                tracing::error!(why, "store");
                Self::new("internal")
            }
        }
    }
}
