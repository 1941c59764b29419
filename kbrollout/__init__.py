"""kbrollout: from a neighbourhood profile and a reference of agreements to a pack that a neighbourhood can use."""

__version__ = "0.1.0"
