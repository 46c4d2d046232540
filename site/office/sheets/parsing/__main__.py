"""Turns the bytes of a spreadsheet into rows another process can trust, in a process of its own.

Started by `reading.py` as a bare script: `python -I -S parsing/__main__.py <job>`, file on stdin,
answer (see `answering.py`) on stdout. Files come from strangers, so this process gets no
environment, no settings and no database, and limits its own time and memory before it looks at the
first byte. Of ours it imports this folder and `office/restraint.py` alone.
"""

import gc
import json
import os.path
import sys

SITE = os.path.abspath(os.path.join(os.path.dirname(__file__), *[os.pardir] * 3))


def main() -> None:
    """Do the job named on the command line."""
    job = json.loads(sys.argv[1])
    gc.disable()  # nothing here lives in cycles, and the process is short
    sys.path.extend([SITE, *job["path"]])
    from office.restraint import restrain  # noqa: PLC0415 - path set above

    restrain(job)
    from office.sheets.parsing.answering import Answer, Refused  # noqa: PLC0415 - path set above
    from office.sheets.parsing.parse import parse  # noqa: PLC0415

    answer = Answer(sys.stdout.buffer.write, job["cells"])
    try:
        parse(sys.stdin.buffer.read(), job, answer)
    except Refused as refused:
        answer.say(error=refused.code, detail=str(refused))
    except MemoryError:
        answer.say(error="too_large", detail="memory")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
