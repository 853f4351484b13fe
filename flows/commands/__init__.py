"""The commands of `winnow`, a file each."""
