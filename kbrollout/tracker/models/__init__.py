"""The tables of the tracker."""

from kbrollout.tracker.models.exchange import Export, Upload
from kbrollout.tracker.models.items import Item
from kbrollout.tracker.models.log import Channel, Event, Snapshot
from kbrollout.tracker.models.measures import Indicator, Measurement
from kbrollout.tracker.models.people import Membership, Person, Role
from kbrollout.tracker.models.places import Agreement, Blob, PackFile, Site, Unit

__all__ = [
    "Agreement",
    "Blob",
    "Channel",
    "Event",
    "Export",
    "Indicator",
    "Item",
    "Measurement",
    "Membership",
    "PackFile",
    "Person",
    "Role",
    "Site",
    "Snapshot",
    "Unit",
    "Upload",
]
