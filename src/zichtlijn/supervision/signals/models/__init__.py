"""What comes in, and how it is weighed."""

from .handling import *  # noqa: F403
from .incidents import *  # noqa: F403
from .limits import *  # noqa: F403
from .reference import *  # noqa: F403
from .signal import *  # noqa: F403
