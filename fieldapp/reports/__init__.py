"""One file a report: query, columns, title. Works on the laptop's and the district's database alike."""
