//! Dates, and dates of birth.

use crate::pii::category::{Category, How, Own, Written};
use crate::pii::checks::is_date;

pub(in crate::pii) const CATEGORIES: &[Category] = &[
    Category {
        name: "DATE_OF_BIRTH",
        title: "Date of birth: a whole date next to a telling word",
        source: "ISO 8601-1, Unicode CLDR date formats",
        example: "1985-07-30",
        words: &[
            "dob",
            "d.o.b",
            "date of birth",
            "born",
            "born on",
            "birth date",
            "birthdate",
            "birthday",
            "birth",
            "geboren",
            "geb",
            "geburtsdatum",
            "geburtstag",
            "né le",
            "née le",
            "date de naissance",
            "naissance",
            "nacido",
            "nacida",
            "fecha de nacimiento",
            "nacimiento",
            "nato il",
            "nata il",
            "data di nascita",
            "nascido",
            "nascida",
            "data de nascimento",
            "geboortedatum",
            "geboren op",
            "urodzon*",
            "data urodzenia",
            "рожд*",
            "родил*",
            "дата рождения",
            "出生",
            "生年月日",
            "생년월일",
            "생일",
            "doğum*",
            "född",
            "fødselsdato",
            "født",
            "syntymä*",
            "تاريخ الميلاد",
            "जन्म",
            "ngày sinh",
            "tanggal lahir",
            "datum narození",
            "születési",
        ],
        how: How::Own(Own::DateOfBirth),
    },
    Category {
        name: "DATE_TIME",
        title: "Date or time stamp. Not looked for unless the owner asks",
        source: "ISO 8601-1, Unicode CLDR date formats",
        example: "2026-11-21T17:43:00Z",
        words: &[],
        how: How::Own(Own::DateTime),
    },
];

/// Names of months and what they are cut to, in capitals where they are plain ASCII.
const MONTHS: &str = "JAN(?:UARY|UAR|VIER|UARI|EIRO)?|FEB(?:RUARY|RUAR|RUARI|BRAIO)?|FEV(?:EREIRO)?|FEBRERO|F[Éé]VRIER|MAR(?:CH|S|ZO|[Çç]O)?|M[Ää]RZ|MAART|\
    APR(?:IL|ILE)?|ABR(?:IL)?|AVRIL|MAY|MAI|MAYO|MAIO|MEI|MAGGIO|JUNE?|JUIN|JUNIO?|JUNHO|GIUGNO|JUL(?:Y|I|IO|HO)?|JUILLET|LUGLIO|\
    AUG(?:UST|USTUS)?|AO(?:[ûÛ]T)|AGO(?:STO)?|SEP(?:T|TEMBER|TEMBRE|TIEMBRE)?|SET(?:EMBRO|TEMBRE)?|O[CK]T(?:OBER|OBRE|UBRE)?|OTTOBRE|OUT(?:UBRO)?|\
    NOV(?:EMBER|EMBRE|IEMBRE|EMBRO)?|DE[CZ](?:EMBER|EMBRO)?|D[éÉ]CEMBRE|DIC(?:EMBRE|IEMBRE)?|ENERO|GENNAIO|\
    STYCZNIA|LUTEGO|MARCA|KWIETNIA|MAJA|CZERWCA|LIPCA|SIERPNIA|WRZE[śŚ]NIA|PA[źŹ]DZIERNIKA|LISTOPADA|GRUDNIA|\
    (?:Я|я)нваря|(?:Ф|ф)евраля|(?:М|м)арта|(?:А|а)преля|(?:М|м)ая|(?:И|и)юня|(?:И|и)юля|(?:А|а)вгуста|(?:С|с)ентября|(?:О|о)ктября|(?:Н|н)оября|(?:Д|д)екабря";

/// One way of writing a date.
#[derive(Debug)]
pub(in crate::pii) struct DateForm {
    pub(in crate::pii) pattern: String,
    pub(in crate::pii) check: fn(&Written<'_>) -> bool,
    /// Day, month and year are all there.
    pub(in crate::pii) is_whole: bool,
}

/// All ways of writing a date.
pub(in crate::pii) fn forms() -> Vec<DateForm> {
    let time = r"(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:Z| ?[-+]\d{2}:?\d{2})?)?";
    let months = format!("(?:{MONTHS})");
    let day = r"\d{1,2}(?:ST|ND|RD|TH)?\.?";
    let whole = |pattern: String, check| DateForm {
        pattern,
        check,
        is_whole: true,
    };
    vec![
        whole(format!(r"\d{{4}}-\d{{2}}-\d{{2}}{time}"), year_first),
        whole(
            r"\d{4}[/.]\d{1,2}[/.]\d{1,2}(?: \d{2}:\d{2}(?::\d{2})?)?".to_owned(),
            year_first,
        ),
        whole(
            r"\d{4} ?[年년] ?\d{1,2} ?[月월] ?\d{1,2} ?[日일]".to_owned(),
            year_first,
        ),
        whole(
            r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?:,? \d{1,2}:\d{2}(?::\d{2})?)?".to_owned(),
            year_last,
        ),
        whole(
            format!(r"{day}[ -](?:OF |DE )?{months}\.?[ ,-]{{1,2}}(?:DE |DEL )?\d{{4}}"),
            |_| true,
        ),
        whole(format!(r"{months}\.? {day},? \d{{4}}"), |_| true),
        DateForm {
            pattern: format!(r"{months},? \d{{4}}"),
            check: |_| true,
            is_whole: false,
        },
    ]
}

fn numbers(it: &Written<'_>) -> Option<[u32; 3]> {
    let mut groups = it
        .raw()
        .split(|c: char| !c.is_ascii_digit())
        .filter(|group| !group.is_empty());
    let mut next = || groups.next()?.parse().ok();
    Some([next()?, next()?, next()?])
}

fn year_first(it: &Written<'_>) -> bool {
    numbers(it)
        .is_some_and(|[year, month, day]| (1800..2200).contains(&year) && is_date(Some(year), month, day))
}

/// Day and month change places with the country.
fn year_last(it: &Written<'_>) -> bool {
    let separators = it.raw().chars().filter(|c| matches!(c, '/' | '.' | '-')).take(2);
    let is_even = separators.clone().all(|c| Some(c) == separators.clone().next());
    let is_year = |year: u32| year < 100 || (1800..2200).contains(&year);
    let fits = numbers(it).is_some_and(|[one, two, year]| {
        is_year(year) && (is_date(None, one, two) || is_date(None, two, one))
    });
    is_even && fits
}
