"""Requests about one's own data, what became of them, how long things are kept, who looked, and complaints."""

from .complaints import Complaint
from .files import FileToRemove
from .looks import EmergencyLook, Look
from .requests import CopyFile, Erasure, PrivacyRequest
from .retention import DueForRetention
from .rules import PrivacyRule

__all__ = [
    "Complaint",
    "CopyFile",
    "DueForRetention",
    "EmergencyLook",
    "Erasure",
    "FileToRemove",
    "Look",
    "PrivacyRequest",
    "PrivacyRule",
]
