"""An ODK XForm as data: read once, checked, never changed afterwards. Must not know who fills it in."""
