#!/bin/sh
# One night's backup: the database in one consistent dump, then the photos (files that never change once they are there).
# Usage: backup.sh FOLDER. Keep the folder encrypted and elsewhere: it holds children's data and the district's keys.
set -eu
folder=${1:?a folder for the backup}
name=$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$folder/photos"
pg_dump --format=custom --no-owner --file="$folder/$name.dump.part" "${FIELDAPP_DATABASE_URL:?from /etc/fieldapp/server.env}"
mv "$folder/$name.dump.part" "$folder/$name.dump"
case "${FIELDAPP_PHOTOS:?from /etc/fieldapp/server.env}" in
s3://*) echo "The photos lie in $FIELDAPP_PHOTOS: let the store keep versions or copy the bucket." ;;
*) cp --archive --no-clobber "$FIELDAPP_PHOTOS/." "$folder/photos/" ;;
esac
echo "$folder/$name.dump"
