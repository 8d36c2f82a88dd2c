//! What providers of text messages report later (短信回执): each in its own shape, at a secret address.

use super::settings::{Sms, SmsProvider};
use data_encoding::HEXLOWER;
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use store::delivery::Report;

/// Most reports of one request.
const MOST: usize = 500;
/// Longest number of a message.
const LONGEST: usize = 100;

impl Sms {
    /// Whether this is the word of the secret address; how far it fits cannot be timed.
    pub fn reports_to(&self, word: &str) -> bool {
        let hash = |text: &str| HEXLOWER.encode(&Sha256::digest(text.as_bytes()));
        self.reports.as_ref().is_some_and(|own| hash(&own.0) == hash(word))
    }

    /// The reports of a request; what is none is left out.
    pub fn reports(&self, body: &[u8]) -> Vec<Report> {
        let all: Vec<Json> = serde_json::from_slice(body).unwrap_or_default();
        all.iter().take(MOST).filter_map(|one| self.report(one)).collect()
    }

    fn report(&self, one: &Json) -> Option<Report> {
        let said = |name: &str| one.get(name).and_then(Json::as_str).unwrap_or_default();
        let (reference, arrived, code, words) = match self.provider {
            SmsProvider::Aliyun => {
                let success = one.get("success");
                // Written as a word by older accounts.
                let arrived = success.is_some_and(|s| s == true || s == "true");
                (said("biz_id"), arrived, said("err_code"), said("err_msg"))
            }
            SmsProvider::Tencent => {
                let arrived = said("report_status") == "SUCCESS";
                (said("sid"), arrived, said("errmsg"), said("description"))
            }
        };
        if reference.is_empty() || reference.len() > LONGEST {
            return None;
        }
        let failed = (!arrived).then(|| format!("{words} ({code})"));
        Some(Report { reference: reference.to_owned(), failed })
    }
}
