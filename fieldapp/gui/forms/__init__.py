"""Forms of the district as pages to fill: widgets over a `fieldapp.forms.Session`. Must not know where answers are kept."""
