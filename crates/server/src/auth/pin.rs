//! The PIN (柜台口令) of a person: which are taken, for whom it opens, and what it opens.

use crate::app::App;
use base::Text;
use rulebook::Release;
use rulebook::model::Permission;
use store::person::Person;

/// Digits of a PIN.
const SHORTEST: usize = 4;
const LONGEST: usize = 6;

/// PINs that are typed first: down the middle of the keys, the corners, and what films use.
const KNOWN: [&str; 10] =
    ["2580", "0852", "1379", "1397", "7913", "1475", "5201", "1314", "520131", "147258"];

/// What somebody who showed a PIN may do beside acting on cases: the day's work of a counter.
/// People, rules, prices, workbooks and maintenance ask for the password.
const BY_PIN: [Permission; 15] = [
    Permission::CaseRead,
    Permission::CaseAct,
    Permission::UnitRead,
    Permission::UnitWrite,
    Permission::CustomerRead,
    Permission::CustomerWrite,
    Permission::Unmask,
    Permission::VerdictRead,
    Permission::DocumentRead,
    Permission::FileWrite,
    Permission::RulebookRead,
    Permission::PeopleRead,
    Permission::FigureRead,
    Permission::PriceRead,
    Permission::StockRead,
];

/// Whether a PIN is enough for that right.
pub fn opens(right: Permission) -> bool {
    BY_PIN.contains(&right)
}

/// Whether somebody may use a PIN at all: no role of theirs, and none they hold for somebody who
/// is away, asks for a second factor.
pub fn may_use(app: &App, release: &Release, person: &Person) -> bool {
    let deputies = app.deputies();
    let away = deputies.held_by(person.id, app.today()).flat_map(|acting| &acting.roles);
    let strict = |role: &str| release.roles.get(role).is_some_and(|role| role.second_factor);
    !person.roles.iter().chain(away).any(|held| strict(&held.role))
}

/// Why a PIN is not taken; `None` when it is.
pub fn refused(pin: &str) -> Option<Text> {
    let digits: Vec<i32> =
        pin.chars().filter_map(|c| c.to_digit(10)).filter_map(|d| i32::try_from(d).ok()).collect();
    let length = pin.chars().count();
    if digits.len() != length || !(SHORTEST..=LONGEST).contains(&length) {
        return Some(Text::new(
            format!("口令是 {SHORTEST} 至 {LONGEST} 位数字"),
            format!("A PIN has {SHORTEST} to {LONGEST} digits"),
        ));
    }
    let steps: Vec<i32> = digits.windows(2).map(|two| (two[1] - two[0]).rem_euclid(10)).collect();
    let even = steps.iter().all(|step| *step == steps[0]);
    let repeats = (1..=length / 2).any(|part| {
        length.is_multiple_of(part) && digits.chunks(part).all(|chunk| chunk == &digits[..part])
    });
    let year = length == 4 && (pin.starts_with("19") || pin.starts_with("20"));
    (even || repeats || year || KNOWN.contains(&pin)).then(|| {
        Text::new(
            "这个口令太容易猜：不要连号、重复、年份和常见的数字，例如 4927",
            "This PIN is easily guessed: no runs, repeats, years or well-known digits",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_tried_first_is_refused() {
        for (pin, taken) in [
            ("4927", true),
            ("70418", true),
            ("830274", true),
            ("492", false),
            ("4927318", false),
            ("49a7", false),
            ("４９２７", false),
            ("", false),
            ("0000", false),
            ("1234", false),
            ("4321", false),
            ("7890", false),
            ("2468", false),
            ("1212", false),
            ("123123", false),
            ("121212", false),
            ("1987", false),
            ("2026", false),
            ("2580", false),
        ] {
            assert_eq!(refused(pin).is_none(), taken, "{pin}");
        }
    }
}
