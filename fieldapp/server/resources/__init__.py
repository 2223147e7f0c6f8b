"""One file a noun: routes and what they read from a request. What they do is done by the modules of `server`."""
