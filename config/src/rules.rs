//! What happens to an exchange, depending on what was found in it.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::yaml::{Reader, parse};
use crate::{Condition, RateLimit};

/// The built-in rule set, as it would be written in a file.
pub const DEFAULT_RULES: &str = include_str!("default_rules.yaml");

/// An ordered list of rules, and what happens when no score could be had.
///
/// `RuleSet::default()` is the built-in set.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSet {
    /// What happens to an exchange whose scan failed or missed its deadline.
    #[serde(default)]
    pub on_error: OnError,
    /// The rules, in the order in which they are tried; the built-in ones when absent, none when `[]`.
    #[serde(default = "built_in_list")]
    pub list: Vec<Rule>,
}

/// What happens to an exchange whose scan failed or missed its deadline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnError {
    /// It passes, and the failure is logged and counted.
    #[default]
    Open,
    /// It is refused.
    Closed,
}

/// One rule: a condition, and what is done where it holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// A name for logs, metrics and problems; unique within its set.
    pub name: String,
    /// A CEL expression; a rule without one always applies.
    #[serde(default)]
    pub when: Condition,
    /// What is done.
    pub action: Action,
    /// Do it, or only say that it would have been done.
    #[serde(default)]
    pub mode: Mode,
    /// For `redact`: which categories; all that were found when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// For `rate_limit`, which needs it: how many requests pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<RateLimit>,
}

/// What a rule does with an exchange.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Pass it on; later rules are not tried.
    Allow,
    /// Note it in the log and the metrics, and go on with the next rule.
    Log,
    /// Replace what was found by its category, and go on with the next rule.
    Redact,
    /// Answer with a problem; the upstream is not contacted.
    Block,
    /// Answer with a problem where `limit` is used up; go on with the next rule where it is not.
    ///
    /// Tried before the body is read, unless its condition, or that of an earlier `allow`, needs the body.
    RateLimit,
}

/// Whether a rule acts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The action is carried out.
    #[default]
    Enforce,
    /// The action is logged and counted, not carried out.
    Monitor,
}

impl Action {
    /// The word for it in the file.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Allow => "allow",
            Self::Log => "log",
            Self::Redact => "redact",
            Self::Block => "block",
            Self::RateLimit => "rate_limit",
        }
    }
}

impl Default for RuleSet {
    fn default() -> Self {
        static BUILT_IN: LazyLock<RuleSet> = LazyLock::new(built_in);
        BUILT_IN.clone()
    }
}

fn built_in_list() -> Vec<Rule> {
    RuleSet::default().list
}

/// The built-in rule set: what `rules.default` is when the file does not name one.
///
/// It is parsed by the code that parses files; a test holds that it parses. Should it ever not, nothing passes.
fn built_in() -> RuleSet {
    let tree = parse(DEFAULT_RULES);
    let set = tree.and_then(|tree| Reader::new(DEFAULT_RULES, &|_| None).read::<RuleSet>(&tree));
    set.unwrap_or_else(|_| RuleSet {
        on_error: OnError::Closed,
        list: vec![Rule {
            name: "built-in-rules-broken".to_owned(),
            when: Condition::default(),
            action: Action::Block,
            mode: Mode::Enforce,
            categories: Vec::new(),
            limit: None,
        }],
    })
}
