"""Turn a capture's bytes into blocks of text: decode, repair, render or split."""
