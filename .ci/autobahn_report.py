"""Prints an Autobahn report's table and fails if a case failed.

usage: autobahn_report.py REPORT_DIR GROUP...

A case fails if its behaviour or the way its connection was closed (a wrong
close code, an unclean end) is not OK, NON-STRICT or INFORMATIONAL, or if a
group has no case at all. NON-STRICT cases are listed: they are allowed by the
RFC but are not what it prefers.
"""

import collections
import json
import pathlib
import sys

PASS = {"OK", "NON-STRICT", "INFORMATIONAL"}
COLUMNS = ["OK", "NON-STRICT", "INFORMATIONAL", "FAILED"]


def case_key(case):
    return [int(part) for part in case.split(".")]


def verdict(result):
    """The worse of a case's behaviour and its close, as one of COLUMNS."""
    both = {result["behavior"], result["behaviorClose"]}
    if not both <= PASS:
        return "FAILED"
    return next(column for column in reversed(COLUMNS) if column in both)


def main(report, groups):
    index = json.loads((pathlib.Path(report) / "index.json").read_text())
    (results,) = index.values()
    cases = sorted(results, key=case_key)
    table = {group: collections.Counter() for group in groups}
    for case in cases:
        table[case.split(".")[0]][verdict(results[case])] += 1

    print(f"{'group':>5} {'cases':>6} " + " ".join(f"{c:>13}" for c in COLUMNS))
    for group, counts in table.items():
        cells = " ".join(f"{counts[c]:>13}" for c in COLUMNS)
        print(f"{group:>5} {counts.total():>6} {cells}")

    for case in cases:
        result = results[case]
        if verdict(result) in ("FAILED", "NON-STRICT"):
            print(
                f"{verdict(result)} case {case}: behaviour {result['behavior']},"
                f" close {result['behaviorClose']}, code {result['remoteCloseCode']}"
            )
    failed = sum(verdict(results[case]) == "FAILED" for case in cases)
    empty = [group for group in groups if not table[group]]
    if empty:
        print("groups without a case:", *empty)
    print(f"autobahn: {len(cases) - failed} passed, {failed} failed")
    return 1 if failed or empty else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))
