//! Keys, tokens and passwords.

use super::category::Category;

mod assigned;
mod cloud;
mod connection;
mod forge;
mod jwt;
mod model;
mod private_key;
mod service;

pub(super) use assigned::{Assigned, find as assigned, value as assigned_value};
pub(super) use connection::find as connection;

/// All of them, in the order of their files.
pub(super) const ALL: &[&[Category]] = &[
    assigned::CATEGORIES,
    cloud::CATEGORIES,
    connection::CATEGORIES,
    forge::CATEGORIES,
    jwt::CATEGORIES,
    model::CATEGORIES,
    private_key::CATEGORIES,
    service::CATEGORIES,
];
