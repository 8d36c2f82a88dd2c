//! A pack ten times the size of a real one, and how long it takes to load and to check.
//!
//! It is text like any other: a seed makes its clauses, tables and processes, of which no two are
//! alike, and `sanbao check` finds no error in it.

use super::page::Page;
use super::served::Failed;
use super::stopwatch;
use rulebook::PackSource;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::time::Duration;

/// Chapters; each has a process, a form, a table and ten clauses.
const CHAPTERS: usize = 100;
/// Clauses of a chapter.
const CLAUSES: usize = 10;
/// Rows of a table, before the one that always fits.
const ROWS: usize = 24;
/// Loading and checking together take no longer.
const BUDGET: Duration = Duration::from_secs(2);

/// Measures reading the pack into a release, and all that `sanbao check` says of it.
pub fn measure(page: &mut Page) -> Result<(), Failed> {
    let packs = [pack()];
    // `compile` loads, checks and makes the release; the floor of the law is asked beside it.
    let (compiled, took) = stopwatch::timed(|| rulebook::compile(&packs));
    let Some(release) = compiled.release else {
        let first = compiled.findings.iter().find(|found| found.level == rulebook::Level::Error);
        let shown = first.map(|found| format!("{}: {}", found.at, found.sentence.en));
        return Err(Failed::new(shown.unwrap_or_default()));
    };
    let (floor, checked) = stopwatch::timed(|| engine::warranty::below_floor(&release));
    // The parents are asked of the loaded pack: this is loading alone.
    let (_, parsed) = stopwatch::timed(|| rulebook::parents(&packs[0]));
    let whole = took + checked;
    let size = format!(
        "{} clauses, {} tables with {} rows, {} processes, {} kB of text made from a seed; budget \
         {} s",
        release.clauses.len(),
        release.tables.len(),
        release.tables.values().map(rulebook::table::Table::len).sum::<usize>(),
        release.processes.len(),
        packs[0].files.values().map(String::len).sum::<usize>() / 1000,
        BUDGET.as_secs(),
    );
    let seconds = |took: Duration| format!("{:.2} s", took.as_secs_f64());
    page.figure("a large release is loaded and checked", seconds(whole), &size);
    page.figure("of that, its files read", seconds(parsed), "the same");
    page.figure(
        "of that, merged and checked",
        seconds(whole.saturating_sub(parsed)),
        format!("one core, {} notes, no error", compiled.findings.len() + floor.len()),
    );
    if whole > BUDGET {
        eprintln!("a large release took {whole:?}, more than {BUDGET:?}");
    }
    Ok(())
}

/// Whole numbers one after the other, the same from the same seed (Lehmer).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(48_271) % 0x7fff_ffff;
        usize::try_from(self.0).unwrap_or(0) % limit
    }
}

/// The pack as text.
pub fn pack() -> PackSource {
    let mut dice = Dice(20_261_121);
    let mut files = BTreeMap::from([
        ("rulebook.toml".to_owned(), HEAD.to_owned()),
        ("roles.toml".to_owned(), ROLES.to_owned()),
    ]);
    let mut standard = "# 大型服务规定 | A large standard\n".to_owned();
    for chapter in 1..=CHAPTERS {
        let _ = writeln!(standard, "\n## {chapter} 第{chapter}章 | Chapter {chapter}");
        for clause in 1..=CLAUSES {
            let hours = 2 + dice.below(70);
            let _ = writeln!(
                standard,
                "\n### LG-{chapter}.{clause} · decision-rule\n> 第{chapter}章第{clause}条：应在\
                 {hours}小时内办结，并记录结果。\n\nTo be done within {hours} hours and recorded."
            );
        }
        files.insert(format!("forms/report_{chapter}.toml"), form(chapter));
        files.insert(format!("processes/service_{chapter}.toml"), process(chapter, &mut dice));
        files.insert(format!("tables/rates_{chapter}.csv"), table(chapter, &mut dice));
        let head = format!(
            "title = {{ zh = \"费率{chapter}\", en = \"Rates {chapter}\" }}\nhit = \"first\"\n"
        );
        files.insert(format!("tables/rates_{chapter}.toml"), head);
    }
    files.insert("standard.md".to_owned(), standard);
    PackSource { dir: "large".to_owned(), files }
}

const HEAD: &str = "id = \"large\"\nversion = \"1.0.0\"\nclause_prefix = \"LG\"\n\
    title = { zh = \"大型服务规定\", en = \"A large standard\" }\n";

const ROLES: &str = "[[role]]\nid = \"advisor\"\ntitle = { zh = \"顾问\", en = \"Advisor\" }\n\
    permissions = [\"case_read\", \"case_act\"]\nreach = \"station\"\n\n\
    [[role]]\nid = \"head\"\ntitle = { zh = \"站长\", en = \"Head\" }\n\
    permissions = [\"case_read\", \"case_act\"]\nreach = \"station\"\n";

fn form(chapter: usize) -> String {
    format!(
        "id = \"report_{chapter}\"\n\
         title = {{ zh = \"记录{chapter}\", en = \"Report {chapter}\" }}\n\n\
         [[field]]\nid = \"work\"\ntitle = {{ zh = \"处理\", en = \"Work\" }}\nkind = \"text\"\n\
         required = true\nclause = [\"LG-{chapter}.1\"]\n\n\
         [[field]]\nid = \"charge\"\n\
         title = {{ zh = \"收费\", en = \"Charge\" }}\nkind = \"money\"\n\n\
         [[field]]\nid = \"hours\"\ntitle = {{ zh = \"工时\", en = \"Hours\" }}\nkind = \"number\"\n"
    )
}

/// Four states, three actions with what they require, and a deadline for each step.
fn process(chapter: usize, dice: &mut Dice) -> String {
    let states = ["reported", "agreed", "repaired", "done"];
    let mut text = format!(
        "id = \"service_{chapter}\"\n\
         title = {{ zh = \"服务{chapter}\", en = \"Service {chapter}\" }}\n\
         number = \"P{chapter}-{{yyyy}}{{mm}}-{{seq:4}}\"\nsubject = \"unit\"\narea = \"visit\"\n\n\
         [start]\ntitle = {{ zh = \"报修\", en = \"Report\" }}\n\
         to = \"reported\"\nby = [\"advisor\"]\n\
         form = \"report_{chapter}\"\n"
    );
    for state in states {
        let kind = if state == "done" { "done" } else { "working" };
        let _ = write!(
            text,
            "\n[[state]]\nid = \"{state}\"\ntitle = {{ zh = \"{state}\", en = \"{state}\" }}\n\
             kind = \"{kind}\"\n"
        );
    }
    for (step, pair) in states.windows(2).enumerate() {
        let (from, to) = (pair[0], pair[1]);
        let (first, second, third) = (step * 3 + 1, step * 3 + 2, step * 3 + 3);
        let (most, hours) = (100 + dice.below(900), 2 + dice.below(90));
        let _ = write!(
            text,
            "\n[[action]]\nid = \"to_{to}\"\ntitle = {{ zh = \"转{to}\", en = \"To {to}\" }}\n\
             from = [\"{from}\"]\nto = \"{to}\"\nby = [\"advisor\", \"head\"]\n\
             form = \"report_{chapter}\"\nmark = \"primary\"\n\
             clause = [\"LG-{chapter}.{first}\"]\n\n\
             [[action.require]]\nid = \"charge_fits\"\n\
             when = \"form.charge = null or form.hours = null or form.hours < {most}\"\n\
             grade = \"block\"\nfield = \"hours\"\n\
             refuse = {{ zh = \"工时超限\", en = \"Too many hours\" }}\n\
             remedy = {{ zh = \"核对工时\", en = \"Check the hours\" }}\n\
             clause = [\"LG-{chapter}.{second}\"]\n\n\
             [[deadline]]\nid = \"{to}_in_time\"\n\
             title = {{ zh = \"限时{to}\", en = \"{to} in time\" }}\n\
             starts = [\"enter {from}\"]\nstops = [\"leave {from}\"]\nwithin = \"{hours} h\"\n\
             clause = [\"LG-{chapter}.{third}\"]\n"
        );
    }
    text
}

/// Rates by distance, hour and kind; the last row fits whatever no other does.
fn table(chapter: usize, dice: &mut Dice) -> String {
    let mut text = "id,clause,kind,distance,night,hours,→rate,→payer\n".to_owned();
    let clause = format!("LG-{chapter}.{CLAUSES}");
    for row in 0..ROWS {
        // Later rows of a kind ask for more hours and reach farther, so that each can fire.
        let far = 5 + 40 * (row % 4) + dice.below(40);
        let night = if row % 2 == 0 { "yes" } else { "no" };
        let kind = row / 4;
        let (hours, rate) = (1 + row % 4, 20 + dice.below(300));
        let _ =
            writeln!(text, "r{row},{clause},kind_{kind},< {far},{night},>= {hours},{rate},maker");
    }
    let _ = writeln!(text, "otherwise,{clause},,,,,{},customer", 10 + dice.below(10));
    text
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_large_pack_has_no_error() {
        let compiled = rulebook::compile(&[super::pack()]);
        let errors: Vec<_> = (compiled.findings.iter())
            .filter(|found| found.level == rulebook::Level::Error)
            .map(|found| format!("{} {} {}", found.at, found.code, found.sentence.en))
            .take(5)
            .collect();
        assert_eq!(errors, Vec::<String>::new());
        let release = compiled.release.expect("without an error there is a release");
        let sizes = (release.clauses.len(), release.tables.len(), release.processes.len());
        assert_eq!(sizes, (1_000, 100, 100));
    }
}
