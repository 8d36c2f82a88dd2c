//! The schemas for editors say what the loader says: every file of every pack fits its schema, and
//! what the loader refuses for its shape the schema refuses too.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jsonschema::Validator;
use rulebook::PackSource;
use serde_json::Value as Json;
use xtask::codegen::{kinds, schemas, shape};
use xtask::repo;

/// The schemas as they are committed, by kind.
fn committed() -> BTreeMap<&'static str, Validator> {
    let folder = repo::root().join("docs/rulebook/schema");
    let read = |kind: &kinds::Kind| {
        let text = fs::read_to_string(folder.join(format!("{}.json", kind.name)))
            .expect("every kind has a schema");
        let schema: Json = serde_json::from_str(&text).expect("a schema is JSON");
        (kind.name, jsonschema::validator_for(&schema).expect("it is a schema"))
    };
    kinds::KINDS.iter().map(read).collect()
}

fn as_json(text: &str) -> Json {
    let table: toml::Table = text.parse().expect("TOML");
    json_of(toml::Value::Table(table))
}

/// Days may stand without quotes; editors and the loader read them as text.
fn json_of(value: toml::Value) -> Json {
    match value {
        toml::Value::Datetime(at) => at.to_string().into(),
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(yes) => yes.into(),
        toml::Value::Array(items) => items.into_iter().map(json_of).collect(),
        toml::Value::Table(table) => {
            Json::Object(table.into_iter().map(|(key, value)| (key, json_of(value))).collect())
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_file_of_every_pack_fits_its_schema() {
    let schemas = committed();
    let mut seen = BTreeMap::new();
    let packs = repo::root().join("rulebooks");
    for pack in fs::read_dir(&packs).expect("packs").flatten().map(|entry| entry.path()) {
        for file in files(&pack) {
            let place = file.strip_prefix(&pack).expect("it lies there");
            let kind = kinds::of(place).unwrap_or_else(|| panic!("no kind: {}", file.display()));
            let json = as_json(&fs::read_to_string(&file).expect("text"));
            let wrong: Vec<_> = schemas[kind.name]
                .iter_errors(&json)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(wrong.is_empty(), "{}: {wrong:#?}", file.display());
            *seen.entry(kind.name).or_insert(0) += 1;
        }
    }
    for kind in kinds::KINDS {
        assert!(seen.contains_key(kind.name), "no pack has a file of the kind {}", kind.name);
    }
}

/// What is wrong with a file is seen in an editor and by `sanbao check`.
#[test]
fn what_the_loader_refuses_for_its_shape_the_schema_refuses() {
    let schemas = committed();
    let check = |place: &str, right: &str, wrong: &str, code: &str| {
        let kind = kinds::of(Path::new(place)).expect("a kind of file");
        let valid = &schemas[kind.name];
        for (text, fine) in [(right, true), (wrong, false)] {
            let said: Vec<_> = valid.iter_errors(&as_json(text)).map(|e| e.to_string()).collect();
            assert_eq!(said.is_empty(), fine, "{place}: {text}: {said:?}");
            let codes = codes(place, text);
            assert_eq!(codes.contains(&code), !fine, "{place}: {text}: {codes:?}");
        }
    };
    let title = "title = { zh = \"一\", en = \"One\" }";
    let role = format!("[[role]]\nid = \"a\"\n{title}\nreach = \"own\"\n");
    check("roles.toml", &role, &role.replace("own", "owns"), "unknown-word");
    check("roles.toml", &role, &role.replace("reach", "reech"), "unknown-key");
    check("roles.toml", &role, &role.replace("id = \"a\"\n", ""), "missing-key");
    check("roles.toml", &role, &role.replace("\"a\"", "7"), "wrong-type");
    check("roles.toml", &role, &role.replace(", en = \"One\"", ""), "missing-key");
    let info = format!("id = \"p\"\n{title}\nversion = \"1.0.0\"\n");
    check("rulebook.toml", &info, &format!("{info}min_coverage = \"many\"\n"), "wrong-type");
    let term = "start = [\"invoice\"]\nunlisted_part = \"1 y\"\nreplaced_part = \"max\"\n";
    check("term.toml", term, &term.replace("1 y", "soon"), "bad-span");
    let deadline = format!(
        "[[deadline]]\nid = \"d\"\n{title}\nstarts = [\"enter a\"]\nstops = [\"leave a\"]\n\
         within = \"24 h\"\nclause = []\n"
    );
    let process = format!("refines = \"x\"\n{deadline}");
    let within = "[{ when = \"true\", span = \"2 h\" }, { span = \"3 h\" }]";
    let cases = process.replace("\"24 h\"", within);
    check("processes/x.toml", &cases, &cases.replace("span", "spam"), "unknown-key");
    check("processes/x.toml", &process, &process.replace("enter a", "after a"), "bad-trigger");
    let action = |effect: &str| {
        format!(
            "refines = \"x\"\n[[action]]\nid = \"a\"\n{title}\nfrom = [\"b\"]\nby = []\n\
             effects = [{effect}]\n"
        )
    };
    let print = action("{ print = \"sheet\" }");
    check("processes/x.toml", &print, &action("{ prnt = \"sheet\" }"), "unknown-effect");
    let twice = action("{ print = \"sheet\", post = \"issue\" }");
    check("processes/x.toml", &print, &twice, "ambiguous-effect");
    check("processes/x.toml", &print, &action("{ notify = \"word\" }"), "missing-key");
    check("processes/x.toml", &print, &action("{ judge = \"yes\" }"), "wrong-type");
    let form = "refines = \"f\"\n[[field]]\nid = \"a\"\ntitle = { zh = \"一\", en = \"One\" }\n\
                kind = \"text\"\nrequired = true\n";
    check("forms/f.toml", form, &form.replace("\"text\"", "\"txt\""), "unknown-word");
    check("forms/f.toml", form, &form.replace("true", "[]"), "wrong-type");
    let calendar = "[[calendar]]\nid = \"c\"\nhours = [\"08:30-12:00\"]\n";
    check("calendars.toml", calendar, &calendar.replace("08:30-12:00", "morning"), "bad-value");
    let example = "[[example]]\nname = \"x\"\n[[example.step]]\ndo = \"open\"\n";
    check("examples/e.toml", example, &example.replace("do =", "act ="), "unknown-key");
}

/// Codes of what the loader finds in a pack that has this one file beside its head.
fn codes(place: &str, text: &str) -> Vec<&'static str> {
    let head = "id = \"p\"\ntitle = { zh = \"一\", en = \"One\" }\nversion = \"1.0.0\"\n";
    let mut files = BTreeMap::from([("rulebook.toml".to_owned(), head.to_owned())]);
    files.insert(place.to_owned(), text.to_owned());
    let compiled = rulebook::compile(&[PackSource { dir: "p".into(), files }]);
    compiled.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn a_type_without_shape_or_word_is_named() {
    let shapes = shape::Shapes::read(&repo::root()).expect("sources");
    let error = shapes.item("Nowhere").expect_err("there is none");
    assert!(error.contains("`Nowhere`") && error.contains("Deserialize"), "{error}");
    for kind in kinds::KINDS {
        schemas::schema(kind, &shapes).unwrap_or_else(|error| panic!("{}: {error}", kind.name));
    }
}

#[test]
fn a_length_is_spelled_in_the_schema_as_the_loader_reads_it() {
    let basic = shape::basics::find("Span").expect("it has a spelling of its own");
    let valid = jsonschema::validator_for(&basic.schema()).expect("a schema");
    for text in [
        "24 mo",
        "15d",
        "1 y",
        "3 workday",
        "30 min",
        "2 周",
        "5个工作日",
        "6 个月",
        "6月",
        "半年",
        "一年半",
        "二十四个月",
        "三个工作日",
        "十五天",
        "半个小时",
        "两小时",
        " 24 h ",
        "",
        "soon",
        "24",
        "24 moo",
        "-1 d",
        "1.5 h",
        "六月份",
        "h 24",
        "半",
    ] {
        let read = base::time::Span::parse(text).is_some();
        assert_eq!(valid.is_valid(&Json::from(text)), read, "{text}");
    }
    let word = shape::basics::find("KindWord").expect("it has a spelling of its own");
    let valid = jsonschema::validator_for(&word.schema()).expect("a schema");
    for (text, _) in rulebook::table::Kind::WORDS {
        assert!(valid.is_valid(&Json::from(text)), "{text}");
    }
}
