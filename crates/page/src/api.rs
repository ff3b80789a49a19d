//! What programs may ask, described by OpenAPI.

use crate::answer::Answer;
use crate::data;
use crate::views;
use std::sync::LazyLock;
use utoipa::OpenApi;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "OnRecord: a record",
        description = "What a record holds: who said what, and where reports differ. Reading only. \
                       Lists come a page at a time (`page` from 1, `rows` at most 500); `format=csv` \
                       gives the rows of the page as CSV."
    ),
    paths(
        views::overview::load,
        views::reports::load,
        views::reader::load,
        views::findings::load,
        views::findings::load_one,
        views::speakers::load,
        views::speaker::load,
        views::quotations::load,
        views::quotations::load_one,
        views::measures::load,
        views::measures::load_one,
        views::figures::load,
        views::figures::load_one,
        views::copies::load,
        views::stories::load,
        views::timeline::load,
        views::days::load_day,
        views::events::load,
        views::search::load,
        views::check::load,
    ),
    components(schemas(data::At, data::Statement, data::Finding, data::Evidence))
)]
struct Api;

/// The description, as JSON.
pub(crate) fn description() -> String {
    static DESCRIPTION: LazyLock<String> = LazyLock::new(|| {
        Api::openapi().to_json().expect("a description is text and numbers, which JSON has")
    });
    DESCRIPTION.clone()
}

/// What there is, for a person who looks.
pub(crate) fn contents() -> Answer {
    let api = Api::openapi();
    let list: Vec<serde_json::Value> = api
        .paths
        .paths
        .iter()
        .map(|(path, item)| {
            let asked = item.get.as_ref().or(item.post.as_ref());
            let about = asked.and_then(|asked| asked.summary.clone());
            serde_json::json!({"path": path, "gives": about})
        })
        .collect();
    let contents = serde_json::json!({"description": "/api/openapi.json", "paths": list});
    Answer::json(200, contents.to_string())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_description_names_every_view() {
        let description: serde_json::Value =
            serde_json::from_str(&super::description()).expect("it is JSON");
        let paths = description["paths"].as_object().expect("paths");
        assert!(paths.keys().all(|path| path.starts_with("/api/")));
        let ids = paths.values().flat_map(|path| path.as_object().expect("an object").values());
        let ids: std::collections::BTreeSet<_> =
            ids.map(|asked| asked["operationId"].to_string()).collect();
        assert_eq!(ids.len(), paths.len());
    }
}
