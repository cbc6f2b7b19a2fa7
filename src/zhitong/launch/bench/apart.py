"""A step in a process of its own: what one has read, or holds, is not in the next one's way, and its death is told."""

from __future__ import annotations

import multiprocessing
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import redirect_stdout
from multiprocessing.connection import Connection
from typing import TypeVar

from zhitong.kit.refusals import Refused
from zhitong.kit.trouble import Trouble
from zhitong.launch.bench.serving import BenchFailed
from zhitong.launch.supervisor import die_with

T = TypeVar("T")


def apart(do: Callable[[], T]) -> T:
    """What a function gives, called in a child; what it prints goes to the errors' stream.

    Raises Trouble: the function did, with its sentence. Raises BenchFailed: the child broke off, its errors are above.
    """
    from django.db import connections

    connections.close_all()
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_run, args=(do, theirs, die_with(os.getpid())))
    child.start()
    theirs.close()
    try:
        is_well, given = ours.recv()
    except KeyboardInterrupt:
        child.terminate()
        raise
    except EOFError:
        is_well, given = False, "测试进程意外结束；请看上面的错误，然后重新运行，已测完的步骤不会重测。"
    finally:
        child.join()
    if not is_well:
        raise BenchFailed(given)
    return given  # type: ignore[no-any-return]


def _run(do: Callable[[], object], answers: Connection, die_with_parent: Callable[[], None] | None) -> None:
    if die_with_parent:
        die_with_parent()
    with redirect_stdout(sys.stderr):
        try:
            answers.send((True, do()))
        except KeyboardInterrupt:
            return
        except Trouble as error:
            answers.send((False, str(error)))
        except Refused as error:
            answers.send((False, error.sentence))
        except Exception:
            traceback.print_exc()
            answers.send((False, "测试没有跑完；请看上面的错误，然后重新运行，已测完的步骤不会重测。"))
