"""python -m claims_env: the command line."""

import sys

from claims_env.cli import main

sys.exit(main())
