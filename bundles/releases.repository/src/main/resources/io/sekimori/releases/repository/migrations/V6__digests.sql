-- SHA-256 of the content, by which each poll sees whether it is still what it was without reading it. Empty if a console of before
-- wrote it: then the content itself tells.
alter table releases_metadata add column digest varchar(64) default '' not null;
