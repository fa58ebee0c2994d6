//! The functions that conditions may call.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use cel::common::types::{CelBool, CelString, STRING_TYPE};
use cel::common::value::CowVal;
use cel::{Env, ExecutionError};
use regex::{Regex, RegexBuilder};

/// Largest compiled regular expression.
const REGEX_BYTES: usize = 1 << 20;
/// Most compiled expressions that are kept; patterns are part of conditions, so only reloads can bring new ones.
const KEPT: usize = 1024;

/// Standard CEL, with a `matches` that compiles each pattern once and not at every call.
pub(super) static STANDARD: LazyLock<Arc<Env>> = LazyLock::new(|| {
    let mut env = Env::stdlib();
    let member = env.add_member_overload(
        "matches",
        "string_matches",
        STRING_TYPE,
        vec![STRING_TYPE],
        |args| matches(&args),
    );
    let global = env.add_overload("matches", "matches", vec![STRING_TYPE, STRING_TYPE], |args| {
        matches(&args)
    });
    debug_assert!(
        member.is_ok() && global.is_ok(),
        "cel was built with a `matches` of its own"
    );
    Arc::new(env)
});

/// The patterns compiled so far.
static COMPILED: LazyLock<RwLock<HashMap<String, Regex>>> = LazyLock::new(RwLock::default);

/// Compiles a pattern, or finds it compiled.
pub(super) fn pattern(source: &str) -> Result<Regex, regex::Error> {
    if let Some(found) = COMPILED
        .read()
        .unwrap_or_else(PoisonError::into_inner)
        .get(source)
    {
        return Ok(found.clone());
    }
    let compiled = RegexBuilder::new(source)
        .size_limit(REGEX_BYTES)
        .dfa_size_limit(REGEX_BYTES)
        .build()?;
    let mut kept = COMPILED.write().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(source.to_owned(), compiled.clone());
    Ok(compiled)
}

/// `text.matches(pattern)`: whether the pattern is found anywhere in the text.
fn matches<'v>(args: &[CowVal<'_, '_>]) -> Result<CowVal<'v, 'v>, ExecutionError> {
    let [text, source] = args else {
        return Err(ExecutionError::invalid_argument_count(2, args.len()));
    };
    let (Some(text), Some(source)) = (
        text.downcast_ref::<CelString<'_>>(),
        source.downcast_ref::<CelString<'_>>(),
    ) else {
        return Err(ExecutionError::missing_argument_or_target());
    };
    let pattern =
        pattern(source.inner()).map_err(|_| ExecutionError::function_error("matches", "not a pattern"))?;
    Ok(CowVal::owned(CelBool::from(pattern.is_match(text.inner()))))
}
