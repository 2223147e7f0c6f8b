"""Teams and committees of the district: who belongs to them, as what and until when. Bookkeeping of the office: no laptop reads it."""
