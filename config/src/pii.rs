//! Which personal data and secrets are looked for.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which personal data and secrets are looked for, and which are the owner's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Pii {
    /// Categories that are looked for; all but `DATE_TIME` and `URL`, which nearly every text has, when absent.
    pub categories: Option<Vec<String>>,
    /// What is not reported: values (numbers however they are grouped), hosts with all below them (`*.example.com`,
    /// for addresses of mail and pages), networks (`10.0.0.0/8`).
    pub allow: Vec<String>,
}

/// The categories that are not looked for unless `scanner.pii.categories` names them.
pub const NOISY_CATEGORIES: [&str; 2] = ["DATE_TIME", "URL"];

/// The categories that personal data is found in; what `pii` lists and `redact` takes.
///
/// The detectors have the same list; a test of the gate holds the two together.
pub const PII_CATEGORIES: [&str; 140] = [
    "ABA_ROUTING_NUMBER",
    "AE_EMIRATES_ID",
    "ANTHROPIC_KEY",
    "API_KEY",
    "AR_CUIT",
    "AT_SVNR",
    "AU_ABN",
    "AU_ACN",
    "AU_MEDICARE",
    "AU_TFN",
    "AWS_ACCESS_KEY",
    "AZURE_KEY",
    "BE_NRN",
    "BG_EGN",
    "BITBUCKET_TOKEN",
    "BR_CNPJ",
    "BR_CPF",
    "CA_SIN",
    "CH_AHV",
    "CL_RUT",
    "CN_RIC",
    "CONNECTION_STRING",
    "CO_NIT",
    "CREDIT_CARD",
    "CRYPTO",
    "CZ_RC",
    "DATE_OF_BIRTH",
    "DATE_TIME",
    "DE_HEALTH_INSURANCE",
    "DE_ID_CARD",
    "DE_PASSPORT",
    "DE_SOCIAL_SECURITY",
    "DE_TAX_ID",
    "DE_VAT_ID",
    "DIGITALOCEAN_TOKEN",
    "DK_CPR",
    "DO_CEDULA",
    "EC_CI",
    "EE_IK",
    "EG_NATIONAL_ID",
    "EMAIL_ADDRESS",
    "ES_NIE",
    "ES_NIF",
    "FI_PERSONAL_IDENTITY_CODE",
    "FR_NIR",
    "FR_SPI",
    "GCP_KEY",
    "GITHUB_TOKEN",
    "GITLAB_TOKEN",
    "GR_AFM",
    "GR_AMKA",
    "HK_ID",
    "HR_OIB",
    "HUGGINGFACE_TOKEN",
    "HU_TAJ",
    "HU_TAX_ID",
    "IBAN_CODE",
    "ID_NIK",
    "IE_PPS",
    "IL_ID",
    "IMEI",
    "IN_AADHAAR",
    "IN_GSTIN",
    "IN_PAN",
    "IN_PASSPORT",
    "IN_VEHICLE_REGISTRATION",
    "IN_VOTER",
    "IP_ADDRESS",
    "IS_KENNITALA",
    "IT_DRIVER_LICENSE",
    "IT_FISCAL_CODE",
    "IT_IDENTITY_CARD",
    "IT_PASSPORT",
    "IT_VAT_CODE",
    "JP_MY_NUMBER",
    "JWT",
    "KR_RRN",
    "KZ_IIN",
    "LT_AK",
    "LU_MATRICULE",
    "LV_PK",
    "MAC_ADDRESS",
    "MEDICAL_LICENSE",
    "MX_CURP",
    "MX_RFC",
    "MY_NRIC",
    "NG_NIN",
    "NL_BSN",
    "NO_FNR",
    "NPM_TOKEN",
    "NZ_IRD",
    "OPENAI_KEY",
    "PASSWORD",
    "PE_RUC",
    "PHONE_NUMBER",
    "PK_CNIC",
    "PL_ID_CARD",
    "PL_NIP",
    "PL_PESEL",
    "PRIVATE_KEY",
    "PT_CC",
    "PT_NIF",
    "PYPI_TOKEN",
    "RO_CNP",
    "RU_INN",
    "RU_SNILS",
    "SA_NATIONAL_ID",
    "SENDGRID_KEY",
    "SE_ORGANISATIONSNUMMER",
    "SE_PERSONNUMMER",
    "SG_NRIC_FIN",
    "SG_UEN",
    "SI_EMSO",
    "SLACK_TOKEN",
    "STRIPE_KEY",
    "SWIFT_BIC",
    "TELEGRAM_TOKEN",
    "TH_TNIN",
    "TR_NATIONAL_ID",
    "TWILIO_KEY",
    "TW_ID",
    "UA_RNOKPP",
    "UK_DRIVING_LICENCE",
    "UK_NHS",
    "UK_NINO",
    "UK_PASSPORT",
    "UK_UTR",
    "URL",
    "US_BANK_NUMBER",
    "US_DRIVER_LICENSE",
    "US_EIN",
    "US_ITIN",
    "US_MBI",
    "US_NPI",
    "US_PASSPORT",
    "US_SSN",
    "UY_CI",
    "VE_RIF",
    "VIN",
    "ZA_ID_NUMBER",
];

impl Pii {
    /// Whether a category is looked for.
    #[must_use]
    pub fn looks_for(&self, category: &str) -> bool {
        match &self.categories {
            Some(categories) => categories.iter().any(|known| known == category),
            None => !NOISY_CATEGORIES.contains(&category),
        }
    }
}

/// What is wrong with an entry of the allow list, if anything is.
pub(crate) fn allow_fault(entry: &str) -> Option<&'static str> {
    let plain = entry.trim();
    let host = plain.strip_prefix("*.");
    if host.unwrap_or(plain).contains('*') {
        Some("`*` may only stand as `*.` in front of a host")
    } else if !plain.contains(char::is_alphanumeric) {
        Some("has neither letters nor digits, so it allows nothing")
    } else {
        None
    }
}
