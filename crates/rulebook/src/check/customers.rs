//! Grades of customers: their conditions name what is known of a customer.

use super::Checker;
use super::expressions::condition;
use crate::model::scope::Scope;

pub(super) fn check(checker: &mut Checker<'_>) {
    let scope = Scope::of_grades(checker.release);
    for grade in &checker.release.customer_grades {
        condition(checker, &grade.when, &scope, &format!("grade/{}/when", grade.id));
    }
}
