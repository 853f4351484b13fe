"""The commands of `winnow`, one file each."""
