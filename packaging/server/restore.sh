#!/bin/sh
# Puts a backup in the place of the database. The servers must be stopped, and are started again afterwards: that is how laptops find out,
# and they bring back what they had sent since the backup. Usage: restore.sh DUMP
set -eu
dump=${1:?the file that backup.sh wrote}
pg_restore --clean --if-exists --no-owner --single-transaction --dbname="${FIELDAPP_DATABASE_URL:?from /etc/fieldapp/server.env}" "$dump"
echo "Restored. Put the photos back where they are missing (cp --archive --no-clobber), then start the servers."
