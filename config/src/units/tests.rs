use proptest::prelude::*;

use super::*;

#[test]
fn durations_are_read() {
    for (text, milliseconds) in [
        ("250ms", 250),
        ("10s", 10_000),
        ("2m", 120_000),
        ("1h", 3_600_000),
        ("0s", 0),
    ] {
        assert_eq!(text.parse(), Ok(Duration::from_millis(milliseconds)), "{text}");
    }
    assert_eq!("10".parse::<Duration>(), Err(UnitError::NoUnit));
    assert_eq!(
        "99999999999999999999s".parse::<Duration>(),
        Err(UnitError::TooLarge)
    );
    assert_eq!(
        "18446744073709551615h".parse::<Duration>(),
        Err(UnitError::TooLarge)
    );
    for text in ["", "s", "-1s", "1 s", "1S", "1.5s", "1s2", "١s"] {
        assert!(text.parse::<Duration>().is_err(), "{text}");
    }
}

#[test]
fn sizes_are_read() {
    for (text, bytes) in [
        ("4MiB", 4 << 20),
        ("64KiB", 64 << 10),
        ("1GiB", 1 << 30),
        ("7B", 7),
        ("4096", 4096),
    ] {
        assert_eq!(text.parse(), Ok(ByteSize::new(bytes)), "{text}");
    }
    for text in [
        "",
        "MiB",
        "4MB",
        "4 MiB",
        "4mib",
        "-4",
        "4.5KiB",
        "99999999999GiB",
    ] {
        assert!(text.parse::<ByteSize>().is_err(), "{text}");
    }
}

#[test]
fn they_are_shown_in_the_largest_unit_that_loses_nothing() {
    assert_eq!(Duration::from_secs(90).to_string(), "90s");
    assert_eq!(Duration::from_secs(120).to_string(), "2m");
    assert_eq!(Duration::from_millis(1500).to_string(), "1500ms");
    assert_eq!(ByteSize::mib(4).to_string(), "4MiB");
    assert_eq!(ByteSize::new(1025).to_string(), "1025B");
    assert_eq!(
        (ByteSize::new(0).to_string(), Duration::from_secs(0).to_string()),
        ("0B".into(), "0s".into())
    );
}

proptest! {
    #[test]
    fn durations_survive_a_round_trip(milliseconds: u64) {
        let duration = Duration::from_millis(milliseconds);
        prop_assert_eq!(duration.to_string().parse(), Ok(duration));
    }

    #[test]
    fn sizes_survive_a_round_trip(bytes: u64) {
        let size = ByteSize::new(bytes);
        prop_assert_eq!(size.to_string().parse(), Ok(size));
    }

    #[test]
    fn any_text_is_safe(text in "\\PC{0,30}") {
        let _ = (text.parse::<Duration>(), text.parse::<ByteSize>());
    }
}
