"""What the scripts here have in common: they read jobs from standard input and print what the user of an SDK sees."""

import json
import sys

# Whatever of these an exception has is shown: what a program that catches it can look at.
ATTRIBUTES = [
    "status_code", "status", "code", "type", "param", "error_code", "body", "details", "error", "data", "request_id"
]


def answer_all(answer):
    """Prints what `answer` says of each job, as JSON."""
    print(json.dumps([answer(job) for job in json.load(sys.stdin)], default=repr))


def ask_all(ask):
    """Prints what came of each job, where `ask` yields the pieces of its text."""
    answer_all(lambda job: see(ask(job)))


def see(pieces):
    """What came, in how many pieces of text, and the exception that ended it, if one did."""
    said, seen = [], {}
    try:
        for piece in pieces:
            said.append(piece)
    except Exception as error:
        seen = shown(error)
    return summed_up(said) | seen


async def see_async(pieces):
    """The same for SDKs that are only asynchronous."""
    said, seen = [], {}
    try:
        async for piece in pieces:
            said.append(piece)
    except Exception as error:
        seen = shown(error)
    return summed_up(said) | seen


def summed_up(said):
    words = [piece for piece in said if piece and isinstance(piece, str)]
    # What is no text is an event that a program could look at.
    events = [piece for piece in said if isinstance(piece, dict)]
    return {"text": "".join(words), "pieces": len(words)} | ({"events": events} if events else {})


def shown(error):
    found = {name: getattr(error, name) for name in ATTRIBUTES if hasattr(error, name)}
    return {"exception": type(error).__name__, "message": str(error)} | {
        name: value for name, value in found.items() if not callable(value)
    }
