//! What stands in one report: sentences, actors, statements, times, events, quantities.
//!
//! [`analyse`] takes a `Report` and gives its `Analysis`. It is pure (same input, same output, bit
//! for bit), it cannot fail, and odd text gives warnings. The language's rules are data under
//! `rules/en/`; each carries examples that run as tests.
//!
//! Not handled: languages other than English.

mod actors;
pub mod events;
pub mod learned;
pub mod named;
mod patterns;
pub mod quantities;
pub mod quotes;
pub mod spans;
pub mod statements;
pub mod syntax;
pub mod text;
pub mod times;

use onrecord_model::{Analysis, Report, Sentence};
use quotes::Quotes;
use text::Prose;

/// The version of the rules and models. It stands in every analysis; what an older version made
/// can be made again.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+2");

/// Everything that stands in `report`.
pub fn analyse(report: &Report) -> Analysis {
    let prose = Prose::new(report);
    let sentences = prose
        .sentences
        .iter()
        .map(|sentence| Sentence { span: sentence.span, paragraph: sentence.paragraph })
        .collect();
    let syntax = syntax::syntax(&prose);
    let times = times::times_with(&prose, &syntax);
    let mut quantities = quantities::quantities_with(&prose, &times, &syntax);
    let quotes = Quotes::new(&prose);
    let mut who = statements::who_with(&prose, &quotes, &syntax);
    statements::date(&mut who.statements, &prose, &times);
    let events = events::events(&prose, &syntax, &times, &who.statements);
    quantities::give(&mut quantities, &who.statements);
    Analysis {
        version: VERSION.to_owned(),
        sentences,
        actors: who.actors,
        statements: who.statements,
        times,
        events,
        quantities,
        warnings: quotes.warnings,
    }
}
