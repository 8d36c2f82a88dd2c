//! Text messages by Tencent Cloud (腾讯云短信, `SendSms` of 2021-01-11), signed by TC3-HMAC-SHA256.

use super::settings::Sms;
use super::signing::{hash, hmac};
use super::{Mail, Outcome, odd};
use axum::body::Body;
use axum::http::Request;
use base::Instant;
use data_encoding::HEXLOWER;
use serde_json::{Value as Json, json};

/// Where it is asked unless the file says otherwise.
pub(super) const ADDRESS: &str = "https://sms.tencentcloudapi.com";
const ALGORITHM: &str = "TC3-HMAC-SHA256";
const TYPE: &str = "application/json; charset=utf-8";

/// What is signed beside the payload.
struct Signed<'a> {
    service: &'a str,
    host: &'a str,
    action: &'a str,
    at: Instant,
}

impl Signed<'_> {
    fn authorization(&self, key_id: &str, secret: &str, payload: &str) -> String {
        let (host, service, at) = (self.host, self.service, self.at.timestamp());
        let action = self.action.to_lowercase();
        let hashed = hash(payload.as_bytes());
        let names = "content-type;host;x-tc-action";
        let canonical = format!(
            "POST\n/\n\ncontent-type:{TYPE}\nhost:{host}\nx-tc-action:{action}\n\n{names}\n{hashed}"
        );
        let day = at.strftime("%Y-%m-%d").to_string();
        let scope = format!("{day}/{service}/tc3_request");
        let canonical = hash(canonical.as_bytes());
        let text = format!("{ALGORITHM}\n{}\n{scope}\n{canonical}", at.as_second());
        let key = hmac(format!("TC3{secret}").as_bytes(), day.as_bytes());
        let key = hmac(&hmac(&key, service.as_bytes()), b"tc3_request");
        let signature = HEXLOWER.encode(&hmac(&key, text.as_bytes()));
        format!(
            "{ALGORITHM} Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}"
        )
    }
}

/// The request that sends a message.
pub(super) fn request(
    sms: &Sms,
    phone: &str,
    mail: &Mail<'_>,
    now: Instant,
) -> Result<Request<Body>, String> {
    let filled: Vec<&str> = mail.filled.iter().map(|(_, value)| value.as_str()).collect();
    let payload = json!({
        "PhoneNumberSet": [format!("+86{phone}")],
        "SmsSdkAppId": sms.sdk_app_id,
        "SignName": sms.sign_name,
        "TemplateId": mail.template.id,
        "TemplateParamSet": filled,
    })
    .to_string();
    let host = sms.host();
    let signed = Signed { service: "sms", host: &host, action: "SendSms", at: now };
    Request::post(format!("{}/", sms.address))
        .header("authorization", signed.authorization(&sms.key_id, &sms.secret.0, &payload))
        .header("content-type", TYPE)
        .header("host", &host)
        .header("x-tc-action", "SendSms")
        .header("x-tc-timestamp", now.timestamp().as_second().to_string())
        .header("x-tc-version", "2021-01-11")
        .header("x-tc-region", sms.region.as_str())
        .body(Body::from(payload))
        .map_err(|e| e.to_string())
}

/// Beginnings of codes that will be the same tomorrow.
const NEVER: [&str; 7] = [
    "InvalidParameterValue",
    "MissingParameter",
    "UnsupportedOperation",
    "FailedOperation.PhoneNumberInBlacklist",
    "FailedOperation.ContainSensitiveWord",
    "FailedOperation.SignatureIncorrectOrUnapproved",
    "FailedOperation.Template",
];

/// What its answer means.
pub(super) fn outcome(status: u16, answer: &Json) -> Outcome {
    let said = |pointer: &str| answer.pointer(pointer).and_then(Json::as_str);
    let (code, message) = match said("/Response/Error/Code") {
        Some(code) => (code, said("/Response/Error/Message")),
        None => match said("/Response/SendStatusSet/0/Code") {
            Some(code) => (code, said("/Response/SendStatusSet/0/Message")),
            None => return odd(status),
        },
    };
    if code == "Ok" {
        return Outcome::Sent(said("/Response/SendStatusSet/0/SerialNo").map(str::to_owned));
    }
    let why = format!("{code}: {}", message.unwrap_or_default());
    if NEVER.iter().any(|never| code.starts_with(never)) {
        Outcome::Refused(why)
    } else {
        Outcome::Later(why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of the provider's page on signature v3, whose keys are asterisks.
    #[test]
    fn the_published_example_is_signed_as_published() {
        let payload = "{\"Limit\": 1, \"Filters\": [{\"Values\": [\"\\u672a\\u547d\\u540d\"], \
                       \"Name\": \"instance-name\"}]}";
        let signed = Signed {
            service: "cvm",
            host: "cvm.tencentcloudapi.com",
            action: "DescribeInstances",
            at: Instant(1_551_113_065_000_000),
        };
        let stars = "*".repeat(32);
        assert_eq!(
            signed.authorization(&format!("AKID{stars}"), &stars, payload),
            format!(
                "TC3-HMAC-SHA256 Credential=AKID{stars}/2019-02-25/cvm/tc3_request, \
                 SignedHeaders=content-type;host;x-tc-action, Signature=\
                 10b1a37a7301a02ca19a647ad722d5e43b4b3cff309d421d85b46093f6ab6c4f"
            )
        );
    }

    #[test]
    fn answers_mean_what_the_provider_says_of_them() {
        let one = |code: &str| {
            json!({ "Response": { "SendStatusSet": [
                { "Code": code, "Message": "said", "SerialNo": "5000:1" }
            ] } })
        };
        let check = |body: &Json, expect| assert_eq!(outcome(200, body), expect);
        check(&one("Ok"), Outcome::Sent(Some("5000:1".into())));
        let black = "FailedOperation.PhoneNumberInBlacklist";
        check(&one(black), Outcome::Refused(format!("{black}: said")));
        let daily = "LimitExceeded.PhoneNumberDailyLimit";
        check(&one(daily), Outcome::Later(format!("{daily}: said")));
        let error = json!({ "Response": { "Error": { "Code": "AuthFailure.SignatureFailure" } } });
        check(&error, Outcome::Later("AuthFailure.SignatureFailure: ".into()));
        check(&json!({}), Outcome::Unknown("answered 200".into()));
    }
}
