//! Character references of HTML: by number, and by the names that plain text has a use for.

use super::super::Disguise;
use super::super::weave::Patch;

/// Names and what they stand for; an empty string where nothing is seen.
const NAMES: [(&str, &str); 38] = [
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ensp", " "),
    ("emsp", " "),
    ("thinsp", " "),
    ("shy", ""),
    ("zwj", ""),
    ("zwnj", ""),
    ("lrm", ""),
    ("rlm", ""),
    ("NewLine", "\n"),
    ("Tab", "\t"),
    ("excl", "!"),
    ("num", "#"),
    ("dollar", "$"),
    ("percnt", "%"),
    ("lpar", "("),
    ("rpar", ")"),
    ("ast", "*"),
    ("plus", "+"),
    ("comma", ","),
    ("hyphen", "-"),
    ("dash", "-"),
    ("period", "."),
    ("sol", "/"),
    ("colon", ":"),
    ("semi", ";"),
    ("equals", "="),
    ("quest", "?"),
    ("commat", "@"),
    ("lowbar", "_"),
    ("lsqb", "["),
    ("rsqb", "]"),
    ("bsol", "\\"),
];

pub(super) fn find(text: &str, out: &mut Vec<Patch>) {
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        let Some((said, length)) = text.get(at + 1..).and_then(reference) else {
            continue;
        };
        let mut patch = Patch::new(Disguise::Html, at);
        patch.push(said.as_bytes(), at..at + 1 + length);
        out.push(patch);
    }
}

/// What the reference says whose `&` was just read, and how long it is.
fn reference(rest: &str) -> Option<(String, usize)> {
    let name_length = rest
        .bytes()
        .take(12)
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#');
    let name = rest.get(..name_length.count())?;
    let ended = rest.as_bytes().get(name.len()) == Some(&b';');
    let length = name.len() + usize::from(ended);
    if let Some(number) = name.strip_prefix('#') {
        let digits = number.strip_prefix(['x', 'X']);
        let code = match digits {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        let said = char::from_u32(code.ok()?).filter(|c| *c != '\0')?;
        return Some((said.to_string(), length));
    }
    let (_, said) = NAMES.iter().find(|(known, _)| ended && *known == name)?;
    Some(((*said).to_owned(), length))
}
