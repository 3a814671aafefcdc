-- What a report notes beside findings. Consoles of before write neither.
alter table fleet_report add column attacks bigint default 0 not null;
alter table fleet_report add column below_floor text default '' not null;
