//! What is the same everywhere: cards, accounts, addresses, devices, dates.

use super::category::Category;

mod bic;
mod card;
mod crypto;
mod date;
mod device;
mod email;
mod iban;
mod ip;
mod phone;
mod url;

pub(super) use bic::find as bic;
pub(super) use crypto::{LENGTHS as CRYPTO_LENGTHS, check as crypto};
pub(super) use date::{DateForm, forms as date_forms};
pub(super) use email::find as email;
pub(super) use iban::find as iban;
pub(super) use ip::find_v6 as ip6;
pub(super) use phone::{Phone, Score};
pub(super) use url::find as url;

/// All of them, in the order of their files.
pub(super) const ALL: &[&[Category]] = &[
    bic::CATEGORIES,
    card::CATEGORIES,
    crypto::CATEGORIES,
    date::CATEGORIES,
    device::CATEGORIES,
    email::CATEGORIES,
    iban::CATEGORIES,
    ip::CATEGORIES,
    phone::CATEGORIES,
    url::CATEGORIES,
];

/// The parts of addresses that connection strings have as well.
pub(super) mod addresses {
    pub(in crate::pii) use super::url::{end, run, scheme};
}
