"""Step 1: build the training rows and extra dev sets (deterministic).

Output rows: text, injection (1, 0 or null), toxic (1, 0 or null), source, lang.  Null is masked in the loss.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from pathlib import Path

from tokenizers import Tokenizer

import attacks
import carriers
import hard_negatives
from common import MAX_TOKENS, OUT, SEED, HeldOut, data_dir, digest, encoder_dir, normal, read_jsonl, write_jsonl

# Rows taken at most, by source and label (or kind).
INJECTION_CAPS = {
    ("slabs", 1): 2500, ("slabs", 0): 2000, ("neuralchemy", 1): 2000, ("neuralchemy", 0): 900, ("neuralchemy", "adversarial"): 150,
    ("bipia_train", 1): 1200, ("latent_jailbreak", 1): 60,
}
BENIGN_CAPS = {
    ("clinc_oos", "query"): 1000, ("banking77", "query"): 800, ("gsm8k", "reasoning"): 500, ("bbh", "reasoning"): 400,
    ("gpteacher", "tool_prompt"): 800, ("gpteacher", "roleplay"): 1600, ("gpteacher", "code_prompt"): 1000, ("gpteacher", "code"): 500,
    ("xquad", "question"): 2500, ("xquad", "document"): 1200, ("prompts_chat_ui", "ui_text"): 2000, ("rustsec_advisories", "security_doc"): 700,
    ("cyberseceval_instruct", "code_prompt"): 800, ("presidio_benign", "document"): 900,
}
BENIGN_DEV = ("arena_hard", "mt_bench", "oasst_prompts")  # whole sources kept for dev
TOXIC_CAPS = {
    "davidson": (1200, 900), "paradetox": (2200, 2200), "toxic_spans": (1000, 0), "cold": (1100, 1100), "germeval2018": (800, 1000),
    "told_br": (800, 800), "mlma": (500, 400), "toxigen_prompts": (418, 339), "madlibs": (500, 500),
}
SHARE_ALIKE = ("xquad", "told_br", "vicomtech")
DEV_SHARE = 15  # per cent of template families
PER_TEMPLATE = 26
DIRECT = 1800
TWINS = 4000


def in_dev(family):
    """True for the template families of the dev part."""
    return int(digest("dev split " + family)[:8], 16) % 100 < DEV_SHARE


def row(text, injection, toxic, source, lang):
    """One output row."""
    return {"text": text, "injection": injection, "toxic": toxic, "source": source, "lang": lang}


class Cropper:
    """Cuts long texts to one window, around a focus if there is one."""

    def __init__(self, rng):
        self.tokenizer = Tokenizer.from_file(str(encoder_dir() / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.rng = rng

    def __call__(self, text, focus=None, from_start=False, short=True):
        if len(text) < 100:
            return text
        spans = self.tokenizer.encode(text[:12000], add_special_tokens=False).offsets
        limit = (MAX_TOKENS if not short or self.rng.random() < 0.3 else MAX_TOKENS // 2) - 2
        if len(spans) <= limit:
            return text
        start = 0 if from_start else self.rng.randrange(len(spans) - limit + 1)
        at = text.find(focus) if focus else -1
        if at >= 0:
            first = next((i for i, (_, end) in enumerate(spans) if end > at), 0)
            last = next((i for i, (begin, _) in enumerate(spans) if begin >= at + len(focus)), len(spans))
            low, high = max(0, min(first, last - limit)), min(first, len(spans) - limit)
            start = self.rng.randrange(min(low, high), max(low, high) + 1)
            start = max(0, min(start, len(spans) - limit))
        return text[spans[start][0]:spans[start + limit - 1][1]]


def capped(rows, key, caps, rng, default=10**9):
    """A seeded sample of at most caps[key] rows for each key."""
    groups = defaultdict(list)
    for r in rows:
        groups[key(r)].append(r)
    out = []
    for name in sorted(groups, key=str):
        group, cap = groups[name], caps.get(name, default)
        out += rng.sample(group, cap) if len(group) > cap else group
    return out


def public_injection(data, rng, crop):
    """Public injection rows, long documents cut around the attack."""
    rows = [r for r in read_jsonl(data / "train" / "injection.jsonl.gz")]
    bare = sorted({r["text"] for r in rows if r["kind"] == "indirect_bare"}, key=lambda t: (-len(t), t))
    rows = [r for r in rows if r["kind"] != "indirect_bare"]
    out = []
    for r in capped(rows, lambda r: (r["source"], "adversarial" if r["kind"] == "adversarial" else r["label"]), INJECTION_CAPS, rng):
        text = r["text"]
        focus = next((b for b in bare if b in text), None) if r["kind"] == "indirect" and len(text) > 250 else None
        if r["source"] == "bipia_train":
            if focus is None or (text.startswith(focus) and len(text) > len(focus) + 5):
                continue  # a bare task at the start of a text reads like a user's own request
            focus = focus[:300]
        benign = r["label"] == 0
        out.append(row(crop(text, focus, from_start=not benign and focus is None, short=r["kind"] != "indirect"), r["label"], 0 if benign else None, r["source"], r["lang"]))
    return out, bare


def wild_jailbreaks(data, crop):
    """In-the-wild jailbreaks: the first window, and one later window of long ones; every seventh goes to dev."""
    train, dev = [], []
    for i, r in enumerate(read_jsonl(data / "train" / "jailbreak_in_the_wild.jsonl.gz")):
        if i % 7 == 0:
            dev.append(row(r["text"], 1, None, "jailbreak_in_the_wild", r["lang"]))
            continue
        train.append(row(crop(r["text"], from_start=True), 1, None, r["source"], r["lang"]))
        if len(r["text"]) > 900:
            train.append(row(crop(r["text"], from_start=True, short=False), 1, None, r["source"], r["lang"]))
    return train, dev


def public_benign(data, rng, crop, share_alike):
    """Ordinary texts: no injection, not toxic."""
    rows = read_jsonl(data / "train" / "benign.jsonl.gz")
    dev = [row(r["text"], 0, 0, "benign_prompts", r["lang"]) for r in rows if r["source"] in BENIGN_DEV]
    rows = [r for r in rows if r["source"] not in BENIGN_DEV and (share_alike or r["source"] not in SHARE_ALIKE)]
    train = [row(crop(r["text"]), 0, 0, r["source"], r["lang"]) for r in capped(rows, lambda r: (r["source"], r["kind"]), BENIGN_CAPS, rng)]
    return train, dev, rows


def public_toxic(data, rng, crop, share_alike):
    """Rows judged for toxicity.  They are posts, so they also count as no injection."""
    assessed = json.loads((data / "train" / "unsafe_assessed.json").read_text())
    names = {s for s, labels in assessed.items() if "toxic" in labels and s in TOXIC_CAPS and (share_alike or s not in SHARE_ALIKE)}
    rows = [r for r in read_jsonl(data / "train" / "unsafe.jsonl.gz") if r["source"] in names]
    caps = {(s, bit): TOXIC_CAPS[s][1 - bit] for s in names for bit in (0, 1)}
    rows = capped(rows, lambda r: (r["source"], int("toxic" in r["labels"])), caps, rng)
    return [row(crop(r["text"], from_start=True), 0, int("toxic" in r["labels"]), r["source"], r["lang"]) for r in rows]


def generated(rng, crop, documents, bare):
    """Our own rows: attacks, hard negatives, documents with and without attacks; (train, dev sets)."""
    train, dev = [], {"hard": [], "indirect": []}

    def put(family, text, injection, toxic, source, lang, where):
        if in_dev(family):
            source = "dev_quoted" if where == "hard" and not injection and hard_negatives.quotes(family) else "dev_" + where
            dev[where].append(row(text, injection, toxic, source, lang))
        else:
            train.append(row(text, injection, toxic, source, lang))
            if rng.random() < (0.3 if injection else 0.15):
                train.append(row(carriers.perturb(text, rng), injection, toxic, source + "_perturbed", lang))

    direct = attacks.direct(rng, DIRECT)
    foreign = attacks.foreign(rng)
    for family, text in direct:
        put(family, text, 1, 0, "own_attacks", "en", "hard")
    for family, text, lang in foreign:
        put(family, text, 1, 0, "own_attacks_foreign", lang, "hard")
        if not in_dev(family):
            train.append(row(carriers.perturb(text, rng), 1, 0, "own_attacks_foreign_perturbed", lang))
            greeting = hard_negatives.use(rng.choice(hard_negatives.OTHER[lang]), rng, ["..."])
            train.append(row(rng.choice([f"{greeting} {text}", f"{text} {greeting}"]), 1, 0, "own_attacks_foreign_compound", lang))
    quotable = [text for family, text in direct if not in_dev(family) and len(text) < 160]
    by_lang = defaultdict(list)
    for _, text, lang in foreign:
        by_lang[lang].append(text)
    for family, text, lang in hard_negatives.build(rng, quotable, by_lang, PER_TEMPLATE):
        put(family, text, 0, 0, "own_hard_negatives", lang, "hard")
    tasks = [text for text in bare if len(text) < 250]
    half = len(documents) * 85 // 100
    for i in range(TWINS):
        if rng.random() < 0.25:
            task = rng.choice(tasks)
            family, attack = "bare-" + digest(task), attacks.fill(rng.choice(attacks.DOC_FRAMES).format(t=task), rng)
        elif rng.random() < 0.15:
            family, attack, _ = rng.choice(foreign)
        else:
            family, attack = attacks.document_attack(rng)
        is_dev = in_dev(family)
        clean, poisoned, _ = carriers.twins(rng, attack, documents[half:] if is_dev else documents[:half])
        if is_dev:  # whole documents, read through windows
            dev["indirect"] += [row(clean, 0, 0, "dev_indirect", "en"), row(poisoned, 1, 0, "dev_indirect", "en")]
        else:
            escaped = json.dumps(attack, ensure_ascii=False)[1:-1]
            focus = attack if attack in poisoned else escaped
            train.append(row(crop(clean, short=False), 0, 0, "own_documents", "en"))
            train.append(row(crop(poisoned, focus, short=False), 1, 0, "own_documents_attacked", "en"))
    for rows in dev.values():
        rng.shuffle(rows)
    return train, dev


def clean_up(rows, held_out, forbidden, counts):
    """Drop held-out texts, dev texts, empty rows, duplicates and rows with contradicting labels."""
    seen, conflict = {}, set()
    for r in rows:
        form = normal(r["text"])
        if not form:
            counts["empty"] += 1
        elif r["text"] in held_out:
            counts["held out"] += 1
        elif form in forbidden:
            counts["in a dev set"] += 1
        elif form in seen:
            old = seen[form]
            for label in ("injection", "toxic"):
                if old[label] is None:
                    old[label] = r[label]
                elif r[label] is not None and r[label] != old[label]:
                    conflict.add(form)
            counts["duplicate"] += 1
        else:
            seen[form] = dict(r)
    counts["conflict"] += len(conflict)
    return [r for form, r in seen.items() if form not in conflict]


def shared_dev(data):
    """The dev sets that come with the data, in the row form used here."""
    sets = {}
    for name, label in (("injection_slabs", "injection"), ("injection_neuralchemy", "injection"), ("toxicity_surge", "toxic")):
        rows = [row(r["text"], None, None, name, r["lang"]) | {label: r["label"]} for r in read_jsonl(data / "dev" / f"{name}.jsonl.gz")]
        sets[name] = rows
    return sets


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="../shared/data", help="folder with train/, dev/ and heldout_hashes.txt.gz")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--no-share-alike", action="store_true", help="leave out CC-BY-SA sources")
    args = parser.parse_args()
    data, rng = data_dir(args.data), random.Random(args.seed)
    crop, held_out, share_alike = Cropper(rng), HeldOut(data / "heldout_hashes.txt.gz"), not args.no_share_alike

    injection, bare = public_injection(data, rng, crop)
    wild, wild_dev = wild_jailbreaks(data, crop)
    benign, benign_dev, benign_all = public_benign(data, rng, crop, share_alike)
    toxic = public_toxic(data, rng, crop, share_alike)
    documents = [r["text"] for r in benign_all if r["kind"] in ("document", "tool_output", "security_doc") and 150 < len(r["text"]) < 2500]
    rng.shuffle(documents)
    own, own_dev = generated(rng, crop, documents, bare)

    dev_counts, counts = Counter(), Counter()
    dev = shared_dev(data)
    extra = {"hard": own_dev["hard"], "indirect": rng.sample(own_dev["indirect"], min(800, len(own_dev["indirect"]))), "benign": benign_dev, "wild": wild_dev}
    dev |= {name: clean_up(rows, held_out, set(), dev_counts) for name, rows in extra.items()}
    dev["quoted"] = [r for r in dev["hard"] if r["source"] == "dev_quoted"]
    dev["hard"] = [r for r in dev["hard"] if r["source"] != "dev_quoted"]
    forbidden = {normal(r["text"]) for rows in dev.values() for r in rows}
    train = clean_up(injection + wild + benign + toxic + own, held_out, forbidden, counts)
    rng.shuffle(train)

    write_jsonl(args.out / "train.jsonl.gz", train)
    for name, rows in dev.items():
        write_jsonl(args.out / "dev" / f"{name}.jsonl.gz", rows)
    by_source = Counter((r["source"], str(r["injection"]), str(r["toxic"])) for r in train)
    summary = {
        "seed": args.seed, "train_rows": len(train),
        "injection": dict(Counter(str(r["injection"]) for r in train)), "toxic": dict(Counter(str(r["toxic"]) for r in train)),
        "dropped": dict(counts), "dropped_from_dev": dict(dev_counts), "dev_rows": {k: len(v) for k, v in dev.items()},
        "sources": [{"source": s, "injection": i, "toxic": t, "rows": n} for (s, i, t), n in sorted(by_source.items())],
    }
    (args.out / "rows.json").write_text(json.dumps(summary, indent=1) + "\n")
    print(json.dumps({k: v for k, v in summary.items() if k != "sources"}, indent=1))


if __name__ == "__main__":
    main()
