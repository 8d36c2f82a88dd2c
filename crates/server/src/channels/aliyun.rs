//! Text messages by Aliyun (阿里云短信, `SendSms` of 2017-05-25), signed by ACS3-HMAC-SHA256.

use super::settings::Sms;
use super::signing::{encoded, hash, hmac};
use super::{Mail, Outcome, odd};
use axum::body::Body;
use axum::http::Request;
use base::Instant;
use data_encoding::HEXLOWER;
use serde_json::{Map, Value as Json};

/// Where it is asked unless the file says otherwise.
pub(super) const ADDRESS: &str = "https://dysmsapi.aliyuncs.com";
const ALGORITHM: &str = "ACS3-HMAC-SHA256";

/// What is signed: query and headers, each in its order.
struct Signed<'a> {
    query: &'a str,
    headers: &'a [(&'a str, &'a str)],
    payload: &'a [u8],
}

impl Signed<'_> {
    fn names(&self) -> String {
        self.headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";")
    }

    fn authorization(&self, key_id: &str, secret: &str) -> String {
        let lines: String = self.headers.iter().flat_map(|(k, v)| [*k, ":", *v, "\n"]).collect();
        let (query, names, hashed) = (self.query, self.names(), hash(self.payload));
        let canonical = format!("POST\n/\n{query}\n{lines}\n{names}\n{hashed}");
        let text = format!("{ALGORITHM}\n{}", hash(canonical.as_bytes()));
        let signature = HEXLOWER.encode(&hmac(secret.as_bytes(), text.as_bytes()));
        format!("{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}")
    }
}

/// The request that sends a message.
pub(super) fn request(
    sms: &Sms,
    phone: &str,
    mail: &Mail<'_>,
    now: Instant,
) -> Result<Request<Body>, String> {
    let filled = mail.filled.iter().map(|(k, v)| (k.clone(), Json::from(v.as_str())));
    let filled = Json::Object(filled.collect::<Map<_, _>>()).to_string();
    // In the order of their names, as they are signed.
    let query = [
        ("PhoneNumbers", phone),
        ("SignName", &sms.sign_name),
        ("TemplateCode", &mail.template.id),
        ("TemplateParam", &filled),
    ];
    let query = query.map(|(k, v)| format!("{k}={}", encoded(v))).join("&");
    let host = sms.host();
    let date = now.timestamp().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let nonce = nonce()?;
    let hashed = hash(b"");
    let headers = [
        ("host", host.as_str()),
        ("x-acs-action", "SendSms"),
        ("x-acs-content-sha256", &hashed),
        ("x-acs-date", &date),
        ("x-acs-signature-nonce", &nonce),
        ("x-acs-version", "2017-05-25"),
    ];
    let signed = Signed { query: &query, headers: &headers, payload: b"" };
    let authorization = signed.authorization(&sms.key_id, &sms.secret.0);
    let mut request = Request::post(format!("{}/?{query}", sms.address));
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let request = request.header("authorization", authorization);
    request.body(Body::empty()).map_err(|e| e.to_string())
}

fn nonce() -> Result<String, String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|e| e.to_string())?;
    Ok(HEXLOWER.encode(&bytes))
}

/// Codes that will be the same tomorrow: number, template, signature, what fills the template.
const NEVER: [&str; 12] = [
    "isv.MOBILE_NUMBER_ILLEGAL",
    "isv.MOBILE_COUNT_OVER_LIMIT",
    "isv.BLACK_KEY_CONTROL_LIMIT",
    "isv.SMS_TEMPLATE_ILLEGAL",
    "isv.SMS_SIGNATURE_ILLEGAL",
    "isv.SMS_SIGN_ILLEGAL",
    "isv.TEMPLATE_MISSING_PARAMETERS",
    "isv.TEMPLATE_PARAMS_ILLEGAL",
    "isv.INVALID_PARAMETERS",
    "isv.INVALID_JSON_PARAM",
    "isv.PARAM_LENGTH_LIMIT",
    "isv.PARAM_NOT_SUPPORT_URL",
];

/// What its answer means.
pub(super) fn outcome(status: u16, answer: &Json) -> Outcome {
    let said = |name: &str| answer.get(name).and_then(Json::as_str);
    let Some(code) = said("Code") else { return odd(status) };
    let why = format!("{code}: {}", said("Message").unwrap_or_default());
    match code {
        "OK" => Outcome::Sent(said("BizId").map(str::to_owned)),
        code if NEVER.contains(&code) => Outcome::Refused(why),
        _ => Outcome::Later(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The fixed example of the provider's page on signature V3.
    #[test]
    fn the_published_example_is_signed_as_published() {
        let hashed = hash(b"");
        let headers = [
            ("host", "ecs.cn-shanghai.aliyuncs.com"),
            ("x-acs-action", "RunInstances"),
            ("x-acs-content-sha256", &hashed),
            ("x-acs-date", "2023-10-26T10:22:32Z"),
            ("x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d"),
            ("x-acs-version", "2014-05-26"),
        ];
        let query = "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd\
                     &RegionId=cn-shanghai";
        let signed = Signed { query, headers: &headers, payload: b"" };
        assert_eq!(
            signed.authorization("YourAccessKeyId", "YourAccessKeySecret"),
            "ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=host;x-acs-action;\
             x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version,Signature=\
             06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
        );
        assert_eq!(encoded("三 *~/+"), "%E4%B8%89%20%2A~%2F%2B");
    }

    #[test]
    fn answers_mean_what_the_provider_says_of_them() {
        let check = |status, body, expect| assert_eq!(outcome(status, &body), expect);
        let sent = json!({ "Code": "OK", "Message": "OK", "BizId": "9006" });
        check(200, sent, Outcome::Sent(Some("9006".into())));
        let illegal = json!({ "Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "no" });
        check(200, illegal, Outcome::Refused("isv.MOBILE_NUMBER_ILLEGAL: no".into()));
        let often = json!({ "Code": "isv.BUSINESS_LIMIT_CONTROL", "Message": "often" });
        check(200, often, Outcome::Later("isv.BUSINESS_LIMIT_CONTROL: often".into()));
        let key = json!({ "Code": "InvalidAccessKeyId.NotFound", "Message": "key" });
        check(404, key, Outcome::Later("InvalidAccessKeyId.NotFound: key".into()));
        check(502, Json::Null, Outcome::Unknown("answered 502".into()));
        check(200, Json::Null, Outcome::Unknown("answered 200".into()));
        check(413, Json::Null, Outcome::Later("answered 413".into()));
    }
}
