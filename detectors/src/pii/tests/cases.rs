//! The table of cases: true examples and near misses of every category.
//!
//! A line begins with `+` (found wherever it stands), `~` (found only next to a telling word), `-` (not found, even
//! next to one), `!` (not found in just this text) or `=` (what stands between « and » is found, and nothing else).

use super::*;

const CASES: [&str; 3] = [
    include_str!("../id/cases.txt"),
    include_str!("../general/cases.txt"),
    include_str!("../secret/cases.txt"),
];

/// One category's lines: their sign and their text.
fn blocks() -> Vec<(&'static str, Vec<(char, String)>)> {
    let mut blocks: Vec<(&str, Vec<(char, String)>)> = Vec::new();
    for line in CASES
        .iter()
        .flat_map(|text| text.lines())
        .filter(|line| !line.is_empty())
    {
        let (sign, text) = line.split_at(1);
        match sign {
            "#" => blocks.push((text.trim(), Vec::new())),
            _ => {
                let text = text.strip_prefix(' ').unwrap().replace("\\n", "\n");
                blocks
                    .last_mut()
                    .unwrap()
                    .1
                    .push((sign.chars().next().unwrap(), text));
            }
        }
    }
    blocks
}

/// Plain text, JSON, address, CSV, code, Markdown, HTML, and a language that puts no spaces between words.
fn surroundings(category: &str, text: &str) -> Vec<String> {
    let mut texts = vec![
        text.to_owned(),
        format!("It is {text}, thanks."),
        format!("({text})"),
        format!("{{\"v\":\"{text}\"}}"),
        format!("\"a\",\"{text}\",\"b\"\n"),
        format!("let v = \"{text}\";"),
        format!("| x | {text} | y |"),
        format!("**{text}**\n"),
        format!("<td>{text}</td>"),
        format!("号码是{text}。"),
    ];
    // An address may have another in it, and commas and semicolons as well.
    if !matches!(category, "URL" | "CONNECTION_STRING") {
        texts.extend([
            format!("a,{text},b\n"),
            format!("https://example.org/?v={text}&x=1"),
            format!("a;{text};b\n"),
        ]);
    }
    texts
}

/// The same with a word beside it that says what it is.
fn named(word: &str, text: &str) -> Vec<String> {
    vec![
        format!("{word}: {text}"),
        format!("The {word} is {text}, thanks."),
        format!("{{\"{word}\":\"{text}\"}}"),
        format!("{word};{text}\n"),
        format!("let {word} = \"{text}\";"),
        format!("| {word} | {text} |"),
        format!("**{word}:** {text}\n"),
        format!("{word} 号码是{text}。"),
        format!("/?{word}={text}&x=1"),
    ]
}

#[test]
fn every_category_has_cases() {
    let counted: BTreeMap<_, _> = blocks().into_iter().collect();
    for category in pii_categories() {
        let lines = counted.get(category.name).map(Vec::as_slice).unwrap_or_default();
        let misses = lines.iter().filter(|(sign, _)| *sign == '-').count();
        assert!(
            lines.len() >= 8 && misses >= 3 && misses < lines.len(),
            "{}: {} lines",
            category.name,
            lines.len()
        );
    }
}

#[test]
fn true_examples_are_found_and_near_misses_are_not() {
    let words = words();
    let mut wrong = Vec::new();
    for (category, lines) in blocks() {
        let pii = only(category);
        let word = words[category];
        for (sign, text) in lines {
            let alone = surroundings(category, &text);
            let named = named(word, &text);
            let mut expect = |texts: &[String], count: usize| {
                for surrounded in texts {
                    let all = found(&pii, surrounded);
                    let whole = all.len() == 1 && all[0].1 == text;
                    if (count == 1 && !whole) || (count == 0 && !all.is_empty()) {
                        wrong.push(format!("{category} {sign} {surrounded:?}: {all:?}"));
                    }
                }
            };
            match sign {
                '+' => expect(&alone, 1),
                '~' => {
                    expect(&alone, 0);
                    expect(&named, 1);
                }
                '-' => {
                    expect(&alone, 0);
                    expect(&named, 0);
                }
                '!' => expect(std::slice::from_ref(&text), 0),
                _ => {
                    let (before, rest) = text.split_once('«').unwrap();
                    let (value, after) = rest.split_once('»').unwrap();
                    let all = found(&pii, &format!("{before}{value}{after}"));
                    if all.len() != 1 || all[0].1 != value {
                        wrong.push(format!("{category} {text}: {all:?}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// With all categories at once another may be the better reading, but nothing that one finds gets lost.
#[test]
fn what_one_category_finds_stays_covered_when_all_are_on() {
    let words = words();
    for (category, lines) in blocks() {
        for (_, text) in lines.iter().filter(|(sign, _)| matches!(sign, '+' | '~')) {
            let surrounded = format!("{}: {text}", words[category]);
            let at = surrounded.len() - text.len();
            let covered = ALL
                .find(&surrounded)
                .iter()
                .any(|m| m.span.start <= at + 1 && m.span.end + 1 >= surrounded.len());
            assert!(
                covered,
                "{category}: {surrounded:?} {:?}",
                found(&ALL, &surrounded)
            );
        }
    }
}

#[test]
fn the_example_of_every_category_is_found() {
    let words = words();
    for row in table::all() {
        let text = format!("{}: {}", words[row.name], row.example);
        let all = found(&only(row.name), &text);
        assert!(!all.is_empty(), "{} {text}", row.name);
    }
}
