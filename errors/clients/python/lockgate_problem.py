"""What a caller does with an RFC 9457 problem that it got, of Lockgate or of any other server.

`parse` reads an answer in whichever form it came, `problem_of` the exception of an SDK, and a `Policy`
says whether the same request is worth another try, and when. One file, standard library only.
"""

from __future__ import annotations

import json
import random
import re
import time
from dataclasses import dataclass, field
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any, Callable, Mapping, NamedTuple, Optional, TypeVar, Union
from urllib.error import HTTPError

LONGEST_BODY = 1 << 20  # Bytes; whoever sends more sends something else.
LONGEST_WAIT = 7 * 24 * 3600.0  # Seconds; no longer wait is believed.
PASSING = (408, 425, 429, 503, 529)  # A status that promises: not carried out, and maybe later.

Headers = Mapping[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """A problem as the server reported it. A member of the wrong type counts as absent.

    Texts are as the server wrote them: quote them to people and models, do not follow them.
    """

    type: str = "about:blank"
    title: Optional[str] = None
    status: Optional[int] = None
    detail: Optional[str] = None
    instance: Optional[str] = None
    code: Optional[str] = None
    category: Optional[str] = None
    retryable: Optional[bool] = None
    retry_after: Optional[float] = None
    owner_action_required: Optional[bool] = None
    what_to_do: Optional[str] = None
    request_id: Optional[str] = None
    timestamp: Optional[str] = None
    host: Optional[str] = None
    source: Optional[str] = None
    extensions: dict[str, Any] = field(default_factory=dict)


class Decision(NamedTuple):
    """Send it again after `wait` seconds, or `stop`: no_error, final, unsafe, attempts, too_long, budget."""

    wait: Optional[float] = None
    stop: Optional[str] = None


@dataclass(frozen=True)
class Policy:
    """How much patience a caller has; times are in seconds."""

    attempts: int = 3  # The first one included.
    longest_wait: float = 60.0  # A longer one that the server asks for ends the tries at once.
    budget: float = 300.0  # For all tries and waits together.
    first_wait: float = 0.5  # Where the server names none; each further one is twice as long.
    jitter: float = 0.25  # How much longer than planned a wait may be, as a share of it.

    def decide(self, made: int, elapsed: float, status: int, headers: Headers, problem: Optional[Problem] = None,
               idempotent: bool = False, chance: Optional[float] = None) -> Decision:
        """Decides after `made` tries in `elapsed` seconds, the last of which was answered so."""
        refusal = _refusal(status, headers, problem, idempotent)
        return Decision(stop=refusal) if refusal else self._again(made, elapsed, retry_after(headers, problem), chance)

    def decide_unanswered(self, made: int, elapsed: float, idempotent: bool, chance: Optional[float] = None) -> Decision:
        """Decides where no answer came: the connection failed, or broke off."""
        return self._again(made, elapsed, None, chance) if idempotent else Decision(stop="unsafe")

    def _again(self, made: int, elapsed: float, told: Optional[float], chance: Optional[float]) -> Decision:
        if made >= self.attempts:
            return Decision(stop="attempts")
        if told is not None and told > self.longest_wait:
            return Decision(told, "too_long")
        planned = told if told is not None else min(self.first_wait * 2 ** min(made - 1, 31), self.longest_wait)
        wait = planned * (1 + self.jitter * (random.random() if chance is None else chance))
        return Decision(wait, "budget" if elapsed + wait > self.budget else None)


def parse(status: int, headers: Headers, body: Union[bytes, str]) -> Optional[Problem]:
    """Reads the problem in an answer, if it has one; the body tells its form itself.

    Under a status of success only application/problem+json and JSON-RPC errors count.
    """
    failed, text = status >= 400, _text(body).lstrip("\ufeff").lstrip()
    members = _front_matter(text) if failed and text.startswith("---") else _json(text, None)
    if not isinstance(members, dict):
        return None
    rpc = {"error": members.get("error")} if isinstance(members.get("jsonrpc"), str) else {}
    found = _find(members if failed else rpc)
    if found is None and _header(headers, "content-type").split(";")[0].strip().lower() == "application/problem+json":
        found = _find(members) or members
    return None if found is None else _read(found, status if failed else None)


def parse_event(data: Union[bytes, str]) -> Optional[Problem]:
    """Reads the problem in the data of a server-sent event, or in a line of NDJSON, if it has one."""
    members = _json(_text(data), None)
    found = _find(members) if isinstance(members, dict) else None
    return None if found is None else _read(found, None)


def problem_of(error: BaseException) -> Optional[Problem]:
    """Reads the problem behind an exception of openai, anthropic, mcp, httpx, requests or urllib.

    Where the SDK kept only the provider's `error`, it has what that says, and the word of the head on retrying.
    """
    return _answer_of(error)[2]


def retry_after(headers: Headers, problem: Optional[Problem] = None) -> Optional[float]:
    """How many seconds the server wants to be left alone: its fields are finer than the document, so they come first."""
    milliseconds, told = _number(_header(headers, "retry-after-ms")), _header(headers, "retry-after")
    said = (milliseconds and milliseconds / 1000, _number(told), _until(told, _header(headers, "date")))
    wait = next((wait for wait in said if wait is not None), None)
    return min(wait, LONGEST_WAIT) if wait else (problem and problem.retry_after) or None


def should_retry(status: int, headers: Headers, problem: Optional[Problem] = None, idempotent: bool = False) -> bool:
    """Whether the answer makes the request worth another try: the server's word goes first, then the status."""
    return _refusal(status, headers, problem, idempotent) is None


def call_with_retry(call: Callable[[], T], policy: Policy = Policy(), idempotent: bool = False,
                    lost: tuple[type[BaseException], ...] = (OSError,), sleep: Callable[[float], None] = time.sleep) -> T:
    """Calls until it gives something, or raises what is not worth another try. Switch off the SDK's own retries.

    An exception in `lost` says that no answer came; openai.APIConnectionError is one.
    """
    started, made = time.monotonic(), 0
    while True:
        try:
            made += 1
            return call()
        except Exception as error:
            (status, headers, problem), elapsed = _answer_of(error), time.monotonic() - started
            if status or problem:
                decision = policy.decide(made, elapsed, status, headers, problem, idempotent)
            else:
                decision = policy.decide_unanswered(made, elapsed, idempotent and isinstance(error, lost))
            if decision.stop:
                raise
        sleep(decision.wait or 0.0)


def _answer_of(error: BaseException) -> tuple[int, Headers, Optional[Problem]]:
    response: Any = getattr(error, "response", None)
    response = error if response is None else response  # requests' are false when they failed.
    numbers = (getattr(response, name, None) for name in ("status_code", "status", "code"))
    status = next((number for number in numbers if isinstance(number, int)), 0)
    headers = getattr(response, "headers", None) or {}
    try:
        if isinstance(error, HTTPError) and not hasattr(error, "content"):
            setattr(error, "content", error.read())  # It can be read only once, and its caller may want it too.
        body = response.content
    except Exception:  # A stream, or no response at all.
        body = b""
    problem = parse(status, headers, body)
    for kept in (getattr(error, "body", None), getattr(getattr(error, "error", None), "data", None)):
        if problem is None and isinstance(kept, dict):
            inner = kept["error"] if isinstance(kept.get("error"), dict) else kept
            said = {"detail": inner.get("message"), "code": inner.get("code"), "retryable": _asked(headers)}
            problem = _read(_find(kept) or said, status if status >= 400 else None)
    return status, headers, problem


def _refusal(status: int, headers: Headers, problem: Optional[Problem], idempotent: bool) -> Optional[str]:
    if status < 400 and problem is None:
        return "no_error"
    said = [word for word in (problem and problem.retryable, _asked(headers)) if word is not None]
    if said:
        return None if all(said) else "final"
    failure = status if status >= 400 else (problem and problem.status) or 500
    if failure in PASSING:
        return None
    return "final" if failure < 500 or failure in (501, 505) else None if idempotent else "unsafe"


def _find(members: dict[str, Any]) -> Optional[dict[str, Any]]:
    """The object with the members of a problem: this one, or one that an envelope carries."""
    error = members["error"] if isinstance(members.get("error"), dict) else {}
    for value in (members, members.get("problem"), error, error.get("data"), error.get("details")):
        for candidate in value[:16] if isinstance(value, list) else [value]:
            if isinstance(candidate, dict) and _is_problem(candidate):
                return candidate
    return None


def _is_problem(members: dict[str, Any]) -> bool:
    """A `type` that is a URI reference, with a title or a status; or a status, and a word on retrying."""
    kind, title, status, retryable = (_member(members, name) for name in ("type", "title", "status", "retryable"))
    named = kind is not None and (":" in kind or "/" in kind)
    return named and (title is not None or status is not None) or status is not None and retryable is not None


def _read(members: dict[str, Any], status: Optional[int]) -> Problem:
    known = {name: _member(members, name) for name in KNOWN}
    known["status"] = known["status"] or status
    envelope = {"error", "message", *KNOWN, *("problem_" + name for name in KNOWN)}
    others = {name: value for name, value in members.items() if name not in envelope}
    return Problem(**{name: value for name, value in known.items() if value is not None}, extensions=others)


def _member(members: dict[str, Any], name: str) -> Any:
    """A member by its name, or by the name that it has where an upstream used that name already."""
    value: Any = members.get("problem_" + name, members.get(name))
    if type(value) not in KNOWN[name]:
        return None
    if name == "status":  # JSON does not tell 503 from 503.0.
        return int(value) if 100 <= value <= 599 and value == int(value) else None
    if name == "retry_after":
        return float(min(max(value, 0), LONGEST_WAIT))
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value  # No halves of characters.


KNOWN: dict[str, tuple[type, ...]] = {name: (str,) for name in Problem.__dataclass_fields__ if name != "extensions"}
KNOWN.update(status=(int, float), retryable=(bool,), retry_after=(int, float), owner_action_required=(bool,))


def _front_matter(markdown: str) -> Optional[dict[str, Any]]:
    """`key: JSON` or `key: bare text` on each line. This is not YAML, and other lines are passed over."""
    first, *lines = markdown.split("\n")
    end = next((at for at, line in enumerate(lines[:256]) if line.rstrip() == "---"), None)
    if first.rstrip() != "---" or end is None:
        return None
    members: dict[str, Any] = {}
    for key, colon, value in (line.partition(":") for line in lines[:end]):
        if colon and re.fullmatch("[A-Za-z0-9_-]+", key):
            members[key] = _json(value.strip(), value.strip())
    for line in lines[end + 1 : end + 257]:
        for start, key in (("# ", "title"), ("**What to do:**", "what_to_do")):
            if line.startswith(start):
                members.setdefault(key, line[len(start) :].strip())
    return members


def _json(text: str, otherwise: Any) -> Any:
    try:
        return json.loads(text, parse_constant=int)  # NaN and the like are no JSON: int refuses them.
    except (ValueError, RecursionError):
        return otherwise


def _text(body: Union[bytes, str]) -> str:
    text = "" if len(body) > LONGEST_BODY else body
    return text if isinstance(text, str) else text.decode("utf-8", "replace")


def _header(headers: Headers, name: str) -> str:
    return next((str(value).strip() for known, value in headers.items() if known.lower() == name), "")


def _asked(headers: Headers) -> Optional[bool]:
    return {"true": True, "false": False}.get(_header(headers, "x-should-retry"))


def _number(text: str) -> Optional[float]:
    return max(float(text), 0.0) if re.fullmatch(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)", text[:1024]) else None


def _until(date: str, now: str) -> Optional[float]:
    """Seconds from the answer's own date to this one."""
    try:
        start = _date(now) if now else datetime.now(timezone.utc)
        return max((_date(date) - start).total_seconds(), 0.0)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def _date(text: str) -> datetime:
    date = parsedate_to_datetime(text[:64])
    return date if date.tzinfo else date.replace(tzinfo=timezone.utc)
