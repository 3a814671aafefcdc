-- The version that each device runs, as its last report showed. Consoles of before know it by the column running alone.
create table releases_running (
    device varchar(64) not null primary key,
    version bigint not null
);
insert into releases_running (device, version)
    select device, running from releases_assignment where running <> 0;
