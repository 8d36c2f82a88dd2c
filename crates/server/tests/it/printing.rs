//! A paper goes through the printer: counted, in the journal, and a reprint says that it is one.

use rulebook::model::{Effect, Paper, PaperKind};
use server::docs::{dress, pdf, sample, whole};
use testkit::{Reply, TestApp, json};

/// A handover sheet just printed by its opener: the document and its case.
async fn sheet(test: &TestApp) -> (String, String) {
    let form = json!({ "comer": test.person("zhaolei").await, "keys": 2, "cash": 12000,
        "told": "五点前要回电" });
    let opened = test.technician().await.open("shift_handover", None, form).await.expect(201);
    (opened.str("/documents/0/id"), opened.str("/id"))
}

fn prints(page: &Reply) -> Vec<String> {
    let timeline = page.at("/timeline");
    let entries = timeline.as_array().into_iter().flatten();
    let printed = entries.filter(|entry| entry["event"] == "printed");
    printed.filter_map(|entry| Some(entry["title"]["zh"].as_str()?.to_owned())).collect()
}

#[tokio::test]
async fn a_reprint_says_so_and_the_original_stays() {
    let test = TestApp::new().await;
    let (document, case) = sheet(&test).await;
    let chen = test.technician().await;
    let at = |asked: &str| format!("documents/{document}{asked}");
    let made = chen.get(&at("")).await.expect(200).text();
    assert!(!chen.get(&at("?print=1")).await.expect(200).text().contains("补打"));
    for (n, why) in [(1, None), (2, Some("卡纸"))] {
        let body = json!({ "paper": "A4", "reason": why });
        let printed = chen.post(&at("/printed"), body).await.expect(200);
        assert_eq!(printed.at("/printed"), json!(n));
    }
    assert!(chen.get(&at("?print=2")).await.expect(200).text().contains("补打第1次"));
    // Nobody skips a number by asking for a later print.
    assert!(chen.get(&at("?print=99")).await.expect(200).text().contains("补打第2次"));
    assert_eq!(chen.get(&at("")).await.expect(200).text(), made, "byte for byte");

    let page = chen.case(&case).await.expect(200);
    assert_eq!(page.at("/documents/0/printed"), json!(2));
    let mut told = prints(&page);
    told.sort();
    assert_eq!(told, ["打印：交接班记录", "补打第1次：交接班记录"]);
    assert!(page.text().contains("卡纸"), "and why");
    // A stranger's printer prints nothing of it.
    let stranger = test.stranger().await;
    stranger.post(&at("/printed"), json!({})).await.expect(404);
}

#[tokio::test]
async fn a_paper_lies_where_its_form_may_lie_and_no_further_than_a_printer_reaches() {
    let test = TestApp::new().await;
    let (document, _) = sheet(&test).await;
    let chen = test.technician().await;
    let ask = async |asked: &str| {
        let reply = chen.get(&format!("documents/{document}?{asked}")).await;
        (reply.status.as_u16(), reply.text())
    };
    let moved = ask("x=1.5&y=-2&scale=98&dark=1").await.1;
    assert!(moved.contains("zoom: 98%") && moved.contains("font-weight: 700 !important"));
    for refused in ["paper=label_40x30", "paper=A3", "x=900", "x=x", "scale=3", "copies=no"] {
        let (status, said) = ask(refused).await;
        assert!(matches!(status, 400 | 422), "{refused}: {status} {said}");
    }
    for paper in Paper::ALL {
        let page = chen.get(&format!("papers/{}/test?x=0.5", paper.key())).await.expect(200);
        assert!(page.text().contains("viewBox"), "rulers on {}", paper.key());
    }
    chen.get("papers/A3/test").await.expect(404);
    let papers = chen.get("papers").await.expect(200);
    assert_eq!(papers.at("/papers").as_array().map(Vec::len), Some(Paper::ALL.len()));
}

/// The machine's own browser makes pages of the size each paper has; without one nothing is shown.
#[tokio::test]
async fn a_pdf_is_as_large_as_its_paper() {
    if pdf::renderer().is_none() {
        println!("left out: there is no Chromium on this machine, so no PDF was measured");
        return;
    }
    let test = TestApp::empty().await;
    for paper in Paper::ALL {
        let cut = paper.cut();
        let rows = "<p>一行</p>".repeat(if cut.kind == PaperKind::Label { 1 } else { 20 });
        let html = whole(paper, "结算单", &[rows]);
        let made = pdf::render(&html, test.app.scratch(cut.key)).await.expect("a PDF");
        let sizes = pdf::page_sizes(&made);
        let (width, height) = sizes[0];
        let near = |mm: f64, tenths: u16| (mm - f64::from(tenths) / 10.0).abs() < 0.6;
        assert!(near(width, cut.width), "{}: {width} mm wide", cut.key);
        match cut.height {
            Some(high) => assert!(near(height, high), "{}: {height} mm high", cut.key),
            // A roll is cut where the text ends.
            None => assert!(sizes.len() == 1 && (60.0..250.0).contains(&height), "{height}"),
        }
    }
}

/// Every document of the packs is printed by an example, and made on every paper it may lie on.
#[tokio::test]
async fn every_document_is_made_from_an_example() {
    let test = TestApp::empty().await;
    let release = test.app.releases().current(test.app.today()).expect("a release");
    let made = sample::samples(&release, test.app.zone()).expect("all are made");
    for (id, document) in &release.documents {
        let sample = made.get(id).unwrap_or_else(|| panic!("no example prints {id}"));
        for paper in document.papers() {
            let asked = dress::Dress { paper: Some(paper), ..dress::Dress::default() };
            let html = dress::dressed(&sample.html, &asked).into_owned();
            let own = format!("<style data-paper=\"{}\"", paper.key());
            assert!(html.contains(&own), "{id} on {}", paper.key());
        }
        for letters in ["EB-", "CM-", "DS-", ">none<", ">undefined<"] {
            let body = sample.html.split_once("<body>").map_or("", |(_, rest)| rest);
            let found = body.contains(letters);
            assert!(!found, "{id} shows a customer {letters}");
        }
    }
}

/// A paper may be asked for before anything is written on it: no template may stop the work.
#[tokio::test]
async fn a_document_is_made_of_a_case_that_says_nothing() {
    let test = TestApp::empty().await;
    let release = test.app.releases().current(test.app.today()).expect("a release");
    for id in release.documents.keys() {
        for data in [json!({}), json!({ "verdict": null, "lines": null, "photos_in": null })] {
            let context = json!({ "data": data, "case": {}, "unit": null, "now": null });
            let made = server::docs::render(test.app.zone(), &release, id, &context);
            assert!(made.is_ok(), "{id} fails without answers");
        }
    }
}

/// Form key of the requirements, document, process; a dash where no process of today uses it.
const FORMS: &str = include_str!("data/forms.tsv");

/// Every form that a running process uses is a document which that process prints.
#[tokio::test]
async fn every_form_of_a_running_process_is_printed() {
    let test = TestApp::empty().await;
    let release = test.app.releases().current(test.app.today()).expect("a release");
    let rows = FORMS.lines().filter(|line| !line.starts_with('#')).skip(1);
    let rows: Vec<Vec<&str>> = rows.map(|line| line.split('\t').collect()).collect();
    for row in &rows {
        let [form, key, document, process] = row[..] else { panic!("four columns: {row:?}") };
        if document == "-" {
            let made = release.documents.contains_key(key);
            assert!(!made, "{form} {key} is printed: name its process in data/forms.tsv");
            continue;
        }
        assert!(release.documents.contains_key(document), "{form} {key} has no {document}");
        let process = release.processes.get(process).unwrap_or_else(|| panic!("{form}: {process}"));
        let prints = |effect: &Effect| match effect {
            Effect::Print { print, .. } => print == document,
            _ => false,
        };
        let printed = process.all_actions().flat_map(|action| &action.effects).any(prints);
        assert!(printed, "{} does not print {document}", process.id);
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/requirements/forms.md");
    let Ok(listing) = std::fs::read_to_string(path) else {
        println!("left out: {path} is not here, so only the committed list of forms was compared");
        return;
    };
    let listed = listing.lines().filter(|line| line.starts_with("| F"));
    let listed: Vec<&str> = listed.filter_map(|line| line.split('`').nth(1)).collect();
    let kept: Vec<&str> = rows.iter().map(|row| row[1]).collect();
    // Forms that serve no text of a standard stand behind those.
    let first = kept.get(..listed.len()).unwrap_or_default();
    assert_eq!(first, listed, "data/forms.tsv and requirements/forms.md name the same forms");
}
