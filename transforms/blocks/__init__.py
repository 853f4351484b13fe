"""From a capture's bytes to blocks of text: decode, repair, render or split."""
