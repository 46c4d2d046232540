"""Looks into a stranger's file, or writes it anew without its traces, in a process of its own.

Started by `office/metadata/asking.py` as a bare script: `python -I -S apart/__main__.py <job>`, the
file on stdin; on stdout a line of JSON and, if asked for, the cleaned file. It gets no environment,
no settings and no database, and limits its own time and memory before it looks at the first byte.
"""

import json
import os.path
import sys

SITE = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))


def main() -> None:
    """Do the job named on the command line."""
    job = json.loads(sys.argv[1])
    sys.path.extend([SITE, *job["path"]])
    from office.restraint import restrain  # noqa: PLC0415 - path set above

    restrain(job)
    from office.metadata.apart.saying import Found, Refused  # noqa: PLC0415 - path set above
    from office.metadata.apart.work import do  # noqa: PLC0415

    data = sys.stdin.buffer.read()
    try:
        found = do(job["act"], job["family"], data)
    except Refused as refused:
        found = Found(refused=str(refused))
        found.warnings = ["unreadable"]
    said = {
        "traces": found.traces,
        "warnings": found.warnings,
        "refused": found.refused,
        "bytes": len(found.cleaned),
    }
    sys.stdout.buffer.write(json.dumps(said).encode() + b"\n" + found.cleaned)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
