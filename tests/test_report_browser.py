"""The report in headless Chromium, from disk: it renders, says nothing on the console, asks for nothing."""
import os
import re
import shutil
import struct
import subprocess
import tempfile
import unittest
import zlib

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(TOP, "tests/data/report")
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--enable-logging=stderr"]


def chromium(*words):
    """One run with a profile of its own; the profile goes afterwards."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        return subprocess.run(["/usr/bin/chromium", *FLAGS, "--user-data-dir=" + profile, *words],
                              capture_output=True, text=True, timeout=180, check=True)


def colours(path):
    """The set of pixel colours of an 8-bit RGB or RGBA PNG."""
    with open(path, "rb") as stream:
        data = stream.read()
    width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
    size = {2: 3, 6: 4}[kind]
    assert depth == 8
    packed, at = b"", 8
    while at < len(data):
        length, = struct.unpack(">I", data[at:at + 4])
        if data[at + 4:at + 8] == b"IDAT":
            packed += data[at + 8:at + 8 + length]
        at += length + 12
    raw, stride, previous, found = zlib.decompress(packed), width * size, bytes(width * size), set()
    for y in range(height):
        rule, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left, above = row[x - size] if x >= size else 0, previous[x]
            corner = previous[x - size] if x >= size else 0
            if rule == 4:
                guess = left + above - corner
                near = sorted((abs(guess - v), k, v) for k, v in enumerate((left, above, corner)))[0][2]
                row[x] = (row[x] + near) & 255
            else:
                row[x] = (row[x] + (0, left, above, (left + above) // 2)[rule]) & 255
        found |= {bytes(row[x:x + 3]) for x in range(0, stride, size)}
        previous = row
    return found


@unittest.skipUnless(shutil.which("chromium"), "chromium is not installed")
class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.directory = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.directory)
        cls.pages, cls.dumps = {}, {}
        for name in ("passing", "failing", "nothing"):
            out = os.path.join(cls.directory, name)
            subprocess.run([os.path.join(TOP, "reports/report.py"), "--input", os.path.join(DATA, name),
                            "--output", out], check=True, capture_output=True)
            cls.pages[name] = os.path.join(out, "index.html")
        real = os.path.join(TOP, "build/report/index.html")
        if os.path.exists(real):
            cls.pages["real"] = real
        for name, page in cls.pages.items():
            cls.dumps[name] = chromium("--dump-dom", "file://" + page)

    def test_console_is_silent(self):
        for name, dump in self.dumps.items():
            lines = [line for line in dump.stderr.splitlines() if "CONSOLE" in line]
            self.assertEqual(lines, [], name)

    def test_console_errors_would_be_seen(self):
        page = os.path.join(self.directory, "broken.html")
        with open(page, "w", encoding="utf-8") as stream:
            stream.write("<script>nowhere.nothing()</script>")
        self.assertIn("CONSOLE", chromium("--dump-dom", "file://" + page).stderr)

    def test_cells_plots_and_filter(self):
        dom = self.dumps["passing"].stdout
        self.assertIn("10 of 10 shown", dom)  # the script ran
        overview, *own = dom.split('class="matrix')[1:]
        self.assertEqual(overview.count('class="cell '), 6, "one a claim and problem")
        *own, functions = [part.split("</table>")[0] for part in own]
        self.assertEqual(sum(part.count('class="cell ') for part in own), 10, "one a run")
        self.assertEqual(functions.count("<tr>"), 3, "a head and a row a function")
        self.assertIn('href="#run-a1-e1-double-well-hb"', dom)
        self.assertGreaterEqual(dom.count('<svg viewBox="0 0 460'), 8)
        for words in ("Verified", "294 / 294", "hp_momentum_step", "Taken on trust", "make verify"):
            self.assertIn(words, dom)

    def test_hostile_names_do_nothing(self):
        dom = self.dumps["failing"].stdout
        self.assertIn("<title>HeavyProof: not verified</title>", dom)
        self.assertNotIn("<img", dom)
        self.assertIn("&lt;script&gt;", dom)

    def test_missing_inputs_show(self):
        self.assertGreaterEqual(self.dumps["nothing"].stdout.count("ot run"), 6)

    def test_asks_for_nothing(self):
        for name, dump in self.dumps.items():
            found = re.findall(r"""<[^>]*\s(?:src|srcset|data|poster|xlink:href)\s*=|<link\b|url\(|@import""", dump.stdout)
            self.assertEqual(found, [], name)

    def test_light_dark_and_narrow_are_painted(self):
        backgrounds = {}
        for name, words in (("light", ["--blink-settings=preferredColorScheme=1", "--window-size=900,500"]),
                            ("dark", ["--blink-settings=preferredColorScheme=0", "--window-size=900,500"]),
                            ("narrow", ["--window-size=500,700"])):
            shot = os.path.join(self.directory, name + ".png")
            chromium("--screenshot=" + shot, *words, "file://" + self.pages["passing"])
            backgrounds[name] = colours(shot)
            self.assertGreater(len(backgrounds[name]), 50, name)
        self.assertIn(bytes.fromhex("f7f6f2"), backgrounds["light"])
        self.assertIn(bytes.fromhex("131518"), backgrounds["dark"])


if __name__ == "__main__":
    unittest.main()
