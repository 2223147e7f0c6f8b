"""Taking pictures with the camera of this computer."""
