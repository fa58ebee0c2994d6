//! The pages behind the `type` of a problem: one for each kind, and a list of all.

use serde_json::json;

use super::{Document, html};
use crate::catalogue::{self, PATH, ProblemType};
use crate::negotiate::Form;

/// Explains one kind of problem, in the form that was asked for.
///
/// ```
/// use lockgate_errors::{Form, catalogue, explain};
///
/// let page = explain(&catalogue::PROMPT_INJECTION, Form::Markdown);
/// assert_eq!(page.status, 200);
/// assert!(page.body.starts_with("# Prompt injection blocked"));
/// ```
pub fn explain(kind: &ProblemType, form: Form) -> Document {
    let body = match form {
        Form::Json | Form::ProblemJson => {
            let mut document = json!(kind);
            if let Some(members) = document.as_object_mut() {
                members.insert("type".to_owned(), kind.uri().into());
            }
            format!("{document:#}\n")
        }
        Form::Markdown => page(kind),
        Form::Html => html::page(kind.title, "Problem", &page(kind), ""),
    };
    document(form, body)
}

/// Lists all kinds of problems, in the form that was asked for.
pub fn index(form: Form) -> Document {
    let body = match form {
        Form::Json | Form::ProblemJson => {
            let entries: Vec<_> = catalogue::ALL
                .iter()
                .map(|kind| json!({ "type": kind.uri(), "code": kind.code, "title": kind.title, "status": kind.status }))
                .collect();
            format!("{:#}\n", json!({ "problems": entries }))
        }
        Form::Markdown => list(),
        Form::Html => html::page("Problems", "Lockgate", &list(), ""),
    };
    document(form, body)
}

fn page(kind: &ProblemType) -> String {
    let retry = match (kind.retryable, kind.retry_after) {
        (true, Some(seconds)) => format!("yes, after {seconds} s unless the problem says otherwise"),
        (true, None) => "yes".to_owned(),
        (false, _) => "no: the same request meets the same answer".to_owned(),
    };
    let owner = if kind.owner_action_required { "yes" } else { "no" };
    format!(
        "# {}\n\n{}\n\n**What to do:** {}\n\n- code: `{}`\n- status: {}\n- category: `{}`\n- retry: {retry}\n- needs the owner: {owner}\n\n**For the owner of the gate:** {}\n",
        kind.title,
        kind.summary,
        kind.what_to_do,
        kind.code,
        kind.status,
        kind.category.as_str(),
        kind.for_owner,
    )
}

fn list() -> String {
    let entry = |kind: &&ProblemType| {
        format!(
            "- [{}]({PATH}{}): {}, {}\n",
            kind.code, kind.code, kind.status, kind.title
        )
    };
    let entries: String = catalogue::ALL.iter().map(entry).collect();
    format!("# Problems\n\nEvery problem that this gate can answer with.\n\n{entries}")
}

fn document(form: Form, body: String) -> Document {
    // The list is no problem itself.
    let content_type = if form == Form::ProblemJson {
        Form::Json
    } else {
        form
    }
    .media_type();
    let mut headers = vec![
        ("cache-control", "public, max-age=3600".to_owned()),
        ("content-language", "en".to_owned()),
        ("vary", "accept".to_owned()),
        ("x-content-type-options", "nosniff".to_owned()),
    ];
    if form == Form::Html {
        headers.push(("content-security-policy", html::POLICY.to_owned()));
    }
    Document {
        status: 200,
        content_type,
        headers,
        body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_explained_in_every_form_and_listed() {
        let lists = [Form::Json, Form::Markdown, Form::Html].map(|form| index(form).body);
        for kind in catalogue::ALL {
            for form in [Form::Json, Form::ProblemJson, Form::Markdown, Form::Html] {
                let page = explain(kind, form);
                assert!(
                    page.body.contains(kind.code) && page.body.contains(kind.title),
                    "{page:?}"
                );
            }
            assert!(
                lists.iter().all(|list| list.contains(&kind.uri())),
                "{}",
                kind.code
            );
        }
    }

    #[test]
    fn a_page_says_whether_and_when_to_retry() {
        insta::assert_snapshot!(explain(&catalogue::OVERLOADED, Form::Markdown).body, @"
        # Gate is overloaded

        The gate has as many requests in work as it can take.

        **What to do:** Wait `retry_after` seconds, then send the same request again, with fewer requests at a time.

        - code: `overloaded`
        - status: 503
        - category: `overload`
        - retry: yes, after 2 s unless the problem says otherwise
        - needs the owner: no

        **For the owner of the gate:** Give the gate more CPU, or run more gates. The metrics tell what it is busy with.
        ");
    }
}
