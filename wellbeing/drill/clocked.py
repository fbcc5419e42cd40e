"""`python -m wellbeing.drill.clocked MOMENT -m MODULE …`: run a module under a clock that shows another time.

MOMENT is "SHOWN@SINCE", in seconds since 1970: the clock showed the first at the real time of the second, and goes on
from there, for this process and those it forks. PostgreSQL, Valkey and waits in seconds keep the real time.
"""

import datetime as dt
import runpy
import sys
import time

import time_machine


def main(arguments):
    """Set the clock and become the module that the arguments name."""
    moment, _minus_m, module, *rest = arguments
    shown, since = map(float, moment.split("@"))
    now = dt.datetime.fromtimestamp(shown + time.time() - since, dt.UTC)
    time_machine.travel(now, tick=True).start()
    sys.argv = [module, *rest]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
