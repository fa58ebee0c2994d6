"""Step 3: choose temperature and threshold per label on dev data, report every dev set, compare fp32 with int8."""

import argparse
import json
from pathlib import Path

import numpy as np

from common import LABELS, OUT, encoder_dir, read_jsonl
from probes import PROBES
from scoring import auc, onnx_runner, recall_at, score, tokenizer, torch_runner

# Most false positives allowed on one dev set ("": any other) and on their mean.
# Some label-0 rows of injection_neuralchemy are jailbreak prompts, so it may have more; quoted attacks are reported but set no limit.
MAX_FPR = {"injection": {"": 0.015, "injection_neuralchemy": 0.03, "benign": 0.02, "quoted": 1.0, "mean": 0.01}, "toxic": {"": 0.01, "toxicity_surge": 0.03, "mean": 0.015}}


def sigmoid(x):
    """Logistic function without overflow."""
    return 0.5 * (1 + np.tanh(np.asarray(x, np.float64) / 2))


def by_label(sets, logits, label):
    """(set name, truth, logits) of every dev set with rows judged for a label."""
    j = LABELS.index(label)
    for name, rows in sets.items():
        known = [i for i, r in enumerate(rows) if r[label] is not None]
        if known:
            yield name, np.array([rows[i][label] for i in known]), logits[name][known, j]


def temperature(pairs):
    """The temperature with the least loss, every set weighing the same in each class."""
    grid = np.exp(np.linspace(np.log(0.4), np.log(6), 120))

    def loss(t):
        total = 0.0
        for _, y, z in pairs:
            for k in (0, 1):
                if (y == k).any():
                    total += np.logaddexp(0, -(2 * k - 1) * z[y == k] / t).mean()
        return total

    return float(min(grid, key=loss))


def threshold(pairs, t, limits):
    """The lowest threshold at which every set and their mean stay under the false positive limits."""
    for value in sigmoid(np.arange(0.0, 9.0, 0.02)):  # even steps of the logit: scores crowd near one
        rates = {name: float((sigmoid(z[y == 0] / t) >= value).mean()) for name, y, z in pairs if (y == 0).sum() >= 100}
        counted = [rate for name, rate in rates.items() if limits.get(name, 0) < 1]
        if all(rate <= limits.get(name, limits[""]) for name, rate in rates.items()) and np.mean(counted) <= limits["mean"]:
            return float(np.ceil(value * 1e4) / 1e4)
    return 0.9999


def report(pairs, t, cut):
    """Figures of every dev set at one threshold."""
    out = {}
    for name, y, z in pairs:
        hit = sigmoid(z / t) >= cut
        row = {"positives": int(y.sum()), "negatives": int((1 - y).sum())}
        if y.any():
            row["recall"] = round(float(hit[y == 1].mean()), 4)
        if (y == 0).any():
            row["fpr"] = round(float(hit[y == 0].mean()), 4)
        if 0 < y.sum() < len(y):
            row |= {"auc": round(auc(y, z), 4), "recall_at_fpr_1": round(recall_at(y, z, 0.01), 4)}
        out[name] = row
    return out


def flips(a, b, choice):
    """Decisions that differ between two sets of logits, by label."""
    out = {}
    for j, label in enumerate(LABELS):
        t, cut = choice[label]["temperature"], choice[label]["threshold"]
        x, y = (np.concatenate([z[name][:, j] for name in sorted(z)]) for z in (a, b))
        out[label] = {"rows": len(x), "flips": int(((sigmoid(x / t) >= cut) != (sigmoid(y / t) >= cut)).sum()), "largest_logit_change": round(float(np.abs(x - y).max()), 3)}
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--name", default="guard")
    parser.add_argument("--onnx", type=Path, help="score this ONNX file; thresholds are chosen on it")
    parser.add_argument("--compare", type=Path, help="a second ONNX file (fp32) whose decisions are compared")
    parser.add_argument("--compare-rows", type=int, default=120, help="rows per dev set for the comparison")
    parser.add_argument("--max-rows", type=int, default=10**9, help="rows per dev set, for a quick look")
    parser.add_argument("--show", type=int, default=0, help="print the worst false positives and misses of each set")
    args = parser.parse_args()
    tok = tokenizer(encoder_dir())
    sets = {p.name.split(".")[0]: read_jsonl(p)[:args.max_rows] for p in sorted((args.out / "dev").glob("*.jsonl.gz"))}
    if args.onnx:
        run = onnx_runner(args.onnx)
    else:
        from model import load
        run = torch_runner(load(args.out / f"{args.name}.safetensors"))
    logits = {name: score([r["text"] for r in rows], tok, run, max_windows=16) for name, rows in sets.items()}
    choice, metrics = {}, {}
    for label in LABELS:
        pairs = list(by_label(sets, logits, label))
        t = round(temperature(pairs), 4)
        cut = threshold(pairs, t, MAX_FPR[label])
        choice[label] = {"temperature": t, "threshold": cut}
        metrics[label] = report(pairs, t, cut)
        print(f"== {label}: temperature {t}, threshold {cut}")
        for name, row in metrics[label].items():
            print(f"   {name:24}", row)
    result = {"choice": choice, "dev": metrics}
    if args.compare:
        other = onnx_runner(args.compare)
        some = {name: rows[:args.compare_rows] for name, rows in sets.items()}
        second = {name: score([r["text"] for r in rows], tok, other, max_windows=16) for name, rows in some.items()}
        result["flips"] = flips({name: logits[name][:args.compare_rows] for name in logits}, second, choice)
        print("== flips", json.dumps(result["flips"]))
    result["probes"] = check_probes(tok, run, choice)
    if args.show:
        show(sets, logits, choice, args.show)
    (args.out / "evaluation.json").write_text(json.dumps(result, indent=1) + "\n")


def check_probes(tok, run, choice):
    """Scores of the fixed sentences, with a mark at each wrong decision."""
    z = score([p["text"] for p in PROBES], tok, run)
    rows = []
    for p, values in zip(PROBES, z):
        scores = {label: round(float(sigmoid(values[j] / choice[label]["temperature"])), 4) for j, label in enumerate(LABELS)}
        wrong = [label for label in LABELS if (scores[label] >= choice[label]["threshold"]) != bool(p.get(label, 0))]
        rows.append({**p, "scores": scores, "wrong": wrong})
        print("WRONG" if wrong else "ok   ", scores, repr(p["text"][:90]))
    return rows


def show(sets, logits, choice, count):
    """Print the highest negatives and the lowest positives."""
    for j, label in enumerate(LABELS):
        for name, rows in sets.items():
            z = logits[name][:, j] / choice[label]["temperature"]
            for k, title in ((0, "highest negatives"), (1, "lowest positives")):
                known = sorted((i for i, r in enumerate(rows) if r[label] == k), key=lambda i: z[i], reverse=k == 0)[:count]
                if known:
                    print(f"-- {label} / {name}: {title}")
                for i in known:
                    print(f"   {float(sigmoid(z[i])):.3f} {rows[i]['text'][:160]!r}")


if __name__ == "__main__":
    main()
