//! The part master and the price list: each part is something the catalogue knows, each price of a
//! part names one.

use super::Checker;
use super::names::{COMPONENT, FAULT, MODEL, PART, PRICE};
use crate::model::{LabourJob, Part, PriceItem};

pub(super) fn check(checker: &mut Checker<'_>) {
    let release = checker.release;
    for (code, part) in &release.parts {
        let path = format!("part/{code}");
        fits(checker, Some(&part.component), &part.models, &path);
        for substitute in &part.substitutes {
            checker.exists(PART, substitute, release.parts.keys().map(String::as_str), &path);
            stands_in(checker, part, substitute, &path);
        }
    }
    for labour in release.labour.values() {
        job(checker, labour);
    }
    for (code, price) in &release.prices {
        let path = format!("price/{code}");
        fits(checker, price.component.as_deref(), &price.models, &path);
        if price.kind == "part" {
            checker.exists(PART, code, release.parts.keys().map(String::as_str), &path);
            same(checker, price, &path);
        }
    }
}

/// A job mends faults of its component, at a rate that is labour on the price list.
fn job(checker: &mut Checker<'_>, job: &LabourJob) {
    let release = checker.release;
    let path = format!("labour/{}", job.code);
    fits(checker, job.component.as_deref(), &[], &path);
    for fault in &job.faults {
        let faults = release.catalog.faults.iter().map(|f| f.id.as_str());
        checker.exists(FAULT, fault, faults, &path);
    }
    let rates = || release.prices.values().filter(|p| p.kind == "labour").map(|p| p.code.as_str());
    checker.exists(PRICE, &job.rate, rates(), &path);
    if release.prices.contains_key(&job.code) {
        checker.error(
            "duplicate-id",
            &path,
            format!("“{}”已是价目表的编码；工时项目要用自己的编码", job.code),
            format!("`{}` is a code of the price list; a job has one of its own", job.code),
        );
    }
}

/// The component and the models are words of the catalogue.
fn fits(checker: &mut Checker<'_>, component: Option<&str>, models: &[String], path: &str) {
    let catalog = &checker.release.catalog;
    if let Some(component) = component {
        let components = catalog.components.iter().map(|c| c.id.as_str());
        checker.exists(COMPONENT, component, components, path);
    }
    for model in models {
        checker.exists(MODEL, model, catalog.models.iter().map(|m| m.id.as_str()), path);
    }
}

/// A substitute is another part, of the same component, and fits wherever the part fits.
fn stands_in(checker: &mut Checker<'_>, part: &Part, substitute: &str, path: &str) {
    if substitute == part.code {
        checker.error(
            "own-substitute",
            path,
            format!("配件 {substitute} 不能替代它自己"),
            format!("the part {substitute} cannot stand in for itself"),
        );
        return;
    }
    let Some(other) = checker.release.parts.get(substitute) else { return };
    if other.component != part.component {
        checker.error(
            "wrong-substitute",
            path,
            format!(
                "替代件 {substitute} 是 {}，而 {} 是 {}",
                other.component, part.code, part.component
            ),
            format!(
                "the substitute {substitute} is a {}, but {} is a {}",
                other.component, part.code, part.component
            ),
        );
    }
    let missing = part.models.iter().find(|model| !other.fits(model));
    let everywhere = part.models.is_empty() && !other.models.is_empty();
    if missing.is_some() || everywhere {
        let (zh, en) = match missing {
            Some(model) => (format!("车型 {model}"), format!("the model {model}")),
            None => ("所有车型".to_owned(), "every model".to_owned()),
        };
        checker.error(
            "wrong-substitute",
            path,
            format!("替代件 {substitute} 应能装在 {} 适用的每个车型上，却不适用于{zh}", part.code),
            format!(
                "the substitute {substitute} must fit wherever {} fits, but not {en}",
                part.code
            ),
        );
    }
}

/// The price list may repeat what the part master says, and may not contradict it.
fn same(checker: &mut Checker<'_>, price: &PriceItem, path: &str) {
    let Some(part) = checker.release.parts.get(&price.code) else { return };
    let component = price.component.as_ref().is_some_and(|c| *c != part.component);
    let models = !price.models.is_empty() && price.models != part.models;
    if component || models {
        let (zh, en) = if component { ("部件", "component") } else { ("适用车型", "models") };
        checker.error(
            "part-differs",
            path,
            format!("价目表中 {} 的{zh}与 catalog/parts.csv 不一致", price.code),
            format!("the {en} of {} differ from those in catalog/parts.csv", price.code),
        );
    }
}
