"""พาน้องกลับมาเรียน: the offline-first field app and its district server."""

__version__ = "0.1.0"
