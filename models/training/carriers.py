"""Benign documents that attacks are put into, and light changes of spelling.

Made-up e-mails, tables, tool results, reviews and logs; real benign documents come from the data folder.
"""

import json
import random

PEOPLE = ["Anna Weber", "Luis Ortega", "Mei Chen", "Tom Baker", "Fatima Noor", "Olga Petrova", "Sam Okafor", "Julie Martin"]
PRODUCTS = ["a kettle", "running shoes", "a desk lamp", "a tent for two", "headphones", "a bread knife", "a bicycle pump", "a rain coat"]
CITIES = ["Bristol", "Leipzig", "Porto", "Kyoto", "Tampa", "Lyon", "Accra", "Vilnius"]
OPENINGS = ["I hope this finds you well.", "Thanks for your time yesterday.", "Just a short note before the weekend.", "Following up on our call.", "Here is the update that you asked for."]
BODY = [
    "The delivery from {c} is late by two days.", "Please send me the signed form before Friday.", "The meeting moves to 3 pm in room 12.", "We sold {n} units last month, mostly {p}.",
    "Could you check the figures in the second sheet?", "If you have already paid, please disregard this reminder.", "Do not reply to this message; nobody reads this mailbox.",
    "If you did not ask for a new password, you can ignore this e-mail.", "Click the button below to confirm your address.", "The invoice number is {n}{n}1.", "{w} will be out of office until Monday.",
    "Follow the instructions on the label and keep the receipt.", "The old rules no longer apply, the new ones are on the notice board.", "We would like to book {n} rooms in {c}.", "The weather in {c} was fine.",
    "Please forget the earlier quote, the new price is {n} euros.", "The team in {c} has finished the second phase.", "Refunds take up to {n} days.", "Let me know what you think.", "Note: the system will be down on Sunday.",
    "All users must change their passwords by the end of the month.", "Remember to bring your badge.", "You must wear a helmet on the site.", "The customer asked for {p} in green.",
]
REVIEW = ["Works well, I bought {p} for my brother.", "Arrived broken and nobody answered.", "Good value, would buy again.", "The manual is unclear, skip page {n}.", "Five stars for the fast delivery to {c}.", "Too small, but {w} at the shop was kind."]


def sentence(rng, pool):
    """One filled sentence."""
    return rng.choice(pool).format(c=rng.choice(CITIES), p=rng.choice(PRODUCTS), n=rng.randrange(2, 90), w=rng.choice(PEOPLE))


def email(rng):
    """A short e-mail as a list of parts."""
    a, b = rng.sample(PEOPLE, 2)
    head = f"From: {a}\nTo: {b}\nSubject: {rng.choice(['Update', 'Question', 'Invoice', 'Meeting', 'Order', 'Re: plan'])}\n"
    return [head, rng.choice(OPENINGS)] + [sentence(rng, BODY) for _ in range(rng.randrange(2, 6))] + [f"Best regards,\n{a}"], "\n"


def table(rng):
    """A CSV or Markdown table."""
    if rng.random() < 0.5:
        rows = [f"{rng.randrange(100, 999)},{rng.choice(PEOPLE)},{rng.choice(CITIES)},{rng.choice(PRODUCTS)}" for _ in range(rng.randrange(3, 7))]
        return ["id,name,city,item"] + rows, "\n"
    rows = [f"| {rng.choice(PEOPLE)} | {rng.choice(CITIES)} | {rng.randrange(9, 999)} |" for _ in range(rng.randrange(3, 7))]
    return ["| name | city | total |", "| --- | --- | --- |"] + rows, "\n"


def review(rng):
    """Product reviews."""
    return [f"Review {i + 1}: {sentence(rng, REVIEW)}" for i in range(rng.randrange(3, 6))], "\n"


def log(rng):
    """Lines of a log."""
    events = ["GET /index.html 200", "rule 7 ignored", "cache cleared", "user logged in", "override flag not set", "retry after 5 s", "job finished", "permission denied for guest"]
    return [f"2026-0{rng.randrange(1, 9)}-1{rng.randrange(9)} INFO {rng.choice(events)}" for _ in range(rng.randrange(3, 8))], "\n"


def prose(rng):
    """A paragraph of plain sentences."""
    return [sentence(rng, BODY) for _ in range(rng.randrange(3, 8))], " "


def tool_result(rng, attack):
    """A JSON tool result; the attack, if any, sits in one text field."""
    items = [{"id": rng.randrange(10, 999), "title": rng.choice(PRODUCTS), "text": sentence(rng, BODY), "by": rng.choice(PEOPLE)} for _ in range(rng.randrange(1, 4))]
    if attack:
        item = rng.choice(items)
        item["text"] = rng.choice([attack, item["text"] + " " + attack])
    return json.dumps({"status": "ok", "results": items}, ensure_ascii=False)


def twins(rng, attack, real_documents):
    """The same document without and with an attack: (clean, poisoned, kind)."""
    kind = rng.choice(["email", "table", "review", "log", "prose", "json", "real", "real", "real"])
    if kind == "json":
        state = rng.getrandbits(32)
        return tool_result(random.Random(state), None), tool_result(random.Random(state), attack), kind
    if kind == "real":
        text = rng.choice(real_documents)
        glue = "\n" if "\n" in text and rng.random() < 0.5 else ". "
        parts = text.split(glue)
        parts, glue = (parts, glue) if len(parts) > 1 else ([text], "\n")
    else:
        parts, glue = {"email": email, "table": table, "review": review, "log": log, "prose": prose}[kind](rng)
    marked = attack.startswith(("Note", "<", "SYSTEM", "[", "Ignore", "Important", "AI", "Attention", "If", "###", "Disregard", "TODO", "Forget"))
    first = 0 if marked else 1  # a bare task at the very start reads like a user's own request
    at = rng.choice([first, rng.randrange(first, len(parts) + 1), len(parts)])
    return glue.join(parts), glue.join(parts[:at] + [attack] + parts[at:]), kind


LEET = str.maketrans({"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7"})


def perturb(text, rng):
    """A light change of case, spacing, characters or surroundings."""
    how = rng.randrange(8)
    if how == 0:
        return text.upper()
    if how == 1:
        return text.lower()
    if how == 2:
        return "".join(c.translate(LEET) if rng.random() < 0.5 else c for c in text)
    if how == 3:
        return "".join(c.upper() if rng.random() < 0.5 else c.lower() for c in text)
    if how == 4 and len(text) < 90:
        return " ".join(text) if rng.random() < 0.4 else rng.choice(["-", "_", "."]).join(text.split())
    if how == 5:
        chars = list(text)
        for _ in range(max(1, len(chars) // 25)):
            i = rng.randrange(len(chars))
            chars[i] = rng.choice(["", chars[i] * 2, " ", "*"])
        return "".join(chars)
    if how == 6:
        return "".join(c for c in text if c not in ".,;:!?'\"")
    return rng.choice(["   ", "\n\n", ">>> ", "- ", "\t"]) + text + rng.choice([" ", "\n", " !!!", " :)", " pls"])
