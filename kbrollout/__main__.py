"""`python -m kbrollout` is the same as `kbrollout`."""

from kbrollout.cli import main

main()
