"""Step 2: fine-tune the encoder with both heads (masked loss), CPU, bf16 where it helps."""

import argparse
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch

from common import LABELS, MAX_TOKENS, OUT, SEED, encoder_dir, read_jsonl
from model import pretrained, save
from scoring import auc, batches, pad, recall_at, score, tokenizer, torch_runner


def token_batches(rows, tok, rng, budget):
    """Shuffled batches of like length: row numbers; lengths are sorted inside chunks only."""
    lengths = [min(MAX_TOKENS, len(e.ids)) for e in tok.encode_batch([r["text"] for r in rows])]
    order = list(range(len(rows)))
    rng.shuffle(order)
    out = []
    for at in range(0, len(order), 4096):
        chunk = order[at:at + 4096]
        part = [[chunk[i] for i in b] for b in batches([lengths[i] for i in chunk], budget)]
        rng.shuffle(part)
        out += part
    return out


def tensors(rows, tok):
    """Ids, mask, targets and the target mask of a batch."""
    ids, mask = pad([e.ids if len(e.ids) <= MAX_TOKENS else e.ids[:MAX_TOKENS - 1] + e.ids[-1:] for e in tok.encode_batch([r["text"] for r in rows])])
    target = torch.tensor([[r[label] or 0 for label in LABELS] for r in rows], dtype=torch.float32)
    known = torch.tensor([[r[label] is not None for label in LABELS] for r in rows], dtype=torch.float32)
    return torch.from_numpy(ids), torch.from_numpy(mask), target, known


def monitor(model, tok, sets):
    """Short figures on samples of the dev sets: AUC and recall at 1 % false positives, by label."""
    model.eval()
    run, out = torch_runner(model), {}
    for name, rows in sets.items():
        logits = score([r["text"] for r in rows], tok, run, max_windows=2)
        for j, label in enumerate(LABELS):
            known = [i for i, r in enumerate(rows) if r[label] is not None]
            y = [rows[i][label] for i in known]
            if 0 < sum(y) < len(y):
                out[f"{name}/{label}"] = (round(auc(y, logits[known, j]), 3), round(recall_at(y, logits[known, j], 0.01), 3))
    model.train()
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--name", default="guard", help="name of the check-point")
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--max-minutes", type=float, default=0, help="end the schedule by this time (0: never; a run that hits it depends on the machine)")
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--head-lr", type=float, default=1e-3)
    parser.add_argument("--budget", type=int, default=2048, help="tokens in a batch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--monitor-minutes", type=float, default=12)
    parser.add_argument("--fp32", action="store_true")
    args = parser.parse_args()
    command = " ".join(["python train.py"] + sys.argv[1:])
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    tok = tokenizer(encoder_dir())
    rows = read_jsonl(args.out / "train.jsonl.gz")
    sets = {p.name.split(".")[0]: read_jsonl(p) for p in sorted((args.out / "dev").glob("*.jsonl.gz"))}
    sets = {name: random.Random(1).sample(s, min(120, len(s))) for name, s in sets.items()}
    plan = []
    while len(plan) < 10**6 and args.epochs > 0:
        epoch = token_batches(rows, tok, rng, args.budget)
        plan += epoch if args.epochs >= 1 else epoch[:int(len(epoch) * args.epochs)]
        args.epochs -= 1
    model = pretrained().train()
    for frozen in (model.words.weight, model.positions):
        frozen.requires_grad_(False)
    head = list(model.head.parameters())
    body = [p for n, p in model.named_parameters() if p.requires_grad and not n.startswith("head.")]
    optimiser = torch.optim.AdamW([{"params": body, "lr": args.lr, "weight_decay": 0.01}, {"params": head, "lr": args.head_lr, "weight_decay": 0.0}], betas=(0.9, 0.98))
    peaks = [g["lr"] for g in optimiser.param_groups]
    begin, seen, recent, next_monitor = time.time(), 0, [], args.monitor_minutes
    checkpoint = args.out / f"{args.name}.safetensors"
    for step, batch in enumerate(plan):
        minutes = (time.time() - begin) / 60
        progress = max(step / len(plan), minutes / args.max_minutes if args.max_minutes else 0)
        if progress >= 1:
            break
        for group, peak in zip(optimiser.param_groups, peaks):
            group["lr"] = peak * min(1, (step + 1) / 60) * (1 - progress)
        ids, mask, target, known = tensors([rows[i] for i in batch], tok)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not args.fp32):
            logits = model(ids, mask).float()
        losses = torch.nn.functional.binary_cross_entropy_with_logits(logits, target, reduction="none") * known
        loss = losses.sum() / len(batch)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + head, 1.0)
        optimiser.step()
        seen += len(batch)
        recent.append(loss.item())
        if step % 50 == 49:
            print(f"step {step + 1}/{len(plan)} rows {seen} loss {np.mean(recent[-50:]):.4f} rows/s {seen / (time.time() - begin):.1f} progress {progress:.3f}", flush=True)
        if minutes > next_monitor:
            next_monitor = minutes + args.monitor_minutes
            save(model, checkpoint)
            print(json.dumps(monitor(model, tok, sets)), flush=True)
    save(model, checkpoint)
    minutes = (time.time() - begin) / 60
    print(json.dumps(monitor(model, tok, sets)), flush=True)
    done = {"command": command, "seed": args.seed, "rows_seen": seen, "train_rows": len(rows), "steps": step + 1, "steps_planned": len(plan), "minutes": round(minutes, 1),
            "lr": args.lr, "budget": args.budget, "threads": args.threads, "bf16": not args.fp32}
    (args.out / f"{args.name}.json").write_text(json.dumps(done, indent=1) + "\n")
    print(json.dumps(done))


if __name__ == "__main__":
    main()
