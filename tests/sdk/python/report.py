"""What the scripts here print for the tests: what the user of an SDK sees."""

import json


class Count:
    """Counts the HTTP requests that an SDK makes, by way of its client's documented hooks."""

    def __init__(self):
        self.requests = 0

    def hooks(self):
        return {"request": [self]}

    def __call__(self, _request):
        self.requests += 1


def report(count, errors, call):
    """Runs a call that gives text and a number of pieces; prints that, or the exception of the SDK."""
    try:
        text, pieces = call()
        seen = {"text": text, "pieces": pieces}
    except errors as error:
        seen = {
            "exception": type(error).__name__,
            "message": str(error),
            "status": getattr(error, "status_code", None),
            "code": getattr(error, "code", None),
            "type": getattr(error, "type", None),
            "error_code": getattr(error, "error_code", None),
            "body": getattr(error, "body", None),
            "request_id": getattr(error, "request_id", None),
        }
    print(json.dumps(seen | {"requests": count.requests}))
