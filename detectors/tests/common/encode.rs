//! Puts disguises on, the way that people and their tools do.

/// A disguise: its name, and how it is put on.
pub(crate) type Encoder = (&'static str, fn(&str) -> String);

/// The disguises by name; some have several ways of being worn.
pub(crate) const ENCODERS: [Encoder; 37] = [
    ("zero-width", zero_width),
    ("soft-hyphen", soft_hyphen),
    ("bidi", bidi),
    ("word-joiner-and-controls", controls),
    ("homoglyph-cyrillic", cyrillic),
    ("homoglyph-greek-capitals", greek_capitals),
    ("full-width", full_width),
    ("mathematical", mathematical),
    ("circled", circled),
    ("small-capitals", small_capitals),
    ("upper-case", upper_case),
    ("mixed-case", mixed_case),
    ("zalgo", zalgo),
    ("accents", accents),
    ("leet", leet),
    ("spaced", spaced),
    ("spaced-stars", starred),
    ("hyphenated", hyphenated),
    ("markup", markup),
    ("url", url),
    ("url-letters", url_all),
    ("html", html),
    ("html-hex", html_hex),
    ("escaped", escaped),
    ("hex", hex),
    ("hex-spaced", hex_spaced),
    ("binary", binary),
    ("base64", base64),
    ("base64-url", base64_url),
    ("base64-lines", base64_lines),
    ("base64-nested", base64_nested),
    ("base32", base32),
    ("braille", braille),
    ("regional", regional),
    ("tags", tags),
    ("selectors", selectors),
    ("zero-width-bits", zero_width_bits),
];

/// Ciphers: letters are exchanged or turned around.
pub(crate) const CIPHERS: [Encoder; 5] = [
    ("rot13", rot13),
    ("atbash", atbash),
    ("reversed", reversed),
    ("words-reversed", words_reversed),
    ("morse", morse),
];

fn each(text: &str, f: impl Fn(char) -> String) -> String {
    text.chars().map(f).collect()
}

/// Puts something after every letter of a word but its last.
fn inside_words(text: &str, something: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        out.push(c);
        if c.is_alphanumeric() && characters.peek().is_some_and(|next| next.is_alphanumeric()) {
            out.push_str(something);
        }
    }
    out
}

fn zero_width(text: &str) -> String {
    inside_words(text, "\u{200b}")
}

fn soft_hyphen(text: &str) -> String {
    inside_words(text, "\u{ad}")
}

fn bidi(text: &str) -> String {
    inside_words(text, "\u{202e}\u{202c}")
}

fn controls(text: &str) -> String {
    inside_words(text, "\u{2060}\u{8}")
}

fn cyrillic(text: &str) -> String {
    each(text, |c| {
        let found = "aаeеoоpрcсyуxхiіsѕjјhһAАEЕOОCСTТHНKКBВMМPРXХ"
            .chars()
            .collect::<Vec<_>>();
        found
            .chunks(2)
            .find(|pair| pair[0] == c)
            .map_or(c, |pair| pair[1])
            .to_string()
    })
}

fn greek_capitals(text: &str) -> String {
    each(&text.to_uppercase(), |c| {
        let found = "AΑBΒEΕZΖHΗIΙKΚMΜNΝOΟPΡTΤYΥXΧ".chars().collect::<Vec<_>>();
        found
            .chunks(2)
            .find(|pair| pair[0] == c)
            .map_or(c, |pair| pair[1])
            .to_string()
    })
}

fn shifted(c: char, small: u32, large: u32, digits: u32) -> char {
    let from = |first: char, to: u32| char::from_u32(to + (c as u32 - first as u32)).unwrap();
    match c {
        'a'..='z' => from('a', small),
        'A'..='Z' => from('A', large),
        '0'..='9' if digits > 0 => from('0', digits),
        _ => c,
    }
}

fn full_width(text: &str) -> String {
    each(text, |c| match c {
        ' ' => "\u{3000}".to_owned(),
        '!'..='~' => char::from_u32(c as u32 + 0xfee0).unwrap().to_string(),
        _ => c.to_string(),
    })
}

fn mathematical(text: &str) -> String {
    each(text, |c| shifted(c, 0x1d41a, 0x1d400, 0x1d7ce).to_string())
}

fn circled(text: &str) -> String {
    each(text, |c| {
        if c == '0' {
            "⓪".to_owned()
        } else {
            shifted(c, 0x24d0, 0x24b6, 0x245f).to_string()
        }
    })
}

fn small_capitals(text: &str) -> String {
    let small: Vec<char> = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘǫʀꜱᴛᴜᴠᴡxʏᴢ".chars().collect();
    each(text, |c| match c.to_ascii_lowercase() {
        letter @ 'a'..='z' => small[(letter as u8 - b'a') as usize].to_string(),
        _ => c.to_string(),
    })
}

fn upper_case(text: &str) -> String {
    text.to_uppercase()
}

fn mixed_case(text: &str) -> String {
    let upper = |(at, c): (usize, char)| {
        if at % 2 == 0 {
            c.to_uppercase().collect()
        } else {
            c.to_string()
        }
    };
    text.chars().enumerate().map(upper).collect()
}

fn zalgo(text: &str) -> String {
    each(text, |c| {
        if c.is_alphanumeric() {
            format!("{c}\u{334}\u{351}\u{31e}\u{489}")
        } else {
            c.to_string()
        }
    })
}

fn accents(text: &str) -> String {
    each(text, |c| {
        let found = "aáeéiíoóuúnñcçyýAÁEÉIÍOÓUÚ".chars().collect::<Vec<_>>();
        found
            .chunks(2)
            .find(|pair| pair[0] == c)
            .map_or(c, |pair| pair[1])
            .to_string()
    })
}

fn leet(text: &str) -> String {
    each(text, |c| {
        let found = "a4e3i1o0s5t7A4E3I1O0S5T7".chars().collect::<Vec<_>>();
        found
            .chunks(2)
            .find(|pair| pair[0] == c)
            .map_or(c, |pair| pair[1])
            .to_string()
    })
}

fn spaced(text: &str) -> String {
    text.split(' ')
        .map(|word| word.chars().map(String::from).collect::<Vec<_>>().join(" "))
        .collect::<Vec<_>>()
        .join("   ")
}

fn starred(text: &str) -> String {
    inside_words(text, "*")
}

/// A hyphen in the middle of every word.
fn hyphenated(text: &str) -> String {
    let word = |word: &str| match word.char_indices().nth(word.chars().count() / 2) {
        Some((at, _)) if word.len() > 3 && word.chars().all(char::is_alphabetic) => {
            format!("{}-{}", &word[..at], &word[at..])
        }
        _ => word.to_owned(),
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn markup(text: &str) -> String {
    let word = |word: &str| match word.char_indices().nth(word.chars().count() / 2) {
        Some((at, _)) if word.len() > 3 && word.chars().all(char::is_alphabetic) => {
            format!("{}<b></b>{}", &word[..at], &word[at..])
        }
        _ => word.to_owned(),
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn url(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

fn url_all(text: &str) -> String {
    text.bytes().map(|b| format!("%{b:02x}")).collect()
}

fn html(text: &str) -> String {
    each(text, |c| {
        if c.is_ascii_alphanumeric() {
            format!("&#{};", c as u32)
        } else {
            c.to_string()
        }
    })
}

fn html_hex(text: &str) -> String {
    each(text, |c| format!("&#x{:x};", c as u32))
}

fn escaped(text: &str) -> String {
    text.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect()
}

fn hex(text: &str) -> String {
    text.bytes().map(|b| format!("{b:02x}")).collect()
}

fn hex_spaced(text: &str) -> String {
    text.bytes()
        .map(|b| format!("{b:02x}"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn binary(text: &str) -> String {
    text.bytes()
        .map(|b| format!("{b:08b}"))
        .collect::<Vec<_>>()
        .join(" ")
}

fn radix(text: &[u8], alphabet: &[u8], bits: u32) -> String {
    let (mut held, mut count, mut out) = (0_u32, 0, String::new());
    for byte in text {
        held = held << 8 | u32::from(*byte);
        count += 8;
        while count >= bits {
            count -= bits;
            out.push(alphabet[(held >> count & ((1 << bits) - 1)) as usize].into());
            held &= (1 << count) - 1;
        }
    }
    if count > 0 {
        out.push(alphabet[(held << (bits - count) & ((1 << bits) - 1)) as usize].into());
    }
    out
}

const STANDARD: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const FOR_URLS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

pub(crate) fn base64_of(bytes: &[u8]) -> String {
    let mut out = radix(bytes, STANDARD, 6);
    while !out.len().is_multiple_of(4) {
        out.push('=');
    }
    out
}

fn base64(text: &str) -> String {
    base64_of(text.as_bytes())
}

/// For URLs, and without padding.
fn base64_url(text: &str) -> String {
    radix(text.as_bytes(), FOR_URLS, 6)
}

fn base64_lines(text: &str) -> String {
    let all = base64(text);
    let lines: Vec<_> = all
        .as_bytes()
        .chunks(40)
        .map(|line| std::str::from_utf8(line).unwrap())
        .collect();
    lines.join("\r\n")
}

fn base64_nested(text: &str) -> String {
    base64(&base64(&base64(text)))
}

fn base32(text: &str) -> String {
    let mut out = radix(text.as_bytes(), b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 5);
    while !out.len().is_multiple_of(8) {
        out.push('=');
    }
    out
}

fn rot13(text: &str) -> String {
    each(text, |c| {
        match c {
            'a'..='z' => char::from((c as u8 - b'a' + 13) % 26 + b'a'),
            'A'..='Z' => char::from((c as u8 - b'A' + 13) % 26 + b'A'),
            _ => c,
        }
        .to_string()
    })
}

fn atbash(text: &str) -> String {
    each(text, |c| {
        match c {
            'a'..='z' => char::from(b'z' - (c as u8 - b'a')),
            'A'..='Z' => char::from(b'Z' - (c as u8 - b'A')),
            _ => c,
        }
        .to_string()
    })
}

fn reversed(text: &str) -> String {
    text.chars().rev().collect()
}

fn words_reversed(text: &str) -> String {
    text.split(' ').map(reversed).collect::<Vec<_>>().join(" ")
}

fn morse(text: &str) -> String {
    const CODES: &str = "a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. \
        s... t- u..- v...- w.-- x-..- y-.-- z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... 6-.... 7--... 8---.. \
        9----. ..-.-.- ,--..-- ?..--.. :---... '.----. --....- /-..-. @.--.-. +.-.-. !-.-.-- _..--.- =-...- (-.--. )-.--.-";
    let code = |c: char| {
        CODES
            .split(' ')
            .find_map(|entry| entry.strip_prefix(c.to_ascii_lowercase()))
            .unwrap_or("")
    };
    let word = |word: &str| {
        word.chars()
            .map(code)
            .filter(|code| !code.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" / ")
}

fn braille(text: &str) -> String {
    let letters: Vec<char> = "⠁⠃⠉⠙⠑⠋⠛⠓⠊⠚⠅⠇⠍⠝⠕⠏⠟⠗⠎⠞⠥⠧⠺⠭⠽⠵".chars().collect();
    let mut in_number = false;
    each_with(text, |c| {
        let lower = c.to_ascii_lowercase();
        let mut out = String::new();
        if c.is_ascii_digit() && !in_number {
            out.push('⠼');
        }
        in_number = c.is_ascii_digit() || (in_number && matches!(c, '.' | ',' | '-'));
        match lower {
            'a'..='z' => out.push(letters[(lower as u8 - b'a') as usize]),
            '0' => out.push('⠚'),
            '1'..='9' => out.push(letters[(lower as u8 - b'1') as usize]),
            ' ' => out.push('⠀'),
            ',' => out.push('⠂'),
            '.' => out.push('⠲'),
            ':' => out.push('⠒'),
            '-' => out.push('⠤'),
            '\'' => out.push('⠄'),
            '!' => out.push('⠖'),
            '?' => out.push('⠦'),
            '/' => out.push('⠌'),
            '@' => out.push_str("⠈⠁"),
            _ => out.push('⠿'),
        }
        out
    })
}

fn each_with(text: &str, mut f: impl FnMut(char) -> String) -> String {
    text.chars().map(&mut f).collect()
}

fn regional(text: &str) -> String {
    each(text, |c| {
        match c.to_ascii_lowercase() {
            letter @ 'a'..='z' => char::from_u32(0x1f1e6 + (letter as u32 - 'a' as u32)).unwrap(),
            other => other,
        }
        .to_string()
    })
}

fn tags(text: &str) -> String {
    let hidden = each(text, |c| {
        char::from_u32(0xe0000 + c as u32)
            .filter(|_| c.is_ascii())
            .map_or(String::new(), String::from)
    });
    format!("Nice weather today.{hidden} Is it not?")
}

fn selectors(text: &str) -> String {
    let hidden: String = text
        .bytes()
        .map(|byte| match byte {
            0..=15 => char::from_u32(0xfe00 + u32::from(byte)).unwrap(),
            _ => char::from_u32(0xe0100 + u32::from(byte) - 16).unwrap(),
        })
        .collect();
    format!("Have a nice day 😊{hidden}!")
}

fn zero_width_bits(text: &str) -> String {
    let bits = text
        .bytes()
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let hidden: String = bits
        .map(|bit| if bit == 1 { '\u{200d}' } else { '\u{200c}' })
        .collect();
    format!("Have{hidden} a nice day")
}
