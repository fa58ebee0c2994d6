"""Step 5: int8 weights (dynamic, per channel, symmetric), tokenizer and manifest into models/guard."""

import argparse
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from common import GUARD, HERE, LABELS, MAX_TOKENS, OUT, OVERLAP, encoder_dir, sha256_file
from scoring import tokenizer

VERSION = "0.1.0"


def quantise(source, target, reduce_range):
    """int8 matrix products and embeddings; weights symmetric, so their zero points are left out."""
    head = [n.name + suffix for n in onnx.load(source).graph.node if n.op_type == "Gemm" for suffix in ("", "_MatMul")]
    quantize_dynamic(source, target, weight_type=QuantType.QInt8, per_channel=True, reduce_range=reduce_range, nodes_to_exclude=head,
                     op_types_to_quantize=["MatMul", "Gather"], extra_options={"WeightSymmetric": True, "MatMulConstBOnly": True})
    model = onnx.load(target)
    constants = {t.name: t for t in model.graph.initializer}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger" and len(node.input) == 4 and node.input[3] in constants:
            if not np.any(numpy_helper.to_array(constants[node.input[3]])):
                del node.input[3]
    used = {name for node in model.graph.node for name in node.input}
    kept = [t for t in model.graph.initializer if t.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
    model.producer_name, model.doc_string = "lockgate", ""
    onnx.checker.check_model(model)
    onnx.save(model, target)
    outside = sorted({n.domain for n in model.graph.node if n.domain not in ("", "ai.onnx")})
    print(target, target.stat().st_size, "bytes; operators:", " ".join(sorted({n.op_type for n in model.graph.node})), "; other domains:", outside or "none")


def manifest(args, files):
    """What the proxy needs to know about the model, and how it was made."""
    evaluation = json.loads((args.out / "evaluation.json").read_text())
    run = json.loads((args.out / f"{args.name}.json").read_text())
    rows = json.loads((args.out / "rows.json").read_text())
    return {
        "name": "lockgate-guard", "version": VERSION, "license": "Apache-2.0", "encoder": "all-MiniLM-L6-v2",
        "files": {name: {"sha256": sha256_file(args.guard / name), "bytes": (args.guard / name).stat().st_size} for name in files},
        "inputs": ["input_ids", "attention_mask"], "output": "logits", "window": {"tokens": MAX_TOKENS, "overlap": OVERLAP},
        "labels": [{"name": label, **evaluation["choice"][label]} for label in LABELS],
        "training": {
            "command": run["command"], "date": args.date, "seed": run["seed"],
            "rows": {"train": rows["train_rows"], "seen": run["rows_seen"], "injection": rows["injection"], "toxic": rows["toxic"], "dev": rows["dev_rows"], "minutes": run["minutes"]},
            "dev": evaluation["dev"],
        },
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--guard", type=Path, default=GUARD)
    parser.add_argument("--name", default="guard")
    parser.add_argument("--reduce-range", action="store_true", help="7-bit weights, for x86 processors without VNNI")
    parser.add_argument("--date", default=str(date.today()))
    args = parser.parse_args()
    args.guard.mkdir(parents=True, exist_ok=True)
    fp32, int8 = args.out / f"{args.name}.fp32.onnx", args.out / f"{args.name}.int8.onnx"
    quantise(fp32, int8, args.reduce_range)
    # Temperature and threshold are chosen on the file that is shipped; fp32 is compared with it.
    command = [sys.executable, str(HERE / "evaluate.py"), "--out", str(args.out), "--onnx", str(int8), "--compare", str(fp32)]
    subprocess.run(command, check=True)
    shutil.copyfile(int8, args.guard / "guard.onnx")
    tokenizer(encoder_dir()).save(str(args.guard / "tokenizer.json"))
    text = json.dumps(manifest(args, ["guard.onnx", "tokenizer.json"]), indent=2)
    (args.guard / "manifest.json").write_text(text + "\n")
    print("wrote", args.guard / "manifest.json")


if __name__ == "__main__":
    main()
