//! Permissions in the signature: a handler that takes `Allowed<perm::CaseRead>` cannot be reached
//! without that right, and one that takes none of these serves everybody.

use super::{SecondFactor, Session};
use crate::app::App;
use crate::problem::Problem;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use rulebook::model::Permission;
use std::marker::PhantomData;
use std::ops::Deref;

/// A permission as a type.
pub trait Right {
    /// The permission.
    const PERMISSION: Permission;
}

macro_rules! rights {
    ($($name:ident)*) => {
        /// Permissions as types, one for each [`Permission`].
        pub mod perm {
            $(
                #[doc = concat!("See [`super::Permission::", stringify!($name), "`].")]
                #[derive(Debug, Clone, Copy)]
                pub enum $name {}

                impl super::Right for $name {
                    const PERMISSION: super::Permission = super::Permission::$name;
                }
            )*
        }
    };
}

rights! {
    CaseRead CaseAct UnitRead UnitWrite CustomerRead CustomerWrite Unmask PersonalManage VerdictRead
    DocumentRead FileWrite ImportRun RulebookRead RulebookEdit RulebookApprove RulebookPublish
    PeopleRead PeopleWrite FigureRead ScoreEnter PriceRead PriceEdit StockRead StockOpen AccountRead
    SystemAdmin
}

/// A session that holds a right.
#[derive(Debug, Clone)]
pub struct Allowed<R>(pub Session, PhantomData<R>);

impl<R> Deref for Allowed<R> {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.0
    }
}

impl<R: Right> FromRequestParts<App> for Allowed<R> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let session = Session::of(parts, app).await?;
        if SecondFactor::of(&session) == SecondFactor::Needed {
            return Err(Problem::new("second-factor-needed"));
        }
        session.still_open(parts)?;
        if session.by_pin() && !super::pin::opens(R::PERMISSION) {
            return Err(Problem::new("pin-not-enough"));
        }
        if !session.may(R::PERMISSION) {
            let key = serde_json::to_value(R::PERMISSION).unwrap_or_default();
            return Err(Problem::new("forbidden").with("permission", key).detail(
                "您的岗位没有这项权限，请联系站长或管理员",
                "Your role does not have this right; ask the station manager or administrator",
            ));
        }
        Ok(Self(session, PhantomData))
    }
}

/// A person or a program, whatever their rights: for what a program may ask about itself.
#[derive(Debug, Clone)]
pub struct Caller(pub Session);

impl Deref for Caller {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.0
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        Session::of(parts, app).await.map(Self)
    }
}

/// A person in a browser, whatever their rights: for what everybody may do with their own things.
/// No program reaches it: password, second factor, tokens and deputies are not given away.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Session);

impl Deref for SignedIn {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.0
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let session = Session::of(parts, app).await?;
        if session.by.is_some() {
            return Err(Problem::new("person-only"));
        }
        Ok(Self(session))
    }
}
