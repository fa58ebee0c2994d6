use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;

static PII: LazyLock<Pii> = LazyLock::new(|| Pii::new().unwrap());

/// What is found of one category in a text.
fn found(category: &str, text: &str) -> Vec<String> {
    let matches = PII.find(text);
    matches
        .iter()
        .filter(|m| m.category == category)
        .map(|m| text[m.span.clone()].to_owned())
        .collect()
}

/// Each true example is found whole and alone, in several surroundings; no near miss is found.
fn table(category: &str, examples: &[&str], near_misses: &[&str]) {
    assert!(
        examples.len() >= 8 && near_misses.len() >= 8,
        "at least eight of each"
    );
    for example in examples {
        for text in [
            (*example).to_owned(),
            format!("It is {example}, thanks."),
            format!("({example})"),
            format!("{{\"v\":\"{example}\"}}"),
            format!("a;{example};b"),
            format!("<td>{example}</td>"),
            format!("https://example.com/?v={example}&x=1"),
            format!("号码是{example}。"),
            format!("**{example}**\n"),
        ] {
            assert_eq!(found(category, &text), [*example], "{text}");
        }
    }
    for text in near_misses {
        assert_eq!(found(category, text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn credit_cards() {
    table(
        "CREDIT_CARD",
        &[
            "4111111111111111",
            "4111 1111 1111 1111",
            "4111-1111-1111-1111",
            "4111.1111.1111.1111",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "3782 822463 10005",
            "6011111111111117",
            "30569309025904",
            "3566002020360505",
            "6200000000000005",
            "4222222222222",
            "6759649826438453",
        ],
        &[
            "4111111111111112",
            "4111 1111 1111 1112",
            "411111111111111",
            "41111111111111111",
            "94111111111111111",
            "1111111111111117",
            "4111 1111-1111 1111",
            "4 1 1 1 1111 1111 1111",
            "x4111111111111111",
            "0.4111111111111111",
            "1234567890123456",
            "4111111111111111abc",
            "3782822463100050",
            "0000000000000000",
            "12-4111111111111111",
        ],
    );
    assert_eq!(
        found("CREDIT_CARD", "7 4111111111111111 5555555555554444").len(),
        2
    );
}

#[test]
fn ibans() {
    table(
        "IBAN_CODE",
        &[
            "DE89370400440532013000",
            "DE89 3704 0044 0532 0130 00",
            "GB29NWBK60161331926819",
            "GB29 NWBK 6016 1331 9268 19",
            "FR1420041010050500013M02606",
            "NL91ABNA0417164300",
            "NO9386011117947",
            "CH9300762011623852957",
            "AT611904300234573201",
            "de89370400440532013000",
            "ES91-2100-0418-4502-0005-1332",
        ],
        &[
            "DE89370400440532013001",
            "DE8937040044053201300",
            "DE893704004405320130000",
            "XX89370400440532013000",
            "DE88370400440532013000",
            "ADE89370400440532013000",
            "DE89  3704 0044 0532 0130 00",
            "GB29NWBK60161331926818",
            "DE89/3704/0044/0532/0130/00",
            "IT60",
            "NO9386011117948",
        ],
    );
}

#[test]
fn email_addresses() {
    table(
        "EMAIL_ADDRESS",
        &[
            "jane@example.com",
            "jane.doe+tag@mail.example.co.uk",
            "j_d-1@sub.example.org",
            "o'neil@example.ie",
            "x@y.io",
            "JANE@EXAMPLE.COM",
            "user%x@example.museum",
            "a@xn--bcher-kva.example",
            "jürgen@bücher.example",
            "j19@example.com",
        ],
        &[
            "jane@example",
            "jane@",
            "@example.com",
            "jane example.com",
            "react@18.2.0",
            "logo@2x.png",
            "a..b@example.com",
            "jane@-example.com",
            "jane@example..com",
            "jane at example.com",
            "jane@example.c",
        ],
    );
}

#[test]
fn email_addresses_in_other_scripts() {
    for address in [
        "洁.朱19@example.com",
        "준서.김29@example.com",
        "حسن.النجار39@example.com",
        "иван@пример.рф",
    ] {
        assert_eq!(found("EMAIL_ADDRESS", &format!("Mail: {address}.")), [address]);
    }
}

#[test]
fn social_security_numbers() {
    table(
        "US_SSN",
        &[
            "123-45-6789",
            "536-22-8726",
            "001-01-0001",
            "899-99-9999",
            "665-01-0001",
            "667-12-3456",
            "536 22 8726",
            "772-10-0001",
        ],
        &[
            "000-12-3456",
            "666-12-3456",
            "900-12-3456",
            "999-99-9999",
            "123-00-6789",
            "123-45-0000",
            "078-05-1120",
            "1123-45-6789",
            "123-45-67890",
            "123-45 6789",
            "123456789",
            "12-123-45-6789",
            "a123-45-6789",
            "123-45-678",
        ],
    );
    assert_eq!(found("US_SSN", "My SSN: 536228726"), ["536228726"]);
}

#[test]
fn ip_addresses() {
    table(
        "IP_ADDRESS",
        &[
            "192.168.0.1",
            "8.8.8.8",
            "255.255.255.255",
            "2001:db8::1",
            "fe80::1",
            "2001:0db8:85a3:0000:0000:8a2e:0370:7334",
            "::ffff:192.0.2.128",
            "::1",
            "1.2.3.4",
        ],
        &[
            "256.1.1.1",
            "1.2.3",
            "1.2.3.4.5",
            "01.2.3.4",
            "v1.2.3.4",
            "version 1.2.3.4",
            "std::fs::File",
            "dead::beef",
            "12:30:45",
            "00:1b:44:11:3a:b7",
            "00:11:22:33:44:55:66:77",
            "0.0.0.0",
            "::",
            "1:2:3:4:5:6:7:8:9",
            "1.2.3.4a",
            "abc::def::12",
        ],
    );
    assert_eq!(
        found("IP_ADDRESS", "at 10.0.0.1:8080 and 2001:db8::5."),
        ["10.0.0.1", "2001:db8::5"]
    );
}

#[test]
fn phone_numbers() {
    table(
        "PHONE_NUMBER",
        &[
            "+14155552671",
            "+1 415 555 2671",
            "+1 (415) 555-2671",
            "+49 30 901820",
            "+49 (30) 901820",
            "+44 20 7946 0958",
            "+353 1 234 5678",
            "(415) 555-2671",
            "415-555-2671",
            "415.555.2671",
            "1-415-555-2671",
            "0049 30 901820",
            "415-555-2671 x12",
            "415-555-2671 ext. 12",
        ],
        &[
            "+999123456789",
            "+1 415 555 267",
            "+49",
            "4155552671",
            "115-555-2671",
            "415-155-2671",
            "911-555-2671",
            "415-555-26711",
            "2026-11-21",
            "10.000.000",
            "1234567",
            "0123456789",
            "+1234567890123456789",
            "3.14159265358",
            "415-555-2671-9",
            "(415) 555) 2671",
        ],
    );
    assert_eq!(found("PHONE_NUMBER", "Tel. 030 901820"), ["030 901820"]);
    assert_eq!(
        found("PHONE_NUMBER", "please call 0171/1234567 today"),
        ["0171/1234567"]
    );
    assert_eq!(
        found("PHONE_NUMBER", "call me on 2026-11-21"),
        Vec::<String>::new()
    );
}

#[test]
fn the_category_with_check_digits_wins() {
    let matches = Pii::new()
        .unwrap()
        .find("phone 4111 1111 1111 1111, tel 536-22-8726, call 192.168.100.100");
    let categories: Vec<_> = matches.iter().map(|m| m.category).collect();
    assert_eq!(categories, ["CREDIT_CARD", "US_SSN", "IP_ADDRESS"]);
}

proptest! {
    #[test]
    fn spans_are_sorted_apart_and_on_characters(text in r"[0-9a-f+() .:@xé-]{0,80}") {
        let mut end = 0;
        for m in PII.find(&text) {
            prop_assert!(m.span.start >= end && text.get(m.span.clone()).is_some());
            end = m.span.end;
        }
    }

    #[test]
    fn one_wrong_digit_is_no_card(place in 0usize..16, add in 1u8..10) {
        let mut digits = *b"4111111111111111";
        digits[place] = (digits[place] - b'0' + add) % 10 + b'0';
        let text = String::from_utf8(digits.to_vec()).unwrap();
        prop_assert!(found("CREDIT_CARD", &text).is_empty());
    }
}
