"""``python -m memhon``."""

from memhon.cli.main import main

raise SystemExit(main())
