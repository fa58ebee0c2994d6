"""The guard model: a BERT encoder in plain PyTorch with a multi-label head on the mean of the tokens.

Written out here (and not taken from a library) so that the exported graph stays small and plain:
no token type input, no attention mask tricks, no control flow.
"""

import json
import math

import torch
from safetensors.torch import load_file, save_file
from torch import nn

from common import LABELS, encoder_dir


class Layer(nn.Module):
    """One transformer layer, post layer norm."""

    def __init__(self, width, heads, inner, eps):
        super().__init__()
        self.heads, self.head_width = heads, width // heads
        self.query, self.key, self.value = (nn.Linear(width, width) for _ in range(3))
        self.mixed = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)

    def forward(self, x, bias):
        batch, length, width = x.shape

        def split(t):
            return t.view(batch, length, self.heads, self.head_width).transpose(1, 2)

        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = torch.matmul(q, k.transpose(2, 3)) * (1.0 / math.sqrt(self.head_width)) + bias
        mixed = torch.matmul(torch.softmax(scores, dim=-1), v)
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.mixed(mixed))
        inner = nn.functional.gelu(self.up(x))
        return self.norm2(x + self.down(inner))


class Guard(nn.Module):
    """Token ids and attention mask in, one logit per label out."""

    def __init__(self, config, labels=len(LABELS), dropout=0.1):
        super().__init__()
        width, eps = config["hidden_size"], config["layer_norm_eps"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Parameter(torch.zeros(config["max_position_embeddings"], width))  # with token type 0 added
        self.norm = nn.LayerNorm(width, eps=eps)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"], eps) for _ in range(config["num_hidden_layers"])
        )
        self.dropout = nn.Dropout(dropout)  # before the head only: one pass over the data
        self.head = nn.Linear(width, labels)

    def forward(self, input_ids, attention_mask):
        mask = attention_mask.to(torch.float32)
        bias = ((1.0 - mask) * -10000.0).unsqueeze(1).unsqueeze(2)
        x = self.words(input_ids) + self.positions[: input_ids.shape[1]]
        x = self.norm(x)
        for layer in self.layers:
            x = layer(x, bias)
        weight = mask.unsqueeze(-1)
        pooled = (x.to(torch.float32) * weight).sum(1) / weight.sum(1).clamp(min=1.0)
        return self.head(self.dropout(pooled))


NAMES = {
    "attention.self.query": "query", "attention.self.key": "key", "attention.self.value": "value", "attention.output.dense": "mixed",
    "attention.output.LayerNorm": "norm1", "intermediate.dense": "up", "output.dense": "down", "output.LayerNorm": "norm2",
}


def encoder_config():
    """The configuration that comes with the pre-trained encoder."""
    return json.loads((encoder_dir() / "config.json").read_text())


def pretrained():
    """A guard with the pre-trained encoder and a fresh head."""
    config = encoder_config()
    model = Guard(config)
    weights = load_file(encoder_dir() / "model.safetensors")
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions": weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"], "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for i in range(config["num_hidden_layers"]):
        for theirs, ours in NAMES.items():
            for part in ("weight", "bias"):
                state[f"layers.{i}.{ours}.{part}"] = weights[f"encoder.layer.{i}.{theirs}.{part}"]
    missing, unexpected = model.load_state_dict(state, strict=False)
    assert sorted(missing) == ["head.bias", "head.weight"] and not unexpected
    return model


def save(model, path):
    """Write a check-point."""
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file({k: v.detach().clone().contiguous() for k, v in model.state_dict().items()}, path)


def load(path):
    """Read a check-point, in evaluation mode."""
    model = Guard(encoder_config())
    model.load_state_dict(load_file(path))
    return model.eval()
