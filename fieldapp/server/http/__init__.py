"""HTTP around the resources: the application, the rules of every request, the wrapper of every handler, the description."""
