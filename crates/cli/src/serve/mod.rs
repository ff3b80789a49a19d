//! The pages over HTTP: who may ask, on which connection the answer is worked out, what goes along
//! with it.
//!
//! ```text
//! guard: host, origin, token   →   a connection of the pool   →   `Site::answer`   →   headers
//! ```
//!
//! Every answer is worked out on a read-only connection of its own, so reading goes on while `read`
//! writes. Not handled: TLS; put a proxy before it.

mod guard;
#[cfg(test)]
mod tests;

pub(crate) use guard::Guard;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, header};
use axum::response::Response;
use guard::Entry;
use onrecord_engine::{Error, Ledger};
use onrecord_page::{Answer, Site};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Bytes of a token that is sent.
const TOKEN: usize = 4 * 1024;

/// Bytes of a draft that is sent: a long read, written as a form writes it.
const DRAFT: usize = 1024 * 1024;

/// How long between looks for whether the record has changed.
const LOOK: Duration = Duration::from_secs(2);

/// Pages work without anything from elsewhere, without inline script or style, in no frame.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; \
                      frame-ancestors 'none'";

/// A record that is served.
#[derive(Debug)]
pub(crate) struct Served {
    site: Site,
    record: PathBuf,
    guard: Guard,
    idle: Mutex<Vec<Ledger>>,
}

impl Served {
    /// Opens the record, so that what is wrong with it is told at once.
    pub(crate) fn open(record: PathBuf, guard: Guard) -> Result<Self, Error> {
        let first = Ledger::open_read_only(&record)?;
        let name =
            record.file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
        Ok(Self { site: Site::new(name), record, guard, idle: Mutex::new(vec![first]) })
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Ledger>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does something on a connection of its own.
    fn with<T>(&self, work: impl FnOnce(&Ledger) -> T) -> Result<T, Error> {
        let idle = self.idle().pop();
        let ledger = match idle {
            Some(ledger) => ledger,
            None => Ledger::open_read_only(&self.record)?,
        };
        // All of one answer is of one state of the record, while `read` writes.
        let done = ledger.reading(work)?;
        self.idle().push(ledger);
        Ok(done)
    }

    fn answer(&self, path: &str, query: &str) -> Answer {
        match self.with(|ledger| self.site.answer(ledger, path, query)) {
            Ok(answer) => answer,
            Err(error) => self.site.failed(&error),
        }
    }

    /// Keeps what sums the whole record up to date, until the program ends.
    pub(crate) fn keep_fresh(self: &Arc<Self>) {
        let served = Arc::clone(self);
        std::thread::spawn(move || {
            loop {
                let began = Instant::now();
                // What is wrong with the record, the next answer says.
                let _ = served.with(|ledger| served.site.refresh(ledger));
                // A large record that is being read into takes a fifth of one core at most.
                std::thread::sleep(LOOK.max(began.elapsed() * 4));
            }
        });
    }
}

/// All that is answered.
pub(crate) fn router(served: Arc<Served>) -> Router {
    Router::new().fallback(answer).layer(DefaultBodyLimit::max(DRAFT)).with_state(served)
}

async fn answer(State(served): State<Arc<Served>>, request: Request<Body>) -> Response {
    let is_api = request.uri().path().starts_with("/api");
    let entry = served.guard.check(request.method(), request.uri(), request.headers());
    let mut response = match entry {
        Entry::Open => open(served, request).await,
        Entry::Offered => offered(&served, request).await,
        Entry::Refused(status, told) => text(status, told),
        Entry::Asked { is_wrong } if is_api => {
            let told = if is_wrong { "the token is wrong" } else { "a token is needed" };
            let mut response = text(StatusCode::UNAUTHORIZED, told);
            set(response.headers_mut(), header::WWW_AUTHENTICATE, "Bearer");
            response
        }
        Entry::Asked { is_wrong } => told(served.site.door(is_wrong)),
        Entry::Admitted { cookie, to } => {
            let mut response = text(StatusCode::SEE_OTHER, "");
            set(response.headers_mut(), header::SET_COOKIE, &cookie);
            set(response.headers_mut(), header::LOCATION, &to);
            response
        }
    };
    guarded(response.headers_mut());
    response
}

async fn open(served: Arc<Served>, request: Request<Body>) -> Response {
    let is_draft = matches!(request.uri().path(), "/check" | "/api/check");
    if *request.method() == Method::POST && is_draft {
        return draft(served, request).await;
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let mut response = text(StatusCode::METHOD_NOT_ALLOWED, "only reading is possible");
        set(response.headers_mut(), header::ALLOW, "GET, HEAD");
        return response;
    }
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let worked = tokio::task::spawn_blocking(move || served.answer(&path, &query)).await;
    match worked {
        Ok(answer) => told(answer),
        Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, "the answer could not be worked out"),
    }
}

/// A draft that was sent to be checked.
async fn draft(served: Arc<Served>, request: Request<Body>) -> Response {
    let path = request.uri().path().to_owned();
    let query = request.uri().query().unwrap_or_default().to_owned();
    let Ok(body) = axum::body::to_bytes(request.into_body(), DRAFT).await else {
        return text(StatusCode::PAYLOAD_TOO_LARGE, "a draft is at most a mebibyte");
    };
    let worked = tokio::task::spawn_blocking(move || {
        let sent = String::from_utf8_lossy(&body);
        let checked = served.with(|ledger| served.site.check(ledger, &path, &query, &sent));
        checked.unwrap_or_else(|error| served.site.failed(&error))
    });
    match worked.await {
        Ok(answer) => told(answer),
        Err(_) => text(StatusCode::INTERNAL_SERVER_ERROR, "the answer could not be worked out"),
    }
}

/// A token that was sent with the form.
async fn offered(served: &Served, request: Request<Body>) -> Response {
    let Ok(body) = axum::body::to_bytes(request.into_body(), TOKEN).await else {
        return text(StatusCode::PAYLOAD_TOO_LARGE, "that is more than a token");
    };
    let body = String::from_utf8_lossy(&body);
    let token = body.strip_prefix("token=").unwrap_or_default().trim();
    match served.guard.cookie(token) {
        Some(cookie) => {
            let mut response = text(StatusCode::SEE_OTHER, "");
            set(response.headers_mut(), header::SET_COOKIE, &cookie);
            set(response.headers_mut(), header::LOCATION, "/");
            response
        }
        None => told(served.site.door(true)),
    }
}

fn told(answer: Answer) -> Response {
    let mut response = Response::new(Body::from(answer.body));
    *response.status_mut() =
        StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let headers = response.headers_mut();
    set(headers, header::CONTENT_TYPE, answer.content_type);
    let kept = if answer.is_lasting { "private, max-age=31536000, immutable" } else { "no-cache" };
    set(headers, header::CACHE_CONTROL, kept);
    if let Some(file) = answer.file {
        set(headers, header::CONTENT_DISPOSITION, &format!("attachment; filename=\"{file}\""));
    }
    response
}

fn text(status: StatusCode, told: &str) -> Response {
    let mut response = Response::new(Body::from(told.to_owned()));
    *response.status_mut() = status;
    set(response.headers_mut(), header::CONTENT_TYPE, "text/plain; charset=utf-8");
    set(response.headers_mut(), header::CACHE_CONTROL, "no-store");
    response
}

/// Sets a header; leaves it out if its value has signs that a header cannot have.
fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// What every answer carries.
fn guarded(headers: &mut HeaderMap) {
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
