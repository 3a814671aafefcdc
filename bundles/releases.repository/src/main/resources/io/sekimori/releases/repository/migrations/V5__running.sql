-- The version that each device runs, as its last report showed. Consoles of before know it by the column running
-- alone: a report that such a one accepts is not seen here, and the other way round, until the gateway's next report. It decides nothing but
-- whether an assignment that ends soon is signed anew.
create table releases_running (
    device varchar(64) not null primary key,
    version bigint not null
);
insert into releases_running (device, version)
    select device, running from releases_assignment where running <> 0;
