//! Words of codes that no rulebook names.

use crate::view::Words;

/// The words of a vehicle's warning.
pub fn warning(code: &str) -> Words {
    let (zh, en) = match code {
        "late_pickup" => ("上次逾期未取车", "Not picked up in time last time"),
        "rework" => ("保修期内返修", "Rework within the repair guarantee"),
        "excluded" => ("曾判定不属三包", "Once judged not covered"),
        "lost_card" => ("保修卡遗失，凭登记认卡", "Card lost; accepted from the register"),
        "returned" => ("退回的车，不得按新车登记", "Returned; never to be registered as new"),
        "returned_repaired" => {
            ("退修车，再售时须书面告知买受人", "Returned and repaired; a buyer is told in writing")
        }
        "hazard" => ("曾报安全隐患", "Once reported as a hazard"),
        "unverified" => ("资料待核实", "Data to be reviewed"),
        _ => return Words::key(code),
    };
    Words { zh: zh.into(), en: en.into() }
}
