#!/usr/bin/env python3
"""Runs every property test long: with a thousand new seeds, or for two hours, whichever is less.

A round is what `cargo test` runs of a test, with a seed of its own. Finished rounds are noted in target/long.txt and not
run again; without that file all begins anew. Words choose the tests whose names hold one of them.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import time
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
NOTES = HOME / "target" / "long.txt"
SEED = "PROPTEST_RNG_SEED"
BLOCK = re.compile(r"^( *)(?:proptest::)?proptest! \{\n(.*?)^\1\}$", re.S | re.M)
NAME = re.compile(r"#\[test\]\s+fn (\w+)\(")


def property_tests():
    """The names of the property tests in the sources, by what cargo calls their target."""
    found = {}
    for path in sorted([*HOME.glob("src/**/*.rs"), *HOME.glob("tests/**/*.rs")]):
        text = path.read_text()
        names = [name for block in BLOCK.finditer(text) for name in NAME.findall(block[2])]
        if not names and "proptest! {" in text:
            sys.exit(f"{path}: no property test is found there")
        room, part = path.relative_to(HOME).parts[:2]
        target = "--lib" if room == "src" else part.removesuffix(".rs")
        found.setdefault(target, set()).update(names)
    return {target: names for target, names in found.items() if names}


def build(targets):
    """The test programs, by target. Optimised a little, they try several times as many cases in the same time."""
    asked = ["--lib" if target == "--lib" else f"--test={target}" for target in targets]
    told = subprocess.run(
        ["cargo", "test", "--no-run", "--message-format=json", *asked],
        cwd=HOME, env={"CARGO_PROFILE_DEV_OPT_LEVEL": "1", **os.environ}, stdout=subprocess.PIPE, text=True, check=True,
    )
    programs = {}
    for line in told.stdout.splitlines():
        built = json.loads(line)
        if built.get("executable") and built["profile"]["test"]:
            target = built["target"]
            programs["--lib" if "lib" in target["kind"] else target["name"]] = built["executable"]
    return programs


def tests():
    """The program, the target and the whole name of every property test."""
    found = property_tests()
    for target, program in sorted(build(found).items()):
        listed = subprocess.run([program, "--list"], cwd=HOME, stdout=subprocess.PIPE, text=True, check=True)
        names = [line.removesuffix(": test") for line in listed.stdout.splitlines() if line.endswith(": test")]
        ours = [name for name in names if name.split("::")[-1] in found[target]]
        missing = found[target] - {name.split("::")[-1] for name in ours}
        if missing:
            sys.exit(f"not in {program}: {', '.join(sorted(missing))}")
        yield from ((program, target, name) for name in ours)


def run(program, target, name, rounds, seconds):
    """Rounds of one test until there are enough of them. False if one fails."""
    noted = [line.split("\t") for line in NOTES.read_text().splitlines()] if NOTES.exists() else []
    noted = [float(took) for one, _, took in noted if one == name]
    done, spent = len(noted), sum(noted)
    while done < rounds and spent < seconds:
        seed = str(random.getrandbits(63))
        start = time.monotonic()
        ran = subprocess.run(
            [program, "--exact", name], cwd=HOME, env={**os.environ, "RUST_BACKTRACE": "0", SEED: seed},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )
        took = time.monotonic() - start
        if ran.returncode != 0:
            where = target if target == "--lib" else f"--test {target}"
            print(f"{ran.stdout}\nfailed after {done} rounds; again: {SEED}={seed} cargo test {where} -- --exact {name}", flush=True)
            return False
        with NOTES.open("a") as notes:
            notes.write(f"{name}\t{seed}\t{took:.3f}\n")
        done, spent = done + 1, spent + took
    print(f"{done} rounds in {spent:.0f} s: {name}", flush=True)
    return True


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("words", nargs="*", help="only tests whose names hold one of these")
    asked.add_argument("--rounds", type=int, default=1000)
    asked.add_argument("--minutes", type=float, default=120, help="for each test")
    asked = asked.parse_args()
    chosen = [test for test in tests() if not asked.words or any(word in test[2] for word in asked.words)]
    held = [run(*test, asked.rounds, 60 * asked.minutes) for test in chosen]
    sys.exit(0 if held and all(held) else 1)


main()
