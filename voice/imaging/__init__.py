"""Bytes in, clean pixels out. Pictures are opened in a process of their own, which may use little time and memory, and knows nothing."""

from voice.imaging.apart import clean, cover, faces
from voice.imaging.pictures import LARGEST, REASONS, SIZES, STICKERS, Box, Clean, Cover, Edit, Refused, unlike

__all__ = ["LARGEST", "REASONS", "SIZES", "STICKERS", "Box", "Clean", "Cover", "Edit", "Refused", "clean", "cover", "faces", "unlike"]
