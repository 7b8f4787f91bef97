"""What all tests share: laws search at random at a desk, and the same way each time where a build must not waver."""

import os

from hypothesis import settings

settings.register_profile("desk", deadline=None)
settings.register_profile("build", deadline=None, derandomize=True, database=None)
settings.load_profile("build" if os.environ.get("CI") else "desk")
