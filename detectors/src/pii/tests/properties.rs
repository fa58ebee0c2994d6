use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::*;

/// Numbers that hold are made by trying; so often at most.
const TRIES: usize = 40_000;

fn runner() -> TestRunner {
    TestRunner::new_with_rng(
        Config::default(),
        TestRng::deterministic_rng(RngAlgorithm::ChaCha),
    )
}

/// Random numbers of this form whose check holds.
fn valid(form: &Form, wanted: usize, runner: &mut TestRunner) -> Vec<String> {
    let pattern = form.pattern.replace(r"\d", "[0-9]");
    let strategy = proptest::string::string_regex(&pattern).unwrap();
    let mut made = Vec::new();
    for _ in 0..TRIES {
        let text = strategy.new_tree(runner).unwrap().current();
        if holds(form, &text) {
            made.push(text);
        }
        if made.len() == wanted {
            break;
        }
    }
    made
}

fn holds(form: &Form, text: &str) -> bool {
    let id: Vec<u8> = text.bytes().filter(u8::is_ascii_alphanumeric).collect();
    (form.check)(&category::Written {
        text,
        start: 0,
        end: text.len(),
        id: &id,
    })
}

#[test]
fn generated_numbers_are_found_and_their_digits_checked() {
    let words = words();
    let mut runner = runner();
    for row in table::all() {
        let How::Forms(forms) = &row.how else {
            continue;
        };
        let pii = only(row.name);
        for form in *forms {
            for text in valid(form, 8, &mut runner) {
                let named = format!("{}: {text}.", words[row.name]);
                let all = found(&pii, &named);
                assert_eq!(all, [(row.name, text.clone())], "{named}");
            }
        }
    }
}

/// One wrong digit is told by a check digit nine times in ten; where it is not told, the number is one of its form.
#[test]
fn a_wrong_digit_is_told() {
    let mut runner = runner();
    for row in table::all() {
        let How::Forms(forms) = &row.how else {
            continue;
        };
        // The forms without check digits say so in their source.
        let unchecked = "AE EG_NATIONAL_ID ID_NIK IN_PAN IN_PASSPORT IN_VEHICLE_REGISTRATION IP_ADDRESS IT_DRIVER_LICENSE \
            IT_IDENTITY_CARD IT_PASSPORT MAC_ADDRESS MY_NRIC PK_CNIC TWILIO_KEY UK_DRIVING_LICENCE UK_NINO UK_PASSPORT US_BANK_NUMBER \
            US_DRIVER_LICENSE US_EIN US_ITIN US_MBI US_PASSPORT US_SSN";
        if unchecked.split_whitespace().any(|name| name == row.name) {
            continue;
        }
        let form = &forms[0];
        let (mut told, mut all) = (0, 0);
        for text in valid(form, 10, &mut runner) {
            for (place, old) in text.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
                for new in ('0'..='9').filter(|new| *new != old) {
                    let mut changed = text.clone();
                    changed.replace_range(place..=place, &new.to_string());
                    all += 1;
                    told += usize::from(!holds(form, &changed) || !pattern_fits(form, &changed));
                }
            }
        }
        assert!(all > 50, "{}: {all} changes", row.name);
        assert!(told * 100 >= all * 85, "{}: {told} of {all} told", row.name);
    }
}

fn pattern_fits(form: &Form, text: &str) -> bool {
    let pattern = format!("^(?:{})$", form.pattern.replace(r"\d", "[0-9]"));
    regex::Regex::new(&pattern).unwrap().is_match(text)
}

proptest! {
    #[test]
    fn spans_are_sorted_and_on_characters(text in r"[0-9a-f+() .:@xé/=-]{0,80}") {
        let mut start = 0;
        for m in ALL.find(&text) {
            prop_assert!(m.span.start >= start && text.get(m.span.clone()).is_some_and(|found| !found.is_empty()));
            prop_assert!((0.0..=1.0).contains(&m.score));
            start = m.span.start;
        }
    }

    #[test]
    fn matches_do_not_overlap(text in r"(?:[0-9]{1,12}[ .-]?|[A-Z]{1,3}|ssn |tel |@x\.de |https://a\.de/){0,12}") {
        let mut end = 0;
        for m in DEFAULT.find(&text) {
            prop_assert!(m.span.start >= end, "{:?}", found(&DEFAULT, &text));
            end = m.span.end;
        }
    }

    #[test]
    fn any_text_is_read(text in r"\PC{0,60}") {
        let _ = ALL.find(&text);
    }

    #[test]
    fn one_wrong_digit_is_no_card(place in 0usize..16, add in 1u8..10) {
        let mut digits = *b"4111111111111111";
        digits[place] = (digits[place] - b'0' + add) % 10 + b'0';
        let text = String::from_utf8(digits.to_vec()).unwrap();
        prop_assert!(found(only_cards(), &text).is_empty());
    }
}

fn only_cards() -> &'static Pii {
    static CARDS: LazyLock<Pii> = LazyLock::new(|| only("CREDIT_CARD"));
    &CARDS
}
