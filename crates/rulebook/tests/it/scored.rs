//! Scorecards: a table whose points do not add up is no rulebook.

use crate::shop::{compiled, shop, shown};

/// A card of two lines that promises 100 points.
const YEAR: &str = r#"
id = "year"
title = { zh = "年度评比", en = "The year" }
subject = "station"
period = "year"
points = 100

[[entry]]
id = "kept"
title = { zh = "规范", en = "Norms kept" }
kind = "yes_no"
by = ["advisor"]

[[item]]
id = "norms"
title = { zh = "规范", en = "Norms" }
points = 70
award = "if entered.kept then 70 else 0"

[[item]]
id = "rest"
title = { zh = "其余", en = "The rest" }
points = 30
award = "if entered.kept then 30 else 0"
"#;

#[test]
fn the_points_of_a_scorecard_add_up_and_no_award_is_more() {
    for (from, to, code, part) in [
        ("points = 100", "points = 100", None, ""),
        ("points = 100", "points = 90", Some("score-points"), "add up to 100 points"),
        ("points = 30", "points = 20", Some("score-points"), "add up to 90 points"),
        ("then 30 else", "then 31 else", Some("score-award"), "at most 30 points"),
    ] {
        let mut pack = shop();
        pack.files.insert("scorecards/year.toml".into(), YEAR.replacen(from, to, 1));
        let compiled = compiled(pack);
        let found = |f: &&rulebook::Finding| f.code.starts_with("score-");
        let found = compiled.findings.iter().find(found);
        assert_eq!(found.map(|f| f.code), code, "{}", shown(&compiled));
        assert!(found.is_none_or(|f| f.sentence.en.contains(part)), "{}", shown(&compiled));
        assert_eq!(compiled.has_errors(), code.is_some(), "{}", shown(&compiled));
    }
}
