"""Step 4: export the trained model to a plain fp32 ONNX graph (opset 17, dynamic batch and sequence)."""

import argparse
from pathlib import Path

import onnx
import torch

from common import OUT
from model import load


def tidy(path):
    """Fold constants, drop unused parts, check the graph and list its operators."""
    graph = onnx.load(path)
    for node in graph.graph.node:
        node.doc_string = ""
    graph.doc_string, graph.graph.doc_string, graph.producer_name = "", "", "lockgate"
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, path)
    return sorted({n.op_type for n in graph.graph.node})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--name", default="guard")
    parser.add_argument("--opset", type=int, default=17)
    args = parser.parse_args()
    model = load(args.out / f"{args.name}.safetensors")
    ids = torch.randint(1000, 2000, (2, 9))
    mask = torch.ones_like(ids)
    mask[1, 6:] = 0
    path = args.out / f"{args.name}.fp32.onnx"
    torch.onnx.export(
        model, (ids, mask), str(path), input_names=["input_ids", "attention_mask"], output_names=["logits"],
        dynamic_axes={"input_ids": {0: "batch", 1: "sequence"}, "attention_mask": {0: "batch", 1: "sequence"}, "logits": {0: "batch"}},
        opset_version=args.opset, do_constant_folding=True, dynamo=False,
    )
    print(path, path.stat().st_size, "bytes; operators:", " ".join(tidy(path)))


if __name__ == "__main__":
    main()
