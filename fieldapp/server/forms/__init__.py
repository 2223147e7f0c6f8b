"""Publishing the district's forms: from an XLSForm in Excel to the ODK XForm that laptops fill."""
