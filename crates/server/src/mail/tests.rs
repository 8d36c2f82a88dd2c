//! Letters that nobody would write, and those that somebody writes to break the reader.

use super::read::{Read, read};
use proptest::prelude::*;

fn whole(text: &str) -> Option<Read> {
    read(text.as_bytes(), None).ok()
}

#[test]
fn a_letter_within_letters_without_end_is_given_up_and_not_followed() {
    let head = "From: a@b.cn\n";
    // Letters within letters: the parser by itself would follow them until the stack ends.
    let nested = format!("{head}{}", "Content-Type: message/rfc822\n\n".repeat(100_000));
    assert_eq!(whole(&nested).map(|read| read.others), Some(1));
    let parted: Vec<String> = (0..50_000)
        .map(|n| format!("Content-Type: multipart/mixed; boundary={n}\n\n--{n}\n"))
        .collect();
    assert_eq!(whole(&format!("{head}{}", parted.concat())), None);
    let many = "--b\n\nx\n".repeat(5000);
    let many = format!("{head}Content-Type: multipart/mixed; boundary=b\n\n{many}");
    assert_eq!(whole(&many), None);
    let long = format!("{head}{}", "X: y\n".repeat(100_000));
    assert_eq!(whole(&long), None);
    let digest = format!(
        "{head}Content-Type: multipart/digest; boundary=b\n\n--b\n\nFrom: x@y.cn\n\nwithin\n--b--\n"
    );
    assert!(whole(&digest).is_some());
}

#[test]
fn a_head_says_who_and_to_whom_in_whatever_signs() {
    let check = |head: &str, sender: Option<&str>| {
        let read = whole(&format!("{head}\n\nhello"));
        assert_eq!(read.map(|read| read.sender).as_deref(), sender, "{head}");
    };
    check("From: a@b.cn", Some("a@b.cn"));
    check("From: \"Wang, XM\" <a@B.CN>", Some("a@b.cn"));
    check("From: a@b.cn\nReply-To: c@d.cn", Some("c@d.cn"));
    check("From: a@b.cn\nReply-To: c@d.cn, e@f.cn", Some("a@b.cn"));
    check("From: a@b.cn\nReply-To: nonsense", Some("a@b.cn"));
    check("From: a@b.cn, c@d.cn", None);
    check("From: nobody", None);
    check("From:", None);
    check("To: a@b.cn", None);
}

#[test]
fn texts_that_say_the_same_are_read_once() {
    let check = |parts: &str, expect: &str| {
        let head = "From: a@b.cn\nContent-Type: multipart/alternative; boundary=b\n\n";
        let read = whole(&format!("{head}{parts}--b--\n")).expect("a letter");
        assert_eq!(read.text, expect, "{parts}");
    };
    let plain = |text: &str| format!("--b\nContent-Type: text/plain\n\n{text}\n");
    let page = |text: &str| format!("--b\nContent-Type: text/html\n\n{text}\n");
    check(&format!("{}{}", plain("one"), page("<p>two</p>")), "one");
    check(&format!("{}{}", plain(" "), page("<p>two</p>")), "two");
    check(&page("<div>a</div><div>b</div>"), "a\nb");
    check("", "");
    check("--b\n", "");
}

/// Letters with what makes readers stumble, at any place.
fn broken() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "From: a@b.cn\n",
        "\n",
        "\r\n",
        "--b\n",
        "--b--\n",
        "--",
        "=?gbk?B?xOO6w?=",
        "=?utf-8?Q?=E4?=",
        "Content-Type: multipart/mixed; boundary=b\n",
        "Content-Type: text/html; charset=gbk\n",
        "Content-Type: message/rfc822\n",
        "Content-Type: multipart/alternative; boundary=\"\"\n",
        "Content-Transfer-Encoding: base64\n",
        "Content-Transfer-Encoding: quoted-printable\n",
        "Subject: ",
        "References: <a@b> <",
        "xOO6w7rD",
        "=E4=BD",
        "<div>",
        "<!--",
        "&#x;",
        "&#9999999;",
        "\u{e000}",
        "> ",
        "发件人:",
        "写道：",
        "\0",
        "Content-Type: ;;;=\"\n",
        "Message-ID: <>\n",
    ]);
    let bytes = prop::collection::vec(any::<u8>(), 0..12);
    let piece = prop_oneof![4 => pieces.prop_map(|text| text.as_bytes().to_vec()), 1 => bytes];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_breaks_the_reader(raw in broken()) {
        let _ = read(&raw, None);
        let mut sent = b"From: a@b.cn\n".to_vec();
        sent.extend(raw);
        if let Ok(read) = read(&sent, None) {
            let (new, all) = (read.new_text(), read.whole_text());
            let sign = super::html::REPEATED;
            prop_assert!(!new.contains(sign) && !all.contains(sign));
            prop_assert!(new.len() <= read.text.len());
        }
    }
}
