//! `sanbao standard figures`: which times, sums and shares of the text nothing says.

use crate::shop::{compiled, edited, shown};
use rulebook::PackSource;
use rulebook::standard::uncarried;

/// The figures of the clause about assigning within 24 h that nothing says.
fn open(pack: PackSource) -> Vec<String> {
    let compiled = compiled(pack);
    let said = shown(&compiled);
    let release = compiled.release.unwrap_or_else(|| panic!("the pack is wrong:\n{said}"));
    let of_clause = uncarried(&release).into_iter().filter(|found| found.clause == "SH-2");
    of_clause.map(|found| found.figure.text).collect()
}

#[test]
fn a_figure_is_open_until_what_carries_the_clause_says_it() {
    let said = |words: &str| open(edited("standard.md", "接车后24小时内派工", words));
    assert_eq!(said("接车后24小时内派工"), Vec::<String>::new());
    assert_eq!(said("接车后48小时内派工"), ["48小时"]);
}

#[test]
fn a_setting_that_names_itself_is_not_followed_for_ever() {
    let mut pack = edited("processes/repair.toml", "data.odometer >= 0", "params.echo != null");
    let settings = pack.files.get_mut("rulebook.toml").expect("its settings");
    settings.push_str(
        "\n[[parameter]]\nid = \"echo\"\ntitle = { zh = \"回声\", en = \"Echo\" }\n\
         kind = \"text\"\nvalue = \"params.echo\"\nclause = [\"SH-2\"]\n",
    );
    assert_eq!(open(pack), Vec::<String>::new());
}
