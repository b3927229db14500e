"""How loops are compiled: at first use, and kept on disk from then on. They can run beside each other in threads.

Whole numbers only, so that nothing depends on the order of adding or on the number of threads. ``part`` is the
first row of a part and the one behind its last. ``within``: the first events of the cases of the log, the first case of
a part and the one behind its last, and one flag per case, or none: then every case counts.
"""

from __future__ import annotations

from typing import Any

import numba

compiled: Any = numba.njit(cache=True, nogil=True, error_model="numpy")
"""Division by zero does not happen, and looking whether it does takes time."""
inlined: Any = numba.njit(cache=True, nogil=True, error_model="numpy", inline="always")
