"""โรงเรียน: the forms about a school."""
