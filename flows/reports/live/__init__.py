"""The live form of the site: a local server that only reads."""

SITE = "WINNOW_SITE"  # variable with the address of the live site, for runs that `winnow serve` starts
