#!/usr/bin/env python3
"""Looks into stores of sweeps.

stores.py requests PROGRAM SCENARIO: how many let a run take most of a second on this machine.
stores.py begun RUNS PART...: a part at work, that is to make so many runs.
stores.py complete STORE POINTS PART...: all runs are there once; the merge made what a part lost.
stores.py retried STORE POINTS PART...: likewise, but the parts made all of them.
"""

import sqlite3
import subprocess
import sys
import time


def rows(store, query):
    connection = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def requests(program, scenario):
    tried = 2000
    command = [program, "simulate", scenario, "--set", f"workload.synthetic.requests={tried}"]
    start = time.monotonic()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return max(200, min(200_000, int(tried * 0.8 / (time.monotonic() - start))))


def begun(runs, parts):
    for part in parts:
        try:
            made = rows(part, "SELECT count(*) FROM results WHERE status = 'finished'")[0][0]
            known = rows(part, "SELECT count(*) FROM points")[0][0]
        except sqlite3.OperationalError:  # Just made.
            continue
        if made >= 1 and known < runs - 1:
            return part
    return ""


def complete(store, points, parts, by_merge):
    found = rows(store, "SELECT count(*), count(DISTINCT point), count(DISTINCT hash) FROM results")
    assert found == [(points, points, points)], found
    made = [run for part in parts for run in rows(part, "SELECT hash, seconds FROM runs")]
    hashes = [hash for hash, _ in made]
    assert len(set(hashes)) == len(hashes), "a plan was run by two parts"
    merged = dict(rows(store, "SELECT hash, seconds FROM runs"))
    assert len(merged) == points, len(merged)
    # How long a run took differs each time: the merged ones are the very runs of the parts.
    assert all(merged[hash] == seconds for hash, seconds in made)
    assert (len(made) < points) == by_merge, f"{len(made)} of {points} made by the parts"
    print(f"{len(made)} runs by {len(parts)} parts, {points - len(made)} by the merge, none twice")


match sys.argv[1:]:
    case ["requests", program, scenario]:
        print(requests(program, scenario))
    case ["begun", runs, *parts]:
        print(begun(int(runs), parts))
    case ["complete" | "retried" as what, store, points, *parts]:
        complete(store, int(points), parts, by_merge=what == "complete")
    case _:
        sys.exit(__doc__)
