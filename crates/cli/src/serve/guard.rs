//! Who may ask: by the name the server is called, by the page that asks, by a token.
//!
//! ```text
//! Host: localhost:8477              open
//! Host: evil.example                refused: a page elsewhere has bent its name to this machine
//! Origin: https://evil.example      refused: a page elsewhere asks behind the reader's back
//! bound to 0.0.0.0, no token        asked for the token
//! ```
//!
//! A link from elsewhere may be followed. Not handled: several users with rights of their own.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use std::net::{IpAddr, Ipv6Addr};

/// What is asked of whoever asks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guard {
    /// Names under which the server may be called, beside this machine's own.
    pub(crate) hosts: Vec<String>,
    /// Whether it listens to other machines: then any number may call it, for a number cannot be
    /// bent to another machine as a name can.
    pub(crate) is_public: bool,
    /// What has to be shown.
    pub(crate) token: Option<String>,
}

/// How the asking ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// Come in.
    Open,
    /// A token comes with the form.
    Offered,
    /// The token is right: take it as a cookie and come again without it in the address.
    Admitted { cookie: String, to: String },
    /// Show the token first.
    Asked { is_wrong: bool },
    /// No.
    Refused(StatusCode, &'static str),
}

const COOKIE: &str = "onrecord";

impl Guard {
    pub(crate) fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Entry {
        let word =
            |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let Some(host) = word(header::HOST) else {
            return Entry::Refused(StatusCode::BAD_REQUEST, "no host is named");
        };
        if !self.is_known(host) {
            return Entry::Refused(
                StatusCode::MISDIRECTED_REQUEST,
                "this server does not go by that name; see --host",
            );
        }
        if !is_own(host, headers) {
            return Entry::Refused(StatusCode::FORBIDDEN, "pages elsewhere may not ask");
        }
        let Some(token) = &self.token else { return Entry::Open };
        // The style and the script of the page that asks for the token.
        if uri.path().starts_with("/assets/") {
            return Entry::Open;
        }
        if *method == Method::POST && uri.path() == "/token" {
            return Entry::Offered;
        }
        let cookies =
            headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let kept = cookies
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().strip_prefix(COOKIE)?.strip_prefix('='));
        let bearer = word(header::AUTHORIZATION).and_then(|value| value.strip_prefix("Bearer "));
        let mut shown = kept.chain(bearer);
        if shown.any(|shown| is_same(shown, token)) {
            return Entry::Open;
        }
        let (in_address, rest) = token_in(uri);
        match in_address.and_then(|offered| self.cookie(offered)) {
            Some(cookie) => Entry::Admitted { cookie, to: rest },
            None => Entry::Asked { is_wrong: in_address.is_some() || bearer.is_some() },
        }
    }

    /// The cookie for whoever shows the right token.
    pub(crate) fn cookie(&self, offered: &str) -> Option<String> {
        let token = self.token.as_deref().filter(|token| is_same(offered, token))?;
        Some(format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/"))
    }

    fn is_known(&self, host: &str) -> bool {
        let name = without_port(host);
        let number: Option<IpAddr> = name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .map_or_else(|| name.parse().ok(), |v6| v6.parse::<Ipv6Addr>().ok().map(IpAddr::V6));
        match number {
            Some(number) => self.is_public || number.is_loopback(),
            None => {
                name.eq_ignore_ascii_case("localhost")
                    || self.hosts.iter().any(|known| known.eq_ignore_ascii_case(name))
            }
        }
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a page of this server asks, or a person who follows a link or types an address.
fn is_own(host: &str, headers: &HeaderMap) -> bool {
    let word = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(origin) = word("origin") {
        let of = origin.split_once("://").map(|(_, of)| of);
        return of.is_some_and(|of| of.eq_ignore_ascii_case(host));
    }
    match word("sec-fetch-site") {
        None | Some("same-origin" | "none") => true,
        Some(_) => {
            word("sec-fetch-mode") == Some("navigate") && word("sec-fetch-dest") == Some("document")
        }
    }
}

/// The token in an address, and the address without it.
fn token_in(uri: &Uri) -> (Option<&str>, String) {
    let query = uri.query().unwrap_or_default();
    let token = query.split('&').find_map(|pair| pair.strip_prefix("token="));
    let rest: Vec<&str> =
        query.split('&').filter(|pair| !pair.starts_with("token=") && !pair.is_empty()).collect();
    let path = uri.path();
    // "//elsewhere" would lead to another machine.
    let path = if path.starts_with("//") { "/" } else { path };
    let rest = match rest.as_slice() {
        [] => path.to_owned(),
        rest => format!("{path}?{}", rest.join("&")),
    };
    (token, rest)
}

/// Whether two are the same, in a time that tells nothing of where they differ.
fn is_same(shown: &str, token: &str) -> bool {
    let (shown, token) = (shown.as_bytes(), token.as_bytes());
    let differing = shown.iter().zip(token).fold(0, |differing, (a, b)| differing | (a ^ b));
    shown.len() == token.len() && differing == 0
}
