"""The card of one child: who it is, what is known, what happened. Shown beside the list."""
