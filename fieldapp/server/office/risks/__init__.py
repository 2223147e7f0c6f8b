"""The pages of the risk list ("ค้นหาใน web site ใส่ใจออกติดตาม"), and of the care of one child."""
