//! Templates of a pack, with the rulebook's own expressions.

use crate::script::{header, key, path};
use base::{Text, TransactionId};
use ledger::{
    Answer, Book, Chart, Mistake, Outcome, PostingsFile, Refused, Template, Transaction, VarKind,
};
use rulebook::expr::{Expr, Type, Value};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const PACK: &str = include_str!("postings.toml");

fn load(text: &str) -> (Chart, Vec<Template<Expr>>) {
    let file: PostingsFile<Expr> = toml::from_str(text).expect("the file has the right shape");
    (Chart { rules: file.accounts }, file.postings)
}

/// How the rulebook's types meet the kinds of variables.
fn type_of(kind: VarKind) -> Type {
    match kind {
        VarKind::Key => Type::Text,
        VarKind::Money => Type::Money,
        VarKind::Pieces => Type::Quantity,
        VarKind::Serials => Type::List(Box::new(Type::Text)),
        VarKind::Number => Type::Number,
        VarKind::YesNo => Type::Bool,
    }
}

fn check(chart: &Chart, template: &Template<Expr>) -> Vec<Mistake> {
    let names = template.vars.iter().map(|(name, kind)| (name.clone(), type_of(*kind)));
    let scope = Type::Record(names.collect());
    template.check(chart, |expr, wanted| {
        expr.check_as(&scope, &type_of(wanted)).map_err(|error| error.sentence)?;
        Ok(expr.paths().into_iter().filter_map(|path| path.into_iter().next()).collect())
    })
}

#[test]
fn the_example_pack_has_no_mistakes() {
    let (chart, postings) = load(PACK);
    assert_eq!(chart.check(), []);
    for template in &postings {
        assert_eq!(check(&chart, template), [], "{}", template.id);
    }
}

/// Variables, moves, and the codes found.
const MISTAKES: &[(&str, &str, &[&str])] = &[
    ("", "", &["posting-empty"]),
    ("v = 'money'", "{ from = 'maker/a', to = 'maker/b', amount = 'v' }", &[]),
    (
        "v = 'money'",
        "{ from = 'maker/a', to = 'maker/b', amount = 'w' }",
        &["posting-type", "posting-variable-unused"],
    ),
    (
        "v = 'number'",
        "{ from = 'maker/a', to = 'maker/b', amount = 'v' }",
        &["posting-type", "posting-variable-unused"],
    ),
    (
        "v = 'money', b = 'key'",
        "{ from = 'maker/a', to = 'maker/b', amount = 'v' }",
        &["posting-variable-unused"],
    ),
    (
        "v = 'money'",
        "{ from = 'maker/{a}', to = 'maker/{v}', amount = 'v' }",
        &["posting-variable-unknown", "posting-variable-unknown"],
    ),
    (
        "v = 'money'",
        "{ from = 'maker/a', to = 'maker/a', amount = 'v' }",
        &["posting-same-account"],
    ),
    (
        "v = 'money'",
        "{ from = 'maker/a', to = 'purse/b', amount = 'v' }",
        &["posting-account-unknown"],
    ),
    (
        "v = 'money', w = 'key'",
        "{ from = 'maker/a', to = 'maker/x{w}', amount = 'v' }",
        &["posting-path", "posting-variable-unused"],
    ),
    (
        "v = 'money'",
        "{ from = 'maker/a', to = 'stock/main/TUBE', amount = 'v' }",
        &["posting-counts"],
    ),
    (
        "n = 'pieces', p = 'key', q = 'key'",
        "{ from = 'stock/main/{p}', to = 'stock/st1/{q}', pieces = 'n' }",
        &["posting-part"],
    ),
    (
        "n = 'pieces', p = 'key'",
        "{ from = 'stock/main/{p}', to = 'stock/st1/{p}', pieces = 'n' }, # no kind\n",
        &["posting-kind"],
    ),
    ("", "{ from = 'maker/a', to = 'maker/b' }", &["posting-measure"]),
    (
        "v = 'money', s = 'serials'",
        "{ from = 'maker/a', to = 'maker/b', amount = 'v', serials = 's' }",
        &["posting-serials"],
    ),
];

#[test]
fn mistakes_are_found_when_a_pack_is_loaded() {
    let (chart, _) = load(PACK);
    for (vars, moves, expect) in MISTAKES {
        let kind = moves.contains("pieces") && !moves.contains("# no kind");
        let kind = if kind { "kind = \"use\"" } else { "" };
        let text = format!(
            "[[posting]]\nid = \"x\"\ntitle = {{ zh = \"\", en = \"\" }}\nclause = []\n\
             vars = {{ {vars} }}\nmoves = [{moves}]\n{kind}"
        );
        let (_, postings) = load(&text);
        let codes: Vec<_> = check(&chart, &postings[0]).iter().map(|m| m.code).collect();
        assert_eq!(codes, *expect, "{moves}");
    }
}

#[test]
fn mistakes_in_account_rules() {
    let find = |rules: &[(&str, &str, &str)], expect: &[&str]| {
        let rule = |(path, counts, more): &(&str, &str, &str)| {
            format!(
                "[[account]]\nid = \"x\"\ntitle = {{ zh = \"\", en = \"\" }}\nclause = []\n\
                 path = \"{path}\"\ncounts = \"{counts}\"\n{more}\n"
            )
        };
        let (chart, _) = load(&rules.iter().map(rule).collect::<String>());
        let codes: Vec<_> = chart.check().iter().map(|m| m.code).collect();
        assert_eq!(codes, expect, "{rules:?}");
    };
    find(&[("stock/{warehouse}/{part}", "parts", "")], &[]);
    find(&[("stock/{warehouse}", "parts", "")], &["account-part"]);
    find(&[("stock//{part}", "parts", "")], &["account-path"]);
    find(&[("stock/{part}/{part}", "parts", "")], &["account-path"]);
    find(&[("purse", "fen", "at_most = -1")], &["account-limit"]);
    find(&[("a/{b}", "fen", ""), ("a/c", "fen", "")], &["account-overlap"]);
    find(&[("a/{b}", "fen", ""), ("b/c", "fen", "")], &[]);
}

/// A company that posts by template alone.
struct Desk {
    chart: Chart,
    postings: Vec<Template<Expr>>,
    book: Book,
    next: i64,
}

impl Desk {
    fn new() -> Self {
        let (chart, postings) = load(PACK);
        Self { chart, postings, book: Book::new(), next: 1 }
    }

    /// Posts `id` with variables written `name=value`; texts, `12.5y` money, `3` numbers, `[a b]`.
    fn post(&mut self, id: &str, vars: &str) -> String {
        match self.try_post(id, &read_vars(vars)) {
            Ok(Some(_)) => "ok".to_owned(),
            Ok(None) => "nothing".to_owned(),
            Err(refused) => refused.code.as_str().to_owned(),
        }
    }

    fn try_post(
        &mut self,
        id: &str,
        vars: &BTreeMap<String, Value>,
    ) -> Result<Option<Outcome>, Refused> {
        let template = self.postings.iter().find(|t| t.id.as_str() == id).expect("a template");
        let keys = vars.iter().filter_map(|(name, value)| match value {
            Value::Text(text) => Some((name.clone(), text.to_string())),
            _ => None,
        });
        let tracked = |part: &ledger::Key| part.as_str() == "old_part" || part.as_str() == "BAT";
        let answer = |expr: &Expr| match expr.eval(vars) {
            Value::Money(number) | Value::Number(number) => Answer::Number(number),
            Value::List(items) => Answer::Serials(
                items
                    .into_iter()
                    .filter_map(|item| match item {
                        Value::Text(text) => Some(text.into()),
                        _ => None,
                    })
                    .collect(),
            ),
            _ => Answer::Missing,
        };
        let moves = template.fill(&self.chart, &keys.collect(), &tracked, answer)?;
        if moves.is_empty() {
            return Ok(None);
        }
        let transaction = Transaction::from_moves(header(), &moves)?;
        for account in self.chart.accounts_of(&transaction)? {
            self.book.open(account)?;
        }
        let done = self.book.post(TransactionId(self.next), transaction)?;
        self.next += 1;
        assert_eq!(self.book.verify(), []);
        Ok(Some(done))
    }

    fn balance(&self, at: &str) -> i64 {
        self.book.account(&path(at)).map_or(0, |state| state.balance)
    }

    fn holder(&self, part: &str, serial: &str) -> String {
        let custody = self.book.custody(&key(part), &key(serial));
        custody.map_or("nobody".to_owned(), |custody| custody.holder.to_string())
    }
}

fn read_vars(text: &str) -> BTreeMap<String, Value> {
    let number = |text: &str| text.parse::<Decimal>().expect("a number");
    let value = |text: &str| {
        if let Some(list) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) {
            let items = list.split('+').filter(|item| !item.is_empty());
            Value::List(items.map(|item| Value::Text(item.to_owned().into())).collect())
        } else if let Some(yuan) = text.strip_suffix('y') {
            Value::Money(number(yuan) * Decimal::ONE_HUNDRED)
        } else if text.starts_with(|c: char| c.is_ascii_digit()) {
            Value::Number(number(text))
        } else {
            Value::Text(text.trim_start_matches('\'').to_owned().into())
        }
    };
    text.split_whitespace()
        .map(|pair| {
            let (name, given) = pair.split_once('=').expect("name=value");
            (name.to_owned(), value(given))
        })
        .collect()
}

fn lines(desk: &mut Desk, script: &str) {
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if line.starts_with("//") {
            continue;
        }
        let (event, expect) = line.split_once(" => ").expect("a line ends in => code");
        let (verb, rest) = event.trim().split_once(' ').expect("an event has a verb");
        let rest = rest.trim();
        let got = match verb {
            "balance" => desk.balance(rest).to_string(),
            "holder" => {
                let (part, serial) = rest.split_once(' ').expect("part and serial");
                desk.holder(part, serial)
            }
            "quota" => {
                let (at, most) = rest.split_once(' ').expect("account and limit");
                let most = Some(most.trim().parse().expect("a limit"));
                desk.book
                    .limit(&path(at), most)
                    .map_or_else(|r| r.code.as_str().into(), |_| "ok".into())
            }
            _ => desk.post(verb, rest),
        };
        assert_eq!(got, expect.trim(), "{line}");
    }
}

/// P18, P19: allowance, loan and quota.
#[test]
fn float_and_loan() {
    lines(
        &mut Desk::new(),
        "
        // An allowance that is switched off posts nothing (EB-3.2a).
        float_credit station=S1 year='2026 vehicles=10 allowance=0y   => nothing
        float_credit station=S1 year='2026 vehicles=3 allowance=10.5y => ok
        balance station/S1/float/2026                                 => 3150
        float_used station=S1 year='2026 value=40y                    => below-zero
        float_used station=S1 year='2026 value=30y                    => ok
        float_sold station=S1 value=12.345y                           => ok
        // Half a fen is rounded up, once.
        balance station/S1/payable                                    => 1235
        float_year_end station=S1 year='2026 rest=1.5y                => ok
        balance station/S1/goods_credit                               => 150
        receipt supplier=F1 warehouse=main part=TUBE pieces=9 serials=[] => ok
        // No quota, no loan (EB-8.1.1a).
        loan_issue warehouse=main agent=A part=TUBE pieces=2 serials=[] price=8y => over-limit
        balance stock/main/TUBE                                       => 9
        quota agent/A/loan 2000                                       => ok
        loan_issue warehouse=main agent=A part=TUBE pieces=2 serials=[] price=8y => ok
        loan_issue warehouse=main agent=A part=TUBE pieces=1 serials=[] price=8y => over-limit
        balance lent/A/TUBE                                           => 2
        balance agent/A/loan                                          => 1600
        loan_difference agent=A value=16y                             => ok
        balance agent/A/loan                                          => 0
        ",
    );
}

/// P20, P22: a battery from supplier to vehicle, the old one out, labelled, credited once.
#[test]
fn a_battery_and_its_old_one() {
    lines(
        &mut Desk::new(),
        "
        receipt supplier=F1 warehouse=main part=BAT pieces=2 serials=[B1]      => serials-count
        receipt supplier=F1 warehouse=main part=BAT pieces=2 serials=[B1+B2]   => ok
        receipt supplier=F1 warehouse=main part=BAT pieces=1 serials=[B1]      => serial-elsewhere
        receipt supplier=F1 warehouse=main part=TUBE pieces=1.5 serials=[]     => pieces-not-whole
        receipt supplier=F1 warehouse=main/x part=TUBE pieces=1 serials=[]     => key-malformed
        receipt supplier=F1 warehouse=main part=TUBE serials=[]                => value-missing
        receipt supplier=F1 part=TUBE pieces=1 serials=[]                      => variable-missing
        allocation warehouse=main to=S1 waybill=SF1 part=BAT pieces=1 serials=[B1] => ok
        holder BAT B1                                                          => transit/S1/SF1/BAT
        arrival warehouse=S1 waybill=SF1 part=BAT pieces=1 serials=[B2]        => serial-elsewhere
        arrival warehouse=S1 waybill=SF1 part=BAT pieces=1 serials=[B1]        => ok
        reserve warehouse=S1 part=BAT pieces=1 serials=[B1]                    => ok
        // Two hands at once: the second one finds nothing.
        reserve warehouse=S1 part=BAT pieces=1 serials=[B1]                    => serial-elsewhere
        issue warehouse=S1 unit=U1 part=BAT pieces=1 serials=[B1]              => ok
        // The old battery came with the vehicle and was in no stock before.
        old_part_labelled unit=U1 warehouse=S1 part=BAT serials=[F9] label=[L1] => ok
        balance fitted/U1/BAT                                                  => 0
        holder BAT F9                                                          => old/S1/BAT
        // Its label pays once, whatever for (G48).
        old_for_new warehouse=main to=S1 waybill=SF2 part=BAT serials=[B2] label=[L1] => ok
        loan_offset agent=A labels=[L1] value=5y                               => serial-elsewhere
        old_part_scrapped warehouse=S1 part=BAT pieces=1 serials=[F9]          => ok
        holder BAT F9                                                          => scrap/S1/BAT
        ",
    );
}

/// P22, EB-6.5.2: a count with differences; charges by payer.
#[test]
fn counts_and_charges() {
    lines(
        &mut Desk::new(),
        "
        receipt supplier=F1 warehouse=main part=TUBE pieces=9 serials=[]  => ok
        count warehouse=main part=TUBE booked=9 counted=7 missing=[] found=[] => ok
        balance stock/main/TUBE                                           => 7
        balance difference/main/TUBE                                      => 2
        count warehouse=main part=TUBE booked=7 counted=7 missing=[] found=[] => nothing
        count warehouse=main part=TUBE booked=7 counted=8 missing=[] found=[] => ok
        balance stock/main/TUBE                                           => 8
        retail warehouse=main buyer=K1 part=TUBE pieces=9 serials=[]      => below-zero
        wholesale warehouse=main buyer=K1 part=TUBE pieces=8 serials=[]   => ok
        // The maker pays all of it: the customer's account is not even opened.
        charge station=S1 case=C1 customer=0y maker=80y                   => ok
        paid station=S1 case=C1 value=1y                                  => below-zero
        charge station=S1 case=C2 customer=18y maker=80y                  => ok
        paid station=S1 case=C2 value=18y                                 => ok
        balance station/S1/cash                                           => 1800
        balance station/S1/takings                                        => -17800
        ",
    );
}

#[test]
fn a_refusal_reads_in_both_languages() {
    let mut desk = Desk::new();
    lines(&mut desk, "receipt supplier=F1 warehouse=main part=BAT pieces=1 serials=[B1] => ok");
    let vars = read_vars("supplier=F1 warehouse=main part=BAT pieces=1 serials=[B1]");
    let refused = desk.try_post("receipt", &vars).expect_err("B1 is in stock").sentence();
    let expect = Text::new(
        "编号 B1 现在 stock/main/BAT，不能从别处转出",
        "Serial B1 is held by stock/main/BAT; move it from there",
    );
    assert_eq!(refused, expect);
}
