"""The five parts of a visit, one file each. A part shows what the draft says and asks for changes; it keeps nothing itself."""
