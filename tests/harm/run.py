#!/usr/bin/env python3
"""Kills the program at any moment, and lets any one call to the system fail, while it types, imports, exports, backs up, restores,
salvages or changes the shape of old records; and looks whether anything was lost, left lying or said that is not so.

    run.py kills [--kills 1000]     killed at the n-th call, in the midst of a write, or after any time
    run.py faults                   each call fails once, with each of ENOSPC, EIO, EROFS, EACCES

Both go on where they were stopped: what was done is noted in target/harm. It needs Linux and a C compiler (`cc`).
"""

import argparse
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from errno import EACCES, EIO, ENOSPC, EROFS, errorcode
from pathlib import Path

sys.dont_write_bytecode = True
from terminal import Died, Terminal

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NOTES = ROOT / "target" / "harm"
# In memory, where there is room: a call is as good there, and waits for no disk.
WORK = Path(tempfile.mkdtemp(prefix="jirei-harm-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
SAMPLE = ROOT / "sessions" / "samples" / "case-a.json"
KINDS = ["open", "write", "sync", "rename", "link", "unlink", "truncate", "mkdir"]
ERRORS = [ENOSPC, EIO, EROFS, EACCES]
ENTER, NEXT_STEP = "\r", "\x1b[17~"
CTRL = {letter: chr(ord(letter) & 31) for letter in "nqz"}
FORMATS = "md csv tsv json outline svg png pptx pdf pdf-a3 html xlsx docx".split()
# What the system says where nobody put it into words.
FOREIGN = re.compile(r"os error|[Dd]isk I/O|[Nn]o space|[Pp]ermission|[Rr]ead-only|[Ii]nput/output|SQLITE|panicked|unable to|database")
HALF = re.compile(r"\.tmp$|\.new$|-journal$|^\.jirei-|^jirei-demo-|^jirei-.*\.png$|^未保存-")


def expect(good, said):
    if not good:
        raise AssertionError(said)


class Home:
    """A user with records, and all that lies about there."""

    program = library = None

    def __init__(self, folder):
        self.folder, self.data = folder, folder / "data"
        (folder / "tmp").mkdir(parents=True, exist_ok=True)

    def environment(self, harm=None, notes=None):
        there = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "ja_JP.UTF-8", "TZ": "Asia/Tokyo",
                 "HOME": str(self.folder), "TMPDIR": str(self.folder / "tmp"), "RUST_BACKTRACE": "0"}
        there |= {f"XDG_{name}_HOME": str(self.folder / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
        if harm or notes:
            there |= {"LD_PRELOAD": str(self.library), "JIREI_HARM_IN": str(self.folder), "JIREI_HARM": harm or ""}
        return there | ({"JIREI_HARM_NOTES": str(notes)} if notes else {})

    def run(self, *words, harm=None, notes=None, seconds=None):
        """A command, killed after so many seconds: its status, what it said, and what it complained of."""
        argv = [str(self.program), "--data", str(self.data), *map(str, words)]
        ran = subprocess.Popen(argv, cwd=self.folder, env=self.environment(harm, notes),
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        try:
            out, told = ran.communicate(timeout=seconds or 120)
        except subprocess.TimeoutExpired:
            expect(seconds, f"{words} does not end")
            ran.kill()
            out, told = ran.communicate()
        return ran.returncode, out, told

    def sits_down(self, harm=None, notes=None):
        argv = [str(self.program), "--data", str(self.data)]
        return Terminal(argv, self.environment(harm, notes))

    def starts_next(self):
        """The next start: nothing is left lying once its threads are done, and the records are whole."""
        if (self.data / "jirei.db").exists():
            screen = self.sits_down()
            screen.until("a screen", lambda: len("".join(screen.rows)) > 100)
            end = time.monotonic() + 30
            while (left := self.left_lying()) and time.monotonic() < end:
                screen.pump(0.05)
            for _ in range(3):
                screen.send(CTRL["q"])
                if screen.status is None:
                    screen.pump(0.3)
            expect(screen.wait() == 0, "\n".join(screen.rows))
            expect(not left, f"left lying after the next start: {left}")
            self.is_whole()

    def is_whole(self):
        status, out, told = self.run("check")
        expect(status == 0, f"check: {out}{told}")

    def files(self):
        return [path for path in self.folder.rglob("*") if path.is_file()]

    def left_lying(self):
        return sorted(str(path.relative_to(self.folder)) for path in self.files() if HALF.search(path.name))


def words(file):
    """All entries in records that nobody has open. They are read in a copy: what was cut off is taken back by who reads."""
    copy = WORK / f"read-{os.getpid()}"
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for path in (file, file.with_name(file.name + "-journal")):
        if path.exists():
            shutil.copy(path, copy / path.name)
    records = sqlite3.connect(copy / file.name)
    try:
        expect(records.execute("PRAGMA integrity_check").fetchone()[0] == "ok", f"{file} is damaged")
        return Counter(text for (text,) in records.execute("SELECT text FROM nodes"))
    finally:
        records.close()
        shutil.rmtree(copy)


def outline(path, name, count):
    path.write_text("生活\n" + "".join(f"\t{name}の{n}\n" for n in range(count)))
    return path


class Deed:
    """Something that is done with records by a command."""

    # Whether the command may be given again when it was cut off.
    def prepare(self, home):
        """What it needs, beside records with two meetings."""

    def command(self, home):
        raise NotImplementedError

    def holds(self, home, status, out):
        """What must be so after it was cut off (status none), has failed or is done; after the next start."""

    def kept(self, home, ones=()):
        """The records hold what they held, and nothing but that and this."""
        now = words(home.data / "jirei.db")
        missing = home.before - now
        expect(not missing, f"missing: {missing}")
        more = now - home.before
        # Given again, a command may have done it again.
        expect(not more or any(more == Counter({word: n for word in one}) for one in ones for n in (1, 2, 3, 4)), f"more: {more}")
        return bool(more)


class Export(Deed):
    """All meetings as files, over others or beside them."""

    name = "export"

    def __init__(self, format="json", force=False):
        self.format, self.force = format, force

    def prepare(self, home):
        home.out = home.folder / "out"
        if not home.reference:
            status, _, told = home.run(*self.command(home))
            expect(status == 0, told)
            home.reference = {path.name: path.read_bytes() for path in home.out.iterdir()}
            shutil.rmtree(home.out)
        home.old = {}
        if self.force:
            home.out.mkdir()
            home.old = {name: f"前の{name}".encode() for name in home.reference}
            for name, text in home.old.items():
                (home.out / name).write_bytes(text)

    def command(self, home):
        return ["export", "all", "--format", self.format, "--out", home.folder / "out", *(["--force"] if self.force else [])]

    def holds(self, home, status, out):
        self.kept(home)
        there = {path.name: path.read_bytes() for path in home.out.iterdir()} if home.out.exists() else {}
        for name, data in there.items():
            # Where one could not be written, another may have its name, or none with a number.
            whole = any(self.same(data, one) for one in home.reference.values())
            expect(whole or data == home.old.get(name), f"half a file: {name}, {len(data)} bytes")
        gone = set(home.old) - set(there)
        expect(not gone, f"gone: {gone}")
        if status == 0:
            expect(all(any(self.same(one, data) for one in there.values()) for data in home.reference.values()), f"said to be done: {out}")

    def same(self, data, reference):
        # Each of these says when it was made.
        timed = self.format in ("pptx", "pdf", "pdf-a3", "xlsx", "docx")
        return data is not None and (data == reference or (timed and abs(len(data) - len(reference)) < 64))


class Import(Deed):
    """Three files with a meeting each."""

    name = "import"

    def prepare(self, home):
        home.new = [Counter(f"新しい{letter}の{n}" for n in range(5)) for letter in "甲乙丙"]
        for letter in "甲乙丙":
            outline(home.folder / f"{letter}.txt", f"新しい{letter}", 5)

    def command(self, home):
        return ["import", *(home.folder / f"{letter}.txt" for letter in "甲乙丙")]

    def holds(self, home, status, out):
        now = words(home.data / "jirei.db")
        expect(not home.before - now, f"missing: {home.before - now}")
        new = now - home.before
        for letter, one in zip("甲乙丙", home.new):
            counts = {new[word] for word in one}
            expect(len(counts) == 1, f"half a meeting: {new}")
            if status == 0 or f"{letter}.txt: 会議" in out:
                expect(counts != {0}, f"{letter} was said to be in: {out}")
            _, _, refused = out.partition("何も変えていません")
            if f"{letter}.txt" in refused:
                expect(counts == {0}, f"{letter} is in: {out}")


class Backup(Deed):
    name = "backup"

    def command(self, home):
        return ["backup"]

    def holds(self, home, status, out):
        self.kept(home)
        there = list((home.data / "backups").glob("*.db"))
        for path in there:
            expect(words(path) in (home.before, home.earlier), f"{path.name} is no backup")
        expect(any(words(path) == home.earlier for path in there), "the earlier backup is gone")
        if status == 0:
            expect(any(words(path) == home.before for path in there), f"said to be done: {out}")


class Restore(Deed):
    name = "restore"

    def command(self, home):
        return ["restore", home.backup]

    def holds(self, home, status, out):
        now = words(home.data / "jirei.db")
        expect(now in (home.before, home.earlier), f"neither the old nor the new records: {now}")
        if status == 0:
            expect(now == home.earlier, f"said to be done: {out}")
        if status == 1:
            expect(now == home.before, f"said not to be done: {out}")
        # What could not be read at that moment is kept as it is.
        there = [words(path) for path in home.data.rglob("jirei-*.db")]
        expect(now == home.before or home.before in there, "the replaced records are not kept")
        expect(home.earlier in there, "the backup is gone")


class Salvage(Deed):
    """Damaged records beside the others."""

    name = "salvage"

    def prepare(self, home):
        home.damaged = home.folder / "damaged" / "jirei.db"
        if not home.damaged.parent.exists():
            home.damaged.parent.mkdir()
            shutil.copy(home.data / "jirei.db", home.damaged)
            data = bytearray(home.damaged.read_bytes())
            page = 4096 * (len(data) // 4096 * 2 // 3)
            data[page : page + 4096] = bytes(4096)
            home.damaged.write_bytes(data)
            home.damaged_bytes = bytes(data)
        if not home.reference:
            status, _, told = home.run(*self.command(home))
            expect(status == 0, told)
            home.reference = words(home.folder / "saved" / "jirei.db")
            shutil.rmtree(home.folder / "saved")

    def command(self, home):
        return ["salvage", home.damaged, "--out", home.folder / "saved"]

    def holds(self, home, status, out):
        self.kept(home)
        expect(home.damaged.read_bytes() == home.damaged_bytes, "the damaged file is another")
        saved = home.folder / "saved" / "jirei.db"
        if saved.exists():
            expect(words(saved) == home.reference, "half of what is whole")
        expect(status != 0 or saved.exists(), f"said to be done: {out}")


class Migration(Deed):
    """Records of an older shape are opened to be written."""

    name = "migration"

    def prepare(self, home):
        records = sqlite3.connect(home.data / "jirei.db")
        (version,) = records.execute("PRAGMA user_version").fetchone()
        for step, column in ((7, "sum"), (6, "aside")):
            if version < step or home.rng.random() < 0.3:
                break
            tables = [name for (name,) in records.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
            for table in tables:
                if any(row[1] == column for row in records.execute(f"PRAGMA table_info({table})")):
                    records.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
            records.execute(f"PRAGMA user_version = {step - 1}")
        records.commit()
        records.close()
        home.new = Counter(f"新しい丁の{n}" for n in range(5))
        outline(home.folder / "丁.txt", "新しい丁", 5)

    def command(self, home):
        return ["import", home.folder / "丁.txt"]

    def holds(self, home, status, out):
        done = self.kept(home, [home.new])
        expect(status != 0 or done, f"said to be done: {out}")
        expect(status != 1 or not done or "今の記録に入っています" in out, f"said not to be done: {out}")
        for path in home.data.rglob("jirei-*.db"):
            expect(words(path) in (home.before, home.earlier), f"{path.name} is no backup")


DEEDS = {deed.name: deed for deed in (Export, Import, Backup, Restore, Salvage, Migration)}


class Refused(Exception):
    """Nothing can be written now, as it says."""


class Typing:
    """Somebody types a meeting."""

    def __init__(self, home, screen, start):
        self.home, self.screen, self.number = home, screen, start
        # What was 保存済み, and what was typed beside it.
        self.saved, self.typed = Counter(), Counter()

    def reaches_the_map(self):
        screen = self.screen
        seen = lambda words: lambda: screen.shows(words)
        # A key too many leads to the next step, which has the map, too.
        steps = ("聞き取り 残り", "質問 残り", "課題の分析 残り")
        on_map = lambda: any(step in screen.rows[0] for step in steps) and screen.is_saved()
        for _ in range(12):
            screen.until("a screen", lambda: on_map() or any(screen.shows(words) for words in (
                "新しい会議をはじめる", "残っています", "導入 残り", "題名 ", "Esc")))
            if on_map():
                return
            if screen.shows("見るだけで開く"):
                raise Refused
            rescued = screen.shows("保存できなかったことばが残っています")
            home = screen.shows("新しい会議をはじめる")
            before = screen.rows
            screen.send(ENTER if rescued else CTRL["n"] if home else NEXT_STEP)
            try:
                screen.until("another screen", lambda: screen.rows != before, 5)
            except AssertionError:
                pass
        raise AssertionError("the map is not reached:\n" + "\n".join(screen.rows))

    def clears_the_line(self):
        """What was half typed comes back, and is entered."""
        if self.screen.entry():
            self.typed[self.screen.entry()] += 1
            self.screen.send(ENTER)
            self.screen.until("an empty line", lambda: not self.screen.entry() and self.screen.is_saved())

    def types(self, count):
        for _ in range(count):
            word = f"鍵は{self.number}番"
            self.number += 1
            # From here on nobody knows.
            self.typed[word] += 1
            self.screen.send(word)
            self.screen.until(word, lambda: self.screen.entry().endswith(word))
            self.screen.send(ENTER)
            self.screen.until(f"{word}, saved", lambda: not self.screen.entry() and self.screen.is_saved())
            self.saved[word] += 1
            self.typed[word] -= 1


def build(template):
    """A user with two meetings, a backup of the first of them, and more words since."""
    home = Home(template)
    home.rng = random.Random(0)
    outline(home.folder / "一.txt", "はじめ", 12)
    outline(home.folder / "二.txt", "つぎ", 12)
    for command in (["import", SAMPLE], ["import", home.folder / "一.txt"], ["backup"], ["import", home.folder / "二.txt"]):
        status, out, told = home.run(*command)
        expect(status == 0, f"{command}: {out}{told}")
    return home


REFERENCES = {}


def fresh(template, folder, deed, rng):
    """The same user again, before a deed."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(template, folder)
    home = Home(folder)
    home.rng, home.before = rng, words(home.data / "jirei.db")
    home.backup = next((home.data / "backups").glob("*-asked.db"))
    home.earlier = words(home.backup)
    key = (deed.name, getattr(deed, "format", ""))
    home.reference = REFERENCES.get(key)
    deed.prepare(home)
    REFERENCES[key] = home.reference
    return home


def calls(home, deed):
    """How many calls it makes to the system by kind, and how long it takes."""
    notes = WORK / "notes.tsv"
    notes.unlink(missing_ok=True)
    start = time.monotonic()
    status, out, told = home.run(*deed.command(home), notes=notes)
    expect(status == 0, f"{deed.name}: {out}{told}")
    took = time.monotonic() - start
    return Counter(line.split("\t")[0] for line in notes.read_text().splitlines()), took


def a_deed(name, rng):
    return Export(rng.choice(FORMATS), rng.random() < 0.5) if name == "export" else DEEDS[name]()


def a_kill(rng, count, took):
    """Where it ends: what is to be done to it, and after how many seconds."""
    if rng.random() < 0.2:
        return None, rng.random() * took
    return f"any:{rng.randint(1, count)}:{rng.choice(['KILL', 'KILL', 'TORN'])}", None


# How many calls a deed makes, and how long it takes.
LENGTHS = {}


def kill_command(template, name, rng):
    """Kills a command up to four times before the next start, then lets it do what it was to do. Gives how often it was killed."""
    deed = a_deed(name, rng)
    key = (name, *vars(deed).values())
    if key not in LENGTHS:
        counted, took = calls(fresh(template, WORK / "kills", deed, rng), deed)
        LENGTHS[key] = sum(counted.values()), took
    count, took = LENGTHS[key]
    home = fresh(template, WORK / "kills", deed, rng)
    killed, told = 0, ""
    for _ in range(rng.randint(1, 4)):
        harm, seconds = a_kill(rng, count, took)
        status, out, _ = home.run(*deed.command(home), harm=harm, seconds=seconds)
        told += out
        if status != -signal.SIGKILL:
            break
        killed += 1
    home.starts_next()
    deed.holds(home, None, told)
    status, out, told = home.run(*deed.command(home))
    if name == "export" and not deed.force:
        return killed
    already = name == "salvage" and status == 1 and "もう記録があります" in told
    expect(status == 0 or already, f"again: {out}{told}")
    expect(not home.left_lying(), f"left lying by what was done: {home.left_lying()}")
    return killed


class Sitting:
    """One who types for a long time, and whose program is killed again and again."""

    def __init__(self):
        self.home = None

    def kill(self, rng):
        if self.home is None or self.number > 150:
            shutil.rmtree(WORK / "typing", ignore_errors=True)
            self.home, self.number, self.count = Home(WORK / "typing"), 0, 300
            self.saved, self.typed = Counter(), Counter()
        harm = seconds = None
        if rng.random() < 0.75:
            harm = f"any:{rng.randint(1, self.count)}:{rng.choice(['KILL', 'KILL', 'TORN'])}"
        else:
            seconds = rng.random() * 3
        screen = self.home.sits_down(harm)
        typing = Typing(self.home, screen, self.number)
        if seconds is not None:
            # The alarm of this very program: whatever it waits for.
            def ring(*_):
                raise Died("an alarm")
            signal.signal(signal.SIGALRM, ring)
            signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.01))
        try:
            typing.reaches_the_map()
            typing.clears_the_line()
            typing.types(rng.randint(3, 12))
        except Died:
            pass
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        ended = screen.status
        screen.kill()
        expect(ended is None or os.WIFSIGNALED(ended), f"it ended by itself: {ended}\n" + "\n".join(screen.rows))
        self.saved += typing.saved
        self.typed += typing.typed
        self.number = typing.number
        if rng.random() < 0.3:
            self.looks()
        return 1

    def looks(self):
        if self.home and (self.home.data / "jirei.db").exists():
            self.home.starts_next()
            now = words(self.home.data / "jirei.db")
            expect(not self.saved - now, f"missing: {self.saved - now}")
            expect(not now - self.saved - self.typed, f"never typed: {now - self.saved - self.typed}")

    @property
    def confirmed(self):
        return sum(self.saved.values()) if self.home else 0


def noted(path):
    return [line.split("\t") for line in path.read_text().splitlines()] if path.exists() else []


def kills(asked, template):
    notes = NOTES / "kills.tsv"
    done = Counter()
    confirmed = 0
    for name, _, count, saved in noted(notes) if not asked.share else ():
        done[name] += int(count)
        confirmed += int(saved)
    names = [name for name in ["typing", *DEEDS] if not asked.only or name in asked.only]
    names = [name for name in names if name == "typing" or offers(name)]
    sitting, start = Sitting(), time.monotonic()
    while sum(done[name] for name in names) < asked.kills and time.monotonic() - start < asked.minutes * 60:
        name = min(names, key=lambda name: done[name])
        seed = asked.seed or str(random.getrandbits(48))
        rng = random.Random(seed)
        before = sitting.confirmed
        try:
            count = sitting.kill(rng) if name == "typing" else kill_command(template, name, rng)
            if name == "typing" and asked.share:
                sitting.looks()
        except (AssertionError, Died) as failed:
            where = WORK / ("typing" if name == "typing" else "kills")
            print(f"{name}, seed {seed}, as it lies in {where}:\n{failed}", flush=True)
            return False
        done[name] += count
        saved = max(sitting.confirmed - before, 0)
        confirmed += saved
        if not asked.share:
            with notes.open("a") as file:
                file.write(f"{name}\t{seed}\t{count}\t{saved}\n")
        if asked.seed:
            break
    sitting.looks()
    figures = ", ".join(f"{name} {done[name]}" for name in names)
    print(f"{sum(done.values())} kills ({figures}); {confirmed} entries were 保存済み, and nothing is missing, half or left lying", flush=True)
    return True


def is_true(deed, home, status, out, told):
    """What a command says after a call has failed."""
    expect(status in (0, 1), f"it ended with {status}: {out}{told}")
    if status == 1:
        expect(told.strip(), "it failed without a word")
    said = FOREIGN.search(re.sub(r"/\S+|jirei\S*", "", told))
    expect(not said, f"not in words: {told}")
    expect("画面" not in told, f"there is no screen: {told}")
    deed.holds(home, status, out + told)


def fault_in_command(template, deed, kind, n, error):
    home = fresh(template, WORK / "faults", deed, random.Random(1))
    status, out, told = home.run(*deed.command(home), harm=f"{kind}:{n}:{error}")
    home.starts_next()
    is_true(deed, home, status, out, told)
    return status


def fault_in_typing(kind, n, error):
    """Types on over a call that fails; killed when all is 保存済み."""
    shutil.rmtree(WORK / "faults", ignore_errors=True)
    home = Home(WORK / "faults")
    screen = home.sits_down(f"{kind}:{n}:{error}")
    typing = Typing(home, screen, 0)
    status = None
    try:
        typing.reaches_the_map()
        typing.types(3)
    except Refused:
        status = 1
    except Died:
        status = os.waitstatus_to_exitcode(screen.status)
        said = "\n".join(row for row in screen.rows if row)
        expect(status == 1 and not typing.number, f"it ended with {status}: {said}")
        expect(not FOREIGN.search(re.sub(r"/\S+|jirei\S*", "", said)), f"not in words: {said}")
    screen.kill()
    saved = typing.saved
    if status is None:
        home.starts_next()
        now = words(home.data / "jirei.db")
        expect(now == saved, f"保存済み: {saved}, on the disk: {now}")
    else:
        # What has failed once does not hinder the next start.
        typing = Typing(home, home.sits_down(), 0)
        typing.reaches_the_map()
        typing.types(1)
        typing.screen.kill()
        home.starts_next()
    return status or 0


def faults(asked, template):
    notes = NOTES / "faults.tsv"
    done = {tuple(row[:4]): row[4] for row in noted(notes)} if not asked.share else {}
    rng = random.Random(asked.seed)
    names = [name for name in ["typing", *DEEDS] if not asked.only or name in asked.only]
    todo = []
    deeds = {name: (Export("md", False) if name == "export" else DEEDS[name]()) for name in DEEDS if offers(name)}
    deeds["export-over"] = Export("json", True)
    for name, deed in deeds.items():
        if name.split("-")[0] in names:
            counted, _ = calls(fresh(template, WORK / "faults", deed, random.Random(1)), deed)
            todo += [(name, kind, n, error) for kind in KINDS for n in range(1, counted[kind] + 1) for error in ERRORS]
    if "typing" in names:
        todo += [("typing", kind, n, error) for kind, count in typed_calls().items() for n in range(1, count + 1) for error in ERRORS]
    total = Counter(one[0] for one in todo)
    key = lambda one: (one[0], one[1], str(one[2]), errorcode[one[3]])
    todo = [one for one in todo if key(one) not in done]
    # Each kind of deed and call has its turn.
    rng.shuffle(todo)
    turn, order = Counter(), []
    for one in todo:
        turn[one[:2]] += 1
        order.append((turn[one[:2]], one))
    todo = [one for _, one in sorted(order, key=lambda pair: pair[0])]
    start, good = time.monotonic(), True
    for one in todo[: asked.faults]:
        if time.monotonic() - start > asked.minutes * 60:
            break
        name, kind, n, error = one
        try:
            status = fault_in_typing(kind, n, error) if name == "typing" else fault_in_command(template, deeds[name], kind, n, error)
        except (AssertionError, Died) as failed:
            said = f"{name}: {errorcode[error]} at {kind} {n}, as it lies in {WORK / 'faults'}:\n{failed}"
            print(said, flush=True)
            good = False
            if not asked.on:
                break
            continue
        done[key(one)] = str(status)
        if not asked.share:
            with notes.open("a") as file:
                file.write("\t".join([*key(one), str(status)]) + "\n")
    held = Counter(one[0] for one in done)
    figures = ", ".join(f"{name} {held[name]} of {total[name]}" for name in total)
    held_up = "all that was said is true, and nothing is missing, half or left lying" if good else "but for what was found"
    print(f"{len(done)} failing calls ({figures}); {held_up}", flush=True)
    return good


def typed_calls():
    shutil.rmtree(WORK / "faults", ignore_errors=True)
    home = Home(WORK / "faults")
    notes = WORK / "notes.tsv"
    notes.unlink(missing_ok=True)
    typing = Typing(home, home.sits_down(notes=notes), 0)
    typing.reaches_the_map()
    typing.types(3)
    typing.screen.kill()
    return Counter(line.split("\t")[0] for line in notes.read_text().splitlines())


def offers(name):
    """Whether the program knows this command."""
    return name in ("export", "import", "salvage", "migration") or f"  {name} " in subprocess.run(
        [Home.program, "--help"], stdout=subprocess.PIPE, text=True).stdout


def main():
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("what", choices=["kills", "faults"])
    asked.add_argument("--only", action="append", help="typing, export, import, backup, restore, salvage or migration")
    asked.add_argument("--kills", type=int, default=1000, help="so many are enough, over all runs")
    asked.add_argument("--faults", type=int, default=1 << 30, help="no more of them in this run")
    asked.add_argument("--minutes", type=float, default=1e9)
    asked.add_argument("--seed", help="the very kill that failed; or which faults come first")
    asked.add_argument("--on", action="store_true", help="goes on after a fault that was found")
    asked.add_argument("--share", action="store_true", help="a few, without notes")
    asked.add_argument("--program", type=Path, help="a program that is built")
    asked = asked.parse_args()
    NOTES.mkdir(parents=True, exist_ok=True)
    good = False
    try:
        Home.program = asked.program
        if not asked.program:
            subprocess.run(["cargo", "build", "--profile=long", "--bin=jirei"], cwd=ROOT, check=True)
            Home.program = ROOT / "target" / "long" / "jirei"
        Home.library = WORK / "harm.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-Wall", "-o", Home.library, HERE / "harm.c", "-ldl"], check=True)
        template = WORK / "template"
        shutil.rmtree(template, ignore_errors=True)
        build(template)
        good = (kills if asked.what == "kills" else faults)(asked, template)
    finally:
        # What was found stays to be looked at.
        if good or asked.share:
            shutil.rmtree(WORK)
    sys.exit(0 if good else 1)


main()
