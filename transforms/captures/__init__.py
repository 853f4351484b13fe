"""Reading captures: from files, folders and archives to one page's bytes at a time."""
