"""Pictures that were taken with another device than the laptop: to which visit each belongs, and how far that device's clock is off."""
