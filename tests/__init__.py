"""Tests of kbrollout."""
