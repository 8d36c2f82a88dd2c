//! Signatures and closed messages against values computed beforehand with other programs
//! (`hashlib.sha1` of Python, and `openssl enc -aes-256-cbc -nopad`), and written down here.

use super::sealing::{Sealing, fits, signature};

const KEY: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
const APP: &str = "wxb11529c136998cb6";
const TEXT: &str = "<xml><FromUserName><![CDATA[oia2Tj我是中文jewbmiOUlr6X]]></FromUserName></xml>";
const CLOSED: &str = "Q3stYC6hdFzMh9T8HCvyDDMALjj59verGyGUtaToy7phrcSubxuDMvs8ZtfTUsEMapgSK5D\
    wM+NosCztc/CZdMdlbneHaFLFHXK6lxlPxAJzkb9K/g7lAyCTDe9ZebW7pa5OM9n5SZgh6iYYf6wE8T00N5WSHAFEP4V3\
    rod/oD4=";

#[test]
fn a_signature_is_the_one_computed_elsewhere() {
    let parts = ["sanbao-token", "1795651200", "1320562132"];
    assert_eq!(signature(&parts), "acc95e5795b7f341538843878d37548b8690dd14");
    assert!(fits("acc95e5795b7f341538843878d37548b8690dd14", &parts));
    assert!(!fits("acc95e5795b7f341538843878d37548b8690dd15", &parts));
    let closed = ["sanbao-token", "1795651200", "1320562132", CLOSED];
    assert_eq!(signature(&closed), "70ed8e9578b27e45c3a9f7339ec36016a73ce12d");
}

#[test]
fn a_closed_text_opens_for_its_account_only() {
    let sealing = Sealing::try_new(KEY, APP).expect("a key");
    assert_eq!(sealing.open(CLOSED).as_deref(), Some(TEXT));
    assert_eq!(sealing.close(TEXT, *b"0123456789abcdef").as_deref(), Some(CLOSED));
    let other = Sealing::try_new(KEY, "wx0000000000000000").expect("a key");
    assert_eq!(other.open(CLOSED), None);
    for broken in ["", "AAAA", &CLOSED[4..], &CLOSED.replace("Q3st", "Q3su")] {
        assert_ne!(sealing.open(broken).as_deref(), Some(TEXT), "{broken}");
    }
    assert!(Sealing::try_new("short", APP).is_none());
}
