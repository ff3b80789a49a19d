//! The façade.
pub mod formats;
