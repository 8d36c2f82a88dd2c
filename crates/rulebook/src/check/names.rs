//! Names must answer to something; who mistypes one is told the nearest.

use super::Checker;
use crate::expr::suggest;
use crate::model::{ABOVE, Permission};

/// A kind of thing with a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Kind {
    /// Code of the finding.
    pub code: &'static str,
    /// Where it stands: `role/…`; empty for what stands inside another item.
    pub stands: &'static str,
    pub zh: &'static str,
    pub en: &'static str,
}

macro_rules! kinds {
    ($($name:ident $code:literal $stands:literal $zh:literal $en:literal;)*) => {
        $(pub(super) const $name: Kind =
            Kind { code: $code, stands: $stands, zh: $zh, en: $en };)*
    };
}

kinds! {
    ROLE "unknown-role" "role" "角色" "role";
    FORM "unknown-form" "form" "表单" "form";
    MESSAGE "unknown-message" "message" "消息" "message";
    DOCUMENT "unknown-document" "document" "单据" "document";
    CALENDAR "unknown-calendar" "calendar" "日历" "calendar";
    PROCESS "unknown-process" "process" "流程" "process";
    COMPONENT "unknown-component" "component" "部件" "component";
    GROUP "unknown-group" "group" "部件大类" "group of parts";
    FAULT "unknown-fault" "fault" "故障" "fault";
    PRODUCT "unknown-product" "product" "产品" "product";
    MODEL "unknown-model" "model" "车型" "model";
    POSTING "unknown-posting" "posting" "记账模板" "posting";
    ACCOUNT "unknown-account" "account" "科目" "account";
    TABLE "unknown-table" "table" "决策表" "decision table";
    INPUT "unknown-input" "" "条件列" "input column";
    VARIABLE "unknown-variable" "" "变量" "variable";
    PART "unknown-part" "part" "配件" "part";
    PRICE "unknown-price" "price" "价目" "price";
    STATE "unknown-state" "" "状态" "state";
    TRACK "unknown-track" "" "分线" "track";
    ACTION "unknown-action" "" "动作" "action";
    REQUIRE "unknown-require" "" "条件" "requirement";
    DEADLINE "unknown-deadline" "" "时限" "deadline";
    FIELD "unknown-field" "" "字段" "field";
    WORD "unknown-word" "" "取值" "word";
}

impl Checker<'_> {
    /// Reports `name` at `path` unless it is among `known`, or stands in a file that could not be
    /// read whole.
    pub(super) fn exists<'k>(
        &mut self,
        kind: Kind,
        name: &str,
        known: impl IntoIterator<Item = &'k str>,
        path: &str,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let readable =
            kind.stands.is_empty() || !self.places.has(&format!("{}/{name}", kind.stands));
        if known.contains(&name) || !readable {
            return;
        }
        let (zh, en) = suggest::nearest(name, known.into_iter());
        self.error(
            kind.code,
            path,
            format!("没有叫“{name}”的{}{zh}", kind.zh),
            format!("there is no {} `{name}`{en}", kind.en),
        );
    }

    /// Roles, or one of the people a case knows.
    pub(super) fn audience(&mut self, names: &[String], people: &[&str], path: &str) {
        for name in names {
            if name.starts_with('@') {
                self.exists(ROLE, name, people.iter().copied(), path);
            } else {
                let roles = self.release.roles.keys().map(String::as_str);
                self.exists(ROLE, name, roles, path);
            }
        }
    }

    /// Roles, also those held at a unit above, or one of the people a case knows.
    pub(super) fn doers(&mut self, names: &[String], people: &[&str], path: &str) {
        let here = |name: &String| name.strip_prefix(ABOVE).unwrap_or(name).to_owned();
        let names: Vec<String> = names.iter().map(here).collect();
        self.audience(&names, people, path);
        for role in names.iter().filter_map(|name| self.release.roles.get(name)) {
            if !role.permissions.contains(&Permission::CaseAct) {
                self.error(
                    "doer-without-right",
                    path,
                    format!("岗位“{}”没有“办理工单”（case_act）的权限，这一步它办不了", role.id),
                    format!(
                        "the role `{}` may not act on cases: without the permission `case_act` \
                         nobody in it can do this",
                        role.id
                    ),
                );
            }
        }
    }

    /// One of a few words.
    pub(super) fn word(&mut self, word: &str, words: &[&str], path: &str) {
        self.exists(WORD, word, words.iter().copied(), path);
    }
}
