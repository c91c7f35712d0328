#!/bin/sh
# Run once by the database's image, when its volume is new: the application's role, which is no superuser, so that
# row-level security holds for it, and its database.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$POSTGRES_PASSWORD" --username "$POSTGRES_USER" <<'SQL'
CREATE ROLE cbm_advisor LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD :'password';
CREATE DATABASE cbm_advisor OWNER cbm_advisor;
SQL
