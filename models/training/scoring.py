"""Tokens, windows and scores of many texts, for PyTorch and onnxruntime alike."""

import numpy as np
from tokenizers import Tokenizer

from common import LABELS, MAX_TOKENS, OVERLAP


def tokenizer(folder):
    """The tokenizer without truncation and padding."""
    t = Tokenizer.from_file(str(folder / "tokenizer.json"))
    t.no_truncation()
    t.no_padding()
    return t


def windows(ids, first, last):
    """Overlapping windows over the content tokens, each with the two special tokens."""
    size, step = MAX_TOKENS - 2, MAX_TOKENS - 2 - OVERLAP
    starts = range(0, max(1, len(ids) - OVERLAP), step)
    return [[first] + ids[s:s + size] + [last] for s in starts]


def batches(lengths, budget):
    """Row numbers in batches of like length, at most `budget` tokens each with padding."""
    out, batch = [], []
    for i in np.argsort(lengths, kind="stable"):
        if batch and (len(batch) + 1) * lengths[i] > budget:
            out.append(batch)
            batch = []
        batch.append(int(i))
    return out + [batch] if batch else out


def pad(rows):
    """Ids and mask as int64 arrays."""
    ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
    mask = np.zeros_like(ids)
    for i, r in enumerate(rows):
        ids[i, :len(r)], mask[i, :len(r)] = r, 1
    return ids, mask


def score(texts, tok, run, max_windows=None, budget=2048):
    """Largest logit over the windows of each text; `run` maps (ids, mask) to logits."""
    first, last = tok.token_to_id("[CLS]"), tok.token_to_id("[SEP]")
    rows, owner = [], []
    for i, enc in enumerate(tok.encode_batch(texts, add_special_tokens=False)):
        for w in windows(enc.ids, first, last)[:max_windows]:
            rows.append(w)
            owner.append(i)
    logits = np.full((len(texts), len(LABELS)), -np.inf, np.float32)
    for batch in batches([len(r) for r in rows], budget):
        for i, values in zip(batch, run(*pad([rows[i] for i in batch]))):
            logits[owner[i]] = np.maximum(logits[owner[i]], values)
    return logits


def torch_runner(model):
    """A `run` function on a PyTorch model."""
    import torch

    def run(ids, mask):
        with torch.inference_mode():
            return model(torch.from_numpy(ids), torch.from_numpy(mask)).float().numpy()

    return run


def onnx_runner(path, threads=2):
    """A `run` function on an ONNX file."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    return lambda ids, mask: session.run(["logits"], {"input_ids": ids, "attention_mask": mask})[0]


def recall_at(labels, scores, rate):
    """Recall at the lowest threshold with at most `rate` false positives."""
    labels, scores = np.asarray(labels), np.asarray(scores)
    negative = np.sort(scores[labels == 0])[::-1]
    if not len(negative) or not (labels == 1).any():
        return float("nan")
    k = int(rate * len(negative))
    return float((scores[labels == 1] > negative[min(k, len(negative) - 1)]).mean())


def auc(labels, scores):
    """Area under the ROC curve, ties counted half."""
    labels, scores = np.asarray(labels), np.asarray(scores)
    pos, neg = scores[labels == 1], np.sort(scores[labels == 0])
    if not len(pos) or not len(neg):
        return float("nan")
    return float((np.searchsorted(neg, pos, "left") + np.searchsorted(neg, pos, "right")).mean() / 2 / len(neg))
