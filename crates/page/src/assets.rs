//! The style, the script and the icon: the project's own, compiled in, kept by a browser under an
//! address that changes with their content.

use crate::address::Ask;
use crate::answer::Answer;
use std::sync::LazyLock;

/// The style of all pages.
pub(crate) const STYLE: &str = include_str!("../assets/style.css");

/// What adds comfort to pages that are whole without it.
const SCRIPT: &str = include_str!("../assets/page.js");

const ICON: &str = include_str!("../assets/icon.svg");

fn address(name: &str, content: &str) -> String {
    // FNV-1a: enough to tell one version from the next.
    let sum = content.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("/assets/{name}?v={sum:016x}")
}

pub(crate) fn style_address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| address("style.css", STYLE));
    &ADDRESS
}

pub(crate) fn script_address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| address("page.js", SCRIPT));
    &ADDRESS
}

pub(crate) fn icon_address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| address("icon.svg", ICON));
    &ADDRESS
}

/// The style, the script or the icon, if that is what is asked for.
pub(crate) fn answer(ask: &Ask) -> Option<Answer> {
    let parts: Vec<&str> = ask.parts.iter().map(String::as_str).collect();
    let (content_type, content) = match parts.as_slice() {
        ["assets", "style.css"] => ("text/css; charset=utf-8", STYLE),
        ["assets", "page.js"] => ("text/javascript; charset=utf-8", SCRIPT),
        ["assets", "icon.svg"] | ["favicon.ico"] => ("image/svg+xml", ICON),
        _ => return None,
    };
    Some(Answer {
        status: 200,
        content_type,
        body: content.into(),
        is_lasting: ask.get("v").is_some(),
        file: None,
    })
}
