//! What nothing asks for carries nothing: a setting no rule reads, a form no action fills, a
//! message nobody sends.

use crate::expr::Expr;
use crate::model::scope;
use crate::model::{Effect, Form, Process, Release, Requirement};
use std::collections::BTreeSet;

/// The items of a release that something uses.
#[derive(Debug, Default)]
pub(super) struct Used {
    pub parameters: BTreeSet<String>,
    pub forms: BTreeSet<String>,
    pub messages: BTreeSet<String>,
    pub postings: BTreeSet<String>,
    pub accounts: BTreeSet<String>,
}

impl Used {
    pub fn of(release: &Release) -> Self {
        let mut used = Self::default();
        if release.term.is_some() {
            used.parameters.extend(scope::JUDGE_SETTINGS.iter().map(|id| (*id).to_owned()));
        }
        if !crate::model::to_customers(release).is_empty() {
            let quiet = crate::model::MESSAGE_SETTINGS;
            used.parameters.extend(quiet.iter().map(|id| (*id).to_owned()));
        }
        let quality = crate::model::QUALITY_SETTINGS;
        used.parameters.extend(quality.iter().map(|id| (*id).to_owned()));
        let law = release.law.iter().flat_map(crate::model::Law::statuses);
        used.parameters.extend(law.map(|(_, status)| status.to_owned()));
        for process in release.processes.values() {
            used.process(process);
        }
        used.counted(release);
        used.charted(release);
        for schedule in release.schedules.values() {
            used.reads(schedule.expressions());
        }
        for form in release.forms.values() {
            used.form(form);
        }
        let texts = release.documents.values().map(|d| d.template.as_str());
        let bodies = release.messages.values().flat_map(|m| [m.body.zh.as_str(), &m.body.en]);
        for text in texts.chain(bodies) {
            for at in text.split("params.").skip(1) {
                let end = at.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                used.parameters.insert(at[..end.unwrap_or(at.len())].to_owned());
            }
        }
        used
    }

    /// What measures, figures and scorecards read.
    fn counted(&mut self, release: &Release) {
        for measure in release.measures.values() {
            self.reads(measure.when.iter().chain(&measure.value));
        }
        self.reads(release.dimensions.values().map(|dimension| &dimension.value));
        for figure in &release.figures {
            self.reads(std::iter::once(&figure.formula).chain(&figure.target));
        }
        for card in release.scorecards.values() {
            self.reads(card.items.iter().map(|item| &item.award));
            let conditions = card.levels.iter().flat_map(|level| &level.conditions);
            self.reads(conditions.map(|condition| &condition.when));
        }
    }

    fn process(&mut self, process: &Process) {
        for action in process.all_actions() {
            self.forms.extend(action.form.clone());
            self.reads(action.when.iter());
            self.reads(action.requires.iter().map(|r| &r.when));
            self.reads(action.branch.iter().map(|b| &b.when));
            self.reads(action.also.iter().filter_map(|a| a.when.as_ref()));
            action.effects.iter().for_each(|effect| self.effect(effect));
        }
        for deadline in &process.deadlines {
            self.reads(deadline.expressions());
            self.parameters.extend(deadline.lengths().filter_map(|(_, w)| w.setting.clone()));
            deadline.effects().for_each(|effect| self.effect(effect));
        }
    }

    fn effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Notify { notify, .. } => {
                self.messages.insert(notify.clone());
            }
            Effect::Extend { by, .. } => self.parameters.extend(by.setting.clone()),
            Effect::Post { post: posting, .. } | Effect::Reverse { reverse: posting, .. } => {
                self.postings.insert(posting.clone());
            }
            Effect::Limit { limit: rule, .. }
            | Effect::CloseAccount { close_account: rule, .. } => {
                self.accounts.insert(rule.clone());
            }
            _ => {}
        }
        self.reads(effect.expressions());
    }

    /// The account rules that some posting in use goes by.
    fn charted(&mut self, release: &Release) {
        let used = self.postings.iter().filter_map(|id| release.postings.get(id));
        let paths = used.flat_map(|template| &template.moves).flat_map(|m| [&m.from, &m.to]);
        let rules: Vec<_> = paths.filter_map(|path| release.chart.rule(path)).collect();
        self.accounts.extend(rules.into_iter().map(|rule| rule.id.clone()));
    }

    fn form(&mut self, form: &Form) {
        for field in &form.fields {
            let required = match &field.required {
                Requirement::When(when) => Some(when),
                Requirement::Always(_) => None,
            };
            self.reads(required.into_iter().chain(&field.visible).chain(&field.valid));
            self.reads(field.value.iter().chain(&field.warehouse));
        }
    }

    fn reads<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        for path in exprs.into_iter().flat_map(Expr::paths) {
            if let [root, name, ..] = path.as_slice()
                && root == "params"
            {
                self.parameters.insert(name.clone());
            }
        }
    }
}
