"""The overview of several neighbourhoods for the group that leads the roll-out: what is chosen, open and waiting, without ranking."""
