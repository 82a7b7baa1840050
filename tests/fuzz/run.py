#!/usr/bin/env python3
"""Fuzzes every parser in turn, a minute each, the one with the fewest inputs first, and goes on where it was stopped.

It needs a nightly Rust (rustup toolchain install nightly) and cargo-fuzz (cargo install cargo-fuzz). What was tried is counted in
target/fuzz/counts.json; inputs that led somewhere new are gathered in target/fuzz/corpus, and those that failed in
target/fuzz/found. Words choose the targets.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
HOME = HERE.parent.parent
WORK = HOME / "target" / "fuzz"
COUNTS = WORK / "counts.json"
BUILT = HOME / "target" / "fuzz-build"
# What is refused or taken is bounded in time (`targets.rs`) and memory; a hang is what a busy machine cannot explain.
LIMITS = ["-timeout=300", "-rss_limit_mb=512"]
# Most inputs are short, or few of them would be tried; every fourth slice lets them grow to the size that is promised.
LENGTHS = [4096, 1024, 4096, 65536]
# So much of what was found is kept in the repository, for each target.
KEPT = 16 * 1024


def targets():
    return re.findall(r'^name = "(\w+)"$', (HERE / "Cargo.toml").read_text(), re.M)


def build(is_built):
    """The programs, with the very versions jirei is built with."""
    shutil.copy(HOME / "Cargo.lock", HERE / "Cargo.lock")
    # Our package has no unsafe code for a sanitizer to look at.
    asked = ["cargo", "+nightly", "fuzz", "build", "--fuzz-dir", str(HERE), "--target-dir", str(BUILT), "--sanitizer=none"]
    if not is_built and subprocess.run(asked, cwd=HOME).returncode:
        sys.exit("it needs a nightly Rust and cargo-fuzz: rustup toolchain install nightly; cargo install cargo-fuzz")
    return {target: next(BUILT.glob(f"*/release/{target}")) for target in targets()}


def seeds(target):
    """What is kept: a file is an input, and so is each line of a .jsonl."""
    for path in sorted((HERE / "seeds" / target).iterdir()):
        if path.suffix == ".jsonl":
            for line in path.read_text().splitlines():
                one = json.loads(line)
                yield one.encode() if isinstance(one, str) else bytes(one)
        else:
            yield path.read_bytes()


def prepare(target):
    """The folder with what is known, and the words the inputs are made of."""
    corpus = WORK / "corpus" / target
    corpus.mkdir(parents=True, exist_ok=True)
    (WORK / "found" / target).mkdir(parents=True, exist_ok=True)
    words = {}
    for i, seed in enumerate(seeds(target)):
        (corpus / f"seed-{i}").write_bytes(seed)
        text = seed.decode(errors="ignore")
        for word in re.findall(r'"[^"\n]{1,24}"|\w{1,12}|[^\w\s]', text):
            words[word] = words.get(word, 0) + 1
    often = sorted(words, key=lambda word: (-words[word], word))[:400]
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in often)
    (WORK / f"{target}.dict").write_text("".join(f'"{word}"\n' for word in quoted))
    return corpus


def tried(log):
    """How many inputs the fuzzer says it ran; where it was stopped, the last time it said so."""
    whole = re.findall(r"^stat::number_of_executed_units: (\d+)", log, re.M)
    return int((whole or re.findall(r"^#(\d+)\t", log, re.M) or ["0"])[-1])


def slice_of(program, target, counts, seconds):
    """Fuzzes one target for a while. False where something failed."""
    count = counts.setdefault(target, {"inputs": 0, "seconds": 0, "slices": 0})
    corpus, found = prepare(target), WORK / "found" / target
    start = time.monotonic()
    log = WORK / f"{target}.log"
    with log.open("w") as out:
        ran = subprocess.Popen(
            [program, str(corpus), f"-dict={WORK / target}.dict", f"-artifact_prefix={found}/", *LIMITS,
             f"-max_len={LENGTHS[count['slices'] % len(LENGTHS)]}", f"-max_total_time={seconds}", "-print_final_stats=1",
             "-verbosity=1"],
            cwd=WORK, stdout=out, stderr=subprocess.STDOUT,
        )
        try:
            ran.wait()
        except KeyboardInterrupt:
            ran.wait()
            seconds = None
    said = log.read_text(errors="replace")
    count["inputs"] += tried(said)
    count["seconds"] = round(count["seconds"] + time.monotonic() - start)
    count["slices"] += 1
    COUNTS.write_text(json.dumps(counts, indent=1))
    print(f"{count['inputs']:>12,} inputs in {count['seconds']:,} s: {target}", flush=True)
    if seconds is None:
        sys.exit("stopped; it goes on from here")
    if ran.returncode:
        why = re.findall(r"^(thread .*|assertion .*|.*panicked.*|==\d+== ERROR.*|SUMMARY.*|artifact_prefix.*)$", said, re.M)
        print("\n".join(why[-6:]))
        print(f"failed, see {log}; again: {program} <the file under {found}>", flush=True)
    return ran.returncode == 0


def keep(programs):
    """Writes the smallest inputs that lead everywhere to the seeds."""
    for target, program in programs.items():
        least = WORK / "least"
        shutil.rmtree(least, ignore_errors=True)
        least.mkdir()
        subprocess.run([program, "-merge=1", "-max_len=4096", str(least), str(WORK / "corpus" / target)],
                       cwd=WORK, stderr=subprocess.DEVNULL, check=True)
        lines, size = [], 0
        own = set(seeds(target))
        for path in sorted(least.iterdir(), key=lambda path: (path.stat().st_size, path.name)):
            data = path.read_bytes()
            try:
                line = json.dumps(data.decode(), ensure_ascii=True)
            except UnicodeDecodeError:
                line = json.dumps(list(data), separators=(",", ":"))
            if data not in own and size + len(line) < KEPT:
                lines.append(line)
                size += len(line) + 1
        (HERE / "seeds" / target / "found.jsonl").write_text("".join(f"{line}\n" for line in sorted(lines)))
        print(f"{len(lines)} inputs kept, {size:,} bytes: {target}")


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("words", nargs="*", help="only targets whose names hold one of these")
    asked.add_argument("--minutes", type=float, default=60, help="for all of them together")
    asked.add_argument("--inputs", type=int, default=10_000_000, help="so many of each are enough, over all runs")
    asked.add_argument("--slice", type=int, default=60, help="seconds of one target before the next")
    asked.add_argument("--built", action="store_true", help="take the programs that were built last")
    asked.add_argument("--keep", action="store_true", help="write the smallest inputs that lead everywhere to the seeds")
    asked = asked.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    programs = {t: p for t, p in build(asked.built).items() if not asked.words or any(word in t for word in asked.words)}
    if asked.keep:
        return keep(programs)
    counts = json.loads(COUNTS.read_text()) if COUNTS.exists() else {}
    end, failed = time.monotonic() + 60 * asked.minutes, set()
    of = lambda target: counts.get(target, {"inputs": 0})["inputs"]
    while time.monotonic() < end:
        open_ones = [target for target in programs if of(target) < asked.inputs and target not in failed]
        if not open_ones:
            break
        target = min(open_ones, key=of)
        if not slice_of(programs[target], target, counts, asked.slice):
            failed.add(target)
    print(f"{sum(of(target) for target in programs):,} inputs in all; counted in {COUNTS}")
    sys.exit(1 if failed else 0)


main()
