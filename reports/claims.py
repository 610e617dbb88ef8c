#!/usr/bin/python3
"""Writes the statements of the claims, as the command explains them, to JSON: claims.py COMMAND FILE."""
import json
import re
import subprocess
import sys

from report import write_file

FIELDS = {"STATEMENT": "statement", "HYPOTHESES": "hypotheses", "CONSTANTS": "constants",
          "WHAT IS COMMONLY MISQUOTED": "misquoted", "WHAT IS CHECKED": "checked", "SOURCE": "source",
          "THEOREM": "theorem"}


def parse(text):
    """{"id", "title", "statement", ...} from the output of `heavyproof explain ID`: a first line
    "ID  title", then paragraphs under headings in capitals."""
    first, _, rest = text.partition("\n")
    name, _, title = first.partition(" ")
    claim = {"id": name, "title": title.strip()}
    parts = re.split(r"^([A-Z][A-Z ]+)\n", rest, flags=re.M)
    for heading, body in zip(parts[1::2], parts[2::2]):
        if heading in FIELDS:
            claim[FIELDS[heading]] = body.strip("\n")
    if claim.get("theorem", "").lower().startswith("none"):
        claim["theorem"] = ""
    missing = [heading for heading, field in FIELDS.items() if field not in claim]
    if missing:
        raise ValueError(f"explain {name}: no section {', '.join(missing)}")
    return claim


def collect(command):
    def output(*words):
        return subprocess.run([command, *words], check=True, capture_output=True, text=True).stdout

    names = [line.split()[0] for line in output("list", "claims").splitlines() if line.strip()]
    return {"schema": "heavyproof.claims/1", "claims": [parse(output("explain", name)) for name in names]}


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write_file(sys.argv[2], json.dumps(collect(sys.argv[1]), indent=1, ensure_ascii=False) + "\n")
