"""The mini-program's calls, `/clt`."""
