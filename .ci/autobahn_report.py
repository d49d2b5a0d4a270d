"""Checks Autobahn reports, one for each way to run the loop, and writes down the result.

usage: autobahn_report.py [--update] DOCUMENT GROUP,GROUP,... NAME=REPORT_DIR...

A case fails if its behaviour or the way its connection was closed (a wrong close
code, an unclean end) is not OK, NON-STRICT or INFORMATIONAL. Besides failed cases
it is an error if a group has no case, if the reports differ in a result or a close
code, or if the document isn't what they make (--update writes it).
"""

import collections
import difflib
import itertools
import json
import pathlib
import sys

PASS = {"OK", "NON-STRICT", "INFORMATIONAL"}
COLUMNS = ["OK", "NON-STRICT", "INFORMATIONAL", "FAILED"]
TITLES = {
    "1": "framing",
    "2": "pings and pongs",
    "3": "reserved bits",
    "4": "opcodes",
    "5": "fragmentation",
    "6": "UTF-8",
    "7": "closing",
    "10": "auto-fragmentation",
}
HEAD = """\
# Autobahn

[Autobahn|Testsuite](https://github.com/crossbario/autobahn-testsuite) is the conformance suite of RFC 6455. `.ci/autobahn` runs
its core groups against [`internal/echo`](../internal/echo), an echo server on the event loop, once for each way that the loop
reads and writes: sockets on epoll, written to by io_uring; sockets on epoll, written to by `write(2)`; and goroutines for each
connection. The results are the same for all of them. The step fails if they differ from this file; `.ci/autobahn --update` writes it.

Not run: group 9 measures speed, and groups 12 and 13 test permessage-deflate, which is never agreed on.
"""
TAIL = """
*Informational* cases have no right answer. 7.1.6 sends a message and a close frame back to back: the close may overtake the
echo. 7.13.1 and 7.13.2 close with codes that RFC 6455 doesn't allow, but doesn't say how to answer either; the answer is 1002.

## Case by case

| cases | result | close code |
|---|---|---:|
"""


def case_key(case):
    return [int(part) for part in case.split(".")]


def verdict(result):
    """The worse of a case's behaviour and its close, as one of COLUMNS."""
    both = {result["behavior"], result["behaviorClose"]}
    if not both <= PASS:
        return "FAILED"
    return next(column for column in reversed(COLUMNS) if column in both)


def load(report):
    """A report as a list of (case, verdict, close code) in the order of the cases."""
    index = json.loads((pathlib.Path(report) / "index.json").read_text())
    (results,) = index.values()
    return [(case, verdict(results[case]), results[case]["remoteCloseCode"]) for case in sorted(results, key=case_key)]


def ranges(cases):
    """Neighbours of one subgroup with one outcome, as (first, last, verdict, code)."""
    def alike(row):
        return row[0].split(".")[:-1], row[1:]

    for (_, (result, code)), rows in itertools.groupby(cases, key=alike):
        rows = list(rows)
        yield rows[0][0], rows[-1][0], result, code


def document(cases, groups):
    lines = [HEAD, "| group | tests | cases | OK | non-strict | informational | failed |", "|---:|---|---:|---:|---:|---:|---:|"]
    total = collections.Counter()
    for group in groups:
        counts = collections.Counter(result for case, result, _ in cases if case.split(".")[0] == group)
        total += counts
        cells = " | ".join(str(counts[column]) for column in COLUMNS)
        lines.append(f"| {group} | {TITLES[group]} | {counts.total()} | {cells} |")
    cells = " | ".join(str(total[column]) for column in COLUMNS)
    lines.append(f"| | together | {total.total()} | {cells} |")
    text = "\n".join(lines) + "\n" + TAIL
    for first, last, result, code in ranges(cases):
        span = first if first == last else f"{first} – {last}"
        text += f"| {span} | {result} | {'–' if code is None else code} |\n"
    return text


def compare(path, text, update):
    """Whether the document is as it should be, or is now."""
    if update:
        path.write_text(text)
        return True
    old = path.read_text() if path.exists() else ""
    changes = difflib.unified_diff(old.splitlines(), text.splitlines(), str(path), "this run", lineterm="")
    for line in changes:
        print(line)
    return old == text


def main(args):
    update = args[0] == "--update"
    path, groups, *named = args[1:] if update else args
    groups = groups.split(",")
    reports = {name: load(report) for name, report in (entry.split("=", 1) for entry in named)}
    bad = 0
    for name, cases in reports.items():
        for case, result, code in cases:
            if result in ("FAILED", "NON-STRICT"):
                print(f"{name}: {result} case {case}, close code {code}")
        failed = sum(result == "FAILED" for _, result, _ in cases)
        empty = set(groups) - {case.split(".")[0] for case, _, _ in cases}
        if empty:
            print(f"{name}: no case of groups {sorted(empty)}")
        print(f"autobahn, {name}: {len(cases) - failed} passed, {failed} failed")
        bad += failed + len(empty)
    first, *others = reports.values()
    for other in others:
        for a, b in zip(first, other):
            if a != b:
                print(f"differ: {a} and {b}")
                bad += 1
    if not compare(pathlib.Path(path), document(first, groups), update):
        print(f"{path} is not the result of this run")
        bad += 1
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
