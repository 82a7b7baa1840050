#!/usr/bin/env python3
"""Runs what takes hours: every property test with a thousand new seeds, or for two hours; any hands at the keyboard until ten
million keys were pressed; the fuzzer until every parser has read ten million inputs; a thousand kills; and every call to the system
that may fail.

A round is what `cargo test` runs of a property test, with a seed of its own. Finished rounds are noted in target/long.txt and not
run again; keys are added up in target/long/keys.tsv; without these files all begins anew. Words choose the tests whose names hold
one of them; キー is the name of the keys, fuzz that of the fuzzer, kills and faults those of the last two.
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
# Lines of a seed, rounds from there on, keys, frames, seconds.
KEYS = HOME / "target" / "long" / "keys.tsv"
HANDS = "keys_long::どんなキーをいつまで押しても止まらず何もなくならない"
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
    """The test programs, by target. Optimised, they try many times as many cases in the same time."""
    asked = ["--lib" if target == "--lib" else f"--test={target}" for target in targets]
    told = subprocess.run(
        ["cargo", "test", "--profile=long", "--no-run", "--message-format=json", *asked],
        cwd=HOME, stdout=subprocess.PIPE, text=True, check=True,
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


def press_keys(wanted, seconds):
    """Any hands until so many keys were pressed in all runs. False where they found something."""
    KEYS.parent.mkdir(parents=True, exist_ok=True)
    noted = [line.split("\t") for line in KEYS.read_text().splitlines()] if KEYS.exists() else []
    pressed = sum(int(line[2]) for line in noted)
    if pressed < wanted:
        ran = subprocess.run(
            [build(["it"])["it"], "--exact", HANDS, "--ignored", "--nocapture"], cwd=HOME,
            env={**os.environ, "RUST_BACKTRACE": "0", "JIREI_NOTES": str(KEYS), "JIREI_SECONDS": str(round(seconds)),
                 "JIREI_KEYS": str(wanted - pressed)},
        )
        if ran.returncode != 0:
            return False
        noted = [line.split("\t") for line in KEYS.read_text().splitlines()]
    keys, frames, took = (sum(float(line[at]) for line in noted) for at in (2, 3, 4))
    print(f"{keys:,.0f} keys and {frames:,.0f} frames in {took:,.0f} s, in all runs", flush=True)
    return True


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("words", nargs="*", help="only tests whose names hold one of these")
    asked.add_argument("--rounds", type=int, default=1000)
    asked.add_argument("--minutes", type=float, default=120, help="for each test")
    asked.add_argument("--keys", type=int, default=10_000_000, help="so many keys are enough, over all runs")
    asked = asked.parse_args()
    is_chosen = lambda name: not asked.words or any(word in name for word in asked.words)
    held = []
    if is_chosen("キー"):
        held.append(press_keys(asked.keys, 60 * asked.minutes))
    if is_chosen("fuzz"):
        fuzz = [sys.executable, HOME / "tests" / "fuzz" / "run.py", "--minutes", str(asked.minutes)]
        held.append(subprocess.run(fuzz, cwd=HOME).returncode == 0)
    for what in ("kills", "faults"):
        if is_chosen(what):
            harm = [sys.executable, HOME / "tests" / "harm" / "run.py", what, "--minutes", str(asked.minutes)]
            held.append(subprocess.run(harm, cwd=HOME).returncode == 0)
    if not asked.words or not set(asked.words) <= {"キー", "fuzz", "kills", "faults"}:
        held += [run(*test, asked.rounds, 60 * asked.minutes) for test in tests() if is_chosen(test[2])]
    sys.exit(0 if held and all(held) else 1)


main()
