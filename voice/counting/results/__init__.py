"""What officers read: exact figures of an activity, with nothing in them from which a group of fewer than ten could be worked out."""
