"""The tracker: where each site stands, per requirement and over time. The only part of kbrollout that knows Django.

It reads packs by their manifest and never loads or resolves a site folder. Every change goes through `services`, which
writes an event in the same transaction as the state. It holds no patient data, and refuses what looks like it.
"""
