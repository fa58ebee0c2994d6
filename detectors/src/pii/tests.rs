use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::*;

mod cases;
mod properties;
mod speed;

/// Everything that can be found.
static ALL: LazyLock<Pii> = LazyLock::new(|| {
    let categories = pii_categories()
        .iter()
        .map(|category| category.name.to_owned())
        .collect();
    Pii::with(&PiiOptions {
        categories: Some(categories),
        allow: Vec::new(),
    })
    .unwrap()
});
static DEFAULT: LazyLock<Pii> = LazyLock::new(|| Pii::new().unwrap());

/// The detector of one category alone.
fn only(category: &str) -> Pii {
    let options = PiiOptions {
        categories: Some(vec![category.to_owned()]),
        allow: Vec::new(),
    };
    Pii::with(&options).unwrap()
}

/// What is found in a text, with its category.
fn found(pii: &Pii, text: &str) -> Vec<(&'static str, String)> {
    let matches = pii.find(text);
    matches
        .iter()
        .map(|m| (m.category, text[m.span.clone()].to_owned()))
        .collect()
}

/// A word that says what a number is, for every category that has some.
fn words() -> BTreeMap<&'static str, &'static str> {
    let mut words = BTreeMap::new();
    for category in table::all() {
        let word = category.words.iter().find(|word| !word.ends_with('*')).copied();
        words.entry(category.name).or_insert(word.unwrap_or_default());
    }
    words.insert("SWIFT_BIC", "SWIFT");
    words
}

#[test]
fn every_category_has_a_title_a_source_and_an_example() {
    let mut names = BTreeSet::new();
    let rows = pii_categories();
    for row in &rows {
        assert!(
            row.title.len() > 5 && row.source.len() > 5 && !row.example.is_empty(),
            "{row:?}"
        );
        assert!(
            row.name
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_'),
            "{row:?}"
        );
        names.insert(row.name);
    }
    assert!(names.len() > 130, "{}", names.len());
    assert!(rows.len() - names.len() < 3);
}

#[test]
fn countries() {
    let prefixes: BTreeSet<_> = id::ALL
        .iter()
        .flat_map(|rows| rows.iter())
        .map(|row| &row.name[..2])
        .collect();
    assert!(prefixes.len() > 50, "{}", prefixes.len());
}

/// The list of Cloudflare's firewall for AI, but for what has no form: `PERSON`, `LOCATION` and `NRP` need a model.
#[test]
fn all_that_cloudflare_lists_and_that_has_a_form() {
    let listed = "CREDIT_CARD CRYPTO DATE_TIME EMAIL_ADDRESS IBAN_CODE IP_ADDRESS PHONE_NUMBER MEDICAL_LICENSE URL US_BANK_NUMBER \
        US_DRIVER_LICENSE US_ITIN US_PASSPORT US_SSN UK_NHS UK_NINO ES_NIF ES_NIE IT_FISCAL_CODE IT_DRIVER_LICENSE IT_VAT_CODE \
        IT_PASSPORT IT_IDENTITY_CARD PL_PESEL SG_NRIC_FIN SG_UEN AU_ABN AU_ACN AU_TFN AU_MEDICARE IN_PAN IN_AADHAAR \
        IN_VEHICLE_REGISTRATION IN_VOTER IN_PASSPORT FI_PERSONAL_IDENTITY_CODE";
    let known: BTreeSet<_> = pii_categories().iter().map(|category| category.name).collect();
    let missing: Vec<_> = listed
        .split_whitespace()
        .filter(|name| !known.contains(name))
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_better_reading_wins() {
    let text = "phone 4111 1111 1111 1111, tel 536-22-8726, call 192.168.100.100";
    let categories: Vec<_> = DEFAULT.find(text).iter().map(|m| m.category).collect();
    assert_eq!(categories, ["CREDIT_CARD", "US_SSN", "IP_ADDRESS"]);
    // The nearer word decides.
    let text = "isikukood 36805280109 ja asmens kodas 33309240064";
    let categories: Vec<_> = DEFAULT.find(text).iter().map(|m| m.category).collect();
    assert_eq!(categories, ["EE_IK", "LT_AK"]);
}

#[test]
fn an_address_stands_beside_what_lies_in_it() {
    let text = "see https://example.com/?mail=jane@example.com&card=4111111111111111 now";
    let found = found(&ALL, text);
    assert_eq!(
        found,
        [
            (
                "URL",
                "https://example.com/?mail=jane@example.com&card=4111111111111111".to_owned()
            ),
            ("EMAIL_ADDRESS", "jane@example.com".to_owned()),
            ("CREDIT_CARD", "4111111111111111".to_owned()),
        ]
    );
}

#[test]
fn dates_and_addresses_of_pages_are_left_alone_unless_asked_for() {
    assert_eq!(
        found(&DEFAULT, "On 2026-11-21 see https://example.com/x for more."),
        []
    );
    assert_eq!(
        found(&ALL, "On 2026-11-21 see https://example.com/x for more.").len(),
        2
    );
}

#[test]
fn only_what_is_asked_for() {
    let pii = only("EMAIL_ADDRESS");
    assert_eq!(found(&pii, "jane@example.com 4111111111111111").len(), 1);
    let none = Pii::with(&PiiOptions {
        categories: Some(Vec::new()),
        allow: Vec::new(),
    })
    .unwrap();
    assert_eq!(
        found(&none, "jane@example.com 4111111111111111 sk_test_abc123def456"),
        []
    );
}

#[test]
fn the_owner_allows_values_hosts_and_networks() {
    let allow = [
        "4111 1111 1111 1111",
        "*.example.com",
        "jane@example.org",
        "10.0.0.0/8",
        "+1 415 555 2671",
    ];
    let allow = allow.map(str::to_owned).to_vec();
    let pii = Pii::with(&PiiOptions {
        categories: None,
        allow,
    })
    .unwrap();
    let text = "4111-1111-1111-1111 a@example.com b@mail.example.com Jane@Example.org c@badexample.com \
        10.1.2.3 11.1.2.3 (415) 555-2671 +14155552671 5555555555554444";
    let left: Vec<_> = found(&pii, text).into_iter().map(|(_, text)| text).collect();
    assert_eq!(
        left,
        [
            "c@badexample.com",
            "11.1.2.3",
            "(415) 555-2671",
            "5555555555554444"
        ]
    );
}

#[test]
fn an_entry_that_says_nothing_is_refused() {
    for entry in ["", " ", "*", "*.", "a*b", "--", "*.*.com"] {
        let options = PiiOptions {
            categories: None,
            allow: vec![entry.to_owned()],
        };
        assert!(matches!(Pii::with(&options), Err(LoadError::Allow(_))), "{entry}");
    }
}

#[test]
fn email_addresses_in_other_scripts() {
    for address in [
        "洁.朱19@example.com",
        "준서.김29@example.com",
        "حسن.النجار39@example.com",
        "иван@пример.рф",
    ] {
        let all = found(&DEFAULT, &format!("Mail: {address}."));
        assert_eq!(all, [("EMAIL_ADDRESS", address.to_owned())]);
    }
}

#[test]
fn a_word_speaks_for_the_number_beside_it() {
    let is_found = |text: &str| !only("PL_PESEL").find(text).is_empty();
    assert!(!is_found("44051401359"));
    for text in [
        "PESEL 44051401359",
        "pesel: 44051401359",
        "44051401359 (PESEL)",
        r#"{"userPesel": "44051401359"}"#,
        "user_pesel=44051401359",
        "Numer PESEL pacjenta to 44051401359",
    ] {
        assert!(is_found(text), "{text}");
    }
    for text in [
        "peseleria 44051401359",
        "Apesel 44051401359",
        &format!("PESEL {} 44051401359", "x ".repeat(40)),
    ] {
        assert!(!is_found(text), "{text}");
    }
}
