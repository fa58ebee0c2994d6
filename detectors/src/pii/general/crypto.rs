//! Addresses of crypto currencies.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Bech32m};
use sha2::Sha256;
use sha3::{Digest as _, Keccak256};

use crate::pii::category::{Category, How, Own};

/// Shortest and longest address.
pub(in crate::pii) const LENGTHS: std::ops::RangeInclusive<usize> = 25..=110;

pub(in crate::pii) const CATEGORIES: &[Category] = &[Category {
    name: "CRYPTO",
    title: "Address of a crypto currency: Bitcoin, Litecoin, Dogecoin, Dash, Zcash, Tron, Ripple, Ethereum, Cardano, Cosmos and others with a checksum",
    source: "Base58Check, BIP 173 and BIP 350 (Bech32, Bech32m), EIP-55",
    example: "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    words: &[
        "wallet",
        "bitcoin",
        "btc",
        "ethereum",
        "eth",
        "address",
        "crypto",
        "usdt",
        "usdc",
        "deposit",
        "litecoin",
        "erc20",
        "0x",
        "contract",
        "cartera",
        "portefeuille",
        "кошел*",
        "钱包",
        "地址",
    ],
    how: How::Own(Own::Crypto),
}];

/// First bytes of what Base58Check holds: kinds of addresses that pay to a key or a script.
const VERSIONS: [u8; 9] = [0x00, 0x05, 0x30, 0x32, 0x1e, 0x16, 0x4c, 0x10, 0x41];

/// What stands in front of the 1 in Bech32.
const NETWORKS: [&str; 14] = [
    "bc", "tb", "ltc", "addr", "stake", "cosmos", "osmo", "celestia", "inj", "sei", "terra", "juno", "bnb",
    "zs",
];

/// How sure it is that a word is an address; `None` where it is none. 0 stands for "only next to a telling word".
pub(in crate::pii) fn check(word: &str) -> Option<f64> {
    if let Some(hex) = word.strip_prefix("0x") {
        return ethereum(hex);
    }
    let first = word.bytes().next()?;
    if matches!(
        first,
        b'1' | b'3' | b'L' | b'M' | b'D' | b'A' | b'9' | b'X' | b'7' | b'T' | b't' | b'r'
    ) && word.len() < 36
        && base58(word)
    {
        return Some(1.0);
    }
    bech32(word).then_some(1.0)
}

fn base58(word: &str) -> bool {
    let alphabet = if word.starts_with('r') {
        bs58::Alphabet::RIPPLE
    } else {
        bs58::Alphabet::BITCOIN
    };
    let mut bytes = [0; 40];
    let Ok(length) = bs58::decode(word).with_alphabet(alphabet).onto(&mut bytes) else {
        return false;
    };
    let Some((payload, check)) = bytes
        .get(..length)
        .and_then(|bytes| bytes.split_last_chunk::<4>())
    else {
        return false;
    };
    let known = match payload.len() {
        21 => payload.first().is_some_and(|version| VERSIONS.contains(version)),
        // Zcash has two bytes in front.
        22 => matches!(payload, [0x1c, 0xb8 | 0xbd, ..]),
        _ => false,
    };
    known && Sha256::digest(Sha256::digest(payload)).starts_with(check)
}

fn bech32(word: &str) -> bool {
    // The mark between network and data is the last 1.
    let Some((network, _)) = word.rsplit_once('1') else {
        return false;
    };
    let known = NETWORKS.iter().any(|known| known.eq_ignore_ascii_case(network));
    known && (CheckedHrpstring::new::<Bech32>(word).is_ok() || CheckedHrpstring::new::<Bech32m>(word).is_ok())
}

/// EIP-55 writes the checksum into the case of the letters; without it, forty digits may be anything.
fn ethereum(hex: &str) -> Option<f64> {
    if hex.len() != 40 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let (upper, lower) = (
        hex.bytes().any(|byte| byte.is_ascii_uppercase()),
        hex.bytes().any(|byte| byte.is_ascii_lowercase()),
    );
    if !(upper && lower) {
        return Some(0.0);
    }
    let hash = Keccak256::digest(hex.to_ascii_lowercase());
    let nibbles = hash.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let holds = hex
        .bytes()
        .zip(nibbles)
        .all(|(byte, nibble)| byte.is_ascii_digit() || byte.is_ascii_uppercase() == (nibble > 7));
    holds.then_some(1.0)
}
