"""The care of a child: why it is at risk, the help it is given, the goals that are set, where it is referred, what was consented to."""
