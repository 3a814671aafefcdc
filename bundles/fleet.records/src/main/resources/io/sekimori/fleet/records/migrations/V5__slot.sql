-- What a gateway starts with: launcher, framework, Java runtime; null for what consoles of before have written.
alter table fleet_report add column slot text;
