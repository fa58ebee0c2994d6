//! A thousand harmless texts that look like disguises: nothing is found in any of them.

#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "common/encode.rs"]
mod encode;

use encode::base64_of;
use lockgate_detectors::{Finding, Needs, Prompts, Scanner, ScannerOptions};

const SENTENCES: &str = include_str!("data/harmless.txt");

/// Texts of each kind.
const EACH: u64 = 25;

/// SplitMix64: the same texts on every machine.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }

    fn sentence(&mut self) -> &'static str {
        let all: Vec<&str> = SENTENCES.lines().collect();
        all[self.below(all.len())]
    }

    fn word(&mut self) -> &'static str {
        let words: Vec<&str> = self.sentence().split_whitespace().collect();
        words[self.below(words.len())]
    }

    fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| self.next() as u8).collect()
    }

    fn hex(&mut self, digits: usize) -> String {
        (0..digits)
            .map(|_| char::from_digit(self.below(16) as u32, 16).unwrap())
            .collect()
    }

    fn of(&mut self, alphabet: &str, count: usize) -> String {
        let alphabet: Vec<char> = alphabet.chars().collect();
        (0..count).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }

    fn lines(&mut self, count: usize, mut line: impl FnMut(&mut Self) -> String) -> String {
        (0..count).map(|_| line(self)).collect::<Vec<_>>().join("\n")
    }
}

type Kind = (&'static str, fn(&mut Random) -> String);

const KINDS: [Kind; 42] = [
    ("base64 of a sentence", |r| base64_of(r.sentence().as_bytes())),
    ("base64 of a picture", |r| {
        let count = 40 + r.below(3000);
        format!("data:image/png;base64,{}", base64_of(&r.bytes(count)))
    }),
    ("base64 of base64", |r| {
        base64_of(base64_of(r.sentence().as_bytes()).as_bytes())
    }),
    ("base64 in lines", |r| {
        let text = base64_of(&r.bytes(400));
        text.as_bytes()
            .chunks(64)
            .map(|line| std::str::from_utf8(line).unwrap())
            .collect::<Vec<_>>()
            .join("\n")
    }),
    ("base32", |r| r.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 56)),
    ("hashes", |r| {
        r.lines(6, |r| format!("{}  {}.txt", r.hex(64), r.hex(4)))
    }),
    ("short hashes", |r| {
        r.lines(6, |r| format!("{} {}", r.hex(40), r.sentence()))
    }),
    ("uuids", |r| {
        r.lines(8, |r| {
            format!(
                "{}-{}-4{}-a{}-{}",
                r.hex(8),
                r.hex(4),
                r.hex(3),
                r.hex(3),
                r.hex(12)
            )
        })
    }),
    ("hex dump", |r| {
        let mut at = 0;
        r.lines(12, |r| {
            at += 16;
            let words: Vec<_> = (0..8).map(|_| r.hex(4)).collect();
            format!("{at:08x}: {}  ................", words.join(" "))
        })
    }),
    ("hex of a sentence", |r| {
        encode::ENCODERS
            .iter()
            .find(|(name, _)| *name == "hex")
            .unwrap()
            .1(r.sentence())
    }),
    ("bytes in c", |r| {
        let bytes: Vec<_> = r.bytes(40).iter().map(|byte| format!("0x{byte:02x}")).collect();
        format!("static const uint8_t table[] = {{ {} }};", bytes.join(", "))
    }),
    ("binary", |r| {
        r.lines(4, |r| {
            (0..6)
                .map(|_| format!("{:08b}", r.next() as u8))
                .collect::<Vec<_>>()
                .join(" ")
        })
    }),
    ("matrix", |r| {
        r.lines(6, |r| {
            (0..9)
                .map(|_| r.below(10).to_string())
                .collect::<Vec<_>>()
                .join(" ")
        })
    }),
    ("board", |r| {
        r.lines(3, |r| {
            (0..3)
                .map(|_| r.pick(&["x", "o", "."]))
                .collect::<Vec<_>>()
                .join(" | ")
        })
    }),
    ("emoji", |r| {
        (0..20)
            .map(|_| r.pick(&["👩‍💻", "👨‍👩‍👧‍👦", "❤️", "1️⃣", "🏳️‍🌈", "😀", "🤷🏽‍♀️", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", " "]))
            .collect()
    }),
    ("flags", |r| {
        (0..12)
            .map(|_| r.pick(&["🇩🇪", "🇫🇷", "🇯🇵", "🇧🇷", "🇺🇸", "🇮🇳", "🇬🇧", " "]))
            .collect()
    }),
    ("right to left", |r| {
        let text: String = r.lines(3, |r| r.sentence().to_owned());
        format!("\u{200f}{text}\u{200f} \u{2067}{}\u{2069}", r.sentence())
    }),
    ("many scripts", |r| r.lines(8, |r| r.sentence().to_owned())),
    ("capitals", |r| r.lines(4, |r| r.sentence().to_uppercase())),
    ("styled", |r| {
        encode::ENCODERS
            .iter()
            .find(|(name, _)| *name == "mathematical")
            .unwrap()
            .1(r.sentence())
    }),
    ("spaced heading", |r| {
        let spaced: Vec<String> = r.sentence().to_uppercase().chars().map(String::from).collect();
        format!("{}\n\n{}", spaced.join(" "), r.sentence())
    }),
    ("hyphenated", |r| {
        r.lines(4, |r| {
            format!("{}-{}-{} {}", r.word(), r.word(), r.word(), r.sentence())
        })
    }),
    ("soft hyphens", |r| {
        r.sentence()
            .split("")
            .filter(|c| !c.is_empty())
            .collect::<Vec<_>>()
            .join("\u{ad}")
    }),
    ("source code", |r| {
        r.lines(8, |r| {
            let n = r.below(900);
            format!(
                "    let {}_{n} = {}::<u8>(&self.items[{n}..], |x| x.0 | 0x{:x} << {}); // {}",
                r.pick(&["index", "prompt", "system", "rule", "user"]),
                r.pick(&["collect", "ignore", "override_with"]),
                r.below(65536),
                r.below(8),
                r.sentence(),
            )
        })
    }),
    ("python", |r| {
        r.lines(6, |r| format!("def {}_{}(self, n: int = {}) -> str:\n    \"\"\"{}\"\"\"\n    return f\"{{n:>08b}}\\n\\t{{self.x!r}}\"",
            r.pick(&["print", "show", "forget", "reveal"]), r.pick(&["all", "rules", "system"]), r.below(99), r.sentence()))
    }),
    ("minified script", |r| {
        (0..40)
            .map(|_| {
                format!(
                    "function {}({},{}){{return {}.{}?{}:{}+\"\\u00{}\"}}var {}=[{},.{}e-{}];",
                    r.of("abcdefgh", 2),
                    r.of("nrtxyz", 1),
                    r.of("nrtxyz", 1),
                    r.of("abc", 1),
                    r.of("abcdefgh", 3),
                    r.of("xyz", 1),
                    r.below(99),
                    r.hex(2),
                    r.of("abcdefgh", 2),
                    r.below(999),
                    r.below(99),
                    r.below(9)
                )
            })
            .collect()
    }),
    ("regular expressions", |r| {
        r.lines(5, |r| {
            format!(
                r"^(?:\x{}|\u{}|[a-z0-9._%+-]+)\\s*{}$",
                r.hex(2),
                r.hex(4),
                r.word()
            )
        })
    }),
    ("log", |r| {
        r.lines(10, |r| {
            format!(
                "level=info pid={} span={} took={}.{}ms msg=\"{}\" flags=0x{}",
                r.below(32768),
                r.hex(16),
                r.below(900),
                r.below(10),
                r.sentence(),
                r.hex(4)
            )
        })
    }),
    ("stack trace", |r| {
        r.lines(8, |r| {
            format!(
                "   {}: {}::{}::h{} (0x{})",
                r.below(40),
                r.word(),
                r.word(),
                r.hex(16),
                r.hex(12)
            )
        })
    }),
    ("dashes", |r| {
        r.lines(8, |r| {
            (0..30)
                .map(|_| r.pick(&["-", "--", ".", "...", " ", "-- ", "- - "]))
                .collect()
        })
    }),
    ("rulers", |r| {
        r.lines(6, |r| {
            r.pick(&[
                "----------",
                "..........",
                "- - - - - - - -",
                ". . . . . . .",
                "= = = =",
                "_ _ _ _ _",
            ])
            .to_owned()
        })
    }),
    ("picture in letters", |r| {
        r.lines(10, |r| r.of("  ..--==++**##@@/\\|_()", 40))
    }),
    ("box drawing", |r| r.lines(8, |r| r.of("┌─┬┐│├┼┤└┴┘ ░▒▓█", 40))),
    ("markdown table", |r| {
        let rows = r.lines(6, |r| {
            format!(
                "| {} | {} | {:.2} |",
                r.word(),
                r.below(1000),
                r.below(10000) as f64 / 100.0
            )
        });
        format!(
            "| name | count | price |\n|:---|---:|:---:|\n{rows}\n\n<!-- {} -->\n![{}](chart.png)",
            r.sentence(),
            r.word()
        )
    }),
    ("addresses with percent codes", |r| {
        r.lines(4, |r| {
            let text = r.sentence();
            let coded: String = text
                .bytes()
                .map(|b| {
                    if b.is_ascii_alphanumeric() {
                        char::from(b).to_string()
                    } else {
                        format!("%{b:02X}")
                    }
                })
                .collect();
            format!("/search?q={coded}&page={}&ref={}", r.below(50), r.hex(8))
        })
    }),
    ("html", |r| {
        r.lines(5, |r| {
            format!(
                "<p class=\"{}\" style=\"display:none\">{}&nbsp;&mdash; <b>{}</b>&#8230;</p>",
                r.word(),
                r.sentence(),
                r.word()
            )
        })
    }),
    ("json in json", |r| {
        format!(
            "{{\\\"text\\\": \\\"{}\\\\n{}\\\", \\\"id\\\": \\\"{}\\\"}}",
            r.sentence(),
            r.sentence(),
            r.hex(24)
        )
    }),
    ("names of players", |r| {
        r.lines(6, |r| {
            format!(
                "{}_{}{}{}",
                r.pick(&["xX", "pr0", "n00b", "l33t", "4dm1n"]),
                r.pick(&["g4m3r", "k1ll3r", "us3r", "m4st3r"]),
                r.below(99),
                r.pick(&["Xx", "!", "_"])
            )
        })
    }),
    ("sequence", |r| r.lines(5, |r| r.of("acgt", 60))),
    ("music and chess", |r| {
        r.lines(5, |r| {
            (0..12)
                .map(|_| r.pick(&["C", "G", "Am", "F", "e4", "Nf3", "O-O", "d5", "|"]))
                .collect::<Vec<_>>()
                .join(" ")
        })
    }),
    ("versions", |r| {
        r.lines(6, |r| {
            format!(
                "{}-{} = \"{}.{}.{}-rc.{}\"",
                r.pick(&["serde", "tokio", "hyper"]),
                r.pick(&["core", "util", "macros"]),
                r.below(20),
                r.below(40),
                r.below(300),
                r.below(9)
            )
        })
    }),
    ("noise", |r| {
        r.of(
            "!#$%&*+,-./:;<=>?[]^_{|}~ abcdefghijklmnopqrstuvwxyzABCDEFG0123456789",
            300,
        )
    }),
];

/// A link, a date and a name are personal only for the owner who says so.
const SOFT: [&str; 4] = ["URL", "DATE_TIME", "PERSON", "LOCATION"];

#[test]
fn nothing_is_found_in_a_thousand_harmless_texts() {
    let scanner = Scanner::new(ScannerOptions::default(), None).unwrap();
    let needs = Needs {
        model: false,
        ..Needs::ALL
    };
    let mut count = 0;
    let mut failures = Vec::new();
    for (kind, (name, make)) in (0..).zip(KINDS) {
        for number in 0..EACH {
            let text = make(&mut Random(kind * 1000 + number));
            let verdict = scanner.scan_text(&Prompts::from_text(text.as_str()), &needs);
            count += 1;
            let is_soft =
                |found: &&Finding| SOFT.contains(&found.category.as_str()) && found.disguise.is_none();
            for found in verdict.findings.iter().filter(|found| !is_soft(found)) {
                let said = found.span.clone().and_then(|span| text.get(span));
                failures.push(format!("{name}: {found:?} {said:?}"));
            }
        }
    }
    assert!(count >= 1000, "{count}");
    assert!(
        failures.is_empty(),
        "{} of {count}:\n{}",
        failures.len(),
        failures.join("\n")
    );
}
