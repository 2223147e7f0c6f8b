"""Assigning many cases at once: proposals, a plan that a person looks at before anything is done, what was done. The assignments
themselves are events as everyone's (`server.assignments`)."""
