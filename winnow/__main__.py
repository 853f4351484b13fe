"""The command line: `winnow`, or `python -m winnow`."""

from winnow.own_packages import import_own

import_own("flows", "expectations")

from flows.commands.main import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
