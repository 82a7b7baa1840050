"""A program in a terminal: keys go in, rows of a screen come out."""

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata

CONTROL = re.compile(r"\x1b\[([<=>?]?)([\d;:]*)[ -/]*([@-~])|\x1b[]P_^X](.*?)(?:\x07|\x1b\\)|\x1b[ -/]*[0-OQ-WYZ\\`-~]|[\x00-\x1a\x1c-\x1f]", re.S)
# The program is alive as long as something comes of it; a busy machine may take long.
PATIENCE = 60


class Died(Exception):
    """The program ended while somebody waited for its screen."""


class Terminal:
    def __init__(self, argv, env, columns=120, rows=40):
        self.columns, self.height, self.status = columns, rows, None
        self.cells = [[" "] * columns for _ in range(rows)]
        self.at, self.rest, self.painting = [0, 0], "", False
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.execve(argv[0], argv, env)
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def send(self, text):
        try:
            os.write(self.fd, text.encode())
        except OSError:
            pass

    def pump(self, seconds):
        """Draws what comes in this time. False once there is nothing more to come."""
        if self.status is not None:
            return False
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            came = os.read(self.fd, 65536)
        except OSError:
            came = b""
        if not came:
            self.status = os.waitpid(self.pid, 0)[1]
            os.close(self.fd)
            return False
        self.draw(self.rest + self.decoder.decode(came))
        return True

    def draw(self, came):
        start = 0
        for found in CONTROL.finditer(came):
            self.put(came[start : found.start()])
            self.control(found)
            start = found.end()
        # What is cut off in the midst waits for its end.
        rest, sign, self.rest = came[start:].partition("\x1b")
        self.put(rest)
        self.rest = sign + self.rest

    def control(self, found):
        sign, numbers, end = found[1], found[2], found[3]
        if end is None:
            if found[0] == "\r":
                self.at[1] = 0
            elif found[0] == "\n":
                self.at[0] = min(self.at[0] + 1, self.height - 1)
            return
        numbers = [int(n or 0) for n in numbers.split(";")] if ":" not in numbers else [0]
        if sign == "" and end in "Hf":
            row, column = (numbers + [1])[:2]
            self.at = [max(row, 1) - 1, max(column, 1) - 1]
        elif sign == "" and end == "J":
            self.cells = [[" "] * self.columns for _ in range(self.height)]
        elif sign == "" and end == "K":
            row, column = self.at
            self.cells[row][column:] = [" "] * (self.columns - column)
        elif sign == "" and end == "n":
            self.send(f"\x1b[{self.at[0] + 1};{self.at[1] + 1}R")
        elif sign == "" and end == "c":
            self.send("\x1b[?62;22c")
        elif sign == ">" and end == "q":
            self.send("\x1bP>|Probe(1)\x1b\\")
        elif sign == "?" and end in "hl" and 2026 in numbers:
            self.painting = end == "h"

    def put(self, text):
        for letter in text:
            row, column = self.at
            if row >= self.height or column >= self.columns:
                continue
            if unicodedata.combining(letter) or unicodedata.category(letter) in ("Mn", "Cf"):
                self.cells[row][max(column - 1, 0)] += letter
                continue
            wide = unicodedata.east_asian_width(letter) in "WF"
            self.cells[row][column] = letter
            if wide and column + 1 < self.columns:
                self.cells[row][column + 1] = ""
            self.at[1] += 1 + wide

    @property
    def rows(self):
        return ["".join(row).rstrip() for row in self.cells]

    def shows(self, words):
        return any(words in row for row in self.rows)

    def entry(self):
        """What the entry line holds, without its sign and without who speaks."""
        row = self.rows[-3].strip().lstrip("▌>|").strip()
        return row.split(" ›", 1)[-1].strip()

    def labels(self):
        return self.rows[-4].strip()

    def is_saved(self):
        return "保存済み" in self.labels()

    def until(self, what, good, patience=PATIENCE):
        """Waits until a finished frame is as it should be."""
        end = time.monotonic() + patience
        while self.painting or not good():
            if not self.pump(0.2):
                raise Died(what)
            if time.monotonic() > end:
                raise AssertionError(f"「{what}」 does not come:\n" + "\n".join(self.rows))

    def kill(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait()

    def wait(self, patience=PATIENCE):
        end = time.monotonic() + patience
        while self.pump(0.2):
            assert time.monotonic() < end, "it does not end:\n" + "\n".join(self.rows)
        return self.status
